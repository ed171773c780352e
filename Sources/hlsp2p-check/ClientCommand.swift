import ArgumentParser
import Conformance
import Dispatch
import Fixtures
import Foundation
import Links
import RTMFP
import Synchronization

struct ClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Send the reference to a server as a client.",
        discussion: """
            Prints what happens, and exits with 0 if the errand was done, with 1 if not. The media are test frames: \
            who plays them can tell whether they are whole, and whether anybody sent them.
            """,
        subcommands: [Connect.self, Publish.self, Play.self, Offer.self, Subscribe.self, Media.self]
    )

    /// What all errands have in common.
    struct Options: ParsableArguments {
        @Argument(help: ArgumentHelp("The server and its application.", valueName: "rtmfp-uri"))
        var uri: String

        @ArgumentParser.Option(help: "Be registered under a resource name, as viewers are.")
        var resource: String?

        @ArgumentParser.Option(help: ArgumentHelp("Give up after so many seconds.", valueName: "seconds"))
        var patience = 20.0

        @ArgumentParser.Option(
            help: "The Diffie-Hellman group of the client's static keys: 2, as Flash clients use it, 5 or 14."
        )
        var group: UInt64 = 2

        @OptionGroup var keys: KeyLogOption

        func run(_ errand: Errand) throws {
            guard let group = DiffieHellmanGroup(rawValue: group) else {
                throw fail(.usage, "there is no group \(self.group) here")
            }
            let result = Outcome()
            var random = SystemRandomNumberGenerator()
            let identity = try Identity.fixed(groups: [group], using: &random)
            var assignment = StreamingClient.Assignment(
                errand,
                uri: uri,
                server: try server(),
                patience: .seconds(patience),
                tell: { try? write($0) },
                end: { result.set($0) }
            )
            assignment.resource = resource
            assignment.keyLog = try keys.open()
            let near = SocketAddress.loopback(assignment.server.family, port: 0)
            let host = try UDPHost(at: near) { [assignment] address in
                StreamingClient(assignment, at: address, identity: identity, random: SystemRandomNumberGenerator())
            }
            defer { host.stop() }
            switch result.wait() {
            case .done(let what): try write("done: \(what)")
            case .failed(let why):
                try write("failed: \(why)")
                throw ExitCode(RunStatus.violated.rawValue)
            }
        }

        private func server() throws -> SocketAddress {
            do {
                return try TargetArgument(uri).resolve()
            } catch {
                throw fail(.usage, "\(error)")
            }
        }
    }

    struct Connect: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Connect, and close.")
        @OptionGroup var options: Options

        func run() throws { try options.run(.connect) }
    }

    struct Publish: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Publish to the server.")
        @OptionGroup var options: Options
        @Argument var stream: String
        @ArgumentParser.Option(help: "How long.") var seconds = 5.0

        func run() throws { try options.run(.publish(stream, .seconds(seconds))) }
    }

    struct Play: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Play from the server.")
        @OptionGroup var options: Options
        @Argument var stream: String
        @ArgumentParser.Option(help: "How many frames of video.") var frames = 30

        func run() throws { try options.run(.play(stream, frames: frames)) }
    }

    struct Offer: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish directly to peers that the server introduces."
        )
        @OptionGroup var options: Options
        @Argument var stream: String
        @ArgumentParser.Option(help: "How long.") var seconds = 10.0

        func run() throws { try options.run(.offer(stream, .seconds(seconds))) }
    }

    struct Subscribe: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Play directly from a peer.")
        @OptionGroup var options: Options
        @Argument var stream: String
        @Argument(help: "The peer's ID: 64 hexadecimal digits.") var peerID: String
        @ArgumentParser.Option(help: "How many frames of video.") var frames = 30

        func run() throws {
            guard let octets = [UInt8](hexadecimal: peerID), octets.count == 32 else {
                throw fail(.usage, "'\(peerID)' is no peer ID")
            }
            try options.run(.subscribe(stream, peerID: octets, frames: frames))
        }
    }
}

/// Hands an outcome from an event loop to the main thread.
private final class Outcome: Sendable {
    private let value = Mutex(ErrandOutcome.failed("interrupted"))
    private let arrival = DispatchSemaphore(value: 0)

    func set(_ outcome: ErrandOutcome) {
        value.withLock { $0 = outcome }
        arrival.signal()
    }

    func wait() -> ErrandOutcome {
        arrival.wait()
        return value.withLock(\.self)
    }
}

extension [UInt8] {
    /// Reads pairs of hexadecimal digits; nil if anything else is there.
    fileprivate init?(hexadecimal text: String) {
        var octets: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard rest.count >= 2, let octet = UInt8(rest.prefix(2), radix: 16), rest.first != "+" else { return nil }
            octets.append(octet)
            rest = rest.dropFirst(2)
        }
        self = octets
    }
}
