internal import RTMFP

extension Batch {
    /// How a packet of a transcript is changed: its plain packet, or the protection around it.
    enum TranscriptChange {
        /// The first chunk of a type becomes another, under the same keys.
        case chunk(ChunkType, (Chunk) -> Chunk?)
        /// The packet with the first chunk of a type gets another mode, under the same keys.
        case mode(ChunkType, PacketMode)
        /// The packet with the first chunk of a type is protected by other keys.
        case keys(ChunkType, PacketProtection)
        /// Instead of the first chunk of a type, the datagram with the first chunk of another is said again.
        case repetition(of: ChunkType, insteadOf: ChunkType)

        fileprivate var type: ChunkType {
            switch self {
            case .chunk(let type, _), .mode(let type, _), .keys(let type, _), .repetition(_, let type): type
            }
        }
    }

    /// Adds an invalid transcript, or an acceptable one: `twin` with one datagram changed.
    mutating func refused(
        _ twin: Twin,
        _ name: String,
        _ change: TranscriptChange,
        _ error: VectorErrorClass,
        because reason: String,
        _ requirements: [String],
        isAcceptable: Bool = false
    ) throws {
        let transcript = try Transcript(try VectorFields(twin.input, twin.id))
        let unread = TranscriptReading(
            transcript.ends,
            pairs: transcript.pairs.flatMap { [$0.initiator, $0.responder] }
        )
        var reading = unread
        var contents: [(step: Int, said: TranscriptStep.Said, content: TranscriptReading.Content)] = []
        for (step, said) in transcript.datagrams { contents.append((step, said, try reading.read(said))) }
        func first(_ type: ChunkType) throws -> (
            step: Int, said: TranscriptStep.Said, content: TranscriptReading.Content
        ) {
            guard let found = contents.first(where: { $0.content.chunks.contains { $0.chunk.type == type.rawValue } })
            else { throw VectorFormatError(twin.id, "has no \(type.name)") }
            return found
        }
        let (step, said, content) = try first(change.type)
        var packet = try Packet(content.plain)
        var protection = PacketProtection.defaultSession
        if let session = content.session.map({ reading.sessions[$0] }) {
            protection = said.from == session.initiator ? session.protection.initiator : session.protection.responder
        }
        var datagram: [UInt8]?
        switch change {
        case .chunk(let type, let change):
            guard let place = packet.chunks.firstIndex(where: { $0.type == type.rawValue }),
                let changed = change(packet.chunks[place])
            else { throw VectorFormatError(twin.id, "has a \(type.name) that cannot be changed") }
            packet.chunks[place] = changed
        case .mode(_, let mode): packet.header.mode = mode
        case .keys(_, let other): protection = other
        case .repetition(let type, _): datagram = try first(type).said.datagram
        }
        let sealed = PacketSealer(protection).seal(
            packet.encoded,
            to: content.sessionID,
            sequenceNumber: content.sequenceNumber
        )
        let edit = Edit.replace("/steps/\(step)/datagram", .hex(datagram ?? sealed))
        var expected: [String: JSONValue]?
        if isAcceptable {
            let changed = try VectorEdit(edit, of: twin.input).applied(to: twin.input)
            var reading = unread
            expected = try reading.outcome(of: try Transcript(try VectorFields(changed, twin.id)))
        }
        try edited(
            twin,
            name,
            edit,
            error,
            because: "step \(step): \(reason)",
            requirements: requirements,
            accepting: expected
        )
    }

