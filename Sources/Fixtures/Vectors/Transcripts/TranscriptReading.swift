internal import RTMFP

/// Reads the datagrams of a transcript one after the other, and learns from them and from private keys what opens the
/// later ones: codec and ciphers, no endpoint.
struct TranscriptReading {
    /// A session of which both keying components are known.
    struct Session {
        var initiator: String
        var responder: String
        var initiatorSessionID: UInt32
        var responderSessionID: UInt32
        var initiatorPair: DiffieHellmanKeyPair
        var responderPair: DiffieHellmanKeyPair
        var secret: [UInt8]
        /// As the initiator sees them.
        var keys: SessionKeys
        /// What protects the initiator's packets, and the responder's.
        var protection: (initiator: PacketProtection, responder: PacketProtection)
    }

    /// What a datagram holds.
    struct Content {
        var sessionID: UInt32
        /// The number of the session whose keys protect it; nil for the Default Session Key.
        var session: Int?
        var sequenceNumber: UInt64?
        /// Header and chunks, without what is left over for padding.
        var plain: [UInt8]
        var chunks: [Packet.PlacedChunk]
        /// The datagram, made again of all this.
        var again: [UInt8]
    }

    private(set) var sessions: [Session] = []
    private let certificates: [String: Certificate]
    private let pairs: [DiffieHellmanKeyPair]
    private var offers: [UInt32: (initiator: String, keying: IIKeying)] = [:]

    /// - Parameter pairs: whatever pairs may have been used.
    init(_ ends: [TranscriptEnd], pairs: [DiffieHellmanKeyPair]) {
        certificates = Dictionary(ends.map { ($0.name, try? Certificate($0.certificate)) }) { first, _ in first }
            .compactMapValues(\.self)
        self.pairs = pairs
    }

    /// Reads all datagrams of a transcript: what is expected of who reads it.
    mutating func outcome(of transcript: Transcript) throws -> [String: JSONValue] {
        var outcomes = [JSONValue](repeating: .null, count: transcript.steps.count)
        for (number, said) in transcript.datagrams {
            outcomes[number] = try read(said).document
        }
        return ["sessions": .array(sessions.map(\.document)), "steps": .array(outcomes)]
    }

    /// Reads the next datagram.
    ///
    /// - Throws: if no key opens it, or a chunk in it is malformed.
    mutating func read(_ said: TranscriptStep.Said) throws -> Content {
        let sessionID = try unscrambledSessionID(said.datagram)
        for number in sessions.indices.reversed() {
            let session = sessions[number]
            let protection: PacketProtection
            switch (said.from, sessionID) {
            case (session.initiator, session.responderSessionID): protection = session.protection.initiator
            case (session.responder, session.initiatorSessionID): protection = session.protection.responder
            default: continue
            }
            if let opened = try? PacketOpener(protection).open(said.datagram) {
                return try content(of: opened, session: number, protection)
            }
        }
        let opened = try PacketOpener(.defaultSession).open(said.datagram)
        let content = try content(of: opened, session: nil, .defaultSession)
        for placed in content.chunks { try learn(from: placed.chunk, of: said, at: sessionID) }
        return content
    }

    private func content(of opened: OpenedPacket, session: Int?, _ protection: PacketProtection) throws -> Content {
        var reader = ByteReader(opened.plain.span)
        _ = try PacketHeader(from: &reader)
        var chunks: [Packet.PlacedChunk] = []
        while let placed = Packet.nextChunk(&reader) {
            if case .malformed(let type, _, let error) = placed.chunk {
                throw VectorMismatch(type.name, expected: "well formed", actual: "\(error)")
            }
            // Chunks of padding belong to it.
            if case .padding(ones: true, _) = placed.chunk { break }
            chunks.append(placed)
        }
        let end = chunks.last.map { $0.offset + $0.length } ?? opened.plain.count
        let plain = Array(opened.plain[..<end])
        return Content(
            sessionID: opened.sessionID,
            session: session,
            sequenceNumber: opened.sequenceNumber,
            plain: plain,
            chunks: chunks,
            again: PacketSealer(protection).seal(plain, to: opened.sessionID, sequenceNumber: opened.sequenceNumber)
        )
    }

