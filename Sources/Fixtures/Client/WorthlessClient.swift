public import Links
public import RTMFP

/// A client that implements nothing. A suite that is worth anything passes none of its cases against it.
public enum WorthlessClient: String, Sendable, CaseIterable {
    /// Never says anything.
    case silent
    /// Says hello once, and nothing more.
    case once
    /// Says hello, and then sends every datagram back.
    case echoing
    /// Sends random octets, over and over.
    case babbling

    /// The client as a node that comes to `address`.
    public func makeNode(comingTo address: SocketAddress, uri: String, seed: UInt64) -> any DatagramNode {
        WorthlessClientNode(self, comingTo: address, uri: uri, seed: seed)
    }
}

private final class WorthlessClientNode: DatagramNode {
    private let client: WorthlessClient
    private let address: SocketAddress
    private let hello: [UInt8]
    private var random: SeededGenerator
    private var datagrams: [Datagram] = []
    private(set) var nextDeadline: Instant? = .origin
    /// So that a simulated world with it comes to rest.
    private var babble = 100

    init(_ client: WorthlessClient, comingTo address: SocketAddress, uri: String, seed: UInt64) {
        self.client = client
        self.address = address
        random = SeededGenerator(seed: seed)
        let chunk = IHello(endpointDiscriminator: EndpointDiscriminator(uri: uri).encoded, tag: random.octets(16))
        let packet = Packet(PacketHeader(.startup), [.initiatorHello(chunk)])
        hello = PacketSealer(.defaultSession).seal(packet.encoded, to: 0)
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        if client == .echoing { datagrams.append(Datagram(bytes: datagram, far: far)) }
    }

    func advance(to now: Instant) {
        guard nextDeadline != nil else { return }
        nextDeadline = nil
        switch client {
        case .silent: break
        case .once, .echoing: datagrams.append(Datagram(bytes: hello, far: address))
        case .babbling:
            datagrams.append(Datagram(bytes: random.octets(Int.random(in: 1...200, using: &random)), far: address))
            babble -= 1
            if babble > 0 { nextDeadline = now + .milliseconds(20) }
        }
    }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams.removeAll() }
        return datagrams
    }
}
