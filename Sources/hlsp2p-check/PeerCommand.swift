import ArgumentParser
import Conformance
import Dispatch
import Fixtures
import Foundation
import HLSP2P
import Links
import struct RTMFP.SocketAddress

struct PeerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer",
        abstract: "Take part in the swarm of a live stream, and serve the stream to a player.",
        discussion: """
            Prints one line with the URL for the player when it is ready, and what happens on standard error; ends \
            cleanly on SIGTERM or SIGINT. The keys of the original's configuration are options, or members of a JSON \
            file: --config FILE.
            """
    )

    @OptionGroup var stream: StreamOptions

    @Option(help: ArgumentHelp("Where the player is served; port 0 asks for any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:0"

    @Flag(help: "Play the stream, without showing it.")
    var play = false

    @Option(help: ArgumentHelp("Get a saboteur at it: one named fault.", valueName: "name"))
    var sabotage: String?

    @OptionGroup var keys: KeyLogOption

    func run() throws {
        let interruption = Interruption()
        var configuration = try stream.configuration()
        if let sabotage {
            guard let saboteur = PeerSaboteur.named(sabotage) else { throw noSaboteur(sabotage) }
            configuration.saboteur = saboteur
            configuration.crashed = {
                // What dies of a fault dies of a signal, without more ado.
                signal(SIGABRT, SIG_DFL)
                abort()
            }
        }
        configuration.keyLog = try keys.open()
        configuration.listen = try Listening.address(listen)
        configuration.tell = { say($0.sentence) }
        let peer = try Listening.start { try LivePeer(configuration) }
        say("peer \(peer.peerID)")
        try write("player \(peer.playerURL)")
        let player = play ? HeadlessPlayer(peer.playerURL) : nil
        interruption.wait()
        player?.stop()
        let counted = DispatchSemaphore(value: 0)
        peer.status { status in
            say("got \(status.octetsFromPeers) octets from peers and \(status.octetsFromSources) from sources")
            counted.signal()
        }
        _ = counted.wait(timeout: .now() + 1)
        peer.stop()
    }
}

/// The keys of the original's configuration (swarm-algorithm §12), as options or in a file.
struct StreamOptions: ParsableArguments {
    @Option(name: .customLong("m3u8_url"), help: "The playlist of a live stream of one rendition.")
    var playlistURL: String?

    @Option(name: .customLong("rtmfp_url"), help: "The rendezvous, and behind the last slash the resource.")
    var rendezvousURL: String?

    @Option(name: .customLong("http_tracker"), help: "Where peers are asked for: http://host:port/get_peers.")
    var trackerURL: String?

    @Option(name: .customLong("remote_log_base_url"), help: "Where lines of the log go to.")
    var logURL: String?

    @Option(name: .customLong("rtmfp_url_peers"), help: "Pieces of a segment, and peers that they come from.")
    var peerCount: Int?

    @Option(name: .customLong("source_servers"), help: "Hosts with or without port, separated by commas.")
    var sourceServers: String?

    @Option(name: .customLong("index_rtmfp_url"), help: .private)
    var indexRendezvousURL: String?

    @Option(name: .customLong("index_rtmfp_url_peers"), help: .private)
    var indexPeerCount: Int?

    @Option(help: ArgumentHelp("A JSON object with these keys; options go before it.", valueName: "file"))
    var config: String?

    /// The keys in a file.
    private struct File: Decodable {
        var m3u8_url: String?
        var rtmfp_url: String?
        var http_tracker: String?
        var remote_log_base_url: String?
        var rtmfp_url_peers: Int?
        var source_servers: Servers?
    }

    /// Hosts in a list, or separated by commas, as the original's page hands them over.
    private struct Servers: Decodable {
        let hosts: [String]

        init(_ text: String) {
            hosts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let list = try? value.decode([String].self)
            self = Servers(try list?.joined(separator: ",") ?? value.decode(String.self))
        }
    }

    /// Whether anything says which stream is meant.
    var namesStream: Bool {
        [playlistURL, rendezvousURL, trackerURL, logURL, sourceServers, config].contains { $0 != nil }
    }

    /// Octets of a file with keys at most.
    private static let maximumFile = 1 << 20

    /// What is in a file, which may be one that never ends.
    private func content(of path: String) throws -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else { throw fail(.usage, "'\(path)' cannot be read") }
        let data: Data
        do {
            data = try file.read(upToCount: Self.maximumFile + 1) ?? Data()
        } catch {
            throw fail(.usage, "'\(path)' cannot be read")
        }
        guard data.count <= Self.maximumFile else {
            throw fail(.badData, "'\(path)' is longer than \(Self.maximumFile) octets, which no configuration is")
        }
        return data
    }

    func configuration() throws -> LivePeer.Configuration {
        var file = File()
        if let config {
            let data = try content(of: config)
            do {
                file = try JSONDecoder().decode(File.self, from: data)
            } catch {
                throw fail(.badData, "'\(config)' is no JSON object with the keys of a configuration")
            }
        }
        func value(_ key: String, _ option: String?, _ member: String?) throws -> String {
            guard let value = option ?? member else { throw ValidationError("--\(key) is missing.") }
            return value
        }
        let rendezvousURL = try value("rtmfp_url", rendezvousURL, file.rtmfp_url)
        let target: TargetArgument
        do {
            target = try TargetArgument(rendezvousURL)
        } catch {
            throw fail(.usage, "\(error)")
        }
        var rendezvous: SocketAddress?
        do {
            rendezvous = try target.resolve()
        } catch {
            say("\(error); segments come from the CDN until it does")
        }
        var configuration = LivePeer.Configuration(
            playlistURL: try value("m3u8_url", playlistURL, file.m3u8_url),
            rendezvousURL: rendezvousURL,
            trackerURL: try value("http_tracker", trackerURL, file.http_tracker),
            rendezvous: rendezvous
        )
        configuration.lookUp = { try? target.resolve(.v4) }
        configuration.logURL = logURL ?? file.remote_log_base_url
        configuration.peerCount = peerCount ?? file.rtmfp_url_peers ?? 2
        configuration.sourceServers = (sourceServers.map(Servers.init) ?? file.source_servers)?.hosts ?? []
        guard (1...64).contains(configuration.peerCount) else {
            throw ValidationError("--rtmfp_url_peers must be 1 to 64.")
        }
        return configuration
    }
}

extension PeerEvent {
    /// What has happened, in a few words.
    fileprivate var sentence: String {
        func list(_ peers: [PeerID]) -> String {
            peers.isEmpty ? "nobody" : peers.map { "\($0)".prefix(7) }.joined(separator: ", ")
        }
        return switch self {
        case .mode(.cdnOnly): "the rendezvous does not answer, or refuses: segments come from the CDN only"
        case .mode(let mode): "segments come from \(mode.rawValue)"
        case .upstream(let peers): "fed by \(list(peers))"
        case .downstream(let peers): "feeds \(list(peers))"
        case .stalled(let uri, let stage): "\(uri.printable) stalls, stage \(stage)"
        case .repairing(let uri): "\(uri.printable) is completed over HTTP"
        case .skipped(let uri): "\(uri.printable) cannot be had"
        case .topologyRepairBegan: "looks for other peers"
        case .topologyRepairEnded(let success): success ? "has found other peers" : "has found no other peers"
        }
    }
}

extension String {
    /// What a stranger chose, on one line of a terminal: what would act on that is shown as its number.
    fileprivate var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(1_000).flatMap { scalar -> [UnicodeScalar] in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator:
                        Array(scalar.escaped(asASCII: true).unicodeScalars)
                    default: [scalar]
                    }
                }
            )
        )
    }
}
