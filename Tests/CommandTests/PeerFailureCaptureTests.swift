import Foundation
import Testing

/// What a saboteur makes of the reference peer fails behind sockets as it does in virtual time, and leaves a capture behind.
@Suite("Captures of failures of peers behind sockets", .serialized)
struct PeerFailureCaptureTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")

    /// Replays what a case has left behind, without the peer.
    private func expectRepeats(_ id: String, _ run: Program.Outcome, as verdict: String) throws {
        let capture = folder.appendingPathComponent(id.replacing("/", with: ".") + ".pcapng").path
        #expect(FailureCaptureTests.member("verdict", of: run.output) == verdict, "\(run.output)\(run.errors)")
        #expect(FailureCaptureTests.member("capture", of: run.output) == capture)
        let replayed = try Program.run("replay", capture, "--report", "json=-")
        #expect(replayed.status == run.status, "\(replayed.errors)")
        #expect(!replayed.errors.contains("the recorded verdict"))
        for member in ["verdict", "expected", "actual", "note", "id"] {
            #expect(
                FailureCaptureTests.member(member, of: replayed.output)
                    == FailureCaptureTests.member(member, of: run.output)
            )
        }
    }

    @Test(
        "A peer that the checker starts: what it says, when, over HTTP and as whom, and that it dies",
        arguments: [
            ("peer/confirm/of-a-push", "nothing-confirmed", "failed"),
            ("peer/session/private-stream-in-time", "private-stream-late", "failed"),
            ("peer/tracker/departure-is-told", "leaves-without-a-word", "failed"),
            ("peer/rendezvous/new-identity-each-time", "same-identity-again", "failed"),
            ("peer/rendezvous/unknown-command-ignored", "dies-of-unknown-command", "crashed"),
        ]
    )
    func started(_ id: String, _ saboteur: String, _ verdict: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let peer =
            "'\(Program.binary.path)' peer --play --m3u8_url {m3u8_url} --rtmfp_url {rtmfp_url} "
            + "--http_tracker {http_tracker} --sabotage \(saboteur)"
        let run = try Program.run("run", id, "--exec", peer, "--captures", folder.path, "--report", "json=-")
        try expectRepeats(id, run, as: verdict)
    }

    @Test(
        "A peer of somebody else's swarm",
        arguments: [
            ("peer/session/close-is-minded", "close-ignored", "failed"),
            ("peer/confirm/of-a-push", "nothing-confirmed", "failed"),
            ("peer/form/ignores-number", "dies-of-senseless-messages", "crashed"),
        ]
    )
    func introduced(_ id: String, _ saboteur: String, _ verdict: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let swarm = try PeerRunTests.Swarm("--sabotage", saboteur)
        try expectRepeats(id, try swarm.checkOnceItIsThere([id, "--captures", folder.path], scale: 1), as: verdict)
    }

    @Test("A saboteur that is none is wrong usage")
    func unknown() throws {
        let outcome = try Program.run(
            "peer",
            "--m3u8_url",
            "http://127.0.0.1:9/live/film.m3u8",
            "--rtmfp_url",
            "rtmfp://127.0.0.1:9/film",
            "--http_tracker",
            "http://127.0.0.1:9/get_peers",
            "--sabotage",
            "nobody"
        )
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("there is no saboteur 'nobody'"))
    }
}
