import Foundation
import HLSP2P
import RTMFP
import Synchronization
import Testing
import Web

@testable import Fixtures

/// Peers behind real sockets, beside a real origin, rendezvous and tracker.
struct LivePeerTests {
    @Test(.timeLimit(.minutes(2)))
    func aSwarmFeedsItself() async throws {
        let ground = try MadeUpStream(segment: 1, window: 8, octets: 100_000)
        defer { ground.stop() }
        let swarm = LiveSwarm { ground.origin.file($0) }
        defer { swarm.stop() }
        for _ in 0..<2 { try swarm.add(ground.configuration) }
        // Who comes while nobody has anything yet stays with the origin for half a minute.
        try await ground.patiently {
            swarm.look()
            return swarm.members.filter { $0.player.segments > 3 }.count == 2
        }
        for _ in 0..<2 { try swarm.add(ground.configuration) }
        try await ground.patiently {
            swarm.look()
            return swarm.members.contains { $0.status.octetsFromPeers > 500_000 && !$0.status.upstream.isEmpty }
        }
        // Whoever feeds others disappears; those whom it fed go on.
        let feeder = try #require(swarm.members.first { !$0.status.downstream.isEmpty })
        let fed = feeder.status.downstream
        swarm.remove(feeder.peerID, vanishing: true)
        let before = swarm.members.map(\.player.segments).reduce(0, +)
        try await ground.patiently {
            swarm.look()
            return swarm.members.map(\.player.segments).reduce(0, +) > before + 3 * swarm.members.count
        }
        for member in swarm.members {
            #expect(member.player.missing == 0, "\(member.peerID), fed: \(fed.contains(member.peerID))")
            #expect(member.player.wrong == 0)
        }
        let json = try JSONSerialization.jsonObject(with: Data(swarm.members.json.utf8)) as? [String: Any]
        #expect((json?["peers"] as? [Any])?.count == 3)
    }

    @Test func aPlayerIsLedBackToThePeer() async throws {
        let ground = try MadeUpStream(segment: 1, window: 8, octets: 100_000)
        defer { ground.stop() }
        let peer = try LivePeer(ground.configuration)
        defer { peer.stop() }
        let base = try #require(WebAddress(peer.playerURL))
        let playlist = try #require(MediaPlaylist(try await get(peer.playerURL).body))
        let segment = try #require(playlist.segments.last?.uri)
        #expect(segment.hasPrefix("/live/"))
        #expect(try await get(base.resolving(segment)).body == ground.origin.file(segment))
        for other in ["/live/999999.ts", "/", "/counters", "/at/127.0.0.1:1/x.ts", "//x"] {
            #expect(try await get("http://\(base.authority)\(other)").status == 404)
        }
        #expect(try await get("http://\(base.authority)\(segment)", "DELETE").status == 405)
    }

