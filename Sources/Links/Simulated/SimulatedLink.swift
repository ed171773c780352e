import RTMFP

/// A link on a simulated network.
final class SimulatedLink: Link {
    let localAddress: SocketAddress
    private let network: SimulatedNetwork
    private let inbox: SimulatedInbox
    private var isClosed = false

    init(network: SimulatedNetwork, localAddress: SocketAddress, inbox: SimulatedInbox) {
        self.network = network
        self.localAddress = localAddress
        self.inbox = inbox
    }

    deinit {
        close()
    }

    var now: Instant { network.now }

    var dropped: Int { inbox.dropped }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        guard !isClosed else { throw LinkError.closed }
        if let obstacle = inbox.obstacle(to: far, octets: bytes.count) { throw obstacle }
        network.send(Datagram(bytes: bytes, far: far), from: localAddress)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        if isClosed {
            guard let datagram = try inbox.next() else { throw LinkError.closed }
            return datagram
        }
        try network.run(until: deadline) { !inbox.isEmpty }
        return try inbox.next()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        network.detach(localAddress)
    }
}
