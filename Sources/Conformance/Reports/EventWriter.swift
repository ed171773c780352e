/// Makes one report of a run's events.
public protocol EventWriter: Sendable {
    /// Takes the next event.
    ///
    /// - Throws: `CannotWrite` if the report cannot be written.
    mutating func handle(_ event: RunEvent) throws

    /// Completes the report: what was written so far becomes visible under its final name.
    ///
    /// Called once, after the last event. A writer that is dropped without it leaves no file behind.
    ///
    /// - Throws: `CannotWrite` if the report cannot be written.
    mutating func finish() throws
}
