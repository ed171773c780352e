import RTMFP
import Testing

/// What a receiver acknowledges, when, and what it delivers (RFC 7016 §3.6.3).
@Suite("Receiving flows")
struct ReceivingTests {
    private static let abandoned = UserDataFlags(abandon: true)

    @Test("RFC 7016 Figure 23")
    func figure23() throws {
        let world = try RawClient()
        for number in 1...UInt64(28) { world.say(RawClient.data(number, forward: min(18, number - 1))) }
        world.hear(.seconds(1))

        func acknowledged(_ heard: [RawClient.Heard]) -> [ClosedRange<UInt64>] {
            heard.acknowledgements.last.map { [0...$0.cumulative] + $0.ranges } ?? []
        }
        world.say(RawClient.data(29, forward: 18), hearing: .milliseconds(5))
        #expect(acknowledged(world.say(RawClient.data(30, forward: 18))) == [0...30])
        #expect(acknowledged(world.say(RawClient.data(32, forward: 20))) == [0...30, 32...32])
        #expect(acknowledged(world.say(RawClient.data(34, forward: 22))) == [0...30, 32...32, 34...34])
        for number in 35...UInt64(45) { world.say(RawClient.data(number, forward: 30)) }
        #expect(acknowledged(world.say(RawClient.data(46, forward: 30))) == [0...30, 32...32, 34...46])
        #expect(acknowledged(world.say(RawClient.data(47, forward: 32))) == [0...32, 34...47])
        #expect(acknowledged(world.say(RawClient.data(33, forward: 32))) == [0...47])
        world.say(RawClient.data(48, forward: 32), hearing: .milliseconds(5))
        #expect(acknowledged(world.say(RawClient.data(49, forward: 32))) == [0...49])

        let numbers = world.pair.serverEvents().messages
        #expect(numbers.map(\.sequenceNumber) == Array(1...30) + [32, 33] + Array(34...49))
        #expect(numbers.filter(\.missedBefore).map(\.sequenceNumber) == [32])
    }

    @Test("a packet alone is acknowledged within 200 ms, not at once")
    func delayed() throws {
        let world = try RawClient()
        world.say(RawClient.data(1))
        let start = world.now
        #expect(world.say(RawClient.data(2), hearing: .milliseconds(190)).acknowledgements.isEmpty)
        let heard = world.hear(.milliseconds(100))
        #expect(heard.acknowledgements.map(\.cumulative) == [2])
        // There and back are 20 ms.
        #expect(heard.first.map { $0.at - start } == .milliseconds(220))
    }

    @Test("acknowledgements of several flows share a packet")
    func together() throws {
        let world = try RawClient()
        world.say(RawClient.data(1, flow: 5), RawClient.data(1, flow: 6))
        world.say(RawClient.data(2, flow: 5), hearing: .milliseconds(5))
        let heard = world.say(RawClient.data(2, flow: 6))
        #expect(heard.count == 1)
        #expect(heard.acknowledgements.map(\.flow) == [5, 6])
    }

    @Test("an acknowledgement rides with data")
    func piggyback() throws {
        let world = try RawClient()
        let flow = try world.serve([[1]])
        world.hear()
        world.say(RawClient.acknowledgement(1), RawClient.data(1))
        world.say(RawClient.data(2), hearing: .milliseconds(11))
        world.pair.server.write([2], on: flow, at: world.now)
        let heard = world.hear()
        #expect(heard.count == 1)
        #expect(heard.acknowledgements.map(\.cumulative) == [2])
        #expect(heard.fragments.map(\.number) == [2])
    }

    struct Window: CustomTestStringConvertible, Sendable {
        var capacity: Int
        var held: Int
        var isSuspended: Bool
        var blocks: UInt64
        var testDescription: String { "\(held) of \(capacity)\(isSuspended ? ", suspended" : ""): \(blocks)" }
    }

