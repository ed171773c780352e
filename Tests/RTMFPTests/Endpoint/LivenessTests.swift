import RTMFP
import Testing

@Suite("Keepalive (RFC 7016 §3.5.4.1)")
struct LivenessTests {
    @Test("a silent but living session is kept, with few Pings")
    func keepalive() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.pump.run(.seconds(600))
        #expect(pair.client.state(of: handles.client) == .open)
        #expect(pair.server.state(of: handles.server) == .open)
        let count = pair.pump.sent.count - before
        #expect(count >= 38 && count <= 82, "a Ping and a reply every 30 seconds, perhaps from both ends")
        #expect(pair.clientEvents().isEmpty)
    }

    @Test("a dead far end is asked ever more slowly, and given up after two minutes")
    func silence() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.pump.route = { _ in [] }
        pair.pump.run(.seconds(119))
        #expect(pair.server.state(of: handles.server) == .open)
        pair.pump.run(.seconds(2))
        #expect(pair.serverEvents() == [.closed(handles.server, .silence)])
        let times = pair.pump.sent.dropFirst(before).filter { $0.source == Parties.server }.map(\.arrival.nanoseconds)
        let intervals = zip(times, times.dropFirst()).map { Interval(nanoseconds: $1 - $0) }.dropLast()
        #expect(intervals.count > 5)
        #expect(intervals.allSatisfy { $0 >= .milliseconds(250) && $0 <= .seconds(10.01) })
        #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0 <= $1 + .milliseconds(1) })
    }

    @Test("a session may have a keepalive period of its own, set while it is silent")
    func ownPeriod() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.pump.run(.seconds(20))
        pair.client.setKeepalive(.seconds(6), of: handles.client, at: pair.pump.now)
        let before = pair.pump.sent.count
        pair.pump.run(.seconds(60))
        let pings = pair.pump.sent.dropFirst(before).count { $0.source == Parties.client }
        #expect((9...11).contains(pings), "one at once, since 20 seconds were silent, then one every 6 seconds")
        #expect(pair.client.state(of: handles.client) == .open)
    }
}
