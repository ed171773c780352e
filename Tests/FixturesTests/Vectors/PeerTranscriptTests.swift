import Fixtures
import Foundation
import Testing

/// Transcripts of whole peers are followed to the octet, and what they have from captures is there.
@Suite struct PeerTranscriptTests {
    static let files = VectorTests.files.filter { $0.path == "hlsp2p/peer-transcript.generated.json" }
    /// Those of which every word is from a capture.
    static let captured = VectorTests.files.filter { $0.path == "hlsp2p/peer-transcript.json" }.flatMap(\.vectors)
    static let vectors = files.flatMap(\.vectors)
    static let valid = vectors.filter { $0.result == .valid }.map(\.id)

    /// What a capture shows is not what an invalid test says in its place.
    @Test func onlyWhatIsInACaptureIsSaidToBe() {
        let changed = Self.vectors.filter { $0.id.hasPrefix("peer-transcript.join.connect.") }
        #expect(changed.count == 6)
        #expect(changed.allSatisfy { $0.provenance == .object(["confirmation": "played"]) })
    }

    @Test func thereAreEnough() {
        #expect(Self.valid.count >= 19)
        #expect(Self.vectors.count { $0.result == .invalid } >= 21)
    }

    /// Every member of every step that is about a session or a flow; of most transcripts some steps are enough.
    @Test(arguments: valid)
    func everyMemberCounts(_ id: String) throws {
        let steps = try steps(of: id)
        for (number, step) in steps.enumerated() where step["end"] != nil && Self.looks(at: number, of: id) {
            for name in ["end", "discriminator", "flow", "metadata", "association", "code", "message"] {
                // The number of a flow that begins is but a name, and why the far end rejects one is of no interest.
                guard let value = step[name], name != "flow" || step["metadata"] == nil,
                    name != "code" || step["out"] != nil
                else { continue }
                var changed = steps
                changed[number] = step.setting(name, value.another(name))
                #expect(try fails(id, changed), "step \(number): \(name)")
            }
        }
    }

    /// What the peer does is done then, in this order, and nothing else is.
    @Test(arguments: valid)
    func everythingThatThePeerDoesCounts(_ id: String) throws {
        let steps = try steps(of: id)
        let vector = try #require(Self.vectors.first { $0.id == id })
        let outcomes = try #require(vector.expected?["steps"]?.elements)
        for number in steps.indices where steps[number]["out"] != nil && Self.looks(at: number, of: id) {
            guard case .integer(let at)? = steps[number]["at"] else { continue }
            var changed = steps
            changed[number] = steps[number].setting("at", .integer(at + 1))
            #expect(try fails(id, changed), "step \(number): later")
            changed = steps
            changed.remove(at: number)
            var left = outcomes
            left.remove(at: number)
            #expect(try fails(id, changed, left), "step \(number): missing")
            if let before = steps.indices.first(where: { $0 == number - 1 && steps[$0]["out"] != nil }),
                steps[before]["at"] == steps[number]["at"]
            {
                changed = steps
                changed.swapAt(before, number)
                left = outcomes
                left.swapAt(before, number)
                #expect(try fails(id, changed, left), "step \(number): earlier")
            }
        }
    }

    /// An invalid transcript in which the twin's message stands is not refused, so that it fails.
    @Test(arguments: vectors.filter { $0.result == .invalid }.map(\.id))
    func whatIsChangedIsWhatIsRefused(_ id: String) throws {
        let vector = try #require(Self.vectors.first { $0.id == id })
        let twin = try #require(Self.vectors.first { $0.id == vector.twin })
        let file = try #require(Self.files.first)
        #expect(try file.fails(id, with: ["input": twin.input]))
        for other in VectorErrorClass.allCases.filter({ $0 != vector.error }).prefix(2) {
            #expect(try file.fails(id, with: ["error": .string(other.rawValue)]), "\(other)")
        }
    }

