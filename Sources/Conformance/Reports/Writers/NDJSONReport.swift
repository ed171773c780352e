/// The event stream: one JSON object an event, each on a line, as `schemas/event.schema.json` describes it.
public struct NDJSONReport: EventWriter {
    private struct Line: Encodable {
        var event: String
        var schemaVersion: Int?
        var tool: ToolRecord?
        var seed: UInt64?
        var targets: [String]?
        var cases: [String]?
        var id: String?
        var `case`: CaseRecord?
        var ending: RunSummary.Ending?
        var planned: Int?
        var durationMs: Double?
        var summary: [String: Int]?
        var problems: [String]?
    }

    private let sink: any ReportSink

    /// Writes each event to `sink` when it happens.
    public init(to sink: any ReportSink) {
        self.sink = sink
    }

    /// Takes the next event.
    public mutating func handle(_ event: RunEvent) throws {
        var line: Line
        switch event {
        case .runStarted(let description):
            line = Line(event: "runStarted", schemaVersion: reportSchemaVersion)
            line.tool = ToolRecord(name: description.tool, version: description.version)
            line.seed = description.seed
            line.targets = description.targets
            line.cases = description.cases
        case .caseStarted(let id):
            line = Line(event: "caseStarted", id: id)
        case .caseFinished(let result):
            line = Line(event: "caseFinished", case: CaseRecord(result))
        case .runFinished(let summary):
            line = Line(event: "runFinished", ending: summary.ending, planned: summary.planned)
            line.durationMs = milliseconds(summary.durationMilliseconds)
            line.summary = summary.countsByName
            line.problems = summary.problems.isEmpty ? nil : summary.problems
        }
        try sink.write(json(line, pretty: false) + "\n")
    }

    /// Completes the report.
    public mutating func finish() throws {
        try sink.commit()
    }
}
