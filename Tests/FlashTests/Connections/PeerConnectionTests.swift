import Flash
import Meetings
import RTMFP
import Testing

/// Direct streams between peers (RFC 7425 §5.4).
@Suite struct PeerConnectionTests {
    /// A party that makes a PeerConnection of its session.
    final class Peer: Party {
        private(set) var connection: PeerConnection?
        private(set) var log: [String] = []
        private(set) var streams: [NetStream] = []
        var admits: (String) -> Bool = { _ in true }

        override func take(_ event: Event, at now: Instant) {
            super.take(event, at: now)
            if case .opened(let session, _) = event { connection = PeerConnection(over: session, of: endpoint) }
            connection?.receive(event, at: now)
            look(at: now)
        }

        func look(at now: Instant) {
            for entry in connection?.takeEvents() ?? [] {
                log.append(brief(entry.event))
                guard case .playRequested(let name, _) = entry.event else { continue }
                streams.append(entry.stream)
                if admits(name) { entry.stream.acceptPlay(at: now) } else { entry.stream.refusePlay("", at: now) }
            }
        }
    }

    let world = World()
    let subscriber: Peer
    let publisher: Peer

    init() throws {
        subscriber = try Peer(world, port: 50_001, seed: 1)
        publisher = try Peer(world, port: 50_002, seed: 2)
        publisher.admits = { $0 != "secret" }
        subscriber.open(to: publisher, at: world.now)
        world.run()
    }

    static let start = ["begun", "NetStream.Play.Reset", "NetStream.Play.Start"]

    private func play(_ name: String) throws -> NetStream {
        try #require(subscriber.connection?.play(name, at: world.now))
    }

    @Test func aSubscriptionIsServed() throws {
        let stream = try play("film")
        world.run()
        #expect(stream.id == 2_000_001)
        #expect(publisher.log == ["play film"])
        #expect(subscriber.log.prefix(3) == Self.start[...])
        let served = try #require(publisher.streams.first)
        served.send(Message(.audio, timestamp: 1, [1]), at: world.now)
        served.send(
            DataMessage("cmdMsg", [.avmplus(.integer(5))], form: .extended).message(timestamp: 2),
            at: world.now
        )
        world.run()
        #expect(subscriber.log.contains("Audio 1 [1]"))
        #expect(subscriber.log.contains { $0.hasPrefix("Data Extended 2") })
    }

