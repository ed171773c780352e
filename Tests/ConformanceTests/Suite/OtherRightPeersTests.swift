import Arenas
import Flash
import HLSP2P
import Testing

@testable import Conformance
@testable import Fixtures

/// What is only inferred of the original (peer-protocol §3.7) fails nobody: there are other right ways to say the same.
struct OtherRightPeersTests {
    /// Type 18 instead of 15, an AMF0 object instead of an AMF3 one, doubles instead of integers, members in another
    /// order and more of them.
    private static let otherForms = PeerSaboteur("other-forms") { fault in
        fault.lower.sendMessage = { message, _ in
            guard var data = try? DataMessage(decoding: message), data.handler == Envelope.handler,
                case .avmplus(.object(let object))? = data.arguments.first
            else { return [message] }
            let members = (object.sealed + (object.dynamic ?? [])).reversed().map { member in
                let value: AMF3Value =
                    if case .integer(let number) = member.value { .double(Double(number)) } else { member.value }
                return AMFMember(member.name, AMF0Value.avmplus(value))
            }
            data.form = .plain
            data.arguments = [.object([AMFMember("version", .string("1.0"))] + members)]
            return [data.message()]
        }
    }

    /// Playlists with half of the pieces only: receivers rely on the last one.
    private static let fewerPlaylists = PeerSaboteur("fewer-playlists") { fault in
        let memory = fault.lower.memory
        fault.send = { envelope, _ in
            guard envelope["idxData"] != nil else { return [envelope] }
            memory["playlists"] += 1
            return [memory["playlists"] % 2 == 0 ? envelope.with("idxData", .null) : envelope]
        }
    }

    @Test("A peer that says everything in another right form fails nothing", arguments: Suite.peer)
    func conforms(_ subject: Case) {
        for variant in [Self.otherForms, Self.fewerPlaylists] {
            let result = Checker(arena: SimulatedPeers(saboteur: variant), survey: .assumed).runBlocking(subject)
            #expect(!result.verdict.isRed || subject.level == .observed, "\(variant.name): \(FailureBlock(result))")
            #expect(result.verdict != .blocked, "\(variant.name): \(FailureBlock(result))")
        }
    }

    @Test("Who says type 18 is seen, and not failed")
    func isSeen() throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/envelope/type-15" })
        let result = Checker(arena: SimulatedPeers(saboteur: Self.otherForms), survey: .assumed).runBlocking(subject)
        #expect(subject.level == .observed)
        #expect(result.verdict.isRed)
        #expect(result.isAcceptable)
    }
}
