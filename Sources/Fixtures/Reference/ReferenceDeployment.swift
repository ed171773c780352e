import HLSP2P
import Links
public import RTMFP
public import Redis
import Web

/// The reference rendezvous and the reference tracker behind real sockets, with one registry between them.
///
/// ```swift
/// let reference = try ReferenceDeployment()
/// defer { reference.stop() }
/// print("rtmfp://\(reference.address)/", reference.tracker.map { "http://\($0)/" } ?? "no tracker")
/// ```
public final class ReferenceDeployment: Sendable {
    /// What a deployment may be told.
    public struct Options: Sendable {
        /// Who has got at the rendezvous; nil for the correct reference.
        public var saboteur: Saboteur?
        /// Whether it sends messages back instead of being a rendezvous; there is no tracker then.
        public var echoes = false
        /// Whether the correct reference asks initiators for HMACs and session sequence numbers. Some clients say that
        /// they would send them, and then give up a session in which they are asked to.
        public var asksForProtection = true
        /// Where the tracker listens; nil for the rendezvous' own address and port.
        public var tracker: SocketAddress?
        /// The Redis that keeps the registry; nil for memory.
        public var redis: RedisAddress?
        /// Where clients of other rendezvous on that Redis reach this one; nil for the address that it listens at.
        public var advertised: SocketAddress?
        /// Whether any host may have any peer taken off the lists: see `Tracker`.
        public var removesForAnybody = false
        /// Takes the lines that clients send to the tracker.
        public var log: @Sendable (String) -> Void = { _ in }

        /// Is told the keys of each session; nil for nobody.
        public var keyLog: (@Sendable (KeyLogEntry) -> Void)?

        /// The default options.
        public init() {}
    }

    private let host: UDPHost
    private let server: HTTPServer?

    /// The address that the rendezvous listens at, with the port that it really has.
    public var address: SocketAddress { host.address }
    /// The address that the tracker listens at; nil if there is none.
    public var tracker: SocketAddress? { server?.address }

    /// Starts it. Redis need not be there yet.
    ///
    /// - Parameters:
    ///   - address: where the rendezvous listens; port 0 asks for any that is free for the tracker as well.
    /// - Throws: `LinkError.unavailable` if an address cannot be had.
    public init(at address: SocketAddress = .loopback(port: 0), options: Options = Options()) throws {
        guard !options.echoes else {
            (host, server) = (try Self.host(at: address, EchoApplication(), options), nil)
            return
        }
        (host, server) = try SharedPort.start(isAny: address.port == 0 && options.tracker == nil) {
            try Self.start(at: address, options)
        }
    }

    /// Gives the ports back; stopping twice does no harm.
    public func stop() {
        server?.stop()
        host.stop()
    }

    private static func start(at address: SocketAddress, _ options: Options) throws -> (UDPHost, HTTPServer) {
        let registry: any Registry & PeerDirectory
        if let redis = options.redis {
            registry = RedisRegistry(redis)
        } else {
            registry = InMemoryRegistry(random: SystemRandomNumberGenerator())
        }
        let application = RendezvousApplication(random: SystemRandomNumberGenerator(), registry: registry)
        let host = try host(at: address, application, options)
        (registry as? RedisRegistry)?.isReached(at: options.advertised ?? host.address)
        registry.whenOutcomes { [weak host] in host?.perform { node, now in node.advance(to: now) } }
        do {
            let tracker = Tracker(directory: registry, removesForAnybody: options.removesForAnybody, log: options.log)
            return (host, try HTTPServer(at: options.tracker ?? host.address, service: tracker))
        } catch {
            host.stop()
            throw error
        }
    }

    private static func host(
        at address: SocketAddress,
        _ application: any Application,
        _ options: Options
    ) throws -> UDPHost {
        let random = SystemRandomNumberGenerator()
        let made =
            try options.saboteur.map {
                try ReferenceNode(random: random, saboteur: $0, application: application, keyLog: options.keyLog)
            }
            ?? ReferenceNode(
                random: random,
                application: application,
                asksForProtection: options.asksForProtection,
                keyLog: options.keyLog
            )
        let node = Handover(made)
        return try UDPHost(at: address) { _ in node.taken }
    }
}
