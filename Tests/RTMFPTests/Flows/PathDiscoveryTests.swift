import RTMFP
import Testing

/// Path MTU discovery (RFC 7016 §3.5.4.3).
@Suite("Path MTU discovery")
struct PathDiscoveryTests {
    private static func largest(_ heard: [RawClient.Heard]) -> Int {
        heard.map { $0.chunks.reduce(0) { $0 + $1.encodedLength } }.max() ?? 0
    }

    private static func probes(_ heard: [RawClient.Heard]) -> [RawClient.Heard] {
        heard.filter { $0.chunks.map(\.type) == [0x00, 0x01] }
    }

    @Test("short messages probe nothing")
    func shortMessages() throws {
        let world = try RawClient()
        _ = try world.serve([octets(1000), octets(1000)])
        #expect(Self.probes(world.hear(.seconds(10))).isEmpty)
    }

    @Test("an answered probe, Padding before Ping, makes later packets larger")
    func answered() throws {
        let world = try RawClient()
        let flow = try world.serve([octets(2000)])
        let heard = world.hear()
        let probe = try #require(Self.probes(heard).first)
        guard case .ping(let ping) = probe.chunks[1] else { return }
        world.say(.pingReply(PingReply(messageEcho: ping.message)), RawClient.acknowledgement(2))
        world.pair.server.write(octets(3000), on: flow, at: world.now)
        let larger = world.hear()
        #expect(Self.largest(larger) > 1192)
        #expect(Self.largest(larger) <= 1380)
        #expect(Self.probes(larger).isEmpty)
    }

    @Test("an unanswered probe is repeated twice and then given up; packets stay as they were")
    func unanswered() throws {
        let world = try RawClient()
        let flow = try world.serve([octets(2000)])
        let probes = Self.probes(world.hear(.seconds(60)))
        #expect(probes.count == 3)
        #expect(zip(probes.dropFirst(), probes).allSatisfy { $0.at - $1.at >= .seconds(1) })
        world.pair.server.write(octets(3000), on: flow, at: world.now)
        let later = world.hear(.seconds(20))
        #expect(Self.probes(later).isEmpty)
        #expect(Self.largest(later) <= 1192)
    }

    @Test("where nothing arrives any more, new messages go out in small packets again")
    func blackHole() throws {
        let world = try FlowPair()
        let flow = try world.open()
        world.write(octets(5000), on: flow)
        world.run(.seconds(2))
        let wide = world.pair.pump.sent.map(\.datagram.bytes.count).max() ?? 0
        world.pair.pump.route = { $0.datagram.bytes.count > 1250 ? [] : [$0] }
        let other = try world.open([2])
        world.write(octets(3000), on: flow, expiry: MessageExpiry(lifetime: .seconds(5)))
        world.run(.seconds(10))
        let message = octets(3000)
        world.write(message, on: other)
        world.run(.seconds(20))
        #expect(wide > 1250)
        #expect(world.pair.serverEvents().messages.last?.bytes == message)
    }
}
