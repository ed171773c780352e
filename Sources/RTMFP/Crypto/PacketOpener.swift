/// A packet that has been decrypted.
public struct OpenedPacket: Hashable, Sendable {
    /// The session ID that the datagram was sent to.
    public var sessionID: UInt32
    /// The session sequence number; nil if the session has none.
    public var sequenceNumber: UInt64?
    /// Header, chunks and padding.
    public var plain: [UInt8]
    /// Why the packet is not what its sender protected; nil if it is.
    public var fault: ProtectionError?
}

/// Decrypts and verifies the packets of one direction of a session (RFC 7425 §4.7).
///
/// It does not look for repeated sequence numbers: that is `ReplayWindow`'s.
public final class PacketOpener {
    private let cipher: BlockCipher
    private let hmac: HMACSHA256
    private let protection: PacketProtection
    private var scratch: [UInt8] = []

    /// Prepares to open packets protected as `protection` says.
    public init(_ protection: PacketProtection) {
        self.protection = protection
        cipher = BlockCipher(key: protection.key, .decrypt)
        if case .hmac(let key, _) = protection.verification {
            hmac = HMACSHA256(key: key)
        } else {
            hmac = HMACSHA256(key: [])
        }
    }

    /// Decrypts and verifies a datagram; throws if it is not what its sender protected.
    public func open(_ datagram: [UInt8]) throws(ProtectionError) -> OpenedPacket {
        let opened = try openUnverified(datagram)
        if let fault = opened.fault { throw fault }
        return opened
    }

    /// Decrypts a datagram and says whether it could be verified; throws only if nothing can be decrypted.
    public func openUnverified(_ datagram: [UInt8]) throws(ProtectionError) -> OpenedPacket {
        var tail = 0
        if case .hmac(_, let length) = protection.verification { tail = length }
        let encrypted = datagram.count - 4 - tail
        guard encrypted >= BlockCipher.blockSize else { throw .tooShort(datagram.count) }
        guard encrypted % BlockCipher.blockSize == 0 else {
            throw .partialBlock(encrypted % BlockCipher.blockSize)
        }
        let sessionID = try unscrambledSessionID(datagram)
        let ciphertext = datagram.span.extracting(4..<(4 + encrypted))

        var fault: ProtectionError?
        if case .hmac(_, let length) = protection.verification {
            let code = hmac.code(ciphertext)
            let carried = datagram.span.extracting((4 + encrypted)..<datagram.count)
            if code.count < length || !constantTimeEqual(code.span.extracting(0..<length), carried) {
                fault = .hmacMismatch
            }
        }
        scratch.removeAll(keepingCapacity: true)
        guard cipher.transform(ciphertext, appendingTo: &scratch) else { throw .cipherFailure }
        return try contents(sessionID: sessionID, fault)
    }

    private func contents(sessionID: UInt32, _ hmacFault: ProtectionError?) throws(ProtectionError) -> OpenedPacket {
        let decrypted = scratch
        var fault = hmacFault
        var reader = ByteReader(decrypted.span)
        var sequenceNumber: UInt64?
        do {
            if protection.sequenceNumbers {
                sequenceNumber = try reader.vlu("sessionSequenceNumber")
            }
            if protection.verification == .checksum {
                let carried = try reader.uint16("checksum")
                let computed = internetChecksum(decrypted.span.extracting(reader.offset..<decrypted.count))
                if carried != computed {
                    fault = .checksumMismatch(carried: carried, computed: computed)
                }
            }
        } catch {
            throw hmacFault ?? .sequenceNumber(error)
        }
        return OpenedPacket(sessionID: sessionID, sequenceNumber: sequenceNumber, plain: reader.rest(), fault: fault)
    }
}
