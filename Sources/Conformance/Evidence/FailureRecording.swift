import Capture
import Foundation
import Links
import RTMFP

/// What a failed case left behind, read again.
struct FailureRecording: Sendable {
    let particulars: FailureParticulars
    let links: [SocketAddress]
    let entries: [Tape.Entry]

    /// Reads the capture at `path`, and what is beside it; nil if no case left it behind.
    ///
    /// The keys may be gone: the case makes them again.
    ///
    /// - Throws: `CaptureError` if it cannot be read to its end, `FailureReplay.Incomplete` if what is said about the case
    ///   cannot be read, or something else is in the capture, or beside it, than what was left there.
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
        guard particulars.isWhole ?? true else {
            throw FailureReplay.Incomplete(
                description: "\(path) cannot be replayed: so much passed in its case that the end is not there"
            )
        }
        // Nothing may trap on a number in a file.
        let offset = Interval(nanoseconds: 0 &- particulars.clockOffsetNanoseconds)
        let digests = particulars.digests
        _ = try Companion.keys.contents(beside: path, digest: digests[Companion.keys.rawValue])
        let lines = try FailureRecording.lines(beside: path, digest: digests[Companion.events.rawValue])
        var line = lines.startIndex
        var entries: [Tape.Entry] = []
        var octets = 0
        func take(_ event: Tape.Event, at instant: Instant) {
            octets += event.octets
            entries.append(Tape.Entry(at: instant, event: event))
        }
        /// Takes what came before a packet; gives the link that this is said to belong to.
        func takeLines(before frame: Int) -> Int? {
            var link: Int?
            while line < lines.endIndex, lines[line].frame <= frame {
                if let entry = lines[line].entry { take(entry.event, at: entry.at) }
                if lines[line].what == .link { link = lines[line].link }
                line += 1
            }
            return link
        }
        var streams = particulars.tracker.flatMap { SocketAddress(text: $0.address) }.map { StreamReading($0) }
        var packets = PacketDigest()
        let file = try CaptureFile(path: path)
        while let packet = try file.nextPacket() {
            packets.add(packet)
            switch packet {
            case .datagram(let datagram):
                let told = takeLines(before: datagram.frame - 1)
                let receiver = shown.firstIndex(of: datagram.destination)
                guard let link = told ?? receiver ?? shown.firstIndex(of: datagram.source) else { continue }
                let passage = Tape.Passage(
                    link: link,
                    isSent: receiver == nil,
                    bytes: datagram.payload,
                    far: receiver == nil ? datagram.destination : datagram.source
                )
                take(.passage(passage), at: datagram.time + offset)
            case .segment(let segment):
                _ = takeLines(before: segment.frame - 1)
                do {
                    for (stream, dealing) in try streams?.take(segment) ?? [] {
                        take(.dealt(stream: stream, dealing), at: segment.time + offset)
                    }
                } catch {
                    throw FailureReplay.Incomplete(
                        description: "\(path) has a connection that is not whole, as of frame \(segment.frame)"
                    )
                }
            }
            guard entries.count <= Tape.mostEntries, octets <= Tape.mostOctets else {
                throw FailureReplay.Incomplete(description: "\(path) holds more than a case leaves behind")
            }
        }
        guard streams?.isComplete ?? true else {
            throw FailureReplay.Incomplete(description: "\(path) has a connection that is not whole at its end")
        }
        guard packets.hexadecimal == particulars.packets else {
            throw FailureReplay.Incomplete(
                description: "\(path) does not hold the packets that were left there: some were changed, or are missing"
            )
        }
        _ = takeLines(before: .max)
        self.entries = entries
    }

    /// What is no packet, from beside the capture at `path`.
    private static func lines(beside path: String, digest: String?) throws(FailureReplay.Incomplete) -> [TapeLine] {
        let events = Companion.events
        let place = events.path(beside: path)
        guard let contents = try events.contents(beside: path, digest: digest) else {
            guard digest == nil else {
                throw FailureReplay.Incomplete(description: "\(place), which was left beside \(path), is missing")
            }
            return []
        }
        // Every entry of a tape is one line at most.
        let lines = contents.split(separator: UInt8(ascii: "\n"), maxSplits: Tape.mostEntries)
        let decoder = JSONDecoder()
        guard lines.count <= Tape.mostEntries,
            let decoded = try? lines.map({ try decoder.decode(TapeLine.self, from: $0) })
        else { throw FailureReplay.Incomplete(description: "\(place) holds something else than events of a case") }
        return decoded
    }
}
