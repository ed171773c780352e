import Capture
import Foundation
import Links
import RTMFP

/// What a failed case left behind, read again.
struct FailureRecording: Sendable {
    let particulars: FailureParticulars
    let links: [SocketAddress]
    let entries: [Tape.Entry]

    /// The longest file beside a capture that is read, and the longest line of it, in octets.
    private static let longest = 1 << 26
    private static let longestLine = 1 << 22

    /// Where what is no datagram is.
    static func events(beside path: String) -> String { "\(path).events.jsonl" }

    /// Writes what is no datagram beside the capture at `path`.
    ///
    /// - Throws: what Foundation says.
    static func write(_ lines: [TapeLine], beside path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data()
        for line in lines { text += try encoder.encode(line) + [UInt8(ascii: "\n")] }
        try text.write(to: URL(fileURLWithPath: events(beside: path)))
    }

    /// Reads the capture at `path`, and what is beside it; nil if no case left it behind.
    ///
    /// - Throws: `CaptureError` if it cannot be read to its end, `FailureReplay.Incomplete` if what is said about the case
    ///   cannot be read, or what was left beside the capture is not there.
    init?(path: String) throws {
        guard let comment = SectionComment.read(path: path) else { return nil }
        do {
            guard let particulars = try FailureParticulars(comment: comment) else { return nil }
            self.particulars = particulars
        } catch {
            throw FailureReplay.Incomplete(description: "\(path) \(error.reason)")
        }
        let links = particulars.links.compactMap(SocketAddress.init(text:))
        self.links = links
        let shown = particulars.shownLinks?.compactMap(SocketAddress.init(text:)) ?? links
        guard links.count == particulars.links.count, shown.count == links.count else {
            throw FailureReplay.Incomplete(description: "\(path) was left behind with an address that is none")
        }
        guard particulars.isInTime else {
            throw FailureReplay.Incomplete(description: "\(path) was left behind with waits that no case has")
        }
        // Nothing may trap on a number in a file.
        let offset = Interval(nanoseconds: 0 &- particulars.clockOffsetNanoseconds)
        guard let lines = FailureRecording.lines(beside: path, count: particulars.lines) else {
            throw FailureReplay.Incomplete(
                description:
                    "\(FailureRecording.events(beside: path)), which was left beside \(path), is missing or not whole"
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
            let receiver = shown.firstIndex(of: datagram.destination)
            guard let link = told ?? receiver ?? shown.firstIndex(of: datagram.source) else { continue }
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

    /// The `count` lines that are beside a capture; nil if there is something else.
    private static func lines(beside path: String, count: Int) -> [TapeLine]? {
        let path = events(beside: path)
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        )
        guard let attributes else { return count == 0 ? [] : nil }
        // Every entry of a tape is one line at most.
        guard count <= Tape.mostEntries, attributes[.type] as? FileAttributeType == .typeRegular,
            attributes[.size] as? Int ?? .max <= longest,
            let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        else { return nil }
        var reader = LineReader(file, longestLine: longestLine)
        let decoder = JSONDecoder()
        var lines: [TapeLine] = []
        do {
            while let line = try reader.next() {
                guard lines.count < count else { return nil }
                lines.append(try decoder.decode(TapeLine.self, from: line))
            }
        } catch {
            return nil
        }
        return lines.count == count ? lines : nil
    }
}
