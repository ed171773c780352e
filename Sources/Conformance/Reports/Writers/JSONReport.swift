/// The JSON report: one object that says all, as `schemas/report.schema.json` describes it.
public struct JSONReport: EventWriter {
    private struct Report: Encodable {
        var schemaVersion = reportSchemaVersion
        var tool: ToolRecord
        var seed: UInt64
        var targets: [String]
        var ending: RunSummary.Ending
        var planned: Int
        var durationMs: Double
        var summary: [String: Int]
        var problems: [String]?
        var cases: [CaseRecord]
    }

    private let sink: any ReportSink
    private var description: RunDescription?
    private var order = PlanOrder()
    private var cases: [CaseRecord] = []

    /// Writes to `sink` when the run is over.
    public init(to sink: any ReportSink) {
        self.sink = sink
    }

    /// Takes the next event.
    public mutating func handle(_ event: RunEvent) throws {
        switch event {
        case .runStarted(let description):
            self.description = description
            order = PlanOrder(description.cases)
        case .caseStarted: break
        case .caseFinished(let result): cases += order.add(result).map(CaseRecord.init)
        case .runFinished(let summary):
            guard let description else { return }
            cases += order.rest().map(CaseRecord.init)
            let report = Report(
                tool: ToolRecord(name: description.tool, version: description.version),
                seed: description.seed,
                targets: description.targets,
                ending: summary.ending,
                planned: summary.planned,
                durationMs: milliseconds(summary.durationMilliseconds),
                summary: summary.countsByName,
                problems: summary.problems.isEmpty ? nil : summary.problems,
                cases: cases
            )
            try sink.write(json(report, pretty: true) + "\n")
        }
    }

    /// Completes the report.
    public mutating func finish() throws {
        try sink.commit()
    }
}
