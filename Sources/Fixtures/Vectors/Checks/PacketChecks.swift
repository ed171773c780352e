internal import RTMFP

extension VectorKind {
    /// Plain packets, and packets under protection.
    static let packets: [VectorKind] = [
        VectorKind("packet") { vector in
            let octets = try vector.inputFields().octets("packet")
            guard try vector.accepted({ try Packet(octets) }) != nil else { return }
            try vector.comparePacket(octets)
        },
        VectorKind("packet-protection") { vector in
            let input = try vector.inputFields()
            let protection = try PacketProtection(input)
            let datagram = try input.octets("datagram")
            let opener = PacketOpener(protection)
            if vector.result == .invalid, vector.expected != nil {
                let other = try vector.expectedFields().octets("mustNotContain")
                try require("begins with the other packet", false, try opener.open(datagram).plain.starts(with: other))
                return
            }
            guard let opened = try vector.accepted({ try opener.open(datagram) }) else { return }
            let expected = try vector.expectedFields()
            let plain = try expected.octets("plain")
            let padding = [UInt8](repeating: 0xff, count: Int(try expected.integer("padding") as UInt8))
            try require("plain", plain + padding, opened.plain)
            try vector.compare("sessionID", expected["sessionID"] ?? .null, .sessionID(opened.sessionID))
            try vector.compare(
                "sequenceNumber",
                expected["sequenceNumber"] ?? .null,
                .optional(opened.sequenceNumber, JSONValue.decimal)
            )
            let sealed = PacketSealer(protection)
                .seal(plain, to: opened.sessionID, sequenceNumber: opened.sequenceNumber)
            try require("datagram", datagram, sealed)
        },
        VectorKind("user-data-sequence") { vector in
            let octets = try vector.inputFields().octets("chunks")
            let packet = try Packet([PacketHeader(.initiator).flags] + octets)
            guard let fragments = try vector.accepted({ try fragments(of: packet) }) else { return }
            try vector.compare(["fragments": .array(fragments)])
        },
    ]

    /// The data chunks of a packet, each with the flow and numbers that it has or inherits (RFC 7016 §2.3.12).
    private static func fragments(of packet: Packet) throws(VectorRefusal) -> [JSONValue] {
        var fragments: [JSONValue] = []
        var last: UserData?
        for chunk in packet.chunks {
            switch chunk {
            case .userData(let data):
                last = data
            case .nextUserData(let next):
                guard let previous = last else { throw VectorRefusal(.order) }
                last = UserData(
                    flags: next.flags,
                    flowID: previous.flowID,
                    sequenceNumber: previous.sequenceNumber &+ 1,
                    fsnOffset: previous.fsnOffset &+ 1,
                    userData: next.userData
                )
            default: continue
            }
            guard let last else { continue }
            fragments.append(
                .object(
                    last.flags.members.merging([
                        "flowID": .decimal(last.flowID), "sequenceNumber": .decimal(last.sequenceNumber),
                        "forwardSequenceNumber": .decimal(last.forwardSequenceNumber),
                        "userData": .octets(last.userData),
                    ]) { first, _ in first }
                )
            )
        }
        return fragments
    }
}

extension Vector {
    /// Compares the packet that `octets` are with the expected one.
    func comparePacket(_ octets: [UInt8]) throws {
        var packet = try Packet(octets)
        // Reserved bits are no field of the vectors.
        packet.header.reserved = 0
        var members = packet.members
        members["canonical"] = .bool(packet.encoded == octets)
        try compare(members)
    }
}

extension Packet {
    /// Header, chunks and padding in the vectors' notation.
    var members: [String: JSONValue] {
        [
            "mode": .integer(Int(header.mode.rawValue)),
            "timeCritical": .bool(header.timeCritical),
            "timeCriticalReverse": .bool(header.timeCriticalReverse),
            "timestamp": .optional(header.timestamp) { .integer(Int($0)) },
            "timestampEcho": .optional(header.timestampEcho) { .integer(Int($0)) },
            "chunks": .array(
                chunks.map { .object(["type": .octets([$0.type]), "payload": .octets($0.payload)]) }
            ),
            "padding": .octets(padding),
        ]
    }
}

extension PacketProtection {
    /// Key, HMAC and sequence numbers in the vectors' notation.
    init(_ fields: VectorFields) throws(VectorFormatError) {
        let hmacKey = try fields.optionalOctets("hmacKey")
        let hmacLength = Int(try fields.integer("hmacLength") as UInt8)
        guard hmacLength <= 32 else { throw VectorFormatError("\(fields.place)/hmacLength", "is more than 32") }
        self.init(
            key: try fields.octets("key"),
            verification: hmacKey.map { .hmac(key: $0, length: hmacLength) } ?? .checksum,
            sequenceNumbers: try fields.bool("sequenceNumbers")
        )
    }
}
