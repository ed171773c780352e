import Links
public import RTMFP

/// Waits at one address for clients that somebody else starts, one after the other.
///
/// An IHello with a tag that was not seen before is the next client. Only one case can run at a time.
public final class AwaitedClients: Arena {
    /// The address that clients are to connect to, with the port that it really has.
    public let address: SocketAddress
    public var targetArgument: String { "\(address)" }
    public var targetOption: String { "--listen" }
    public var isSerial: Bool { true }
    private let network: UDPNetwork
    private let source: Source

    /// Binds `address`.
    ///
    /// - Parameters:
    ///   - address: where to wait; not a wildcard, since clients are also sent to other ports of the same address.
    ///   - patience: how long to wait for the first client; later ones get at least two minutes, since a client may take
    ///     95 seconds to give up what an earlier case has left undone.
    /// - Throws: `LinkError.unavailable` if the address cannot be had.
    public init(at address: SocketAddress, patience: Interval = .seconds(30)) throws {
        let link = try UDPNetwork(v4: address, v6: address).makeLink(.everyone(address.family))
        self.address = link.localAddress
        var other = address
        other.port = 0
        network = UDPNetwork(v4: other, v6: other)
        source = Source(link, patience: patience)
    }

    public func enter(seed: UInt64) throws -> Ground {
        Ground(network: network, clients: source)
    }
}

/// Takes the clients at one link.
///
/// Unchecked: its arena is serial, so that one thread uses it at a time.
private final class Source: ClientSource, @unchecked Sendable {
    /// An IHello has come already when a call returns.
    let patience = Interval.seconds(1)
    private(set) var isExhausted = false
    private let link: any Link
    private var wait: Interval
    private let opener = PacketOpener(.defaultSession)
    private var tags: Set<[UInt8]> = []
    fileprivate var former: Set<SocketAddress> = []

    init(_ link: any Link, patience: Interval) {
        self.link = link
        wait = patience
    }

    func call(_ call: Call) throws -> Visit {
        guard call == Call() else {
            throw CannotCall("the checker does not start these clients, so it cannot tell them where to go")
        }
        let deadline = link.now + wait
        while !isExhausted, let datagram = try link.receive(until: deadline) {
            guard let tag = tag(of: datagram.bytes), tags.insert(tag).inserted else { continue }
            wait = max(wait, .seconds(120))
            former.insert(datagram.far)
            return Visit(
                doors: [SharedDoor(link, first: datagram, ignoring: former.subtracting([datagram.far]))],
                uri: nil,
                client: StrangeClient()
            )
        }
        isExhausted = true
        throw Unreachable(reason: "no client came to \(link.localAddress) within \(Int(wait.seconds)) seconds")
    }

    private func tag(of datagram: [UInt8]) -> [UInt8]? {
        guard (try? unscrambledSessionID(datagram)) == 0, let plain = try? opener.open(datagram).plain,
            let packet = try? Packet(plain)
        else { return nil }
        return packet.chunks.lazy.compactMap(\.asIHello).first?.tag
    }
}

/// A link that outlives the case, as one case may use it.
private final class SharedDoor: Link {
    private let link: any Link
    private var first: ReceivedDatagram?
    private let ignored: Set<SocketAddress>
    private var isClosed = false

    init(_ link: any Link, first: ReceivedDatagram, ignoring ignored: Set<SocketAddress>) {
        self.link = link
        self.first = first
        self.ignored = ignored
    }

    var localAddress: SocketAddress { link.localAddress }
    var now: Instant { link.now }
    var dropped: Int { link.dropped }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        guard !isClosed else { throw LinkError.closed }
        try link.send(bytes, to: far)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        guard !isClosed else { throw LinkError.closed }
        if let first {
            self.first = nil
            return first
        }
        while let datagram = try link.receive(until: deadline) {
            if !ignored.contains(datagram.far) { return datagram }
        }
        return nil
    }

    func close() {
        isClosed = true
    }
}

/// A client that somebody else has started.
final class StrangeClient: VisitingClient {
    var ending: ClientEnding? { nil }
    func end() {}
}
