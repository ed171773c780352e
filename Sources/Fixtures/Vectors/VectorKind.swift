/// A kind of vectors, and how this package's codec is run over one of them.
struct VectorKind: Sendable {
    /// The name in the files.
    let name: String
    /// What of the vectors is not run, and why; nil if all is.
    let omission: String?
    /// Runs a vector, throwing what differs; `VectorFormatError` if `read` throws that, and not otherwise.
    let run: @Sendable (Vector) throws -> Void
    /// Reads a vector, throwing `VectorFormatError` if it does not have the shape of its kind.
    let read: @Sendable (Vector) throws -> Void

    /// - Parameter read: what takes less time than to run the vector; the same unless said otherwise.
    init(
        _ name: String,
        omission: String? = nil,
        read: (@Sendable (Vector) throws -> Void)? = nil,
        _ run: @escaping @Sendable (Vector) throws -> Void
    ) {
        self.name = name
        self.omission = omission
        self.run = run
        self.read = read ?? run
    }

    /// All kinds.
    static let all: [VectorKind] =
        elementary + chunks + packets + receiving + agreement + timing + sessions + transcripts + flash + peers
        + trackers + playlists + swarmTranscripts + peerTranscripts + serverTranscripts

    /// The kind of that name.
    static func named(_ name: String) -> VectorKind? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}

extension Vector {
    /// Decodes what the vector holds, as its result demands.
    ///
    /// - Returns: the value; nil if the input was refused, and may or must be.
    /// - Throws: `VectorMismatch` if it was refused and must not be, or accepted and must not be.
    func accepted<Value>(_ decode: () throws -> Value) throws -> Value? {
        do {
            let value = try decode()
            guard result != .invalid else {
                throw VectorMismatch("input", expected: "refused (\(reason ?? ""))", actual: "accepted")
            }
            return value
        } catch let error as VectorMismatch {
            throw error
        } catch let error as VectorFormatError {
            throw error
        } catch {
            if let recorder = VectorProbe.recorder {
                recorder.refused = true
                recorder.errorClass = VectorErrorClass(error)
                return nil
            }
            guard result != .valid else {
                throw VectorMismatch("input", expected: "accepted", actual: "refused (\(error))")
            }
            try refused(as: VectorErrorClass(error), "\(error)")
            return nil
        }
    }

    /// The same of something that is right or wrong; if wrong, then with an error of the class `errorClass`.
    func holds(_ isRight: Bool, else errorClass: VectorErrorClass = .mismatch) throws {
        if let recorder = VectorProbe.recorder, !isRight {
            recorder.refused = true
            recorder.errorClass = errorClass
        }
        guard isRight == (result == .valid) || result == .acceptable else {
            throw VectorMismatch("input", expected: result.rawValue, actual: isRight ? "valid" : "invalid")
        }
        if !isRight { try refused(as: errorClass, "not so") }
    }

    /// Compares the class of the error with the expected one.
    private func refused(as actual: VectorErrorClass?, _ explanation: String) throws(VectorMismatch) {
        guard let error, error != actual else { return }
        throw VectorMismatch(
            "class of error",
            expected: error.rawValue,
            actual: "\(actual?.rawValue ?? "none") (\(explanation))"
        )
    }

    /// Compares every expected member but those in `except` with what came out.
    func compare(_ actual: [String: JSONValue], except: Set<String> = []) throws {
        if let recorder = VectorProbe.recorder {
            recorder.outcome = actual
            throw VectorProbe.Recorder.Done()
        }
        let expected = try expectedFields().members.filter { !except.contains($0.key) }
        for name in expected.keys.sorted() {
            guard let value = actual[name] else { throw VectorFormatError("\(id): /expected/\(name)", "is unknown") }
            try compare(name, expected[name] ?? .null, value)
        }
    }

    /// Compares one member.
    func compare(_ name: String, _ expected: JSONValue, _ actual: JSONValue) throws {
        guard expected != actual else { return }
        if case .string(let expected) = expected, case .string(let actual) = actual {
            throw VectorMismatch(name, expected: expected, actual: actual)
        }
        throw VectorMismatch(name, expected: expected.description, actual: actual.description)
    }
}
