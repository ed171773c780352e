import RTMFP

/// Puts together the messages of every flow of a capture, in memory that does not grow with it.
///
/// Packets are to be added in the order of the capture. A flow belongs to a direction of a session, whatever addresses
/// it travels between.
public struct FlowReassembler {
    /// Flows that are remembered, at most; the one that was silent for longest gives way.
    static let mostFlows = 16_384
    /// Octets of fragments that wait for others, at most.
    static let mostOctets = 64 << 20
    /// A flow's number means another flow no sooner than this after it was complete (RFC 7016 §3.6.3.1).
    static let linger = Interval.seconds(120)

    private struct Key: Hashable {
        var direction: Int
        var flowID: UInt64
    }

    private final class State {
        var flow: CapturedFlow
        var reassembly: FlowReassembly
        var lastUsed = Instant.origin

        init(_ flow: CapturedFlow, after forwarded: UInt64) {
            self.flow = flow
            reassembly = FlowReassembly(after: forwarded)
        }
    }

    private var flows: [Key: State] = [:]
    private var waitingOctets = 0
    private var outcomes: [FlowReassembly.Outcome] = []
    /// Messages of which fragments were captured that are not, and will not be, whole.
    public private(set) var incompleteMessages = 0

    /// Starts with no flow.
    public init() {}

    /// What the chunks of the next packet complete, in order.
    public mutating func add(_ packet: DecodedPacket) -> [FlowEvent] {
        guard let contents = packet.contents, let direction = contents.direction else { return [] }
        var events: [FlowEvent] = []
        for fragment in contents.fragments {
            add(fragment, direction, at: packet.datagram.time, &events)
        }
        return events
    }

    /// Tells that there are no more packets: what is not whole now never will be.
    public mutating func finish() {
        for key in Array(flows.keys) { remove(key) }
    }

    private mutating func add(_ fragment: DataFragment, _ direction: Int, at time: Instant, _ events: inout [FlowEvent])
    {
        let key = Key(direction: direction, flowID: fragment.flowID)
        let metadata = fragment.options?.values(of: 0x00).first
        if let state = flows[key], metadata != nil, state.reassembly.isComplete,
            time - state.lastUsed > FlowReassembler.linger
        {
            remove(key)
        }
        let state = flows[key] ?? open(key, fragment, hasMetadata: metadata != nil)
        if fragment.options != nil {
            state.flow.metadata = state.flow.metadata ?? metadata
            state.flow.association = state.flow.association ?? fragment.association
        }
        state.lastUsed = time
        let before = state.reassembly.waiting
        state.reassembly.add(fragment, &outcomes)
        let after = state.reassembly.waiting
        waitingOctets += after.octets - before.octets
        incompleteMessages += after.givenUp - before.givenUp
        for outcome in outcomes {
            switch outcome {
            case .message(let numbers, let octets):
                events.append(.message(FlowMessage(flow: state.flow, sequenceNumbers: numbers, octets: octets)))
            case .missing(let numbers): events.append(.missing(state.flow, numbers))
            }
        }
        outcomes.removeAll(keepingCapacity: true)
        if flows.count > FlowReassembler.mostFlows || waitingOctets > FlowReassembler.mostOctets { makeRoom() }
    }

    /// A flow whose metadata the fragment tells is seen from its beginning; of any other, what comes from now on.
    private mutating func open(_ key: Key, _ fragment: DataFragment, hasMetadata: Bool) -> State {
        let state = State(
            CapturedFlow(direction: key.direction, flowID: key.flowID),
            after: hasMetadata ? 0 : fragment.forwardSequenceNumber
        )
        flows[key] = state
        return state
    }

    /// Forgets the flows that were silent for longest, several at once: looking for them takes time.
    private mutating func makeRoom() {
        for (key, _) in flows.sorted(by: { $0.value.lastUsed < $1.value.lastUsed }) {
            guard flows.count > FlowReassembler.mostFlows * 3 / 4 || waitingOctets > FlowReassembler.mostOctets * 3 / 4
            else { break }
            remove(key)
        }
    }

    private mutating func remove(_ key: Key) {
        guard let state = flows.removeValue(forKey: key) else { return }
        let before = state.reassembly.waiting
        state.reassembly.giveUp()
        waitingOctets -= before.octets
        incompleteMessages += state.reassembly.waiting.givenUp - before.givenUp
    }
}

extension DataFragment {
    /// The flow of the receiver that the Return Flow Association option names.
    fileprivate var association: UInt64? {
        guard let value = options?.values(of: 0x0a).first else { return nil }
        var reader = ByteReader(value.span)
        return try? reader.vlu("flowID")
    }
}
