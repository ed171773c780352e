import ArgumentParser

/// The command line: a verb a file.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hlsp2p-check",
        abstract: "Conformance toolkit for RTMFP.",
        subcommands: [Decode.self]
    )
}
