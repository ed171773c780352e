internal import RTMFP

extension VectorKind {
    /// The elementary encodings of RFC 7016 §2.1.
    static let elementary: [VectorKind] = [
        VectorKind("vlu") { vector in
            let octets = try vector.inputFields().octets("octets")
            var consumed = 0
            let decoded = try vector.accepted {
                var reader = ByteReader(octets.span)
                let value = try reader.vlu("value")
                consumed = reader.offset
                return value
            }
            guard let decoded else { return }
            var writer = ByteWriter()
            writer.vlu(decoded)
            try vector.compare(
                [
                    "value": .decimal(decoded), "consumed": .integer(consumed),
                    "canonical": .bool(writer.bytes == octets),
                ])
        },
        VectorKind("option") { vector in
            let octets = try vector.inputFields().octets("octets")
            var consumed = 0
            let decoded = try vector.accepted {
                var reader = ByteReader(octets.span)
                let option = try Option(from: &reader)
                consumed = reader.offset
                return option
            }
            guard let decoded else { return }
            var members: [String: JSONValue] = [
                "type": .null, "value": .null, "consumed": .integer(consumed),
                "canonical": .bool([decoded].encoded == octets),
            ]
            if case .value(let type, let value) = decoded {
                members["type"] = .decimal(type)
                members["value"] = .octets(value)
            }
            try vector.compare(members)
        },
        VectorKind("option-list") { vector in
            let octets = try vector.inputFields().octets("octets")
            var consumed = 0
            let decoded = try vector.accepted {
                var reader = ByteReader(octets.span)
                let options = try [Option](list: &reader)
                consumed = reader.offset
                return options
            }
            guard let decoded else { return }
            try vector.compare(["options": JSONValue(decoded), "consumed": .integer(consumed)])
            try require("encoded", Array(octets.prefix(consumed)), (decoded + [.marker]).encoded)
        },
        VectorKind("address") { vector in
            let octets = try vector.inputFields().octets("octets")
            var consumed = 0
            let decoded = try vector.accepted {
                var reader = ByteReader(octets.span)
                let address = try Address(from: &reader)
                consumed = reader.offset
                return address
            }
            guard let decoded else { return }
            var writer = ByteWriter()
            decoded.encode(into: &writer)
            var members = decoded.members
            members["consumed"] = .integer(consumed)
            members["canonical"] = .bool(writer.bytes == octets)
            try vector.compare(members)
        },
        VectorKind("checksum") { vector in
            let input = try vector.inputFields()
            let octets = try input.octets("octets")
            let checksum = internetChecksum(octets.span)
            let carried = [UInt8(checksum >> 8), UInt8(checksum & 0xff)]
            if vector.result == .valid {
                try require("checksum", try input.octets("checksum"), carried)
            }
            try vector.holds(try input.octets("checksum") == carried, else: .authentication)
        },
        VectorKind("session-id") { vector in
            let datagram = try vector.inputFields().octets("datagram")
            guard let sessionID = try vector.accepted({ try unscrambledSessionID(datagram) }) else { return }
            try vector.compare(["sessionID": .sessionID(sessionID), "encrypted": .octets(datagram.dropFirst(4))])
            // Scrambling is its own inverse.
            var writer = ByteWriter()
            writer.uint32(sessionID)
            writer.raw(datagram.dropFirst(4))
            let scrambled = try unscrambledSessionID(writer.bytes)
            try vector.compare("scrambled", .octets(datagram.prefix(4)), .sessionID(scrambled))
        },
    ]
}
