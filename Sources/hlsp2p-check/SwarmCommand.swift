import ArgumentParser
import Conformance
import Fixtures
import Foundation
import HLSP2P
import Links
import Web

struct SwarmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swarm",
        abstract: "Run many peers of one stream in one process, each with a player, and show how they do.",
        discussion: """
            Without --m3u8_url the stream is made up, and origin, rendezvous and tracker run in the same process. The \
            exit status is 1 if a player missed a segment or got one that was not as the origin has it.
            """
    )

    @Option(help: "How many peers.")
    var peers = 10

    @Option(help: ArgumentHelp("How long; until interrupted unless said.", valueName: "seconds"))
    var seconds: Double?

    @Option(help: ArgumentHelp("Between the starts of two peers.", valueName: "seconds"))
    var pause = 0.2

    @Option(help: "Seconds of a segment that is made up.")
    var segment = 2.0

    @Option(help: "Octets of a segment that is made up.")
    var octets = 400_000

    @Option(help: ArgumentHelp("Show the swarm as a web page there.", valueName: "host:port"))
    var dashboard: String?

    @Option(help: ArgumentHelp("Write in the end what is known, as JSON; '-' is standard output.", valueName: "file"))
    var report: String?

    @Flag(help: "Do not show a table every second.")
    var quiet = false

    @OptionGroup var stream: StreamOptions

    @OptionGroup var keys: KeyLogOption

    func validate() throws {
        guard (1...2_000).contains(peers) else { throw ValidationError("--peers must be 1 to 2000.") }
        guard seconds.map({ $0 > 0 && $0 <= 1e6 }) ?? true, (0...60).contains(pause), (0.1...60).contains(segment),
            (1...16 << 20).contains(octets)
        else { throw ValidationError("A number is out of range.") }
    }

    func run() throws {
        let interruption = Interruption()
        let ground = try Ground(self)
        defer { ground.stop() }
        var configuration = ground.configuration
        configuration.keyLog = try keys.open()
        let swarm = LiveSwarm(genuine: ground.genuine)
        defer { swarm.stop() }
        let page = try dashboard.map { text in
            try Listening.start { try HTTPServer(at: Listening.address(text), service: Dashboard(of: swarm)) }
        }
        defer { page?.stop() }
        if let page { try write("dashboard http://\(page.address)/") }
        let start = ContinuousClock.now
        let end = seconds.map { start + .seconds($0) }
        var started = 0
        var shown = start
        while !interruption.hasHappened, end.map({ ContinuousClock.now < $0 }) ?? true {
            while started < peers, ContinuousClock.now >= start + .seconds(pause * Double(started)) {
                try Listening.start { try swarm.add(configuration) }
                started += 1
            }
            if ContinuousClock.now >= shown {
                swarm.look()
                shown = ContinuousClock.now + .seconds(1)
                if !quiet { show(swarm.members) }
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        swarm.look()
        Thread.sleep(forTimeInterval: 0.5)
        let members = swarm.members
        show(members)
        if let report { try save(members.json, to: report) }
        if members.contains(where: { $0.player.missing > 0 || $0.player.wrong > 0 }) {
            throw ExitCode(RunStatus.violated.rawValue)
        }
    }

    private func show(_ members: [LiveSwarm.Member]) {
        func cell(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        var lines = [
            "peer     mode      from to  from peers    from CDN  peers/s    CDN/s  stalls repairs  segments missing  start"
        ]
        for member in members.prefix(60) {
            let status = member.status
            let startup = member.player.startup.map { String(format: "%.2f", $0) } ?? "-"
            let mode = status.mode.rawValue
            lines.append(
                "\(member.peerID)".prefix(7) + "  " + mode + String(repeating: " ", count: 9 - mode.count)
                    + cell("\(status.upstream.count)", 5) + cell("\(status.downstream.count)", 3)
                    + cell("\(status.octetsFromPeers)", 12) + cell("\(status.octetsFromSources)", 12)
                    + cell("\(Int(member.speed.peers))", 9) + cell("\(Int(member.speed.sources))", 9)
                    + cell("\(status.stalls)", 8) + cell("\(status.repairs)", 8)
                    + cell("\(member.player.segments)", 10) + cell("\(member.player.missing)", 8) + cell(startup, 7)
            )
        }
        lines.append(
            String(format: "%d peers, %.1f %% of all octets from peers", members.count, 100 * members.offload)
        )
        let isTerminal = isatty(STDERR_FILENO) == 1
        let text = (isTerminal ? "\u{1b}[H\u{1b}[2J" : "") + lines.joined(separator: "\n") + "\n"
        hlsp2p_check.show(text)
    }

    private func save(_ text: String, to path: String) throws {
        if path == "-" { return try write(text) }
        do {
            try Data((text + "\n").utf8).write(to: URL(filePath: path))
        } catch {
            throw fail(.cannotWrite, "'\(path)' cannot be written: \(error.localizedDescription)")
        }
    }
}

/// What the peers of a swarm need beside each other: a stream, a rendezvous and a tracker.
private struct Ground {
    let configuration: LivePeer.Configuration
    /// What the segment with that path must be; nil where that is not known.
    let genuine: @Sendable (String) -> [UInt8]?
    private var own: MadeUpStream?

    init(_ command: SwarmCommand) throws {
        guard !command.stream.namesStream else {
            configuration = try command.stream.configuration()
            genuine = { _ in nil }
            return
        }
        let stream = try Listening.start { try MadeUpStream(segment: command.segment, octets: command.octets) }
        own = stream
        var configuration = stream.configuration
        configuration.peerCount = command.stream.peerCount ?? 2
        self.configuration = configuration
        genuine = { stream.origin.file($0) }
    }

    func stop() {
        own?.stop()
    }
}
