import Foundation
import RTMFP

/// A frame to be written.
struct TestFrame {
    var octets: [UInt8]
    var nanoseconds: Int64 = 0
    /// The length on the wire; nil for that of `octets`.
    var originalLength: Int?
}

/// Writes the file formats octet by octet, so that reading is not tested against its own mirror image.
enum PcapWriter {
    static let ethernet: UInt32 = 1

    /// A classic pcap file; its numbers in the other byte order than this machine's if `swapped`.
    static func pcap(
        _ frames: [TestFrame],
        linkType: UInt32 = ethernet,
        nanoseconds: Bool = false,
        swapped: Bool = false
    ) -> [UInt8] {
        var writer = Numbers(swapped: swapped)
        writer.add(nanoseconds ? 0xa1b2_3c4d : 0xa1b2_c3d4 as UInt32)
        writer.add(2 as UInt16)
        writer.add(4 as UInt16)
        writer.add(0 as UInt64)
        writer.add(262_144 as UInt32)
        writer.add(linkType)
        for frame in frames {
            writer.add(UInt32(frame.nanoseconds / 1_000_000_000))
            writer.add(UInt32(frame.nanoseconds % 1_000_000_000 / (nanoseconds ? 1 : 1000)))
            writer.add(UInt32(frame.octets.count))
            writer.add(UInt32(frame.originalLength ?? frame.octets.count))
            writer.bytes += frame.octets
        }
        return writer.bytes
    }

    /// A pcapng file with an interface for each link type, frames in nanoseconds on the interface given.
    static func pcapng(_ frames: [(interface: Int, TestFrame)], linkTypes: [UInt32] = [ethernet]) -> [UInt8] {
        var writer = Numbers(swapped: false)
        writer.block(0x0a0d_0d0a) {
            $0.add(0x1a2b_3c4d as UInt32)
            $0.add(1 as UInt16)
            $0.add(0 as UInt16)
            $0.add(UInt64.max)
        }
        for linkType in linkTypes {
            writer.block(1) {
                $0.add(UInt16(linkType))
                $0.add(0 as UInt16)
                $0.add(262_144 as UInt32)
                // if_tsresol: 10^-9 s.
                $0.add(9 as UInt16)
                $0.add(1 as UInt16)
                $0.bytes += [9, 0, 0, 0]
                $0.add(0 as UInt32)
            }
        }
        for (interface, frame) in frames {
            writer.block(6) {
                $0.add(UInt32(interface))
                $0.add(UInt32(frame.nanoseconds >> 32))
                $0.add(UInt32(truncatingIfNeeded: frame.nanoseconds))
                $0.add(UInt32(frame.octets.count))
                $0.add(UInt32(frame.originalLength ?? frame.octets.count))
                $0.bytes += frame.octets
                $0.bytes += [UInt8](repeating: 0, count: -frame.octets.count & 3)
            }
        }
        return writer.bytes
    }
}

/// Numbers in the byte order of this machine, or the other one.
private struct Numbers {
    var swapped: Bool
    var bytes: [UInt8] = []

    mutating func add(_ number: some FixedWidthInteger) {
        let octets = (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        bytes += swapped ? octets.reversed() : octets
    }

    mutating func block(_ type: UInt32, _ body: (inout Numbers) -> Void) {
        var contents = Numbers(swapped: swapped)
        body(&contents)
        let length = UInt32(contents.bytes.count + 12)
        add(type)
        add(length)
        bytes += contents.bytes
        add(length)
    }
}

/// A file that is gone when the test is over.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], name: String = "capture.pcap") throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent(name).path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ text: String, name: String) throws {
        try self.init(Array(text.utf8), name: name)
    }

    deinit {
        try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }
}
