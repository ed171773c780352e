import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// What real clients, servers and peers say is understood: Cumulus and hls-p2p, librtmfp, the C++ library, Go.
@Suite struct CapturedExchangeTests {
    @Test func thereAreExchangesOfEveryKind() {
        #expect(CapturedExchange.of(.client).count >= 10)
        #expect(CapturedExchange.of(.server).count >= 10)
        #expect(CapturedExchange.of(.peer).count >= 8)
    }

    /// A client's words, to the rendezvous: it is connected, every call is answered, and streams begin.
    @Test(arguments: CapturedExchange.of(.client)) func clientsAreServed(_ exchange: CapturedExchange) throws {
        // librtmfp names no resource.
        let house = try House { $0.resourceRule = .nobody }
        let client = try Actor(house.world, port: 50_000, seed: 3)
        client.open(to: house.host, at: house.now)
        house.world.run()
        var calls: [Command] = []
        for line in try exchange.lines() {
            try client.say(line, at: house.now)
            house.world.run(.milliseconds(200))
            if let command = try? Command(decoding: line.message) { calls.append(command) }
        }
        let answers = client.commands
        #expect(client.rejectedFlows.isEmpty)
        #expect(try house.rendezvous.connectedClients == 1)
        for call in calls where call.name == "connect" || call.transactionID != 0 {
            let answer = answers.first { $0.transactionID == call.transactionID && $0.name == "_result" }
            #expect(answer != nil, "\(call.name)")
        }
        let codes = answers.filter { $0.name == "onStatus" }.compactMap { $0.arguments.first?["code"]?.string }
        let names = calls.map(\.name)
        #expect(codes.contains("NetStream.Play.Start") == names.contains("play"))
        #expect(codes.contains("NetStream.Publish.Start") == names.contains("publish"))
        let connect = try #require(calls.first)
        let result = answers.first { $0.name == "_result" }?.arguments.first
        #expect(result?["objectEncoding"]?.number == connect.object["objectEncoding"]?.number)
        if let resource = connect.arguments.first?.string { #expect(try house.peers(resource).count == 1) }
    }

    /// A server's words, to a client that connects, makes a stream and plays.
    @Test(arguments: CapturedExchange.of(.server)) func serversAreUnderstood(_ exchange: CapturedExchange) throws {
        let world = World()
        let server = try Actor(world, port: 1935, seed: 2)
        let client = try Client(world, port: 50_000, seed: 3)
        client.connect(to: server.address, at: world.now)
        world.run()
        var streamed = 0
        for line in try exchange.lines() {
            try server.say(line, at: world.now)
            world.run(.milliseconds(200))
            if client.log.count == 1, let connection = client.connection, connection.state == .connected {
                connection.createStream(at: world.now)?.play("film", at: world.now)
                world.run(.milliseconds(200))
            }
            if line.metadata.last != 0 || (try? UserControl(decoding: line.message))?.event == 0 { streamed += 1 }
        }
        #expect(server.rejectedFlows.isEmpty)
        // librtmfp calls its first transaction 0, so that the answer to it answers nothing here.
        let answersFirst = try Command(decoding: #require(exchange.lines().first).message).transactionID == 1
        #expect((client.connection?.state == .connected) == answersFirst)
        let events = client.log.filter { if case .stream(_, let event) = $0 { event != .closed } else { false } }
        #expect(events.count == (answersFirst ? streamed : 0))
    }

    /// A peer's words: it subscribes, publishes, or both. Everything that it says becomes an event.
    @Test(arguments: CapturedExchange.of(.peer)) func peersAreUnderstood(_ exchange: CapturedExchange) throws {
        let world = World()
        let actor = try Actor(world, port: 40_000, seed: 2)
        let client = try Client(world, port: 50_000, seed: 3)
        // The first session is a client's with its server; this one stands for that.
        client.open(to: try Party(world, port: 1935, seed: 4), at: world.now)
        world.run()
        client.open(to: actor, at: world.now)
        world.run()
        let peer = try #require(client.peers.values.first)
        let lines = try exchange.lines()
        if lines.contains(where: \.isReturn) { #expect(peer.play("film", at: world.now) != nil) }
        world.run()
        for line in lines {
            try actor.say(line, at: world.now)
            world.run(.milliseconds(200))
        }
        #expect(actor.rejectedFlows.isEmpty)
        #expect(client.peerLog.count == lines.count)
        let plays = lines.count { (try? Command(decoding: $0.message))?.name == "play" }
        #expect(peer.served.count == plays)
        #expect(client.peerBrief.count { $0.hasPrefix("play ") } == plays)
        #expect(!client.peerBrief.contains("closed"))
    }
}
