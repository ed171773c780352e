/// A receiving flow (RFC 7016 §3.6.3).
final class ReceivingFlow {
    /// What became of a fragment.
    enum Reception {
        /// It is seen now, or was before.
        case taken
        /// There is no room for it; the sender has to send it again.
        case noRoom
        /// The flow needs more room than it may have.
        case excessive
    }

    let handle: FlowHandle
    let id: UInt64
    /// The flow was rejected; it stays so also when it is complete, for a sender that missed the report.
    private(set) var isRejected = false
    /// RF_COMPLETE_LINGER
    var lingers = false
    private(set) var sequences = SequenceSet()
    /// RF_FINAL_SN
    private(set) var finalSequenceNumber: UInt64?
    private(set) var buffer = ReceiveBuffer()
    let limits: FlowLimits
    /// PREV_RWND, in blocks of 1024 octets.
    var advertised: UInt64?
    /// SHOULD_ACK
    var shouldAcknowledge = false
    /// EXCEPTION_CODE
    private(set) var exceptionCode: UInt64 = 0
    var order = DeliveryOrder.sequence
    var isSuspended = false
    /// The flow's end was told to the owner.
    var endIsTold = false
    /// The highest sequence number of the messages delivered.
    private var delivered: UInt64 = 0

    init(_ handle: FlowHandle, id: UInt64, limits: FlowLimits) {
        self.handle = handle
        self.id = id
        self.limits = limits
    }

    /// RF_OPEN
    var isOpen: Bool { !isRejected && !lingers }

    /// Everything up to the final sequence number has been seen (RFC 7016 §3.6.3.8).
    var isComplete: Bool {
        finalSequenceNumber.map { $0 <= sequences.cumulative } ?? false
    }

    /// Everything has been seen, and delivered.
    var isExhausted: Bool { isComplete && buffer.isEmpty }

    /// Notes the final sequence number; true if there was none before (RFC 7016 §3.6.3.2 step 10).
    func isNewlyFinal(_ number: UInt64) -> Bool {
        guard finalSequenceNumber == nil, !sequences.contains(number) else { return false }
        finalSequenceNumber = number
        return true
    }

    /// Takes a fragment (RFC 7016 §3.6.3.2 steps 11 to 13).
    ///
    /// - Parameter isNew: whether it is to be taken for one not seen yet.
    func receive(
        _ flags: UserDataFlags,
        _ number: UInt64,
        forward: UInt64,
        _ data: [UInt8],
        isNew: Bool,
        heldElsewhere: Int
    ) -> Reception {
        let isBeyondEnd = finalSequenceNumber.map { number > $0 } ?? false
        let holds = isOpen && isNew && !flags.abandon && !isBeyondEnd
        if holds {
            let reception = room(for: data.count, number, heldElsewhere)
            guard case .taken = reception else { return reception }
        }
        if forward < number, sequences.opensGap(number), sequences.ranges.count >= limits.maximumGaps {
            return .noRoom
        }
        if holds {
            buffer.insert(.init(sequenceNumber: number, control: flags.fragmentControl, data: data))
        }
        sequences.insert(through: forward)
        sequences.insert(number)
        return .taken
    }

    /// Beyond its capacity a flow takes only what brings nearer the delivery of what it holds, and that within limits.
    private func room(for octets: Int, _ number: UInt64, _ heldElsewhere: Int) -> Reception {
        let needed = buffer.size + octets + ReceiveBuffer.overhead
        if heldElsewhere + needed > limits.maximumBuffered { return .excessive }
        if needed <= limits.receiveBuffer { return .taken }
        guard !isSuspended else { return .noRoom }
        // A message's fragments cost more than its octets, the more so the smaller they are.
        if needed > 2 * limits.maximumMessage + limits.receiveBuffer { return .excessive }
        let fillsGap = number <= sequences.highest || number - 1 == sequences.cumulative
        return fillsGap || buffer.isInProgress ? .taken : .noRoom
    }

    /// The next message to deliver, if there is one (RFC 7016 §3.6.3.3).
    func nextMessage() -> ReceivedMessage? {
        guard !isSuspended else { return nil }
        var message = buffer.takeNext(upTo: sequences.cumulative)
        if message == nil, order == .arrival { message = buffer.takeAny() }
        guard let message else { return nil }
        let missed = order == .sequence && message.numbers.lowerBound - 1 > delivered
        delivered = max(delivered, message.numbers.upperBound)
        return ReceivedMessage(
            bytes: message.bytes,
            sequenceNumber: message.numbers.lowerBound,
            missedBefore: missed
        )
    }

    /// Discards what it holds (RFC 7016 §3.6.3.7).
    func reject(_ code: UInt64) {
        isRejected = true
        exceptionCode = code
        buffer.removeAll()
    }

    /// bufferBlocksAvailable (RFC 7016 §3.6.3.5).
    ///
    /// While a message is in progress that alone exceeds the capacity, a larger window than the one block that the
    /// specification asks for keeps the sender from having to wait a round trip for each fragment.
    var window: UInt64 {
        let free = max(0, limits.receiveBuffer - buffer.size)
        if free == 0, isSuspended || limits.receiveBuffer == 0 { return 0 }
        let least = buffer.isInProgress && !isSuspended ? 65_536 : 1
        return UInt64((max(free, least) + 1023) / 1024)
    }

    /// Whether less than another block's worth fits: acknowledgements must not wait then (RFC 7016 §3.6.3.4.1).
    var isNearlyFull: Bool { limits.receiveBuffer - buffer.size < 1024 }

    /// The acknowledgement of all that has been seen, with an exception before it if the flow is rejected; the
    /// shorter of both encodings, cut off to `room` octets (RFC 7016 §3.6.3.4.2, §3.6.3.4.3).
    func acknowledgement(within room: Int) -> [Chunk] {
        var chunks: [Chunk] = []
        var room = room
        if isRejected {
            let exception = Chunk.flowExceptionReport(.init(flowID: id, exceptionCode: exceptionCode))
            chunks.append(exception)
            room -= exception.encodedLength
        }
        chunks.append(sequences.acknowledgement(flowID: id, blocks: window, room: room))
        return chunks
    }
}
