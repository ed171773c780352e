/// Where the text of a report goes.
public protocol ReportSink: Sendable {
    /// Adds text.
    ///
    /// - Throws: `CannotWrite`.
    func write(_ text: String) throws

    /// Says that the text is whole.
    ///
    /// - Throws: `CannotWrite`; then what was written is not visible under its final name.
    func commit() throws
}