    @Test(
        "the window is what is free, in blocks; one at least unless delivery is suspended",
        arguments: [
            Window(capacity: 1, held: 0, isSuspended: false, blocks: 1),
            Window(capacity: 1024, held: 0, isSuspended: false, blocks: 1),
            Window(capacity: 1025, held: 0, isSuspended: false, blocks: 2),
            Window(capacity: 65_536, held: 0, isSuspended: false, blocks: 64),
            Window(capacity: 4096, held: 2000, isSuspended: true, blocks: 3),
            Window(capacity: 2048, held: 2046, isSuspended: true, blocks: 1),
            Window(capacity: 2048, held: 2048, isSuspended: true, blocks: 0),
            Window(capacity: 0, held: 0, isSuspended: false, blocks: 0),
            Window(capacity: 0, held: 0, isSuspended: true, blocks: 0),
        ]
    )
    func window(window: Window) throws {
        let world = try RawClient { $0.flows.receiveBuffer = window.capacity }
        world.say(RawClient.data(1, forward: 1, Self.abandoned, carrying: []))
        let flow = try #require(world.pair.serverEvents().openedFlows.first?.0)
        if window.isSuspended { world.pair.server.suspend(flow, at: world.now) }
        if window.held > 0 {
            let fragment = [UInt8](repeating: 0, count: window.held / 2)
            world.say(RawClient.data(2, forward: 1, carrying: fragment), hearing: .milliseconds(300))
            // What holding a fragment costs counts as well.
            world.say(
                RawClient.data(3, forward: 1, carrying: Array(fragment.dropLast(128))),
                hearing: .milliseconds(300)
            )
        }
        let heard = world.say(.bufferProbe(BufferProbe(flowID: 5)))
        #expect(heard.acknowledgements.map(\.blocks) == [window.blocks])
    }

    @Test("a suspended flow holds its messages, and resumes with an acknowledgement of its window")
    func suspension() throws {
        let world = try RawClient { $0.flows.receiveBuffer = 2048 }
        world.say(RawClient.data(1))
        let flow = try #require(world.pair.serverEvents().openedFlows.first?.0)
        world.pair.server.suspend(flow, at: world.now)
        for number in 2...UInt64(4) { world.say(RawClient.data(number, carrying: [UInt8](repeating: 1, count: 900))) }
        #expect(world.pair.serverEvents().messages.isEmpty)
        // The third did not fit.
        #expect(world.say(.bufferProbe(BufferProbe(flowID: 5))).acknowledgements.first?.cumulative == 3)
        world.pair.server.resume(flow, at: world.now)
        let heard = world.hear()
        #expect(heard.acknowledgements.map(\.blocks) == [2])
        #expect(world.pair.serverEvents().messages.map(\.sequenceNumber) == [2, 3])
    }

    @Test("a message larger than the buffer arrives all the same")
    func largerThanBuffer() throws {
        let world = try FlowPair { $0.flows.receiveBuffer = 4096 }
        let message = octets(300_000)
        world.write(message, on: try world.open())
        world.run(.seconds(60))
        #expect(world.pair.serverEvents().messages.map(\.bytes) == [message])
    }

    @Test("a message larger than any may be makes the flow rejected")
    func tooLarge() throws {
        let world = try RawClient {
            $0.flows.receiveBuffer = 4096
            $0.flows.maximumMessage = 10_000
        }
        world.say(RawClient.data(1, UserDataFlags(.begin), carrying: [UInt8](repeating: 0, count: 1000)))
        var heard: [RawClient.Heard] = []
        for number in 2...UInt64(40) {
            heard += world.say(
                RawClient.data(number, UserDataFlags(.middle), carrying: [UInt8](repeating: 0, count: 1000))
            )
        }
        #expect(heard.exceptions.first?.exceptionCode == 0)
        #expect(world.pair.serverEvents().contains { if case .flowRefused = $0 { true } else { false } })
    }

    @Test("abandoned segments are dropped, and the gap is told")
    func abandonedSegments() throws {
        let world = try RawClient()
        world.say(RawClient.data(1, UserDataFlags(.begin), carrying: [1]))
        world.say(RawClient.data(2, forward: 2, Self.abandoned, carrying: []))
        world.say(RawClient.data(3, forward: 2, UserDataFlags(.end), carrying: [3]))
        world.say(RawClient.data(4, forward: 2, UserDataFlags(.middle), carrying: [4]))
        world.say(RawClient.data(5, forward: 2, UserDataFlags(.begin), carrying: [5]))
        world.say(RawClient.data(6, forward: 2, UserDataFlags(.end), carrying: [6]))
        world.say(RawClient.data(7, forward: 2, UserDataFlags(.begin), carrying: [7]))
        world.say(RawClient.data(8, forward: 2, carrying: [8]))
        let messages = world.pair.serverEvents().messages
        #expect(messages.map(\.bytes) == [[5, 6], [8]])
        #expect(messages.map(\.missedBefore) == [true, true])
    }

