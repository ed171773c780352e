import Fixtures
import Foundation
import Testing

/// Transcripts of servers demand what the specification settles, and nothing else.
@Suite struct ServerTranscriptTests {
    static let files = VectorTests.files.filter { $0.kind == "server-transcript" }
    static let vectors = files.flatMap { file in file.vectors.map { (file: file, vector: $0) } }
    static let valid = vectors.filter { $0.vector.result == .valid }.map(\.vector.id)
    static let invalid = vectors.filter { $0.vector.result == .invalid }.map(\.vector.id)

    @Test func thereAreEnough() {
        #expect(Self.valid.count >= 35)
        #expect(Self.invalid.count >= 71)
        let errors = Set(Self.vectors.compactMap(\.vector.error))
        #expect(errors == [.missing, .order, .value, .mismatch, .truncated])
    }

    /// What a demand needs is needed; of most transcripts some demands are enough.
    @Test(arguments: valid)
    func whatIsDemandedMustBeThere(_ id: String) throws {
        let steps = try steps(of: id)
        let vector = try #require(Self.vectors.first { $0.vector.id == id }?.vector)
        let demands = try #require(vector.input["demands"]?.elements)
        let met = try #require(vector.expected?["demands"]?.elements)
        let step = id.hasSuffix(".connect") || id.hasSuffix(".introduced") ? 1 : 4
        for index in stride(from: 0, to: demands.count, by: step) where demands[index]["least"] == .integer(1) {
            let numbers = try #require(met[index].elements)
            var changed = steps
            for case .integer(let number) in numbers {
                // Nothing that a demand is about, nor that is against a rule.
                changed[number] = Self.innocuous(steps[number])
            }
            #expect(try !accepts(id, changed), "\(demands[index])")
        }
    }

    /// Whatever else the server says may be otherwise, or be missing.
    @Test(arguments: valid)
    func whatIsNotDemandedMayBeMissing(_ id: String) throws {
        let vector = try #require(Self.vectors.first { $0.vector.id == id }?.vector)
        let demanded = try #require(vector.expected?["demands"]?.elements).flatMap { $0.elements ?? [] }
        let steps = try steps(of: id)
        for (number, step) in steps.enumerated().prefix(20)
        where step["out"]?.text == "message" && step["metadata"] == nil && !demanded.contains(.integer(number)) {
            var changed = steps
            changed[number] = Self.innocuous(step)
            #expect(try accepts(id, changed), "step \(number)")
        }
    }

