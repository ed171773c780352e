import Arenas
import Capture
import Fixtures
import Foundation
import Links
import RTMFP
import Testing

@testable import Conformance

/// What a failed case leaves behind has the case come to the same verdict, for the same reason, without the target.
struct FailureReplayTests {
    /// A case, and who turns it red.
    struct Failure: Sendable, CustomStringConvertible {
        var subject: Case
        var saboteur: String
        var description: String { "\(subject.id) with \(saboteur)" }

        /// Every case of a suite, each with its first saboteur.
        static func all(_ cases: [Case]) -> [Failure] {
            cases.compactMap { subject in subject.saboteurs.first.map { Failure(subject: subject, saboteur: $0) } }
        }

        init(subject: Case, saboteur: String) {
            self.subject = subject
            self.saboteur = saboteur
        }

        init(_ id: String) throws {
            subject = try #require(Suite.all.first { $0.id == id })
            saboteur = try #require(subject.saboteurs.first)
        }

        /// Where the saboteur is met.
        var arena: any Arena {
            switch subject.role {
            case .client: SimulatedClients.reference(saboteur)
            case .peer: SimulatedPeers.reference(saboteur)
            case .tracker: SimulatedTrackers(kind: .reference(TrackerSaboteur.named(saboteur)))
            default: SimulatedServers.reference(saboteur)
            }
        }
    }

    /// A folder for captures.
    final class Bench {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        func run(_ subject: Case, in arena: any Arena, _ survey: Survey = .assumed) -> CaseResult {
            var options = Checker.Options()
            options.captures = folder.path
            return Checker(arena: arena, survey: survey, options: options).runBlocking(subject)
        }
    }

    func expectRepeats(_ subject: Case, in arena: any Arena, _ survey: Survey = .assumed) throws {
        let bench = Bench()
        let result = bench.run(subject, in: arena, survey)
        #expect(result.verdict.isRed)
        let capture = try #require(result.capture)
        let again = try #require(try FailureReplay(path: capture)?.run(command: ""))
        #expect(again.verdict == result.verdict, "\(FailureBlock(again))")
        #expect(again.expected == result.expected)
        #expect(again.actual == result.actual)
        #expect(again.transcript == result.transcript)
        #expect(again.note == result.note, "the case says the same, octet for octet")

        let octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let comment = Data("\(subject.id): expected \(result.expected ?? "")".utf8)
        guard let place = octets.range(of: comment) else {
            #expect(result.transcript.isEmpty, "no packet is at fault, since none has come")
            return
        }
        #expect(octets[place.upperBound...].range(of: comment) == nil, "one packet is at fault")
    }

    @Test("of a case about servers", arguments: Failure.all(Suite.rendezvous))
    func server(_ failure: Failure) throws {
        try expectRepeats(failure.subject, in: failure.arena)
    }

    @Test("of a case about clients", arguments: Failure.all(Suite.client))
    func client(_ failure: Failure) throws {
        try expectRepeats(failure.subject, in: failure.arena)
    }

    /// A third of the cases: each lives through half a minute or more of virtual time.
    private static let peers = Failure.all(Suite.peer).enumerated().filter { $0.offset.isMultiple(of: 3) }.map(
        \.element
    )

    @Test("of a case about peers", arguments: peers)
    func peer(_ failure: Failure) throws {
        try expectRepeats(failure.subject, in: failure.arena)
    }

    @Test("of a case about trackers", arguments: Failure.all(Suite.tracker))
    func tracker(_ failure: Failure) throws {
        try expectRepeats(failure.subject, in: failure.arena)
    }

    /// Who answers nothing, hangs up, refuses connections or talks nonsense, and cases that speak in different ways.
    private static let dealings = WorthlessTracker.allCases.flatMap { tracker in
        [
            "tracker/foundation/get-peers-answers", "tracker/concurrency/many-connections",
            "tracker/abuse/content-without-end", "tracker/registration/at-the-head", "tracker/http/pipelined",
        ].map { (tracker, $0) }
    }

    @Test("of a case about a tracker that is none", arguments: dealings)
    func worthless(_ tracker: WorthlessTracker, _ id: String) throws {
        let subject = try #require(Suite.tracker.first { $0.id == id })
        let arena = SimulatedTrackers(kind: .worthless(tracker))
        guard Bench().run(subject, in: arena).verdict.isRed else { return }
        try expectRepeats(subject, in: arena)
    }

    private static let blackBox = Survey(roundTrip: .milliseconds(1), capabilities: [], obstacle: nil)

