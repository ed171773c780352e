import RTMFP

/// Writes a capture and its keys anew, without the addresses and keys of those who took part.
///
/// Each address becomes another one, the same everywhere: in the packets' headers, in chunks, in the text of messages.
/// Sessions get other keys, under which their packets are sealed again, so the result can be decoded, judged and replayed.
/// Cookies, Pings and signatures become other octets. Datagrams that no key opens are left out, for nobody can tell what
/// they say.
///
/// Names, identities (certificates, peer IDs) and what else messages say stay: who shares media shares them.
public final class CaptureRedaction {
    /// What was written.
    public struct Counts: Hashable, Sendable {
        /// Packets that were written.
        public var written = 0
        /// Datagrams that were left out.
        public var leftOut = 0
    }

    private let decoder: PacketDecoder
    private let keys: [LoggedDirection]
    private let mask: AddressMask
    private var packets: PacketMask
    /// By the numbers that the decoder gives directions.
    private var sealers: [PacketSealer] = []
    private let defaultSealer = PacketSealer(.defaultSession)
    private let secret: HMACSHA256

    /// Prepares to redact; the random secret is forgotten with this value.
    public init(keys: KeyLog?, random: inout some RandomNumberGenerator) {
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        self.secret = HMACSHA256(key: secret)
        decoder = PacketDecoder(keys: keys)
        self.keys = keys?.directions ?? []
        mask = AddressMask(secret: secret)
        packets = PacketMask(mask: mask)
        // As the decoder numbers them: one for each that differs.
        var seen: Set<Known> = []
        for direction in self.keys {
            note(direction.farAddress)
            let known = Known(sessionID: direction.sessionID, mode: direction.mode, protection: direction.protection)
            guard seen.insert(known).inserted else { continue }
            sealers.append(PacketSealer(replaced(direction.protection)))
        }
    }

    private struct Known: Hashable {
        var sessionID: UInt32
        var mode: PacketMode
        var protection: PacketProtection
    }

    /// Redacts the capture at `path`.
    ///
    /// - Throws: `CaptureError`, or `CaptureWriteError`.
    public func run(_ path: String, to destination: String, keys keysDestination: String) throws -> Counts {
        let file = try CaptureFile(path: path)
        let writer = try CaptureWriter(path: destination, comment: "addresses and keys are replaced")
        var counts = Counts()
        while let datagram = try file.next() {
            if let redacted = redacted(decoder.decode(datagram)) {
                try writer.write(redacted)
                counts.written += 1
            } else {
                counts.leftOut += 1
            }
        }
        try writer.close()
        guard !keys.isEmpty else { return counts }
        let log = try KeyLogWriter(path: keysDestination)
        for direction in keys {
            var direction = direction
            direction.farAddress = mask.address(direction.farAddress)
            direction.protection = replaced(direction.protection)
            try log.write(direction)
        }
        try log.close()
        return counts
    }

    /// The datagram without its secrets; nil if no key opens it.
    func redacted(_ packet: DecodedPacket) -> CapturedDatagram? {
        guard let contents = packet.contents, let plain = try? Packet(contents.plain), let sessionID = packet.sessionID
        else { return nil }
        note(packet.datagram.source)
        note(packet.datagram.destination)
        let masked = packets.masked(plain).encoded
        var datagram = packet.datagram
        datagram.source = mask.address(datagram.source)
        datagram.destination = mask.address(datagram.destination)
        switch (contents.key, contents.direction) {
        case (.session, let number?) where number < sealers.count:
            datagram.payload = sealers[number].seal(masked, to: sessionID, sequenceNumber: contents.sequenceNumber ?? 0)
        default: datagram.payload = defaultSealer.seal(masked, to: sessionID)
        }
        return datagram
    }

    private func note(_ address: SocketAddress) {
        let octets = address.octets
        if packets.known[octets] == nil, packets.known.count < 65_536 { packets.known[octets] = mask.ip(octets) }
    }

    private func replaced(_ protection: PacketProtection) -> PacketProtection {
        var other = protection
        other.key = Array(secret.code(Array("key".utf8) + protection.key).prefix(16))
        if case .hmac(let key, let length) = protection.verification {
            other.verification = .hmac(key: secret.code(Array("hmac".utf8) + key), length: length)
        }
        return other
    }
}
