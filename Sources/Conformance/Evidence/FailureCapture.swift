import Capture
import Foundation
import Links
import RTMFP

/// The capture that a failed case leaves behind: its datagrams and connections, the keys, a comment on the packet at fault,
/// and all that it takes to run the case again over what was recorded.
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
        let content = ShownTape(tape, links: shown, offset: offset)
        let lines = content.lines
        var particulars = FailureParticulars(result, run, ground, tape, clockOffset: offset)
        if shown != tape.links { particulars.shownLinks = shown.map(\.description) }
        particulars.packets = PacketDigest(of: content.packets.lazy.map(\.packet)).hexadecimal
        try writeCompanions(lines, beside: path)
        for companion in Companion.allCases {
            particulars.digests[companion.rawValue] = try companion.digest(beside: path)
        }
        guard let comment = try particulars.comment() else {
            throw CaptureWriteError(path: path, reason: "what repeats the case is too long for a comment on a capture")
        }
        let writer = try CaptureWriter(path: path, comment: comment)
        let guilt = Guilt(tape, result)
        for packet in content.packets {
            let isGuilty = packet.place != nil && packet.place == guilt.place
            try writer.write(packet.packet, comment: isGuilty ? guilt.comment : nil)
        }
        try writer.close()
    }

    /// Writes the keys and what is no packet, each if there is any.
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
}
