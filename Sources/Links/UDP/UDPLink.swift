import NIOCore
import NIOPosix
import RTMFP

/// A link that is a UDP socket.
final class UDPLink: Link {
    let localAddress: RTMFP.SocketAddress
    private let reach: Reach
    private let channel: any Channel
    private let inbox: Inbox
    private let outbox: Outbox

    init(local: RTMFP.SocketAddress, reach: Reach, inboxLimit: Int) throws(LinkError) {
        if case .only(let far) = reach, let obstacle = far.obstacle(from: far.family, length: 0) { throw obstacle }
        let inbox = Inbox(limit: inboxLimit)
        let outbox = Outbox(complainingTo: inbox)
        let bootstrap = Sockets.bootstrap(on: .singletonMultiThreadedEventLoopGroup, family: reach.family) {
            LinkHandler(inbox: inbox, outbox: outbox, reach: reach)
        }
        do {
            channel = try bootstrap.bind(to: NIOCore.SocketAddress(local)).wait()
        } catch {
            throw LinkError(bindingFailure: error, at: local)
        }
        self.inbox = inbox
        self.outbox = outbox
        self.reach = reach
        if case .only(let far) = reach {
            do {
                try channel.connect(to: NIOCore.SocketAddress(far)).wait()
            } catch {
                channel.close(promise: nil)
                throw LinkError(failure: error, towards: far)
            }
        }
        localAddress = channel.localAddress.flatMap(RTMFP.SocketAddress.init) ?? local
    }

    deinit {
        channel.close(promise: nil)
    }

    var now: Instant { .monotonic }

    var dropped: Int { inbox.dropped }

    func send(_ bytes: [UInt8], to far: RTMFP.SocketAddress) throws {
        guard channel.isActive else { throw LinkError.closed }
        if let obstacle = far.obstacle(from: reach.family, length: bytes.count) { throw obstacle }
        if case .only(let only) = reach, only != far {
            throw LinkError.unreachable(far, reason: "the link reaches \(only) alone")
        }
        outbox.append(Datagram(bytes: bytes, far: far), for: channel)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        try inbox.next(until: deadline)
    }

    func close() {
        // An error can only say that it is closed already.
        try? channel.close().wait()
    }
}
