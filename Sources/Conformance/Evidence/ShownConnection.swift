import Capture
import RTMFP

/// A connection as TCP would have carried it (RFC 9293): segments with the octets that went over it. The numbers are made
/// up, but fit together; each end acknowledges what it was sent.
struct ShownConnection {
    /// The end that connects.
    let near: SocketAddress
    let far: SocketAddress
    private var nearNext: UInt32
    private var farNext: UInt32

    /// Octets of a segment: what a window has room for, twice.
    static let longestPayload = 32_000

    /// - Parameter number: those of a capture differ, so that one is not taken for a repetition of another.
    init(from near: SocketAddress, to far: SocketAddress, number: Int) {
        self.near = near
        self.far = far
        let distance = UInt32(truncatingIfNeeded: number) &* 0x0100_0000
        (nearNext, farNext) = (1_000 &+ distance, 5_000 &+ distance)
    }

    /// The handshake.
    mutating func open() -> [CapturedSegment] {
        [segment(isSent: true, .synchronize), segment(isSent: false, [.synchronize, .acknowledgement])]
            + [acknowledgement(isSent: true)]
    }

    /// The attempt of a connection, and that the far end refuses it, if it does.
    mutating func attempt(isRefused: Bool) -> [CapturedSegment] {
        [segment(isSent: true, .synchronize)]
            + (isRefused ? [segment(isSent: false, [.reset, .acknowledgement])] : [])
    }

    /// Octets; the last segment of them is pushed.
    mutating func carry(_ octets: [UInt8], isSent: Bool) -> [CapturedSegment] {
        var segments: [CapturedSegment] = []
        for start in stride(from: 0, to: octets.count, by: ShownConnection.longestPayload) {
            let end = min(start + ShownConnection.longestPayload, octets.count)
            let control: CapturedSegment.Control = end == octets.count ? [.push, .acknowledgement] : .acknowledgement
            segments.append(segment(isSent: isSent, control, Array(octets[start..<end])))
            segments.append(acknowledgement(isSent: !isSent))
        }
        return segments
    }

    /// The end of what one end says.
    mutating func finish(isSent: Bool) -> [CapturedSegment] {
        [segment(isSent: isSent, [.finish, .acknowledgement]), acknowledgement(isSent: !isSent)]
    }

    /// The far end breaks the connection.
    mutating func reset() -> [CapturedSegment] {
        [segment(isSent: false, [.reset, .acknowledgement])]
    }

    private func acknowledgement(isSent: Bool) -> CapturedSegment { make(isSent, .acknowledgement, []) }

    private mutating func segment(
        isSent: Bool,
        _ control: CapturedSegment.Control,
        _ octets: [UInt8] = []
    ) -> CapturedSegment {
        let segment = make(isSent, control, octets)
        if isSent { nearNext &+= segment.sequenceLength } else { farNext &+= segment.sequenceLength }
        return segment
    }

    private func make(_ isSent: Bool, _ control: CapturedSegment.Control, _ octets: [UInt8]) -> CapturedSegment {
        CapturedSegment(
            frame: 0,
            time: .origin,
            source: isSent ? near : far,
            destination: isSent ? far : near,
            sequenceNumber: isSent ? nearNext : farNext,
            acknowledgementNumber: control.contains(.acknowledgement) ? (isSent ? farNext : nearNext) : 0,
            control: control,
            payload: octets
        )
    }
}

extension CapturedSegment.Control {
    /// Whether it says no more than that something has come.
    var merelyAcknowledges: Bool { self == .acknowledgement }
}
