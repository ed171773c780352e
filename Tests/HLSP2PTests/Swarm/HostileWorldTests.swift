import Flash
import HLSP2P
import RTMFP
import Testing

/// A tracker, a rendezvous, playlists and peers that mean harm: the stream goes on, and nothing is fetched, kept or
/// waited for beyond measure.
@Suite struct HostileWorldTests {
    static let good = [Stage.peer(1), Stage.peer(2)]
    static let bad = Stage.peer(9)

    /// A playlist of a peer names any host; segments come from the playlist's all the same (swarm-algorithm §5.2).
    @Test(arguments: [("http://10.0.0.1:6379", "http"), ("file://etc", "file")])
    func segmentsComeFromTheHostOfThePlaylist(_ place: String, _ scheme: String) throws {
        let stage = try Stage()
        stage.swarm.rendezvousFailed(at: stage.now)
        _ = stage.swarm.requestSegment("\(place)/live/1.ts?a=b", at: stage.now)
        #expect(stage.fetched().map(\.url) == ["\(scheme)://origin/live/1.ts?a=b"])
    }

    /// An upstream peer says that the stream is far ahead: what the source says counts (swarm-algorithm §4.4).
    @Test func aPlaylistFromNowhereDoesNotLast() throws {
        let stage = try Stage()
        let slice = try #require(try stage.join(Self.good)[Self.good[0]])
        let poison = Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:999999999999999999\n#EXTINF:4,\nx.ts\n".utf8)
        stage.push(Self.good[0], 3, slice, playlist: poison)
        let first = stage.swarm.requestPlaylist(at: stage.now)
        stage.pass(.milliseconds(60))
        stage.serveAll()
        #expect(stage.answers[first] == .data(Stage.playlist))
        // Nor does one that is nearer, once the source is asked again.
        for sequence in [50, 100, 150] {
            let near = Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\(sequence)\n#EXTINF:4,\nx.ts\n".utf8)
            stage.push(Self.good[0], 4, slice, playlist: near)
        }
        stage.pass(.seconds(5))
        let second = stage.swarm.requestPlaylist(at: stage.now)
        stage.serveAll()
        #expect(stage.answers[second] == .data(Stage.playlist))
    }

    /// The rendezvous accepts again while the tracker is being asked: nothing is due before there is an answer.
    @Test func aSecondAcceptanceKeepsNobodyBusy() throws {
        let stage = try Stage()
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.swarm.advance(to: stage.now)
        #expect(try #require(stage.swarm.nextDeadline) > stage.now)
        #expect(stage.fetched().count == 1)
    }

    /// A tracker that answers an octet at a time does not keep the player waiting.
    @Test func aTrackerThatNeverFinishesKnowsNobody() throws {
        let stage = try Stage()
        stage.swarm.rendezvousConnected(at: stage.now)
        let query = try #require(stage.fetched().first)
        stage.want(1)
        stage.serveAll()
        let id = stage.want(2)
        stage.swarm.receive(.status(200), of: query.id, at: stage.now)
        for _ in 0..<10 where stage.answers[id] == nil {
            stage.swarm.receive(.body([0x20]), of: query.id, at: stage.now)
            stage.pass(.seconds(3))
            stage.serveAll()
        }
        #expect(stage.answers[id] == .data(Stage.content(2)))
        #expect(stage.cancelled.contains(query.id))
    }

    /// An average beyond what a chunk may hold would give one peer everything, for good (swarm-algorithm §2).
    @Test func anAverageBeyondMeasureIsNoBasis() throws {
        let stage = try Stage()
        stage.begin(Self.good)
        let id = stage.want(2)
        stage.answerSearch(Self.good, 2, average: MediaChunk.maximumSize + 1)
        stage.serveAll()
        #expect(stage.swarm.mode == .cdn)
        #expect(stage.answers[id] == .data(Stage.content(2)))
    }

    /// Strangers who fill all places do not keep this client from those whom the tracker names.
    @Test func strangersLeaveRoomForTheTrackersPeers() throws {
        let stage = try Stage()
        let strangers = (0..<stage.swarm.configuration.maximumNeighbours).compactMap { number in
            PeerID([0xaa, UInt8(number & 0xff), UInt8(number >> 8)] + [UInt8](repeating: 0xaa, count: 29))
        }
        for stranger in strangers where stage.swarm.admits(stranger) {
            stage.swarm.appeared(stranger, at: stage.now)
            stage.swarm.ready(stranger, at: stage.now)
        }
        #expect(!stage.swarm.admits(Self.bad))
        stage.begin(Self.good)
        #expect(stage.connecting == Self.good)
    }

    /// Whoever asks for piece after piece and confirms none loses the session, before they fill the memory.
    @Test func piecesForWhoeverConfirmsNoneAreBounded() throws {
        let stage = try Stage()
        _ = try stage.join(Self.good)
        stage.swarm.ready(Self.bad, at: stage.now)
        let rest = Assignment(id: 0, count: 1, offset: 1, length: Assignment.toTheEnd)
        for _ in 0..<20 { stage.ask(Self.bad, .getPiece(uri: Stage.uri(2), rest)) }
        #expect(stage.disconnected == [Self.bad])
    }

    /// Who asks to be pushed to again and again is pushed each chunk once.
    @Test func aNewRequestToPushReplacesWhatWaits() throws {
        let stage = try Stage()
        let assignments = try stage.join(Self.good)
        for number in 3...5 {
            for peer in Self.good { stage.push(peer, number, try #require(assignments[peer])) }
        }
        stage.swarm.ready(Self.bad, at: stage.now)
        let all = Assignment(id: 0, count: -1, offset: 0, length: Assignment.toTheEnd)
        for round in 0..<4 {
            let request = Request.goPushMode2(uri: Stage.uri(2), all, externalID: .string("round \(round)"))
            stage.ask(Self.bad, request)
        }
        var pushed: [String] = []
        while true {
            let envelopes = stage.said(to: Self.bad)
            if envelopes.isEmpty { break }
            pushed += envelopes.filter { $0.subtype == "pushPiece" }.compactMap { $0["uri"].map { "\($0)" } }
            stage.confirm(Self.bad, envelopes)
        }
        #expect(pushed == (3...5).map { "\(AMF3Value.string(Stage.uri($0)))" })
    }
}
