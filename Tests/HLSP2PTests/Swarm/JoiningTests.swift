import Flash
import HLSP2P
import RTMFP
import Testing

/// How a client finds its upstream peers, or goes without (swarm-algorithm §5, §6.1).
@Suite struct JoiningTests {
    static let peers = [Stage.peer(1), Stage.peer(2), Stage.peer(3)]

    @Test func thePlayerGetsWhatTwoPeersDeliver() throws {
        let stage = try Stage()
        let assignments = try stage.join(Array(Self.peers.prefix(2)))
        #expect(stage.swarm.mode == .p2p)
        // The greatest calFrom decides on the average.
        #expect(Set(assignments.values) == Set(try #require(Division(average: 1_000, count: 2)).assignments))
        #expect(stage.answers.values.contains(.data(Stage.content(2))))
        #expect(stage.fetched().isEmpty)
        let id = stage.want(3)
        for peer in Self.peers.prefix(2) { stage.push(peer, 3, try #require(assignments[peer])) }
        #expect(stage.answers[id] == .data(Stage.content(3)))
        #expect(stage.swarm.status.octetsFromPeers == 2_000)
    }

    /// The tracker is asked for half as many again, and neither the client itself nor what is no peer is connected to.
    @Test func theTrackerIsAsked() throws {
        let stage = try Stage(peerCount: 3)
        stage.swarm.rendezvousConnected(at: stage.now)
        let request = try #require(stage.fetched().first)
        #expect(request.url == "http://tracker/get_peers?resourceID=film&size=4")
        let answer = "[\"\(Stage.nearID)\", null, \"\(Self.peers[0])\", \"nobody\", \"\(Self.peers[0])\", 5]"
        stage.serve(request, Array(answer.utf8))
        #expect(stage.connecting == [Self.peers[0]])
    }

    @Test(arguments: ["", "[]", "{}", "null", "[\"", "<html>"]) func aSenselessAnswerIsAnEmptyList(_ text: String)
        throws
    {
        let stage = try Stage()
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.want(1)
        for request in stage.fetched() {
            stage.serve(request, request.url.contains("tracker") ? Array(text.utf8) : Stage.content(1))
        }
        stage.want(2)
        #expect(stage.swarm.mode == .cdn)
        #expect(stage.fetched().map(\.url) == [Stage.uri(2)])
    }

    /// A player may want the first segment again while it is not clear yet where the second comes from.
    @Test func theFirstSegmentIsLoadedAgain() throws {
        let stage = try Stage()
        stage.want(1)
        stage.serveAll()
        stage.want(2)
        let again = stage.want(1)
        stage.serveAll()
        #expect(stage.swarm.mode == .deciding)
        #expect(stage.answers[again] == .data(Stage.content(1)))
    }

    /// The search does not begin before all whom the tracker named are ready or gone.
    @Test func theSearchWaitsForThoseWhoConnect() throws {
        let stage = try Stage()
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.swarm.ready(Self.peers[2], at: stage.now)
        stage.want(1)
        stage.want(2)
        #expect(stage.asked(Self.peers[2]).isEmpty)
        stage.serveAll(tracker: Array(Self.peers.prefix(2)))
        stage.swarm.ready(Self.peers[0], at: stage.now)
        #expect(stage.asked(Self.peers[2]).isEmpty)
        stage.pass(.seconds(10))
        #expect(stage.disconnected == [Self.peers[1]])
        #expect(stage.asked(Self.peers[0]).map(\.request) == [.hasChunk(uri: Stage.uri(2), id: .null)])
        #expect(stage.asked(Self.peers[2]).count == 1)
    }

    @Test(arguments: [0, -1]) func fewerThanEnoughPeersAreNone(_ average: Int) throws {
        let stage = try Stage()
        stage.begin(Array(Self.peers.prefix(2)))
        let id = stage.want(2)
        for (number, peer) in Self.peers.prefix(2).enumerated() {
            let asked = try #require(stage.asked(peer).first)
            // The second says yes, with an average that is none.
            let answer = ChunkAnswer(
                uri: Stage.uri(2),
                result: number > 0,
                id: .null,
                averageChunkSize: average,
                averagedChunks: 1
            )
            stage.answer(peer, to: asked.id, .hasChunk(answer))
        }
        #expect(stage.swarm.mode == .cdn)
        stage.serveAll()
        #expect(stage.answers[id] == .data(Stage.content(2)))
        #expect(stage.said(to: Self.peers[0]).allSatisfy { $0.subtype != "getPiece" })
    }

    /// A piece that does not come is had elsewhere, at once.
    @Test func aRefusedPieceComesOverHTTP() throws {
        let stage = try Stage()
        stage.begin(Array(Self.peers.prefix(2)))
        let id = stage.want(2)
        stage.answerSearch(Array(Self.peers.prefix(2)), 2)
        let pull = try #require(stage.asked(Self.peers[0]).last)
        let refusal = [AMFMember("result", AMF3Value.boolean(false)), AMFMember("content", .byteArray([1]))]
        stage.say(Self.peers[0], .response(to: pull.id, wantsConfirm: true), "getPiece", refusal)
        #expect(stage.fetched().map(\.url) == [Stage.uri(2)])
        #expect(stage.answers[id] == nil)
    }

    @Test func theFirstChunkHasOneTargetDuration() throws {
        let stage = try Stage()
        stage.begin(Array(Self.peers.prefix(2)))
        let id = stage.want(2)
        stage.answerSearch(Array(Self.peers.prefix(2)), 2)
        stage.pass(.milliseconds(3_990))
        #expect(stage.fetched().isEmpty)
        stage.pass(.milliseconds(20))
        stage.serveAll()
        #expect(stage.answers[id] == .data(Stage.content(2)))
    }

    @Test(arguments: [true, false]) func withoutARendezvousEverythingComesOverHTTP(_ isRefused: Bool) throws {
        let stage = try Stage()
        stage.want(1)
        stage.serveAll()
        let id = stage.want(2)
        if isRefused {
            stage.swarm.rendezvousFailed(at: stage.now)
        } else {
            stage.pass(.milliseconds(14_990))
            #expect(stage.fetched().isEmpty)
            stage.pass(.milliseconds(20))
        }
        #expect(stage.swarm.mode == .cdnOnly)
        stage.serveAll()
        #expect(stage.answers[id] == .data(Stage.content(2)))
        // There is no way back.
        for number in 3..<30 {
            stage.want(number)
            stage.serveAll()
            stage.pass(.seconds(4))
        }
        #expect(stage.swarm.mode == .cdnOnly)
    }

    /// Peers that failed are not connected to again by this client (PEER-013).
    @Test func failedPeersAreLeftAlone() throws {
        let stage = try Stage()
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.serveAll(tracker: [Self.peers[0]])
        stage.pass(.seconds(11))
        #expect(stage.disconnected == [Self.peers[0]])
        stage.pass(.seconds(40))
        stage.swarm.rendezvousConnected(at: stage.now)
        stage.serveAll(tracker: [Self.peers[0], Self.peers[1]])
        #expect(stage.connecting == [Self.peers[0], Self.peers[1]])
    }
}

/// A client between those who feed it and those whom it feeds (swarm-algorithm §6.3, §4.3).
@Suite struct RelayingTests {
    static let upstream = [Stage.peer(1), Stage.peer(2)]
    static let fed = Stage.peer(3)

    let stage: Stage
    let assignments: [PeerID: Assignment]

    init() throws {
        stage = try Stage()
        assignments = try stage.join(Self.upstream)
        stage.swarm.ready(Self.fed, at: stage.now)
    }

    private func pushed() -> [Piece] {
        let envelopes = stage.said(to: Self.fed)
        stage.confirm(Self.fed, envelopes)
        return envelopes.compactMap { envelope in
            if case .pushPiece(let piece, _)? = Push(envelope) { piece } else { nil }
        }
    }

    private func push(_ place: Int, _ number: Int, stable: Bool = true) throws {
        let peer = Self.upstream[place]
        stage.push(peer, number, try #require(assignments[peer]), stable: stable)
    }

    /// A slice goes on as soon as its octets are there, whatever the division (SWARM-030, SWARM-031).
    @Test func slicesAreRelayedBeforeTheChunkIsComplete() throws {
        let slice = Assignment(id: 1, count: 4, offset: 100, length: 300)
        stage.ask(Self.fed, .goPushMode2(uri: Stage.uri(2), slice, externalID: .null))
        _ = pushed()
        try push(0, 3)
        let early = pushed()
        #expect(early.map { Array($0.content) } == [Array(Stage.content(3)[100..<400])])
        #expect(early.map(\.chunkSize) == [1_000])
        try push(1, 3)
        #expect(pushed().isEmpty)
    }

    /// One that reaches over the border waits for both pieces; the last one for the whole.
    @Test(arguments: [
        Assignment(id: 0, count: 2, offset: 400, length: 200), Assignment(id: 1, count: 2, offset: 700, length: -1),
    ])
    func otherSlicesWait(_ slice: Assignment) throws {
        stage.ask(Self.fed, .goPushMode2(uri: Stage.uri(2), slice, externalID: .null))
        _ = pushed()
        try push(1, 3)
        #expect(pushed().isEmpty)
        try push(0, 3)
        #expect(pushed().map { Array($0.content) } == [Array(Stage.content(3)[slice.range(in: 1_000)])])
    }

    /// What is not stable at those who feed is not stable here either (SWARM-012).
    @Test(arguments: [true, false]) func stabilityIsPassedOn(_ isStable: Bool) throws {
        stage.ask(
            Self.fed,
            .goPushMode2(uri: Stage.uri(2), Assignment(id: 0, count: 1, offset: 0, length: -1), externalID: .null)
        )
        _ = pushed()
        try push(0, 3, stable: isStable)
        try push(1, 3, stable: isStable)
        #expect(pushed().map(\.isFromStableSource) == [isStable])
        stage.ask(Self.fed, .hasChunk(uri: Stage.uri(3), id: .null))
        guard case .hasChunk(let answer)? = stage.said(to: Self.fed).compactMap({ Response($0) }).last else {
            Issue.record("no answer")
            return
        }
        #expect(answer.result == isStable)
    }

    /// Once a newer chunk is whole, one that is not is given up, and that is said (SWARM-033).
    @Test func incompleteChunksAreSkipped() throws {
        stage.ask(
            Self.fed,
            .goPushMode2(uri: Stage.uri(2), Assignment(id: 0, count: 1, offset: 0, length: -1), externalID: .null)
        )
        _ = pushed()
        try push(0, 3)
        try push(0, 4)
        try push(1, 4)
        let envelopes = stage.said(to: Self.fed)
        #expect(envelopes.map(\.subtype) == ["pushPieceError", "pushPiece"])
        #expect(envelopes.map { $0["uri"] } == [.string(Stage.uri(3)), .string(Stage.uri(4))])
    }

    /// A piece that is known, or not what was agreed, changes nothing (SWARM-034, SWARM-035).
    @Test func otherPiecesAreIgnored() throws {
        let id = stage.want(3)
        let peer = Self.upstream[0]
        let agreed = try #require(assignments[peer])
        try push(0, 3)
        try push(0, 3)
        let other = Assignment(id: 1 - agreed.id, count: 2, offset: 500 - agreed.offset, length: -1)
        stage.push(peer, 3, other)
        stage.push(peer, 3, Assignment(id: agreed.id, count: 2, offset: 7, length: 20))
        #expect(stage.answers[id] == nil)
        try push(1, 3)
        #expect(stage.answers[id] == .data(Stage.content(3)))
    }
}
