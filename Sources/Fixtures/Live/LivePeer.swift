public import HLSP2P
import Foundation
import Links
public import RTMFP
import Synchronization
import Web

/// The reference peer as a program: it takes part in the swarm of a stream behind a real socket, and serves the stream
/// to a player at a local HTTP address.
public final class LivePeer: Sendable {
    /// The configuration of the original (swarm-algorithm §12), as far as it means something here, and where to serve.
    public struct Configuration: Sendable {
        /// `m3u8_url`.
        public var playlistURL: String
        /// `rtmfp_url`: the rendezvous, and behind the last slash the resource.
        public var rendezvousURL: String
        /// `http_tracker`.
        public var trackerURL: String
        /// `remote_log_base_url`; nil for nowhere.
        public var logURL: String?
        /// `rtmfp_url_peers`: pieces of a segment, and peers that each one comes from.
        public var peerCount = 2
        /// `source_servers`.
        public var sourceServers: [String] = []
        /// Where the rendezvous is; nil if its name could not be looked up.
        public var rendezvous: SocketAddress?
        /// Looks its name up again, for an IPv4 address, and may take its time.
        public var lookUp: @Sendable () -> SocketAddress? = { nil }
        /// Seconds after which that is tried again.
        public var lookUpPause = 30.0
        /// Where the player is served.
        public var listen = SocketAddress.loopback(port: 0)
        /// Is told the keys of each session; nil for nobody.
        public var keyLog: (@Sendable (KeyLogEntry) -> Void)?
        /// What gets at it; nil for nobody.
        public var saboteur: PeerSaboteur?
        /// Hears, on a thread of its own, that the saboteur has it crash.
        public var crashed: @Sendable () -> Void = {}
        /// Hears what happens, on a thread of its own.
        public var tell: @Sendable (PeerEvent) -> Void = { _ in }

        /// Makes a configuration.
        public init(playlistURL: String, rendezvousURL: String, trackerURL: String, rendezvous: SocketAddress?) {
            self.playlistURL = playlistURL
            self.rendezvousURL = rendezvousURL
            self.trackerURL = trackerURL
            self.rendezvous = rendezvous
        }
    }

    /// What is wrong with a configuration.
    public struct Malformed: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// What others know this peer by.
    public let peerID: PeerID
    /// Where the player finds the playlist.
    public let playerURL: String

    let host: PeerHost
    private let server: HTTPServer
    private let hasEnded = Mutex(false)

    /// Starts it.
    ///
    /// - Throws: `Malformed`, or `LinkError.unavailable` if an address cannot be had.
    public init(_ configuration: Configuration) throws {
        guard let (rendezvousURL, resource) = PeerConfiguration.split(configuration.rendezvousURL) else {
            throw Malformed(description: "'\(configuration.rendezvousURL)' is not rtmfp://host[:port]/resource.")
        }
        func isPlain(_ url: String) -> Bool { WebAddress(url)?.scheme.lowercased() == "http" }
        guard let stream = WebAddress(configuration.playlistURL), isPlain(configuration.playlistURL),
            configuration.playlistURL.contains(".m3u8")
        else {
            throw Malformed(description: "'\(configuration.playlistURL)' is no http:// URL of an .m3u8 playlist.")
        }
        for url in [configuration.trackerURL, configuration.logURL].compactMap(\.self) where !isPlain(url) {
            throw Malformed(description: "'\(url)' is no http:// URL.")
        }
        var swarm = SwarmConfiguration(
            playlistURL: configuration.playlistURL,
            trackerURL: configuration.trackerURL,
            resource: resource,
            peerCount: configuration.peerCount,
            clock: WallClock(
                millisecondsAtOrigin: Date().timeIntervalSince1970 * 1000 - (Instant.monotonic - .origin).milliseconds
            )
        )
        swarm.sourceServers = configuration.sourceServers
        swarm.logURL = configuration.logURL
        let conduct = configuration.saboteur?.fault
        conduct?.configure(&swarm)
        let identity = try LivePeer.identity(isTheSameAgain: conduct?.keepsIdentity ?? false)
        guard let peerID = PeerID(identity.certificate.fingerprint) else {
            throw Malformed(description: "The certificate has no fingerprint.")
        }
        self.peerID = peerID
        host = PeerHost(tell: configuration.tell, conduct: conduct, crashed: configuration.crashed)
        let rendezvous = configuration.rendezvous
        let family = rendezvous?.family ?? .v4
        let near = SocketAddress.loopback(family, port: 0)
        let isLocal = rendezvous?.ip == near.ip
        _ = try host.start(at: isLocal ? near : .unspecified(family)) { [swarm] address in
            var endpoint = RTMFP.Configuration(identity: identity)
            endpoint.keyLog = configuration.keyLog
            var peer = PeerConfiguration(
                swarm: swarm,
                rendezvousURL: rendezvousURL,
                rendezvous: [rendezvous].compactMap(\.self),
                endpoint: endpoint
            )
            if isLocal { peer.localAddresses = [address] }
            let random = SystemRandomNumberGenerator()
            guard let conduct else { return Peer(peer, random: random, at: .monotonic) }
            return Peer(
                peer,
                random: random,
                conduct: conduct,
                messageConduct: conduct.below,
                endpointConduct: conduct.below,
                at: .monotonic
            )
        }
        do {
            let gate = PlayerGate(stream: stream, host: host)
            server = try HTTPServer(at: configuration.listen, limits: PlayerGate.limits, service: gate)
            playerURL = "http://\(server.address)\(gate.playlistTarget)"
        } catch {
            host.stop()
            throw error
        }
        if rendezvous == nil { seekRendezvous(configuration) }
    }

    private static func identity(isTheSameAgain: Bool) throws(KeyingError) -> Identity {
        if isTheSameAgain {
            var random = SeededGenerator(seed: 0, name: "peer")
            return try .fixed(groups: [.modp1024], using: &random)
        }
        var random = SystemRandomNumberGenerator()
        return try .ephemeral(groups: [.modp1024], using: &random)
    }

    /// Looks the name of the rendezvous up until there is an address.
    private func seekRendezvous(_ configuration: Configuration) {
        let thread = Thread { [weak self] in
            while let self {
                if hasEnded.withLock(\.self) { return }
                if let address = configuration.lookUp() {
                    return host.perform { node, now in node.rendezvousFound(at: address, at: now) }
                }
                Thread.sleep(forTimeInterval: configuration.lookUpPause)
            }
        }
        thread.name = "rendezvous"
        thread.start()
    }

    /// Where the peer stands; never told once it has stopped.
    public func status(_ done: @escaping @Sendable (PeerStatus) -> Void) {
        host.perform { node, _ in done(node.peer.status) }
    }

    /// Takes leave of the swarm and closes the sockets; stopping twice does no harm.
    public func stop() {
        hasEnded.withLock { $0 = true }
        server.stop()
        host.stop()
    }

    /// Is gone without a word, as a viewer's machine that is switched off.
    public func vanish() {
        hasEnded.withLock { $0 = true }
        server.stop()
        host.perform { node, _ in node.vanish() }
    }
}
