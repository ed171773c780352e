import RTMFP
import Testing

/// What a sender sends, when, and when again (RFC 7016 §3.6.2).
@Suite("Sending flows")
struct SendingTests {
    @Test("options come with the first chunk of the flow in each packet until an acknowledgement")
    func startupOptions() throws {
        let world = try RawClient()
        let flow = try world.serve([[1], [2]])
        let first = world.hear()
        #expect(first.fragments.map { $0.data.options != nil } == [true, false])
        #expect(first.fragments.map(\.isNext) == [false, true])
        world.pair.server.write([3], on: flow, at: world.now)
        #expect(world.hear().fragments.first?.data.options == [.value(type: 0, [9])])
        world.say(RawClient.acknowledgement(0, [3...3]))
        let again = world.hear(.seconds(5)).fragments.filter { $0.number < 3 }
        #expect(!again.isEmpty)
        #expect(again.allSatisfy { $0.data.options == nil })
    }

    @Test("a long message is divided into begin, middle and end with consecutive numbers, in packets within the limit")
    func fragments() throws {
        let world = try RawClient { $0.discoversPathMTU = false }
        let message = octets(4000)
        _ = try world.serve([message])
        let heard = world.hear()
        let fragments = heard.fragments
        #expect(fragments.map(\.data.flags.fragmentControl) == [.begin, .middle, .middle, .end])
        #expect(fragments.map(\.number) == [1, 2, 3, 4])
        #expect(fragments.flatMap(\.data.userData) == message)
        #expect(fragments.allSatisfy { $0.data.forwardSequenceNumber == 0 })
        for packet in heard { #expect(packet.chunks.reduce(0) { $0 + $1.encodedLength } <= 1192) }
    }

    @Test("data go out beside an answer that leaves them no room in its packet")
    func answerInTheWay() throws {
        let world = try RawClient { $0.discoversPathMTU = false }
        _ = try world.serve([octets(12_000)])
        let sent = world.hear().fragments.count
        #expect(sent > 1)
        let more = world.say(RawClient.acknowledgement(UInt64(sent)), .ping(Ping(message: octets(100))))
        #expect(!more.fragments.isEmpty)
    }

    @Test("what three later acknowledgements passed over is sent again, the same octets under the same number")
    func negativeAcknowledgement() throws {
        let world = try RawClient()
        let flow = try world.serve([])
        for index in 1...UInt8(5) {
            world.pair.server.write([index], on: flow, at: world.now)
            world.hear(.milliseconds(1))
        }
        world.hear()
        #expect(world.say(RawClient.acknowledgement(1, [3...3])).fragments.isEmpty)
        #expect(world.say(RawClient.acknowledgement(1, [3...4])).fragments.isEmpty)
        let again = world.say(RawClient.acknowledgement(1, [3...5])).fragments
        #expect(again.map(\.number) == [2])
        #expect(again.map(\.data.userData) == [[2]])
        #expect(again.map(\.data.forwardSequenceNumber) == [1])
    }

    @Test("without acknowledgements everything is sent again, after ERTO, then 1.4142 times as long, up to 10 s")
    func backoff() throws {
        let world = try RawClient()
        _ = try world.serve([[1]])
        let times = world.hear(.seconds(60)).fragments.map(\.at)
        #expect(times.count >= 8)
        let waits = zip(times.dropFirst(), times).map { ($0 - $1).milliseconds }
        for (next, wait) in zip(waits.dropFirst(), waits) {
            let expected = min(wait * 1.4142, 10_000)
            #expect(next >= expected - 1 && next <= expected + 1)
        }
        #expect(waits.last.map { $0 >= 9_999 } == true)
    }

    @Test(
        "a closed window stops data; Buffer Probes ask, at growing intervals of a second at least and a minute at most"
    )
    func probes() throws {
        let world = try RawClient { $0.silenceTimeout = .seconds(100_000) }
        let flow = try world.serve([[1]])
        world.hear()
        let closed = world.now
        world.say(RawClient.acknowledgement(1, blocks: 0))
        world.pair.server.write([2], on: flow, at: world.now)
        let heard = world.hear(.seconds(600))
        #expect(heard.fragments.isEmpty)
        let times = heard.probes.map(\.at)
        #expect(times.first.map { $0 - closed <= .milliseconds(1030) } == true)
        let waits = zip(times.dropFirst(), times).map { ($0 - $1).seconds }
        #expect(waits.first.map { $0 >= 1 } == true)
        #expect(waits.max().map { $0 <= 60.01 && $0 >= 59 } == true)
        #expect(zip(waits.dropFirst(), waits).allSatisfy { $0 >= $1 - 0.001 })

        #expect(world.say(RawClient.acknowledgement(1, blocks: 1)).fragments.map(\.number) == [2])
        #expect(world.hear(.seconds(100)).probes.isEmpty)
    }

    @Test("a window smaller than what is outstanding holds new data back, not those lost")
    func smallWindow() throws {
        let world = try RawClient()
        let flow = try world.serve([octets(900), octets(900)])
        world.hear()
        world.say(RawClient.acknowledgement(1, blocks: 0))
        world.say(RawClient.acknowledgement(1, blocks: 1))
        // The second is still outstanding, with less than a block: one more may go.
        world.pair.server.write(octets(900), on: flow, at: world.now)
        world.pair.server.write(octets(900), on: flow, at: world.now)
        #expect(world.hear().fragments.map(\.number) == [3])
    }

    @Test("an exception abandons the queue; the end of the flow is still sent, into a closed window too")
    func exception() throws {
        let world = try RawClient()
        let flow = try world.serve([octets(20_000)])
        let sent = world.hear().fragments.map(\.number)
        let last = try #require(sent.last)
        let heard = world.say(
            .flowExceptionReport(.init(flowID: 2, exceptionCode: 7)),
            RawClient.acknowledgement(last, blocks: 0)
        )
        #expect(world.pair.serverEvents() == [.flowRejected(flow, code: 7)])
        let end = try #require(heard.fragments.last)
        #expect(heard.fragments.count == 1)
        #expect(end.data.flags.abandon && end.data.flags.final)
        #expect(end.data.fsnOffset == 0)
        #expect(end.data.userData.isEmpty)
        world.say(RawClient.acknowledgement(end.number, blocks: 0))
        #expect(world.hear(.seconds(20)).fragments.isEmpty)
    }

    @Test("closing marks the last fragment if it was not sent yet, else an empty one after it")
    func closing() throws {
        let world = try RawClient()
        let unsent = try world.serve([[1]])
        world.pair.server.close(unsent, at: world.now)
        let together = world.hear().fragments
        #expect(together.map(\.data.flags) == [UserDataFlags(final: true)])

        let sent = try world.serve([[1]])
        world.hear()
        world.pair.server.close(sent, at: world.now)
        let after = world.hear().fragments.filter { $0.data.flowID == 3 }
        #expect(after.map(\.data.flags) == [UserDataFlags(abandon: true, final: true)])
        #expect(after.map(\.number) == [2])
        #expect(after.map(\.data.forwardSequenceNumber) == [0])
    }

    @Test("a message whose time is over is abandoned, and the receiver told to go on")
    func expiry() throws {
        let world = try RawClient()
        _ = try world.serve([[1]])
        let flow = try world.serve([[2]], expiry: MessageExpiry(lifetime: .milliseconds(100)))
        world.hear()
        let update = try #require(world.hear(.seconds(5)).fragments.last { $0.data.flowID == 3 })
        #expect(update.data.flags == UserDataFlags(abandon: true))
        #expect(update.number == 1)
        #expect(update.data.fsnOffset == 0)
        #expect(world.pair.server.queued(on: flow) == 0)
    }

    @Test("a message that may not be sent again is abandoned when it is lost")
    func noRetransmission() throws {
        let world = try RawClient()
        _ = try world.serve([octets(3000)], expiry: MessageExpiry(retransmissions: 0))
        #expect(world.hear().fragments.count == 3)
        let later = world.hear(.seconds(3)).fragments
        #expect(!later.isEmpty)
        #expect(later.allSatisfy { $0.data.flags.abandon && $0.data.userData.isEmpty })
        #expect(later.last?.data.forwardSequenceNumber == 3)
    }

    @Test("a flow can begin without data")
    func beginning() throws {
        let world = try RawClient()
        let flow = try world.serve([])
        #expect(world.hear().fragments.isEmpty)
        world.pair.server.begin(flow, at: world.now)
        let fragments = world.hear().fragments
        #expect(fragments.map(\.data.flags) == [UserDataFlags(abandon: true)])
        #expect(fragments.map(\.data.options) == [[.value(type: 0, [9])]])
        #expect(fragments.map(\.data.forwardSequenceNumber) == [1])
    }

    @Test("at most six packets with data go out between acknowledgements")
    func burst() throws {
        let world = try RawClient()
        let flow = try world.serve([])
        var heard: [RawClient.Heard] = []
        for _ in 0..<12 {
            world.pair.server.write([1], on: flow, at: world.now)
            heard += world.hear(.milliseconds(1))
        }
        heard += world.hear()
        #expect(heard.fragments.count == 6)
        #expect(world.say(RawClient.acknowledgement(1)).fragments.map(\.number) == Array(7...12))
    }

    @Test("flows of one priority take turns, those of a higher one go first")
    func priorities() throws {
        let world = try RawClient { $0.discoversPathMTU = false }
        for priority in [FlowPriority.background, .routine, .routine, .timeCritical] {
            _ = try world.serve([octets(3000)], priority: priority)
        }
        let first = world.hear()
        #expect(first.fragments.first?.data.flowID == 5)
        #expect(first.map(\.header.timeCritical).first == true)
        var order: [UInt64] = []
        var acknowledged: [UInt64: UInt64] = [:]
        for fragment in first.fragments { acknowledged[fragment.data.flowID] = fragment.number }
        for _ in 0..<40 {
            let acknowledgements = acknowledged.sorted { $0.key < $1.key }.map {
                RawClient.acknowledgement($0.value, flow: $0.key)
            }
            world.pair.client.send(acknowledgements, on: world.client, at: world.now)
            for fragment in world.hear().fragments {
                acknowledged[fragment.data.flowID] = fragment.number
                order.append(fragment.data.flowID)
            }
        }
        let background = try #require(order.firstIndex(of: 2))
        #expect(
            order[..<background].filter { $0 == 3 || $0 == 4 }.count
                + first.fragments.filter { $0.data.flowID != 5 }.count >= 6
        )
    }

