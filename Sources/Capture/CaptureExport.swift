import RTMFP

/// Writes a capture anew with its packets decrypted, for `Scripts/rtmfp.lua`, which shows them in Wireshark.
///
/// A packet that was verified becomes a datagram between the same addresses at the same time, whose payload is a header
/// and the plain packet. All others stay as they were. The header, most significant octets first:
///
/// | octets | what |
/// | --- | --- |
/// | 8 | `RTMFPx1` and a zero |
/// | 1 | the key: 0 the default one, 1 a session's |
/// | 1 | 1 if there is a session sequence number, plus 2 if the packet carried an HMAC |
/// | 4 | the session ID that the packet was sent to |
/// | 8 | the session sequence number, or 0 |
public struct CaptureExport: Sendable {
    /// What was written.
    public struct Counts: Hashable, Sendable {
        /// Packets that were decrypted.
        public var decrypted = 0
        /// Datagrams that stayed as they were.
        public var unchanged = 0
        /// What is wrong with the data, a sentence each.
        public var problems: [String] = []
    }

    /// The capture file.
    public var path: String
    /// The key log; nil to decrypt only what is under the default key.
    public var keysPath: String?

    /// Prepares to export.
    public init(path: String, keysPath: String? = nil) {
        self.path = path
        self.keysPath = keysPath
    }

    /// Writes the decrypted capture to `destination`.
    ///
    /// - Throws: `KeyLogError`, `CaptureError` (what came before the damage is written), or `CaptureWriteError`.
    public func run(to destination: String) throws -> Counts {
        let keys = try keysPath.map { (log: try KeyLog(path: $0), path: $0) }
        let decoder = PacketDecoder(keys: keys?.log)
        let file = try CaptureFile(path: path)
        let writer = try CaptureWriter(path: destination, comment: "decrypted; Scripts/rtmfp.lua shows it")
        var counts = Counts()
        var summary = DecodeSummary()
        do {
            while let datagram = try file.next() {
                let packet = decoder.decode(datagram)
                summary.add(packet)
                if let exported = CaptureExport.datagram(packet) {
                    try writer.write(exported)
                    counts.decrypted += 1
                } else {
                    try writer.write(datagram, comment: CaptureExport.comment(packet.status))
                    counts.unchanged += 1
                }
            }
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
        counts.problems = summary.problems(of: path, keys: keys)
        return counts
    }

    private static func datagram(_ packet: DecodedPacket) -> CapturedDatagram? {
        guard let contents = packet.contents else { return nil }
        var header = ByteWriter(reserving: 22 + contents.plain.count)
        header.raw(Array("RTMFPx1\0".utf8))
        header.uint8(contents.key == .session ? 1 : 0)
        let hasHMAC = if case .hmac = contents.proof { true } else { false }
        header.uint8((contents.sequenceNumber == nil ? 0 : 1) | (hasHMAC ? 2 : 0))
        header.uint32(packet.sessionID ?? 0)
        let number = contents.sequenceNumber ?? 0
        header.uint32(UInt32(number >> 32))
        header.uint32(UInt32(truncatingIfNeeded: number))
        header.raw(contents.plain)
        var datagram = packet.datagram
        datagram.payload = header.bytes
        return datagram
    }

    private static func comment(_ status: PacketStatus) -> String? {
        switch status {
        case .failed(let reason): "not verified: \(reason)"
        case .notCovered: "no key opens it"
        case .verified, .notRTMFP: nil
        }
    }
}
