import Synchronization

/// Feeds the events of a run to all its reports.
///
/// It may be told events from any thread. A report that cannot be written does not disturb the others, nor the run.
public final class RunReporter: Sendable {
    private struct State {
        var writers: [any EventWriter]
        var failure: CannotWrite?
    }

    private let state: Mutex<State>

    /// Feeds these writers.
    public init(_ writers: [any EventWriter]) {
        state = Mutex(State(writers: writers))
    }

    /// Opens what `requests` ask for, beside the report for people.
    ///
    /// That one goes to standard output, or to standard error if a request has standard output for itself. Colour is
    /// for terminals, unless `NO_COLOR` is set to anything or `TERM` is `dumb`.
    ///
    /// - Throws: `CannotWrite` if a destination cannot be written, or two requests share one.
    public convenience init(
        _ requests: [ReportRequest],
        verbose: Bool,
        environment: [String: String]
    ) throws(CannotWrite) {
        var taken: Set<String> = []
        for request in requests where !taken.insert(request.path).inserted {
            throw CannotWrite(path: request.path, reason: "two reports cannot go to one place")
        }
        var writers: [any EventWriter] = []
        for request in requests {
            writers.append(try request.writer())
        }
        let stream = taken.contains("-") ? StandardStream.error : .output
        let style = ConsoleReport.Style(
            verbose: verbose,
            colour: Self.permitsColour(environment) && stream.isTerminal
        )
        let progress = StandardStream.error.isTerminal && environment["TERM"] != "dumb" ? StandardStream.error : nil
        writers.append(ConsoleReport(to: stream, style: style, progress: progress))
        self.init(writers)
    }

    /// Passes an event on. The end of the run completes the reports, one after the other: those after one that cannot be
    /// written, the report for people among them, are told so.
    public func handle(_ event: RunEvent) {
        guard case .runFinished(let summary) = event else {
            return each { writer, _ in try writer.handle(event) }
        }
        each { writer, hasFailed in
            var summary = summary
            if hasFailed { summary.hindrance = .cannotWrite }
            try writer.handle(.runFinished(summary))
            try writer.finish()
        }
        state.withLock { $0.writers = [] }
    }

    /// Completes the reports of a run that has not come to its end.
    ///
    /// - Throws: `CannotWrite` if any report could not be written, now or before.
    public func finish() throws(CannotWrite) {
        each { writer, _ in try writer.finish() }
        if let failure = state.withLock({ $0.failure }) {
            throw failure
        }
    }

    /// Whether the environment lets a terminal have colour.
    static func permitsColour(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    private func each(_ body: (inout any EventWriter, _ hasFailed: Bool) throws -> Void) {
        state.withLock { state in
            var working: [any EventWriter] = []
            for var writer in state.writers {
                do {
                    try body(&writer, state.failure != nil)
                    working.append(writer)
                } catch {
                    // What it has written so far goes away with it.
                    let failure = error as? CannotWrite
                    state.failure = state.failure ?? failure ?? CannotWrite(path: "a report", reason: "\(error)")
                }
            }
            state.writers = working
        }
    }
}
