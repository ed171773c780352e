import RTMFP
import Testing

@Suite("Address mobility (RFC 7016 §3.5.3, §3.5.4.2)")
struct MobilityTests {
    private let away = SocketAddress.loopback(port: 50_077)

    @Test("a far end that moved is pinged at its new address, and followed when it answers")
    func move() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.pump.move(from: Parties.client, to: away)
        pair.client.ping(handles.client, message: [1], at: pair.pump.now)
        pair.pump.run(.milliseconds(15))
        #expect(pair.server.address(of: handles.server) == Parties.client)
        pair.pump.run(.milliseconds(100))
        #expect(pair.serverEvents() == [.addressChanged(handles.server, away)])
        #expect(pair.server.address(of: handles.server) == away)
        pair.client.ping(handles.client, message: [2], at: pair.pump.now)
        pair.pump.run(.milliseconds(100))
        #expect(pair.pump.takeEvents(at: away) == [.pingReplied(handles.client, message: [2])])
        // An IIKeying from the new address now meets this session.
        #expect(pair.server.openSessions(with: pair.client.configuration.identity.certificate.fingerprint).count == 1)
    }

    @Test("until it is verified, everything goes to the old address, and checks no more than once a second")
    func unverified() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        // Packets seem to come from elsewhere, but nobody is there to answer.
        pair.pump.route = { transit in
            guard transit.source == Parties.client else { return [transit] }
            var transit = transit
            transit.source = away
            return [transit]
        }
        let before = pair.pump.sent.count
        for number in 0..<20 {
            pair.client.ping(handles.client, message: [UInt8(number)], at: pair.pump.now)
            pair.pump.run(.milliseconds(100))
        }
        #expect(pair.server.address(of: handles.server) == Parties.client)
        let sent = pair.pump.sent.dropFirst(before).filter { $0.source == Parties.server }
        #expect(sent.filter { $0.datagram.far == away }.count == 2)
        #expect(sent.filter { $0.datagram.far == Parties.client }.count == 20)
        #expect(pair.serverEvents().isEmpty)
    }

    @Test("a check that is answered from elsewhere moves nothing")
    func answeredFromElsewhere() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let elsewhere = SocketAddress.loopback(port: 50_078)
        // The check goes to `away`, but its answer comes from `elsewhere`.
        pair.pump.route = { transit in
            var transit = transit
            if transit.source == Parties.client { transit.source = transit.number % 2 == 0 ? away : elsewhere }
            if transit.datagram.far != Parties.server { transit.datagram.far = Parties.client }
            return [transit]
        }
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.milliseconds(500))
        let claimants = Set(pair.pump.sent.filter { $0.source == Parties.server }.map(\.datagram.far))
        #expect(!claimants.isDisjoint(with: [away, elsewhere]))
        #expect(pair.server.address(of: handles.server) == Parties.client)
    }

    @Test("a packet that fails verification does not bring a check about")
    func unverifiedPacket() throws {
        let pair = try Pair()
        _ = try #require(pair.opened())
        let before = pair.pump.sent.count
        var bytes = pair.pump.sent[3].datagram.bytes
        bytes[20] ^= 1
        pair.pump.inject(bytes, from: away, to: Parties.server)
        pair.pump.run(.seconds(2))
        #expect(pair.pump.sent.count == before + 1)
    }

    @Test("without HMACs an address changes only where that is permitted", arguments: [true, false])
    func checksum(needsHMAC: Bool) throws {
        let pair = try Pair { configuration in
            configuration.hmac = []
            configuration.mobilityNeedsHMAC = needsHMAC
        }
        let handles = try #require(pair.opened())
        pair.pump.move(from: Parties.client, to: away)
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.server.address(of: handles.server) == (needsHMAC ? Parties.client : away))
    }
}
