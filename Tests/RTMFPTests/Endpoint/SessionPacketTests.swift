import RTMFP
import Testing

@Suite("Packets of a session (RFC 7016 §2.2.4, §2.3)")
struct SessionPacketTests {
    /// Replies to Pings that the server sent after `packet` went out from the client in place of a Ping.
    private func replies(
        to change: @escaping @Sendable (inout OutgoingPacket) -> Void,
        server: any Conduct = Correct()
    ) throws -> [Event] {
        let meddling = Meddling(sending: { packet in
            var packet = packet
            if packet.packet.chunks.contains(where: { $0 == .ping(Ping(message: [7])) }) { change(&packet) }
            return [packet]
        })
        let pair = Pair(
            client: try Parties.endpoint(1, conduct: meddling),
            server: try Parties.endpoint(2, conduct: server)
        )
        let handles = try #require(pair.opened())
        pair.client.ping(handles.client, message: [7], at: pair.pump.now)
        pair.pump.run(.seconds(1))
        let events = pair.clientEvents()
        // Whatever the bad packet was, the session is alive.
        pair.client.ping(handles.client, message: [8], at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(handles.client, message: [8])])
        return events
    }

    /// A change of a packet with a Ping, and whether the Ping is answered all the same.
    struct Variant: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var isAnswered: Bool
        var change: @Sendable (inout OutgoingPacket) -> Void

        init(_ description: String, _ isAnswered: Bool, _ change: @escaping @Sendable (inout OutgoingPacket) -> Void) {
            testDescription = description
            self.isAnswered = isAnswered
            self.change = change
        }

        private static let torn = Chunk.unknown(type: ChunkType.packetFragment.rawValue, payload: [0x80, 0x80])

        static let all = [
            Variant("nothing changed", true) { _ in },
            Variant("no timestamps", true) { packet in
                packet.packet.header.timestamp = nil
                packet.packet.header.timestampEcho = nil
            },
            Variant("an echo without a timestamp", true) { packet in
                packet.packet.header.timestamp = nil
                packet.packet.header.timestampEcho = 5
            },
            Variant("reserved bits, TC and TCR", true) { packet in
                packet.packet.header.reserved = 0x30
                packet.packet.header.timeCritical = true
                packet.packet.header.timeCriticalReverse = true
            },
            Variant("padding chunks before it", true) { packet in
                packet.packet.chunks.insert(.padding(ones: true, [1, 2, 3]), at: 0)
                packet.packet.chunks.insert(.padding(ones: false, []), at: 0)
            },
            Variant("an unknown chunk before it", true) { packet in
                packet.packet.chunks.insert(.unknown(type: 0xec, payload: [1, 2, 3]), at: 0)
            },
            Variant("a malformed chunk before it", true) { packet in
                packet.packet.chunks.insert(torn, at: 0)
            },
            Variant("a startup chunk before it", true) { packet in
                packet.packet.chunks.insert(Startup.hello(), at: 0)
            },
            Variant("octets after it", true) { $0.packet.padding = [1, 0xff, 0xff, 3] },
            Variant("mode 0", false) { $0.packet.header.mode = .forbidden },
            Variant("the responder's mode", false) { $0.packet.header.mode = .responder },
            Variant("the startup mode", false) { $0.packet.header.mode = .startup },
            Variant("the Default Session Key", false) { packet in
                packet.key = .standard
                packet.session = nil
            },
            Variant("a wrong HMAC", false) { $0.fault = .wrongVerification },
            Variant("an HMAC cut short", false) { $0.fault = .truncated },
            Variant("one octet too many", false) { $0.fault = .trailingOctet },
            Variant("session ID 0", false) { $0.sessionID = 0 },
            Variant("an unknown session ID", false) { $0.sessionID ^= 0x0101 },
        ]
    }

    @Test("a Ping in a packet of this kind", arguments: Variant.all)
    func variants(variant: Variant) throws {
        let events = try replies(to: variant.change)
        #expect(events.count == (variant.isAnswered ? 1 : 0))
    }

    @Test("a startup chunk in a session is not answered")
    func startupChunk() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.client.send([Startup.hello()], on: handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == before + 1)
    }

    @Test("an IHello at a session's ID under the Default Session Key is not answered")
    func helloAtSession() throws {
        let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2) { $0.logsKeys = true })
        pair.open()
        pair.pump.run(.seconds(1))
        let id = try #require(pair.serverEvents().keyLog).nearSessionID
        let before = pair.pump.sent.count
        pair.pump.inject(Startup.write([Startup.hello()], to: id), from: Parties.client, to: Parties.server)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == before + 1)
    }

    @Test(
        "a startup packet of another mode, and session chunks in one, are not answered",
        arguments: [PacketMode.forbidden, .initiator, .responder]
    )
    func startupModes(mode: PacketMode) throws {
        let server = try Parties.endpoint(2)
        let now = Instant.origin + .seconds(1)
        #expect(server.answers(to: Startup.write([Startup.hello()], mode: mode), at: now).isEmpty)
        #expect(server.answers(to: Startup.write([.ping(Ping(message: []))]), at: now).isEmpty)
        #expect(server.answers(to: Startup.write([Startup.hello()]), at: now).count == 1)
    }

    @Test("the same datagram again is not processed again where packets are numbered", arguments: [true, false])
    func replay(isNumbered: Bool) throws {
        let pair = try Pair { if !isNumbered { $0.sequenceNumbers = [] } }
        let handles = try #require(pair.opened())
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        let before = pair.pump.sent.count
        let ping = pair.pump.sent[before - 2]
        #expect(ping.source == Parties.client)
        pair.pump.inject(ping.datagram.bytes, from: Parties.client, to: Parties.server)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == before + (isNumbered ? 1 : 2))
    }

    @Test("32 packets in reverse order all arrive")
    func reordering() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.pump.route = { transit in
            guard transit.source == Parties.client else { return [transit] }
            var transit = transit
            transit.arrival = transit.arrival + .milliseconds(Double(100 - transit.number))
            return [transit]
        }
        for number in 0..<32 {
            pair.client.ping(handles.client, message: [UInt8(number)], at: pair.pump.now)
        }
        pair.pump.run(.seconds(1))
        let messages = pair.clientEvents().compactMap { event -> UInt8? in
            guard case .pingReplied(_, let message) = event else { return nil }
            return message.first
        }
        #expect(messages == (0..<32).reversed())
    }

    @Test("Pings in one packet are all answered, in order, with their messages", arguments: [0, 1, 300, 1100])
    func pings(length: Int) throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let messages = (0..<3).map { [UInt8](repeating: UInt8($0), count: length) }
        pair.client.send(messages.map { .ping(Ping(message: $0)) }, on: handles.client, at: pair.pump.now)
        let before = pair.pump.sent.count
        pair.pump.run(.seconds(1))
        let sizes = pair.pump.sent.dropFirst(before + 1).map(\.datagram.bytes.count)
        #expect(sizes.count == (length < 600 ? 1 : 3))
        #expect(sizes.allSatisfy { $0 < 1250 })
    }

    @Test("an unexpected Ping Reply tells nobody anything and harms nothing")
    func unexpectedReply() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        for message in [[], [1, 2], [UInt8(ascii: "M")] + [UInt8](repeating: 3, count: 24)] {
            pair.client.send([.pingReply(PingReply(messageEcho: message))], on: handles.client, at: pair.pump.now)
        }
        pair.pump.run(.seconds(1))
        #expect(pair.serverEvents().isEmpty)
        #expect(pair.server.state(of: handles.server) == .open)
    }

    @Test("a packet that fails does not count as a sign of life, nor use up its number")
    func failedPacket() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.client.ping(handles.client, message: [1], at: pair.pump.now)
        pair.pump.route = { transit in
            var bad = transit
            bad.datagram.bytes[transit.datagram.bytes.count - 1] ^= 1
            return [bad, transit]
        }
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(handles.client, message: [1])])
    }

    @Test("timestamps measure the round trip")
    func roundTrip() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        for _ in 0..<3 {
            pair.client.ping(handles.client, at: pair.pump.now)
            pair.pump.run(.seconds(1))
        }
        let timestamps = try #require(pair.client.timestamps(of: handles.client))
        let smoothed = try #require(timestamps.smoothedRoundTrip)
        #expect(smoothed >= .milliseconds(16) && smoothed <= .milliseconds(24))
        #expect(timestamps.effectiveTimeout >= .milliseconds(250))
    }
}