    /// The subscriber's flow stands alone; the publisher's are in return to it, with the same stream ID.
    @Test func theFlowsAreWhatTheRFCSays() throws {
        _ = try play("film")
        world.run()
        let asked = try #require(publisher.receivedFlows.first?.received)
        #expect(asked.metadata == [0x54, 0x43, 0x04, 0xfa, 0x89, 0x01])
        #expect(asked.association == nil)
        let returned = try #require(subscriber.receivedFlows.first?.received)
        #expect(returned.metadata == asked.metadata)
        #expect(returned.association != nil)
        let play = try Command(decoding: Message(decoding: #require(publisher.messages.first?.bytes)))
        #expect(play.values == [.string("play"), .number(0), .null, .string("film")])
    }

    @Test func arefusedSubscriptionOpensNothing() throws {
        let stream = try play("secret")
        world.run()
        publisher.look(at: world.now)
        #expect(subscriber.log == ["closed"])
        #expect(stream.isClosed)
        #expect(publisher.log == ["play secret", "closed"])
        #expect(subscriber.receivedFlows.isEmpty)
        #expect(publisher.connection?.served.isEmpty == true)
        #expect(subscriber.connection?.subscribed.isEmpty == true)
    }

    @Test func severalStreamsShareASession() throws {
        let streams = try (0..<3).map { try play("film \($0)") }
        world.run()
        #expect(Set(streams.map(\.id)) == [2_000_001, 2_000_002, 2_000_003])
        #expect(publisher.streams.count == 3)
        subscriber.connection?.close(streams[1], at: world.now)
        world.run()
        #expect(publisher.streams.map(\.isClosed) == [false, true, false])
        #expect(streams.map(\.isClosed) == [false, true, false])
        #expect(publisher.log.suffix(2) == ["stopped playing film 1", "closed"])
    }

    @Test func bothMaySubscribe() throws {
        _ = try play("there")
        let back = try #require(publisher.connection?.play("here", at: world.now))
        world.run()
        subscriber.streams.first?.send(Message(.video, [1]), at: world.now)
        publisher.streams.first?.send(Message(.video, [2]), at: world.now)
        world.run()
        #expect(subscriber.log.last == "Video 0 [2]")
        #expect(publisher.log.last == "Video 0 [1]")
        #expect(back.id == 2_000_001)
    }

    @Test func thePublisherEnds() throws {
        let stream = try play("film")
        world.run()
        let served = try #require(publisher.streams.first)
        served.send(Message(.video, [1]), at: world.now)
        served.end(at: world.now)
        world.run()
        #expect(subscriber.log.suffix(2) == ["Video 0 [1]", "ended"])
        publisher.connection?.close(served, at: world.now)
        world.run()
        #expect(stream.isClosed)
        #expect(subscriber.log.last == "closed")
    }

    @Test func theSessionEnds() throws {
        let stream = try play("film")
        world.run()
        let session = try #require(subscriber.session)
        subscriber.endpoint.abort(session, at: world.now)
        world.run()
        #expect(stream.isClosed)
        #expect(publisher.log.suffix(2) == ["stopped playing film", "closed"])
        #expect(publisher.connection?.isClosed == true)
        #expect(subscriber.connection?.play("more", at: world.now) == nil)
    }

    @Test func thereIsALimit() throws {
        for number in 0...PeerConnection.maximumStreams { _ = try play("film \(number)") }
        world.run()
        #expect(publisher.connection?.served.count == PeerConnection.maximumStreams)
        #expect(subscriber.connection?.subscribed.count == PeerConnection.maximumStreams)
    }

    @Test(arguments: [[0x54, 0x43, 0x04, 0x00], [0x58], [0x54, 0x43, 0x00]])
    func otherFlowsAreRejected(_ metadata: [UInt8]) throws {
        let session = try #require(subscriber.session)
        let flow = try #require(subscriber.endpoint.openFlow(on: session, metadata: metadata, at: world.now))
        subscriber.endpoint.write(Command("play", [.string("film")]).message().encoded, on: flow, at: world.now)
        world.run()
        #expect(subscriber.rejectedFlows == [flow])
        #expect(publisher.log.isEmpty)
    }

    /// A subscriber does not publish, whatever it says on its flow.
    @Test func commandsOfTheSubscriberAreHandedOn() throws {
        let stream = try play("film")
        stream.send(Command("publish", [.string("film")]), at: world.now)
        stream.send(Command("cmdMsg", [.string("hello")]), at: world.now)
        stream.send(Message(.audio, [1]), at: world.now)
        world.run()
        #expect(publisher.log == ["play film", "command publish", "command cmdMsg"])
    }

    /// librtmfp opens a flow for each kind of command; a new subscription may have the ID of one that is going.
    @Test func furtherFlowsBelongToTheStreamUnlessTheyBeginAnother() throws {
        _ = try play("film")
        world.run()
        let session = try #require(subscriber.session)
        let metadata = FlowMetadata(streamID: PeerConnection.firstStreamID).encoded
        func open() throws -> FlowHandle {
            try #require(subscriber.endpoint.openFlow(on: session, metadata: metadata, at: world.now))
        }
        let further = try open()
        subscriber.endpoint.write(Command("cmdMsg").message().encoded, on: further, at: world.now)
        subscriber.endpoint.close(further, at: world.now)
        world.run()
        #expect(publisher.log == ["play film", "command cmdMsg"])
        #expect(publisher.streams.first?.isClosed == false)
        let second = try open()
        subscriber.endpoint.write(Command("play", [.string("series")]).message().encoded, on: second, at: world.now)
        world.run()
        #expect(publisher.log.last == "play series")
        #expect(publisher.connection?.served.count == 2)
        subscriber.endpoint.close(second, at: world.now)
        world.run()
        #expect(publisher.log.suffix(2) == ["stopped playing series", "closed"])
        #expect(publisher.connection?.served.count == 1)
    }
}
