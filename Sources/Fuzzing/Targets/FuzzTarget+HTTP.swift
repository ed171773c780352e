import HLSP2P
import RTMFP
import Synchronization

/// What a tracker is asked, and what a client writes into its log.
extension FuzzTarget {
    static let http: [FuzzTarget] = [
        FuzzTarget("tracker", "a request: a method, a target and a body, each up to a line feed") { octets in
            let parts = octets.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
            let texts = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }
            let request = HTTPRequest(
                texts.first ?? "",
                texts.count > 1 ? texts[1] : "",
                body: parts.count > 2 ? Array(parts[2]) : []
            )
            try requireSensible(request)
        }
    ]

    private static func requireSensible(_ request: HTTPRequest) throws {
        let heard = Heard()
        Tracker(directory: InMemoryRegistry(random: SeededGenerator(seed: 1)), log: heard.log)
            .answer(request) { answer in heard.answers.withLock { $0.append(answer) } }
        let answers = heard.answers.withLock(\.self)
        try require(answers.count == 1, "there are \(answers.count) answers")
        try require(answers.allSatisfy { [200, 204, 400, 404].contains($0.status) }, "a strange status")
        let lines = heard.lines.withLock(\.self)
        try require(
            lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } },
            "a line of the log holds control characters"
        )
    }
}

/// What a tracker has answered and logged.
private final class Heard: Sendable {
    let answers = Mutex<[HTTPResponse]>([])
    let lines = Mutex<[String]>([])

    @Sendable func log(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}
