import struct NIOCore.CircularBuffer
import RTMFP

/// What arrived for a simulated link.
final class SimulatedInbox: End {
    private static let limit = 65_536
    private let reach: Reach
    private var datagrams: CircularBuffer<ReceivedDatagram> = []
    private var refusal: LinkError?
    private(set) var dropped = 0

    init(reach: Reach) {
        self.reach = reach
    }

    func deliver(_ datagram: ReceivedDatagram) {
        if case .only(let far) = reach, far != datagram.far { return }
        if datagrams.count < SimulatedInbox.limit {
            datagrams.append(datagram)
        } else {
            dropped += 1
        }
    }

    func learnOfRefusal(by far: SocketAddress) {
        if case .only(far) = reach { refusal = .refused(far) }
    }

    var isEmpty: Bool { datagrams.isEmpty && refusal == nil }

    /// The first datagram, or the news of a refusal.
    func next() throws(LinkError) -> ReceivedDatagram? {
        if let datagram = datagrams.popFirst() { return datagram }
        if let refusal = refusal.take() { throw refusal }
        return nil
    }

    /// Why nothing can be sent to `far`; nil if it may be tried.
    func obstacle(to far: SocketAddress, octets: Int) -> LinkError? {
        if case .only(let only) = reach, only != far {
            return .unreachable(far, reason: "the link reaches \(only) alone")
        }
        return far.obstacle(from: reach.family, length: octets)
    }
}