    @Test("in order of arrival, a message does not wait for others")
    func arrivalOrder() throws {
        let world = try RawClient()
        world.say(RawClient.data(1))
        let flow = try #require(world.pair.serverEvents().openedFlows.first?.0)
        world.pair.server.deliver(flow, in: .arrival, at: world.now)
        for (number, control) in [(6, .end), (4, .whole), (5, .begin), (2, .begin), (3, .end)]
            as [(UInt64, FragmentControl)]
        {
            world.say(RawClient.data(number, UserDataFlags(control), carrying: [UInt8(number)]))
        }
        let messages = world.pair.serverEvents().messages
        #expect(messages.map(\.bytes) == [[4], [5, 6], [2, 3]])
        #expect(messages.allSatisfy { !$0.missedBefore })
    }

    @Test("a complete flow keeps its flow ID for 120 s, acknowledges what comes late, and delivers none of it")
    func linger() throws {
        let world = try RawClient()
        world.say(RawClient.data(1, UserDataFlags(final: true)))
        #expect(world.pair.serverEvents().contains { if case .flowEnded = $0 { true } else { false } })
        for late in [RawClient.data(1), RawClient.data(2)] {
            #expect(!world.say(late).acknowledgements.isEmpty)
            #expect(world.pair.serverEvents().isEmpty)
            world.pair.client.ping(world.client, at: world.now)
            world.hear(.seconds(59))
        }
        world.hear(.seconds(3))
        world.say(RawClient.data(1))
        #expect(world.pair.serverEvents().openedFlows.count == 1)
    }

    @Test("numbers above the final one are acknowledged and not delivered")
    func beyondTheEnd() throws {
        let world = try RawClient()
        world.say(RawClient.data(1))
        world.say(RawClient.data(3, UserDataFlags(final: true)))
        let heard = world.say(RawClient.data(4))
        #expect(heard.acknowledgements.last?.ranges == [3...4])
        world.say(RawClient.data(2))
        #expect(world.pair.serverEvents().messages.map(\.sequenceNumber) == [1, 2, 3])
    }

    @Test("a rejected flow says so before every acknowledgement, also when it is complete")
    func rejection() throws {
        let world = try RawClient()
        world.say(RawClient.data(1))
        let flow = try #require(world.pair.serverEvents().openedFlows.first?.0)
        world.pair.server.reject(flow, code: 300, at: world.now)
        for heard in [
            world.hear(), world.say(RawClient.data(2, UserDataFlags(final: true))), world.say(RawClient.data(1)),
        ] {
            #expect(heard.chunks.map(\.type) == [0x5e, 0x51])
            #expect(heard.exceptions.map(\.exceptionCode) == [300])
        }
        #expect(world.pair.serverEvents().messages.isEmpty)
    }

    @Test("an option that must be known rejects a flow that is open already")
    func lateOption() throws {
        let world = try RawClient()
        world.say(RawClient.data(1))
        let ignorable = Option.value(type: 8192, [1])
        #expect(world.say(RawClient.data(2, options: [ignorable])).exceptions.isEmpty)
        #expect(world.say(RawClient.data(3, options: [.value(type: 8191, [])])).exceptions.count == 1)
        #expect(world.pair.serverEvents().messages.map(\.sequenceNumber) == [1, 2])
    }

    @Test("Next User Data continues the User Data before it, across other chunks, and nothing else")
    func nextUserData() throws {
        let world = try RawClient()
        let next = Chunk.nextUserData(NextUserData(userData: [7]))
        let malformed = Chunk.unknown(type: 0x10, payload: [0, 5])
        world.say(next)
        world.say(RawClient.data(1), .ping(Ping(message: [])), next, next)
        world.say(RawClient.data(4), malformed, next)
        #expect(world.pair.serverEvents().messages.map(\.sequenceNumber) == [1, 2, 3, 4])
    }

    @Test("gaps without end are bounded, and those within the bound heal")
    func gaps() throws {
        let world = try RawClient { $0.flows.maximumGaps = 10 }
        world.say(RawClient.data(1))
        for number in 1...UInt64(30) { world.say(RawClient.data(1 + number * 2), hearing: .milliseconds(11)) }
        let last = world.hear().acknowledgements.last
        #expect(last?.ranges.count == 10)
        for number in 2...UInt64(62) { world.say(RawClient.data(number), hearing: .milliseconds(11)) }
        #expect(world.hear(.seconds(1)).acknowledgements.last?.cumulative == 62)
        #expect(world.pair.serverEvents().messages.count == 62)
    }

    @Test("what comes in the same packet before a Close is delivered")
    func thenClose() throws {
        let world = try RawClient()
        world.say(RawClient.data(1), .sessionCloseRequest)
        let events = world.pair.serverEvents()
        #expect(events.messages.count == 1)
        #expect(events.last == .closed(world.server, .farClosed))
    }
}
