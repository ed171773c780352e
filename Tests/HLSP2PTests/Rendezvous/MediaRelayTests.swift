import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// Publishing and playing through the server (RFC 7425 §5.3.7).
@Suite struct MediaRelayTests {
    let house: House

    init() throws {
        house = try House()
    }

    private func publish(_ name: String, by client: Client) throws -> NetStream {
        let stream = try #require(client.connection?.createStream(at: house.now))
        stream.publish(name, at: house.now)
        house.world.run()
        return stream
    }

    private func play(_ name: String, by client: Client) throws -> NetStream {
        let stream = try #require(client.connection?.createStream(at: house.now))
        stream.play(name, at: house.now)
        house.world.run()
        return stream
    }

    /// What came on the streams of a client, statuses and media, without the first events of a play.
    private func received(_ client: Client) -> [String] {
        client.log.compactMap { event in
            guard case .stream(_, let event) = event else { return nil }
            if case .message(let message) = event, message.type == .data, let data = try? DataMessage(decoding: message)
            {
                return data.handler == "|RtmpSampleAccess" ? nil : "\(data.handler) \(message.timestamp)"
            }
            let text = brief(event)
            return ["begun", "NetStream.Play.Reset", "NetStream.Play.Start"].contains(text) ? nil : text
        }
    }

