import Flash
import HLSP2P
import RTMFP
import Testing

/// HTTP, playlists from peers, and the way back into the swarm (swarm-algorithm §4.4, §5.2, §9).
@Suite struct SourceTests {
    static let peers = [Stage.peer(1), Stage.peer(2), Stage.peer(3)]

    @Test func serversTakeTurns() throws {
        let stage = try Stage(servers: ["a:81", "b"])
        stage.swarm.rendezvousFailed(at: stage.now)
        var urls: [String] = []
        for number in 1...3 {
            stage.want(number)
            for request in stage.fetched() {
                urls.append(request.url)
                stage.serve(request, Stage.content(number))
            }
        }
        #expect(urls == ["http://a:81/live/1.ts", "http://b/live/2.ts", "http://a:81/live/3.ts"])
    }

    /// A silent source is asked five times, with growing patience; then the segment is skipped (SWARM-060).
    @Test func aSilentSourceIsAskedAgain() throws {
        let stage = try Stage(servers: ["a", "b"])
        stage.swarm.rendezvousFailed(at: stage.now)
        let id = stage.want(1)
        var requests: [WebRequest] = []
        for patience in [4, 8, 12, 16, 20] {
            requests += stage.fetched()
            stage.pass(.seconds(Double(patience) - 0.01))
            #expect(stage.fetched().isEmpty)
            stage.pass(.milliseconds(10))
        }
        #expect(requests.map(\.url) == [String](repeating: "http://a/live/1.ts", count: 5))
        #expect(stage.cancelled == Set(requests.map(\.id)))
        #expect(stage.answers[id] == .unavailable)
        stage.want(2)
        #expect(stage.fetched().map(\.url) == ["http://b/live/2.ts"])
    }

