import Fixtures
import Flash
import Foundation
import Links
import RTMFP
import Testing
import Traffic

@Suite("Replays to a live target")
struct DialoguePlayerTests {
    private static let captures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../captures").standardizedFileURL

    static func dialogues(_ name: String) throws -> [RecordedDialogue] {
        let path = captures.appendingPathComponent(name).path
        return try RecordedDialogues(path: "\(path).pcap", keysPath: "\(path).keys.jsonl").all
    }

    /// Plays sessions to the reference in virtual time.
    static func play(
        _ dialogues: [RecordedDialogue],
        saboteur: Saboteur? = nil,
        _ change: (inout DialoguePlayer.Options) -> Void = { _ in }
    ) throws -> (outcomes: [ReplayOutcome], lines: [ReplayLine], seconds: Double) {
        var options = DialoguePlayer.Options()
        change(&options)
        let network = try #require(SimulatedWorld.reference(seed: 5, saboteur: saboteur) as? SimulatedNetwork)
        let order = ReplayOrder(dialogues.map(\.frame))
        var outcomes: [ReplayOutcome] = []
        var lines: [ReplayLine] = []
        for (place, dialogue) in dialogues.enumerated() {
            let player = try DialoguePlayer(
                dialogue,
                to: SimulatedWorld.address,
                options: options,
                order: (order, place),
                random: SeededGenerator(seed: UInt64(place), name: "player"),
                tell: { lines.append($0) },
                end: { outcomes.append($0) }
            )
            try network.attach(player, at: SocketAddress(.v4(0x0a00_0100 + UInt32(place)), port: 40_000))
        }
        let clock = try network.makeLink()
        let start = clock.now
        while outcomes.count < dialogues.count, clock.now - start < .seconds(100) {
            _ = try clock.receive(within: .milliseconds(100))
        }
        return (outcomes, lines, (clock.now - start).seconds)
    }

    @Test("say what the initiator said, in its order, and find the answers the same")
    func same() throws {
        let all = try Self.dialogues("cumulus-hls-p2p")
        let first = try #require(all.first)
        let clients = all.filter { $0.responder == first.responder }
        #expect(clients.count == 2)
        let (outcomes, lines, _) = try Self.play(clients)
        #expect(outcomes == [.same(answers: 3), .same(answers: 3)])
        let said = lines.filter(\.isSent).map { String($0.text.prefix { !$0.isNumber && $0 != "{" }) }
        #expect(said.filter { $0 == "command connect " }.count == 2)
        #expect(said.filter { $0 == "command getParticipants " }.count == 2)
    }

    @Test("of one client alone miss what another did")
    func alone() throws {
        let second = try Self.dialogues("cumulus-hls-p2p")[1]
        let outcome = try #require(Self.play([second]).outcomes.first)
        guard case .differs(let difference) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(difference.frame == 21)
        #expect(difference.expected == "command _result 2.0 null [{farID:\"…\",protocol:\"rtmfp\"}]")
        #expect(difference.actual == "command _result 2.0 null []")
    }

    @Test("name the first message of a saboteur that means something else")
    func sabotaged() throws {
        let first = try Self.dialogues("cumulus-hls-p2p")[0]
        let outcome = try Self.play([first], saboteur: .named("connect-result-without-success")).outcomes.first
        guard case .differs(let difference) = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(difference.expected.contains("NetConnection.Connect.Success"))
        #expect(difference.actual == "command _result 1.0 null null")
    }

    @Test("do not wait for advice that a server need not give, but mind it if it comes", arguments: [true, false])
    func advice(_ isOther: Bool) throws {
        var dialogue = try Self.dialogues("cumulus-hls-p2p")[0]
        let place = try #require(dialogue.moments.firstIndex { $0.step.isUserControl })
        if isOther, case .message(var octets) = dialogue.moments[place].step {
            octets[octets.count - 1] ^= 1
            dialogue.moments[place].step = .message(octets)
        } else {
            // Recorded twice, and given once.
            dialogue.moments.insert(dialogue.moments[place], at: place + 1)
        }
        let outcomes = try Self.play([dialogue]).outcomes
        if isOther {
            guard case .differs(let difference) = try #require(outcomes.first) else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(difference.expected.hasPrefix("user control 41"))
        } else {
            #expect(outcomes == [.same(answers: 3)])
        }
    }