    /// Transcripts that make no sense are refused, and do no harm.
    @Test(arguments: [
        #"[{"in": "message", "end": "bob", "flow": 3, "message": "14"}]"#,
        #"[{"in": "message", "end": "bob", "flow": 9007199254740991, "message": "14"}]"#,
        #"[{"in": "message", "end": "bob", "flow": -1, "message": "", "metadata": "5443", "association": null}]"#,
        #"[{"in": "message", "end": "rendezvous", "flow": 0, "message": "", "metadata": "", "association": null}]"#,
        #"[{"in": "opened", "end": "nobody"}]"#, #"[{"in": "opened"}]"#, #"[{"out": "open", "end": "bob"}]"#,
        #"[{"in": "finish", "end": "rendezvous", "flow": 0}]"#,
        #"[{"in": "opened", "end": "bob"}, {"in": "reject", "end": "bob", "flow": 0, "code": 0}]"#,
        #"[{"in": "opened", "end": "bob"}, {"in": "opened", "end": "bob"}, {"in": "close", "end": "bob"}]"#,
        #"[{"in": "response", "request": 77, "status": 200, "text": ""}]"#,
        #"[{"in": "ready", "peer": "0000000000000000000000000000000000000000000000000000000000000000"}]"#,
    ])
    func nonsenseIsRefused(_ nonsense: String) throws {
        let steps = try #require(try JSONValue(parsing: Array(nonsense.utf8)).elements)
        let none = try JSONValue(
            parsing: Array(#"{"section": "x", "stream": null, "publisher": null, "streamID": null, "says": null}"#.utf8)
        )
        #expect(try fails("peer-transcript.join", steps.map { $0.setting("at", .integer(0)) }, steps.map { _ in none }))
    }

    /// What is said to occur in a capture of others occurs there, as the independent decoder has it, but for names and IDs.
    @Test(arguments: [
        ("join", "rendezvous", "cumulus-hls-p2p", 2), ("join.cumulus", "rendezvous", "cumulus-hls-p2p", 2),
        ("join.cumulus", "bob", "cumulus-hls-p2p", 8), ("join.librtmfp", "bob", "cumulus-librtmfp-p2p", 8),
    ])
    func whatComesFromACaptureIsInIt(_ name: String, _ end: String, _ capture: String, _ count: Int) throws {
        let id = "peer-transcript.\(name)"
        let vector = try #require(Self.vectors.first { $0.id == id })
        #expect(vector.provenance["detail"]?.text?.contains("captures/\(capture).pcap") ?? false)
        let folder = VectorTests.folder.deletingLastPathComponent().appending(path: "captures")
        let text = try String(contentsOf: folder.appending(path: "\(capture).messages.jsonl"), encoding: .utf8)
        let said = try Set(
            text.split(separator: "\n").compactMap { line -> String? in
                let message = try JSONValue(parsing: Array(line.utf8))
                return message["data"]?.text.map(Self.anonymous)
            }
        )
        let own = try steps(of: id).filter { $0["in"]?.text == "message" && $0["end"]?.text == end }
            .compactMap { $0["message"]?.text }.filter { !$0.contains(Self.hexadecimal("cmdMsg")) }
        // Whoever speaks like librtmfp plays by the peer protocol all the same.
        let compared = own.filter { name != "join.librtmfp" || !$0.contains(Self.play) }
        #expect(compared.count == count)
        for message in compared { #expect(said.contains(Self.anonymous(message)), "\(message)") }
    }

    /// Peers of others: every message, with how its flow begins, stands in the capture so.
    @Test(arguments: captured.map(\.id))
    func whatWasCutFromACaptureIsInIt(_ id: String) throws {
        let vector = try #require(Self.captured.first { $0.id == id })
        let detail = try #require(vector.provenance["detail"]?.text)
        let name = try #require(detail.split(separator: ",").first?.dropLast(5))
        let messages = VectorTests.folder.deletingLastPathComponent().appending(path: "\(name).messages.jsonl")
        let said = try String(contentsOf: messages, encoding: .utf8).split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }
        let steps = try #require(vector.input["steps"]?.elements)
        for step in steps {
            guard let message = step["message"] else { continue }
            let found = said.filter { $0["data"] == message }
            let metadata = step["metadata"]
            #expect(found.contains { metadata == nil || $0["metadata"] == metadata })
        }
        #expect(steps.count { $0["message"] != nil } > 10)
    }

    private func steps(of id: String) throws -> [JSONValue] {
        try #require(Self.vectors.first { $0.id == id }?.input["steps"]?.elements)
    }

    private func fails(_ id: String, _ steps: [JSONValue], _ outcomes: [JSONValue]? = nil) throws -> Bool {
        let file = try #require(Self.files.first)
        let vector = try #require(Self.vectors.first { $0.id == id })
        var members = ["input": vector.input.setting("steps", .array(steps))]
        if let outcomes { members["expected"] = vector.expected?.setting("steps", .array(outcomes)) }
        return try file.fails(id, with: members)
    }

    /// A message without the names of streams and what follows from their lengths, and without stream IDs.
    private static func anonymous(_ message: String) -> String {
        var message = message
        // StreamBegin.
        if message.hasPrefix("04000000000000") { return String(message.prefix(14)) }
        for beginning in ["Playing and resetting", "Started playing"].map(hexadecimal) {
            guard let text = message.range(of: beginning) else { continue }
            // Two octets of length, the text up to the end of the last word.
            let start = message.index(text.lowerBound, offsetBy: -4)
            let length = Int(message[start..<text.lowerBound], radix: 16) ?? 0
            let end = message.index(text.lowerBound, offsetBy: 2 * length)
            message.replaceSubrange(start..<end, with: beginning)
        }
        // The ID that `play` names.
        return message.contains(play) ? String(message.dropLast(128)) : message
    }

    /// The name of the command.
    private static let play = "020004" + hexadecimal("play")

    private static func looks(at step: Int, of id: String) -> Bool {
        id == "peer-transcript.join" || step.isMultiple(of: 13)
    }

    private static func hexadecimal(_ text: String) -> String {
        text.utf8.map { String(format: "%02x", $0) }.joined()
    }
}

extension JSONValue {
    /// Something else of the same kind; a message that is cut off, so that no reader takes it for the same.
    fileprivate func another(_ name: String) -> JSONValue {
        switch self {
        case .null: .integer(0)
        case .integer(let value): .integer(value + 1)
        case .string("bob"): .string("rendezvous")
        case .string("rendezvous"): .string("bob")
        case .string(let text) where name == "message": .string(String(text.dropLast(2)))
        case .string(let text): .string(text.dropLast() + (text.hasSuffix("1") ? "2" : "1"))
        default: .null
        }
    }
}