    @Test(.timeLimit(.minutes(2))) func aPlayerThatLeavesIsForgotten() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Silence())
        defer { server.stop() }
        let peer = try LivePeer(
            LivePeer.Configuration(
                playlistURL: "http://\(server.address)/film.m3u8",
                rendezvousURL: "rtmfp://127.0.0.1:1/film",
                trackerURL: "http://\(server.address)/get_peers",
                rendezvous: .loopback(port: 1)
            )
        )
        defer { peer.stop() }
        let exchange = HTTPClient.open("GET", peer.playerURL) { _ in }
        while await peer.waiting == 0 { try await Task.sleep(for: .milliseconds(10)) }
        exchange?.cancel()
        while await peer.waiting > 0 { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test(.timeLimit(.minutes(2))) func aRendezvousWhoseNameIsNotKnownIsFoundLater() async throws {
        let ground = try MadeUpStream(segment: 1, window: 8, octets: 100_000)
        defer { ground.stop() }
        let attempts = Mutex(0)
        var configuration = ground.configuration
        let address = configuration.rendezvous
        configuration.rendezvous = nil
        configuration.lookUpPause = 0.05
        configuration.lookUp = {
            attempts.withLock {
                $0 += 1; return $0 < 5 ? nil : address
            }
        }
        let peer = try LivePeer(configuration)
        defer { peer.stop() }
        // Meanwhile the stream is there.
        let playlist = try #require(MediaPlaylist(try await get(peer.playerURL).body))
        let segment = try #require(playlist.segments.last?.uri)
        let base = try #require(WebAddress(peer.playerURL))
        #expect(try await get(base.resolving(segment)).body == ground.origin.file(segment))
        let question = "\(configuration.trackerURL)?resourceID=film&size=9"
        while try await get(question).body != Array("[\"\(peer.peerID)\"]".utf8) {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(attempts.withLock(\.self) == 5)
    }

    /// The tracker has heard that a peer leaves when the program ends (tracker-protocol §5).
    @Test func theTrackerHearsOfTheEnd() throws {
        let tracker = Listener()
        let server = try HTTPServer(at: .loopback(port: 0), service: tracker)
        defer { server.stop() }
        let peer = try LivePeer(
            LivePeer.Configuration(
                playlistURL: "http://127.0.0.1:1/film.m3u8",
                rendezvousURL: "rtmfp://127.0.0.1:1/film",
                trackerURL: "http://\(server.address)/get_peers",
                rendezvous: .loopback(port: 1)
            )
        )
        peer.stop()
        #expect(tracker.heard == ["/peer_disconnect peer_id=\(peer.peerID)&app=film"])
    }

    /// A playlist may be from a stranger: neither the peer nor the player goes elsewhere for what it names.
    @Test func aPlaylistLeadsNowhereElse() async throws {
        let ground = try MadeUpStream(segment: 1, window: 8, octets: 100_000)
        defer { ground.stop() }
        var configuration = ground.configuration
        configuration.playlistURL = configuration.playlistURL.replacing("film.m3u8", with: "other.m3u8")
        let source = try #require(WebAddress(configuration.playlistURL)).authority
        var text = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-MAP:URI=\"i.mp4\"\n"
        text += "#EXT-X-KEY:METHOD=AES-128,URI=\"http://127.0.0.1:1/key\",IV=0x1\nhttp://127.0.0.1:1/live/other.ts\n"
        ground.origin.put("/live/other.m3u8", Array(text.utf8))
        ground.origin.put("/live/other.ts", [1, 2, 3])
        let peer = try LivePeer(configuration)
        defer { peer.stop() }
        let base = try #require(WebAddress(peer.playerURL))
        let lines = String(decoding: try await get(peer.playerURL).body, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("#EXT-X-MAP:URI=\"http://\(source)/live/i.mp4\""))
        #expect(lines.contains("#EXT-X-KEY:METHOD=AES-128,URI=\"http://\(source)/key\",IV=0x1"))
        let segments = lines.filter { !$0.hasPrefix("#") }
        #expect(segments == ["/at/127.0.0.1:1/live/other.ts"])
        #expect(try await get(base.resolving("/at/127.0.0.1:1/live/other.ts")).body == [1, 2, 3])
    }

    @Test(
        arguments: [
            ("http://h/film.mp4", "rtmfp://127.0.0.1:1/film", "http://h/get_peers"),
            ("film.m3u8", "rtmfp://127.0.0.1:1/film", "http://h/get_peers"),
            ("http://h/film.m3u8", "rtmp://127.0.0.1:1/film", "http://h/get_peers"),
            ("http://h/film.m3u8", "rtmfp://127.0.0.1:1", "http://h/get_peers"),
            ("http://h/film.m3u8", "rtmfp://127.0.0.1:1/cumulus_app", "http://h/get_peers"),
            ("http://h/film.m3u8", "rtmfp://127.0.0.1:1/film", "get_peers"),
        ]
    )
    func whatCannotBeMeantIsRefused(playlist: String, rendezvous: String, tracker: String) {
        let configuration = LivePeer.Configuration(
            playlistURL: playlist,
            rendezvousURL: rendezvous,
            trackerURL: tracker,
            rendezvous: .loopback(port: 1)
        )
        #expect(throws: LivePeer.Malformed.self) { try LivePeer(configuration) }
    }

    private func get(_ url: String, _ method: String = "GET") async throws -> HTTPResponse {
        try await withCheckedContinuation { continuation in
            HTTPClient.send(method, url) { continuation.resume(returning: $0) }
        }.get()
    }
}

/// Answers nothing.
private struct Silence: HTTPService {
    let maximumBody = 1_024
    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {}
    func refusal(_ status: Int) -> HTTPResponse { HTTPResponse(status) }
}

extension LivePeer {
    /// How many requests of players wait.
    fileprivate var waiting: Int {
        get async {
            await withCheckedContinuation { continuation in
                host.perform { node, _ in continuation.resume(returning: node.waiting.count) }
            }
        }
    }
}

/// Keeps what it is sent.
private final class Listener: HTTPService {
    let maximumBody = 1_024
    private let content = Mutex<[String]>([])

    var heard: [String] { content.withLock(\.self) }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let line = "\(request.path) \(String(decoding: request.body, as: UTF8.self))"
        content.withLock { $0.append(line) }
        done(HTTPResponse(204))
    }

    func refusal(_ status: Int) -> HTTPResponse { HTTPResponse(status) }
}

extension MadeUpStream {
    /// Waits until `body` is true; the test's own limit bounds it.
    fileprivate func patiently(_ body: () -> Bool) async throws {
        while !body() { try await Task.sleep(for: .milliseconds(100)) }
    }
}
