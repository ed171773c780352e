import ArgumentParser
import Conformance
import Fixtures
import Foundation
import Links
import Redis

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a target, or clients; without any, the embedded reference.",
        discussion: """
            TARGET is host:port (asks that port over UDP for RTMFP and over TCP for HTTP, and runs the suites of what \
            answers), rtmfp://host[:port][/app] or http://host[:port].

            With --exec or --listen the checker is the server, and judges the clients that connect to it. COMMAND is \
            run anew for each case, by the shell; {rtmfp_url} in it is where the client has to connect to, {host} and \
            {port} are parts of that. Where a client has to play a stream from a peer, --subscriber is run instead, if \
            it is given: {peer_id} in it is the peer's fingerprint in hexadecimal, {stream} the stream's name.

            A tracker is judged with peers that connect to the rendezvous of the same run, if the two share a registry; \
            with --redis, also with peers that the checker writes into that registry, and takes away again. Without a \
            --target, the embedded reference keeps its registry there.

            A COMMAND with {m3u8_url}, {rtmfp_url} and {http_tracker} is a peer that plays: the checker is rendezvous, \
            tracker, origin and the other peers. {remote_log_base_url}, {rtmfp_url_peers} and {source_servers} may be \
            in it as well. With --listen peers are meant if all ids begin with peer/.

            With --peer the target is a rendezvous, and the peer with that ID is judged, which takes part in somebody \
            else's swarm: the checker has itself introduced to it, and judges what a session with it shows. What needs a \
            hand in its rendezvous, tracker or origin is unsupported.
            """
    )

    @Argument(help: ArgumentHelp("Ids of the cases to run, with * and ? as wildcards.", valueName: "id-glob"))
    var patterns: [String] = []

    @Option(help: "What to check; may be given more than once.")
    var target: [String] = []

    @Option(
        help: ArgumentHelp("The registry of the tracker, to write peers into.", valueName: "host:port[/db]"),
        transform: redisAddress
    )
    var redis: RedisAddress?

    @Option(help: ArgumentHelp("Run a client for each case, and judge it.", valueName: "command"))
    var exec: String?

    @Option(help: ArgumentHelp("With --exec: run this client where it has to play from a peer.", valueName: "command"))
    var subscriber: String?

    @Option(help: ArgumentHelp("The stream that clients offer to peers, and are told to play.", valueName: "name"))
    var stream = Survey.usualStreamName

    @Option(help: ArgumentHelp("Wait there for clients, one for each case, and judge them.", valueName: "host:port"))
    var listen: String?

    @Option(
        help: ArgumentHelp("With a --target that is a rendezvous: judge the peer with that ID.", valueName: "id")
    )
    var peer: String?

    @Option(name: [.short, .long], help: "Cases that run at the same time.")
    var jobs = 4

    @Option(help: "All randomness follows from it.")
    var seed: UInt64 = 1

    @Option(help: "The weakest level to run: MUST, SHOULD, MAY or observed.")
    var level: String?

    @Option(help: ArgumentHelp("Ids of cases to leave out.", valueName: "id-glob"))
    var skip: [String] = []

    @Option(help: "Factor on every wait.")
    var timeoutScale = 1.0

    @Option(help: ArgumentHelp("Begin no case after so many seconds.", valueName: "seconds"))
    var timeLimit: Double?

    @Flag(name: .customShort("4"), help: "Use IPv4 only.")
    var v4 = false

    @Flag(name: .customShort("6"), help: "Use IPv6 only.")
    var v6 = false

    @Option(
        help: ArgumentHelp("Write a report: json, ndjson or junit; '-' is standard output.", valueName: "format=path")
    )
    var report: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Leave a capture of each failed case there, with its keys and a comment on the packet at fault, and beside it \
            what is no packet; 'replay' repeats the verdict offline. HTTP is there as TCP, for whoever reads captures. With \
            several targets, each has a folder in it. What an earlier run left there of the same cases is replaced.
            """,
            valueName: "folder"
        )
    )
    var captures: String?

    @Flag(name: [.short, .long], help: "Show every case, not only those that did not pass.")
    var verbose = false

    func validate() throws {
        guard jobs >= 1, jobs <= 256 else { throw ValidationError("--jobs must be 1 to 256.") }
        guard timeoutScale > 0, timeoutScale <= 1000 else { throw ValidationError("--timeout-scale must be above 0.") }
        guard timeLimit.map({ $0 > 0 && $0 <= 1e9 }) ?? true else {
            throw ValidationError("--time-limit must be above 0 and at most 1e9.")
        }
        guard !(v4 && v6) else { throw ValidationError("-4 and -6 exclude each other.") }
        guard [!target.isEmpty, exec != nil, listen != nil].count(where: \.self) <= 1 else {
            throw ValidationError("--target, --exec and --listen exclude each other.")
        }
        guard subscriber == nil || exec != nil else { throw ValidationError("--subscriber goes with --exec.") }
        guard redis == nil || (exec == nil && listen == nil && peer == nil) else {
            throw ValidationError("--redis goes with a tracker, not with --exec, --listen or --peer.")
        }
        guard peer == nil || target.count == 1 else {
            throw ValidationError("--peer goes with one --target, the rendezvous that introduces the peer.")
        }
        guard captures != "" else { throw ValidationError("--captures needs the name of a folder.") }
        guard level == nil || weakest != nil else { throw ValidationError("--level is MUST, SHOULD, MAY or observed.") }
    }

    func run() throws {
        let interruption = Interruption()
        let selection = Selection(
            patterns: patterns.map { IDPattern($0) },
            skipped: skip.map { IDPattern($0) },
            weakest: weakest
        )
        let cases: [Case]
        let requests: [ReportRequest]
        do {
            cases = try select(selection)
            requests = try report.map { try ReportRequest(argument: $0) }
        } catch {
            throw fail(.usage, "\(error)")
        }
        do {
            if let captures { try WritableFolder.check(captures) }
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let reporter: RunReporter
        do {
            reporter = try RunReporter(requests, verbose: verbose, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let status: RunStatus
        if judgesPeers {
            let peers =
                if let peer {
                    try Peers(introduced: peer, by: target[0], family: family, options: options)
                } else {
                    try Peers(exec: exec, listen: listen, family: family, options: options)
                }
            status = try check(cases, [peers.name], reporter, interruption, peers.announce) {
                [Discovery.Found(role: .peer, name: peers.name, checker: try peers.checker())]
            }
        } else if exec != nil || listen != nil {
            let clients = try Clients(
                exec: exec,
                subscriber: subscriber,
                listen: listen,
                family: family,
                options: options
            )
            status = try check(cases, [clients.name], reporter, interruption, clients.announce) {
                [Discovery.Found(role: .client, name: clients.name, checker: try clients.checker())]
            }
        } else if target.isEmpty {
            var deployment = ReferenceDeployment.Options()
            deployment.redis = redis
            let reference = try ReferenceDeployment(options: deployment)
            defer { reference.stop() }
            let arguments = [try TargetArgument("\(reference.address)")]
            status = try check(cases, arguments, named: [Discovery.embedded], reporter, interruption)
        } else {
            let arguments: [TargetArgument]
            do {
                arguments = try target.map { try TargetArgument($0) }
            } catch {
                throw fail(.usage, "\(error)")
            }
            status = try check(cases, arguments, named: target, reporter, interruption)
        }
        if status != .asExpected { throw ExitCode(status.rawValue) }
    }

    /// Whether what comes is a peer, and not only a client.
    private var judgesPeers: Bool {
        if peer != nil { return true }
        if let exec { return ExecutedPeers.isMeant(by: exec) }
        return listen != nil && !patterns.isEmpty && patterns.allSatisfy { $0.hasPrefix("peer/") }
    }

    private var weakest: Case.Level? {
        level.flatMap { level in Case.Level.allCases.first { $0.rawValue.lowercased() == level.lowercased() } }
    }

    private var options: Checker.Options {
        var options = Checker.Options(seed: seed, timeoutScale: timeoutScale, jobs: jobs, streamName: stream)
        options.captures = captures
        return options
    }

    private var family: AddressFamily? { v4 ? .v4 : v6 ? .v6 : nil }

    /// The cases for what is to be judged.
    private func select(_ selection: Selection) throws -> [Case] {
        let judgesClients = exec != nil || listen != nil || peer != nil
        do {
            return try selection.select(
                from: judgesPeers ? Suite.peer : judgesClients ? Suite.client : Suite.rendezvous + Suite.tracker
            )
        } catch {
            guard (try? selection.select(from: Suite.all)) != nil else { throw error }
            if (try? selection.select(from: Suite.capture)) != nil {
                throw ValidationError("These cases judge recorded exchanges; 'hlsp2p-check judge' does that.")
            }
            if (try? selection.select(from: Suite.peer)) != nil {
                throw ValidationError(
                    "These cases judge peers; --exec with {m3u8_url}, --listen or --peer says where those are."
                )
            }
            let advice = judgesClients ? "--target says where that is" : "--exec and --listen say where those come from"
            throw ValidationError("These cases judge \(judgesClients ? "a server" : "clients"); \(advice).")
        }
    }

    /// Runs the cases against what answers at each target, and reports them as one run.
    private func check(
        _ cases: [Case],
        _ arguments: [TargetArgument],
        named names: [String],
        _ reporter: RunReporter,
        _ interruption: Interruption
    ) throws -> RunStatus {
        try check(cases, names, reporter, interruption, { _ in }) {
            let roles = Set(cases.map(\.role))
            return try Discovery(family: family, options: options, redis: redis, roles: roles)
                .checkers(for: arguments, named: names)
        }
    }

    /// Runs the cases with each checker, and reports them as one run.
    private func check(
        _ cases: [Case],
        _ names: [String],
        _ reporter: RunReporter,
        _ interruption: Interruption,
        _ announce: @escaping @Sendable (Case) -> Void,
        _ discover: () throws -> [Discovery.Found]
    ) throws -> RunStatus {
        let start = ContinuousClock.now
        let found = try discover()
        if found.isEmpty { say("none of the cases is for what answers there") }
        let description = RunDescription(
            version: Command.version,
            seed: seed,
            targets: names,
            cases: found.flatMap { found in cases.filter { $0.role == found.role }.map(\.id) }
        )
        reporter.handle(.runStarted(description))
        let limit = timeLimit.map { start + .seconds($0) }
        let stops: @Sendable () -> Bool = {
            interruption.hasHappened || limit.map { ContinuousClock.now >= $0 } ?? false
        }
        let results = found.flatMap { found in
            found.checker.run(cases.filter { $0.role == found.role }, shouldStop: stops) { progress in
                switch progress {
                case .started(let subject):
                    announce(subject)
                    reporter.handle(.caseStarted(id: subject.id))
                case .finished(let result): reporter.handle(.caseFinished(result))
                case .remains(let why): say(why)
                }
            }
        }
        let planned = description.cases.count
        let elapsed = start.duration(to: .now)
        let summary = RunSummary(
            results,
            planned: planned,
            ending: .init(ran: results.count, planned: planned, isInterrupted: interruption.hasHappened),
            durationMilliseconds: Double(elapsed.components.seconds) * 1000 + Double(elapsed.components.attoseconds)
                / 1e15
        )
        reporter.handle(.runFinished(summary))
        do {
            try reporter.finish()
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        return RunStatus(summary)
    }
}
