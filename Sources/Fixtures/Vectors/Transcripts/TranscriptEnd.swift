internal import Capture
internal import RTMFP

/// An end of a transcript: what it is before the first step.
struct TranscriptEnd {
    var name: String
    /// Where it is until it moves.
    var address: SocketAddress
    var certificate: [UInt8]
    /// The pairs whose public keys the certificate carries.
    var staticKeys: [DiffieHellmanKeyPair] = []
    var hmac: NegotiationFlags = [.willSendOnRequest, .request]
    var hmacLength: UInt64 = 16
    var sequenceNumbers: NegotiationFlags = [.willSendOnRequest, .request]
    /// Where it sends those who ask for anybody else; it knows nobody if there are none.
    var redirects: [SocketAddress] = []
    /// Whether it introduces those who ask for the far end of one of its sessions.
    var introduces = false
    /// What this package's endpoint draws its secrets from; nil of an end that was somebody else's.
    var seed: UInt64?

    /// An end that has the address 192.0.2.`host`.
    init(_ name: String, host: UInt32, port: UInt16 = 1935, identity: Identity, seed: UInt64) {
        self.name = name
        address = SocketAddress(.v4(0xc000_0200 + host), port: port)
        certificate = identity.certificate.encoded
        staticKeys = identity.staticKeys.values.sorted { $0.group.rawValue < $1.group.rawValue }
        self.seed = seed
    }

    init(_ fields: VectorFields) throws(VectorFormatError) {
        name = try fields.string("name")
        address = try fields.socketAddress("address")
        certificate = try fields.octets("certificate")
        staticKeys = try fields.objects("staticKeys").map { key throws(VectorFormatError) in
            try key.keyPair("privateKey")
        }
        let hmac = try fields.fields("hmac")
        self.hmac = NegotiationFlags(rawValue: try hmac.integer("flags"))
        hmacLength = try hmac.integer("length")
        sequenceNumbers = NegotiationFlags(rawValue: try fields.fields("sequenceNumbers").integer("flags"))
        redirects = try fields.list("redirects") { value throws(VectorFormatError) in
            try SocketAddress(value, fields.place)
        }
        introduces = try fields.bool("introduces")
        seed = fields["seed"] == .null ? nil : try fields.decimal("seed")
    }

    /// The end in the vectors' notation.
    var document: JSONValue {
        .object([
            "name": .string(name), "address": .string(address.description), "certificate": .hex(certificate),
            "staticKeys": .array(
                staticKeys.map {
                    .object(["group": .integer(Int($0.group.rawValue)), "privateKey": .hex($0.privateKey)])
                }
            ),
            "hmac": .object(["flags": .integer(Int(hmac.rawValue)), "length": .integer(Int(hmacLength))]),
            "sequenceNumbers": .object(["flags": .integer(Int(sequenceNumbers.rawValue))]),
            "redirects": .array(redirects.map { .string($0.description) }), "introduces": .bool(introduces),
            "seed": .optional(seed, JSONValue.decimal),
        ])
    }
}

extension VectorFields {
    /// An address with its port, as `192.0.2.1:1935`.
    func socketAddress(_ name: String) throws(VectorFormatError) -> SocketAddress {
        try SocketAddress(self[name] ?? .null, "\(place)/\(name)")
    }
}

extension SocketAddress {
    init(_ value: JSONValue, _ place: String) throws(VectorFormatError) {
        guard case .string(let text) = value, let address = SocketAddress(text: text) else {
            throw VectorFormatError(place, "is not an address with a port")
        }
        self = address
    }
}
