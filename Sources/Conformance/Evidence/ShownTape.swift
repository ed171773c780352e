import Capture
import HLSP2P
import Links
import RTMFP

/// What is on a tape as the packets of a capture, and as lines about what no packet tells.
struct ShownTape {
    /// A packet of the capture.
    struct Packet {
        /// The place on the tape of what it shows, on the last of several that show it; nil for acknowledgements.
        var place: Int?
        var packet: CapturedPacket
    }

    private(set) var packets: [Packet] = []
    private(set) var lines: [TapeLine] = []

    private let tape: Tape
    /// The links' addresses as others see them.
    private let links: [SocketAddress]
    /// Between the tape's clock and the capture's.
    private let offset: Interval
    private var streams: [Int: ShownConnection] = [:]
    private var web: ShownWeb
    /// Where the last connection came from.
    private var host: SocketAddress?
    /// Connections that did not come about.
    private var attempts = 0

    init(_ tape: Tape, links: [SocketAddress], offset: Interval) {
        self.tape = tape
        self.links = links
        self.offset = offset
        web = ShownWeb(authority: tape.authority, beside: links.first)
        for place in tape.entries.indices { show(place) }
    }

    private mutating func show(_ place: Int) {
        let entry = tape.entries[place]
        // What comes before its packets, so that it is read before them.
        if let line = TapeLine(entry, frame: packets.count) { lines.append(line) }
        switch entry.event {
        case .passage(let passage): show(passage, place, entry.at)
        case .dealt(let stream, .opened(let near, let far)):
            streams[stream] = ShownConnection(from: near, to: far, number: stream)
            host = near
            show(streams[stream]?.open(), place, entry.at)
        case .dealt(let stream, let dealing): show(segments(of: dealing, stream), place, entry.at)
        case .unconnected(let far, let near, let error):
            guard let isRefused = error.isRefusal else { return }
            // From which port it went is not known.
            attempts += 1
            let source = SocketAddress((near ?? host ?? far).ip, port: UInt16(truncatingIfNeeded: attempts))
            var connection = ShownConnection(from: source, to: far, number: attempts)
            show(connection.attempt(isRefused: isRefused), place, entry.at)
        case .asked(let request): show(web.segments(of: request), place, entry.at)
        case .answered(let request, let response): show(web.segments(of: response, to: request), place, entry.at)
        case .consulted, .woke, .waited, .called, .ended: break
        }
    }

    private mutating func show(_ passage: Tape.Passage, _ place: Int, _ at: Instant) {
        if passage.isSent, links.contains(passage.far) {
            lines.append(TapeLine(.sent, frame: packets.count, at: at, link: passage.link))
            return
        }
        if tape.links.firstIndex(of: tape.links[passage.link]) != passage.link {
            lines.append(TapeLine(.link, frame: packets.count, at: at, link: passage.link))
        }
        let near = links[passage.link]
        let datagram = CapturedDatagram(
            frame: packets.count + 1,
            time: at + offset,
            source: passage.isSent ? near : passage.far,
            destination: passage.isSent ? passage.far : near,
            payload: passage.bytes
        )
        packets.append(Packet(place: place, packet: .datagram(datagram)))
    }

    private mutating func segments(of dealing: Tape.Dealing, _ stream: Int) -> [CapturedSegment]? {
        switch dealing {
        case .opened: nil
        case .said(let octets): streams[stream]?.carry(octets, isSent: true)
        case .heard(let octets): streams[stream]?.carry(octets, isSent: false)
        case .finished: streams[stream]?.finish(isSent: true)
        case .ended: streams[stream]?.finish(isSent: false)
        case .broke: streams[stream]?.reset()
        }
    }

    private mutating func show(_ segments: [CapturedSegment]?, _ place: Int, _ at: Instant) {
        let segments = segments ?? []
        let telling = segments.lastIndex { !$0.control.merelyAcknowledges }
        for (index, segment) in segments.enumerated() {
            var segment = segment
            (segment.frame, segment.time) = (packets.count + 1, at + offset)
            packets.append(Packet(place: index == telling ? place : nil, packet: .segment(segment)))
        }
    }
}

extension LinkError {
    /// Whether the attempt of a connection that ended so was refused; nil if there was none on the network.
    var isRefusal: Bool? {
        switch self {
        case .refused: true
        case .unreachable: false
        case .unavailable, .tooLong, .closed, .broken, .restless: nil
        }
    }
}
