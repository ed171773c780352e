import Capture
import Fixtures
import Foundation
import RTMFP

/// Files that anybody may have written.
extension FuzzTarget {
    static let files: [FuzzTarget] = [
        FuzzTarget("capture", "a pcap or pcapng file", seeds: Seeds.captures) { octets in
            try withFile(octets) { path in
                let file = try CaptureFile(path: path)
                let decoder = PacketDecoder(keys: KeyLog([]))
                var payload = 0
                while let datagram = try file.next() {
                    payload += datagram.payload.count
                    _ = decoder.decode(datagram)
                }
                // A fragment may be repeated, but not without being there.
                try require(payload <= 64 * octets.count, "\(payload) octets of payload in a file of \(octets.count)")
            }
        },
        FuzzTarget("key-log", "a key log") { octets in
            try withFile(octets) { path in
                let log = try KeyLog(path: path)
                try require(log.directions.count <= octets.count, "more sessions than octets")
            }
        },
        FuzzTarget("vectors", "a file of vectors", seeds: Seeds.vectorFiles) { octets in
            _ = try VectorVerification(of: VectorFile(path: "fuzz.json", text: octets))
        },
    ]

    /// A file with these octets, in memory where the system has such files.
    private static func withFile(_ octets: [UInt8], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let path = "\(folder)/hlsp2p-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        guard FileManager.default.createFile(atPath: path, contents: Data(octets)) else {
            throw Violation(description: "\(path) cannot be written")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }
}
