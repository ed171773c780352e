import HLSP2P
import Links
import RTMFP

/// A world like another one, with all that reaches the checker's nodes and services on tape.
///
/// Like that of links, its clock stands still between what happens.
final class TapedStage: StageWorld {
    private let world: any StageWorld
    private let tape: Tape
    private var services: [TapedService] = []
    private var visits = 0

    init(_ world: any StageWorld, _ tape: Tape) {
        self.world = world
        self.tape = tape
        tape.begin(at: world.clock())
    }

    var clock: @Sendable () -> Instant { { [clock = tape.clock] in clock.now } }
    var patience: Interval { world.patience }
    var acquaintance: PeerAcquaintance? { world.acquaintance }

    func attach(_ node: any DatagramNode) throws -> SocketAddress {
        let address = try world.attach(TapedNode(node, link: tape.links.count, tape, world.clock))
        _ = tape.add(address)
        return address
    }

    func detach(_ address: SocketAddress) { world.detach(address) }

    func serve(_ service: any HTTPService) throws -> String {
        let taped = TapedService(service, tape, world.clock)
        let authority = try world.serve(taped)
        services.append(taped)
        tape.authority = authority
        return authority
    }

    func start(_ call: StageCall) throws -> any VisitingClient {
        let client = try world.start(call)
        tape.add(.waited(inVain: false), at: world.clock())
        defer { visits += 1 }
        return TapedVisitor(client, number: visits, tape) { [weak self] end in self?.meanwhile(end) }
    }

    func run(until deadline: Instant, _ isDone: () -> Bool) throws {
        var isOver = false
        try world.run(until: deadline) {
            services.forEach { $0.answerWaiting() }
            tape.clock.advance(to: world.clock())
            isOver = isDone()
            return isOver
        }
        tape.add(.waited(inVain: !isOver), at: world.clock())
    }

    func close() { world.close() }

    /// Does something that keeps the case's thread, while a peer may want its requests answered.
    private func meanwhile(_ body: () -> Void) {
        services.forEach { $0.answersAtOnce = true }
        body()
        services.forEach { $0.answersAtOnce = false }
        tape.add(.waited(inVain: false), at: world.clock())
    }
}

/// A node like another one, with what comes to it and goes from it on tape.
private final class TapedNode: DatagramNode {
    private let node: any DatagramNode
    private let link: Int
    private let tape: Tape
    private let clock: @Sendable () -> Instant

    init(_ node: any DatagramNode, link: Int, _ tape: Tape, _ clock: @escaping @Sendable () -> Instant) {
        self.node = node
        self.link = link
        self.tape = tape
        self.clock = clock
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        tape.add(.passage(Tape.Passage(link: link, isSent: false, bytes: datagram, far: far)), at: now)
        node.receive(datagram, from: far, at: now)
    }

    func advance(to now: Instant) {
        tape.add(.woke(link: link), at: now)
        node.advance(to: now)
    }

    var nextDeadline: Instant? { node.nextDeadline }

    func takeDatagrams() -> [Datagram] {
        let datagrams = node.takeDatagrams()
        for datagram in datagrams {
            let passage = Tape.Passage(link: link, isSent: true, bytes: datagram.bytes, far: datagram.far)
            tape.add(.passage(passage), at: clock())
        }
        return datagrams
    }

    func leave(at now: Instant) { node.leave(at: now) }
}
