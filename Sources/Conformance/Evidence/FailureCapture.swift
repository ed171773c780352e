import Capture
import Foundation
import Links
import RTMFP

/// The capture that a failed case leaves behind: its datagrams, their keys, a comment on the one at fault, and all that it
/// takes to run the case again over what was recorded.
struct FailureCapture {
    let tape: Tape
    let run: CaseRun
    let ground: Ground

    /// Writes `FOLDER/ID.pcapng`, with dots for the slashes of the id, and its companions. What an earlier run left there
    /// goes, and so does what could not be completed.
    ///
    /// - Returns: where the capture is.
    /// - Throws: `CaptureWriteError`, or what Foundation says of a companion.
    func write(_ result: CaseResult, to folder: String) throws -> String {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(result.id.replacing("/", with: ".")).pcapng"
        Companion.removeAll(beside: path)
        do {
            try write(result, at: path)
        } catch {
            unlink(path)
            Companion.removeAll(beside: path)
            throw error
        }
        return path
    }

    private func write(_ result: CaseResult, at path: String) throws {
        // A simulated network has a time of its own, in which nothing is older than the epoch.
        let wall = Int64(Date().timeIntervalSince1970 * 1e9)
        let offset = Interval(nanoseconds: wall - tape.clock.now.nanoseconds)
        let shown = self.shown()
        let (frames, lines) = taken(shown)
        var particulars = FailureParticulars(result, run, ground, tape, clockOffset: offset)
        if shown != tape.links { particulars.shownLinks = shown.map(\.description) }
        try writeCompanions(lines, beside: path)
        for companion in Companion.allCases {
            particulars.digests[companion.rawValue] = try companion.digest(beside: path)
        }
        guard let comment = try particulars.comment() else {
            throw CaptureWriteError(path: path, reason: "what repeats the case is too long for a comment on a capture")
        }
        let writer = try CaptureWriter(path: path, comment: comment)
        let guilt = Guilt(tape, result)
        for (place, at, passage) in frames {
            let near = shown[passage.link]
            let datagram = CapturedDatagram(
                frame: writer.packets + 1,
                time: at + offset,
                source: passage.isSent ? near : passage.far,
                destination: passage.isSent ? passage.far : near,
                payload: passage.bytes
            )
            try writer.write(datagram, comment: place == guilt.place ? guilt.comment : nil)
        }
        try writer.close()
    }

    /// Writes the keys and what is no datagram, each if there is any.
    private func writeCompanions(_ lines: [TapeLine], beside path: String) throws {
        if !tape.directions.isEmpty {
            let keys = try KeyLogWriter(path: Companion.keys.path(beside: path))
            for direction in tape.directions { try keys.write(direction) }
            try keys.close()
        }
        guard !lines.isEmpty else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data()
        for line in lines { text += try encoder.encode(line) + [UInt8(ascii: "\n")] }
        try text.write(to: URL(fileURLWithPath: Companion.events.path(beside: path)))
    }

    /// The links' addresses as others see them: a link that is bound to every interface is shown at the one from which the
    /// target is reached.
    private func shown() -> [SocketAddress] {
        func isBoundToAll(_ address: SocketAddress) -> Bool {
            address.ip == SocketAddress.unspecified(address.family).ip
        }
        let far = ground.target.address
        guard tape.links.contains(where: { isBoundToAll($0) && $0.family == far.family }),
            let link = try? ground.network.makeLink(.only(far))
        else { return tape.links }
        defer { link.close() }
        let home = link.localAddress
        return tape.links.map {
            isBoundToAll($0) && $0.family == far.family ? SocketAddress(home.ip, port: $0.port) : $0
        }
    }

    /// The datagrams with their places on the tape, and what is no datagram.
    private func taken(_ shown: [SocketAddress]) -> (
        frames: [(place: Int, at: Instant, Tape.Passage)], lines: [TapeLine]
    ) {
        var frames: [(place: Int, at: Instant, Tape.Passage)] = []
        var lines: [TapeLine] = []
        for (place, entry) in tape.entries.enumerated() {
            switch entry.event {
            case .passage(let passage) where passage.isSent && shown.contains(passage.far):
                lines.append(TapeLine(.sent, frame: frames.count, at: entry.at, link: passage.link))
            case .passage(let passage):
                if tape.links.firstIndex(of: tape.links[passage.link]) != passage.link {
                    lines.append(TapeLine(.link, frame: frames.count, at: entry.at, link: passage.link))
                }
                frames.append((place, entry.at, passage))
            case .woke, .asked, .waited, .called, .ended:
                if let line = TapeLine(entry, frame: frames.count) { lines.append(line) }
            }
        }
        return (frames, lines)
    }
}
