import Capture
import Fixtures
import Foundation
import RTMFP
import Testing

/// Transcripts are followed step by step: a step that is another one is noticed.
@Suite struct TranscriptTests {
    static let files = VectorTests.files.filter { ["transcript", "swarm-transcript"].contains($0.kind) }
    static let vectors = files.flatMap { file in file.vectors.filter { $0.result == .valid }.map { (file.path, $0.id) }
    }

    @Test func thereAreEnough() {
        #expect(Self.files.flatMap(\.vectors).count { $0.result == .valid } >= 45)
        #expect(Self.files.flatMap(\.vectors).count { $0.result != .valid } >= 25)
    }

    /// Every datagram, every request and everything that an end or a peer says.
    @Test(arguments: vectors)
    func everyStepCounts(_ path: String, _ id: String) throws {
        let (file, vector) = try Self.find(path, id)
        let steps = try #require(vector.input["steps"]?.elements)
        // Of each some steps are enough.
        let stride = max(1, steps.count / 4)
        for number in Swift.stride(from: 0, to: steps.count, by: stride) {
            guard let spoilt = steps[number].spoilt else { continue }
            var changed = steps
            changed[number] = spoilt
            let failed = try Self.fails(file, vector, vector.input.setting("steps", .array(changed)))
            #expect(failed, "step \(number)")
        }
    }

    /// Every private key.
    @Test(arguments: vectors)
    func everySecretCounts(_ path: String, _ id: String) throws {
        let (file, vector) = try Self.find(path, id)
        guard let sessions = vector.input["sessions"]?.elements, !sessions.isEmpty else { return }
        for (number, session) in sessions.enumerated() {
            for name in ["initiatorPrivateKey", "responderPrivateKey"] {
                var changed = sessions
                changed[number] = session.setting(
                    name,
                    .string("8000000000000000000000000000000000000000000000000000000000000001")
                )
                #expect(
                    try Self.fails(file, vector, vector.input.setting("sessions", .array(changed))),
                    "\(number) \(name)"
                )
            }
        }
    }

    /// What was cut from a capture is in it, from and to the same addresses.
    @Test(arguments: vectors.filter { $0.0 == "rtmfp/transcript.json" })
    func whatWasCutFromACaptureIsInIt(_ path: String, _ id: String) throws {
        let (_, vector) = try Self.find(path, id)
        let detail = try #require(vector.provenance["detail"]?.text)
        let name = try #require(detail.split(separator: ",").first.map(String.init))
        let folder = VectorTests.folder.deletingLastPathComponent()
        let capture = try CaptureFile(path: folder.appending(path: name).path)
        var datagrams: Set<[String]> = []
        while let datagram = try capture.next() {
            let octets = datagram.payload.map { String(format: "%02x", $0) }.joined()
            datagrams.insert([datagram.source.description, datagram.destination.description, octets])
        }
        for step in try #require(vector.input["steps"]?.elements) {
            let said = ["source", "destination", "datagram"].compactMap { step[$0]?.text }
            #expect(datagrams.contains(said))
        }
    }

    private static func find(_ path: String, _ id: String) throws -> (VectorFile, Vector) {
        let file = try #require(files.first { $0.path == path })
        return (file, try #require(file.vectors.first { $0.id == id }))
    }

    /// Whether a vector fails, or is refused, with another input.
    private static func fails(_ file: VectorFile, _ vector: Vector, _ input: JSONValue) throws -> Bool {
        try file.fails(vector.id, with: ["input": input])
    }
}

extension JSONValue {
    /// A step with something else in it; nil of one of which nothing follows by itself, as of most that reach a peer.
    fileprivate var spoilt: JSONValue? {
        for name in ["datagram", "message"] {
            guard let text = self[name]?.text, self["act"] == nil, self["in"] == nil else { continue }
            let place = text.index(text.startIndex, offsetBy: text.count / 2)
            let other = text[place] == "0" ? "1" : "0"
            return setting(name, .string(text.replacingCharacters(in: place...place, with: other)))
        }
        if self["out"] != nil, case .integer(let at)? = self["at"] { return setting("at", .integer(at + 1)) }
        return nil
    }
}
