import Flash
import HLSP2P
import RTMFP
import Testing

/// What those get whom a client feeds (swarm-algorithm §6.2, §6.3).
@Suite struct FeedingTests {
    static let peers = [Stage.peer(1), Stage.peer(2)]
    static let whole = Assignment(id: 0, count: 1, offset: 0, length: -1)

    let stage: Stage

    /// A client in CDN mode that holds segments 2 and 3.
    init() throws {
        stage = try Stage()
        stage.begin([])
        for number in 2...3 {
            stage.want(number)
            stage.serveAll()
        }
        for peer in Self.peers { stage.swarm.ready(peer, at: stage.now) }
    }

    private func load(_ number: Int) {
        stage.want(number)
        stage.serveAll()
    }

    /// What is pushed to a peer, by number and content, with everything confirmed.
    private func pushed(_ peer: PeerID) -> [(number: Int, content: [UInt8], size: Int?)] {
        var found: [(Int, [UInt8], Int?)] = []
        while true {
            let envelopes = stage.said(to: peer)
            if envelopes.isEmpty { return found }
            for envelope in envelopes {
                if case .pushPiece(let piece, _)? = Push(envelope) {
                    let number = piece.uri.chunkPath.dropFirst("live/".count).dropLast(".ts".count)
                    found.append((Int(number) ?? -1, Array(piece.content), piece.chunkSize))
                }
            }
            stage.confirm(peer, envelopes)
        }
    }

    private func go(_ peer: PeerID, _ number: Int, _ slice: Assignment = whole) {
        stage.ask(peer, .goPushMode2(uri: Stage.uri(number), slice, externalID: .string("x")))
    }

    /// outPeerNumber counts who is fed, and who has had no relation for half a minute.
    @Test func theNumberOfPeersLeavesOutWhoHasJustCome() throws {
        func number() throws -> Int {
            stage.ask(Self.peers[0], .hasChunk(uri: Stage.uri(2), id: .null))
            let envelopes = stage.said(to: Self.peers[0])
            stage.confirm(Self.peers[0], envelopes)
            for case .hasChunk(let answer)? in envelopes.map({ Response($0) }) { return answer.outPeerNumber }
            throw Inconclusive()
        }
        struct Inconclusive: Error {}
        #expect(try number() == 0)
        go(Self.peers[1], 3)
        #expect(try number() == 1)
        stage.confirm(Self.peers[1], stage.said(to: Self.peers[1]))
        stage.pass(.seconds(29))
        #expect(try number() == 1)
        stage.pass(.seconds(2))
        #expect(try number() == 2)
    }

    @Test func whatIsNewerIsCaughtUp() {
        load(4)
        go(Self.peers[0], 2)
        let envelopes = stage.said(to: Self.peers[0])
        // The answer comes first.
        #expect(envelopes.first.flatMap { Response($0) } == .goPushMode2(result: true, externalID: .string("x")))
        stage.confirm(Self.peers[0], envelopes)
        let pushed = pushed(Self.peers[0])
        #expect(pushed.map(\.number) == [3, 4])
        #expect(pushed.map(\.content) == [Stage.content(3), Stage.content(4)])
        load(5)
        #expect(self.pushed(Self.peers[0]).map(\.number) == [5])
    }

    @Test func everybodyGetsTheSliceThatWasAgreed() {
        go(Self.peers[0], 3, Assignment(id: 2, count: 7, offset: 100, length: 50))
        go(Self.peers[1], 3, Assignment(id: 5, count: -1, offset: 990, length: 50))
        load(4)
        #expect(pushed(Self.peers[0]).map(\.content) == [Array(Stage.content(4)[100..<150])])
        #expect(pushed(Self.peers[1]).map(\.content) == [Array(Stage.content(4)[990...])])
    }

    /// A chunk that ends before the piece is announced by an empty one (PEER-107).
    @Test func emptyPiecesTellTheSize() {
        go(Self.peers[0], 3, Assignment(id: 1, count: 2, offset: 5_000, length: -1))
        load(4)
        let pushed = pushed(Self.peers[0])
        #expect(pushed.map(\.content) == [[]])
        #expect(pushed.map(\.size) == [1_000])
    }

    /// Whoever waits for a chunk that is not there yet does not keep others waiting.
    @Test func whoWaitsKeepsNobodyWaiting() {
        go(Self.peers[0], 5)
        go(Self.peers[1], 3)
        load(4)
        #expect(pushed(Self.peers[0]).isEmpty)
        #expect(pushed(Self.peers[1]).map(\.number) == [4])
        load(5)
        load(6)
        #expect(pushed(Self.peers[0]).map(\.number) == [6])
        #expect(pushed(Self.peers[1]).map(\.number) == [5, 6])
    }

