public import RTMFP

/// A network in virtual time, in which the same seed and the same calls give the same datagrams in the same order.
///
/// Nodes are attached at addresses and answer there; links are made on it as on any ``Network``. Time passes only while
/// somebody waits: ``Link/receive(until:)`` of any link, or ``advance(to:)``, carries out what is due, node by node and
/// datagram by datagram, and sets the clock.
///
/// It is not for use by several threads at once: a world belongs to one case, and a case to one thread. It is Sendable
/// only so that it can be handed over as a whole, as a ``Network``.
public final class SimulatedNetwork: Network, @unchecked Sendable {
    /// The virtual time.
    public private(set) var now = Instant.origin
    /// The conditions on every path that has none of its own.
    public var conditions = Conditions()
    /// Is told every datagram that is sent, also those that get lost, who sent it and when.
    public var tap: ((_ datagram: Datagram, _ source: SocketAddress, _ now: Instant) -> Void)?
    /// The datagrams that the network let vanish: lost, too long, sent to nobody, or beyond what it holds.
    public private(set) var vanished = 0

    /// Datagrams under way at most; more vanish, as at a router whose queue is full.
    static let capacity = 100_000

    private let seed: UInt64
    private let eventLimit: Int
    private var schedule = Schedule<Event>()
    private var translation = Translation()
    private var ends: [SocketAddress: any End] = [:]
    private var nodes: [AttachedNode] = []
    private var ownConditions: [Direction: Conditions] = [:]
    private var paths: [Direction: Path] = [:]
    private var linkCount: UInt32 = 0
    /// Who listens for connections, by address.
    var hosts: [SocketAddress: StreamHost] = [:]
    var streamCount: UInt32 = 0

    private enum Event {
        case arrival(Datagram, from: SocketAddress)
        case refusal(of: SocketAddress, to: SocketAddress)
        case wake(AttachedNode)
        case action(() -> Void)
    }

    private struct Direction: Hashable {
        var from: SocketAddress
        var to: SocketAddress?
    }

    /// Makes an empty network.
    ///
    /// - Parameters:
    ///   - seed: What all chance follows from.
    ///   - eventLimit: How much may happen during one wait before it is taken for an endless exchange that stands still.
    public init(seed: UInt64, eventLimit: Int = 1_000_000) {
        self.seed = seed
        self.eventLimit = eventLimit
    }

    /// Makes a link at an address of its own.
    ///
    /// - Throws: ``LinkError/unavailable(_:reason:)``.
    public func makeLink(_ reach: Reach) throws -> any Link {
        linkCount &+= 1
        // 65 thousand hosts of the benchmarking network (RFC 2544), and as many of the documentation prefix (RFC 3849).
        let host = linkCount % 65_536
        let ip: SocketAddress.IP =
            switch reach.family {
            case .v4: .v4(0xc612_0000 + host)
            case .v6: .v6(high: 0x2001_0db8_0000_0000, low: UInt64(host))
            }
        return try makeLink(reach, at: SocketAddress(ip, port: 49_152))
    }

    /// Makes a link at `address`.
    ///
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if somebody has that address already.
    public func makeLink(_ reach: Reach, at address: SocketAddress) throws -> any Link {
        let inbox = SimulatedInbox(reach: reach)
        try settle(inbox, at: address)
        return SimulatedLink(network: self, localAddress: address, inbox: inbox)
    }

    /// Has `node` answer at `address`.
    ///
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if somebody has that address already.
    public func attach(_ node: any DatagramNode, at address: SocketAddress) throws {
        let attached = AttachedNode(node, at: address)
        try settle(attached, at: address)
        nodes.append(attached)
    }

    /// Takes away whoever is at `address`; what is under way to it vanishes.
    public func detach(_ address: SocketAddress) {
        guard ends.removeValue(forKey: address) != nil else { return }
        nodes.removeAll { $0.address == address }
        translation.remove(address)
    }

    /// Sets the conditions on the way from one address to another, one way.
    ///
    /// The addresses are those of the ends themselves, whatever addresses they appear under.
    public func setConditions(_ conditions: Conditions, from: SocketAddress, to: SocketAddress) {
        ownConditions[Direction(from: from, to: to)] = conditions
    }

