import ArgumentParser
import Capture
import Conformance
import Fixtures
import Foundation

extension VectorsCommand {
    /// `hlsp2p-check vectors add`: exit status 0 if the test was added, 64 for a wrong command line, 65 for bad data, 73 if the
    /// file cannot be written.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a test to a file of vectors: a packet of a capture, or octets that a fuzzer found.",
            discussion: """
                The kind is that of the file, which has at least one valid test: the new one takes sections and requirements \
                of the first of them. Its outcome is what this program's own codec makes of it, and its confirmation 'unconfirmed': look at it, have it \
                confirmed, and say how. Nothing is written that 'vectors lint' would refuse: an ID that is none, that \
                another file of the same folders has, or that retired.txt holds.

                    vectors add vectors/rtmfp/packet.json --id packet-x --frame 7 --keys FILE.keys.jsonl FILE.pcap
                    vectors add vectors/flash/message.json --id message-x crash-0123
                """
        )

        @Argument(help: ArgumentHelp("The file of vectors.", valueName: "vectors"))
        var vectors: String

        @Argument(
            help: ArgumentHelp("A capture, with --frame; or a file whose octets are the input.", valueName: "file")
        )
        var source: String

        @Option(help: "The ID of the new test.")
        var id: String

        @Option(help: "What the test is about.")
        var comment: String?

        @Option(
            help: ArgumentHelp("The frame of the capture whose packet is the input, decrypted.", valueName: "number")
        )
        var frame: Int?

        @Option(help: ArgumentHelp("The keys of the capture's sessions.", valueName: "file"))
        var keys: String?

        func validate() throws {
            guard keys == nil || frame != nil else { throw ValidationError("--keys needs --frame.") }
        }

        func run() throws {
            let files = try VectorsCommand.files(at: vectors)
            guard let file = files.first, files.count == 1 else {
                throw fail(.badData, "\(vectors) is more than one file")
            }
            let name = URL(filePath: source).lastPathComponent
            let addition: VectorAddition
            if let frame {
                addition = VectorAddition(
                    try packet(frame),
                    id: id,
                    comment: comment ?? "frame \(frame) of \(name)",
                    provenance: ["confirmation": "unconfirmed", "detail": .string("\(name), frame \(frame)")]
                )
            } else {
                addition = VectorAddition(
                    try octets(),
                    id: id,
                    comment: comment ?? "found by a fuzzer: \(name)",
                    provenance: ["confirmation": "unconfirmed", "detail": "found by a fuzzer"]
                )
            }
            do {
                let text = try addition.text(of: file)
                try check(try VectorFile(path: file.path, text: text), instead: file)
                try VectorsCommand.write(text, to: file.path)
            } catch let error as VectorFormatError {
                throw fail(.badData, "\(error)")
            }
            try VectorsCommand.output("\(id) is in \(file.path)")
        }

        /// Refuses what `vectors lint` would find, and has not found before.
        private func check(_ file: VectorFile, instead old: VectorFile) throws {
            let folder = VectorFolder(of: file.path)
            func findings(_ file: VectorFile) -> [VectorFormatError] {
                VectorLint.findings(in: [file])
                    + VectorLint.releaseFindings(
                        in: [file],
                        requirements: Set(Requirements.all.map(\.id)),
                        sections: Set(Requirements.all.map(\.citation)),
                        retired: folder.retired
                    )
            }
            let known = Set(findings(old).map(\.description))
            if let finding = findings(file).first(where: { !known.contains($0.description) }) { throw finding }
            if let owner = folder.neighbours.first(where: { $0.vectors.contains { $0.id == id } }) {
                throw VectorFormatError(id, "is already used in \(owner.path)")
            }
        }

        private func octets() throws -> [UInt8] {
            let path = URL(filePath: source).resolvingSymlinksInPath().path
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular,
                attributes?[.size] as? Int ?? .max <= 1 << 16,
                let data = FileManager.default.contents(atPath: path), data.count <= 1 << 16
            else {
                throw fail(.badData, "\(source) is not a readable file of at most 65536 octets")
            }
            return Array(data)
        }

        private func packet(_ frame: Int) throws -> [UInt8] {
            do {
                let decoder = PacketDecoder(keys: try keys.map { try KeyLog(path: $0) })
                let capture = try CaptureFile(path: source)
                while let datagram = try capture.next() {
                    let packet = decoder.decode(datagram)
                    guard datagram.frame == frame else { continue }
                    guard let contents = packet.contents else {
                        throw fail(.badData, "no key opens frame \(frame) of \(source)")
                    }
                    return contents.plain
                }
            } catch let error as ExitCode {
                throw error
            } catch {
                throw fail(.badData, "\(error)")
            }
            throw fail(.badData, "\(source) has no datagram in frame \(frame)")
        }
    }
}
