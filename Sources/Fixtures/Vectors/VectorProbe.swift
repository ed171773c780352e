/// What this package's codec makes of an input for which nothing is expected yet.
struct VectorProbe {
    /// What comes out; nil if the input is refused, or if the kind has no outcome.
    let expected: [String: JSONValue]?
    /// Of which class the error is; nil if the input is accepted.
    let error: VectorErrorClass?

    /// Runs the check of a kind, and notes what it would compare.
    ///
    /// - Throws: `VectorFormatError` if the input has not the shape of the kind, or is refused for no reason of a class.
    init(_ kind: VectorKind, _ input: JSONValue) throws {
        let recorder = Recorder()
        let document: [String: JSONValue] = [
            "id": "probe", "comment": "a probe", "section": .array([]), "result": "acceptable", "input": input,
            "expected": .object([:]), "provenance": .object([:]),
        ]
        let vector = try Vector(VectorFields(.object(document), ""))
        do {
            try VectorProbe.$recorder.withValue(recorder) { try kind.run(vector) }
        } catch is Recorder.Done {
        } catch let mismatch as VectorMismatch {
            throw VectorFormatError("the input", "is no input of \(kind.name): \(mismatch)")
        }
        expected = recorder.refused ? nil : recorder.outcome
        error = recorder.errorClass
        if recorder.refused, error == nil {
            throw VectorFormatError("the input", "is refused with an error that has no class")
        }
    }

    @TaskLocal static var recorder: Recorder?

    /// Takes down what a check finds out. Nobody but the task that it is bound for has it, one check at a time.
    final class Recorder: @unchecked Sendable {
        /// Thrown to end a check whose outcome is known.
        struct Done: Error {}

        var outcome: [String: JSONValue]?
        var refused = false
        var errorClass: VectorErrorClass?
    }
}
