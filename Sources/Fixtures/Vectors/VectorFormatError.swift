/// Why a file of vectors cannot be used.
public struct VectorFormatError: Error, Hashable, Sendable {
    /// Where: a JSON Pointer below the file, or the ID of a vector and a pointer below it.
    public var place: String
    /// What is wrong there.
    public var problem: String

    /// Makes an error about one place.
    public init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    /// The same error, seen from what encloses its place.
    func within(_ place: String) -> VectorFormatError {
        VectorFormatError(place + self.place, problem)
    }
}

extension VectorFormatError: CustomStringConvertible {
    /// One sentence.
    public var description: String { place.isEmpty ? problem : "\(place) \(problem)" }
}
