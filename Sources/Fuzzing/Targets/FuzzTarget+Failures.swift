import Arenas
import Capture
import Conformance
import Foundation
import RTMFP

/// What a failed case leaves behind, in which anybody may have written since. The datagrams open under no key: those have
/// targets of their own. Whoever changes the lines tells their digest as well.
extension FuzzTarget {
    static let failures: [FuzzTarget] = [
        FuzzTarget(
            "failure",
            "the comment on a failure's capture, then the lines of the file beside it",
            maximumLength: 1 << 15,
            seeds: FailureSeeds.all
        ) { octets in
            let end = octets.firstIndex(of: UInt8(ascii: "\n")) ?? octets.endIndex
            let lines = Array(octets[end...].dropFirst())
            let comment = String(decoding: octets[..<end], as: UTF8.self)
                .replacing(FailureSeeds.digest, with: SHA256.hash(lines).hexadecimal, maxReplacements: 1)
            try withFile([], "failure") { path in
                let writer = try CaptureWriter(path: path, comment: comment)
                for datagram in FailureSeeds.datagrams { try writer.write(datagram) }
                try writer.close()
                let events = "\(path).events.jsonl"
                try Data(lines).write(to: URL(filePath: events))
                defer { try? FileManager.default.removeItem(atPath: events) }
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
}
