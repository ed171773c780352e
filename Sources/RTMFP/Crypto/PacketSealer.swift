/// Protects the packets of one direction of a session (RFC 7425 §4.7) and makes datagrams of them (RFC 7016 §2.2.2).
public final class PacketSealer {
    private let protection: PacketProtection
    private let cipher: BlockCipher
    private let hmac: HMACSHA256?
    /// The session sequence number of the next packet, from 0 (RFC 7425 §4.6.6).
    public private(set) var nextSequenceNumber: UInt64 = 0

    /// Prepares to protect packets as `protection` says.
    public init(_ protection: PacketProtection) {
        self.protection = protection
        cipher = BlockCipher(key: protection.key, .encrypt)
        hmac = protection.hmac
    }

    /// Makes a datagram to `sessionID` of a plain packet.
    ///
    /// - Parameters:
    ///   - packet: header, chunks and, if any, padding; up to 15 octets of padding are added.
    ///   - sequenceNumber: nil for the next one, which is counted; any other number is not.
    ///   - fault: deliberate mistakes.
    /// - Returns: the datagram; nothing if the key has fewer than 16 octets.
    public func seal(
        _ packet: [UInt8],
        to sessionID: UInt32,
        sequenceNumber: UInt64? = nil,
        fault: SealingFault = []
    ) -> [UInt8] {
        var datagram: [UInt8] = []
        datagram.reserveCapacity(packet.count + PacketSealer.mostAdded)
        datagram.append(contentsOf: repeatElement(0, count: 4))
        plainPacket(packet, sequenceNumber, fault, appendedTo: &datagram)
        let hmacOverPlain = fault.contains(.hmacOverPlain) ? hmac?.code(Array(datagram.dropFirst(4))) : nil
        guard cipher.transform(&datagram, from: 4, restarting: !fault.contains(.chained)) else { return [] }
        if fault.contains(.truncated) {
            if hmac == nil { datagram.removeLast(BlockCipher.blockSize) }
        } else if let hmacOverPlain {
            datagram.append(contentsOf: hmacOverPlain.prefix(protection.hmacLength))
        } else {
            hmac?.appendCode(ofContentsFrom: 4, length: protection.hmacLength, to: &datagram)
            if hmac != nil, fault.contains(.wrongVerification) { datagram[datagram.count - 1] ^= 1 }
        }
        if fault.contains(.trailingOctet) { datagram.append(0) }
        let first =
            fault.contains(.unscrambled)
            ? sessionID : scrambledSessionID(sessionID, before: datagram.span.extracting(4..<datagram.count))
        for index in 0..<4 {
            datagram[index] = UInt8(truncatingIfNeeded: first >> UInt32(24 - index * 8))
        }
        return datagram
    }

    /// Session ID, sequence number, checksum, padding, HMAC and a superfluous octet at their longest.
    private static let mostAdded = 4 + 10 + 2 + 15 + 32 + 1

    /// Appends what is to be encrypted (RFC 7425 §4.7.2).
    private func plainPacket(
        _ packet: [UInt8],
        _ sequenceNumber: UInt64?,
        _ fault: SealingFault,
        appendedTo datagram: inout [UInt8]
    ) {
        let start = datagram.count
        let number = sequenceNumberField(sequenceNumber)
        var checksumPosition = start
        if protection.verification == .checksum, fault.contains(.checksumFirst) {
            datagram.append(contentsOf: [0, 0])
            datagram.append(contentsOf: number)
        } else {
            datagram.append(contentsOf: number)
            checksumPosition = datagram.count
            if protection.verification == .checksum { datagram.append(contentsOf: [0, 0]) }
        }
        datagram.append(contentsOf: packet)
        let end = datagram.count
        let padding = -(end - start) & (BlockCipher.blockSize - 1)
        datagram.append(contentsOf: repeatElement(fault.contains(.zeroPadding) ? 0 : 0xff, count: padding))

        guard protection.verification == .checksum else { return }
        let coveredEnd = fault.contains(.checksumWithoutPadding) ? end : datagram.count
        let checksum = checksum(
            of: datagram.span.extracting((checksumPosition + 2)..<coveredEnd),
            after: number,
            fault
        )
        datagram[checksumPosition] = UInt8(checksum >> 8)
        datagram[checksumPosition + 1] = UInt8(checksum & 0xff)
    }

    private func sequenceNumberField(_ chosen: UInt64?) -> [UInt8] {
        guard protection.sequenceNumbers else { return [] }
        var field = ByteWriter()
        field.vlu(chosen ?? nextSequenceNumber)
        if chosen == nil { nextSequenceNumber &+= 1 }
        return field.bytes
    }

    private func checksum(of covered: Span<UInt8>, after number: [UInt8], _ fault: SealingFault) -> UInt16 {
        let flipped: UInt16 = fault.contains(.wrongVerification) ? 1 : 0
        guard fault.contains(.checksumOverSequenceNumber) || fault.contains(.oddOctetHigh) else {
            return internetChecksum(covered) ^ flipped
        }
        var octets = fault.contains(.checksumOverSequenceNumber) ? number : []
        for index in 0..<covered.count {
            octets.append(covered[index])
        }
        if fault.contains(.oddOctetHigh), octets.count % 2 == 1 { octets.append(0) }
        return internetChecksum(octets.span) ^ flipped
    }
}
