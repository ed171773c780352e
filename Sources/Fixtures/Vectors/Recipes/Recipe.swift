/// How a file of vectors is made: a deterministic function of nothing.
///
/// What a recipe says is not confirmed by this package's encoders: it spells octets from the layout that the
/// specification prints, by `Layout` and by arithmetic of its own. Where that is not feasible (ciphers), whoever reads the
/// files with other tools confirms them: `Examples/vectors` does so in Python. Transcripts are played by this package's own
/// endpoints and peers, as their provenance says.
struct Recipe: Sendable {
    /// Path below `vectors`; `rtmfp/vlu.generated.json` stands beside `rtmfp/vlu.json`, which was written by hand.
    let path: String
    let kind: String
    let title: String
    let specification: [String]
    let notes: [String]
    let batch: @Sendable () throws -> Batch

    /// - Parameters:
    ///   - folder: `rtmfp`, `flash` and so on.
    ///   - part: which of several files of one kind; nil if there is one.
    init(
        _ folder: String,
        _ kind: String,
        part: String? = nil,
        _ title: String,
        specification: [String],
        notes: [String],
        _ batch: @escaping @Sendable () throws -> Batch
    ) {
        path = "\(folder)/\(kind)\(part.map { "-\($0)" } ?? "").generated.json"
        self.kind = kind
        self.title = title
        self.specification = specification
        self.notes = notes
        self.batch = batch
    }

    /// The file.
    ///
    /// - Throws: if a test is not what its recipe meant, such as an edit that finds nothing to change.
    func text() throws -> [UInt8] {
        let tests = try batch().tests
        return CanonicalText.of(
            .object([
                "$schema": .string("../schemas/\(kind).schema.json"),
                "kind": .string(kind),
                "title": .string(title),
                "specification": .array(specification.map(JSONValue.string)),
                "notes": .array(notes.map(JSONValue.string)),
                "numberOfTests": .integer(tests.count),
                "tests": .array(tests),
            ])
        )
    }
}

/// All recipes.
public enum VectorRecipes {
    static let all: [Recipe] = elementary + chunks + packets + agreement + timing + transcripts + flash + hlsp2p

    private static let elementary: [Recipe] = [.vlu, .option, .optionList, .address, .checksum, .sessionID]

    private static let chunks: [Recipe] =
        Recipe.plainChunks + Recipe.closes
        + [Recipe]([
            .forwardedHello, .redirect, .userData, .nextUserData, .bitmapAck, .rangeAck, .packetFragment,
        ])

    private static let packets: [Recipe] = [.packet, .packetProtection, .userDataSequence]

    private static let agreement: [Recipe] = [
        .certificate, .certificatePrecedence, .endpointDiscriminator, .canonicalDiscriminator, .keyingComponent,
        .negotiation, .keyDerivation, .simplePassword, .diffieHellmanInteger,
    ]

    private static let timing: [Recipe] = [.replayWindow, .timestampEcho]

    private static let transcripts: [Recipe] = [.handshakes, .troubles, .sessionTranscripts]

    private static let flash: [Recipe] = [
        .amf0, .amf0Complex, .amf3, .amf3Complex, .message, .flowMetadata, .userControl, .command,
    ]

    private static let hlsp2p: [Recipe] =
        Recipe.peerOperations
        + [Recipe]([
            .envelopes, .formFields, .resourceNames, .peerIDs, .trackerAnswers, .trackerExchanges, .playlist,
            .mediaSequence, .chunkPath, .referenceResolution, .swarmTranscripts, .peerTranscripts,
            .rendezvousTranscripts, .trackerTranscripts,
        ])

    /// The files that the recipes make: paths below `vectors`, and texts.
    public static func files() throws -> [(path: String, text: [UInt8])] {
        try all.map { ($0.path, try $0.text()) }
    }
}
