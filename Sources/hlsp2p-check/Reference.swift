import ArgumentParser
import Conformance
import Fixtures
import Links
import RTMFP

/// The reference rendezvous behind a real socket.
enum Reference {
    /// Binds a free port of the loopback interface.
    static func onLoopback() throws -> UDPHost {
        try host(at: .loopback(port: 0))
    }

    /// Binds `host:port`; port 0 asks for any free one.
    static func host(listeningAt text: String, saboteur: Saboteur?) throws -> UDPHost {
        let isAnyPort = text.hasSuffix(":0")
        var address: SocketAddress
        do {
            address = try TargetArgument(isAnyPort ? text + "1" : text).resolve()
        } catch {
            throw fail(.usage, "\(error)")
        }
        if isAnyPort { address.port = 0 }
        return try host(at: address, saboteur: saboteur)
    }

    private static func host(at address: SocketAddress, saboteur: Saboteur? = nil) throws -> UDPHost {
        do {
            let random = SystemRandomNumberGenerator()
            let node =
                try saboteur.map { try ReferenceNode(random: random, saboteur: $0) } ?? ReferenceNode(random: random)
            let movable = Handover(node)
            return try UDPHost(at: address) { _ in movable.take() }
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        }
    }
}

/// Carries a node, once, to the event loop on which alone it will be used.
private final class Handover: @unchecked Sendable {
    private let node: ReferenceNode

    init(_ node: ReferenceNode) {
        self.node = node
    }

    func take() -> ReferenceNode { node }
}
