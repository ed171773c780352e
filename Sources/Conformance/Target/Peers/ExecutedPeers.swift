public import Links
public import RTMFP

/// Has peers come by running a command for each case.
///
/// In the command, `{m3u8_url}`, `{rtmfp_url}`, `{http_tracker}`, `{remote_log_base_url}`, `{rtmfp_url_peers}` and
/// `{source_servers}` stand for what the keys of the original's configuration say (swarm-algorithm §12). It is run by the
/// shell in a process group of its own, which is ended with the case. It has to play.
public struct ExecutedPeers: Arena {
    /// What is wrong with a command.
    public struct Malformed: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    public let targetArgument: String
    public var targetName: String { command }
    public var targetOption: String { "--exec" }
    private let command: String
    private let family: AddressFamily
    private let patience: Interval

    /// What a command must say.
    private static let needed = ["{m3u8_url}", "{rtmfp_url}", "{http_tracker}"]

    /// Whether a command is one for peers.
    public static func isMeant(by command: String) -> Bool {
        command.contains("{m3u8_url}") || command.contains("{http_tracker}")
    }

    /// Makes the arena.
    ///
    /// - Parameters:
    ///   - command: what to run.
    ///   - family: whose loopback address the peer is told to use.
    ///   - patience: how long a peer may take from its start to its registration.
    /// - Throws: `Malformed` if the command does not say where to put the URLs.
    public init(command: String, family: AddressFamily = .v4, patience: Interval = .seconds(15)) throws(Malformed) {
        let missing = ExecutedPeers.needed.filter { !command.contains($0) }
        guard missing.isEmpty else {
            throw Malformed(description: "'\(command)' has no \(missing.joined(separator: ", "))")
        }
        self.command = command
        self.family = family
        self.patience = patience
        targetArgument = command.quoted + (family == .v6 ? " -6" : "")
    }

    public func enter(seed: UInt64) throws -> Ground {
        let stage = LiveStage(at: .loopback(family), patience: patience) { [command] call in
            try ExecutedPeers.requireSayable(call, command)
            let values = [
                ("{m3u8_url}", call.playlistURL), ("{rtmfp_url}", call.rendezvousURL),
                ("{http_tracker}", call.trackerURL), ("{remote_log_base_url}", call.logURL),
                ("{rtmfp_url_peers}", "\(call.peerCount)"),
                ("{source_servers}", call.sourceServers.joined(separator: ",")),
            ]
            let line = values.reduce(command) { $0.replacing($1.0, with: $1.1) }
            // Whoever plays has to take leave of rendezvous, peers and tracker: the shell must not go before it.
            return try ChildProcess("trap : TERM\n\(line)", grace: 2_000)
        }
        return Ground(stage: stage)
    }

    private static func requireSayable(_ call: StageCall, _ command: String) throws {
        guard call.peerCount == StageCall.usualPeerCount || command.contains("{rtmfp_url_peers}") else {
            throw CannotCall("the command has no {rtmfp_url_peers} to say \(call.peerCount) with")
        }
        guard call.sourceServers.isEmpty || command.contains("{source_servers}") else {
            throw CannotCall("the command has no {source_servers}")
        }
    }
}
