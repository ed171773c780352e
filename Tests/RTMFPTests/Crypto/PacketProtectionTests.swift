import RTMFP
import Testing

/// RFC 7425 §4.7, RFC 7016 §2.2.2.
struct PacketProtectionTests {
    /// How the packets of the known session are protected.
    private func protection(
        fromInitiator: Bool,
        hmacLength: Int,
        sequenceNumbers: Bool
    ) throws -> PacketProtection {
        let keys = try #require(try KnownAnswers.load().keys.first)
        let key = fromInitiator ? keys.encryptKey : keys.decryptKey
        let hmacKey = fromInitiator ? keys.hmacSendKey : keys.hmacReceiveKey
        return PacketProtection(
            key: key.octets,
            verification: hmacLength > 0 ? .hmac(key: hmacKey.octets, length: hmacLength) : .checksum,
            sequenceNumbers: sequenceNumbers
        )
    }

    @Test("Packets in all four modes are sealed and opened", arguments: try KnownAnswers.load().packets)
    func knownPacket(_ known: KnownAnswers.Packet) throws {
        let protection = try protection(
            fromInitiator: known.fromInitiator,
            hmacLength: known.hmacLength,
            sequenceNumbers: known.sequenceNumber != nil
        )
        let sealer = PacketSealer(protection)
        let sealed = sealer.seal(known.plain.octets, to: known.sessionID, sequenceNumber: known.sequenceNumber)
        #expect(sealed == known.datagram.octets)

        let opened = try PacketOpener(protection).open(known.datagram.octets)
        #expect(opened.sessionID == known.sessionID)
        #expect(opened.sequenceNumber == known.sequenceNumber)
        #expect(opened.plain.starts(with: known.plain.octets))
        let padding = opened.plain.dropFirst(known.plain.octets.count)
        #expect(padding.count < 16 && padding.allSatisfy { $0 == 0xff })
    }

    @Test("A damaged startup packet is refused", arguments: try KnownAnswers.load().badStartup)
    func badStartup(_ known: KnownAnswers.BadPacket) {
        #expect(throws: ProtectionError.self) { try PacketOpener(.defaultSession).open(known.datagram.octets) }
    }

    @Test("A packet with another HMAC is refused", arguments: try KnownAnswers.load().badHMAC)
    func badHMAC(_ known: KnownAnswers.BadPacket) throws {
        let protection = try protection(fromInitiator: true, hmacLength: 10, sequenceNumbers: false)
        #expect(throws: ProtectionError.self) { try PacketOpener(protection).open(known.datagram.octets) }
    }

    @Test("A checksum in the wrong place or over too much is refused", arguments: try KnownAnswers.load().badSequence)
    func badSequence(_ known: KnownAnswers.BadPacket) throws {
        let protection = try protection(fromInitiator: true, hmacLength: 0, sequenceNumbers: true)
        #expect(throws: ProtectionError.self) { try PacketOpener(protection).open(known.datagram.octets) }
    }

    static let modes = [
        PacketProtection.defaultSession,
        PacketProtection(key: [UInt8](0..<16), sequenceNumbers: true),
        PacketProtection(key: [UInt8](0..<16), verification: .hmac(key: [1], length: 4)),
        PacketProtection(key: [UInt8](0..<16), verification: .hmac(key: [2], length: 32), sequenceNumbers: true),
    ]

    @Test("Every length survives, in any order of packets, and only whole blocks are sent", arguments: modes)
    func roundTrip(_ protection: PacketProtection) throws {
        let sealer = PacketSealer(protection)
        let opener = PacketOpener(protection)
        var random = SeededGenerator(seed: 3)
        let packets = (1...70).map { random.octets($0) }
        let datagrams = packets.map { sealer.seal($0, to: 0xdead_beef) }
        for index in packets.indices.reversed() {
            let opened = try opener.open(datagrams[index])
            #expect(opened.plain.starts(with: packets[index]))
            #expect(opened.plain.count < packets[index].count + 16)
            #expect(opened.sessionID == 0xdead_beef)
            #expect(opened.sequenceNumber == (protection.sequenceNumbers ? UInt64(index) : nil))
            #expect(opened.fault == nil)
        }
    }

    @Test("A chosen sequence number of 64 bits is sent, and not counted")
    func chosenSequenceNumber() throws {
        let protection = PacketProtection(key: [UInt8](0..<16), sequenceNumbers: true)
        let sealer = PacketSealer(protection)
        let datagram = sealer.seal([9], to: 1, sequenceNumber: .max)
        #expect(try PacketOpener(protection).open(datagram).sequenceNumber == .max)
        #expect(sealer.nextSequenceNumber == 0)
    }

    @Test("Changing any octet of a datagram with an HMAC is noticed")
    func tampering() throws {
        let protection = try protection(fromInitiator: true, hmacLength: 10, sequenceNumbers: false)
        let datagram = PacketSealer(protection).seal([UInt8](repeating: 1, count: 20), to: 5)
        let opener = PacketOpener(protection)
        for index in datagram.indices.dropFirst(4) {
            var changed = datagram
            changed[index] ^= 0x80
            #expect(throws: ProtectionError.hmacMismatch) { try opener.open(changed) }
            #expect(try opener.openUnverified(changed).fault == .hmacMismatch)
        }
        #expect(try opener.open(datagram).sessionID == 5)
    }

