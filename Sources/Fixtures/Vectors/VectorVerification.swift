/// What came of running this package's codec over a file of vectors.
public struct VectorVerification: Sendable {
    /// A vector that failed.
    public struct Failure: Sendable {
        /// The vector.
        public let vector: Vector
        /// How the outcome differs.
        public let mismatch: VectorMismatch
    }

    /// As in `VectorFile.path`.
    public let path: String
    /// Vectors whose outcome is the expected one.
    public private(set) var passed = 0
    /// Vectors whose outcome is another one.
    public private(set) var failures: [Failure] = []
    /// What of the vectors was not run, and why; nil if all was.
    public let omission: String?

    /// Runs the codec over every vector of a file.
    ///
    /// - Throws: `VectorFormatError` if a vector does not have the shape of its kind.
    public init(of file: VectorFile) throws(VectorFormatError) {
        path = file.path
        guard let kind = VectorKind.named(file.kind) else {
            throw VectorFormatError("/kind", "is not a kind of vectors: \(file.kind)")
        }
        omission = kind.omission
        for vector in file.vectors {
            do {
                try kind.run(vector)
                passed += 1
            } catch let error as VectorFormatError {
                throw error
            } catch let error as VectorMismatch {
                failures.append(Failure(vector: vector, mismatch: error))
            } catch {
                let mismatch = VectorMismatch("outcome", expected: "none of these errors", actual: "\(error)")
                failures.append(Failure(vector: vector, mismatch: mismatch))
            }
        }
    }
}
