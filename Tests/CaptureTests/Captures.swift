import Foundation

/// The captures that lie in the repository.
struct StoredCapture: CustomStringConvertible, Sendable {
    let name: String

    static let all = [
        "buffer-probe", "cumulus-hls-p2p", "cumulus-librtmfp-p2p", "echo-hostname-epd", "echoback-hmac-sseq",
        "echoback-none", "echoback-sseq-only", "go-echo", "lossy-echo", "mobility-and-cookie-change", "orderly-close",
        "p2p-glare", "p2p-intro-tcserver", "static-redirector", "tc-play",
    ].map(StoredCapture.init)

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../captures").standardizedFileURL

    var description: String { name }
    var pcap: String { path("pcap") }
    var keys: String { path("keys.jsonl") }
    var expected: String { path("expected.jsonl") }
    var messages: String { path("messages.jsonl") }

    private func path(_ suffix: String) -> String {
        StoredCapture.folder.appendingPathComponent("\(name).\(suffix)").path
    }
}

/// The lines of a text.
func lines(_ octets: [UInt8]) -> [[UInt8]] {
    octets.split(separator: UInt8(ascii: "\n")).map { Array($0) }
}
