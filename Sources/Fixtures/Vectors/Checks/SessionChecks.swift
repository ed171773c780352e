internal import RTMFP

extension VectorKind {
    /// Whole sessions.
    static let sessions: [VectorKind] = [
        VectorKind("session") { vector in
            var replay = try SessionReplay(vector)
            try replay.run()
        }
    ]
}

/// Follows a recorded session: opens each datagram, learns from it what opens the later ones, and makes it again.
private struct SessionReplay {
    private enum End: String {
        case initiator, responder
    }

    private let vector: Vector
    private let input: VectorFields
    private let expected: VectorFields
    private let group: DiffieHellmanGroup
    private var certificates: [End: Certificate] = [:]
    private var components: [End: [UInt8]] = [:]

    init(_ vector: Vector) throws {
        self.vector = vector
        input = try vector.inputFields()
        expected = try vector.expectedFields()
        group = try input.group()
    }

    mutating func run() throws {
        let packets = try input.objects("packets")
        let outcomes = try expected.objects("packets")
        try require("packets", outcomes.count, packets.count)
        var sealers: [End: (PacketOpener, PacketSealer)] = [:]
        for (index, (packet, outcome)) in zip(packets, outcomes).enumerated() {
            guard let end = End(rawValue: try packet.string("from")) else {
                throw VectorFormatError("\(packet.place)/from", "is neither initiator nor responder")
            }
            let key = try outcome.string("protection")
            guard ["default", "session"].contains(key) else {
                throw VectorFormatError("\(outcome.place)/protection", "is neither default nor session")
            }
            let isStartup = key == "default"
            if sealers[end] == nil, !isStartup {
                let protection = try protection(of: end)
                sealers[end] = (PacketOpener(protection), PacketSealer(protection))
            }
            let (opener, sealer) =
                isStartup
                ? (PacketOpener(.defaultSession), PacketSealer(.defaultSession))
                : sealers[end] ?? (PacketOpener(.defaultSession), PacketSealer(.defaultSession))
            let datagram = try packet.octets("datagram")
            let opened = try opener.open(datagram)
            let plain = try outcome.octets("plain")
            try require("packet \(index): plain", plain, Array(opened.plain.prefix(plain.count)))
            try vector.compare(
                "packet \(index): sessionID",
                outcome["sessionID"] ?? .null,
                .sessionID(opened.sessionID)
            )
            try vector.compare(
                "packet \(index): sequenceNumber",
                outcome["sequenceNumber"] ?? .null,
                .optional(opened.sequenceNumber, JSONValue.decimal)
            )
            let decoded = try Packet(plain)
            try require("packet \(index): encoded", plain, decoded.encoded)
            let sealed = sealer.seal(decoded.encoded, to: opened.sessionID, sequenceNumber: opened.sequenceNumber)
            try require("packet \(index): datagram", datagram, sealed)
            try learn(from: decoded)
        }
    }

    private mutating func learn(from packet: Packet) throws {
        for chunk in packet.chunks {
            switch chunk {
            case .malformed(let type, _, let error):
                throw VectorMismatch(type.name, expected: "well formed", actual: "\(error)")
            case .responderHello(let hello):
                certificates[.responder] = try Certificate(hello.responderCertificate)
            case .initiatorInitialKeying(let keying):
                certificates[.initiator] = try Certificate(keying.initiatorCertificate)
                components[.initiator] = keying.sessionKeyInitiatorComponent
            case .responderInitialKeying(let keying):
                components[.responder] = keying.sessionKeyResponderComponent
            default: break
            }
        }
    }

    /// How packets of `end` are protected, agreed on from both ends, which must come to the same.
    private func protection(of end: End) throws -> PacketProtection {
        let far: End = end == .initiator ? .responder : .initiator
        let near = try KeyingComponent(components[end] ?? [])
        let other = try KeyingComponent(components[far] ?? [])
        let sending = try keys(near: end, far: far).sending(near: near, far: other)
        let receiving = try keys(near: far, far: end).receiving(near: other, far: near)
        try require("protection as the other end sees it", sending, receiving)
        return sending
    }

    private func keys(near: End, far: End) throws -> SessionKeys {
        let pair = try input.keyPair(near == .initiator ? "initiatorPrivateKey" : "responderPrivateKey")
        try require("public key of the \(near)", try publicKey(of: near), pair.publicKey)
        let secret = try pair.sharedSecret(with: try publicKey(of: far))
        try require("sharedSecret", try expected.octets("sharedSecret"), secret)
        return SessionKeys(
            secret: secret,
            nearComponent: components[near] ?? [],
            farComponent: components[far] ?? []
        )
    }

    private func publicKey(of end: End) throws -> [UInt8] {
        let component = try KeyingComponent(components[end] ?? [])
        let key = component.ephemeralKey?.publicKey ?? certificates[end]?.staticKeys[group.rawValue]
        guard let key else { throw VectorMismatch("public key", expected: "one of the \(end)", actual: "none") }
        return key
    }
}
