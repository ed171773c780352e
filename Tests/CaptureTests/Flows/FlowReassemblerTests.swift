import RTMFP
import Testing

@testable import Capture

struct FlowReassemblerTests {
    /// A fragment in short: its number, FRA, ABN, FIN and FSN offset; its octet is its number.
    struct Fragment: Sendable {
        var number: UInt64
        var control = FragmentControl.whole
        var abandon = false
        var final = false
        var fsnOffset: UInt64

        init(
            _ number: UInt64,
            _ control: FragmentControl = .whole,
            abandon: Bool = false,
            final: Bool = false,
            forward: UInt64 = 0
        ) {
            self.number = number
            self.control = control
            self.abandon = abandon
            self.final = final
            fsnOffset = number - forward
        }
    }

    /// What comes of fragments: `1-3` for a message, `!4` for a number that is missing.
    private func events(_ fragments: [Fragment], metadata: Bool = true) -> [String] {
        var reassembler = FlowReassembler()
        var events: [FlowEvent] = []
        for (index, fragment) in fragments.enumerated() {
            events += reassembler.add(packet(fragment, metadata: metadata && index == 0))
        }
        return events.map { event in
            switch event {
            case .message(let message):
                #expect(message.octets == message.sequenceNumbers.map { UInt8(truncatingIfNeeded: $0) })
                return "\(message.sequenceNumbers.lowerBound)-\(message.sequenceNumbers.upperBound)"
            case .missing(_, let numbers):
                return "!\(numbers.lowerBound)"
                    + (numbers.upperBound > numbers.lowerBound ? "-\(numbers.upperBound)" : "")
            }
        }
    }

    private func packet(_ fragment: Fragment, metadata: Bool, flow: UInt64 = 2, at time: Instant = .origin)
        -> DecodedPacket
    {
        let data = UserData(
            flags: UserDataFlags(fragment.control, abandon: fragment.abandon, final: fragment.final),
            flowID: flow,
            sequenceNumber: fragment.number,
            fsnOffset: fragment.fsnOffset,
            options: metadata ? [.value(type: 0, [1]), .value(type: 0x0a, [7])] : nil,
            userData: fragment.abandon ? [] : [UInt8(truncatingIfNeeded: fragment.number)]
        )
        return packet([.userData(data)], at: time)
    }

    private func packet(_ chunks: [Chunk], direction: Int? = 0, at time: Instant = .origin) -> DecodedPacket {
        let datagram = CapturedDatagram(
            frame: 1,
            time: time,
            source: .loopback(port: 1),
            destination: .loopback(port: 2),
            payload: []
        )
        let plain = Packet(PacketHeader(.initiator), chunks).encoded
        var reader = ByteReader(plain.span)
        var placed: [Packet.PlacedChunk] = []
        let header = try? PacketHeader(from: &reader)
        while let chunk = Packet.nextChunk(&reader) { placed.append(chunk) }
        let contents = PacketContents(
            key: .session,
            direction: direction,
            proof: .checksum(0),
            plain: plain,
            header: header ?? PacketHeader(.initiator),
            chunks: placed,
            padding: 0
        )
        return DecodedPacket(datagram: datagram, sessionID: 1, status: .verified, contents: contents)
    }

    @Test("Messages come as soon as they are whole, in whatever order their fragments come")
    func orders() {
        #expect(events([.init(1), .init(2)]) == ["1-1", "2-2"])
        #expect(events([.init(1, .begin), .init(2, .middle), .init(3, .end)]) == ["1-3"])
        #expect(events([.init(3, .end), .init(2, .middle), .init(1, .begin)]) == ["1-3"])
        #expect(events([.init(1, .begin), .init(3, .end), .init(4), .init(2, .middle)]) == ["4-4", "1-3"])
        #expect(events([.init(2), .init(1)]) == ["2-2", "1-1"])
        #expect(events([.init(2, .end), .init(3, .begin), .init(1, .begin), .init(4, .end)]) == ["1-2", "3-4"])
    }

