public import RTMFP

/// Waits at one address for peers that somebody else starts, one for each case.
///
/// The rendezvous is at that address over UDP, playlist and tracker over TCP. Only one case can run at a time.
public struct AwaitedPeers: Arena {
    /// The address, with the port that it really has.
    public let address: SocketAddress
    public var targetArgument: String { "\(address)" }
    public var targetOption: String { "--listen" }
    public var isSerial: Bool { true }
    private let patience: Interval

    /// Makes the arena.
    ///
    /// - Parameters:
    ///   - address: where to wait, with a port.
    ///   - patience: how long to wait for each peer.
    public init(at address: SocketAddress, patience: Interval = .seconds(120)) {
        self.address = address
        self.patience = patience
    }

    /// What a peer has to be told, key by key.
    public var configuration: [(key: String, value: String)] {
        [
            ("m3u8_url", "http://\(address)\(StageWeb.playlistPath)"),
            ("rtmfp_url", "rtmfp://\(address)/live/\(Stage.resource)"),
            ("http_tracker", "http://\(address)\(StageWeb.trackerPath)"),
            ("rtmfp_url_peers", "\(StageCall.usualPeerCount)"),
        ]
    }

    public func enter(seed: UInt64) throws -> Ground {
        let stage = LiveStage(at: address, patience: patience) { call in
            guard call.peerCount == StageCall.usualPeerCount, call.sourceServers.isEmpty else {
                throw CannotCall("the checker does not start these peers, so it cannot tell them anything else")
            }
            return StrangeClient()
        }
        return Ground(stage: stage)
    }
}
