import RTMFP

/// The connecting end of a connection on a simulated network.
final class SimulatedStream: ByteStream {
    let localAddress: SocketAddress
    private let network: SimulatedNetwork
    private let host: StreamHost
    private let end: any StreamEnd
    private var arrived: [UInt8] = []
    private var hasEnded = false
    private var isClosed = false
    private var isFinished = false

    init(network: SimulatedNetwork, host: StreamHost, end: any StreamEnd, localAddress: SocketAddress) {
        self.network = network
        self.host = host
        self.end = end
        self.localAddress = localAddress
    }

    deinit {
        close()
    }

    var now: Instant { network.now }

    func send(_ octets: [UInt8]) {
        guard !isClosed, !isFinished, !hasEnded, !octets.isEmpty else { return }
        perform { [end] now in end.receive(octets, at: now) }
    }

    func receive(until deadline: Instant) throws -> [UInt8]? {
        guard !isClosed else { throw LinkError.closed }
        try network.run(until: deadline) { !arrived.isEmpty || hasEnded }
        if !arrived.isEmpty {
            defer { arrived = [] }
            return arrived
        }
        return hasEnded ? [] : nil
    }

    func finishSending() {
        guard !isClosed, !isFinished else { return }
        isFinished = true
        perform { [end] now in end.finish(at: now) }
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        perform { [end] now in end.abandon(at: now) }
    }

    /// Octets, or none for the end of the stream.
    func deliver(_ octets: [UInt8]) {
        if octets.isEmpty { hasEnded = true } else { arrived += octets }
    }

    /// Has the far end take note of something, one way later.
    private func perform(_ action: @escaping (Instant) -> Void) {
        network.perform(after: network.conditions.delay) { [network, host] in
            action(network.now)
            host.collect(network)
        }
    }
}