    @Test("take members that an implementation adds to an information object for no other meaning")
    func additions() throws {
        func result(_ members: [(String, AMF0Value)]) -> Meaning {
            let object = AMF0Value.object(members.map { AMFMember($0.0, $0.1) })
            let command = Command("_result", transactionID: 1, [object])
            return Meaning(command.message(timestamp: 0).encoded, metadata: FlowMetadata(streamID: 0).encoded)
        }
        let code = ("code", AMF0Value.string("NetConnection.Connect.Success"))
        let recorded = result([code, ("level", .string("status"))])
        #expect(result([("capsEx", .number(0)), code, ("level", .string("status"))]).says(recorded))
        #expect(!result([code]).says(recorded))
        #expect(!result([code, ("level", .string("error"))]).says(recorded))
        #expect(!result([("capsEx", .number(0))]).says(recorded))
    }

    @Test("keep their policy about messages that were not recorded to the end", arguments: UnexpectedPolicy.allCases)
    func unexpected(_ policy: UnexpectedPolicy) throws {
        var shortened = try Self.dialogues("cumulus-hls-p2p")[0]
        shortened.moments.removeAll { $0.step.isUserControl }
        let (outcomes, lines, _) = try Self.play([shortened]) { $0.unexpected = policy }
        let surprised = lines.contains { $0.isUnexpected }
        switch policy {
        case .ignore: #expect(!surprised)
        case .report: #expect(surprised)
        case .stop:
            guard case .differs(let difference) = outcomes.first else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(difference.frame == nil)
            #expect(difference.actual.hasPrefix("user control 41"))
        }
    }

    @Test("hear what answers a flow that the recording has no answer to, though that flow ends in it")
    func unanswered() throws {
        let path = Self.captures.appendingPathComponent("cumulus-hls-p2p").path
        let lines = try String(contentsOfFile: "\(path).keys.jsonl", encoding: .utf8).split(separator: "\n")
        let initiators = lines.filter { line in
            line.contains(#""dir":"tx","role":"initiator""#) || line.contains(#""dir":"rx","role":"responder""#)
        }
        let keys = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: keys) }
        try Data(initiators.joined(separator: "\n").utf8).write(to: keys)
        var dialogue = try #require(try RecordedDialogues(path: "\(path).pcap", keysPath: keys.path).all.first)
        #expect(!dialogue.flows.contains { !$0.isSent })
        let last = try #require(dialogue.moments.last)
        dialogue.moments += dialogue.flows.indices.map { flow in
            var end = last
            (end.step, end.flow) = (.end, flow)
            return end
        }
        let (outcomes, heard, _) = try Self.play([dialogue])
        #expect(outcomes == [.same(answers: 0)])
        #expect(heard.contains { $0.isUnexpected && $0.text.contains("NetConnection.Connect.Success") })
    }

    @Test("take as long as the recording says, with a speed")
    func speed() throws {
        let first = try Self.dialogues("cumulus-hls-p2p")[0]
        let recorded = try #require(first.moments.last).time.seconds
        let (_, _, quick) = try Self.play([first])
        let (_, _, slow) = try Self.play([first]) { $0.speed = 0.5 }
        #expect(quick < recorded)
        #expect(slow >= recorded * 2)
    }

    @Test("to nobody end in time")
    func nobody() throws {
        let first = try Self.dialogues("cumulus-hls-p2p")[0]
        let (outcomes, _, seconds) = try Self.play([first], saboteur: .named("ancillary-data-not-offered"))
        #expect(outcomes == [.notOpened("no session opened in time")])
        #expect(seconds < 6)
    }
}

extension RecordedDialogue.Step {
    /// Whether it is an RTMP message of type 4.
    fileprivate var isUserControl: Bool {
        if case .message(let octets) = self { octets.first == 4 } else { false }
    }
}
