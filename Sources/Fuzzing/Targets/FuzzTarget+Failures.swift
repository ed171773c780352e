import Arenas
import Capture
import Conformance
import Foundation
import RTMFP

/// What a failed case leaves behind, in which anybody may have written since. The datagrams open under no key: those have
/// targets of their own. Whoever changes the lines or the packets tells their digests as well.
extension FuzzTarget {
    static let failures: [FuzzTarget] = [
        FuzzTarget(
            "failure",
            "the comment on a failure's capture, what its connections carry, then the lines of the file beside it",
            maximumLength: 1 << 15,
            seeds: FailureSeeds.all
        ) { octets in
            try withFailure(octets) { path, comment in
                guard let replay = try FailureReplay(path: path) else {
                    try require(!comment.hasPrefix("hlsp2p-check failure "), "a failed case's comment is passed over")
                    return
                }
                let result = replay.run(command: "")
                let again = try FailureReplay(path: path)?.run(command: "")
                try require(result?.verdict == again?.verdict, "a case repeated twice comes to two verdicts")
                try require(result?.actual == again?.actual, "a case repeated twice finds two things")
            }
        }
    ]

    /// Writes a capture, and what is beside it, as an input tells.
    static func withFailure(_ octets: [UInt8], _ body: (_ path: String, _ comment: String) throws -> Void) throws {
        let end = octets.firstIndex(of: UInt8(ascii: "\n")) ?? octets.endIndex
        var rest = octets[end...].dropFirst()
        var connections: [ArraySlice<UInt8>] = []
        while FuzzedConnections.isMeant(by: rest) {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            connections.append(line)
            rest = rest.dropFirst(line.count + 1)
        }
        let lines = Array(rest)
        let packets =
            FailureSeeds.datagrams.map(CapturedPacket.datagram)
            + FuzzedConnections.segments(connections).map(CapturedPacket.segment)
        let comment = String(decoding: octets[..<end], as: UTF8.self)
            .replacing(FailureSeeds.digest, with: SHA256.hash(lines).hexadecimal, maxReplacements: 1)
            .replacing(FailureSeeds.packetDigest, with: PacketDigest(of: packets).hexadecimal, maxReplacements: 1)
        try withFile([], "failure") { path in
            let writer = try CaptureWriter(path: path, comment: comment)
            for packet in packets { try writer.write(packet) }
            try writer.close()
            let events = "\(path).events.jsonl"
            if !lines.isEmpty { try Data(lines).write(to: URL(filePath: events)) }
            defer { try? FileManager.default.removeItem(atPath: events) }
            try body(path, comment)
        }
    }
}
