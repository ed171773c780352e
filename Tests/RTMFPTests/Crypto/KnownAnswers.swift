import Foundation
import Testing

/// Answers that other implementations gave, for the parts of the Flash profile; octets in hexadecimal.
struct KnownAnswers: Decodable {
    struct Group: Decodable, Sendable, CustomTestStringConvertible {
        var group: UInt64
        var near: Hex, far: Hex, nearPublic: Hex, farPublic: Hex, secret: Hex
        var testDescription: String { "group \(group), a secret of \(secret.octets.count) octets" }
    }

    struct PublicKey: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var publicKey: Hex
        var acceptable: Bool
        var testDescription: String { name }
    }

    struct Certificate: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var certificate: Hex
        var canonicalSection: Hex?
        var fingerprint: Hex?
        var testDescription: String { name }
    }

    struct Selection: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var discriminator: Hex, certificate: Hex
        var selected: Bool
        var testDescription: String { name }
    }

    struct Keys: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var secret: Hex, initiatorComponent: Hex, responderComponent: Hex
        var encryptKey: Hex, decryptKey: Hex, hmacSendKey: Hex, hmacReceiveKey: Hex, nearNonce: Hex, farNonce: Hex
        var testDescription: String { name }
    }

    struct Packet: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var fromInitiator: Bool
        var sessionID: UInt32
        var hmacLength: Int
        var sequenceNumber: UInt64?
        var plain: Hex, datagram: Hex
        var testDescription: String { name }
    }

    struct BadPacket: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var datagram: Hex
        var reason: String
        var testDescription: String { "\(name): \(reason)" }
    }

    struct Signature: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var password: String, passwordID: String
        var parameters: Hex, field: Hex
        var testDescription: String { name }
    }

    var groups: [Group]
    var publicKeys: [PublicKey]
    var certificates: [Certificate]
    var selections: [Selection]
    /// Of sessions between the same two ends; `packets` and the bad ones belong to the first.
    var keys: [Keys]
    var packets: [Packet]
    var badStartup: [BadPacket]
    var badHMAC: [BadPacket]
    var badSequence: [BadPacket]
    var signatures: [Signature]

    static func load() throws -> KnownAnswers {
        let url = try #require(Bundle.module.url(forResource: "known-answers", withExtension: "json"))
        return try JSONDecoder().decode(KnownAnswers.self, from: Data(contentsOf: url))
    }
}

/// Octets, in hexadecimal where they are read or shown.
struct Hex: Decodable, Hashable, Sendable {
    let octets: [UInt8]

    init(_ text: String) throws {
        let digits = text.compactMap(\.hexDigitValue)
        try #require(digits.count == text.count && digits.count % 2 == 0, "not hexadecimal: \(text)")
        octets = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }
}
