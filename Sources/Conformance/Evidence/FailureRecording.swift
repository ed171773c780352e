import Capture
import Foundation
import Links
import RTMFP

/// What a failed case left behind, read again.
struct FailureRecording: Sendable {
    let particulars: FailureParticulars
    let links: [SocketAddress]
    let entries: [Tape.Entry]

    /// The longest file beside a capture that is read.
    private static let longest = 1 << 28

    private static func beside(_ path: String) -> String { "\(path).events.jsonl" }

    /// Writes what is no datagram beside the capture at `path`.
    ///
    /// - Throws: what Foundation says.
    static func write(_ lines: [TapeLine], beside path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data()
        for line in lines { text += try encoder.encode(line) + [UInt8(ascii: "\n")] }
        try text.write(to: URL(fileURLWithPath: beside(path)))
    }

    /// Reads the capture at `path`, and what is beside it; nil if no case left it behind.
    ///
    /// - Throws: `CaptureError` if it cannot be read to its end, `FailureReplay.Incomplete` if what was left beside it is
    ///   not there.
    init?(path: String) throws {
        guard let comment = SectionComment.read(path: path),
            let particulars = try? JSONDecoder().decode(FailureParticulars.self, from: Data(comment.utf8))
        else { return nil }
        self.particulars = particulars
        let links = particulars.links.compactMap(SocketAddress.init(text:))
        self.links = links
        // Nothing may trap on a number in a file.
        let offset = Interval(nanoseconds: 0 &- particulars.clockOffsetNanoseconds)
        guard let lines = FailureRecording.lines(beside: path), lines.count == particulars.lines else {
            throw FailureReplay.Incomplete(
                description: "\(FailureRecording.beside(path)), which was left beside \(path), is missing or not whole"
            )
        }
        var line = lines.startIndex
        var entries: [Tape.Entry] = []
        let file = try CaptureFile(path: path)
        var frame = 0
        /// Takes what came before a datagram; gives the link that this is said to belong to.
        func takeLines(before frame: Int) -> Int? {
            var link: Int?
            while line < lines.endIndex, lines[line].frame <= frame {
                if let entry = lines[line].entry { entries.append(entry) }
                if lines[line].what == .link { link = lines[line].link }
                line += 1
            }
            return link
        }
        while let datagram = try file.next() {
            let told = takeLines(before: frame)
            frame += 1
            guard frame <= Tape.mostEntries else {
                throw FailureReplay.Incomplete(description: "\(path) holds more than a case leaves behind")
            }
            let receiver = links.firstIndex(of: datagram.destination)
            guard let link = told ?? receiver ?? links.firstIndex(of: datagram.source) else { continue }
            let passage = Tape.Passage(
                link: link,
                isSent: receiver == nil,
                bytes: datagram.payload,
                far: receiver == nil ? datagram.destination : datagram.source
            )
            entries.append(Tape.Entry(at: datagram.time + offset, event: .passage(passage)))
        }
        _ = takeLines(before: .max)
        self.entries = entries
    }

    /// What is beside a capture; nil if there is something else.
    private static func lines(beside path: String) -> [TapeLine]? {
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: beside(path))) else { return [] }
        guard let data = try? file.read(upToCount: longest) else { return nil }
        return try? data.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(TapeLine.self, from: Data(line))
        }
    }
}
