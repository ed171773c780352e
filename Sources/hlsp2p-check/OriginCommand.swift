import ArgumentParser
import Conformance
import Fixtures
import Foundation
import Links
import Web

struct OriginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "origin",
        abstract: "Serve a live stream, made up or put there by an encoder.",
        discussion: """
            With --ingest an encoder on this machine puts playlist and segments there: \
            ffmpeg … -f hls -method PUT http://HOST:PORT/live/film.m3u8. /counters tells what was served.
            """
    )

    @Option(help: ArgumentHelp("Where to listen; port 0 asks for any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:8080"

    @Flag(help: "Wait for an encoder instead of making segments up.")
    var ingest = false

    @Option(help: "Seconds of a segment that is made up.")
    var segment = 2.0

    @Option(help: "Octets of a segment that is made up.")
    var octets = 400_000

    func validate() throws {
        guard (0.1...60).contains(segment) else { throw ValidationError("--segment must be 0.1 to 60.") }
        guard (1...16 << 20).contains(octets) else { throw ValidationError("--octets must be 1 to 16777216.") }
    }

    func run() throws {
        let interruption = Interruption()
        let origin = Origin(takesFiles: ingest)
        let server = try Listening.start {
            try HTTPServer(at: Listening.address(listen), limits: .files, service: origin)
        }
        let encoder = ingest ? nil : SyntheticEncoder(onto: origin, segment: segment, octets: octets)
        try write("origin http://\(server.address)\(SyntheticEncoder.playlistPath)")
        interruption.wait()
        encoder?.stop()
        server.stop()
        let counters = origin.counters
        say("served \(counters.segments) segments, \(counters.octets) octets, and \(counters.playlists) playlists")
    }
}
