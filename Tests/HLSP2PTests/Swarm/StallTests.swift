import Flash
import HLSP2P
import RTMFP
import Testing

/// Stall detection and repair (swarm-algorithm §7, §8).
@Suite struct StallTests {
    static let upstream = [Stage.peer(1), Stage.peer(2)]
    static let third = Stage.peer(3)

    let stage: Stage
    let assignments: [PeerID: Assignment]

    init() throws {
        stage = try Stage()
        assignments = try stage.join(Self.upstream)
        for peer in Self.upstream { _ = stage.said(to: peer) }
        // Half of segment 3 has come.
        stage.push(Self.upstream[0], 3, try #require(assignments[Self.upstream[0]]))
        _ = stage.said(to: Self.upstream[0])
    }

    private func pong(_ peer: PeerID) throws {
        let (id, request) = try #require(stage.asked(peer).first)
        guard case .ping(let pingID, let externalID) = request else {
            Issue.record("\(request)")
            return
        }
        #expect(externalID == .null)
        stage.answer(peer, to: id, .ping(pingID: pingID, externalID: externalID))
    }

    /// A player may ask again and give up its first request: the second is watched from then on.
    @Test func whoAsksAgainIsNotForgotten() {
        let first = stage.want(3)
        let second = stage.want(3)
        stage.swarm.cancel(first, at: stage.now)
        stage.pass(.seconds(9))
        stage.serveAll()
        #expect(stage.answers[second] == .data(Stage.content(3)))
        #expect(stage.answers[first] == nil)
    }

    /// 4 s: ping; 8 s: speed test; 12 s: nothing; 17 s: HTTP.
    @Test func theStagesOfAPeerThatIsThere() throws {
        let id = stage.want(3)
        stage.pass(.milliseconds(3_990))
        #expect(stage.asked(Self.upstream[1]).isEmpty)
        stage.pass(.milliseconds(20))
        #expect(stage.asked(Self.upstream[0]).isEmpty)
        try pong(Self.upstream[1])
        stage.pass(.seconds(4))
        let test = try #require(stage.asked(Self.upstream[1]).first)
        guard case .speedTest(let start, let name) = test.request else {
            Issue.record("\(test.request)")
            return
        }
        stage.pass(.seconds(2.5))
        stage.answer(Self.upstream[1], to: test.id, .speedTest(start: start, id: name))
        stage.pass(.seconds(6.4))
        #expect(stage.fetched().isEmpty)
        stage.pass(.milliseconds(200))
        #expect(stage.fetched().map(\.url) == [Stage.uri(3)])
        #expect(stage.swarm.mode == .p2p)
        #expect(stage.disconnected.isEmpty)
        #expect(stage.answers[id] == nil)
    }

    /// Who does not answer the ping is gone after 8 s: the other is paused, and the segment comes over HTTP.
    @Test func theStagesOfAPeerThatIsNotThere() throws {
        let id = stage.want(3)
        stage.pass(.milliseconds(8_010))
        #expect(stage.disconnected == [Self.upstream[1]])
        #expect(stage.asked(Self.upstream[0]).map(\.request) == [.pausePush])
        stage.serveAll()
        #expect(stage.answers[id] == .data(Stage.content(3)))
        // That chunk is stable no longer, so that nobody builds on it.
        stage.ask(Self.upstream[0], .hasChunk(uri: Stage.uri(3), id: .null))
        let answer = try #require(stage.said(to: Self.upstream[0]).compactMap { Response($0) }.last)
        guard case .hasChunk(let offer) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(!offer.result)
    }

    @Test(arguments: [2.9, 3.1]) func slowPeersAreReplaced(_ seconds: Double) throws {
        stage.want(3)
        stage.pass(.milliseconds(4_010))
        try pong(Self.upstream[1])
        stage.pass(.seconds(4))
        let test = try #require(stage.asked(Self.upstream[1]).first)
        guard case .speedTest(let start, let name) = test.request else { return }
        stage.pass(.seconds(seconds))
        stage.answer(Self.upstream[1], to: test.id, .speedTest(start: start, id: name))
        stage.pass(.seconds(4 - seconds + 0.1))
        #expect(stage.fetched().isEmpty == (seconds < 3))
        #expect(stage.events.contains(.topologyRepairBegan) == (seconds > 3))
    }

    /// An upstream peer that will not deliver has said so: no pings, HTTP after 4 s.
    @Test func announcedErrorsAreRepaired() throws {
        let error = Push.pushPieceError(uri: Stage.uri(3))
        stage.say(Self.upstream[1], .response(to: -1, wantsConfirm: false), error.subtype, error.members)
        #expect(stage.said(to: Self.upstream[1]).isEmpty)
        stage.want(3)
        stage.pass(.milliseconds(4_010))
        #expect(stage.fetched().map(\.url) == [Stage.uri(3)])
        #expect(stage.asked(Self.upstream[1]).isEmpty)
    }

    @Test func lossOfAnUpstreamPeerIsRepairedAtOnce() throws {
        let id = stage.want(3)
        stage.swarm.lost(Self.upstream[1], at: stage.now)
        stage.serveAll()
        #expect(stage.answers[id] == .data(Stage.content(3)))
        let next = stage.want(4)
        stage.serveAll()
        #expect(stage.answers[next] == .data(Stage.content(4)))
    }

    /// If the source fails as well, the segment is skipped, and whoever is fed learns of it.
    @Test func aRepairThatFailsSkipsTheSegment() throws {
        let fed = Stage.peer(7)
        stage.swarm.ready(fed, at: stage.now)
        let slice = Assignment(id: 0, count: 1, offset: 0, length: -1)
        stage.ask(fed, .goPushMode2(uri: Stage.uri(2), slice, externalID: .string("x")))
        stage.confirm(fed, stage.said(to: fed))
        let id = stage.want(3)
        stage.swarm.lost(Self.upstream[1], at: stage.now)
        let request = try #require(stage.fetched().first)
        stage.serve(request, [], status: 404)
        #expect(stage.answers[id] == .unavailable)
        #expect(stage.said(to: fed).compactMap { Push($0) } == [.pushPieceError(uri: Stage.uri(3))])
        #expect(stage.swarm.mode == .p2p)
    }

    /// Another peer takes over the very piece, in three rounds with an ID each; then the others go on.
    @Test func aFailedPeerIsReplaced() throws {
        stage.swarm.ready(Self.third, at: stage.now)
        stage.pass(.seconds(5))
        stage.want(3)
        stage.swarm.lost(Self.upstream[1], at: stage.now)
        stage.serveAll()
        let (pingID, ping) = try #require(stage.asked(Self.third).first)
        guard case .ping(let number, .string(let first)) = ping else { return }
        #expect(first.hasPrefix("P2PNetworkRepairer_"))
        stage.answer(Self.third, to: pingID, .ping(pingID: number, externalID: .string(first)))
        let (askID, ask) = try #require(stage.asked(Self.third).first)
        guard case .hasChunk(let uri, .string(let second)) = ask else { return }
        stage.answer(Self.third, to: askID, .hasChunk(ChunkAnswer(uri: uri, result: true, id: .string(second))))
        let (goID, go) = try #require(stage.asked(Self.third).first)
        guard case .goPushMode2(_, let assignment, .string(let last)) = go else { return }
        #expect(Set([first, second, last]).count == 3)
        #expect(assignment == assignments[Self.upstream[1]])
        stage.answer(Self.third, to: goID, .goPushMode2(result: true, externalID: .string(last)))
        #expect(stage.events.contains(.topologyRepairEnded(success: true)))
        let next = stage.want(4)
        stage.push(Self.upstream[0], 4, try #require(assignments[Self.upstream[0]]))
        stage.push(Self.third, 4, assignment)
        #expect(stage.answers[next] == .data(Stage.content(4)))
        #expect(stage.fetched().allSatisfy { !$0.url.hasSuffix(".ts") })
    }

    /// A round ends after 10 s, whoever has not answered; nobody else means the CDN.
    @Test func aRepairThatGetsNowhereEnds() throws {
        stage.swarm.ready(Self.third, at: stage.now)
        stage.want(3)
        stage.swarm.lost(Self.upstream[1], at: stage.now)
        stage.serveAll()
        for number in 4..<24 where stage.swarm.mode == .p2p {
            stage.pass(.seconds(4))
            stage.want(number)
            stage.serveAll()
        }
        #expect(stage.swarm.mode == .cdn)
        #expect(stage.events.contains(.topologyRepairEnded(success: false)))
        #expect(stage.asked(Self.upstream[0]).map(\.request).contains(.stopPush(externalID: .string(""))))
        let pings = stage.asked(Self.third).filter { if case .ping = $0.request { true } else { false } }
        #expect(pings.count == 1)
    }
}
