public import Capture
import RTMFP

/// A recorded exchange: what a capture shows of everybody who took part, taken apart for judgement.
///
/// It is kept in memory, so it is bounded: what comes after `mostOctets` of traffic is not looked at, and `lastFrame` says so.
public struct Recording: Sendable {
    /// Octets of datagrams that are kept, with what it takes to keep each.
    public static let mostOctets = 256 << 20
    /// Implementations that are told apart, at most.
    public static let mostImplementations = 256

    /// Those who sent something, in the order in which they spoke first.
    public let implementations: [RecordedImplementation]
    /// The last frame that was looked at, if the capture goes on after it; nil otherwise.
    public let lastFrame: Int?
    /// What is wrong with the capture or its keys, a sentence each.
    public let problems: [String]

    init(implementations: [RecordedImplementation], lastFrame: Int?, problems: [String]) {
        self.implementations = implementations
        self.lastFrame = lastFrame
        self.problems = problems
    }

    /// Reads a capture file, and with a key log what its sessions say.
    ///
    /// - Throws: `CaptureError` or `KeyLogError` if one of the files is of no use at all.
    public init(path: String, keysPath: String? = nil) throws {
        try self.init(path: path, keys: try keysPath.map { (log: try KeyLog(path: $0), path: $0) })
    }

    /// Reads a capture file, with keys that were read before, and where those were.
    ///
    /// - Throws: `CaptureError` if the file is of no use at all.
    public init(path: String, keys: (log: KeyLog, path: String)?) throws {
        let file = try CaptureFile(path: path)
        let decoder = PacketDecoder(keys: keys?.log, searches: 1_000)
        var builder = RecordingBuilder()
        var problems: [String] = []
        do {
            while let datagram = try file.next(), builder.hasRoom() { builder.add(decoder.decode(datagram)) }
        } catch {
            problems.append("\(error)")
        }
        problems += builder.summary.problems(of: path, keys: keys)
        self = builder.finish(problems: problems)
    }

    /// Takes apart what was decoded elsewhere, in the order of the capture.
    public init(_ packets: some Sequence<DecodedPacket>) {
        var builder = RecordingBuilder()
        for packet in packets {
            guard builder.hasRoom() else { break }
            builder.add(packet)
        }
        self = builder.finish(problems: [])
    }
}
