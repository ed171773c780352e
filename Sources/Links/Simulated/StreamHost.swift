import RTMFP

/// A listening node on a simulated network, with its connections, and when it is to be woken.
final class StreamHost {
    private struct Connection {
        let end: any StreamEnd
        weak var stream: SimulatedStream?
    }

    private let node: any StreamNode
    private var connections: [Connection] = []
    private var wake: Instant?

    init(_ node: any StreamNode) {
        self.node = node
    }

    func connect(from far: SocketAddress, _ network: SimulatedNetwork) -> SimulatedStream? {
        guard let end = node.accept(from: far, at: network.now) else { return nil }
        let stream = SimulatedStream(network: network, host: self, end: end, localAddress: far)
        connections.append(Connection(end: end, stream: stream))
        collect(network)
        return stream
    }

    /// Passes on what the ends want sent, and sees to it that the node is woken in time.
    func collect(_ network: SimulatedNetwork) {
        for connection in connections {
            let octets = connection.end.take()
            if !octets.isEmpty { deliver(octets, to: connection.stream, network) }
        }
        for connection in connections where connection.end.hasEnded {
            deliver([], to: connection.stream, network)
        }
        connections.removeAll { $0.end.hasEnded }
        guard let deadline = node.nextDeadline else { return }
        let wanted = max(deadline, network.now)
        if let wake, wake <= wanted { return }
        wake = wanted
        network.perform(after: wanted - network.now) { [weak self] in self?.wakeUp(at: wanted, network) }
    }

    private func wakeUp(at instant: Instant, _ network: SimulatedNetwork) {
        guard wake == instant else { return }
        wake = nil
        node.advance(to: network.now)
        collect(network)
    }

    private func deliver(_ octets: [UInt8], to stream: SimulatedStream?, _ network: SimulatedNetwork) {
        network.perform(after: network.conditions.delay) { [weak stream] in stream?.deliver(octets) }
    }
}
