import Foundation

/// The comment about the whole of a pcapng file that `CaptureWriter` wrote.
public enum SectionComment {
    /// The longest comment that is looked for.
    private static let longest = 1 << 17

    /// Reads it; nil if the file has none, is no pcapng file in this byte order, or cannot be read.
    public static func read(path: String) -> String? {
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)),
            let data = try? file.read(upToCount: longest)
        else { return nil }
        let octets = [UInt8](data)
        guard octets.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]), octets.little(at: 8, 4) == 0x1a2b_3c4d,
            let length = octets.little(at: 4, 4)
        else { return nil }
        var offset = 24
        while offset + 4 <= min(length, octets.count), let code = octets.little(at: offset, 2),
            let count = octets.little(at: offset + 2, 2), code != 0, offset + 4 + count <= octets.count
        {
            if code == 1 { return String(decoding: octets[(offset + 4)..<(offset + 4 + count)], as: UTF8.self) }
            offset += 4 + ((count + 3) & ~3)
        }
        return nil
    }
}

extension [UInt8] {
    /// A number of so many octets, the least significant first.
    fileprivate func little(at offset: Int, _ octets: Int) -> Int? {
        guard offset + octets <= count else { return nil }
        return (0..<octets).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }
}
