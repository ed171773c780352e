import Capture
import Foundation
import RTMFP
import Synchronization

/// Files made so far: tests run side by side.
private let filesMade = Atomic(0)

/// Files that anybody may have written.
extension FuzzTarget {
    static let files: [FuzzTarget] = [
        FuzzTarget("capture", "a pcap or pcapng file", seeds: Seeds.captures) { octets in
            try withFile(octets) { path in
                let file = try CaptureFile(path: path)
                let decoder = PacketDecoder(keys: KeyLog([]))
                var payload = 0
                var datagrams: [CapturedDatagram] = []
                do {
                    while let datagram = try file.next() {
                        payload += datagram.payload.count
                        datagrams.append(datagram)
                        _ = decoder.decode(datagram)
                    }
                } catch {
                    // A file that breaks off holds what came before.
                }
                // A fragment may be repeated, but not without being there.
                try require(payload <= 64 * octets.count, "\(payload) octets of payload in a file of \(octets.count)")
                try requireWritten(datagrams)
            }
        },
        FuzzTarget("key-log", "a key log", seeds: Seeds.keyLogs) { octets in
            try withFile(octets) { path in
                let log = try KeyLog(path: path)
                try require(log.directions.count <= octets.count, "more sessions than octets")
                try withFile([], "again") { path in
                    let writer = try KeyLogWriter(path: path)
                    for direction in log.directions { try writer.write(direction) }
                    try writer.close()
                    let again = try Result { try KeyLog(path: path) }
                        .mapError { Violation(description: "what was written cannot be read: \($0)") }.get()
                    try require(again.directions == log.directions, "what was written is read as something else")
                }
            }
        },
    ]

    /// Throws unless datagrams that are written are read as the same.
    private static func requireWritten(_ datagrams: [CapturedDatagram]) throws {
        try withFile([], "again") { path in
            let writer = try CaptureWriter(path: path)
            for datagram in datagrams { try writer.write(datagram) }
            try writer.close()
            let file = try CaptureFile(path: path)
            for datagram in datagrams {
                guard let again = try file.next() else {
                    throw Violation(description: "a datagram that was written is not there")
                }
                let isSame =
                    again.payload == datagram.payload && again.source == datagram.source
                    && again.destination == datagram.destination && again.trafficClass == datagram.trafficClass
                try require(isSame, "a datagram that was written is read as another")
            }
        }
    }

    /// A file with these octets, in memory where the system has such files.
    static func withFile(
        _ octets: [UInt8],
        _ name: String = "file",
        _ body: (String) throws -> Void
    ) throws {
        let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let number = filesMade.wrappingAdd(1, ordering: .relaxed).newValue
        let path = "\(folder)/hlsp2p-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(number)-\(name)"
        guard FileManager.default.createFile(atPath: path, contents: Data(octets)) else {
            throw Violation(description: "\(path) cannot be written")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }
}
