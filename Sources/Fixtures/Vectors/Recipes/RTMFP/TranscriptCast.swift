internal import RTMFP

/// Who takes part in the transcripts, and what they mostly do.
enum TranscriptCast {
    /// How an end agrees on keys.
    enum Keys {
        /// With a pair for each session.
        case ephemeral(DiffieHellmanGroup)
        /// With the pair of its certificate.
        case fixed(DiffieHellmanGroup)
    }

    static func alice(_ keys: Keys = .ephemeral(.modp1024)) throws -> TranscriptEnd {
        try end("alice", host: 1, port: 40_001, keys)
    }

    static func bob(_ keys: Keys = .ephemeral(.modp1024)) throws -> TranscriptEnd {
        try end("bob", host: 2, port: 40_002, keys)
    }

    static func server() throws -> TranscriptEnd {
        try end("server", host: 80, port: 1935, .ephemeral(.modp1024))
    }

    private static func end(_ name: String, host: UInt32, port: UInt16, _ keys: Keys) throws -> TranscriptEnd {
        var random = SeededGenerator(seed: 7016, name: name)
        let identity: Identity =
            switch keys {
            case .ephemeral(let group): try .ephemeral(groups: [group], using: &random)
            case .fixed(let group): try .fixed(groups: [group], acceptsAncillaryData: true, using: &random)
            }
        return TranscriptEnd(name, host: host, port: port, identity: identity, seed: UInt64(host) * 7425)
    }

    /// An end opens a session with another, whom it knows by its fingerprint, at addresses.
    static func open(_ end: TranscriptEnd, at addresses: [SocketAddress]) throws -> TranscriptStep.Act {
        let fingerprint = try Certificate(end.certificate).fingerprint
        return .open(to: addresses, discriminator: EndpointDiscriminator(fingerprint: fingerprint).encoded)
    }

    /// Alice opens a session with Bob, says a word, and closes it.
    static func talk(
        _ alice: TranscriptEnd,
        _ bob: TranscriptEnd,
        opening: TranscriptStep.Time = 0,
        says: TranscriptStep.Time = 100,
        closes: TranscriptStep.Time = 500
    ) throws -> [(at: TranscriptStep.Time, end: String, act: TranscriptStep.Act)] {
        [
            (opening, alice.name, try open(bob, at: [bob.address])),
            (says, alice.name, .write(session: 0, metadata: Array("words".utf8), message: Array("good day".utf8))),
            (closes, alice.name, .close(session: 0)),
        ]
    }

    /// A path on which the datagrams of an end with these numbers fare otherwise.
    static func path(_ end: String, _ exceptions: [Int: [Int]]) -> TranscriptScene.Path {
        { from, number in from == end ? exceptions[number] ?? [10] : [10] }
    }
}

extension Batch {
    /// Adds a transcript.
    @discardableResult
    mutating func transcript(_ name: String, _ comment: String, _ scene: TranscriptScene) throws -> Twin {
        let (input, expected) = try scene.play()
        provenance = .object(["confirmation": "played"])
        return valid(name, comment, input, expected)
    }
}
