import Foundation

/// The version of the JSON report and of the event stream; it changes when a reader could misread a report.
let reportSchemaVersion = 1

/// A case as reports in JSON have it.
struct CaseRecord: Encodable {
    struct Line: Encodable {
        var ms: Double
        var direction: String
        var text: String
    }

    var id: String
    var target: String?
    var title: String
    var suite: String
    var level: Case.Level
    var requirements: [String]
    var verdict: Verdict
    var durationMs: Double
    var expected: String?
    var actual: String?
    var note: String?
    var means: String?
    var reproduce: String?
    var capture: String?
    var transcript: [Line]?

    init(_ result: CaseResult) {
        id = result.id
        target = result.target
        title = result.title
        suite = result.suite
        level = result.level
        requirements = result.requirements
        verdict = result.verdict
        durationMs = milliseconds(result.durationMilliseconds)
        note = result.note
        means = result.means
        guard result.verdict != .passed else { return }
        expected = result.expectation
        actual = result.observation
        reproduce = result.reproduce
        capture = result.capture
        guard !result.transcript.isEmpty else { return }
        transcript = result.transcript.map { line in
            Line(ms: milliseconds(line.milliseconds), direction: line.sent ? "sent" : "received", text: line.text)
        }
    }
}

/// The program that made a report.
struct ToolRecord: Encodable {
    var name: String
    var version: String
}

extension RunSummary {
    /// All eight verdicts with their counts, by name.
    var countsByName: [String: Int] {
        Dictionary(Verdict.allCases.map { ($0.rawValue, self[$0]) }, uniquingKeysWith: { first, _ in first })
    }
}

extension CaseResult {
    /// What was expected; never missing.
    var expectation: String { expected ?? title }

    /// What was seen instead; never missing.
    var observation: String { actual ?? note ?? "nothing was seen" }
}

/// Milliseconds to the microsecond.
func milliseconds(_ value: Double) -> Double {
    value.isFinite ? max(0, (value * 1000).rounded() / 1000) : 0
}

/// `record` as JSON: the same octets for the same record.
func json(_ record: some Encodable, pretty: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(record), as: UTF8.self)
}