    @Test func aPauseIsMinded() {
        go(Self.peers[0], 3)
        _ = pushed(Self.peers[0])
        stage.ask(Self.peers[0], .pausePush)
        for number in 4...6 { load(number) }
        #expect(pushed(Self.peers[0]).isEmpty)
        // It has had 4 and 5 from elsewhere.
        stage.ask(Self.peers[0], .resumePush(uri: Stage.uri(5)))
        #expect(pushed(Self.peers[0]).map(\.number) == [6])
        // What lies before its position is not repeated.
        stage.ask(Self.peers[0], .resumePush(uri: Stage.uri(2)))
        load(7)
        #expect(pushed(Self.peers[0]).map(\.number) == [7])
    }

    /// A pause or a resumption out of the blue makes no relation.
    @Test func strayPausesAreNothing() {
        stage.ask(Self.peers[0], .pausePush)
        stage.ask(Self.peers[0], .resumePush(uri: Stage.uri(2)))
        #expect(stage.swarm.status.downstream.isEmpty)
        load(4)
        #expect(stage.said(to: Self.peers[0]).isEmpty)
    }

    @Test(arguments: [true, false]) func aStopIsAnswered(_ isFed: Bool) {
        if isFed { go(Self.peers[0], 3) }
        _ = pushed(Self.peers[0])
        stage.ask(Self.peers[0], .stopPush(externalID: .string("")))
        let envelopes = stage.said(to: Self.peers[0])
        #expect(envelopes.compactMap { Response($0) } == [.stopPush(externalID: .string(""))])
        stage.confirm(Self.peers[0], envelopes)
        load(4)
        #expect(stage.said(to: Self.peers[0]).isEmpty)
        #expect(stage.swarm.status.downstream.isEmpty)
    }

    /// A chunk that the source does not have is skipped, and reported.
    @Test func whatCannotBeHadIsReported() throws {
        go(Self.peers[0], 3)
        _ = pushed(Self.peers[0])
        stage.want(4)
        stage.serve(try #require(stage.fetched().first), [], status: 404)
        #expect(stage.said(to: Self.peers[0]).compactMap { Push($0) } == [.pushPieceError(uri: Stage.uri(4))])
        load(5)
        #expect(pushed(Self.peers[0]).map(\.number) == [5])
    }

    /// A chunk that is gone when the confirm comes is waited for, as after a resumption.
    @Test func theStartMayBeGoneByTheConfirm() {
        stage.ask(Self.peers[0], .goPushMode(uri: Stage.uri(8), Self.whole))
        let envelopes = stage.said(to: Self.peers[0])
        load(4)
        #expect(stage.said(to: Self.peers[0]).isEmpty)
        stage.confirm(Self.peers[0], envelopes)
        for number in 5...9 { load(number) }
        #expect(pushed(Self.peers[0]).map(\.number) == [9])
    }

    /// Whoever confirms nothing is let go after 30 s, and costs the others nothing.
    @Test func silentReceiversAreLetGo() {
        for peer in Self.peers { go(peer, 3) }
        for number in 4...12 {
            load(number)
            #expect(pushed(Self.peers[1]).map(\.number) == [number])
            stage.pass(.seconds(4))
        }
        #expect(stage.disconnected == [Self.peers[0]])
        #expect(stage.swarm.status.downstream == [Self.peers[1]])
    }

    /// After a minute without relations leave is taken; who does not go then is let go (swarm-algorithm §10).
    @Test func idlePeersAreDismissed() {
        go(Self.peers[1], 3)
        _ = pushed(Self.peers[1])
        stage.pass(.seconds(61))
        #expect(stage.asked(Self.peers[0]).isEmpty)
        stage.pass(.seconds(60))
        #expect(stage.asked(Self.peers[0]).map(\.request) == [.close])
        #expect(stage.asked(Self.peers[1]).isEmpty)
        #expect(stage.disconnected.isEmpty)
        stage.pass(.seconds(60))
        #expect(stage.disconnected == [Self.peers[0]])
    }

    /// A thousand who want to be fed are too many; there is an end to what is kept for them.
    @Test func thereIsRoomForSoMany() {
        for number in 0..<60 {
            let peer = Stage.peer(UInt8(100 + number))
            guard stage.swarm.admits(peer) else { continue }
            stage.swarm.appeared(peer, at: stage.now)
            stage.swarm.ready(peer, at: stage.now)
            go(peer, 3)
        }
        #expect(stage.swarm.status.downstream.count == SwarmConfiguration.outPeerLimit + 1)
        #expect(!stage.swarm.admits(Stage.peer(98)))
    }

    /// What nobody has agreed to deliver is confirmed, and not kept.
    @Test func uninvitedPushesAreForgotten() throws {
        let before = stage.swarm.status.octetsCached
        for number in 50..<60 { stage.push(Self.peers[0], number, Self.whole) }
        #expect(stage.said(to: Self.peers[0]).allSatisfy { if case .confirm = $0.kind { true } else { false } })
        #expect(stage.swarm.status.octetsCached == before)
    }
}
