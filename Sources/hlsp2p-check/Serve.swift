import ArgumentParser
import Conformance
import Fixtures
import Foundation
import Links
import Redis
import struct RTMFP.SocketAddress

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the reference rendezvous and tracker in the foreground.",
        discussion: """
            Prints a line with the address of each when they are ready, and ends cleanly on SIGTERM or SIGINT. What \
            clients send to /remote_log appears on standard error.
            """
    )

    @Option(
        help: ArgumentHelp("Where the rendezvous listens; port 0 asks for any free one.", valueName: "host:port")
    )
    var listen = "127.0.0.1:1935"

    @Option(help: ArgumentHelp("Where the tracker listens; by default, as --listen says.", valueName: "host:port"))
    var tracker: String?

    @Option(
        help: ArgumentHelp("Keep the registry in that Redis instead of in memory.", valueName: "host:port[/db]"),
        transform: redisAddress
    )
    var redis: RedisAddress?

    @Option(
        help: ArgumentHelp(
            "Where clients of other rendezvous on the same Redis reach this one; by default, where it listens.",
            valueName: "host:port"
        )
    )
    var advertise: String?

    @Flag(help: "Let any host have any peer taken off the lists; needed behind a proxy.")
    var anyHostDisconnects = false

    @Option(help: ArgumentHelp("Get a saboteur at it: one named fault.", valueName: "name"))
    var sabotage: String?

    @Flag(help: "Send messages back instead of being a rendezvous.")
    var echo = false

    @Flag(help: "Do not ask clients for HMACs and session sequence numbers; some cannot be asked.")
    var undemanding = false

    @OptionGroup var keys: KeyLogOption

    func run() throws {
        let interruption = Interruption()
        let saboteur = sabotage.flatMap(Saboteur.named)
        let trackerSaboteur = saboteur == nil ? sabotage.flatMap(TrackerSaboteur.named) : nil
        if let sabotage, saboteur == nil, trackerSaboteur == nil {
            throw noSaboteur(sabotage)
        }
        if let trackerSaboteur {
            let faulty = try Listening.start {
                try SabotagedDeployment(
                    at: Listening.address(listen),
                    tracker: tracker.map { try Listening.address($0) },
                    trackerSaboteur
                )
            }
            try announce(faulty.address, faulty.tracker)
            interruption.wait()
            faulty.stop()
        } else {
            let options = try options(saboteur)
            let reference = try Listening.start {
                try ReferenceDeployment(at: Listening.address(listen), options: options)
            }
            try announce(reference.address, reference.tracker)
            interruption.wait()
            reference.stop()
        }
    }

    private func options(_ saboteur: Saboteur?) throws -> ReferenceDeployment.Options {
        var options = ReferenceDeployment.Options()
        options.saboteur = saboteur
        options.keyLog = try keys.open()
        options.echoes = echo
        options.asksForProtection = !undemanding
        options.tracker = try tracker.map { try Listening.address($0) }
        options.redis = redis
        options.advertised = try advertise.map { try Listening.address($0) }
        options.removesForAnybody = anyHostDisconnects
        options.log = { say("remote_log: \($0)") }
        return options
    }

    private func announce(_ rendezvous: SocketAddress, _ tracker: SocketAddress?) throws {
        let lines = ["rendezvous rtmfp://\(rendezvous)/"] + (tracker.map { ["tracker http://\($0)/"] } ?? [])
        try write(lines.joined(separator: "\n"))
    }
}

/// There is no saboteur of that name.
func noSaboteur(_ name: String) -> any Error {
    fail(.usage, "there is no saboteur '\(name)'; `hlsp2p-check list --json` names them")
}

/// The address that the user means.
func redisAddress(_ text: String) throws -> RedisAddress {
    guard let address = RedisAddress(text) else { throw ValidationError("'\(text)' is not host:port[/db].") }
    return address
}
