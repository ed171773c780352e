import RTMFP
import Testing

@Suite("Close (RFC 7016 §3.5.5)")
struct CloseTests {
    @Test("an orderly close: asked, acknowledged, and lingering for 19 seconds")
    func orderly() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.client.close(handles.client, at: pair.pump.now)
        #expect(pair.client.state(of: handles.client) == .nearClose)
        pair.pump.run(.milliseconds(100))
        #expect(pair.clientEvents() == [.closed(handles.client, .nearClosed)])
        #expect(pair.serverEvents() == [.closed(handles.server, .farClosed)])
        #expect(pair.client.sessionCount == 0)
        #expect(pair.server.state(of: handles.server) == .farCloseLinger)
        pair.pump.run(.seconds(18.8))
        #expect(pair.server.state(of: handles.server) == .farCloseLinger)
        pair.pump.run(.seconds(0.2))
        #expect(pair.server.sessionCount == 0)
        #expect(pair.serverEvents().isEmpty)
    }

    @Test("a request is repeated every 5 seconds until it is acknowledged")
    func repetition() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        // The first two requests and the first acknowledgement are lost.
        pair.pump.lose([before, before + 1, before + 3])
        pair.client.close(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(14.9))
        #expect(pair.client.state(of: handles.client) == .nearClose)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.closed(handles.client, .nearClosed)])
        let times = pair.pump.sent.dropFirst(before).filter { $0.source == Parties.client }.map(\.arrival)
        #expect(zip(times, times.dropFirst()).map { ($1 - $0).seconds } == [5, 5, 5])
    }

    @Test("nobody answers: 18 requests in 90 seconds, then the end")
    func timeout() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.pump.route = { _ in [] }
        pair.client.close(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(89.9))
        #expect(pair.client.state(of: handles.client) == .nearClose)
        pair.pump.run(.seconds(0.2))
        #expect(pair.clientEvents() == [.closed(handles.client, .nearCloseTimedOut)])
        #expect(pair.pump.sent.dropFirst(before).filter { $0.source == Parties.client }.count == 18)
    }

    @Test("both close at once")
    func both() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.client.close(handles.client, at: pair.pump.now)
        pair.server.close(handles.server, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.closed(handles.client, .nearClosed)])
        #expect(pair.serverEvents() == [.closed(handles.server, .nearClosed)])
    }

    @Test("an abrupt close is told once, and not answered")
    func abrupt() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.client.abort(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.closed(handles.client, .aborted)])
        #expect(pair.serverEvents() == [.closed(handles.server, .farClosed)])
        #expect(pair.server.sessionCount == 0)
        #expect(pair.pump.sent.count == before + 1)
    }

    @Test("while lingering every request is acknowledged, and nothing else is answered")
    func lingering() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        func exchange(_ chunk: Chunk) -> Int {
            let before = pair.pump.sent.count
            pair.client.send([chunk], on: handles.client, at: pair.pump.now)
            pair.pump.run(.milliseconds(15))
            return pair.pump.sent.count - before - 1
        }
        // The client does not hear the acknowledgements, so its session goes on.
        pair.pump.route = { $0.source == Parties.server ? [] : [$0] }
        #expect(exchange(.ping(Ping(message: []))) == 1)
        #expect(exchange(.sessionCloseRequest) == 1)
        #expect(pair.server.state(of: handles.server) == .farCloseLinger)
        #expect(exchange(.ping(Ping(message: []))) == 0)
        #expect(exchange(.sessionCloseRequest) == 1)
        #expect(exchange(.sessionCloseRequest) == 1)
        #expect(exchange(.sessionCloseAcknowledgement) == 0)
        #expect(pair.server.sessionCount == 0)
        #expect(exchange(.sessionCloseRequest) == 0)
    }

    @Test("a closing end does not answer Pings but answers requests")
    func closingEnd() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.pump.route = { $0.source == Parties.client ? [] : [$0] }
        pair.client.close(handles.client, at: pair.pump.now)
        let before = pair.pump.sent.count
        pair.server.send([.ping(Ping(message: []))], on: handles.server, at: pair.pump.now)
        pair.pump.run(.milliseconds(15))
        #expect(pair.pump.sent.count == before + 2, "the request and the Ping, but no reply")
        pair.server.send([.sessionCloseRequest], on: handles.server, at: pair.pump.now)
        pair.pump.run(.milliseconds(15))
        #expect(pair.pump.sent.count == before + 4)
        #expect(pair.client.state(of: handles.client) == .nearClose)
    }

    @Test("close and abort of a session that is gone do nothing")
    func gone() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.client.abort(handles.client, at: pair.pump.now)
        let before = pair.pump.sent.count
        pair.client.abort(handles.client, at: pair.pump.now)
        pair.client.close(handles.client, at: pair.pump.now)
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.client.send([.sessionCloseRequest], on: handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == before + 1)
        #expect(pair.clientEvents().count == 1)
    }
}