    @Test func whatIsPublishedIsPlayedAsItIs() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        _ = try play("film", by: player)
        #expect(received(publisher) == ["NetStream.Publish.Start"])
        #expect(received(player) == ["NetStream.Play.PublishNotify"])
        let messages = [
            Message(.audio, timestamp: 0xffff_fff0, [0x2f, 1]), Message(.video, timestamp: 0xffff_fffa, [0x27, 2]),
            Message(.audio, timestamp: 4, []),
            DataMessage("cue", [.avmplus(.integer(4))], form: .extended).message(timestamp: 9),
            DataMessage("cue").message(timestamp: 10),
            Message(.video, timestamp: 11, [UInt8](repeating: 7, count: 100_000)),
        ]
        for message in messages { published.send(message, at: house.now) }
        house.world.run(.seconds(5))
        let came = player.log.compactMap { event -> Message? in
            if case .stream(_, .message(let message)) = event { message } else { nil }
        }
        #expect(Set(came.dropFirst()) == Set(messages))
    }

    @Test func whoComesEarlyWaits() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        _ = try play("film", by: player)
        #expect(received(player) == [])
        let published = try publish("film", by: publisher)
        published.send(Message(.video, timestamp: 1, [2]), at: house.now)
        house.world.run()
        #expect(received(player) == ["NetStream.Play.PublishNotify", "Video 1 [2]"])
    }

    /// The end comes after all media, though it goes over another flow.
    @Test func theEndComesLast() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        _ = try play("film", by: player)
        house.world.loses = { $0 % 5 == 0 }
        for number in 0..<20 { published.send(Message(.video, timestamp: UInt32(number), [1]), at: house.now) }
        published.synchronize(at: house.now)
        house.world.run(.seconds(4))
        published.stop(at: house.now)
        house.world.run(.seconds(20))
        #expect(received(player).last == "NetStream.Play.UnpublishNotify")
        #expect(received(player).count == 22)
    }

    @Test func lateComersGetWhatTheyNeed() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        published.send(DataMessage("@setDataFrame", [.string("onMetaData"), .object([])]).message(), at: house.now)
        published.send(DataMessage("@setDataFrame", [.string("gone")]).message(), at: house.now)
        published.send(DataMessage("@clearDataFrame", [.string("gone")]).message(), at: house.now)
        published.send(Message(.video, timestamp: 1, [0x17, 0, 1]), at: house.now)
        published.send(Message(.audio, timestamp: 1, [0xaf, 0, 2]), at: house.now)
        published.send(Message(.video, timestamp: 2, [0x27, 1, 3]), at: house.now)
        house.world.run()
        _ = try play("film", by: player)
        #expect(
            Set(received(player)) == [
                "NetStream.Play.PublishNotify", "onMetaData 0", "Video 1 [23, 0, 1]", "Audio 1 [175, 0, 2]",
            ]
        )
        published.stop(at: house.now)
        house.world.run()
        let again = try publish("film", by: publisher)
        #expect(!again.isClosed)
        let later = try house.guest()
        _ = try play("film", by: later)
        #expect(received(later) == ["NetStream.Play.PublishNotify"])
    }

    @Test func aNameIsPublishedOnce() throws {
        let (first, second, elsewhere) = (try house.guest(), try house.guest(), try house.guest(app: "other"))
        _ = try publish("film", by: first)
        _ = try publish("film", by: second)
        #expect(received(second) == ["NetStream.Publish.BadName"])
        _ = try publish("film", by: elsewhere)
        #expect(received(elsewhere) == ["NetStream.Publish.Start"])
        first.connection?.abort(at: house.now)
        house.world.run()
        _ = try publish("film", by: second)
        #expect(received(second) == ["NetStream.Publish.BadName", "NetStream.Publish.Start"])
    }

    @Test func aPublisherThatGoesIsMissed() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        _ = try publish("film", by: publisher)
        _ = try play("film", by: player)
        let session = try #require(publisher.session)
        publisher.endpoint.abort(session, at: house.now)
        house.world.run()
        #expect(received(player) == ["NetStream.Play.PublishNotify", "NetStream.Play.UnpublishNotify"])
    }

    @Test func aPlayerMayPauseAndChoose() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        let played = try play("film", by: player)
        func send() {
            for type in [MessageType.audio, .video] { published.send(Message(type, [0x27, 1]), at: house.now) }
            published.send(DataMessage("cue").message(), at: house.now)
            house.world.run()
        }
        played.pause(true, at: house.now)
        house.world.run()
        send()
        #expect(received(player).dropFirst() == ["cue 0"])
        played.pause(false, at: house.now)
        played.send(Command("receiveAudio", [.boolean(false)]), at: house.now)
        house.world.run()
        send()
        #expect(Set(received(player).dropFirst(2)) == ["Video 0 [39, 1]", "cue 0"])
        played.stop(at: house.now)
        house.world.run()
        send()
        #expect(received(player).count == 4)
    }

    @Test func twoPlayersGetTheSame() throws {
        let (publisher, first, second) = (try house.guest(), try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        _ = try play("film", by: first)
        _ = try play("film", by: second)
        published.send(Message(.audio, timestamp: 3, [1]), at: house.now)
        house.world.run()
        #expect(received(first) == received(second))
        #expect(received(first).last == "Audio 3 [1]")
        // One that does not take anything does not hold up the other.
        house.world.detach(second)
        for number in 0..<400 {
            published.send(
                Message(.video, timestamp: UInt32(number), [UInt8](repeating: 1, count: 10_000)),
                at: house.now
            )
            house.world.run(.milliseconds(50))
        }
        house.world.run(.seconds(5))
        #expect(received(first).count == 402)
    }

    /// What is kept for late players is limited; it is relayed all the same.
    @Test func notEverythingIsKept() throws {
        let (publisher, player) = (try house.guest(), try house.guest())
        let published = try publish("film", by: publisher)
        _ = try play("film", by: player)
        let large = AMF0Value.string(String(repeating: "x", count: 300_000))
        for number in 0..<5 {
            published.send(DataMessage("@setDataFrame", [.string("frame \(number)"), large]).message(), at: house.now)
            house.world.run(.seconds(30))
        }
        #expect(received(player).count == 6)
        let late = try house.guest()
        _ = try play("film", by: late)
        house.world.run(.seconds(30))
        #expect(received(late).dropFirst() == ["frame 0 0", "frame 1 0", "frame 2 0"])
    }
}
