/// Deliberate mistakes of a sealer, for those who test receivers.
public struct SealingFault: OptionSet, Sendable {
    public let rawValue: UInt8

    /// Makes a set of faults.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// One bit of the checksum or of the HMAC is wrong.
    public static let wrongVerification = SealingFault(rawValue: 1)
    /// The checksum covers the session sequence number as well.
    public static let checksumOverSequenceNumber = SealingFault(rawValue: 2)
    /// The HMAC, or a checksum session's block, is missing from the end.
    public static let truncated = SealingFault(rawValue: 4)
    /// One octet stands after the packet.
    public static let trailingOctet = SealingFault(rawValue: 8)
    /// Padding octets are zeros instead of ones; receivers must not mind.
    public static let zeroPadding = SealingFault(rawValue: 16)
    /// The session ID is sent as it is, not scrambled.
    public static let unscrambled = SealingFault(rawValue: 32)
    /// The HMAC is computed over the plain packet.
    public static let hmacOverPlain = SealingFault(rawValue: 64)
}

/// Protects the packets of one direction of a session (RFC 7425 §4.7) and makes datagrams of them (RFC 7016 §2.2.2).
public final class PacketSealer {
    private let cipher: BlockCipher
    private let hmac: HMACSHA256
    private let protection: PacketProtection
    private var plain: [UInt8] = []
    /// The session sequence number of the next packet, from 0 (RFC 7425 §4.7.1).
    public private(set) var nextSequenceNumber: UInt64 = 0

    /// Prepares to protect packets as `protection` says.
    public init(_ protection: PacketProtection) {
        self.protection = protection
        cipher = BlockCipher(key: protection.key, .encrypt)
        if case .hmac(let key, _) = protection.verification {
            hmac = HMACSHA256(key: key)
        } else {
            hmac = HMACSHA256(key: [])
        }
    }

    /// Makes a datagram to `sessionID` of a plain packet.
    ///
    /// - Parameters:
    ///   - packet: header, chunks and, if any, padding; up to 15 octets of padding are added.
    ///   - sequenceNumber: nil for the next one, which is counted; any other number is not.
    ///   - fault: deliberate mistakes.
    public func seal(
        _ packet: [UInt8],
        to sessionID: UInt32,
        sequenceNumber: UInt64? = nil,
        fault: SealingFault = []
    ) -> [UInt8] {
        var start = ByteWriter()
        if protection.sequenceNumbers {
            start.vlu(sequenceNumber ?? nextSequenceNumber)
            if sequenceNumber == nil { nextSequenceNumber &+= 1 }
        }
        let sequenceNumberEnd = start.bytes.count
        if protection.verification == .checksum { start.uint16(0) }

        plain.removeAll(keepingCapacity: true)
        plain.append(contentsOf: start.bytes)
        plain.append(contentsOf: packet)
        let padding = (BlockCipher.blockSize - plain.count % BlockCipher.blockSize) % BlockCipher.blockSize
        plain.append(contentsOf: repeatElement(fault.contains(.zeroPadding) ? 0 : 0xff, count: padding))
        if protection.verification == .checksum {
            writeChecksum(at: sequenceNumberEnd, fault)
        }
        return datagram(to: sessionID, fault)
    }

    private func writeChecksum(at position: Int, _ fault: SealingFault) {
        var checksum = internetChecksum(plain.span.extracting((position + 2)..<plain.count))
        if fault.contains(.checksumOverSequenceNumber) {
            let covered = Array(plain.prefix(position) + plain.dropFirst(position + 2))
            checksum = internetChecksum(covered.span)
        }
        if fault.contains(.wrongVerification) { checksum ^= 1 }
        plain[position] = UInt8(checksum >> 8)
        plain[position + 1] = UInt8(checksum & 0xff)
    }

    private func datagram(to sessionID: UInt32, _ fault: SealingFault) -> [UInt8] {
        var datagram: [UInt8] = []
        datagram.reserveCapacity(plain.count + 40)
        datagram.append(contentsOf: [0, 0, 0, 0])
        _ = cipher.transform(plain.span, appendingTo: &datagram)
        if case .hmac(_, let length) = protection.verification, !fault.contains(.truncated) {
            var code: [UInt8]
            if fault.contains(.hmacOverPlain) {
                code = hmac.code(plain)
            } else {
                code = hmac.code(datagram.span.extracting(4..<datagram.count))
            }
            code.removeLast(code.count - min(length, code.count))
            if fault.contains(.wrongVerification), !code.isEmpty { code[0] ^= 1 }
            datagram.append(contentsOf: code)
        } else if fault.contains(.truncated) {
            datagram.removeLast(min(BlockCipher.blockSize, datagram.count - 4))
        }
        if fault.contains(.trailingOctet) { datagram.append(0) }
        let first =
            fault.contains(.unscrambled)
            ? sessionID : scrambled(sessionID, datagram.span.extracting(4..<datagram.count))
        for index in 0..<4 {
            datagram[index] = UInt8(truncatingIfNeeded: first >> UInt32(24 - index * 8))
        }
        return datagram
    }
}