    @Test("No datagram, however short, is too much for an opener", arguments: modes)
    func anyLength(_ protection: PacketProtection) {
        let opener = PacketOpener(protection)
        for count in 0..<80 {
            for octet in [0x00, 0x80] as [UInt8] {
                let datagram = [UInt8](repeating: octet, count: count)
                #expect(throws: ProtectionError.self) { try opener.open(datagram) }
            }
        }
    }

    @Test("What is wrong is said")
    func errors() throws {
        let opener = PacketOpener(.defaultSession)
        let good = PacketSealer(.defaultSession).seal([3, 1, 2], to: 0)
        #expect(throws: ProtectionError.tooShort(3)) { try opener.open(Array(good.prefix(3))) }
        #expect(throws: ProtectionError.tooShort(19)) { try opener.open(Array(good.dropLast())) }
        #expect(throws: ProtectionError.partialBlock(1)) { try opener.open(good + [0]) }
        let bad = PacketSealer(.defaultSession).seal([3, 1, 2], to: 0, fault: .wrongVerification)
        let checksum = try #require(try opener.openUnverified(bad).fault)
        guard case .checksumMismatch(let carried, let computed) = checksum else {
            Issue.record("\(checksum)")
            return
        }
        #expect(carried ^ computed == 1)
    }

    @Test("Without a whole key nothing is sent, and nothing opened")
    func shortKey() {
        let protection = PacketProtection(key: [UInt8](repeating: 1, count: 15))
        #expect(PacketSealer(protection).seal([3, 1, 2], to: 0).isEmpty)
        let datagram = [UInt8](repeating: 0, count: 20)
        #expect(throws: ProtectionError.cipherFailure) { try PacketOpener(protection).open(datagram) }
    }

    /// Faults, modes in which a correct receiver notices them, and modes in which nothing is wrong.
    static let faults: [(SealingFault, noticed: [Int], harmless: [Int])] = [
        (.wrongVerification, [0, 1, 2, 3], []),
        (.checksumOverSequenceNumber, [1], [0, 2, 3]),
        (.truncated, [0, 1, 2, 3], []),
        (.trailingOctet, [0, 1, 2, 3], []),
        (.zeroPadding, [], [0, 1, 2, 3]),
        (.hmacOverPlain, [2, 3], [0, 1]),
        (.oddOctetHigh, [1], [0, 2, 3]),
        (.checksumWithoutPadding, [0, 1], [2, 3]),
        (.checksumFirst, [1], [0, 2, 3]),
    ]

    @Test("A fault is noticed where it matters, and only there", arguments: faults)
    func fault(_ fault: SealingFault, _ noticed: [Int], _ harmless: [Int]) throws {
        // 43 octets: the checksum of an odd number of octets depends on their padding, in every mode.
        let packet = [0x09] + [UInt8](repeating: 0x42, count: 42)
        for mode in noticed {
            let datagram = PacketSealer(Self.modes[mode]).seal(packet, to: 7, sequenceNumber: 5, fault: fault)
            #expect(throws: ProtectionError.self) { try PacketOpener(Self.modes[mode]).open(datagram) }
        }
        for mode in harmless {
            let datagram = PacketSealer(Self.modes[mode]).seal(packet, to: 7, sequenceNumber: 5, fault: fault)
            #expect(try PacketOpener(Self.modes[mode]).open(datagram).plain.starts(with: packet))
        }
    }

    @Test("Blocks that are chained from packet to packet cannot be opened one by one")
    func chained() throws {
        let sealer = PacketSealer(.defaultSession)
        let opener = PacketOpener(.defaultSession)
        let first = sealer.seal([3, 1, 2], to: 0)
        let second = sealer.seal([3, 1, 2], to: 0, fault: .chained)
        #expect(first == sealer.seal([3, 1, 2], to: 0))
        #expect(throws: ProtectionError.self) { try opener.open(second) }
        #expect(try opener.open(first).plain.starts(with: [3, 1, 2]))
    }

    @Test("A session ID that is not scrambled is read as another one")
    func unscrambled() throws {
        let datagram = PacketSealer(.defaultSession).seal([3], to: 0x0102_0304, fault: .unscrambled)
        #expect(datagram.starts(with: [1, 2, 3, 4]))
        #expect(try unscrambledSessionID(datagram) != 0x0102_0304)
    }

    @Test(
        "Octets that are missing count as 0 when a session ID is scrambled",
        arguments: [
            ([], 0x0200_0000), ([0x10], 0x1200_0000), ([1, 2, 3, 4, 5], 0x0602_0304),
            ([0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18], 0x0604_0404),
        ] as [([UInt8], UInt32)]
    )
    func scrambling(_ encrypted: [UInt8], _ scrambled: UInt32) {
        #expect(scrambledSessionID(0x0200_0000, before: encrypted.span) == scrambled)
        #expect(scrambledSessionID(scrambled, before: encrypted.span) == 0x0200_0000)
    }
}
