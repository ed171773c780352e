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

    /// Writes `FOLDER/ID.pcapng`, with dots for the slashes of the id, and beside it the keys, and what is no datagram.
    ///
    /// - Returns: where the capture is.
    /// What an earlier run left there goes.
    ///
    /// - Throws: `CaptureWriteError`, or what Foundation says of the file beside it.
    func write(_ result: CaseResult, to folder: String) throws -> String {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(result.id.replacing("/", with: ".")).pcapng"
        // A simulated network has a time of its own, in which nothing is older than the epoch.
        let wall = Int64(Date().timeIntervalSince1970 * 1e9)
        let offset = Interval(nanoseconds: wall - tape.clock.now.nanoseconds)
        let shown = self.shown()
        let (frames, lines) = taken(shown)
        var particulars = FailureParticulars(result, run, ground, tape, clockOffset: offset)
        if shown != tape.links { particulars.shownLinks = shown.map(\.description) }
        particulars.lines = lines.count
        guard let comment = try particulars.comment() else {
            throw CaptureWriteError(path: path, reason: "what repeats the case is too long for a comment on a capture")
        }
        for beside in [FailureCapture.keys(beside: path), FailureRecording.events(beside: path)] { unlink(beside) }
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
        if !tape.directions.isEmpty {
            let keys = try KeyLogWriter(path: FailureCapture.keys(beside: path))
            for direction in tape.directions { try keys.write(direction) }
            try keys.close()
        }
        if !lines.isEmpty { try FailureRecording.write(lines, beside: path) }
        return path
    }

    private static func keys(beside path: String) -> String { "\(path).keys.jsonl" }

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