    @Test(
        "of a case about a tracker on real sockets that does not speak HTTP, or not as it should",
        arguments: RudeServer.Manner.allCases
    )
    func rude(_ manner: RudeServer.Manner) throws {
        let server = RudeServer(manner)
        defer { server.stop() }
        let subject = try Failure("tracker/cors/peers").subject
        try expectRepeats(subject, in: LiveTracker(at: server.address, targetArgument: ""), Self.blackBox)
    }

    @Test(
        "of a case about a tracker on real sockets, and the rendezvous beside it",
        arguments: [
            ("size-ignored", "tracker/selection/never-more-than-size"),
            ("departures-unnoticed", "tracker/registration/removed-on-close"),
            ("disconnect-from-other-keys-crashes", "tracker/disconnect/app-is-no-list"),
        ]
    )
    func sockets(_ name: String, _ id: String) throws {
        let deployment = try SabotagedDeployment(try #require(TrackerSaboteur.named(name)))
        defer { deployment.stop() }
        let arena = LiveTracker(
            at: deployment.tracker,
            rendezvous: Target(deployment.address),
            targetArgument: "\(deployment.tracker)"
        )
        try expectRepeats(try Failure(id).subject, in: arena, try Checker(arena: arena).survey)
    }

    @Test("of a case about a tracker that is not there")
    func absent() throws {
        let server = RudeServer(.hangsUp)
        server.stop()
        let subject = try Failure("tracker/cors/peers").subject
        try expectRepeats(subject, in: LiveTracker(at: server.address, targetArgument: ""), Self.blackBox)
    }

    @Test("A connection of a capture that is not whole is refused")
    func damagedConnection() throws {
        let bench = Bench()
        let failure = try Failure("tracker/cors/peers")
        let capture = URL(fileURLWithPath: try #require(bench.run(failure.subject, in: failure.arena).capture))
        let octets = try Data(contentsOf: capture)
        for word in ["GET /get_peers?", "HTTP/1.1 200"] {
            var damaged = octets
            let place = try #require(octets.firstRange(of: Data(word.utf8)))
            damaged[place.lowerBound] ^= 1
            try damaged.write(to: capture)
            let error = #expect(throws: FailureReplay.Incomplete.self) { try FailureReplay(path: capture.path) }
            #expect(error?.description.contains("has a connection that is not whole, as of frame") == true)
        }
    }

    @Test(
        "of a case about a peer of somebody else's swarm",
        arguments: [
            ("peer/session/close-is-minded", "close-ignored"), ("peer/confirm/of-a-push", "nothing-confirmed"),
            ("peer/form/ignores-number", "dies-of-senseless-messages"),
        ]
    )
    func acquaintance(_ id: String, _ saboteur: String) throws {
        try expectRepeats(try Failure(id).subject, in: SimulatedIntroduction(saboteur: saboteur))
    }

    @Test("of a case about clients who come to one socket, one after the other")
    func awaited() throws {
        let failure = try Failure("client/startup/tag-of-8-octets")
        let arena = try AwaitedClients(at: .loopback(port: 0))
        // One for the case, and one that is to show that sessions can be opened at all.
        let hosts = try (0..<2).map { number in
            try UDPHost(at: .loopback(port: 0)) { home in
                let task = ReferenceClient.Task(uri: "rtmfp://\(arena.address)/live/check", addresses: [arena.address])
                let random = SeededGenerator(seed: UInt64(number))
                let saboteur = Saboteur.client(named: failure.saboteur)
                // Only an identity without keys could fail.
                return (try? ReferenceClient(task, from: home, random: random, saboteur: saboteur))
                    ?? WorthlessClient.silent.makeNode(comingTo: arena.address, uri: "", seed: 1)
            }
        }
        defer { hosts.forEach { $0.stop() } }
        try expectRepeats(failure.subject, in: arena)
    }

    @Test(
        "Keys open every datagram of a capture",
        arguments: [
            "rendezvous/netconnection/connect-result", "client/netconnection/connect-comes-first", "peer/push/window",
        ]
    )
    func keys(_ id: String) throws {
        let failure = try Failure(id)
        let bench = Bench()
        let capture = try #require(bench.run(failure.subject, in: failure.arena).capture)
        let decoder = PacketDecoder(keys: try KeyLog(path: "\(capture).keys.jsonl"))
        let file = try CaptureFile(path: capture)
        var underSessionKeys = 0
        while let datagram = try file.next() {
            let contents = try #require(decoder.decode(datagram).contents, "frame \(datagram.frame)")
            underSessionKeys += contents.direction == nil ? 0 : 1
        }
        #expect(underSessionKeys > 3)
    }

    @Test(
        "A tape changes nothing",
        arguments: [
            "peer/push/window", "client/startup/glare-client-prevails", "tracker/concurrency/consistent-answers",
            "tracker/http/slow-content",
        ]
    )
    func transparent(_ id: String) throws {
        let failure = try Failure(id)
        for arena in [failure.arena, Failure(subject: failure.subject, saboteur: "").arena] {
            let result = Bench().run(failure.subject, in: arena)
            let untaped = Checker(arena: arena, survey: .assumed).runBlocking(failure.subject)
            #expect(result.verdict == untaped.verdict)
            #expect(result.actual == untaped.actual)
            #expect(result.transcript == untaped.transcript)
        }
    }

    @Test("A case that does not say the same again decides nothing")
    func diverged() throws {
        let bench = Bench()
        let failure = try Failure("client/netconnection/connect-comes-first")
        let capture = URL(fileURLWithPath: try #require(bench.run(failure.subject, in: failure.arena).capture))
        var octets = try Data(contentsOf: capture)
        let seed = try #require(octets.range(of: Data("\"seed\":".utf8)))
        octets[seed.upperBound] = octets[seed.upperBound] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        try octets.write(to: capture)
        let again = try #require(try FailureReplay(path: capture.path)?.run(command: ""))
        #expect(again.verdict == .undecided)
        #expect(again.note?.contains("the case no longer says what it had said") == true)
    }

    /// Each has as many octets as what it stands for.
    @Test(
        "A comment of a failed case that cannot be read is damage, not another file",
        arguments: [
            ("\"seed\":1", "\"seed\":-"), ("\"verdict\":\"failed\"", "\"verdict\":\"faulty\""),
            ("\"case\":", "\"chaos:"), ("failure 2: ", "failure 1: "), ("\"links\":[\"", "\"links\":[\"x"),
        ]
    )
    func damagedComment(_ old: String, _ new: String) throws {
        let bench = Bench()
        let failure = try Failure("client/netconnection/connect-comes-first")
        let capture = URL(fileURLWithPath: try #require(bench.run(failure.subject, in: failure.arena).capture))
        var octets = try Data(contentsOf: capture)
        // Of a number, whichever its first digit is.
        let word = old.hasSuffix(":1") ? String(old.dropLast()) : old
        let start = try #require(octets.firstRange(of: Data(word.utf8))).lowerBound
        octets.replaceSubrange(start..<(start + new.utf8.count), with: Data(new.utf8))
        try octets.write(to: capture)
        #expect(throws: FailureReplay.Incomplete.self) { try FailureReplay(path: capture.path) }
    }

    @Test("A capture that ends before its case did is refused, and says why")
    func cutOff() throws {
        let bench = Bench()
        let failure = try Failure("tracker/cors/peers")
        let subject = failure.subject
        let run = CaseRun(
            subject: subject,
            arena: failure.arena,
            survey: .assumed,
            timing: Timing(roundTrip: .milliseconds(1)),
            scale: 1,
            seed: 1,
            reproduce: ""
        )
        let tape = Tape()
        let near = SocketAddress.loopback(port: 1)
        let stream = tape.addStream(from: near, to: TrackerWorld.address, at: .origin)
        for count in [1, Tape.mostOctets] {
            tape.add(.dealt(stream: stream, .heard([UInt8](repeating: 0, count: count))), at: .origin)
        }
        let result = CaseResult(subject, verdict: .failed, reproduce: "")
        let capture = try FailureCapture(tape: tape, run: run, ground: try failure.arena.enter(seed: 1))
            .write(result, to: bench.folder.path)
        let error = #expect(throws: FailureReplay.Incomplete.self) { try FailureReplay(path: capture) }
        #expect(error?.description.contains("so much passed in its case that the end is not there") == true)
    }

    /// An arena in which the target has another name and URI.
    private struct Renamed: Arena {
        let arena: any Arena
        let targetName: String
        var uri: String?
        var targetArgument: String { arena.targetArgument }

        func enter(seed: UInt64) throws -> Ground {
            var ground = try arena.enter(seed: seed)
            if let uri { ground.target = Target(ground.target.address, uri: uri) }
            return ground
        }
    }

    @Test("However long a target's name is, the case can be repeated")
    func longName() throws {
        let failure = try Failure("client/netconnection/connect-comes-first")
        let name = String(repeating: "\u{1}", count: 70_000)
        try expectRepeats(failure.subject, in: Renamed(arena: failure.arena, targetName: name))
    }

    @Test("What is too long for a comment is said, and no capture pretends to be one")
    func tooLong() throws {
        let bench = Bench()
        let failure = try Failure("client/netconnection/connect-comes-first")
        let uri = "rtmfp://a/" + String(repeating: "a", count: 70_000)
        let result = bench.run(failure.subject, in: Renamed(arena: failure.arena, targetName: "", uri: uri))
        #expect(result.verdict.isRed)
        #expect(result.capture == nil)
        #expect(result.note?.contains("too long for a comment") == true)
    }
}
