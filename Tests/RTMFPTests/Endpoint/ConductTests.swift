import RTMFP
import Testing

/// Every rule is asked about where it matters, and what the conduct says is what happens.
@Suite("Conduct")
struct ConductTests {
    /// Takes some rules for kept, always; or, with nil, for the opposite of what they are.
    struct Wrong: Conduct {
        var rules: Set<Rule>
        var answer: Bool?

        func judges(_ rule: Rule, holds: Bool) -> Bool { rules.contains(rule) ? answer ?? !holds : holds }
    }

    /// A fault: rules taken for their opposites, and a scene in which it shows.
    struct Fault: CustomTestStringConvertible, Sendable {
        var rules: Set<Rule>
        var answer: Bool?
        var shows: @Sendable (any Conduct) throws -> Bool

        /// Rules that are turned round.
        init(_ rules: Rule..., shows: @escaping @Sendable (any Conduct) throws -> Bool) {
            self.rules = Set(rules)
            self.shows = shows
        }

        /// Rules that are taken for kept.
        init(forgiving rules: Rule..., shows: @escaping @Sendable (any Conduct) throws -> Bool) {
            self.rules = Set(rules)
            self.shows = shows
            answer = true
        }

        var testDescription: String { rules.map(\.rawValue).sorted().joined(separator: ", ") }
    }

    private static let scenes =
        PacketScenes.packets + PacketScenes.fragments + StartupScenes.startup + SessionScenes.sessions
        + FlowScenes.receiving + FlowScenes.sending

    @Test("a rule turned round shows, and does not otherwise", arguments: scenes)
    func fault(fault: Fault) throws {
        #expect(try !fault.shows(Correct()))
        #expect(try fault.shows(Wrong(rules: fault.rules, answer: fault.answer)))
    }

    @Test("there is a scene for every rule")
    func complete() {
        let shown = Self.scenes.flatMap(\.rules)
        #expect(Set(Rule.allCases).subtracting(shown).isEmpty)
    }

    @Test("a conduct may hold a packet back, say something of its own, and keep other times")
    func otherFaces() throws {
        struct Strange: Conduct {
            func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
                var packet = packet
                if packet.packet.chunks.first?.responderHello != nil { packet.delay = .milliseconds(300) }
                return [packet]
            }

            func answers(_ packet: IncomingPacket) -> [OutgoingPacket] {
                guard packet.packet.chunks.first?.initiatorHello != nil else { return [] }
                let redirect = Redirect(tagEcho: [], redirectDestinations: [])
                return [
                    OutgoingPacket(Packet(PacketHeader(.startup), [.responderRedirect(redirect)]), to: packet.source)
                ]
            }

            func interval(_ timer: TimerName, _ correct: Interval) -> Interval {
                timer == .closeRequestRepeat ? .seconds(2) : correct
            }

            func sessionID(_ correct: UInt32) -> UInt32 { 7 }
        }
        let server = try Parties.endpoint(2, conduct: Strange()) { $0.logsKeys = true }
        let pair = Pair(client: try Parties.endpoint(1), server: server)
        let start = pair.pump.now
        pair.open()
        pair.pump.run(.seconds(1))
        let said = pair.pump.sent.filter { $0.source == Parties.server }
        #expect(Startup.read(said[0].datagram.bytes)?.chunks.first?.redirect != nil)
        #expect(Startup.read(said[1].datagram.bytes)?.chunks.first?.responderHello != nil)
        #expect(said[1].arrival - start == .milliseconds(320))
        let events = pair.serverEvents()
        #expect(events.keyLog?.nearSessionID == 7)

        let before = pair.pump.sent.count
        pair.pump.route = { _ in [] }
        pair.server.close(try #require(events.openedHandle), at: pair.pump.now)
        pair.pump.run(.seconds(9))
        #expect(pair.pump.sent.count - before == 5)
    }
}
