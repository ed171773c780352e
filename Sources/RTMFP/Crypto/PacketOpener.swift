/// Decrypts and verifies the packets of one direction of a session (RFC 7425 §4.7).
///
/// It does not look for repeated sequence numbers: that is `ReplayWindow`'s.
public final class PacketOpener {
    private let protection: PacketProtection
    private let cipher: BlockCipher
    private let hmac: HMACSHA256?
    private var decrypted: [UInt8] = []

    /// Prepares to open packets protected as `protection` says.
    public init(_ protection: PacketProtection) {
        self.protection = protection
        cipher = BlockCipher(key: protection.key, .decrypt)
        hmac = protection.hmac
    }

    /// Decrypts and verifies a datagram; throws if it is not what its sender protected.
    public func open(_ datagram: [UInt8]) throws(ProtectionError) -> OpenedPacket {
        let opened = try decrypt(datagram, evenIfUnverified: false)
        if let fault = opened.fault { throw fault }
        return opened
    }

    /// Decrypts a datagram and says whether it could be verified; throws only if nothing can be decrypted.
    public func openUnverified(_ datagram: [UInt8]) throws(ProtectionError) -> OpenedPacket {
        try decrypt(datagram, evenIfUnverified: true)
    }

    private func decrypt(_ datagram: [UInt8], evenIfUnverified: Bool) throws(ProtectionError) -> OpenedPacket {
        let encrypted = datagram.count - 4 - protection.hmacLength
        guard encrypted >= BlockCipher.blockSize else { throw .tooShort(datagram.count) }
        guard encrypted % BlockCipher.blockSize == 0 else {
            throw .partialBlock(encrypted % BlockCipher.blockSize)
        }
        let sessionID = try unscrambledSessionID(datagram)
        let ciphertext = datagram.span.extracting(4..<(4 + encrypted))
        let carried = datagram.span.extracting((4 + encrypted)..<datagram.count)

        let genuine = hmac?.verifies(ciphertext, carried: carried) ?? true
        guard genuine || evenIfUnverified else { throw .hmacMismatch }
        guard cipher.transform(ciphertext, into: &decrypted) else { throw .cipherFailure }
        return try contents(encrypted, sessionID: sessionID, genuine ? nil : .hmacMismatch)
    }

    /// Takes the first `count` octets of `decrypted` apart (RFC 7425 §4.7.2).
    private func contents(
        _ count: Int,
        sessionID: UInt32,
        _ hmacFault: ProtectionError?
    ) throws(ProtectionError) -> OpenedPacket {
        let decrypted = self.decrypted
        let contents = decrypted.span.extracting(0..<count)
        var fault = hmacFault
        var reader = ByteReader(contents)
        var sequenceNumber: UInt64?
        do {
            if protection.sequenceNumbers {
                sequenceNumber = try reader.vlu("sessionSequenceNumber")
            }
            if protection.verification == .checksum {
                let carried = try reader.uint16("checksum")
                let computed = internetChecksum(contents.extracting(reader.offset..<count))
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
