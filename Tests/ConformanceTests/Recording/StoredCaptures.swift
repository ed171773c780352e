import Conformance
import Foundation

/// The captures that lie in the repository.
enum StoredCaptures {
    /// Those of other implementations.
    static let names = [
        "buffer-probe", "cumulus-hls-p2p", "cumulus-librtmfp-p2p", "echo-hostname-epd", "echoback-hmac-sseq",
        "echoback-none", "echoback-sseq-only", "go-echo", "lossy-echo", "mobility-and-cookie-change", "orderly-close",
        "p2p-glare", "p2p-intro-tcserver", "static-redirector", "tc-play",
    ]

    /// Swarms of the reference.
    static let swarms = [
        "swarm-cdn-and-back", "swarm-churn", "swarm-joining", "swarm-push", "swarm-repair",
    ]

    static func recording(_ name: String) throws -> Recording {
        try Recording(path: path(name, swarms.contains(name) ? "pcapng" : "pcap"), keysPath: path(name, "keys.jsonl"))
    }

    static func path(_ name: String, _ suffix: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../captures/\(name).\(suffix)").standardizedFileURL.path
    }
}
