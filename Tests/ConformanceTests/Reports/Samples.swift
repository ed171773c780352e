import Synchronization

@testable import Conformance

/// A sink that keeps what is written.
final class Memory: ReportSink {
    private let state = Mutex((text: "", committed: false))

    var text: String { state.withLock(\.text) }
    var isCommitted: Bool { state.withLock(\.committed) }

    func write(_ text: String) throws {
        state.withLock { $0.text += text }
    }

    func commit() throws {
        state.withLock { $0.committed = true }
    }
}

/// Runs to report about.
enum Samples {
    static func result(
        _ verdict: Verdict,
        _ name: String? = nil,
        level: Case.Level = .must,
        note: String? = nil,
        transcript: Int = 0
    ) -> CaseResult {
        let id = "rendezvous/startup/\(name ?? verdict.rawValue)"
        return CaseResult(
            id: id,
            suite: "rendezvous",
            title: "RHello echoes the IHello's tag, whatever its length.",
            level: level,
            requirements: ["RFC7016-2.3.4-03", "RFC7016-2.1.1-02"],
            verdict: verdict,
            durationMilliseconds: 1.23456,
            expected: verdict.isRed ? "tag = 0011" : nil,
            actual: verdict.isRed ? "tag = 0012; first differing octet at 1" : nil,
            note: note,
            transcript: (0..<transcript).map { index in
                let time = Double(index) / 8
                return CaseResult.TranscriptLine(milliseconds: time, sent: index % 2 == 0, text: "line \(index)")
            },
            reproduce: "hlsp2p-check run '\(id)' --target 127.0.0.1:1935 --seed 7"
        )
    }

    /// One case of each verdict.
    static let all = Verdict.allCases.map { verdict in
        let quiet: Set<Verdict> = [.tolerated, .unsupported, .blocked, .undecided]
        let note = quiet.contains(verdict) ? "why it is \(verdict)" : nil
        return result(verdict, note: note, transcript: verdict == .failed ? 3 : 0)
    }

    static func events(
        _ results: [CaseResult],
        planned: [String]? = nil,
        ending: RunSummary.Ending = .complete,
        problems: [String] = []
    ) -> [RunEvent] {
        let cases = planned ?? results.map(\.id)
        let description = RunDescription(version: "0.1", seed: 7, targets: ["127.0.0.1:1935"], cases: cases)
        var summary = RunSummary(results, planned: cases.count, ending: ending, durationMilliseconds: 1500)
        summary.problems = problems
        return [.runStarted(description)]
            + results.flatMap { [.caseStarted(id: $0.id), .caseFinished($0)] }
            + [.runFinished(summary)]
    }

    /// What a writer makes of events.
    static func text(_ events: [RunEvent], _ writer: (Memory) -> any EventWriter) throws -> String {
        let memory = Memory()
        var writer = writer(memory)
        for event in events {
            try writer.handle(event)
        }
        try writer.finish()
        return memory.isCommitted ? memory.text : "not committed"
    }
}
