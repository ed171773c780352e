import RTMFP
import Testing

/// Whatever chunks of flows come, in whatever order: the session lives, and takes no more room than it may.
@Suite("Hostile flows")
struct HostileFlowTests {
    @Test("any chunks in any order leave the session alive", arguments: 1...60)
    func anything(seed: UInt64) throws {
        let world = try RawClient { configuration in
            configuration.silenceTimeout = .seconds(1_000_000)
            configuration.flows.maximumReceivingFlows = 20
            configuration.flows.receiveBuffer = 8192
            configuration.flows.maximumMessage = 20_000
            configuration.flows.maximumBuffered = 60_000
        }
        var random = SeededGenerator(seed: seed)
        var flows: [FlowHandle] = []
        for _ in 0..<300 {
            if flows.count < 4 || Int.random(in: 0..<20, using: &random) == 0 {
                let size = [0, 10, 3000, 30_000].randomElement(using: &random) ?? 0
                flows.append(try world.serve([octets(size)]))
            }
            if let flow = flows.randomElement(using: &random) {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: world.pair.server.close(flow, at: world.now)
                case 1: world.pair.server.abandonQueue(of: flow, at: world.now)
                case 2: world.pair.server.begin(flow, at: world.now)
                case 3:
                    let expiry = MessageExpiry(lifetime: .milliseconds(5), retransmissions: 1)
                    world.pair.server.write(octets(100), on: flow, expiry: expiry, at: world.now)
                default: break
                }
            }
            for (flow, _) in world.pair.serverEvents().openedFlows {
                switch Int.random(in: 0..<6, using: &random) {
                case 0: world.pair.server.reject(flow, code: 1, at: world.now)
                case 1: world.pair.server.suspend(flow, at: world.now)
                case 2: world.pair.server.deliver(flow, in: .arrival, at: world.now)
                default: break
                }
            }
            let chunks = (0..<Int.random(in: 1...5, using: &random)).map { _ in chunk(&random) }
            world.pair.client.send(chunks, on: world.client, at: world.now)
            world.hear(.milliseconds(Double.random(in: 1...400, using: &random)))
        }
        world.hear(.seconds(30))
        let answer = world.say(.ping(Ping(message: [42])))
        #expect(answer.chunks.contains(.pingReply(PingReply(messageEcho: [42]))))
        #expect(world.pair.server.state(of: world.server) == .open)
    }

    private func chunk(_ random: inout SeededGenerator) -> Chunk {
        let flow = UInt64.random(in: 1...8, using: &random)
        let number = number(&random)
        let data = [UInt8](repeating: 7, count: Int.random(in: 0...1100, using: &random))
        let flags = UserDataFlags(
            FragmentControl.allCases.randomElement(using: &random) ?? .whole,
            abandon: Int.random(in: 0..<6, using: &random) == 0,
            final: Int.random(in: 0..<12, using: &random) == 0
        )
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
            let lists: [[Option]?] = [
                nil, [.value(type: 0, [1])], [.value(type: 0, []), .value(type: 10, [2])], [.value(type: 3, [])], [],
            ]
            return .userData(
                UserData(
                    flags: flags,
                    flowID: flow,
                    sequenceNumber: number,
                    fsnOffset: min(number, self.number(&random)),
                    options: lists.randomElement(using: &random) ?? nil,
                    userData: data
                )
            )
        case 4: return .nextUserData(NextUserData(flags: flags, userData: data))
        case 5:
            var cursor = number
            var ranges: [ClosedRange<UInt64>] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let low = cursor.addingReportingOverflow(2 + UInt64.random(in: 0...3, using: &random))
                let high = low.partialValue.addingReportingOverflow(self.number(&random))
                guard !low.overflow, !high.overflow else { break }
                ranges.append(low.partialValue...high.partialValue)
                cursor = high.partialValue
            }
            return RawClient.acknowledgement(number, ranges, flow: flow, blocks: self.number(&random))
        case 6:
            return .bitmapAcknowledgement(
                BitmapAcknowledgement(
                    flowID: flow,
                    bufferBlocksAvailable: self.number(&random),
                    cumulativeAcknowledgement: min(number, .max - 100_000),
                    bitmap: octets(Int.random(in: 0...200, using: &random), seed: number)
                )
            )
        case 7: return .bufferProbe(BufferProbe(flowID: flow))
        case 8: return .flowExceptionReport(FlowExceptionReport(flowID: flow, exceptionCode: number))
        default: return .unknown(type: 0x10, payload: octets(Int.random(in: 0...20, using: &random), seed: number))
        }
    }

    /// Mostly small, sometimes at a border.
    private func number(_ random: inout SeededGenerator) -> UInt64 {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: [0, .max, .max - 1, 1 << 32, 1 << 63].randomElement(using: &random) ?? 0
        case 1: UInt64.random(in: 0...5000, using: &random)
        default: UInt64.random(in: 0...30, using: &random)
        }
    }
}
