import ArgumentParser
import Capture
import Conformance
import Foundation
import Links
import struct RTMFP.Interval
import Traffic

/// `hlsp2p-check replay`: the exit statuses of a run.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play recorded traffic again: to the judge, or to a live implementation.",
        discussion: """
            Without --target, offline: everybody in the capture is judged, and the reference receives what they sent. What \
            'run --captures' left behind of a failed case has that case run again over what it recorded.

            With --target, what a session's initiator said is said again, in a new session with keys of its own, and the \
            answers are compared with the recorded ones. The first that differs in meaning is named. What is different \
            each time, such as times, identifiers and addresses, does not count.

            With --raw as well, the datagrams are sent as they are; nothing is compared then.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Argument(help: ArgumentHelp("Offline: ids of the cases to judge by, with * and ?.", valueName: "id-glob"))
    var cases: [String] = []

    @Option(
        help: ArgumentHelp(
            "Offline: judge only who sent from this address; may be given more than once.",
            valueName: "host:port"
        )
    )
    var only: [String] = []

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Option(help: ArgumentHelp("The live implementation.", valueName: "host:port"))
    var target: String?

    @Flag(help: "Send the datagrams as they are.")
    var raw = false

    @Option(
        help: ArgumentHelp(
            "Only this session, from 1; by default, all those with whom answered in the first that the keys open.",
            valueName: "number"
        )
    )
    var session: Int?

    @Option(
        help: ArgumentHelp("How many times as fast as recorded; as fast as possible by default.", valueName: "factor")
    )
    var speed: Double?

    @Option(help: "What to do with messages that the recording does not have: ignore, report (the default) or stop.")
    var unexpected: String?

    @Option(help: ArgumentHelp("How long to wait for an answer; 5 by default.", valueName: "seconds"))
    var patience: Double?

    @Option(help: ArgumentHelp("With --raw: only what went to this address.", valueName: "host:port"))
    var to: String?

    @Option(help: ArgumentHelp("With --raw: datagrams a second at most.", valueName: "rate"))
    var rate: Double?

    @Option(help: ArgumentHelp("With --raw: how often; once by default.", valueName: "times"))
    var `repeat`: Int?

    @Option(
        help: ArgumentHelp("Write a report: json, ndjson or junit; '-' is standard output.", valueName: "format=path")
    )
    var report: [String] = []

    @Flag(name: [.short, .long], help: "Show every case, or every message, not only those that matter.")
    var verbose = false

    @OptionGroup var ownKeys: KeyLogOption

    /// The ways to replay.
    private enum Way: String {
        case offline = "replays without --target"
        case live = "replays with --target"
        case raw = "replays with --raw"
    }

    func validate() throws {
        guard !raw || target != nil else { throw ValidationError("--raw goes with --target.") }
        let way = raw ? Way.raw : target == nil ? .offline : .live
        let given: [(name: String, isGiven: Bool, ways: [Way])] = [
            ("an ID-GLOB", !cases.isEmpty, [.offline]), ("--only", !only.isEmpty, [.offline]),
            ("--keys", keys != nil, [.offline, .live]), ("--session", session != nil, [.live]),
            ("--speed", speed != nil, [.live, .raw]), ("--unexpected", unexpected != nil, [.live]),
            ("--patience", patience != nil, [.live]), ("--key-log", ownKeys.keyLog != nil, [.live]),
            ("--to", to != nil, [.raw]), ("--rate", rate != nil, [.raw]), ("--repeat", `repeat` != nil, [.raw]),
        ]
        if let stray = given.first(where: { $0.isGiven && !$0.ways.contains(way) }) {
            let ways = stray.ways.map(\.rawValue).joined(separator: " and ")
            throw ValidationError("\(stray.name) is for \(ways), not for \(way.rawValue).")
        }
        guard [speed, rate].compactMap(\.self).allSatisfy({ $0 > 0 && $0 <= 1e9 }) else {
            throw ValidationError("--speed and --rate must be above 0, and 1000000000 at most.")
        }
        guard UnexpectedPolicy(rawValue: unexpected ?? "ignore") != nil else {
            throw ValidationError("--unexpected is ignore, report or stop.")
        }
        guard patience.map({ $0 > 0 && $0 <= 3_600 }) ?? true else {
            throw ValidationError("--patience must be above 0, and 3600 at most.")
        }
        guard session ?? 1 >= 1, `repeat` ?? 1 >= 1 else {
            throw ValidationError("--session and --repeat must be 1 or more.")
        }
    }

    func run() throws {
        do {
            if let target {
                let address = try Listening.address(target)
                guard address.port != 0 else { throw fail(.usage, "nothing can be sent to port 0 of '\(target)'") }
                if raw { try send(to: address) } else { try play(to: address) }
            } else {
                try judge()
            }
        } catch let error as CaptureError {
            throw fail(.badData, "\(error)")
        } catch let error as KeyLogError {
            throw fail(.badData, "\(error)")
        } catch let error as FailureReplay.Incomplete {
            throw fail(.badData, "\(error)")
        } catch let error as SocketError {
            throw fail(.unreachable, "\(error)")
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        }
    }

    /// The command that repeats this one with certain options; those that were not given are nil.
    func repetition(_ options: String?...) -> String {
        (["hlsp2p-check replay \(file.quotedPath)"] + options.compactMap(\.self)).joined(separator: " ")
    }
}
