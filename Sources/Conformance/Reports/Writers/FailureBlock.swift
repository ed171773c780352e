/// A failure, explained in at most 25 lines.
///
/// It says which case it is and how binding, the section and its sentence, what was expected and what was seen, the
/// exchange with times, and the commands that repeat and explain the case.
public struct FailureBlock: Sendable, CustomStringConvertible {
    /// The lines, without line feeds.
    public let lines: [String]

    /// The lines as one text.
    public var description: String { lines.joined(separator: "\n") }

    private static let width = 100

    /// Explains a result.
    public init(_ result: CaseResult) {
        let binding = [result.level.rawValue, result.means].compactMap(\.self).joined(separator: ", ")
        var lines = ["\(result.verdict.rawValue.uppercased())  \(result.heading.visible)  (\(binding))"]
        func add(_ label: String, _ text: String?, limit: Int) {
            guard let text else { return }
            let room = Self.width - 12
            for (index, line) in text.visible.lines(width: room, limit: limit).enumerated() {
                lines.append("  \((index == 0 ? label : "").padded(to: 10))\(line)")
            }
        }
        add("rule", result.title, limit: 2)
        add("text", Self.sentence(result.requirements), limit: 3)
        add("expected", result.expectation, limit: 3)
        add("actual", result.observation, limit: 4)
        add("note", result.actual == nil ? nil : result.note, limit: 2)
        let shown = 7
        let earlier = result.transcript.count - shown
        if earlier > 0 {
            add("exchange", earlier == 1 ? "1 earlier line, then" : "\(earlier) earlier lines, then", limit: 1)
        }
        for (index, line) in result.transcript.suffix(shown).enumerated() {
            let time = fixed(line.milliseconds).padded(to: 10, left: true)
            let label = index == 0 && earlier <= 0 ? "exchange" : ""
            add(label, "\(time) ms  \(line.sent ? "sent    " : "received")  \(line.text)", limit: 1)
        }
        // Not wrapped: they are there to be copied.
        lines.append("  repeat    \(result.reproduce.visible)")
        if let capture = result.capture { lines.append("  capture   \(capture.visible)") }
        lines.append("  explain   hlsp2p-check explain '\(result.id.visible)'")
        self.lines = lines
    }

    /// The first requirement that the case claims, with its section; the others by id.
    private static func sentence(_ ids: [String]) -> String? {
        guard let first = ids.first, let requirement = Requirements.requirement(first) else { return nil }
        let others = ids.dropFirst().prefix(3).joined(separator: ", ")
        let more = ids.count > 4 ? ", …" : ""
        return "\(requirement.citation) (\(first)): \(requirement.statement)"
            + (others.isEmpty ? "" : " Also \(others)\(more).")
    }
}

/// Milliseconds with three decimals.
func fixed(_ value: Double) -> String {
    let microseconds = Int((milliseconds(min(value, 1e12)) * 1000).rounded())
    let fraction = String(microseconds % 1000)
    return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
}

extension String {
    /// The text with spaces behind it, or before it, so that it is at least `width` characters long.
    func padded(to width: Int, left: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - count))
        return left ? spaces + self : self + spaces
    }
}
