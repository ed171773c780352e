import Foundation
import Testing

@Suite("The command line's contract", .serialized)
struct UsageTests {
    @Test(
        "Bad input ends in one clear sentence and the right status",
        arguments: [
            (["run", "rendezvous/strtup/*"], 64, "no case matches 'rendezvous/strtup/*'; the nearest ids are"),
            (["explain", "rendezvous/startup/nonsense"], 64, "there is no case 'rendezvous/startup/nonsense'"),
            (["--target", "nonsense"], 64, "'nonsense' is not host:port"),
            (["--target", "ftp://127.0.0.1:1"], 64, "unknown scheme"),
            (["--target", "127.0.0.1:99999"], 64, "'99999' is not a port"),
            (["--target", "no.such.host.invalid:1935"], 69, "does not resolve"),
            (["--target", "http://127.0.0.1:9"], 69, "does not answer HTTP"),
            (["--report", "yaml=x"], 64, "'yaml' is no report format"),
            (["--report", "json"], 64, "is not FORMAT=PATH"),
            (["--report", "json=/no/such/folder/report.json"], 73, "cannot write /no/such/folder/report.json"),
            (["--level", "PERHAPS"], 64, "--level is MUST, SHOULD, MAY or observed"),
            (["--jobs", "0"], 64, "--jobs must be"),
            (["-4", "-6"], 64, "exclude each other"),
            (["--timeout-scale", "0"], 64, "--timeout-scale"),
            (["--timeout-scale", "inf"], 64, "--timeout-scale"),
            (["--time-limit", "0"], 64, "--time-limit"),
            (["--time-limit", "inf"], 64, "--time-limit"),
            (["--time-limit", "1e300"], 64, "--time-limit"),
            (["--skip", "*"], 64, "no case is left to run"),
            (["list", "rendezvous/strtup/*"], 64, "no case matches"),
            (["serve", "--sabotage", "nobody"], 64, "there is no saboteur 'nobody'"),
            (["serve", "--listen", "nowhere"], 64, "'nowhere' is not host:port"),
            (["swarm"] + stream("http://h/film.mp4"), 64, "'http://h/film.mp4' is no http:// URL of an .m3u8 playlist"),
            (["peer"] + stream("https://h/film.m3u8"), 64, "'https://h/film.m3u8' is no http:// URL"),
            (["peer"] + stream("http://h/film.m3u8", tracker: "nonsense"), 64, "'nonsense' is no http:// URL"),
            (["peer"] + stream("http://h/film.m3u8") + ["--config", "/dev/zero"], 65, "is longer than 1048576 octets"),
            (["peer"] + stream("http://h/film.m3u8") + ["--config", "/no/such/file"], 64, "cannot be read"),
            (["peer"] + stream("http://h/film.m3u8") + ["--config", "/dev/null"], 65, "'/dev/null'"),
            (["peer"] + stream("http://h/film.m3u8", rendezvous: "rtmfp://h:x/film"), 64, "'x' is not a port"),
            (["swarm", "--rtmfp_url", "rtmfp://127.0.0.1:1/film"], 64, "--m3u8_url is missing"),
            (["decode", "/no/such/file.pcap"], 65, "/no/such/file.pcap"),
            (["decode", "/etc/hostname"], 65, "/etc/hostname"),
            (["decode", "/dev/null"], 65, "/dev/null"),
            (["vectors", "verify", "/no/such/vectors"], 65, "/no/such/vectors"),
            (["vectors", "lint", "/no/such/vectors"], 65, "/no/such/vectors"),
            (["vectors", "lint", "/etc/hostname"], 65, "is not JSON"),
            (["vectors", "lint", "--fix"], 64, "--fix needs files"),
            (["vectors", "make", "/dev/null"], 73, "cannot write /dev/null/"),
            (["vectors", "diff", "/no/such/vectors", "/dev"], 65, "/no/such/vectors"),
            (["vectors", "diff", "vectors"], 64, "<new>"),
            (["vectors", "add", "/no/such/vectors", "x", "--id", "x"], 65, "/no/such/vectors"),
            (["vectors", "add", "x", "y", "--id", "x", "--keys", "z"], 64, "--keys needs --frame"),
            (["nonsense-verb", "--nonsense"], 64, "Unknown option '--nonsense'"),
        ]
    )
    func badInput(_ arguments: [String], _ status: Int32, _ sentence: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("A port at which nobody listens is refused")
    func refused() throws {
        let closed = LoopbackPort().number
        let outcome = try Program.run("--target", "127.0.0.1:\(closed)")
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("nobody listens at 127.0.0.1:\(closed)"))
    }

    @Test("A target that never answers ends the run with one sentence")
    func mute() throws {
        let port = LoopbackPort()
        let outcome = try Program.run("--target", "127.0.0.1:\(port.number)")
        #expect(outcome.status == 69)
        #expect(outcome.errors == "hlsp2p-check: 127.0.0.1:\(port.number) does not answer RTMFP: no answer to IHello\n")
    }

    @Test("A target that answers rubbish ends the run with one sentence", arguments: [1, 20, 1400])
    func rubbish(_ length: Int) throws {
        let port = LoopbackPort()
        port.answer(with: [UInt8](repeating: 0x5a, count: length))
        let outcome = try Program.run("--target", "127.0.0.1:\(port.number)")
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("answers, but not as RTMFP does"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test("list --json is an array of objects with the fields of the contract")
    func list() throws {
        let outcome = try Program.run("list", "--json")
        #expect(outcome.status == 0)
        let entries = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
        )
        #expect(entries.count >= 80)
        for entry in entries {
            #expect(Set(entry.keys) == ["id", "title", "level", "role", "requirements", "saboteurs"])
        }
    }

    @Test("list --coverage names areas and totals")
    func coverage() throws {
        let outcome = try Program.run("list", "--coverage")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("flash-crypto"))
        #expect(outcome.output.contains("1003"))
    }

    @Test("explain says the rule, where it stands and what proves it")
    func explain() throws {
        let outcome = try Program.run("explain", "rendezvous/close/close-ack-needs-no-answer")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("RFC7016-3.5.5-09"))
        #expect(outcome.output.contains("Tolerated"))
        #expect(outcome.output.contains("close-ack-answered-with-close"))
    }

    @Test(
        "explain knows what replays judge by, as their reports say",
        arguments: [
            "session/answers-mean-what-was-recorded", "reference/delivers-what-was-sent", "raw/datagrams-are-sent",
        ]
    )
    func explainReplay(_ name: String) throws {
        let outcome = try Program.run("explain", "replay/\(name)")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("capture") || outcome.output.contains("recorded"))
    }

    @Test("vectors verify runs the embedded vectors")
    func vectors() throws {
        let outcome = try Program.run("vectors", "verify")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(" 0 failed"))
    }

    private static func stream(
        _ playlist: String,
        rendezvous: String = "rtmfp://127.0.0.1:1/film",
        tracker: String = "http://h/get_peers"
    ) -> [String] {
        ["--m3u8_url", playlist, "--rtmfp_url", rendezvous, "--http_tracker", tracker]
    }
}