    /// Adds what a handshake, a word and a close are refused for.
    mutating func refusals(of twin: Twin) throws {
        try refused(
            twin,
            "ihello.other",
            .chunk(.initiatorHello, otherFingerprint),
            .mismatch,
            because: "the fingerprint that is asked for is another",
            ["RFC7425-4.4.3-01"]
        )
        try refused(
            twin,
            "rhello.tag",
            .chunk(.responderHello) { chunk in
                guard case .responderHello(var hello) = chunk else { return nil }
                hello.tagEcho[0] ^= 1
                return .responderHello(hello)
            },
            .mismatch,
            because: "nobody asked with this tag",
            ["RFC7016-3.5.1.1.1-09"]
        )
        try refused(
            twin,
            "rhello.certificate",
            .chunk(.responderHello) { chunk in
                guard case .responderHello(var hello) = chunk else { return nil }
                hello.responderCertificate[20] ^= 1
                return .responderHello(hello)
            },
            .mismatch,
            because: "the certificate is not the one that was asked for",
            ["RFC7016-3.5.1.1.1-09"]
        )
        try refused(
            twin,
            "iikeying.cookie",
            .chunk(.initiatorInitialKeying) { chunk in
                changed(chunk) { $0.cookieEcho[$0.cookieEcho.count - 1] ^= 1 }
            },
            .authentication,
            because: "the cookie was not made by the responder",
            ["RFC7016-3.5.1.1.2-03", "RFC7016-3.5.1.1.2-09"]
        )
        try refused(
            twin,
            "iikeying.session-id",
            .chunk(.initiatorInitialKeying) { chunk in
                changed(chunk) { $0.initiatorSessionID = 0 }
            },
            .value,
            because: "the initiator's session ID is 0",
            ["RFC7016-3.3-02"]
        )
        try refused(
            twin,
            "iikeying.no-key",
            .chunk(.initiatorInitialKeying) { chunk in
                changed(chunk) { $0.sessionKeyInitiatorComponent = optionOctets(0x0e, filler(16)) }
            },
            .combination,
            because: "neither certificate nor component has a public key",
            ["RFC7016-3.5.1.1.2-11"]
        )
        try refused(
            twin,
            "iikeying.public-key",
            .chunk(.initiatorInitialKeying) { chunk in
                changed(chunk) { $0.sessionKeyInitiatorComponent = optionOctets(0x0d, [2, 1]) }
            },
            .value,
            because: "the public key is 1",
            ["RFC7425-4.6.2-01", "RFC7425-4.6.2-05"]
        )
        try refused(
            twin,
            "rikeying.session-id",
            .chunk(.responderInitialKeying) { chunk in
                guard case .responderInitialKeying(var keying) = chunk else { return nil }
                keying.responderSessionID = 0
                return .responderInitialKeying(keying)
            },
            .value,
            because: "the responder's session ID is 0",
            ["RFC7016-3.3-02"]
        )
        try refused(
            twin,
            "rikeying.rhello",
            .repetition(of: .responderHello, insteadOf: .responderInitialKeying),
            .order,
            because: "the RHello comes again instead of an RIKeying",
            ["RFC7016-3.5.1.1-02", "RFC7016-3.5.1.1.1-15"]
        )
        try refused(
            twin,
            "words.other-keys",
            .keys(
                .userData,
                PacketProtection(
                    key: filler(16),
                    verification: .hmac(key: filler(32), length: 16),
                    sequenceNumbers: true
                )
            ),
            .authentication,
            because: "the keys are not those of the session",
            ["RFC7425-4.7.3.2-02"]
        )
        try refused(
            twin,
            "words.default-key",
            .keys(.userData, .defaultSession),
            .authentication,
            because: "the Default Session Key protects it, but the session has keys",
            ["RFC7016-3.5.1.1.1-17"]
        )
        try refused(
            twin,
            "words.mode",
            .mode(.userData, .responder),
            .order,
            because: "the initiator marks its packet as the responder's, which the responder should ignore",
            ["RFC7016-2.2.4-14"],
            isAcceptable: true
        )
        try refused(
            twin,
            "close.repeated",
            .repetition(of: .userData, insteadOf: .sessionCloseRequest),
            .order,
            because: "the sequence number was seen before",
            ["RFC7425-4.7.3.3-02"]
        )
    }
}

/// The IHello or FIHello of a chunk, asking for another fingerprint.
func otherFingerprint(_ chunk: Chunk) -> Chunk? {
    switch chunk {
    case .initiatorHello(var hello):
        hello.endpointDiscriminator[hello.endpointDiscriminator.count - 1] ^= 1
        return .initiatorHello(hello)
    case .forwardedInitiatorHello(var hello):
        hello.endpointDiscriminator[hello.endpointDiscriminator.count - 1] ^= 1
        return .forwardedInitiatorHello(hello)
    default: return nil
    }
}

/// An IIKeying with a change.
private func changed(_ chunk: Chunk, _ change: (inout IIKeying) -> Void) -> Chunk? {
    guard case .initiatorInitialKeying(var keying) = chunk else { return nil }
    change(&keying)
    return .initiatorInitialKeying(keying)
}
