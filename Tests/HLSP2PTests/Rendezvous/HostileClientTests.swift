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
        #expect(house.host.messages.count > 200)
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
        var flows: [FlowHandle] = []
        for step in 0..<400 {
            if flows.isEmpty || Int.random(in: 0..<8, using: &random) == 0 {
                let metadata = FlowMetadata(
                    streamID: .random(in: 0..<3, using: &random),
                    receiveIntent: Bool.random(using: &random) ? .originalQueuingOrder : .networkArrivalOrder
                ).encoded
                let answer = step == 0 ? nil : hostile.receivedFlows.randomElement(using: &random)?.flow
                let isPlain = step == 0
                let flow = hostile.endpoint.openFlow(
                    on: session,
                    metadata: isPlain ? [0x54, 0x43, 4, 0] : metadata,
                    association: answer,
                    at: house.now
                )
                if let flow { flows.append(flow) }
            }
            guard let flow = flows.randomElement(using: &random) else { continue }
            var word = words.randomElement(using: &random) ?? []
            if !word.isEmpty, Int.random(in: 0..<2, using: &random) == 0 {
                word[Int.random(in: word.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            switch Int.random(in: 0..<40, using: &random) {
            case 0: hostile.endpoint.close(flow, at: house.now)
            case 1:
                hostile.receivedFlows.randomElement(using: &random).map {
                    hostile.endpoint.reject($0.flow, at: house.now)
                }
            case 2:
                let barrier = UserControl.flowSynchronization(syncID: .random(in: 0..<3, using: &random), count: 2)
                hostile.endpoint.write(barrier.message.encoded, on: flow, at: house.now)
            case 3:
                hostile.endpoint.write(
                    Command("connect", transactionID: 1, object: .object([])).message().encoded,
                    on: flow,
                    at: house.now
                )
            case 4:
                hostile.endpoint.write(
                    Command("createStream", transactionID: 2).message().encoded,
                    on: flow,
                    at: house.now
                )
            default: hostile.endpoint.write(word, on: flow, at: house.now)
            }
            if step % 10 == 0 { house.world.run(.milliseconds(50)) }
        }
    }
}
