import RTMFP
import Testing

@Suite("Flows between two endpoints")
struct FlowTests {
    @Test("messages of any size arrive as they were written", arguments: [0, 1, 1000, 1192, 5000, 100_000, 3_000_000])
    func arrive(size: Int) throws {
        let world = try FlowPair()
        let flow = try world.open([7, 8, 9])
        let message = octets(size)
        world.write(message, on: flow)
        world.run(.seconds(60))
        let events = world.pair.serverEvents()
        #expect(events.openedFlows.map(\.1.metadata) == [[7, 8, 9]])
        #expect(events.messages.map(\.bytes) == [message])
        #expect(events.messages.first?.missedBefore == false)
        #expect(world.pair.client.queued(on: flow) == 0)
    }

    @Test("messages arrive in order, complete and once, whatever is lost", arguments: 1...20)
    func arriveInSpiteOfLoss(seed: UInt64) throws {
        let world = try FlowPair()
        var random = SeededGenerator(seed: seed)
        world.pair.pump.route = { transit in
            var transit = transit
            let fate = Int.random(in: 0..<100, using: &random)
            if fate < 15 { return [] }
            if fate < 25 { transit.arrival = transit.arrival + .milliseconds(30) }
            return fate < 30 ? [transit, transit] : [transit]
        }
        let flow = try world.open()
        let messages = (0..<40).map { octets(Int($0) * 97 % 3000, seed: $0 + seed * 100) }
        for message in messages { world.write(message, on: flow) }
        world.pair.client.close(flow, at: world.now)
        world.run(.seconds(120))
        let events = world.pair.serverEvents()
        #expect(events.messages.map(\.bytes) == messages)
        #expect(events.messages.allSatisfy { !$0.missedBefore })
        #expect(events.contains { if case .flowEnded = $0 { true } else { false } })
        #expect(world.pair.clientEvents().contains(.flowFinished(flow)))
    }

    @Test("a flow in return names the flow that it answers")
    func association() throws {
        let world = try FlowPair()
        let flow = try world.open()
        world.write([1], on: flow)
        world.run(.seconds(1))
        let incoming = try #require(world.pair.serverEvents().openedFlows.first?.0)
        let answer = try #require(
            world.pair.server.openFlow(on: world.server, metadata: [2], association: incoming, at: world.now)
        )
        world.pair.server.write([2], on: answer, at: world.now)
        world.run(.seconds(1))
        let opened = world.pair.clientEvents().openedFlows
        #expect(opened.map(\.1.metadata) == [[2]])
        #expect(opened.map(\.1.association) == [flow])
    }

    @Test("a rejected flow tells its sender once, with the code")
    func rejection() throws {
        let world = try FlowPair()
        let flow = try world.open()
        world.write([1], on: flow)
        world.run(.seconds(1))
        let incoming = try #require(world.pair.serverEvents().openedFlows.first?.0)
        world.pair.server.reject(incoming, code: 5, at: world.now)
        world.run(.seconds(1))
        #expect(world.pair.clientEvents() == [.flowRejected(flow, code: 5)])
        #expect(!world.pair.client.write([2], on: flow, at: world.now))
        world.run(.seconds(10))
        #expect(world.pair.serverEvents().messages.isEmpty)
    }
}
