/// The report that people read while and after a run.
///
/// Failures are explained when they are reached in the order of the plan; everything else that did not pass is named
/// at the end, cases with the same reason together. Words say all; colour only repeats them.
public struct ConsoleReport: EventWriter {
    /// How the report looks.
    public struct Style: Sendable, Hashable {
        /// Whether every case gets a line, not only those that did not pass.
        public var verbose: Bool
        /// Whether verdicts are coloured.
        public var colour: Bool

        /// Makes a style.
        public init(verbose: Bool = false, colour: Bool = false) {
            self.verbose = verbose
            self.colour = colour
        }
    }

    private let sink: any ReportSink
    private let progress: (any ReportSink)?
    private let style: Style
    private var order = PlanOrder()
    private var description: RunDescription?
    private var finished = 0
    private var quiet: [CaseResult] = []

    /// Writes to `sink`; while cases run, the number of those that are over is kept on a line of `progress`.
    public init(to sink: any ReportSink, style: Style = Style(), progress: (any ReportSink)? = nil) {
        self.sink = sink
        self.style = style
        self.progress = progress
    }

    /// Takes the next event.
    public mutating func handle(_ event: RunEvent) throws {
        switch event {
        case .runStarted(let description):
            self.description = description
            order = PlanOrder(description.cases)
            let targets = description.targets.map(\.visible).joined(separator: ", ")
            let cases = description.cases.count == 1 ? "1 case" : "\(description.cases.count) cases"
            let tool = "\(description.tool) \(description.version)"
            try sink.write("\(tool): \(targets), \(cases), seed \(description.seed)\n")
        case .caseStarted: break
        case .caseFinished(let result):
            finished += 1
            try show(order.add(result))
            try progress?.write("\r\u{1b}[K\(finished)/\(description?.cases.count ?? finished)")
        case .runFinished(let summary):
            try show(order.rest())
            try progress?.write("\r\u{1b}[K")
            try sink.write(groups + closing(summary))
        }
    }

    /// Completes the report.
    public mutating func finish() throws {
        try sink.commit()
    }

    private mutating func show(_ results: [CaseResult]) throws {
        for result in results {
            var text = ""
            if result.verdict.isRed || result.verdict == .error {
                var lines = FailureBlock(result).lines
                lines[0] = coloured(lines[0], result)
                text = "\n\(lines.joined(separator: "\n"))\n\n"
            } else if style.verbose {
                let note = result.note.map { "  (\($0.visible))" } ?? ""
                let verdict = coloured(result.verdict.rawValue.padded(to: 12), result)
                text = "\(verdict)\(result.heading.visible)  \(fixed(result.durationMilliseconds)) ms\(note)\n"
            } else if result.verdict != .passed {
                quiet.append(result)
            }
            guard !text.isEmpty else { continue }
            try progress?.write("\r\u{1b}[K")
            try sink.write(text)
        }
    }

    /// What did not pass and is no failure; cases with the same verdict and reason on one line.
    private var groups: String {
        var text = ""
        for verdict in Verdict.allCases {
            var reasons: [String] = []
            var members: [String: [CaseResult]] = [:]
            for result in quiet where result.verdict == verdict {
                let reason = (result.note ?? result.observation).visible
                if members[reason] == nil { reasons.append(reason) }
                members[reason, default: []].append(result)
            }
            for reason in reasons {
                guard let results = members[reason], let first = results.first else { continue }
                let who = results.count == 1 ? first.heading.visible : "\(results.count) cases, the first \(first.id)"
                text += "\(coloured(verdict.rawValue.padded(to: 12), first))\(who): \(reason)\n"
            }
        }
        return text
    }

    private func closing(_ summary: RunSummary) -> String {
        let counts = Verdict.allCases.map { "\(summary[$0]) \($0.rawValue)" }.joined(separator: ", ")
        let time = String(fixed(summary.durationMilliseconds / 1000).dropLast())
        var text = "\n\(summary.ran) of \(summary.planned) cases in \(time) s: \(counts)\n"
        let below = summary[.failed] + summary[.crashed] - summary.violations
        if below > 0 {
            let verb = below == 1 ? "is" : "are"
            text += "\(below) of the failures \(verb) below MUST and no reason for a bad exit status\n"
        }
        let status = RunStatus(summary)
        text += "exit status \(status.rawValue): \(status.reason)\n"
        return text
    }

    private func coloured(_ text: String, _ result: CaseResult) -> String {
        guard style.colour else { return text }
        let code =
            switch result.verdict {
            case .passed: 32
            case .tolerated, .unsupported, .undecided: 33
            case .failed, .crashed, .error: 31
            case .blocked: 35
            }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}
