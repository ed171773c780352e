import RTMFP

/// RFC 7016 §2 and RFC 7425 §4: what arrives in a datagram.
extension FuzzTarget {
    static let packets: [FuzzTarget] = [
        FuzzTarget(
            "packet",
            "a plain packet and its chunks",
            maximumLength: datagram,
            seeds: Seeds.of("rtmfp/packet", "rtmfp/chunk")
        ) { octets in
            let packet = try Packet(octets)
            let encoded = packet.encoded
            // What is written as it came is read as it was.
            if !areEqual(encoded, octets) {
                // A VLU was longer than it must be: what follows stands elsewhere, and so does what is wrong with it.
                try require(encoded.count <= octets.count, "decoding adds octets")
                try requireStable(encoded) { try Packet($0).encoded }
            }
            // The only chunks whose length is worked out without writing them.
            for chunk in packet.chunks {
                switch chunk {
                case .userData(let body): try requireLength(of: chunk, 3 + body.payload.count)
                case .nextUserData(let body): try requireLength(of: chunk, 3 + body.payload.count)
                default: break
                }
            }
        },
        FuzzTarget(
            "unwrap",
            "a datagram for sessions with fixed keys, in every form of protection",
            maximumLength: datagram,
            seeds: Seeds.of("rtmfp/packet-protection", "rtmfp/session")
        ) { octets in
            for protection in Protections.all {
                guard let opened = try? PacketOpener(protection).open(octets) else { continue }
                try require(opened.plain.count < octets.count, "a packet is as long as its datagram")
                let number = opened.sequenceNumber ?? 0
                try require(protection.sequenceNumbers || number == 0, "a sequence number comes from nowhere")
            }
        },
        FuzzTarget("wrap", "a plain packet that is protected and opened again", maximumLength: datagram) { octets in
            guard !octets.isEmpty else { return }
            for protection in Protections.all {
                let sealed = PacketSealer(protection).seal(octets, to: 7)
                let opened = try Result { try PacketOpener(protection).open(sealed) }
                    .mapError { Violation(description: "what was sealed cannot be opened: \($0)") }.get()
                try require(opened.sessionID == 7, "the session ID has changed")
                try require(opened.plain.starts(with: octets), "the packet has changed")
                try require(opened.plain.dropFirst(octets.count).allSatisfy { $0 == 0xff }, "the padding is no padding")
            }
        },
        FuzzTarget("options", "a sequence of options", maximumLength: datagram, seeds: Seeds.of("rtmfp/option")) {
            octets in
            try requireRoundTrip([Option](sequence: octets), encode: \.encoded) { try [Option](sequence: $0) }
        },
        FuzzTarget("certificate", "a certificate", maximumLength: datagram, seeds: Seeds.of("rtmfp/certificate")) {
            octets in
            let certificate = try Certificate(decoding: octets)
            try require(certificate.encoded == octets, "a certificate is not what it was made of")
            try require(certificate.fingerprint == SHA256.hash(certificate.canonicalSection), "a wrong fingerprint")
            try require(certificate.prevails(over: certificate), "of equal certificates both prevail")
        },
        FuzzTarget(
            "keying",
            "a keying component",
            maximumLength: datagram,
            seeds: Seeds.of("rtmfp/keying", "rtmfp/negotiation")
        ) { octets in
            let component = try KeyingComponent(decoding: octets)
            // What breaks rules is not written again as it came.
            guard component.objection == nil else { return }
            try requireRoundTrip(component, encode: \.encoded) { try KeyingComponent(decoding: $0) }
        },
        FuzzTarget(
            "discriminator",
            "an endpoint discriminator",
            maximumLength: datagram,
            seeds: Seeds.of("rtmfp/endpoint", "rtmfp/canonical")
        ) {
            octets in
            try requireRoundTrip(EndpointDiscriminator(octets), encode: \.encoded) { try EndpointDiscriminator($0) }
        },
    ]
}

private func requireLength(of chunk: Chunk, _ length: Int) throws {
    try require(chunk.encodedLength == length, "a chunk of \(length) octets is said to have \(chunk.encodedLength)")
}

private enum Protections {
    private static let key = Array(1...16 as ClosedRange<UInt8>)
    static let all: [PacketProtection] = [
        .defaultSession,
        PacketProtection(key: key, sequenceNumbers: true),
        PacketProtection(key: key, verification: .hmac(key: key + key, length: 10)),
        PacketProtection(key: key, verification: .hmac(key: key + key, length: 32), sequenceNumbers: true),
    ]
}
