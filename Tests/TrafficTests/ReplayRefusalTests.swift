import RTMFP
import Testing
import Traffic

@testable import Fixtures

@Suite("Refusals of flows in a live replay")
struct ReplayRefusalTests {
    private static func first() throws -> RecordedDialogue {
        try #require(try DialoguePlayerTests.dialogues("cumulus-hls-p2p").first)
    }

    private static func difference(_ dialogue: RecordedDialogue, _ saboteur: Saboteur) throws -> ReplayDifference? {
        let outcome = try DialoguePlayerTests.play([dialogue], saboteur: saboteur).outcomes.first
        guard case .differs(let difference) = outcome else {
            Issue.record("\(String(describing: outcome))")
            return nil
        }
        return difference
    }

    /// A target that refuses every flow.
    private static let refusing = Saboteur("refusing") { fault in
        fault.rewritesDataReceived { data, _ in
            data.makeUnacceptable()
            return true
        }
    }

    /// A target whose flows cannot be taken: they are in return to a flow that was never there.
    private static let astray = Saboteur("astray") { fault in
        fault.rewritesDataSent { data, _ in
            data.options = data.options?.map { option in
                option.type == FlowOption.returnAssociation ? .value(type: FlowOption.returnAssociation, [77]) : option
            }
            return true
        }
    }

    /// A target whose flows can no longer be taken after the first message.
    private static let spoilt = Saboteur("spoilt") { fault in
        fault.rewritesDataSent { data, _ in
            if data.sequenceNumber > 1 { data.makeUnacceptable() }
            return true
        }
    }

    @Test("A flow that the recorded responder took is refused: that is the first difference, and the answer is named")
    func targetRefuses() throws {
        let dialogue = try Self.first()
        let difference = try #require(try Self.difference(dialogue, Self.refusing))
        #expect(difference.frame == dialogue.moments.first { !dialogue.flows[$0.flow].isSent }?.frame)
        #expect(difference.expected.hasPrefix("command _result 1.0 null {code:\"NetConnection.Connect.Success\""))
        #expect(difference.actual == "the target refuses flow 2 of the recording, exception 0")
    }

    @Test("What was said before the refusal is told as well")
    func saidBefore() throws {
        let dialogue = try #require(try DialoguePlayerTests.dialogues("cumulus-librtmfp-p2p").first)
        let outcome = try DialoguePlayerTests.play([dialogue]).outcomes.first
        guard case .differs(let difference) = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(difference.frame == 6)
        #expect(difference.actual.hasPrefix("command _error 0.0 null"))
        #expect(
            difference.actual.hasSuffix(" came instead, and the target refuses flow 2 of the recording, exception 0")
        )
    }

    @Test("A refusal where the recording has no answer either is a difference")
    func unanswered() throws {
        var dialogue = try Self.first()
        let said = try #require(dialogue.moments.first)
        dialogue.moments = [said]
        let difference = try #require(try Self.difference(dialogue, Self.refusing))
        #expect(difference.frame == said.frame)
        #expect(difference.expected == "that flow is taken")
    }

    @Test(
        "The refusal that was recorded is none, and nothing more is said on that flow",
        arguments: [0, 5] as [UInt64]
    )
    func recorded(_ code: UInt64) throws {
        var dialogue = try Self.first()
        let flows = dialogue.flows
        dialogue.moments.removeAll { $0.step != .close && !flows[$0.flow].isSent }
        for index in dialogue.flows.indices {
            dialogue.flows[index].refusal = RecordedDialogue.Refusal(code: code, frame: 7)
        }
        guard code == 0 else {
            let difference = try #require(try Self.difference(dialogue, Self.refusing))
            #expect(difference.frame == 7)
            #expect(difference.expected == "that flow is refused, exception 5")
            return
        }
        let (outcomes, _, seconds) = try DialoguePlayerTests.play([dialogue], saboteur: Self.refusing)
        #expect(outcomes == [.same(answers: 0)])
        #expect(seconds < 5)
    }

    @Test("A flow of the target's that cannot be taken is a difference, unless the recorded initiator refused it, too")
    func cannotBeTaken() throws {
        var dialogue = try Self.first()
        let difference = try #require(try Self.difference(dialogue, Self.astray))
        #expect(difference.expected.hasPrefix("command _result 1.0"))
        #expect(difference.actual.hasPrefix("a flow that cannot be taken: it has no metadata"))
        // The reference in turn refuses what it cannot answer.
        for index in dialogue.flows.indices {
            dialogue.flows[index].refusal = RecordedDialogue.Refusal(code: 0, frame: 7)
        }
        let (outcomes, _, seconds) = try DialoguePlayerTests.play([dialogue], saboteur: Self.astray)
        #expect(outcomes == [.same(answers: 0)])
        #expect(seconds < 5)
    }

    @Test("A flow of the target's that can no longer be taken is a difference")
    func canNoLongerBeTaken() throws {
        let difference = try #require(try Self.difference(try Self.first(), Self.spoilt))
        #expect(difference.actual.hasPrefix("a flow that cannot be taken: it needs more room"))
    }

    @Test(
        "A flow of the target's that was not recorded, and cannot be taken, is told or not",
        arguments: UnexpectedPolicy.allCases
    )
    func unrecorded(_ policy: UnexpectedPolicy) throws {
        var dialogue = try Self.first()
        let flows = dialogue.flows
        dialogue.moments.removeAll { $0.step != .close && !flows[$0.flow].isSent }
        for index in dialogue.flows.indices {
            if flows[index].isSent {
                dialogue.flows[index].refusal = RecordedDialogue.Refusal(code: 0, frame: 7)
            } else {
                dialogue.flows[index].metadata = [1]
            }
        }
        let (outcomes, lines, _) = try DialoguePlayerTests.play([dialogue], saboteur: Self.astray) {
            $0.unexpected = policy
        }
        let told = lines.contains { $0.isUnexpected && $0.text.hasPrefix("a flow that cannot be taken") }
        #expect(told == (policy == .report))
        #expect((outcomes == [.same(answers: 0)]) == (policy != .stop))
    }

    @Test("A flow whose answers are yet to begin stays open, though the recording has its end before them")
    func earlyEnd() throws {
        var dialogue = try Self.first()
        let flows = dialogue.flows
        let said = try #require(dialogue.moments.first)
        let answer = try #require(dialogue.moments.first { !flows[$0.flow].isSent })
        #expect(flows[answer.flow].association == said.flow)
        var end = said
        end.step = .end
        dialogue.moments = [said, end, answer]
        #expect(try DialoguePlayerTests.play([dialogue]) { $0.unexpected = .ignore }.outcomes == [.same(answers: 1)])
    }

    @Test("A capture shows who refused which flow")
    func captured() throws {
        let flows = try DialoguePlayerTests.dialogues("cumulus-librtmfp-p2p").flatMap(\.flows)
        let refused = flows.filter { $0.refusal != nil }
        #expect(refused.map(\.flowID) == [2, 3, 4])
        #expect(refused.compactMap(\.refusal?.frame) == [70, 119, 170])
        #expect(refused.allSatisfy { $0.refusal?.code == 0 })
        let echoed = try DialoguePlayerTests.dialogues("static-redirector").flatMap(\.flows)
        #expect(echoed.filter { $0.refusal != nil }.map(\.isSent) == [false, false])
    }
}