    private mutating func learn(from chunk: Chunk, of said: TranscriptStep.Said, at sessionID: UInt32) throws {
        switch chunk {
        case .initiatorInitialKeying(let keying):
            offers[keying.initiatorSessionID] = (said.from, keying)
        case .responderInitialKeying(let keying):
            guard let offer = offers[sessionID],
                !sessions.contains(where: {
                    $0.initiatorSessionID == sessionID && $0.responderSessionID == keying.responderSessionID
                })
            else { return }
            sessions.append(try agree(offer.initiator, offer.keying, said.from, keying))
        default: break
        }
    }

    private func agree(
        _ initiator: String,
        _ offer: IIKeying,
        _ responder: String,
        _ answer: RIKeying
    ) throws -> Session {
        let near = try KeyingComponent(offer.sessionKeyInitiatorComponent)
        let far = try KeyingComponent(answer.sessionKeyResponderComponent)
        let group = near.groupSelect ?? near.ephemeralKey?.group
        let initiatorPair = try pair(of: initiator, near, group, try? Certificate(offer.initiatorCertificate))
        let responderPair = try pair(of: responder, far, group, certificates[responder])
        let secret = try initiatorPair.sharedSecret(with: responderPair.publicKey)
        try require(
            "the shared secret from the other end",
            secret,
            responderPair.sharedSecret(with: initiatorPair.publicKey)
        )
        let keys = SessionKeys(
            secret: secret,
            nearComponent: offer.sessionKeyInitiatorComponent,
            farComponent: answer.sessionKeyResponderComponent
        )
        return Session(
            initiator: initiator,
            responder: responder,
            initiatorSessionID: offer.initiatorSessionID,
            responderSessionID: answer.responderSessionID,
            initiatorPair: initiatorPair,
            responderPair: responderPair,
            secret: secret,
            keys: keys,
            protection: (keys.sending(near: near, far: far), keys.receiving(near: near, far: far))
        )
    }

    private func pair(
        of end: String,
        _ component: KeyingComponent,
        _ group: UInt64?,
        _ certificate: Certificate?
    ) throws -> DiffieHellmanKeyPair {
        let publicKey = component.ephemeralKey?.publicKey ?? group.flatMap { certificate?.staticKeys[$0] }
        guard let pair = pairs.first(where: { $0.publicKey == publicKey && $0.group.rawValue == group }) else {
            throw VectorMismatch(
                "private key of \(end)",
                expected: "that of the public key \(hexadecimal(publicKey ?? []))",
                actual: "others"
            )
        }
        return pair
    }
}

extension TranscriptReading.Content {
    /// The content in the vectors' notation.
    var document: JSONValue {
        .object([
            "sessionID": .sessionID(sessionID), "session": .optional(session, JSONValue.integer),
            "sequenceNumber": .optional(sequenceNumber, JSONValue.decimal), "plain": .hex(plain),
            "chunks": .array(
                chunks.map { placed in
                    .object([
                        "type": .hex([placed.chunk.type]),
                        "name": .string(ChunkType(rawValue: placed.chunk.type)?.name ?? "unknown"),
                        "offset": .integer(placed.offset), "length": .integer(placed.length),
                    ])
                }
            ),
        ])
    }
}

extension TranscriptReading.Session {
    /// What the ends agreed on, in the vectors' notation.
    var document: JSONValue {
        .object([
            "initiatorSessionID": .sessionID(initiatorSessionID),
            "responderSessionID": .sessionID(responderSessionID), "sharedSecret": .hex(secret),
            "initiator": document(keys.encryptKey, keys.hmacSendKey, protection.initiator, keys.nearNonce),
            "responder": document(keys.decryptKey, keys.hmacReceiveKey, protection.responder, keys.farNonce),
        ])
    }

    private func document(
        _ key: [UInt8],
        _ hmacKey: [UInt8],
        _ protection: PacketProtection,
        _ nonce: [UInt8]
    ) -> JSONValue {
        let length = if case .hmac(_, let length) = protection.verification { length } else { 0 }
        return .object([
            "key": .hex(key), "hmacKey": .hex(hmacKey), "hmacLength": .integer(length),
            "sequenceNumbers": .bool(protection.sequenceNumbers), "nonce": .hex(nonce),
        ])
    }

    /// The secrets that the session was made of, in the vectors' notation.
    var secrets: JSONValue {
        .object([
            "initiator": .string(initiator), "responder": .string(responder),
            "group": .integer(Int(initiatorPair.group.rawValue)),
            "initiatorPrivateKey": .hex(initiatorPair.privateKey),
            "responderPrivateKey": .hex(responderPair.privateKey),
        ])
    }
}
