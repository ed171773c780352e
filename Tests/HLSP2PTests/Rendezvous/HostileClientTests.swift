import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// Whatever clients say, the rendezvous goes on for others.
@Suite struct HostileClientTests {
    /// Clients that take real words and damage them, on flows of all sorts, in any order.
    @Test(arguments: 0..<6) func damagedWordsDoNoHarm(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed, name: "hostile")
        let house = try House()
        let stays = try house.viewer()
        let words = try CapturedExchange.all.get().flatMap { try $0.lines().map(\.message.encoded) }
        let hostiles = try (0..<4).map { number in
            try Party(house.world, port: 30_000 + UInt16(number), seed: 1000 + UInt64(number))
        }
        for hostile in hostiles {
            hostile.open(to: house.host, at: house.now)
            house.world.run()
            try rage(hostile, words, in: house, &random)
        }
        house.world.run(.seconds(30))
        #expect(house.host.messages.count > 500)
        let viewer = try house.viewer()
        _ = viewer.connection?.call("getParticipants", [.string("film")], at: house.now)
        house.world.run(.seconds(5))
        #expect(viewer.brief.last?.contains("answered") == true)
        #expect(stays.connection?.state == .connected)
        #expect(try house.peers().contains(stays.peerID))
        // Nobody is left behind when they have gone.
        for hostile in hostiles {
            if let session = hostile.session { hostile.endpoint.abort(session, at: house.now) }
        }
        house.world.run(.seconds(200))
        #expect(try house.peers() == [viewer.peerID, stays.peerID])
        #expect(try house.rendezvous.connectedClients == 2)
    }

    private func rage(
        _ hostile: Party,
        _ words: [[UInt8]],
        in house: House,
        _ random: inout SeededGenerator
    ) throws {
        let session = try #require(hostile.session)
        let endpoint = hostile.endpoint
        var flows: [FlowHandle] = []
        func open(_ metadata: [UInt8], _ association: FlowHandle?) -> FlowHandle? {
            let flow = endpoint.openFlow(on: session, metadata: metadata, association: association, at: house.now)
            if let flow { flows.append(flow) }
            return flow
        }
        func write(_ command: Command, on flow: FlowHandle) {
            endpoint.write(command.message().encoded, on: flow, at: house.now)
        }
        // Everybody is connected at first, and has streams.
        let control = try #require(open([0x54, 0x43, 4, 0], nil))
        let name = [AMF0Value.string("film")]
        write(Command("connect", transactionID: 1, object: .object([]), name), on: control)
        for number in 2..<5 { write(Command("createStream", transactionID: Double(number)), on: control) }
        house.world.run()
        for step in 0..<600 {
            if Int.random(in: 0..<20, using: &random) == 0 {
                let streamID = UInt32.random(in: 0..<5, using: &random)
                let isPrompt = Bool.random(using: &random)
                let metadata = FlowMetadata(
                    streamID: streamID,
                    receiveIntent: isPrompt ? .networkArrivalOrder : .originalQueuingOrder
                )
                _ = open(metadata.encoded, hostile.receivedFlows.randomElement(using: &random)?.flow)
            }
            guard let flow = flows.randomElement(using: &random) else { continue }
            switch Int.random(in: 0..<200, using: &random) {
            case 0: endpoint.close(flow, at: house.now)
            case 1: hostile.receivedFlows.last.map { endpoint.reject($0.flow, at: house.now) }
            case 2:
                let barrier = UserControl.flowSynchronization(syncID: .random(in: 0..<3, using: &random), count: 2)
                endpoint.write(barrier.message.encoded, on: flow, at: house.now)
            case 3: write(Command("connect", transactionID: 1, object: .object([]), name), on: flow)
            case 4..<10: write(Command("createStream", transactionID: 2), on: flow)
            case 10..<20: write(Command("publish", name), on: flow)
            case 20..<30: write(Command("play", name), on: flow)
            default: endpoint.write(damaged(words, &random), on: flow, at: house.now)
            }
            if step % 10 == 0 { house.world.run(.milliseconds(50)) }
        }
    }

    /// One of `words`, as it is or with an octet changed.
    private func damaged(_ words: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
        var word = words.randomElement(using: &random) ?? []
        if !word.isEmpty, Bool.random(using: &random) {
            word[Int.random(in: word.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        return word
    }
}
