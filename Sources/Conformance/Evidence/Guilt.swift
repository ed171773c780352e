import HLSP2P

/// The packet that shows the fault of a failed case, and what is said about it: a datagram, or what went over a connection
/// or over HTTP.
struct Guilt {
    /// The place on the tape of what it shows; nil if nothing passed.
    let place: Int?
    let comment: String

    /// How the packet has to do with the fault.
    private enum Bearing: String {
        /// It is what is complained of.
        case isQuoted = ""
        /// It came last before the case found fault.
        case cameLast = "as of this, "
        /// It was said last before the case had waited in vain, or had looked elsewhere than at packets.
        case wasSaidLast = "after this, "
    }

    init(_ tape: Tape, _ result: CaseResult) {
        let actual = result.actual ?? ""
        let (place, bearing) = Guilt.find(tape, actual)
        self.place = place
        comment = "\(result.id): expected \(result.expected ?? result.title); \(bearing.rawValue)actual: \(actual)"
    }

    private static func find(_ tape: Tape, _ actual: String) -> (place: Int?, Bearing) {
        let end = tape.mark ?? tape.entries.count
        let quoted = tape.lines.last { !$0.isSent && $0.place <= end && isMeant($0.text, by: actual) }
        if let quoted, let place = last(tape, before: quoted.place, where: { course, _ in course == .came }) {
            return (place, .isQuoted)
        }
        if let place = last(
            tape,
            before: end,
            where: { $0 == .came && isMeant(tape.entries[$1].event, by: actual) }
        ) {
            return (place, .isQuoted)
        }
        if let place = judged(tape, before: end) { return (place, .cameLast) }
        return (said(tape, before: end) ?? last(tape, before: end, where: { course, _ in course != nil }), .wasSaidLast)
    }

    /// What was said last that the transcript tells of.
    private static func said(_ tape: Tape, before end: Int) -> Int? {
        for line in tape.lines.reversed() where line.isSent && line.place < end {
            // What goes elsewhere than over the network is in no packet.
            if let place = tape.entries[line.place..<end].indices.first(where: { course(tape, $0) == .went }) {
                return place
            }
        }
        return nil
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

    /// Whether a request is quoted, or a part of its target.
    private static func isMeant(_ event: Tape.Event, by actual: String) -> Bool {
        guard case .asked(let request) = event, !actual.isEmpty else { return false }
        return actual.contains(request.target) && request.target.count > 1
            || !actual.contains(" ") && request.target.contains(actual)
    }

    /// What came last before the fault, if nothing was waited for in vain since, nor looked at elsewhere.
    private static func judged(_ tape: Tape, before end: Int) -> Int? {
        for index in tape.entries.prefix(end).indices.reversed() {
            if course(tape, index) == .came { return index }
            switch tape.entries[index].event {
            case .waited(inVain: true), .consulted: return nil
            case .passage, .woke, .asked, .answered, .dealt, .unconnected, .waited, .called, .ended: continue
            }
        }
        return nil
    }

    /// Which way a packet went.
    private enum Course {
        case went, came
    }

    private static func last(_ tape: Tape, before place: Int, where isMeant: (Course?, Int) -> Bool) -> Int? {
        tape.entries.prefix(place).indices.last { isMeant(course(tape, $0), $0) }
    }

    /// Which way what is at a place went; nil if that is no packet, or went from one address of the checker to another.
    private static func course(_ tape: Tape, _ index: Int) -> Course? {
        switch tape.entries[index].event {
        case .passage(let passage):
            passage.isSent && tape.links.contains(passage.far) ? nil : passage.isSent ? .went : .came
        case .asked, .dealt(_, .heard), .dealt(_, .ended), .dealt(_, .broke): .came
        case .dealt(_, .said): .went
        // No answer, or that it is refused, is what comes.
        case .unconnected(_, _, let error): error.isRefusal == nil ? nil : .came
        case .answered, .dealt(_, .opened), .dealt(_, .finished), .consulted, .woke, .waited, .called, .ended: nil
        }
    }
}
