/// A file of vectors, all of one kind.
public struct VectorFile: Sendable {
    /// Path below the folder `vectors`, or as the file was named by whoever asked for it.
    public let path: String
    /// The kind: which shape inputs and outcomes have, and what is to be done with them.
    public let kind: String
    /// What the vectors are about.
    public let title: String
    /// The sections of the specification that they are about.
    public let specification: [String]
    /// How to read inputs and outcomes of this kind.
    public let notes: [String]
    /// How many vectors the file says it has.
    public let numberOfTests: Int
    /// The vectors.
    public let vectors: [Vector]
    /// The file as a whole.
    public let document: JSONValue
    /// The file as it was read.
    public let text: [UInt8]

    /// Reads a file's text.
    ///
    /// - Throws: `VectorFormatError` if it does not have the layout of a file of vectors.
    public init(path: String, text: [UInt8]) throws(VectorFormatError) {
        self.path = path
        self.text = text
        document = try JSONValue(parsing: text)
        let fields = try VectorFields(document, "")
        kind = try fields.string("kind")
        title = try fields.string("title")
        specification = try fields.strings("specification")
        notes = try fields.strings("notes")
        numberOfTests = try fields.integer("numberOfTests")
        var vectors: [Vector] = []
        for test in try fields.objects("tests") {
            vectors.append(try Vector(test))
        }
        self.vectors = vectors
    }
}
