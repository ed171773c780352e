import Capture
import RTMFP

/// Collects the packets of a recording, and finds out who and what they belong to.
struct RecordingBuilder {
    private var packets: [RecordedPacket] = []
    private var unverified: [DecodedPacket] = []
    private var octets = 0
    private var frame = 0
    private var lastFrame: Int?
    private var reassembler = FlowReassembler()
    private var messages: [FlowKey: [FlowMessage]] = [:]
    private var startup = RecordedStartup()
    private var parties = Parties()
    private(set) var summary = DecodeSummary()

    /// Which flow of which direction.
    struct FlowKey: Hashable {
        var direction: Int
        var flowID: UInt64
    }

    /// Whether there is room for one more packet; if there is none, the last was the last.
    mutating func hasRoom() -> Bool {
        guard octets > Recording.mostOctets else { return true }
        lastFrame = frame
        return false
    }

    mutating func add(_ decoded: DecodedPacket) {
        // What nobody remembers costs something, too.
        octets += decoded.datagram.payload.count + 256
        summary.add(decoded)
        frame = decoded.datagram.frame
        guard let packet = RecordedPacket(decoded, number: packets.count) else {
            if case .failed = decoded.status { unverified.append(decoded) }
            return
        }
        packets.append(packet)
        parties.note(packet)
        if !packet.isInSession {
            for chunk in startup.add(packet) { parties.note(chunk) }
        }
        for case .message(let message) in reassembler.add(decoded) {
            let key = FlowKey(direction: message.flow.direction, flowID: message.flow.flowID)
            messages[key, default: []].append(message)
        }
    }

    func finish(problems: [String]) -> Recording {
        let directions = Dictionary(grouping: packets.filter(\.isInSession)) { $0.contents.direction ?? -1 }
        let sessions = SessionPairs(directions, startup.chunks).pairs.map { recorded($0, directions) }
        let implementations = parties.members.prefix(Recording.mostImplementations).map { addresses in
            let here = Set(addresses)
            return RecordedImplementation(
                addresses: addresses,
                sent: packets.filter { here.contains($0.datagram.source) },
                received: packets.filter { here.contains($0.datagram.destination) },
                unverified: unverified.filter { here.contains($0.datagram.source) },
                startup: startup.chunks.filter { here.contains($0.packet.datagram.source) },
                heardStartup: startup.chunks.filter { here.contains($0.packet.datagram.destination) },
                sessions: sessions.flatMap { initiator, responder in
                    [initiator, responder].filter { session in
                        session.sent.first.map { here.contains($0.datagram.source) }
                            ?? session.received.first.map { here.contains($0.datagram.destination) } ?? false
                    }
                }
            )
        }
        return Recording(implementations: Array(implementations), lastFrame: lastFrame, problems: problems)
    }

    /// A session as its initiator sees it, and as its responder does.
    private func recorded(
        _ pair: SessionPairs.Pair,
        _ directions: [Int: [RecordedPacket]]
    ) -> (initiator: RecordedSession, responder: RecordedSession) {
        let fromInitiator = pair.fromInitiator.flatMap { directions[$0] } ?? []
        let fromResponder = pair.fromResponder.flatMap { directions[$0] } ?? []
        let forth = flows(fromInitiator, answeredBy: fromResponder, pair)
        let back = flows(fromResponder, answeredBy: fromInitiator, pair)
        return (
            RecordedSession(
                isInitiator: true,
                isWhole: pair.isWhole,
                sent: inOrderOfSending(fromInitiator),
                received: fromResponder,
                sendingFlows: forth,
                receivingFlows: back
            ),
            RecordedSession(
                isInitiator: false,
                isWhole: pair.isWhole,
                sent: inOrderOfSending(fromResponder),
                received: fromInitiator,
                sendingFlows: back,
                receivingFlows: forth
            )
        )
    }

    private func flows(
        _ sent: [RecordedPacket],
        answeredBy answers: [RecordedPacket],
        _ pair: SessionPairs.Pair
    ) -> [RecordedFlow] {
        var transmissions: [UInt64: [RecordedFlow.Transmission]] = [:]
        for packet in inOrderOfSending(sent) {
            for fragment in packet.fragments {
                transmissions[fragment.flowID, default: []].append(.init(packet: packet, fragment: fragment))
            }
        }
        var answered: [UInt64: [(Int, RecordedFlow.Event)]] = [:]
        for packet in answers {
            for chunk in packet.chunks {
                guard let (flowID, event) = answer(chunk, in: packet) else { continue }
                answered[flowID, default: []].append((packet.number, event))
            }
        }
        let direction = sent.first?.contents.direction ?? -1
        let hasAllPackets = hasAllNumbers(sent)
        return transmissions.sorted { $0.key < $1.key }.map { id, transmissions in
            let events = transmissions.map { ($0.packet.number, RecordedFlow.Event.sent($0)) } + (answered[id] ?? [])
            return RecordedFlow(
                id: id,
                isWhole: pair.isWhole,
                hasAllPackets: hasAllPackets,
                events: events.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
                    .map(\.element.1),
                transmissions: transmissions,
                messages: messages[FlowKey(direction: direction, flowID: id)] ?? []
            )
        }
    }

    /// Whether the session sequence numbers of a direction's packets are all those from 0 on; nil if they have none.
    private func hasAllNumbers(_ packets: [RecordedPacket]) -> Bool? {
        let numbers = Set(packets.compactMap(\.contents.sequenceNumber))
        return numbers.max().map { $0 == UInt64(numbers.count) - 1 }
    }

    private func answer(_ chunk: Chunk, in packet: RecordedPacket) -> (UInt64, RecordedFlow.Event)? {
        switch chunk {
        case .rangeAcknowledgement(let body):
            let acknowledgement = RecordedFlow.Acknowledgement(
                packet: packet,
                blocks: body.bufferBlocksAvailable,
                cumulative: body.cumulativeAcknowledgement,
                ranges: body.ranges
            )
            return (body.flowID, .acknowledged(acknowledgement))
        case .bitmapAcknowledgement(let body):
            let acknowledgement = RecordedFlow.Acknowledgement(
                packet: packet,
                blocks: body.bufferBlocksAvailable,
                cumulative: body.cumulativeAcknowledgement,
                ranges: body.ranges
            )
            return (body.flowID, .acknowledged(acknowledgement))
        case .flowExceptionReport(let body): return (body.flowID, .rejected(packet))
        default: return nil
        }
    }
}
