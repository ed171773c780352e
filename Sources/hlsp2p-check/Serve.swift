import ArgumentParser
import Conformance
import Fixtures
import Foundation
import Links

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the reference rendezvous in the foreground.",
        discussion: "Prints one line with its address when it is ready, and ends cleanly on SIGTERM or SIGINT."
    )

    @Option(help: ArgumentHelp("Where to listen; port 0 asks for any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:1935"

    @Option(help: ArgumentHelp("Get a saboteur at it: one named fault.", valueName: "name"))
    var sabotage: String?

    @Flag(help: "Send messages back instead of being a rendezvous.")
    var echo = false

    @Flag(help: "Do not ask clients for HMACs and session sequence numbers; some cannot be asked.")
    var undemanding = false

    func run() throws {
        let interruption = Interruption()
        let saboteur = try sabotage.map { name in
            guard let saboteur = Saboteur.named(name) else {
                throw fail(.usage, "there is no saboteur '\(name)'; `hlsp2p-check list --json` names them")
            }
            return saboteur
        }
        let reference = try Listening.reference(
            at: listen,
            saboteur: saboteur,
            echoes: echo,
            asksForProtection: !undemanding
        )
        // Written past the buffer: whoever waits for the line must get it now, also through a pipe.
        FileHandle.standardOutput.write(Data("rendezvous rtmfp://\(reference.address)/\n".utf8))
        interruption.wait()
        reference.stop()
    }
}
