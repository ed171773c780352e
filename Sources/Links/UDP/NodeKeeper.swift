import NIOCore
import NIOPosix
import RTMFP

/// Runs a node on an event loop, where all of its methods are called: feeds it what arrives, sends what it wants sent,
/// and wakes it when it wants to be woken.
final class NodeKeeper {
    private let eventLoop: any EventLoop
    private let family: AddressFamily
    private var node: (any DatagramNode)?
    private var channel: (any Channel)?
    private var alarm: (at: Instant, task: Scheduled<Void>)?
    private var isStopped = false

    init(on eventLoop: any EventLoop, family: AddressFamily) {
        self.eventLoop = eventLoop
        self.family = family
    }

    /// Opens a socket at `address` and makes the node; gives the address that the socket has.
    func start(
        at address: RTMFP.SocketAddress,
        node: @escaping @Sendable (RTMFP.SocketAddress) -> any DatagramNode
    ) -> EventLoopFuture<RTMFP.SocketAddress> {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return open(at: address).map { address in
            bound.value.node = node(address)
            bound.value.collect()
            return address
        }
    }

    /// Sends what the node still has to say, closes the socket and lets go of the node.
    func stop() -> EventLoopFuture<Void> {
        isStopped = true
        node?.leave(at: .monotonic)
        collect()
        alarm?.task.cancel()
        alarm = nil
        node = nil
        defer { channel = nil }
        return channel?.close() ?? eventLoop.makeSucceededVoidFuture()
    }

    func receive(_ bytes: [UInt8], from far: RTMFP.SocketAddress) {
        node?.receive(bytes, from: far, at: .monotonic)
    }

    func perform(_ body: (any DatagramNode, Instant) -> Void) {
        guard let node else { return }
        body(node, .monotonic)
        collect()
    }

    /// Sends what the node wants sent, with one flush, and sets the alarm for its next deadline.
    func collect(nextAlarmNotBefore earliest: Instant = .origin) {
        guard let node else { return }
        let datagrams = node.takeDatagrams()
        for datagram in datagrams {
            write(datagram)
        }
        if !datagrams.isEmpty { channel?.flush() }
        setAlarm(notBefore: earliest)
    }

    /// The system gave up the socket at `address`.
    func lost(_ address: RTMFP.SocketAddress) {
        channel = nil
        guard !isStopped else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        open(at: address).whenFailure { [eventLoop] _ in
            eventLoop.scheduleTask(in: .milliseconds(100)) { bound.value.lost(address) }
        }
    }

    private func open(at address: RTMFP.SocketAddress) -> EventLoopFuture<RTMFP.SocketAddress> {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let bootstrap = Sockets.bootstrap(on: eventLoop, family: family) {
            NodeHandler(keeper: bound.value)
        }
        do {
            return bootstrap.bind(to: try NIOCore.SocketAddress(address)).map { channel in
                bound.value.channel = channel
                return channel.localAddress.flatMap(RTMFP.SocketAddress.init) ?? address
            }
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
    }

    private func write(_ datagram: Datagram) {
        guard let channel, channel.isWritable,
            datagram.far.obstacle(from: family, length: datagram.bytes.count) == nil,
            let far = try? NIOCore.SocketAddress(datagram.far)
        else { return }
        let data = channel.allocator.buffer(bytes: datagram.bytes)
        channel.write(AddressedEnvelope(remoteAddress: far, data: data), promise: nil)
    }

    /// Sees to it that the node is advanced at its deadline.
    ///
    /// An alarm that rings too early sets the next one, so only earlier deadlines replace it.
    private func setAlarm(notBefore earliest: Instant = .origin) {
        guard let deadline = node?.nextDeadline.map({ max($0, earliest) }) else { return }
        if let alarm, alarm.at <= deadline { return }
        alarm?.task.cancel()
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let task = eventLoop.scheduleTask(deadline: deadline.deadline) { bound.value.ring() }
        alarm = (deadline, task)
    }

    private func ring() {
        alarm = nil
        let now = Instant.monotonic
        if let deadline = node?.nextDeadline, deadline <= now {
            node?.advance(to: now)
        }
        // A node whose deadline never moves on must not keep the event loop from everything else.
        collect(nextAlarmNotBefore: now + .milliseconds(1))
    }
}