    /// Numbers of streams are the server's: with 2 instead of 1, whoever says it, all demands are kept, and this package's
    /// server, which gives 1, keeps them as well.
    @Test(arguments: valid.filter { $0.contains("stream") && !$0.hasSuffix(".unknown") })
    func aStreamHasTheNumberThatItWasGiven(_ id: String) throws {
        let (file, vector) = try #require(Self.vectors.first { $0.vector.id == id })
        let expected = try #require(vector.expected)
        let steps = JSONValue.array(try steps(of: id))
        let input = vector.input.setting("steps", Self.renumbered(steps))
        let other = expected.setting("steps", Self.renumbered(try #require(expected["steps"])))
        #expect(input != vector.input)
        #expect(try !file.fails(id, with: ["input": input, "expected": other]))
        // One client's number alone is not enough.
        let last = try #require(steps.elements?.lastIndex { $0["metadata"]?.text == "54430401" && $0["out"] != nil })
        var mixed = try #require(Self.renumbered(steps).elements)
        mixed[last] = try #require(steps.elements?[last])
        #expect(try !accepts(id, mixed))
    }

    /// What is said or means stream 1 says or means stream 2.
    private static func renumbered(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(renumbered))
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, member in
                        let isNumber = ["streamID", "number"].contains(name) && member == .integer(1)
                        let isList = name == "parameters" && member == .array([1])
                        return (name, isNumber ? .integer(2) : isList ? .array([2]) : renumbered(member))
                    }
                )
            )
        case .string("54430401"): "54430402"
        case .string("0400000000000000000001"): "0400000000000000000002"
        case .string(let text) where text.hasSuffix("0500" + "3ff0000000000000"):
            .string("\(text.dropLast(16))4000000000000000")
        default: value
        }
    }

    /// What a server has not done is told in words.
    @Test func whatIsNotDoneIsToldInWords() throws {
        let id = "server-transcript.rendezvous.connect"
        let (file, vector) = try #require(Self.vectors.first { $0.vector.id == id })
        let demand = try #require(vector.input["demands"]?.elements?.first)
        let demands = JSONValue.array([demand.setting("least", .integer(2)).setting("most", .null)])
        let reason = try file.failure(id, with: ["input": vector.input.setting("demands", demands)])
        let words = #"""
            missing: found 1, but after step 0 RFC 7425 §5.3.1 demands towards alice, at least 2 times, \#
            {"act": "opened"}
            """#
        #expect(try #require(reason).contains(words), "\(reason ?? "")")
    }

    /// An error without a transaction ID answers nobody, a result without one is wrong.
    @Test(arguments: [("_error", true), ("_result", false)])
    func anErrorWithoutTransactionIDIsNobodysAnswer(_ name: String, _ isAccepted: Bool) throws {
        let id = "server-transcript.rendezvous.connect"
        var steps = try steps(of: id)
        let advice = try #require(steps.firstIndex { $0["message"]?.text?.hasPrefix("04000000000029") ?? false })
        let head: [UInt8] = [20, 0, 0, 0, 0, 2, 0, UInt8(name.utf8.count)]
        let command = head + name.utf8 + [0] + [UInt8](repeating: 0, count: 8) + [5]
        let text = command.map { String(format: "%02x", $0) }.joined()
        steps[advice] = steps[advice].setting("message", .string(text))
        #expect(try accepts(id, steps) == isAccepted)
    }

    /// What a demand says is looked at.
    @Test(arguments: valid)
    func everyDemandCounts(_ id: String) throws {
        let vector = try #require(Self.vectors.first { $0.vector.id == id }?.vector)
        let demands = try #require(vector.input["demands"]?.elements)
        let met = try #require(vector.expected?["demands"]?.elements)
        for (number, demand) in demands.enumerated() where met[number] != .array([]) {
            let last = JSONValue.integer(try steps(of: id).count - 1)
            for (name, value) in [("least", JSONValue.integer(9)), ("after", last)] {
                var changed = demands
                changed[number] = demand.setting(name, value)
                #expect(try fails(id, ["demands": .array(changed)]), "demand \(number): \(name)")
            }
            for part in ["is", "with"] {
                guard case .object(let members)? = demand[part] else { continue }
                for name in members.keys {
                    var changed = demands
                    changed[number] = demand.setting(part, .object(members.merging([name: "something else"]) { $1 }))
                    #expect(try fails(id, ["demands": .array(changed)]), "demand \(number): \(part)/\(name)")
                }
            }
        }
    }

    /// An invalid transcript in which the twin's step stands is not refused, so that it fails; so does another class.
    @Test(arguments: invalid)
    func whatIsChangedIsWhatIsRefused(_ id: String) throws {
        let (file, vector) = try #require(Self.vectors.first { $0.vector.id == id })
        let twin = try #require(file.vectors.first { $0.id == vector.twin })
        #expect(try file.fails(id, with: ["input": twin.input]))
        for other in VectorErrorClass.allCases.filter({ $0 != vector.error }).prefix(2) {
            #expect(try file.fails(id, with: ["error": .string(other.rawValue)]), "\(other)")
        }
    }

    /// A server that does something wrong is found out, by the transcripts that are about that, and at least by those.
    @Test(arguments: [
        ("nobody-redirected", "introduced"), ("redirect-without-observed-address", "introduced"),
        ("nothing-forwarded", "introduced"), ("fihello-discriminator-rebuilt", "introduced.odd"),
        ("fihello-tag-of-16-octets", "introduced.odd"),
        ("fihello-with-other-reply-address", "introduced"), ("forwards-once", "introduced.again"),
        ("gone-peers-redirected", "closed.session"), ("peer-info-ignored", "introduced"),
        ("ipv6-peer-info-ignored", "introduced.addresses"), ("one-bad-address-spoils-all", "introduced.addresses"),
        ("peer-info-accumulates", "introduced.replaced"), ("connect-result-without-success", "connect"),
        ("return-flow-for-stream-1", "connect"), ("early-command-crashes", "early"),
        ("second-connect-crashes", "twice"),
        ("truncated-command-crashes", "malformed"), ("unknown-method-ends-connection", "unknown"),
        ("any-format-understood", "ignored"), ("stream-id-0", "stream"),
        ("unknown-streams-accepted", "stream.unknown"),
        ("publish-without-status", "stream"), ("play-without-status", "stream"),
        ("play-without-stream-begin", "stream"),
        ("stream-flows-unassociated", "stream"), ("relays-nothing", "stream"), ("video-changed", "stream"),
    ])
    func aSaboteurIsFoundOut(_ name: String, _ transcript: String) throws {
        let saboteur = try #require(Saboteur.all.first { $0.name == name })
        let id = "server-transcript.rendezvous.\(transcript)"
        let vector = try #require(Self.vectors.first { $0.vector.id == id }?.vector)
        #expect(try SabotagedTranscript.betrays(saboteur, vector))
    }

    /// Servers of others: every message, with how its flow begins, stands in the capture so; so do introductions.
    @Test(arguments: valid.filter { $0.contains(".capture.") })
    func whatWasCutFromACaptureIsInIt(_ id: String) throws {
        let vector = try #require(Self.vectors.first { $0.vector.id == id }?.vector)
        #expect(vector.provenance["confirmation"] == "capture")
        let detail = try #require(vector.provenance["detail"]?.text)
        let name = try #require(detail.split(separator: ",").first?.dropLast(5))
        let folder = VectorTests.folder.deletingLastPathComponent()
        func lines(_ kind: String) throws -> [Substring] {
            try String(contentsOf: folder.appending(path: "\(name).\(kind).jsonl"), encoding: .utf8)
                .split(separator: "\n")
        }
        let messages = try lines("messages").map { try JSONValue(parsing: Array($0.utf8)) }
        let packets = try lines("expected").joined()
        let steps = try steps(of: id)
        for step in steps {
            if let message = step["message"] {
                let metadata = step["metadata"]
                let found = messages.filter { $0["data"] == message }
                #expect(found.contains { metadata == nil || $0["metadata"] == metadata })
            } else if let octets = (step["payload"] ?? step["discriminator"])?.text {
                #expect(packets.contains(octets))
            }
        }
        #expect(steps.count { $0["out"]?.text == "message" } >= 2)
    }

    /// Transcripts that make no sense are refused, and do no harm.
    @Test(arguments: [
        #"[{"in": "message", "end": "alice", "flow": 3, "message": "14"}]"#,
        #"[{"in": "message", "end": "alice", "flow": 9007199254740991, "message": "14"}]"#,
        #"[{"in": "open", "end": "nobody", "discriminator": ""}]"#, #"[{"in": "opened", "end": "alice"}]"#,
        #"[{"out": "open", "end": "alice", "discriminator": ""}]"#, #"[{"out": "opened", "end": "alice"}]"#,
        #"[{"in": "seek", "end": "alice", "payload": ""}, {"out": "redirect", "end": "alice", "payload": "00"}]"#,
        #"[{"out": "response", "end": "alice", "request": 0, "status": 200, "fields": [], "body": "[]"}]"#,
        #"[{"in": "request", "end": "alice", "request": 0, "method": "", "target": "", "fields": [[]], "body": ""}]"#,
        #"[{"in": "silent", "end": "alice"}, {"out": "close", "end": "alice"}]"#,
    ])
    func nonsenseIsRefused(_ nonsense: String) throws {
        let steps = try #require(try JSONValue(parsing: Array(nonsense.utf8)).elements)
        #expect(
            try fails(
                "server-transcript.rendezvous.connect",
                ["steps": .array(steps.map { $0.setting("at", .integer(0)) })]
            )
        )
    }

    private func steps(of id: String) throws -> [JSONValue] {
        try #require(Self.vectors.first { $0.vector.id == id }?.vector.input["steps"]?.elements)
    }

    private func fails(_ id: String, _ members: [String: JSONValue]) throws -> Bool {
        let (file, vector) = try #require(Self.vectors.first { $0.vector.id == id })
        return try file.fails(id, with: ["input": members.reduce(vector.input) { $0.setting($1.key, $1.value) }])
    }

    /// Whether a transcript with other steps keeps to all demands.
    private func accepts(_ id: String, _ steps: [JSONValue]) throws -> Bool {
        let (file, vector) = try #require(Self.vectors.first { $0.vector.id == id })
        let input = vector.input.setting("steps", .array(steps))
        let edited = try #require(steps.firstIndex { $0["out"] != nil })
        // As an invalid one it would have to be refused; it is accepted, which is what fails.
        return try file.fails(
            id,
            with: [
                "input": input, "result": "invalid", "twin": .string(id),
                "edit": .object(["field": .string("/steps/\(edited)/out"), "old": "x", "new": "y"]),
            ]
        )
    }

    /// A step that means nothing which anybody has asked for, in the place of another.
    private static func innocuous(_ step: JSONValue) -> JSONValue {
        switch step["out"]?.text {
        // A user control event that nobody knows.
        case "message": step.setting("message", "04000000000063")
        case "reject", "finish", "close", "redirect", "forward", "response", "opened":
            .object(["at": step["at"] ?? .null, "end": step["end"] ?? .null, "in": "seek", "payload": "00"])
        default: step
        }
    }
}
