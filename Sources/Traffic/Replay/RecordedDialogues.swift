import Capture
import RTMFP

/// Finds the sessions of a capture whose startup it shows.
public struct RecordedDialogues: Sendable {
    /// Octets of messages that are kept.
    public static let mostOctets = 512 << 20

    /// The sessions, in the order in which they opened.
    public private(set) var all: [RecordedDialogue] = []
    /// What is wrong with the capture, a sentence each.
    public private(set) var problems: [String] = []

    /// Which packets belong to a session: the session IDs that they are sent to, by the two addresses.
    fileprivate struct Way: Hashable {
        var sessionID: UInt32
        var source: SocketAddress
        var destination: SocketAddress
    }

    private struct Place {
        var dialogue: Int
        var isSent: Bool
    }

    private var places: [Way: Place] = [:]
    /// By the numbers that the decoder gives directions.
    private var placesByDirection: [Int: Place] = [:]
    private var discriminators: [[UInt8]: [UInt8]] = [:]
    private var tags: [[UInt8]: [UInt8]] = [:]
    private var keyings: [Way: IIKeying] = [:]
    private var octets = 0

    /// Reads a capture and its keys.
    ///
    /// - Throws: `CaptureError` or `KeyLogError` if one of the files is of no use at all.
    public init(path: String, keysPath: String?) throws {
        try self.init(path: path, keys: try keysPath.map { try KeyLog(path: $0) }) { _, _, _ in }
    }

    /// Reads a capture with its keys, and shows each packet of a session to `visit`: the session's index, whether the
    /// initiator sent it, and the packet. After the initiator's close, nothing of a session is shown.
    init(
        path: String,
        keys: KeyLog?,
        visit: (Int, Bool, DecodedPacket) throws -> Void
    ) throws {
        let decoder = PacketDecoder(keys: keys)
        let file = try CaptureFile(path: path)
        var reassembler = FlowReassembler()
        do {
            while octets <= RecordedDialogues.mostOctets, let datagram = try file.next() {
                let packet = decoder.decode(datagram)
                let events = reassembler.add(packet)
                // What is kept of a short packet takes more than its octets.
                octets += datagram.payload.count + 256
                if let place = add(packet, events) { try visit(place.dialogue, place.isSent, packet) }
            }
        } catch let error as CaptureError {
            problems.append("\(error)")
        }
    }

    /// Adds a packet; gives the place that it has in a session that still goes on.
    private mutating func add(_ packet: DecodedPacket, _ events: [FlowEvent]) -> Place? {
        guard let contents = packet.contents, let sessionID = packet.sessionID else { return nil }
        guard contents.key == .session else {
            for placed in contents.chunks { hear(placed.chunk, packet.datagram, sessionID) }
            return nil
        }
        let way = Way(sessionID: sessionID, packet.datagram)
        // An end that has moved is still known by its key.
        guard let place = places[way] ?? contents.direction.flatMap({ placesByDirection[$0] }) else { return nil }
        if let direction = contents.direction { placesByDirection[direction] = place }
        guard !all[place.dialogue].isClosed else { return nil }
        all[place.dialogue].add(packet, isSent: place.isSent, events)
        return place
    }

    private mutating func hear(_ chunk: Chunk, _ datagram: CapturedDatagram, _ sessionID: UInt32) {
        switch chunk {
        case .initiatorHello(let hello): discriminators[hello.tag] = hello.endpointDiscriminator
        case .responderHello(let hello): tags[hello.cookie] = hello.tagEcho
        case .responderHelloCookieChange(let change): tags[change.newCookie] = tags[change.oldCookie]
        case .initiatorInitialKeying(let keying):
            keyings[Way(sessionID: keying.initiatorSessionID, datagram)] = keying
        case .responderInitialKeying(let keying):
            var asked = Way(sessionID: sessionID, datagram)
            let back = asked
            (asked.source, asked.destination) = (asked.destination, asked.source)
            guard let asking = keyings[asked], places[back] == nil, let tag = tags[asking.cookieEcho] else { return }
            places[back] = Place(dialogue: all.count, isSent: false)
            asked.sessionID = keying.responderSessionID
            places[asked] = Place(dialogue: all.count, isSent: true)
            all.append(
                RecordedDialogue(
                    between: asked.source,
                    and: asked.destination,
                    endpointDiscriminator: discriminators[tag] ?? [],
                    keying: asking,
                    frame: datagram.frame,
                    at: datagram.time
                )
            )
        default: break
        }
    }
}

extension RecordedDialogues.Way {
    fileprivate init(sessionID: UInt32, _ datagram: CapturedDatagram) {
        self.init(sessionID: sessionID, source: datagram.source, destination: datagram.destination)
    }
}
