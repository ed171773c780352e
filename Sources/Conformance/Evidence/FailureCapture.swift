import Capture
import Foundation
import RTMFP

/// The capture that a failed case leaves behind: its datagrams, their keys, a comment on the one at fault, and all that it
/// takes to run the case again over what was recorded.
struct FailureCapture {
    let tape: Tape
    let run: CaseRun
    let target: Target
    /// The time by the run's clock.
    let now: Instant

    /// What is written about the run of the case, as JSON in the comment on the file.
    struct Particulars: Codable {
        /// The case's id.
        var `case`: String
        /// The case's own seed: with it, the case says the same again, octet for octet.
        var seed: UInt64
        var verdict: String
        var uri: String
        var target: String
        var capabilities: [String]
        /// `echo`, or the object encoding of a NetConnection server.
        var dialect: String?
        var roundTripNanoseconds: Int64
        var patienceNanoseconds: Int64
        var budgetNanoseconds: Int64
        /// The wall clock minus the clock of the run.
        var clockOffsetNanoseconds: Int64
        /// The links' addresses, in order of appearance.
        var links: [String]

        static func name(_ dialect: Dialect) -> String {
            switch dialect {
            case .echo: "echo"
            case .netConnection(let encoding): "\(encoding)"
            }
        }

        /// The dialect that goes by a name.
        static func dialect(_ name: String) -> Dialect? {
            name == "echo" ? .echo : Double(name).map { .netConnection(objectEncoding: $0) }
        }
    }

    /// Writes `FOLDER/ID.pcapng`, with dots for the slashes of the id, and the keys beside it.
    ///
    /// - Returns: where the capture is.
    /// - Throws: `CaptureWriteError`.
    func write(_ result: CaseResult, to folder: String) throws -> String {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(result.id.replacing("/", with: ".")).pcapng"
        // A simulated network has a time of its own, in which nothing is older than the epoch.
        let wall = Int64(Date().timeIntervalSince1970 * 1e9)
        let offset = Interval(nanoseconds: wall - now.nanoseconds)
        let particulars = Particulars(
            case: result.id,
            seed: run.seed,
            verdict: result.verdict.rawValue,
            uri: target.uri,
            target: "\(target.address)",
            capabilities: run.survey.capabilities.map(\.rawValue).sorted(),
            dialect: run.survey.dialect.map(Particulars.name),
            roundTripNanoseconds: run.survey.roundTrip.nanoseconds,
            patienceNanoseconds: run.timing.patience.nanoseconds,
            budgetNanoseconds: run.timing.budget.nanoseconds,
            clockOffsetNanoseconds: offset.nanoseconds,
            links: tape.links.map(\.description)
        )
        let comment = (try? JSONEncoder().encode(particulars)).map { String(decoding: $0, as: UTF8.self) }
        let writer = try CaptureWriter(path: path, comment: comment)
        let guilty = guilty(result)
        for (index, entry) in tape.entries.enumerated() {
            let near = tape.links[entry.link]
            let datagram = CapturedDatagram(
                frame: index + 1,
                time: entry.at + offset,
                source: entry.isSent ? near : entry.far,
                destination: entry.isSent ? entry.far : near,
                payload: entry.bytes
            )
            try writer.write(datagram, comment: index == guilty ? self.comment(result, entry.isSent) : nil)
        }
        try writer.close()
        if !tape.directions.isEmpty {
            let keys = try KeyLogWriter(path: "\(path).keys.jsonl")
            for direction in tape.directions { try keys.write(direction) }
            try keys.close()
        }
        return path
    }

    /// The datagram that shows the fault: what came and is complained of, or else what was last said before the fault.
    private func guilty(_ result: CaseResult) -> Int? {
        let end = tape.mark ?? tape.entries.count
        let received = tape.entries.indices.filter { !tape.entries[$0].isSent }
        let texts = result.transcript.filter { !$0.sent }.map(\.text)
        let actual = result.actual ?? ""
        // What is complained of may be one chunk of several in its packet.
        let chunk = actual.firstIndex(of: "[").flatMap { start in
            actual.lastIndex(of: "]").flatMap { start < $0 ? actual[actual.index(after: start)..<$0] : nil }
        }
        func isMeant(_ line: String) -> Bool {
            guard !line.isEmpty else { return false }
            return actual.contains(line) || chunk.map { !$0.isEmpty && line.contains($0) } ?? false
        }
        // The transcript has a line for each datagram, unless there were so many that it left some out.
        if let line = texts.lastIndex(where: isMeant), line < received.count { return received[line] }
        return tape.entries.indices.prefix(end).last { tape.entries[$0].isSent } ?? received.last
    }

    private func comment(_ result: CaseResult, _ isSent: Bool) -> String {
        let what = isSent ? "after this, " : ""
        return "\(result.id): expected \(result.expected ?? result.title); \(what)actual: \(result.actual ?? "")"
    }
}
