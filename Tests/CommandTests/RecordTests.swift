import Foundation
import Testing

@Suite("record and replay", .serialized)
struct RecordTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("record-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// A proxy that records, and its address.
    private func proxy(for server: Server, to file: String) throws -> (program: Program, address: String) {
        let proxy = try Program(["record", "--proxy", "127.0.0.1:0", server.address, "-o", path(file)])
        while proxy.isRunning, !proxy.output.contains("\n") { usleep(5_000) }
        let line = proxy.output.split(separator: "\n").first.map(String.init) ?? ""
        return (proxy, line.split(separator: "/").dropFirst().first.map(String.init) ?? "")
    }

    @Test("A proxy records a client of the reference; decode, judge and both replays understand it")
    func proxied() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server()
        let (proxy, address) = try proxy(for: server, to: "swarm.pcapng")
        let client = try Program.run("client", "publish", "rtmfp://\(address)/app", "stream", "--seconds", "0.3")
        #expect(client.status == 0)
        proxy.signal(SIGINT)
        let recorded = try proxy.end()
        #expect(recorded.status == 0)
        #expect(recorded.errors.contains("keys of 1 sessions"))

        let capture = path("swarm.pcapng")
        let keys = ["--keys", capture + ".keys.jsonl"]
        let decoded = try Program.run(["decode", capture] + keys)
        #expect(decoded.status == 0)
        #expect(decoded.output.contains(" 0 failed, 0 not covered by keys, 0 not RTMFP"))
        #expect(try Program.run(["judge", capture] + keys).status == 0)
        let offline = try Program.run(["replay", capture] + keys)
        #expect(offline.status == 0)

        let live = ["replay", capture] + keys + ["--target"]
        let same = try Program.run(live + [server.address])
        #expect(same.status == 0)
        #expect(same.output.contains("1 passed"))
        _ = try server.stop()
        let sabotaged = try Server("--sabotage", "publish-without-status")
        let different = try Program.run(live + [sabotaged.address, "--patience", "1"])
        #expect(different.status == 1)
        #expect(different.output.contains("NetStream.Publish.Start"))
        let raw = try Program.run("replay", capture, "--target", sabotaged.address, "--raw", "--to", server.address)
        #expect(raw.status == 0)
        #expect(raw.output.hasPrefix("sent "))
        _ = try sabotaged.stop()
        #expect(try Program.run(live + [sabotaged.address, "--patience", "0.5"]).status == 69)
    }

    @Test("A swarm of the reference is replayed offline and live, and a saboteur is named at its first other message")
    func swarm() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = path("joining.pcapng")
        let recorded = try Program.run("record", "--swarm", "swarm-joining", "-o", capture)
        #expect(recorded.status == 0)
        let arguments = ["replay", capture, "--keys", capture + ".keys.jsonl"]
        let offline = try Program.run(arguments)
        #expect(offline.status == 0)
        #expect(offline.output.contains(" 0 failed"))

        let server = try Server()
        let same = try Program.run(arguments + ["--target", server.address])
        #expect(same.status == 0)
        #expect(same.output.contains("1 passed"))
        try withoutTheFirstSession(capture + ".keys.jsonl")
        #expect(try Program.run(arguments + ["--target", server.address]).status == 0)
        #expect(try Program.run(arguments + ["--target", server.address, "--session", "1"]).status == 65)
        _ = try server.stop()
        let sabotaged = try Server("--sabotage", "connect-result-without-success")
        let different = try Program.run(arguments + ["--target", sabotaged.address])
        #expect(different.status == 1)
        #expect(different.output.contains("as in frame"))
        #expect(different.output.contains("NetConnection.Connect.Success"))
        _ = try sabotaged.stop()
        #expect(try Program.run("record", "--swarm", "unheard-of", "-o", capture).status == 64)
    }

    /// Takes out of a key log what opens the session that it tells of first, as if strangers had it.
    private func withoutTheFirstSession(_ keys: String) throws {
        let lines = try String(contentsOfFile: keys, encoding: .utf8).split(separator: "\n")
        func id(_ line: Substring) -> Substring? { line.firstMatch(of: #/"session_id":"([0-9a-f]+)"/#)?.output.1 }
        let strange = Set(lines.prefix(2).compactMap(id))
        let rest = lines.filter { line in id(line).map { !strange.contains($0) } ?? false }
        #expect(rest.count == lines.count - 4)
        try Data((rest.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: keys))
    }

    @Test("Peers that run are recorded, and judged and replayed as that shows them", .enabled(if: makesNetworks))
    func running() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = path("running.pcapng")
        let program = "'\(Program.binary.path)'"
        let said = try Self.inOwnNetwork(
            """
            ip link set lo up
            \(program) record -i lo -o '\(capture)' 2>'\(path("errors"))' & recorder=$!
            until grep -q 'recording on' '\(path("errors"))'; do sleep 0.05; done
            \(program) swarm --peers 3 --pause 2 --segment 0.5 --octets 40000 --seconds 9 --quiet \
                --key-log '\(path("keys.jsonl"))' --report -
            kill -INT $recorder; wait $recorder; echo "status $?"
            """
        )
        #expect(said.contains("status 0"))
        let recording = [capture, "--keys", path("keys.jsonl")]
        let decoded = try Program.run(["decode"] + recording)
        #expect(decoded.output.contains(" 0 failed, 0 not covered by keys, 0 not RTMFP"))
        #expect(decoded.output.contains("getPiece"))
        let offline = try Program.run(["replay"] + recording)
        #expect(offline.status == 0)
        #expect(offline.output.contains(" 0 failed"))
        #expect(try Program.run(["replay"] + recording).verdicts == offline.verdicts)

        let server = try Server()
        let same = try Program.run(["replay"] + recording + ["--target", server.address])
        #expect(same.status == 0)
        #expect(same.output.contains("1 passed"))
        _ = try server.stop()
        let sabotaged = try Server("--sabotage", "connect-result-without-success")
        let different = try Program.run(["replay"] + recording + ["--target", sabotaged.address])
        #expect(different.status == 1)
        #expect(different.output.contains("NetConnection.Connect.Success"))
        _ = try sabotaged.stop()
    }

    @Test("A redacted recording names none of the real addresses, and is as good as before")
    func redacted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server()
        let file = path("redacted.pcapng")
        let proxy = try Program(["record", "--proxy", "127.0.0.1:0", server.address, "-o", file, "--redact"])
        while proxy.isRunning, !proxy.output.contains("\n") { usleep(5_000) }
        let line = proxy.output.split(separator: "\n").first.map(String.init) ?? ""
        let address = line.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        #expect(try Program.run("client", "connect", "rtmfp://\(address)/app").status == 0)
        proxy.signal(SIGINT)
        #expect(try proxy.end().status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["redacted.pcapng", "redacted.pcapng.keys.jsonl"])
        let decoded = try Program.run("decode", file, "--keys", file + ".keys.jsonl")
        #expect(decoded.status == 0)
        #expect(!decoded.output.contains("127.0.0.1"))
        #expect(try Program.run("judge", file, "--keys", file + ".keys.jsonl").status == 0)
        let replayed = try Program.run("replay", file, "--keys", file + ".keys.jsonl", "--target", server.address)
        #expect(replayed.status == 0)
        _ = try server.stop()
    }

    @Test("An interface is recorded with the keys of our own server, in files of a size", .enabled(if: getuid() == 0))
    func live() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--key-log", path("keys.jsonl"))
        let port = server.address.split(separator: ":").last.map(String.init) ?? ""
        let recorder = try Program([
            "record", "-i", "lo", "--port", port, "-o", path("live.pcapng"), "--rotate-size", "4096",
        ])
        while recorder.isRunning, !recorder.errors.contains("recording on lo") { usleep(5_000) }
        let client = try Program.run("client", "publish", "rtmfp://\(server.address)/app", "stream", "--seconds", "0.2")
        #expect(client.status == 0)
        usleep(300_000)
        recorder.signal(SIGTERM)
        let recorded = try recorder.end()
        #expect(recorded.status == 0)
        #expect(recorded.errors.contains("packets in "))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("live-") }
        #expect(files.count > 1)
        #expect(recorded.errors.contains("\(files.count) files"))
        for file in files {
            let decoded = try Program.run("decode", path(file), "--keys", path("keys.jsonl"))
            #expect(decoded.status == 0)
            #expect(decoded.output.contains(" 0 failed, 0 not covered by keys, 0 not RTMFP"))
            let size = try FileManager.default.attributesOfItem(atPath: path(file))[.size] as? Int
            #expect((size ?? .max) < 4096 + 1600)
        }
        _ = try server.stop()
    }

    @Test("A burst is recorded whole, also what passed just before the end", .enabled(if: getuid() == 0))
    func burst() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let port = LoopbackPort()
        let recorder = try Program(["record", "-i", "lo", "--port", "\(port.number)", "-o", path("burst.pcapng")])
        while recorder.isRunning, !recorder.errors.contains("recording on lo") { usleep(5_000) }
        let capture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../captures/tc-play.pcap").standardizedFileURL.path
        let sent = try Program.run(
            "replay",
            capture,
            "--raw",
            "--target",
            "127.0.0.1:\(port.number)",
            "--repeat",
            "5"
        )
        recorder.signal(SIGINT)
        let recorded = try recorder.end()
        #expect(sent.output.hasPrefix("sent 2315 datagrams"))
        #expect(recorded.errors.contains("2315 packets in "), "\(recorded.errors)")
        #expect(!recorded.errors.contains("lost"))
    }

    @Test("An interface that is not there, and a filter that is none, are said so", .enabled(if: getuid() == 0))
    func wrong() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let nowhere = try Program.run("record", "-i", "nowhere0", "-o", path("x.pcapng"))
        #expect(nowhere.status == 69)
        #expect(nowhere.errors.contains("no interface nowhere0; there are lo"))
        let nonsense = try Program.run("record", "-i", "lo", "-o", path("x.pcapng"), "--filter", "port port")
        #expect(nonsense.status == 64)
        #expect(nonsense.errors.contains("is no filter"))
    }

    /// Runs a line of a shell in a network of its own; what it prints.
    private static func inOwnNetwork(_ line: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        process.arguments = ["--net", "/bin/sh", "-c", line]
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return said
    }

    private static let makesNetworks =
        getuid() == 0
        && (try? inOwnNetwork("ip link add hv0 type veth peer name hv1 && echo made"))?.contains("made") ?? false

    @Test("An interface that vanishes ends the recording; what came before is there", .enabled(if: makesNetworks))
    func vanished() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let said = try Self.inOwnNetwork(
            """
            ip link add hv0 type veth peer name hv1; ip link set hv0 up; ip link set hv1 up
            '\(Program.binary.path)' record -i hv0 -o '\(path("v.pcapng"))' 2>'\(path("errors"))' & recorder=$!
            until grep -q 'recording on' '\(path("errors"))'; do sleep 0.05; done
            ip link del hv0
            wait $recorder; echo "status $?"; cat '\(path("errors"))'
            """
        )
        #expect(said.contains("status 69"))
        #expect(said.contains("the interface hv0 is gone"))
        #expect(said.contains("packets in "))
        #expect(FileManager.default.fileExists(atPath: path("v.pcapng")))
    }

    @Test("Without the capability it is said which one, and how to grant it", .enabled(if: getuid() == 0))
    func notPermitted() throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = [
            "--bounding-set=-net_raw,-net_admin", "--inh-caps=-net_raw,-net_admin", Program.binary.path, "record", "-i",
            "lo", "-o", path("x.pcapng"),
        ]
        process.standardError = errors
        try process.run()
        let said = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 69)
        #expect(said.contains("CAP_NET_RAW"))
        #expect(said.contains("setcap"))
    }

    @Test("Nothing is written over what is to be read, under whatever name")
    func inputsSurvive() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = path("joining.pcapng")
        let keys = capture + ".keys.jsonl"
        #expect(try Program.run("record", "--swarm", "swarm-joining", "-o", capture).status == 0)
        let before = try [capture, keys].map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: capture)
        for arguments in [
            ["decode", capture, "--keys", keys, "--export", path("./joining.pcapng")],
            ["decode", capture, "--keys", keys, "--export", path("link")],
            ["decode", capture, "--keys", keys, "--export", keys],
            ["replay", capture, "--keys", keys, "--target", "127.0.0.1:9", "--key-log", capture],
            ["judge", capture, "--keys", keys, "--report", "json=\(capture)"],
            ["replay", capture, "--keys", keys, "--report", "ndjson=\(keys)"],
            ["replay", capture, "--raw", "--target", "127.0.0.1:9", "--report", "junit=\(path("link"))"],
            ["replay", capture, "--keys", keys, "--target", "127.0.0.1:9", "--report", "json=\(keys)"],
            ["record", "-i", "lo", "-o", keys, "--redact", "--keys", keys],
            ["record", "-i", "lo", "-o", capture, "--redact", "--keys", keys],
        ] {
            let outcome = try Program.run(arguments)
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        }
        #expect(try [capture, keys].map { try Data(contentsOf: URL(fileURLWithPath: $0)) } == before)
    }

    @Test("A key log is its owner's alone, also where there was a file before")
    func privateKeys() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = path("joining.pcapng")
        let keys = capture + ".keys.jsonl"
        _ = FileManager.default.createFile(atPath: keys, contents: nil, attributes: [.posixPermissions: 0o644])
        #expect(try Program.run("record", "--swarm", "swarm-joining", "-o", capture).status == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: keys)[.posixPermissions] as? Int == 0o600)
    }

    @Test("A full disk ends the recording with its own status")
    func full() throws {
        let server = try Server()
        let recorder = try Program(["record", "--proxy", "127.0.0.1:0", server.address, "-o", "/dev/full"])
        // The log of the keys lies beside the capture.
        defer { try? FileManager.default.removeItem(atPath: "/dev/full.keys.jsonl") }
        while recorder.isRunning, !recorder.output.contains("\n") { usleep(5_000) }
        recorder.signal(SIGINT)
        let ended = try recorder.end()
        #expect(ended.status == 73)
        #expect(ended.errors.contains("No space left on device"))
        _ = try server.stop()
    }

    @Test("A proxy that cannot say where it is does not run")
    func mute() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = ["record", "--proxy", "127.0.0.1:0", "127.0.0.1:9", "-o", path("x")]
        #expect(try Program.run(arguments, writingTo: "/dev/full").status == 73)
    }

    @Test(
        "Options that do not go together are wrong usage",
        arguments: [
            ["record", "-o", "x"], ["record", "--proxy", "127.0.0.1:0", "-o", "x"],
            ["record", "-i", "lo", "--proxy", "127.0.0.1:0", "127.0.0.1:1", "-o", "x"],
            ["record", "-i", "lo", "--port", "1", "--filter", "udp", "-o", "x"],
            ["record", "--proxy", "127.0.0.1:19999", "127.0.0.1:19999", "-o", "/dev/null"],
            ["record", "--proxy", "0.0.0.0:19999", "127.0.0.1:19999", "-o", "/dev/null"],
            ["record", "--proxy", "127.0.0.1:0", "127.0.0.1:0", "-o", "/dev/null"],
            ["decode", "x", "--export", "-"], ["record", "-i", "lo", "-o", "-"], ["record", "-i", "lo", "-o", ""],
            ["record", "-i", "lo", "--rotate-size", "1", "-o", "x"], ["replay", "x", "--raw"],
            ["replay", "x", "--target", "127.0.0.1:1", "--unexpected", "panic"], ["replay", "x", "--rate", "5"],
        ]
    )
    func usage(_ arguments: [String]) throws {
        #expect(try Program.run(arguments).status == 64)
    }

    @Test("Captures that are none, or show no session, are bad data")
    func badData() throws {
        #expect(try Program.run("replay", "/no/such/file", "--target", "127.0.0.1:1").status == 65)
        #expect(try Program.run("replay", "/no/such/file", "--target", "127.0.0.1:1", "--raw").status == 65)
        let capture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../captures/tc-play.pcap").standardizedFileURL.path
        let outcome = try Program.run("replay", capture, "--target", "127.0.0.1:1")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("nothing to say"))
    }
}
