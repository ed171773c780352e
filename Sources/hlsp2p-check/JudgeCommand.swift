import ArgumentParser
import Conformance
import Foundation

/// `hlsp2p-check judge`: the exit statuses of a run; 65 if the capture or its keys are of no use.
struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judge those who took part in a recorded exchange, without a peer.",
        discussion: """
            Reads pcap and pcapng. Each address that sent something is judged by itself, by every case of the role \
            capture. What a capture does not show is undecided. Without the sessions' keys, only startup is judged.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Argument(help: ArgumentHelp("Ids of the cases to judge by, with * and ? as wildcards.", valueName: "id-glob"))
    var patterns: [String] = []

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "Judge only who sent from this address; may be given more than once.",
            valueName: "host:port"
        )
    )
    var only: [String] = []

    @Option(help: "The weakest level to judge by: MUST, SHOULD, MAY or observed.")
    var level: String?

    @Option(help: ArgumentHelp("Ids of cases to leave out.", valueName: "id-glob"))
    var skip: [String] = []

    @Option(
        help: ArgumentHelp("Write a report: json, ndjson or junit; '-' is standard output.", valueName: "format=path")
    )
    var report: [String] = []

    @Flag(name: [.short, .long], help: "Show every case, not only those that did not pass.")
    var verbose = false

    func validate() throws {
        guard level == nil || weakest != nil else { throw ValidationError("--level is MUST, SHOULD, MAY or observed.") }
    }

    func run() throws {
        var run = JudgeRun(file: file, keys: keys)
        (run.only, run.reports, run.isVerbose) = (only, report, verbose)
        run.selection = Selection(
            patterns: patterns.map { IDPattern($0) },
            skipped: skip.map { IDPattern($0) },
            weakest: weakest
        )
        try run.run()
    }

    private var weakest: Case.Level? {
        level.flatMap { level in Case.Level.allCases.first { $0.rawValue.lowercased() == level.lowercased() } }
    }
}