    @Test func aSegmentThatIsNotThereIsSkipped() throws {
        let stage = try Stage()
        stage.swarm.rendezvousFailed(at: stage.now)
        stage.want(1)
        stage.serveAll()
        let id = stage.want(2)
        stage.serve(try #require(stage.fetched().first), [], status: 404)
        #expect(stage.answers[id] == .unavailable)
        let next = stage.want(3)
        stage.serveAll()
        #expect(stage.answers[next] == .data(Stage.content(3)))
    }

    /// In the swarm, the playlist that came with pieces is good for a target duration.
    @Test func playlistsComeFromPeers() throws {
        let stage = try Stage()
        let assignments = try stage.join(Array(Self.peers.prefix(2)))
        let newer = Array("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:2\n".utf8)
        let slice = try #require(assignments[Self.peers[0]])
        stage.push(Self.peers[0], 3, slice, playlist: newer)
        let first = stage.swarm.requestPlaylist(at: stage.now)
        stage.settle()
        #expect(stage.answers[first] == nil)
        stage.pass(.milliseconds(60))
        #expect(stage.answers[first] == .data(newer))
        #expect(stage.fetched().isEmpty)
        // After an error, not until there is news; an older one changes nothing.
        let error = Push.pushPieceError(uri: Stage.uri(9))
        stage.say(Self.peers[1], .response(to: -1, wantsConfirm: false), error.subtype, error.members)
        _ = stage.swarm.requestPlaylist(at: stage.now)
        #expect(stage.fetched().map(\.url) == ["http://origin/live/a.m3u8"])
        stage.push(Self.peers[0], 4, slice, playlist: Stage.playlist)
        let second = stage.swarm.requestPlaylist(at: stage.now)
        stage.pass(.milliseconds(60))
        #expect(stage.answers[second] == .data(newer))
        stage.pass(.seconds(4))
        _ = stage.swarm.requestPlaylist(at: stage.now)
        #expect(!stage.fetched().isEmpty)
    }

    /// A playlist without a media sequence number begins with number 0 (RFC 8216 §4.3.3.2): good for the player, and
    /// never said to peers, who cannot read it (peer-protocol §8).
    @Test func anUnnumberedPlaylistIsForThePlayerAlone() throws {
        let stage = try Stage()
        stage.swarm.rendezvousFailed(at: stage.now)
        let unnumbered = Array("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n1.ts\n#EXTINF:3,\n2.ts\n".utf8)
        for _ in 0..<2 {
            let id = stage.swarm.requestPlaylist(at: stage.now)
            stage.serve(try #require(stage.fetched().first), unnumbered)
            #expect(stage.answers[id] == .data(unnumbered))
        }
        let error = stage.swarm.requestPlaylist(at: stage.now)
        stage.serve(try #require(stage.fetched().first), Array("<html>Not now</html>".utf8))
        #expect(stage.answers[error] == .unavailable)
        for number in 1...2 {
            stage.want(number)
            stage.serveAll()
        }
        let peer = Self.peers[0]
        stage.swarm.ready(peer, at: stage.now)
        let whole = Assignment(id: 0, count: 1, offset: 0, length: -1)
        stage.ask(peer, .getPiece(uri: Stage.uri(2), whole))
        let answer = try #require(stage.said(to: peer).compactMap { Response($0) }.first)
        guard case .getPiece(let piece) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(piece.content == Stage.content(2)[...])
        #expect(piece.playlist == nil)
    }

    /// A playlist that is none does not cost the piece.
    @Test func senselessPlaylistsCostNoPiece() throws {
        let stage = try Stage()
        let assignments = try stage.join(Array(Self.peers.prefix(2)))
        let id = stage.want(3)
        for peer in Self.peers.prefix(2) {
            stage.push(peer, 3, try #require(assignments[peer]), playlist: Array("<html>".utf8))
        }
        #expect(stage.answers[id] == .data(Stage.content(3)))
    }

    /// Segments that are asked for in CDN mode, with time passing, until `isDone`.
    private func play(_ stage: Stage, from number: Int, _ isDone: () -> Bool) -> Int {
        var number = number
        while !isDone(), number < 60 {
            stage.want(number)
            stage.serveAll(tracker: Self.peers)
            stage.pass(.seconds(4))
            number += 1
        }
        return number
    }

    /// A client in CDN mode with three peers that are ready, asked to push after half a minute.
    ///
    /// - Parameter isFoundLate: whether it was not known at first where the rendezvous is.
    private func wayBack(isFoundLate: Bool = false) throws -> (Stage, next: Int) {
        let stage = try Stage()
        if isFoundLate {
            stage.swarm.rendezvousUnknown(at: stage.now)
            let id = stage.want(1)
            stage.serveAll()
            #expect(stage.answers[id] == .data(Stage.content(1)))
            stage.swarm.rendezvousConnected(at: stage.now)
        } else {
            stage.begin([])
        }
        stage.want(2)
        #expect(stage.swarm.mode == .cdn)
        stage.serveAll()
        for peer in Self.peers { stage.swarm.ready(peer, at: stage.now) }
        let began = stage.now
        let next = play(stage, from: 3) { stage.events.contains(.topologyRepairBegan) }
        #expect(stage.now - began >= .seconds(30))
        return (stage, next)
    }

    private func offered(_ stage: Stage, _ number: Int) -> Bool? {
        stage.ask(Self.peers[2], .hasChunk(uri: Stage.uri(number), id: .null))
        let envelopes = stage.said(to: Self.peers[2])
        stage.confirm(Self.peers[2], envelopes)
        guard case .hasChunk(let answer)? = envelopes.compactMap({ Response($0) }).last else { return nil }
        return answer.result
    }

    @Test(arguments: [false, true], [false, true])
    func theWayBackIsFound(isFoundLate: Bool, isPushedFirst: Bool) throws {
        let (stage, next) = try wayBack(isFoundLate: isFoundLate)
        // While it goes on nobody can build on this client; before it could.
        #expect(offered(stage, 2) == true)
        #expect(offered(stage, next - 1) == false)
        var assignments: [PeerID: Assignment] = [:]
        for _ in 0..<3 {
            for peer in Self.peers {
                for (id, request) in stage.asked(peer) {
                    switch request {
                    case .ping(let number, let external):
                        stage.answer(peer, to: id, .ping(pingID: number, externalID: external))
                    case .hasChunk(let uri, let round):
                        stage.answer(peer, to: id, .hasChunk(ChunkAnswer(uri: uri, result: true, id: round)))
                    case .goPushMode2(_, let assignment, let external):
                        #expect(assignment.count == -1)
                        assignments[peer] = assignment
                        stage.answer(peer, to: id, .goPushMode2(result: true, externalID: external))
                    default: break
                    }
                }
            }
        }
        // The third peer's ping was looked at by `offered`; two are enough once that round is over.
        stage.pass(.seconds(10))
        for _ in 0..<3 {
            for peer in Self.peers {
                for (id, request) in stage.asked(peer) {
                    if case .hasChunk(let uri, let round) = request {
                        stage.answer(peer, to: id, .hasChunk(ChunkAnswer(uri: uri, result: true, id: round)))
                    } else if case .goPushMode2(_, let assignment, let external) = request {
                        assignments[peer] = assignment
                        stage.answer(peer, to: id, .goPushMode2(result: true, externalID: external))
                    }
                }
            }
        }
        #expect(Set(assignments.values.map(\.id)) == [0, 1])
        #expect(stage.swarm.mode == .cdn)
        if isPushedFirst {
            for (peer, assignment) in assignments { stage.push(peer, next, assignment) }
        }
        let id = stage.want(next)
        #expect(stage.swarm.mode == .p2p)
        if !isPushedFirst {
            for (peer, assignment) in assignments { stage.push(peer, next, assignment) }
        }
        #expect(stage.answers[id] == .data(Stage.content(next)))
    }

    /// Those who agreed are told to stop if others did not; the stream comes over HTTP all the while.
    @Test func theWayBackIsNotFound() throws {
        let (stage, next) = try wayBack()
        for _ in 0..<3 {
            for peer in Self.peers {
                for (id, request) in stage.asked(peer) {
                    switch request {
                    case .ping(let number, let external):
                        stage.answer(peer, to: id, .ping(pingID: number, externalID: external))
                    case .hasChunk(let uri, let round):
                        stage.answer(peer, to: id, .hasChunk(ChunkAnswer(uri: uri, result: true, id: round)))
                    case .goPushMode2(_, let assignment, let external):
                        let result = assignment.id == 0
                        stage.answer(peer, to: id, .goPushMode2(result: result, externalID: external))
                    default: break
                    }
                }
            }
        }
        let stopped = Self.peers.flatMap { stage.asked($0) }.filter {
            if case .stopPush = $0.request { true } else { false }
        }
        #expect(stopped.count == 1)
        stage.pass(.seconds(10))
        #expect(
            stage.events.last { if case .topologyRepairEnded = $0 { true } else { false } }
                == .topologyRepairEnded(success: false)
        )
        for number in next..<(next + 3) {
            let id = stage.want(number)
            stage.serveAll()
            #expect(stage.answers[id] == .data(Stage.content(number)))
        }
        #expect(stage.swarm.mode == .cdn)
        #expect(offered(stage, next + 2) == true)
    }

    /// Whoever feeds others stays where it is (swarm-algorithm §9).
    @Test func whoFeedsOthersStaysInTheCDN() throws {
        let stage = try Stage()
        stage.begin([])
        stage.want(2)
        stage.serveAll()
        for peer in Self.peers { stage.swarm.ready(peer, at: stage.now) }
        let slice = Assignment(id: 0, count: 1, offset: 0, length: 100)
        stage.ask(Self.peers[0], .goPushMode2(uri: Stage.uri(2), slice, externalID: .null))
        var number = 3
        while number < 30 {
            stage.want(number)
            stage.serveAll()
            stage.confirm(Self.peers[0], stage.said(to: Self.peers[0]))
            stage.pass(.seconds(4))
            number += 1
        }
        #expect(!stage.events.contains(.topologyRepairBegan))
        #expect(stage.swarm.mode == .cdn)
    }
}
