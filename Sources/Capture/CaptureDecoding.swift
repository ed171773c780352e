/// Decodes a whole capture file to text or JSON.
public struct CaptureDecoding: Sendable {
    /// How packets are written.
    public enum Format: Hashable, Sendable {
        /// For people.
        case text
        /// An object a packet on a line, and last `{"summary": {...}}`.
        case json
    }

    /// The capture file.
    public var path: String
    /// The key log; nil to decode only what is under the default key.
    public var keysPath: String?
    /// How packets are written.
    public var format: Format

    /// Octets of output that are collected before they are written.
    private static let chunk = 1 << 16

    /// Prepares to decode.
    public init(path: String, keysPath: String? = nil, format: Format = .text) {
        self.path = path
        self.keysPath = keysPath
        self.format = format
    }

    /// Decodes the file from front to back and hands the output to `write`, piece by piece.
    ///
    /// - Returns: what is wrong with the data, a sentence each; nothing if every packet that the keys cover was verified.
    /// - Throws: `KeyLogError` or `CaptureError` before anything was written, and whatever `write` throws.
    public func run(_ write: ([UInt8]) throws -> Void) throws -> [String] {
        let keys = try keysPath.map { (log: try KeyLog(path: $0), path: $0) }
        let file = try CaptureFile(path: path)
        let decoder = PacketDecoder(keys: keys?.log)
        var reassembler = FlowReassembler()
        var output = DecodeOutput(format)
        var summary = DecodeSummary()
        var problems: [String] = []
        do {
            while let datagram = try file.next() {
                let packet = decoder.decode(datagram)
                let events = reassembler.add(packet)
                summary.add(packet, events)
                output.packet(packet, events)
                if output.count >= CaptureDecoding.chunk { try output.flush(write) }
            }
        } catch let error as CaptureError {
            problems.append("\(error)")
        }
        reassembler.finish()
        summary.incompleteMessages = reassembler.incompleteMessages
        output.summary(summary, file.counts, isComplete: problems.isEmpty)
        try output.flush(write)
        return problems + summary.problems(of: path, keys: keys)
    }
}
