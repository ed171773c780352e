import Capture
import RTMFP

/// Takes what happened on the connections with a tracker out of the segments that show it.
struct StreamReading {
    /// A segment is missing, doubled or damaged.
    struct Damage: Error {}

    private struct Stream {
        var number: Int
        /// What comes next from each end.
        var nearNext: UInt32
        var farNext: UInt32
        /// Octets from each end that are not pushed yet.
        var nearOctets: [UInt8] = []
        var farOctets: [UInt8] = []

        /// What a segment tells that comes next.
        mutating func take(_ segment: CapturedSegment, isSent: Bool) -> [Tape.Dealing] {
            if isSent { nearNext &+= segment.sequenceLength } else { farNext &+= segment.sequenceLength }
            if isSent { nearOctets += segment.payload } else { farOctets += segment.payload }
            var dealings: [Tape.Dealing] = []
            if segment.control.contains(.push) {
                if isSent, !nearOctets.isEmpty { dealings.append(.said(nearOctets)) }
                if !isSent, !farOctets.isEmpty { dealings.append(.heard(farOctets)) }
                if isSent { nearOctets = [] } else { farOctets = [] }
            }
            if segment.control.contains(.finish) { dealings.append(isSent ? .finished : .ended) }
            return dealings
        }
    }

    private let tracker: SocketAddress
    /// By the address of the near end; one that is used again belongs to the later connection.
    private var streams: [SocketAddress: Stream] = [:]
    private var count = 0
    private var octets = 0

    init(_ tracker: SocketAddress) {
        self.tracker = tracker
    }

    /// What a segment tells; nothing if it is about something else, merely acknowledges, or goes on.
    mutating func take(_ segment: CapturedSegment) throws(Damage) -> [(stream: Int, dealing: Tape.Dealing)] {
        let isSent = segment.destination == tracker
        guard isSent || segment.source == tracker else { return [] }
        // What is not pushed is held, and must have an end.
        octets += segment.payload.count
        guard segment.isIntact, octets <= Tape.mostOctets else { throw Damage() }
        let near = isSent ? segment.source : segment.destination
        if segment.control.contains(.synchronize) {
            // The far end accepts by its own.
            guard !isSent, segment.control.contains(.acknowledgement) else { return [] }
            streams[near] = Stream(
                number: count,
                nearNext: segment.acknowledgementNumber,
                farNext: segment.sequenceNumber &+ 1
            )
            count += 1
            return [(count - 1, .opened(near: near, far: tracker))]
        }
        // How it broke, or that it did not come about, is told beside the capture.
        if segment.control.contains(.reset) { return [] }
        guard var stream = streams.removeValue(forKey: near) else { throw Damage() }
        defer { streams[near] = stream }
        guard segment.sequenceNumber == (isSent ? stream.nearNext : stream.farNext),
            segment.acknowledgementNumber == (isSent ? stream.farNext : stream.nearNext)
        else { throw Damage() }
        return stream.take(segment, isSent: isSent).map { (stream.number, $0) }
    }

    /// Whether nothing is left that was not pushed.
    var isComplete: Bool { streams.values.allSatisfy { $0.nearOctets.isEmpty && $0.farOctets.isEmpty } }
}
