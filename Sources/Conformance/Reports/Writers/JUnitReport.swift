/// The report in the XML that JUnit made common: a `testsuite` for each role, a `testcase` for each case.
///
/// Failed and crashed cases are failures, whatever their level; cases that ended in an error are errors; unsupported,
/// blocked and undecided ones are skipped. A tolerated case passes and says on `system-out` what permits it.
public struct JUnitReport: EventWriter {
    private let sink: any ReportSink
    private var description: RunDescription?
    private var order = PlanOrder()
    private var results: [CaseResult] = []

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
        case .caseFinished(let result): results += order.add(result)
        case .runFinished:
            results += order.rest()
            try sink.write(document)
        }
    }

    /// Completes the report.
    public mutating func finish() throws {
        try sink.commit()
    }

    private var document: String {
        let name = escaped(description?.tool ?? "hlsp2p-check")
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\"\(totals(results))>\n"
        var suites: [String] = []
        for result in results where !suites.contains(result.suite) {
            suites.append(result.suite)
        }
        for suite in suites {
            let members = results.filter { $0.suite == suite }
            text += "  <testsuite name=\"\(escaped(suite))\"\(totals(members))>\n" + properties
            text += members.map(testCase).joined()
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private var properties: String {
        guard let description else { return "" }
        let properties =
            [("version", description.version), ("seed", String(description.seed))]
            + description.targets.map { ("target", $0) }
        let lines = properties.map { "      <property name=\"\($0.0)\" value=\"\(escaped($0.1))\"/>\n" }
        return "    <properties>\n\(lines.joined())    </properties>\n"
    }

    private func totals(_ results: [CaseResult]) -> String {
        let skipped: Set<Verdict> = [.unsupported, .blocked, .undecided]
        let time = seconds(results.map(\.durationMilliseconds).reduce(0, +))
        return " tests=\"\(results.count)\" failures=\"\(results.count { $0.verdict.isRed })\""
            + " errors=\"\(results.count { $0.verdict == .error })\""
            + " skipped=\"\(results.count { skipped.contains($0.verdict) })\" time=\"\(time)\""
    }

    private func testCase(_ result: CaseResult) -> String {
        let folder = result.id.split(separator: "/").dropLast().joined(separator: ".")
        let head =
            "    <testcase classname=\"\(escaped(folder))\" name=\"\(escaped(result.heading))\""
            + " time=\"\(seconds(result.durationMilliseconds))\""
        let message = escaped(result.observation)
        switch result.verdict {
        case .passed: return head + "/>\n"
        case .tolerated:
            let text = ["tolerated: \(result.observation)", result.note].compactMap(\.self).joined(separator: "\n")
            return head + ">\n      <system-out>\(escaped(text, inText: true))</system-out>\n    </testcase>\n"
        case .failed, .crashed: return head + ">\n" + element("failure", result, message) + "    </testcase>\n"
        case .error: return head + ">\n" + element("error", result, message) + "    </testcase>\n"
        case .unsupported, .blocked, .undecided:
            let reason = escaped("\(result.verdict.rawValue): \(result.note ?? result.observation)")
            return head + ">\n      <skipped message=\"\(reason)\"/>\n    </testcase>\n"
        }
    }

    private func element(_ name: String, _ result: CaseResult, _ message: String) -> String {
        let type = "\(result.verdict.rawValue) \(result.level.rawValue)"
        let text = FailureBlock(result).lines.joined(separator: "\n")
        return "      <\(name) type=\"\(type)\" message=\"\(message)\">\(escaped(text, inText: true))</\(name)>\n"
    }

    private func seconds(_ value: Double) -> String {
        let microseconds = Int((milliseconds(min(value, 1e12)) * 1000).rounded())
        let fraction = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }

    /// `text` with nothing in it that XML 1.0 forbids or would take for its own.
    private func escaped(_ text: String, inText: Bool = false) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.visible
                .replacing("&", with: "&amp;")
                .replacing("<", with: "&lt;")
                .replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
        return lines.joined(separator: inText ? "\n" : "&#10;")
    }
}
