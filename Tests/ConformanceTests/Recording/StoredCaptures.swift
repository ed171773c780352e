import Conformance
import Foundation

/// The captures of other implementations that lie in the repository.
enum StoredCaptures {
    static let names = [
        "buffer-probe", "cumulus-hls-p2p", "cumulus-librtmfp-p2p", "echo-hostname-epd", "echoback-hmac-sseq",
        "echoback-none", "echoback-sseq-only", "go-echo", "lossy-echo", "mobility-and-cookie-change", "orderly-close",
        "p2p-glare", "p2p-intro-tcserver", "static-redirector", "tc-play",
    ]

    static func recording(_ name: String) throws -> Recording {
        try Recording(path: path(name, "pcap"), keysPath: path(name, "keys.jsonl"))
    }

    static func path(_ name: String, _ suffix: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../captures/\(name).\(suffix)").standardizedFileURL.path
    }
}
