/// Reads the registry's notation: blocks of lines, with an empty line between them.
///
/// ```
/// § RFC 7016 | 2.3.4
/// RFC7016-2.3.4-03 | FACT | responder | startup | active-server | interop-fatal
/// = The statement. A line that begins with two spaces
///   goes on with the line above it.
/// ? how a test could go about it
/// ! what a violation looks like
/// - why nothing can test it
/// ```
///
/// A line with `§` names the specification, the section (`-` for none) and a related place for all blocks that follow.
/// The line under it has id, keyword, actor, area, testability and severity (`-` for none).
struct RequirementParser {
    private(set) var requirements: [Requirement] = []
    /// What is wrong with the text, a sentence each; a block that is wrong yields no requirement.
    private(set) var problems: [String] = []
    private var place: [String] = []

    mutating func parse(_ text: String) {
        var block: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                finish(block)
                block = []
            } else if line.hasPrefix("  "), let last = block.popLast() {
                block.append("\(last) \(line.drop { $0 == " " })")
            } else {
                block.append(String(line))
            }
        }
        finish(block)
    }

    private mutating func finish(_ block: [String]) {
        guard !block.isEmpty else { return }
        var lines = block[...]
        if let first = lines.first, first.hasPrefix("§ ") {
            place = columns(first.dropFirst(2))
            lines = lines.dropFirst()
        }
        guard let requirement = requirement(lines) else {
            problems.append("not a requirement: \(block.joined(separator: " / "))")
            return
        }
        requirements.append(requirement)
    }

    private func requirement(_ lines: ArraySlice<String>) -> Requirement? {
        guard let head = lines.first.map({ columns($0[...]) }), head.count == 6, (2...3).contains(place.count),
            let keyword = Requirement.Keyword(rawValue: head[1]),
            let actor = Requirement.Actor(rawValue: head[2]),
            let area = Requirement.Area(rawValue: head[3]),
            let testability = Requirement.Testability(rawValue: head[4]),
            let severity = severity(head[5]),
            let parts = parts(lines.dropFirst()), let statement = parts["="],
            (testability == .untestable) == (parts["-"] != nil)
        else { return nil }
        return Requirement(
            id: head[0],
            specification: place[0],
            section: place[1] == "-" ? "" : place[1],
            related: place.count == 3 ? place[2] : nil,
            keyword: keyword,
            actor: actor,
            area: area,
            statement: statement,
            testability: testability,
            untestableReason: parts["-"],
            testIdea: parts["?"],
            violation: parts["!"],
            severity: severity
        )
    }

    /// The texts by mark; nil if a line has no mark that is known, or a mark comes twice.
    private func parts(_ lines: ArraySlice<String>) -> [String: String]? {
        var parts: [String: String] = [:]
        for line in lines {
            let mark = String(line.prefix(1))
            let text = String(line.dropFirst(2))
            guard "=?!-".contains(mark), line.dropFirst().first == " ", !text.isEmpty, parts[mark] == nil else {
                return nil
            }
            parts[mark] = text
        }
        return parts
    }

    private func severity(_ name: String) -> Requirement.Severity?? {
        guard name != "-" else { return .some(nil) }
        guard let severity = Requirement.Severity(rawValue: name) else { return nil }
        return .some(severity)
    }

    private func columns(_ line: Substring) -> [String] {
        line.split(separator: "|").map { column in
            String(column.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
