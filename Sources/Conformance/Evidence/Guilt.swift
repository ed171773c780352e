/// The datagram that shows the fault of a failed case, and what is said about it.
struct Guilt {
    /// Its place on the tape; nil if nothing passed.
    let place: Int?
    let comment: String

    /// How the datagram has to do with the fault.
    private enum Bearing: String {
        /// It is what is complained of.
        case isQuoted = ""
        /// It came last before the case found fault.
        case cameLast = "as of this, "
        /// It was said last before the case had waited in vain, or something else than a datagram came.
        case wasSaidLast = "after this, "
    }

    init(_ tape: Tape, _ result: CaseResult) {
        let actual = result.actual ?? ""
        let (place, bearing) = Guilt.find(tape, actual)
        self.place = place
        comment = "\(result.id): expected \(result.expected ?? result.title); \(bearing.rawValue)actual: \(actual)"
    }

    private static func find(_ tape: Tape, _ actual: String) -> (place: Int?, Bearing) {
        let quoted = tape.lines.last { !$0.isSent && isMeant($0.text, by: actual) }
        if let quoted, let place = received(tape, before: quoted.place) { return (place, .isQuoted) }
        let end = tape.mark ?? tape.entries.count
        if let place = judged(tape, before: end) { return (place, .cameLast) }
        let said = tape.lines.last { $0.isSent && $0.place < end }
        let sent = said.flatMap { said in
            tape.entries[said.place...].indices.first { passage(tape, $0)?.isSent ?? false }
        }
        return (sent ?? tape.entries.prefix(end).indices.last { passage(tape, $0) != nil }, .wasSaidLast)
    }

    /// Whether a line of the transcript is quoted, or the one chunk of its packet that is complained of.
    private static func isMeant(_ line: String, by actual: String) -> Bool {
        guard !line.isEmpty else { return false }
        if actual.contains(line) { return true }
        // Where there are several addresses, their names are put before what came to them.
        if let colon = line.firstRange(of: ": "), colon.upperBound < line.endIndex,
            !line[..<colon.lowerBound].contains(" "),
            actual.contains(line[colon.upperBound...])
        {
            return true
        }
        guard let start = actual.firstIndex(of: "["), let end = actual.lastIndex(of: "]"), start < end else {
            return false
        }
        let chunk = actual[actual.index(after: start)..<end]
        return !chunk.isEmpty && line.contains(chunk)
    }

    /// What came last before the fault, if that was a datagram, and nothing was waited for in vain since.
    private static func judged(_ tape: Tape, before end: Int) -> Int? {
        for index in tape.entries.prefix(end).indices.reversed() {
            switch tape.entries[index].event {
            case .asked, .waited(inVain: true): return nil
            case .passage(let passage) where !passage.isSent: return index
            case .passage, .woke, .waited, .called, .ended: continue
            }
        }
        return nil
    }

    private static func received(_ tape: Tape, before place: Int) -> Int? {
        tape.entries.prefix(place).indices.last { passage(tape, $0).map { !$0.isSent } ?? false }
    }

    /// The datagram at a place; none if it went from one address of the checker to another.
    private static func passage(_ tape: Tape, _ index: Int) -> Tape.Passage? {
        guard case .passage(let passage) = tape.entries[index].event,
            !(passage.isSent && tape.links.contains(passage.far))
        else { return nil }
        return passage
    }
}
