import HLSP2P
import Links
public import RTMFP
import Web

/// A rendezvous and a tracker that a saboteur has got at, behind real sockets, with one registry between them in memory.
///
/// A process that is to crash stops answering instead. What saboteurs do to the octets of connections shows in
/// virtual time alone: see `TrackerSaboteur.showsOnSockets`.
public final class SabotagedDeployment: Sendable {
    private let host: UDPHost
    private let server: HTTPServer

    /// The address that the rendezvous listens at, with the port that it really has.
    public var address: SocketAddress { host.address }
    /// The address that the tracker listens at.
    public var tracker: SocketAddress { server.address }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - address: where the rendezvous listens.
    ///   - tracker: where the tracker listens; nil for the rendezvous' own address and port.
    /// - Throws: `LinkError.unavailable` if an address cannot be had.
    public init(
        at address: SocketAddress = .loopback(port: 0),
        tracker: SocketAddress? = nil,
        _ saboteur: TrackerSaboteur
    ) throws {
        (host, server) = try SharedPort.start(isAny: address.port == 0 && tracker == nil) {
            try Self.start(at: address, tracker, saboteur)
        }
    }

    /// Gives the ports back; stopping twice does no harm.
    public func stop() {
        server.stop()
        host.stop()
    }

    private static func start(
        at address: SocketAddress,
        _ tracker: SocketAddress?,
        _ saboteur: TrackerSaboteur
    ) throws -> (UDPHost, HTTPServer) {
        var fault = TrackerFault()
        saboteur.sabotage(&fault)
        let random = SystemRandomNumberGenerator()
        let store = RegistryStore()
        let registry = StoredRegistry(store, fault: fault, random: random)
        let node = Handover(
            try ReferenceNode(
                random: random,
                saboteur: Saboteur(saboteur.name, fault.rendezvous),
                application: RendezvousApplication(random: random, registry: registry)
            )
        )
        let host = try UDPHost(at: address) { _ in node.taken }
        let service = FaultyService(
            service: Tracker(directory: registry) { _ in },
            fault: fault,
            store: store
        )
        do {
            return (host, try HTTPServer(at: tracker ?? host.address, service: service))
        } catch {
            host.stop()
            throw error
        }
    }
}
