import Fixtures
import Flash
import HLSP2P
import Links
import RTMFP
import Testing

/// The session of four streams, seen by another implementation (peer-protocol §2).
@Suite struct PeerSessionTests {
    let swarm: SimulatedSwarm
    let peer: Peer
    let foreign: ForeignPeer
    static let peerAddress = SocketAddress(.v4(0x0a01_0001), port: 5_000)

    init() throws {
        swarm = try SimulatedSwarm(seed: 1)
        peer = try swarm.join().peer
        foreign = try #require(try ForeignPeer(seed: 2))
        try swarm.network.attach(foreign, at: SocketAddress(.v4(0x0a02_0001), port: 5_000))
        try swarm.run(.seconds(20))
        foreign.open(to: peer.peerID, at: Self.peerAddress, now: swarm.now)
        try swarm.run(.seconds(1))
        try #require(foreign.connection != nil)
    }

    private func ask(_ request: Request, id: Int) throws -> [Envelope] {
        let before = foreign.heard.count
        foreign.say(Envelope(id: id, .request, request.subtype, request.members), to: peer.peerID, at: swarm.now)
        try swarm.run(.seconds(1))
        return foreign.heard.dropFirst(before).map(\.envelope)
    }

    private func meet() throws {
        foreign.play(peer.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
        foreign.play(foreign.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
    }

    @Test func theFourStreamsComeUp() throws {
        try meet()
        #expect(foreign.statuses[peer.peerID.description]?.filter { $0 == "NetStream.Play.Start" }.count == 1)
        #expect(foreign.statuses[foreign.peerID.description]?.filter { $0 == "NetStream.Play.Start" }.count == 1)
        #expect(foreign.played == [foreign.peerID.description, peer.peerID.description])
        #expect(peer.status.ready == [foreign.peerID])
        let pong = try #require(ask(.ping(pingID: .integer(5), externalID: .string("x")), id: 0).first)
        #expect(Response(pong) == .ping(pingID: .integer(5), externalID: .string("x")))
        #expect(pong.kind == .response(to: 0, wantsConfirm: false))
        #expect(foreign.heard.allSatisfy { $0.name == foreign.peerID.description })
    }

    @Test func theFirstMessageIsNumberZero() throws {
        try meet()
        let answers = try (0..<3).flatMap { try ask(.ping(pingID: .integer(0), externalID: .null), id: $0) }
        #expect(answers.map(\.id) == [0, 1, 2])
    }

    /// A stream for somebody else is not to be had; that does not spoil it for whom it is for.
    @Test func outsidersAreRefused() throws {
        let other = try #require(try ForeignPeer(seed: 3))
        try swarm.network.attach(other, at: SocketAddress(.v4(0x0a02_0002), port: 5_000))
        other.open(to: peer.peerID, at: Self.peerAddress, now: swarm.now)
        foreign.play(peer.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
        other.play(foreign.peerID.description, at: swarm.now)
        other.play("something else", at: swarm.now)
        try swarm.run(.seconds(1))
        #expect(other.statuses.isEmpty)
        #expect(Set(other.closed) == [foreign.peerID.description, "something else"])
        foreign.play(foreign.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
        #expect(peer.status.ready == [foreign.peerID])
        // A second subscriber to the private stream is one too many.
        let second = foreign.connection?.play(foreign.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
        #expect(second?.isClosed == true)
        #expect(peer.status.ready == [foreign.peerID])
    }

    /// Whoever does not publish a stream for the peer is given up after ten seconds (peer-protocol §2.4).
    @Test func silentPeersAreGivenUp() throws {
        foreign.admits = { _ in nil }
        foreign.play(peer.peerID.description, at: swarm.now)
        try swarm.run(.seconds(1))
        #expect(foreign.played == [foreign.peerID.description])
        #expect(foreign.closed.isEmpty)
        foreign.admits = { _ in true }
        try swarm.run(.seconds(12))
        #expect(foreign.closed.contains(peer.peerID.description))
        // It may come again by itself (PEER-014).
        let third = foreign.play(peer.peerID.description, at: swarm.now)
        try swarm.run(.milliseconds(500))
        #expect(third?.isClosed == false)
    }

    @Test(arguments: 0..<4) func anyClosedStreamEndsTheSession(_ which: Int) throws {
        try meet()
        let names = [peer.peerID.description, foreign.peerID.description]
        let stream = which < 2 ? foreign.subscriptions[names[which]] : foreign.publications[names[which - 2]]
        foreign.connection?.close(try #require(stream), at: swarm.now)
        try swarm.run(.seconds(1))
        #expect(peer.status.ready.isEmpty)
        #expect(Set(foreign.closed.filter { !$0.isEmpty }).count == 2)
        #expect(foreign.connection?.served.isEmpty == true)
        #expect(foreign.connection?.subscribed.isEmpty == true)
        // And another may begin over the same session.
        try meet()
        #expect(peer.status.ready == [foreign.peerID])
    }

    @Test func aCloseIsNotAnswered() throws {
        try meet()
        #expect(try ask(.close, id: 0).isEmpty)
        #expect(foreign.connection?.served.isEmpty == true)
        #expect(peer.status.ready.isEmpty)
        try meet()
        #expect(peer.status.ready == [foreign.peerID])
    }

    /// What makes no sense is ignored, and the session goes on (peer-protocol §8).
    @Test func senselessMessagesDoNoHarm() throws {
        try meet()
        let senseless = [
            Message(.dataExtended, [1, 2, 3]), Message(.data, []), DataMessage("cmdHello").message(),
            DataMessage("cmdMsg", [.number(42)]).message(), DataMessage("onMetaData", [.ecmaArray([])]).message(),
            Envelope(id: 0, .request, "unheardOf").message(), Envelope(id: -5, .confirm(of: 99), "pushPiece").message(),
            Envelope(id: 0, .response(to: 77, wantsConfirm: false), "getPiece").message(), Message(.audio, [1]),
            Command("cmdMsg", [.null]).message(),
        ]
        for message in senseless { foreign.say(message, to: peer.peerID, at: swarm.now) }
        try swarm.run(.seconds(1))
        #expect(foreign.heard.isEmpty)
        #expect(try ask(.ping(pingID: .integer(1), externalID: .null), id: 9).count == 1)
    }

    /// A chunk is offered, cut to pieces, and pushed on from the next one (peer-protocol §6.1 to §6.5).
    @Test func aForeignPeerIsFed() throws {
        try meet()
        let newest = swarm.web.origin.newest(at: swarm.now) - 2
        let uri = "http://other.example/live/\(newest).ts?token=1"
        let whole = swarm.web.origin.octets(of: newest)
        let offer = try #require(ask(.hasChunk(uri: uri, id: .null), id: 0).first)
        guard case .hasChunk(let answer)? = Response(offer) else {
            Issue.record("no answer")
            return
        }
        #expect(answer.result && answer.uri == uri && answer.averageChunkSize > 0 && answer.averagedChunks > 0)
        foreign.say(offer.confirm(id: 1), to: peer.peerID, at: swarm.now)
        let pieces = [(0, 0, 7_000), (1, 7_000, -1), (1, 1 << 27, 5), (2, 0, 5), (0, -1, 5), (0, 0, -2)]
        var contents: [[UInt8]?] = []
        for (number, (id, offset, length)) in pieces.enumerated() {
            let assignment = Assignment(id: id, count: 2, offset: offset, length: length)
            let envelope = try #require(ask(.getPiece(uri: uri, assignment), id: 10 + number).first)
            foreign.say(envelope.confirm(id: 50 + number), to: peer.peerID, at: swarm.now)
            if case .getPiece(let piece)? = Response(envelope) {
                contents.append(Array(piece.content))
            } else {
                contents.append(nil)
            }
            if contents.last == .some(nil) { #expect(envelope["content"] == nil) }
        }
        #expect(contents == [Array(whole[..<7_000]), Array(whole[7_000...]), [], nil, nil, nil])
        let slice = Assignment(id: 1, count: 2, offset: 7_000, length: -1)
        let agreed = try #require(ask(.goPushMode(uri: uri, slice), id: 30).first)
        #expect(Response(agreed) == .goPushMode(result: true))
        #expect(agreed.needsConfirm)
        try swarm.run(.seconds(10))
        // Not before the confirm.
        #expect(foreign.heard.last?.envelope == agreed)
        foreign.say(agreed.confirm(id: 31), to: peer.peerID, at: swarm.now)
        for number in 0..<3 {
            try swarm.run(.seconds(4))
            let envelope = try #require(foreign.heard.last?.envelope)
            guard case .pushPiece(let piece, _)? = Push(envelope) else {
                Issue.record("no push")
                return
            }
            let expected = swarm.web.origin.octets(of: newest + 1 + number)
            #expect(piece.uri.chunkPath == "live/\(newest + 1 + number).ts")
            #expect(piece.content == expected[7_000...])
            #expect(piece.chunkSize == expected.count && piece.id == 1 && piece.offset == 7_000)
            #expect(piece.isFromStableSource && piece.playlist != nil)
            #expect(envelope.queuedAt != nil && envelope.sentAt != nil)
            foreign.say(envelope.confirm(id: 32 + number), to: peer.peerID, at: swarm.now)
        }
        #expect(peer.status.downstream == [foreign.peerID])
        foreign.confirms = true
        if let last = foreign.heard.last?.envelope { foreign.say(last.confirm(id: 80), to: peer.peerID, at: swarm.now) }
        let answers = try ask(.stopPush(externalID: .string("e")), id: 90)
        #expect(answers.compactMap { Response($0) } == [.stopPush(externalID: .string("e"))])
        try swarm.run(.seconds(10))
        #expect(foreign.heard.last?.envelope == answers.last)
        #expect(peer.status.downstream.isEmpty)
    }

    /// Whoever does not confirm loses the session after 30 s, not before.
    @Test func unconfirmedAnswersEndTheSession() throws {
        try meet()
        #expect(try ask(.hasChunk(uri: nil, id: .null), id: 0).count == 1)
        try swarm.run(.seconds(27))
        #expect(peer.status.ready == [foreign.peerID])
        try swarm.run(.seconds(4))
        #expect(peer.status.ready.isEmpty)
        #expect(foreign.connection?.served.isEmpty == true)
    }
}
