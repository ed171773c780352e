import Foundation
import HLSP2P
import Links
import RTMFP
import Web

/// A stage on real sockets: the checker's nodes behind links that one thread looks after, HTTP behind a server.
final class LiveStage: StageWorld {
    /// How the peer is brought to come.
    typealias Summons = (StageCall) throws -> any VisitingClient

    let patience: Interval
    let acquaintance: PeerAcquaintance?
    private let first: SocketAddress
    private let summon: Summons
    private var nodes: [(node: any DatagramNode, link: any Link)] = []
    private var servers: [HTTPServer] = []

    /// How often the links are looked at.
    private static let rhythm: UInt32 = 500

    /// Makes a stage without anybody on it.
    ///
    /// - Parameters:
    ///   - first: where the first node and the HTTP server are; all others have a free port of the same host.
    ///   - patience: how long a peer may take to set out.
    init(at first: SocketAddress, patience: Interval, summon: @escaping Summons) {
        self.first = first
        self.patience = patience
        self.summon = summon
        acquaintance = nil
    }

    /// Makes a stage for a peer that is there already.
    init(_ acquaintance: PeerAcquaintance) {
        self.acquaintance = acquaintance
        first = .unspecified(acquaintance.rendezvous.family)
        patience = .zero
        summon = { _ in throw CannotCall("the peer is there already") }
    }

    var clock: @Sendable () -> Instant { { .monotonic } }

    func attach(_ node: any DatagramNode) throws -> SocketAddress {
        var local = first
        if !nodes.isEmpty { local.port = 0 }
        let link = try UDPNetwork(v4: local, v6: local).makeLink(.everyone(first.family))
        nodes.append((node, link))
        return link.localAddress
    }

    func detach(_ address: SocketAddress) {
        for (_, link) in nodes where link.localAddress == address { link.close() }
        nodes.removeAll { $0.link.localAddress == address }
    }

    func serve(_ service: any HTTPService) throws -> String {
        let server = try HTTPServer(at: first, service: service)
        servers.append(server)
        return "\(server.address)"
    }

    func start(_ call: StageCall) throws -> any VisitingClient { try summon(call) }

    func run(until deadline: Instant, _ isDone: () -> Bool) throws {
        // The case may have asked a node for something.
        for (node, link) in nodes { send(node, link) }
        while true {
            try turn()
            if isDone() { return }
            guard Instant.monotonic < deadline else { return }
            usleep(LiveStage.rhythm)
        }
    }

    /// Hands every node what has come for it, and sends what it wants sent.
    private func turn() throws {
        for (node, link) in nodes {
            while let datagram = try link.receive(until: .origin) {
                node.receive(datagram.bytes, from: datagram.far, at: .monotonic)
                send(node, link)
            }
            let now = Instant.monotonic
            if let due = node.nextDeadline, due <= now { node.advance(to: now) }
            send(node, link)
        }
    }

    private func send(_ node: any DatagramNode, _ link: any Link) {
        // What cannot be sent is lost, as on the way.
        for datagram in node.takeDatagrams() { try? link.send(datagram.bytes, to: datagram.far) }
    }

    func close() {
        for (_, link) in nodes { link.close() }
        nodes.removeAll()
        servers.forEach { $0.stop() }
        servers.removeAll()
    }
}
