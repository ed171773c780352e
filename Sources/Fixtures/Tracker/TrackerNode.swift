import HLSP2P
import Links
import NIOCore
import NIOEmbedded
import RTMFP
import Web

/// An HTTP service as something that can be attached to a simulated network: the same pipeline as on real sockets, in
/// virtual time.
final class TrackerNode: StreamNode {
    private let loop = EmbeddedEventLoop()
    private let service: any HTTPService
    private let fault: TrackerFault
    private var ends: [TrackerEnd] = []
    private var busySince = Instant.origin

    init(_ service: any HTTPService, fault: TrackerFault = TrackerFault()) {
        self.service = service
        self.fault = fault
    }

    func accept(from far: RTMFP.SocketAddress, at now: Instant) -> (any StreamEnd)? {
        advance(to: now)
        guard !fault.memory.isDead, ends.count < fault.connections else { return nil }
        guard let channel = try? channel(to: far) else { return nil }
        let end = TrackerEnd(channel, fault, self)
        ends.append(end)
        fault.memory["open"] = UInt64(ends.count)
        return end
    }

    private func channel(to far: RTMFP.SocketAddress) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: nil, loop: loop)
        let address = try NIOCore.SocketAddress(
            packedIPAddress: ByteBuffer(bytes: far.octets),
            port: Int(far.port)
        )
        channel.remoteAddress = address
        try HTTPServer.configure(channel, service: service)
        channel.connect(to: address, promise: nil)
        loop.run()
        return channel
    }

    func advance(to now: Instant) {
        loop.advanceTime(to: .uptimeNanoseconds(UInt64(clamping: now.nanoseconds)))
        if fault.isBusy(), now > busySince {
            fault.goesOn()
            loop.run()
        }
        busySince = now
        ends.removeAll(where: \.hasEnded)
        fault.memory["open"] = UInt64(ends.count)
    }

    /// The event loop does not tell when its next timer is due, so that it is asked often while there are connections.
    var nextDeadline: Instant? {
        if fault.isBusy() { return time + .milliseconds(1) }
        if ends.allSatisfy(\.hasEnded) { return nil }
        let tick: Int64 = 20_000_000
        let now = Int64(clamping: loop.now.uptimeNanoseconds)
        return ends.compactMap(\.due).min() ?? Instant(nanoseconds: (now / tick + 1) * tick)
    }

    /// Whether it is an end's turn.
    func serves(_ end: TrackerEnd) -> Bool {
        let older = ends.prefix { $0 !== end }.filter { !$0.hasEnded }
        return fault.serves(older.count, older.contains(where: \.hasBegun))
    }

    func run() {
        loop.run()
    }

    /// The virtual time.
    var time: Instant { Instant(nanoseconds: Int64(clamping: loop.now.uptimeNanoseconds)) }

    /// Lets those go on that had to wait.
    func resume(at now: Instant) {
        for end in ends { end.resume(at: now) }
    }
}

/// The tracker's end of a connection.
final class TrackerEnd: StreamEnd {
    private let channel: EmbeddedChannel
    private let fault: TrackerFault
    private unowned let node: TrackerNode
    private let memory = Memory()
    private var waiting: [[UInt8]] = []
    private var held: [(due: Instant, octets: [UInt8])] = []
    private var ready: [UInt8] = []
    private var isEnding = false
    private var now = Instant.origin
    /// Whether octets have come to which nothing was said yet.
    private(set) var hasBegun = false

    init(_ channel: EmbeddedChannel, _ fault: TrackerFault, _ node: TrackerNode) {
        self.channel = channel
        self.fault = fault
        self.node = node
    }

    /// When something that is held back is due.
    var due: Instant? { held.first?.due }

    func receive(_ octets: [UInt8], at now: Instant) {
        node.advance(to: now)
        self.now = now
        waiting.append(octets)
        node.resume(at: now)
    }

    func resume(at now: Instant) {
        self.now = now
        while !waiting.isEmpty, !hasEnded, node.serves(self) {
            hear(waiting.removeFirst())
        }
    }

    private func hear(_ octets: [UInt8]) {
        switch fault.incoming(octets, memory) {
        case .pass(let octets):
            hasBegun = hasBegun || !octets.isEmpty
            _ = try? channel.writeInbound(ByteBuffer(bytes: octets))
            node.run()
        case .answer(let text):
            ready += Array(text.utf8)
            isEnding = true
        case .end: isEnding = true
        case .crash: fault.memory.isDead = true
        }
        collect()
    }

    func finish(at now: Instant) {
        node.advance(to: now)
        self.now = now
        if fault.crashesWithClient, hasBegun { fault.memory.isDead = true }
        if fault.endsWithClient {
            isEnding = true
            held = []
            return
        }
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        node.run()
        collect()
    }

    func abandon(at now: Instant) {
        node.advance(to: now)
        if fault.crashesWithClient, hasBegun { fault.memory.isDead = true }
        isEnding = true
        channel.close(promise: nil)
        node.run()
        node.resume(at: now)
    }

    func take() -> [UInt8] {
        guard !fault.memory.isDead else { return [] }
        collect()
        defer { ready = [] }
        return ready
    }

    var hasEnded: Bool {
        fault.memory.isDead || (ready.isEmpty && held.isEmpty && (isEnding || !channel.isActive))
    }

    private func collect() {
        while let buffer = try? channel.readOutbound(as: ByteBuffer.self) {
            let octets = fault.outgoing(Array(buffer.readableBytesView), memory)
            if octets.isEmpty { continue }
            hasBegun = false
            if fault.lag == .zero { ready += octets } else { held.append((now + fault.lag, octets)) }
        }
        while let first = held.first, first.due <= max(now, node.time) {
            ready += first.octets
            held.removeFirst()
        }
        // An interim response is no answer yet.
        if fault.endsAfterAnswer, !ready.isEmpty, !ready.starts(with: "HTTP/1.1 100".utf8) { isEnding = true }
    }
}
