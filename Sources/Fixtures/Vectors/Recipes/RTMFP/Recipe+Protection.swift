internal import RTMFP

extension Recipe {
    /// Packets under every sort of protection, their lengths around the blocks of the cipher.
    static let packetProtection = Recipe(
        "rtmfp",
        "packet-protection",
        "Protected packets: every negotiation, every place in a cipher block",
        specification: ["RFC 7425 §4.7"],
        notes: [
            "As in packet-protection.json. The ciphers are libcrypto's here; `Examples/vectors` checks the datagrams with its own layout."
        ]
    ) {
        var batch = Batch(
            "packet-protection",
            ["RFC 7425 §4.7.2"],
            ["RFC7425-4.7.1-01", "RFC7425-4.7.2-03", "RFC7425-4.7.2-04"]
        )
        for length in [0, 4, 5, 10, 16, 31, 32] {
            for number in [nil, 0, 127, 128, 1 << 32, .max] as [UInt64?] {
                for count in number == nil ? [4, 13, 14, 15, 16, 17, 30] : [4, 12, 14, 16] {
                    let draft = ProtectionDraft(hmacLength: length, number: number, count: count)
                    let name = "hmac-\(length).number-\(number.map { "\($0)" } ?? "none").count-\(count)"
                    let twin = batch.valid(name, draft.comment, draft.input, draft.expected)
                    guard number == nil, count == 16 else { continue }
                    try addForgeries(of: twin, draft, to: &batch)
                }
            }
        }
        batch.section = ["RFC 7016 §2.2.2"]
        batch.requirements = ["RFC7016-2.2.2-01", "RFC7016-2.2.2-04"]
        for id in [0, 1, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
            for length in [0, 10] {
                let draft = ProtectionDraft(hmacLength: length, number: nil, count: 20, sessionID: id)
                batch.valid("session-\(id).hmac-\(length)", "session ID \(id)", draft.input, draft.expected)
            }
        }
        return batch
    }

    /// Datagrams that somebody has tampered with.
    private static func addForgeries(of twin: Batch.Twin, _ draft: ProtectionDraft, to batch: inout Batch) throws {
        let datagram = draft.datagram
        let end = datagram.count - draft.hmacLength
        let isSealed = draft.hmacLength > 0
        let row = [isSealed ? "RFC7425-4.7.3.2-02" : "RFC7425-4.7.3.1-03"]
        for (name, offset) in [("first", 4), ("middle", 20), ("last", end - 1)] {
            try batch.edited(
                twin,
                "\(name)-flipped",
                .splice("/datagram", at: offset, count: 1, [datagram[offset] ^ 1]),
                .authentication,
                because: "a bit of the encrypted packet is another one",
                requirements: row
            )
        }
        if isSealed {
            for (name, offset) in [("first", end), ("last", datagram.count - 1)] {
                try batch.edited(
                    twin,
                    "hmac-\(name)-flipped",
                    .splice("/datagram", at: offset, count: 1, [datagram[offset] ^ 0x80]),
                    .authentication,
                    because: "a bit of the HMAC is another one",
                    requirements: row
                )
            }
            try batch.edited(
                twin,
                "other-key",
                .splice("/hmacKey", at: 0, count: 1, [0]),
                .authentication,
                because: "the HMAC is made with another key",
                requirements: row
            )
        } else {
            try batch.edited(
                twin,
                "other-key",
                .splice("/key", at: 15, count: 1, [0]),
                .authentication,
                because: "the packet is encrypted with another key",
                requirements: row
            )
        }
        for extra in [1, 15] {
            try batch.edited(
                twin,
                "longer-by-\(extra)",
                .splice("/datagram", at: end, count: 0, [UInt8](repeating: 0, count: extra)),
                .length,
                because: "what is encrypted is not a whole number of blocks",
                requirements: ["RFC7425-4.7.2-01", "RFC7425-4.7.2-02"]
            )
        }
        for count in [0, 3, 4, 5, 19] where count < 4 + 16 + draft.hmacLength {
            try batch.edited(
                twin,
                "cut-\(count)",
                .cut("/datagram", to: count),
                .truncated,
                because: "\(count) octets are too few for a session ID, a block\(isSealed ? " and the HMAC" : "")",
                requirements: ["RFC7425-4.7.2-01", "RFC7016-2.2.2-06"]
            )
        }
    }

    /// A packet and how it is protected.
    private struct ProtectionDraft {
        var hmacLength: Int
        var number: UInt64?
        var count: Int
        var sessionID: UInt32 = 0x0304_0506

        private static let key = filler(16, from: 0x11)
        private static let hmacKey = filler(32, from: 0x71)

        /// A Ping whose message fills the packet up to `count` octets.
        var plain: [UInt8] { [0x01, 0x01] + bigEndian(UInt64(count - 4), 2) + filler(count - 4) }

        var datagram: [UInt8] {
            let verification: PacketProtection.Verification =
                hmacLength == 0 ? .checksum : .hmac(key: Self.hmacKey, length: hmacLength)
            let protection = PacketProtection(key: Self.key, verification: verification, sequenceNumbers: number != nil)
            return PacketSealer(protection).seal(plain, to: sessionID, sequenceNumber: number)
        }

        var comment: String {
            let verification = hmacLength == 0 ? "a checksum" : "an HMAC of \(hmacLength) octets"
            return "\(count) octets under \(verification)\(number.map { ", session sequence number \($0)" } ?? "")"
        }

        var input: [String: JSONValue] {
            [
                "key": .hex(Self.key), "hmacKey": hmacLength == 0 ? .null : .hex(Self.hmacKey),
                "hmacLength": .integer(hmacLength), "sequenceNumbers": .bool(number != nil), "datagram": .hex(datagram),
            ]
        }

        var expected: [String: JSONValue] {
            let before = (number.map { base128($0).count } ?? 0) + (hmacLength == 0 ? 2 : 0)
            return [
                "sessionID": .hex(bigEndian(UInt64(sessionID), 4)),
                "sequenceNumber": number.map(JSONValue.decimal) ?? .null,
                "plain": .hex(plain), "padding": .integer((16 - (before + count) % 16) % 16),
            ]
        }
    }
}
