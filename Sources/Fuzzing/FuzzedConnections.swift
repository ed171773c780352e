import Capture
import Fixtures
import RTMFP

/// The connections of a failure's capture as lines: the digit of a connection, what happens on it, and the octets that are
/// said (`>`) or heard (`<`), in which `|` stands for the end of a line. A connection ends from either end (`)`, `(`).
enum FuzzedConnections {
    private static let near = SocketAddress.loopback(port: 40_000)

    /// Whether a line is about a connection, and not one of what is beside the capture.
    static func isMeant(by line: ArraySlice<UInt8>) -> Bool {
        line.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    /// The segments that lines tell of.
    static func segments(_ lines: [ArraySlice<UInt8>]) -> [CapturedSegment] {
        var next: [UInt8: (near: UInt32, far: UInt32)] = [:]
        var segments: [CapturedSegment] = []
        func add(_ digit: UInt8, isSent: Bool, _ control: CapturedSegment.Control, _ octets: [UInt8]) {
            let (sent, received) = next[digit] ?? (1, 0)
            var client = near
            client.port += UInt16(digit)
            let segment = CapturedSegment(
                frame: 0,
                time: .origin,
                source: isSent ? client : TrackerWorld.address,
                destination: isSent ? TrackerWorld.address : client,
                sequenceNumber: isSent ? sent : received,
                acknowledgementNumber: isSent ? received : sent,
                control: control.union(.acknowledgement),
                payload: octets
            )
            segments.append(segment)
            let length = segment.sequenceLength
            next[digit] = isSent ? (sent &+ length, received) : (sent, received &+ length)
        }
        for line in lines {
            guard let digit = line.first, let event = line.dropFirst().first else { continue }
            if next[digit] == nil { add(digit, isSent: false, .synchronize, []) }
            let octets = line.dropFirst(2).flatMap { $0 == UInt8(ascii: "|") ? [0x0d, 0x0a] : [$0] }
            switch event {
            case UInt8(ascii: ">"): add(digit, isSent: true, .push, octets)
            case UInt8(ascii: "<"): add(digit, isSent: false, .push, octets)
            case UInt8(ascii: ")"): add(digit, isSent: true, .finish, [])
            case UInt8(ascii: "("): add(digit, isSent: false, .finish, [])
            default: break
            }
        }
        return segments
    }

    /// What the segments of a capture tell.
    static func lines(_ segments: [CapturedSegment]) -> [UInt8] {
        var clients: [SocketAddress] = []
        return segments.flatMap { segment -> [UInt8] in
            let isSent = segment.destination == TrackerWorld.address
            let client = isSent ? segment.source : segment.destination
            if !clients.contains(client) { clients.append(client) }
            guard let number = clients.firstIndex(of: client), number < 10 else { return [] }
            let digit = UInt8(ascii: "0") + UInt8(number)
            var lines: [UInt8] = []
            if !segment.payload.isEmpty {
                let text = segment.payload.filter { $0 != 0x0d }.map { $0 == 0x0a ? UInt8(ascii: "|") : $0 }
                lines += [digit, UInt8(ascii: isSent ? ">" : "<")] + text + [0x0a]
            }
            if segment.control.contains(.finish) { lines += [digit, UInt8(ascii: isSent ? ")" : "("), 0x0a] }
            return lines
        }
    }
}