    @Test("What comes twice counts once")
    func duplicates() {
        #expect(
            events([.init(1), .init(1), .init(2, .begin), .init(2, .begin), .init(3, .end), .init(2, .begin)]) == [
                "1-1", "2-3",
            ]
        )
    }

    @Test("Numbers that the sender forwards past are missing; what they leave torn is given up")
    func abandoned() {
        #expect(events([.init(1), .init(4, forward: 3)]) == ["1-1", "4-4", "!2-3"])
        #expect(events([.init(1, .begin), .init(3, .end), .init(4, forward: 3)]) == ["4-4", "!2"])
        #expect(events([.init(1), .init(2, abandon: true, forward: 2)]) == ["1-1", "!2"])
        #expect(events([.init(1), .init(3, abandon: true, forward: 0), .init(2)]) == ["1-1", "!3", "2-2"])
        // Acknowledged fragments are forwarded past while their message goes on.
        #expect(events([.init(1, .begin), .init(2, .middle, forward: 1), .init(3, .end, forward: 2)]) == ["1-3"])
        // What comes after it was given up comes too late.
        #expect(events([.init(1), .init(3, forward: 2), .init(2, forward: 0)]) == ["1-1", "3-3", "!2"])
    }

    @Test("A flow that closes without a last message misses nothing")
    func closing() {
        #expect(events([.init(1), .init(2, abandon: true, final: true, forward: 1)]) == ["1-1"])
        #expect(events([.init(1, final: true)]) == ["1-1"])
        #expect(events([.init(1), .init(2, abandon: true, final: true, forward: 2)]) == ["1-1"])
    }

    @Test("A flow whose beginning was not captured begins with what is left of it")
    func joined() {
        #expect(events([.init(90, .end, forward: 80), .init(91)], metadata: false) == ["91-91"])
        #expect(events([.init(90, .end, forward: 89), .init(92, forward: 91)], metadata: false) == ["92-92", "!91"])
    }

    @Test("Metadata and association belong to every message of the flow, and to no other direction's")
    func options() {
        var reassembler = FlowReassembler()
        let first = reassembler.add(packet(.init(1), metadata: true))
        let second = reassembler.add(packet(.init(2), metadata: false))
        let data = UserData(flowID: 2, sequenceNumber: 1, fsnOffset: 1, userData: [1])
        let other = reassembler.add(packet([.userData(data)], direction: 1))
        let flows = (first + second + other).map { event in
            guard case .message(let message) = event else { return CapturedFlow(direction: -1, flowID: 0) }
            return message.flow
        }
        let known = CapturedFlow(direction: 0, flowID: 2, metadata: [1], association: 7)
        #expect(flows == [known, known, CapturedFlow(direction: 1, flowID: 2)])
        #expect(reassembler.add(packet([.userData(data)], direction: nil)) == [])
    }

    @Test("Next User Data goes on where the data chunk before it stands, and means nothing without one")
    func nextUserData() {
        var reassembler = FlowReassembler()
        let next = Chunk.nextUserData(NextUserData(userData: [9]))
        let data = Chunk.userData(UserData(flowID: 2, sequenceNumber: 5, fsnOffset: 1, userData: [8]))
        #expect(reassembler.add(packet([next])) == [])
        let events = reassembler.add(packet([data, .bufferProbe(BufferProbe(flowID: 3)), next]))
        let numbers = events.map { event in
            guard case .message(let message) = event else { return 0...0 as ClosedRange<UInt64> }
            return message.sequenceNumbers
        }
        #expect(numbers == [5...5, 6...6])
    }

    @Test("A number that a flow had means another flow once the first has lingered")
    func reused() {
        var reassembler = FlowReassembler()
        _ = reassembler.add(packet(.init(1, final: true), metadata: true))
        #expect(reassembler.add(packet(.init(1), metadata: true, at: .origin + .seconds(100))) == [])
        #expect(reassembler.add(packet(.init(1), metadata: true, at: .origin + .seconds(300))).count == 1)
    }

    @Test("The highest numbers do not overflow")
    func highest() {
        let last = UInt64.max
        #expect(
            events([.init(last, .end, forward: last - 2), .init(last - 1, .begin, forward: last - 2)], metadata: false)
                == ["\(last - 1)-\(last)"]
        )
        #expect(events([.init(last, abandon: true, forward: last)]) == ["!1-\(last)"])
    }

    @Test("What never becomes whole takes bounded memory")
    func bounded() {
        var reassembly = FlowReassembly(after: 0)
        var outcomes: [FlowReassembly.Outcome] = []
        for number in 1...100_000 as ClosedRange<UInt64> {
            let fragment = DataFragment(
                chunk: 0,
                flags: UserDataFlags(.middle),
                flowID: 2,
                sequenceNumber: number * 2,
                forwardSequenceNumber: 0,
                userData: [1]
            )
            reassembly.add(fragment, &outcomes)
            outcomes.removeAll()
            #expect(reassembly.waiting.fragments <= FlowReassembly.mostFragments)
        }
        #expect(reassembly.waiting.givenUp >= 100_000 - FlowReassembly.mostRanges)

        var reassembler = FlowReassembler()
        let octets = [UInt8](repeating: 0, count: 60_000)
        for flow in 1...2_000 as ClosedRange<UInt64> {
            let data = UserData(
                flags: UserDataFlags(.begin),
                flowID: flow,
                sequenceNumber: 1,
                fsnOffset: 1,
                userData: octets
            )
            _ = reassembler.add(packet([.userData(data)]))
        }
        #expect(reassembler.incompleteMessages > 0)
        reassembler.finish()
        #expect(reassembler.incompleteMessages == 2_000)
    }
}