    /// From now on, what the end at `home` sends comes from `outside`, and what is sent to `outside` reaches it: as
    /// when an address translator gives it another mapping, or it has moved to another network.
    ///
    /// - Parameter keepingOld: Whether the address that it appeared under before reaches it still.
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if somebody else has `outside`, or nobody is at `home`.
    public func changeAddress(
        of home: SocketAddress,
        to outside: SocketAddress,
        keepingOld: Bool = false
    ) throws {
        guard ends[home] != nil else { throw LinkError.unavailable(home, reason: "nobody is there") }
        try translation.map(home, to: outside, keepingOld: keepingOld)
    }

    /// Carries out what is due until `instant`, and sets the clock to it.
    ///
    /// - Throws: ``LinkError/restless(events:)``.
    public func advance(to instant: Instant) throws {
        try run(until: instant) { false }
    }

    /// Carries out what is due, in order, until `isDone` or until `deadline`, to which it then sets the clock.
    ///
    /// - Throws: ``LinkError/restless(events:)``.
    public func run(until deadline: Instant, _ isDone: () -> Bool) throws(LinkError) {
        if isDone() { return }
        // Somebody may have asked a node for something, behind the network's back.
        for node in nodes { collect(from: node) }
        for host in hosts.values { host.collect(self) }
        var events = 0
        while let first = schedule.first, first <= max(deadline, now) {
            guard let (at, event) = schedule.popFirst() else { break }
            now = max(now, at)
            carryOut(event, at: at)
            if isDone() { return }
            events += 1
            guard events < eventLimit else { throw .restless(events: events) }
        }
        now = max(now, deadline)
    }

    /// Does something when the time has come.
    func perform(after delay: Interval, _ action: @escaping () -> Void) {
        schedule.insert(.action(action), at: now + delay)
    }

    /// Sends a datagram as the end at `home` would, whether there is one or not.
    public func send(_ datagram: Datagram, from home: SocketAddress) {
        tap?(datagram, translation.outside(of: home), now)
        let destination = translation.home(of: datagram.far)
        let conditions = conditions(from: home, to: destination ?? datagram.far)
        let direction = Direction(from: home, to: destination)
        let arrivals: [Instant]
        if conditions.isRandom {
            arrivals = paths[direction, default: path(direction)]
                .arrivals(of: datagram.bytes.count, now: now, under: conditions)
        } else if let mtu = conditions.mtu, datagram.bytes.count > mtu {
            arrivals = []
        } else {
            arrivals = [now + conditions.delay]
        }
        if arrivals.isEmpty { vanished += 1 }
        for arrival in arrivals {
            guard schedule.count < SimulatedNetwork.capacity else {
                vanished += 1
                continue
            }
            schedule.insert(.arrival(datagram, from: translation.outside(of: home)), at: arrival)
        }
    }

    private func carryOut(_ event: Event, at: Instant) {
        switch event {
        case .arrival(let datagram, let from):
            guard let home = translation.home(of: datagram.far), let end = ends[home] else {
                vanished += 1
                refuse(datagram.far, to: from)
                return
            }
            end.deliver(ReceivedDatagram(datagram.bytes, from: from, at: now))
            if let node = end as? AttachedNode { collect(from: node) }
        case .refusal(let far, let outside):
            guard let home = translation.home(of: outside) else { return }
            ends[home]?.learnOfRefusal(by: far)
        case .wake(let node):
            guard ends[node.address] === node else { return }
            node.wakeUp(at: at, now: now)
            collect(from: node)
        case .action(let action):
            action()
        }
    }

    /// The far host's word that nobody listens; a host that only lost its mapping says nothing.
    private func refuse(_ far: SocketAddress, to outside: SocketAddress) {
        guard !translation.isDead(far), let home = translation.home(of: outside),
            schedule.count < SimulatedNetwork.capacity
        else { return }
        let back = conditions(from: far, to: home).delay
        schedule.insert(.refusal(of: far, to: outside), at: now + back)
    }

    private func collect(from node: AttachedNode) {
        for datagram in node.node.takeDatagrams() {
            send(datagram, from: node.address)
        }
        if let wake = node.nextWake(after: now) {
            schedule.insert(.wake(node), at: wake)
        }
    }

    private func settle(_ end: any End, at address: SocketAddress) throws(LinkError) {
        guard ends[address] == nil else { throw .unavailable(address, reason: "somebody has it already") }
        try translation.map(address, to: address, keepingOld: false)
        ends[address] = end
    }

    private func conditions(from: SocketAddress, to: SocketAddress) -> Conditions {
        ownConditions[Direction(from: from, to: to)] ?? conditions
    }

    private func path(_ direction: Direction) -> Path {
        let to = direction.to.map(\.description) ?? "nobody"
        return Path(seed: seed, name: "\(direction.from) to \(to)")
    }
}
