import ArgumentParser

@main
struct HLSP2PCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hlsp2p-check",
        abstract: "Judges implementations of RTMFP rendezvous servers, trackers and peers for hls-p2p.",
        subcommands: [SelfTestCommand.self]
    )
}
