import Flash
import Meetings
import RTMFP
import Testing

/// Streams of a NetConnection (RFC 7425 §5.3.5, §5.3.7).
@Suite struct NetStreamTests {
    let meeting: Meeting

    init() throws {
        meeting = try Meeting()
        meeting.server.answers = { connection, event, now in
            switch event {
            case .connectRequested: connection.accept(at: now)
            case .stream(let stream, .publishRequested(let name, _)):
                if name == "taken" { stream.refusePublish("in use", at: now) } else { stream.acceptPublish(at: now) }
            case .stream(let stream, .playRequested(let name, _)):
                if name == "secret" { stream.refusePlay("no", at: now) } else { stream.acceptPlay(at: now) }
            default: break
            }
        }
    }

    var now: Instant { meeting.world.now }
    var clientLog: [String] { meeting.client.log.dropFirst().map(brief) }
    var serverLog: [String] { meeting.server.log.dropFirst().map(brief) }

    @Test func publishing() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        #expect(stream.id == nil)
        stream.publish("film", type: .record, at: now)
        meeting.world.run()
        #expect(stream.id == 1)
        #expect(clientLog == ["stream 1 NetStream.Publish.Start"])
        #expect(serverLog == ["streamCreated 1", "stream 1 publish film record"])
        for (type, timestamp) in [(MessageType.audio, 5), (.video, 0xffff_ffff), (.data, 7), (.dataExtended, 8)] {
            stream.send(Message(type, timestamp: UInt32(timestamp), [1, 2]), at: now)
        }
        meeting.world.run()
        #expect(
            Set(serverLog.dropFirst(2)) == [
                "stream 1 Audio 5 [1, 2]", "stream 1 Video 4294967295 [1, 2]", "stream 1 Data 7 [1, 2]",
                "stream 1 Data Extended 8 [1, 2]",
            ]
        )
        stream.stop(at: now)
        stream.send(Message(.data, [3]), at: now)
        meeting.world.run()
        #expect(serverLog.last == "stream 1 stopped publishing film")
    }

    @Test func publishingWhatIsTaken() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("taken", at: now)
        stream.send(Message(.data, [3]), at: now)
        meeting.world.run()
        #expect(clientLog == ["stream 1 NetStream.Publish.BadName"])
        #expect(serverLog == ["streamCreated 1", "stream 1 publish taken live"])
    }

    @Test func playing() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.play("film", at: now)
        meeting.world.run()
        #expect(
            clientLog == [
                "stream 1 begun", "stream 1 NetStream.Play.Reset", "stream 1 NetStream.Play.Start",
                "stream 1 Data 0 \(Array(DataMessage("|RtmpSampleAccess", [.boolean(true), .boolean(true)]).message().payload))",
            ]
        )
        let served = try #require(meeting.server.connection?.streams[1])
        served.send(Message(.video, timestamp: 3, [9]), at: now)
        served.end(at: now)
        meeting.world.run()
        #expect(clientLog.suffix(2) == ["stream 1 Video 3 [9]", "stream 1 ended"])
        stream.pause(true, at: now)
        stream.send(Command("receiveAudio", [.boolean(false)]), at: now)
        meeting.world.run()
        #expect(serverLog.suffix(2) == ["stream 1 paused true", "stream 1 wanted Audio false"])
    }

    @Test func playingWhatIsRefused() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.play("secret", at: now)
        meeting.world.run()
        #expect(clientLog == ["stream 1 NetStream.Play.Failed"])
    }

    /// Flows of streams are for the stream, and in return to the far end's control flow (RFC 7425 §5.3.5).
    @Test func flowsOfStreamsAreAssociatedWithTheControlFlow() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("film", at: now)
        stream.send(Message(.audio, [1]), at: now)
        meeting.world.run()
        let received = meeting.server.receivedFlows
        let control = try #require(meeting.client.receivedFlows.first?.received.association)
        #expect(received.dropFirst().map(\.received.metadata) == [[0x54, 0x43, 4, 1], [0x54, 0x43, 4, 1]])
        #expect(Set(received.dropFirst().map(\.received.association)).count == 1)
        let back = meeting.client.receivedFlows.dropFirst()
        #expect(back.map(\.received.metadata) == [[0x54, 0x43, 4, 1]])
        #expect(back.first?.received.association == control)
    }

    @Test func streamsEndWithTheirConnection() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("film", at: now)
        meeting.world.run()
        client.close(at: now)
        meeting.world.run()
        #expect(serverLog.suffix(3) == ["stream 1 stopped publishing film", "stream 1 closed", "closed far"])
        #expect(clientLog.suffix(2) == ["stream 1 closed", "closed near"])
        #expect(stream.isClosed)
        #expect(!stream.send(Message(.data, [1]), at: now))
    }

    @Test func deletingAStream() throws {
        let (client, server) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("film", at: now)
        meeting.world.run()
        client.delete(stream, at: now)
        meeting.world.run()
        #expect(serverLog.suffix(2) == ["stream 1 stopped publishing film", "stream 1 closed"])
        #expect(server.streams.isEmpty)
        #expect(server.state == .connected)
    }

    @Test func deletingAStreamBeforeItHasAnID() throws {
        let (client, server) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        client.delete(stream, at: now)
        meeting.world.run()
        #expect(serverLog == ["streamCreated 1", "stream 1 closed"])
        #expect(server.streams.isEmpty)
    }

    @Test func publishingAgainEndsWhatWas() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("one", at: now)
        stream.play("two", at: now)
        stream.send(Command("play", [.boolean(false)]), at: now)
        meeting.world.run()
        #expect(
            serverLog.dropFirst() == [
                "stream 1 publish one live", "stream 1 stopped publishing one", "stream 1 play two",
                "stream 1 stopped playing two",
            ]
        )
    }

    @Test func manyStreamsButNotAnyNumber() throws {
        let (client, server) = try meeting.connect()
        let streams = (0...NetConnection.maximumStreams).map { _ in client.createStream(at: now) }
        meeting.world.run()
        #expect(server.streams.count == NetConnection.maximumStreams)
        #expect(streams.last??.isClosed == true)
        let late = try #require(streams[200])
        late.publish("late", at: now)
        meeting.world.run()
        #expect(clientLog.last == "stream 201 NetStream.Publish.Start")
    }

    /// RFC 7425 §5.3.5.3: no other flow takes the place of one that was rejected.
    @Test func aRejectedFlowIsNotReplaced() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        stream.publish("film", at: now)
        stream.send(Message(.audio, [1]), at: now)
        meeting.world.run()
        let flows = meeting.server.receivedFlows.map(\.flow)
        let audio = try #require(meeting.server.messages.first { $0.bytes.first == 8 }?.flow)
        meeting.server.endpoint.reject(audio, at: now)
        meeting.world.run()
        #expect(!stream.send(Message(.audio, [2]), at: now))
        #expect(stream.send(Message(.video, [3]), at: now))
        meeting.world.run()
        #expect(meeting.server.receivedFlows.count == flows.count + 1)
        #expect(serverLog.last == "stream 1 Video 0 [3]")
    }

    @Test func namesHaveALimit() throws {
        let (client, _) = try meeting.connect()
        let stream = try #require(client.createStream(at: now))
        let name = String(repeating: "x", count: NetStream.maximumName)
        stream.publish(name + "x", at: now)
        stream.publish("", at: now)
        stream.publish(name, at: now)
        meeting.world.run()
        #expect(serverLog.dropFirst() == ["stream 1 publish \(name) live"])
    }
}