    @Test("an acknowledgement of what was never sent does not count")
    func neverSent() throws {
        let world = try RawClient()
        _ = try world.serve([octets(20_000)])
        world.hear()
        world.say(
            RawClient.acknowledgement(.max),
            RawClient.acknowledgement(0, [1...(.max)]),
            hearing: .milliseconds(1)
        )
        let fragments = world.hear(.milliseconds(49)).fragments
        #expect(fragments.first?.number == 5)
    }

    @Test("a complete flow is told once, and its flow ID is not used for 130 s")
    func linger() throws {
        let world = try RawClient { $0.silenceTimeout = .seconds(100_000) }
        let flow = try world.serve([[1]])
        world.pair.server.close(flow, at: world.now)
        world.hear()
        world.say(RawClient.acknowledgement(1))
        #expect(world.pair.serverEvents() == [.flowFinished(flow)])
        world.say(RawClient.acknowledgement(1))
        #expect(world.pair.serverEvents().isEmpty)
        _ = try world.serve([[2]])
        #expect(world.hear().fragments.map(\.data.flowID) == [3])
    }

    @Test("a full queue refuses, and says when there is room again")
    func fullQueue() throws {
        let world = try FlowPair { $0.flows.sendQueue = 10_000 }
        let flow = try world.open()
        var written = 0
        while world.pair.client.write(octets(3000), on: flow, at: world.now) { written += 1 }
        #expect(written == 4)
        world.run(.seconds(5))
        #expect(world.pair.clientEvents() == [.flowWritable(flow)])
    }
}
