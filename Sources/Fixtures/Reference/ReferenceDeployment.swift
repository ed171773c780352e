import Links
public import RTMFP

/// The reference rendezvous behind a real UDP socket.
///
/// ```swift
/// let reference = try ReferenceDeployment()
/// defer { reference.stop() }
/// print("rtmfp://\(reference.address)/")
/// ```
public final class ReferenceDeployment: Sendable {
    private let host: UDPHost

    /// The address that the rendezvous listens at, with the port that it really has.
    public var address: SocketAddress { host.address }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - address: where to listen; port 0 asks for any free one.
    ///   - saboteur: who has got at it; nil for the correct reference.
    ///   - echoes: whether it sends messages back instead of being a rendezvous.
    ///   - asksForProtection: whether the correct reference asks initiators for HMACs and session sequence numbers. Some
    ///     clients say that they would send them, and then give up a session in which they are asked to.
    /// - Throws: `LinkError.unavailable` if the address cannot be had.
    public init(
        at address: SocketAddress = .loopback(port: 0),
        saboteur: Saboteur? = nil,
        echoes: Bool = false,
        asksForProtection: Bool = true
    ) throws {
        let random = SystemRandomNumberGenerator()
        let application: any Application = echoes ? EchoApplication() : RendezvousApplication(random: random)
        let made =
            try saboteur.map { try ReferenceNode(random: random, saboteur: $0, application: application) }
            ?? ReferenceNode(random: random, application: application, asksForProtection: asksForProtection)
        let node = Handover(made)
        host = try UDPHost(at: address) { _ in node.taken }
    }

    /// Gives the port back; stopping twice does no harm.
    public func stop() {
        host.stop()
    }
}

/// Carries a node from the thread that makes it to the event loop on which alone it is used afterwards.
private final class Handover: @unchecked Sendable {
    let taken: ReferenceNode

    init(_ node: ReferenceNode) {
        taken = node
    }
}
