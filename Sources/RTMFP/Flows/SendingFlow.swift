/// A sending flow (RFC 7016 §3.6.2).
final class SendingFlow {
    /// F_OPEN, F_CLOSING and F_COMPLETE_LINGER; a closed flow is forgotten.
    enum State {
        case open
        case closing
        case completeLinger
    }

    let handle: FlowHandle
    let id: UInt64
    let priority: FlowPriority
    let limits: FlowLimits
    /// STARTUP_OPTIONS
    private(set) var startupOptions: [Option]
    /// The octets of an Option List of `startupOptions`, Marker included.
    private var optionsLength: Int
    private(set) var state = State.open
    private(set) var queue = SendQueue()
    /// F_FINAL_SN
    private(set) var finalSequenceNumber: UInt64?
    /// RX_BUFFER_SIZE
    private(set) var receiveBuffer: UInt64 = 65_536
    /// EXCEPTION
    private(set) var isRejected = false
    /// The owner was told that the queue is full, and waits for room.
    private var ownerWaits = false
    /// When to ask a far end whose window is closed.
    var probe: Probe?

    /// Buffer Probes while the sender is suspended (RFC 7016 §3.6.2.9.1).
    struct Probe {
        var next: Instant
        var period: Interval
    }

    init(_ handle: FlowHandle, id: UInt64, priority: FlowPriority, startupOptions: [Option], limits: FlowLimits) {
        self.handle = handle
        self.id = id
        self.priority = priority
        self.startupOptions = startupOptions
        self.limits = limits
        optionsLength = startupOptions.encoded.count + 1
    }

    /// The sender may not send, and nobody rejected the flow (RFC 7016 §3.6.2.9.1).
    var isSuspended: Bool { receiveBuffer == 0 && !isRejected && state != .completeLinger }

    /// Whether there is room for another message.
    var takesMessages: Bool { state == .open && queue.octets < limits.sendQueue }

    /// Queues a message in fragments that fit into packets with `room` octets of chunks (RFC 7016 §3.6.2.2).
    func write(_ message: [UInt8], _ expiry: MessageExpiry, room: Int, at now: Instant) -> Bool {
        guard takesMessages, message.count <= limits.maximumMessage else {
            ownerWaits = state == .open
            return false
        }
        let numbers = 2 * vluLength(queue.nextSequenceNumber) + 2
        let options = startupOptions.isEmpty ? 0 : optionsLength
        let size = max(64, room - 4 - vluLength(id) - numbers - options)
        queue.append(message, fragment: size, expiry, at: now)
        return true
    }

    /// Queues a fragment that is abandoned already, so that the flow begins without data (RFC 7016 §3.6.2.1).
    func begin() {
        queue.appendAbandoned()
    }

    /// Closes the flow (RFC 7016 §3.6.2.11).
    func close() {
        guard state == .open else { return }
        state = .closing
        finalSequenceNumber = queue.finish()
    }

    /// The far end has rejected the flow; true if it was not known (RFC 7016 §3.6.2.10).
    func reject() -> Bool {
        let isNew = !isRejected
        let wasOpen = state == .open
        close()
        isRejected = true
        probe = nil
        queue.abandonAll()
        return isNew && wasOpen
    }

    /// Whether something may be sent as far as the flow is concerned (RFC 7016 §3.6.2.3).
    func isReady(_ windowIsOpen: (Bool) -> Bool) -> Bool {
        guard queue.hasEligible(final: finalSequenceNumber) else { return false }
        return isRejected || windowIsOpen(receiveBuffer > UInt64(queue.outstanding))
    }

    /// Assembles the next fragment, if there is one that fits into `room` octets (RFC 7016 §3.6.2.3).
    ///
    /// - Parameter following: the sequence number of this flow's chunk just before in the same packet.
    /// - Returns: the chunk and its sequence number; the fragment is in flight then.
    func assemble(room: Int, after following: UInt64?, tsn: UInt64) -> (chunk: Chunk, number: UInt64)? {
        queue.trim()
        guard let next = queue.nextEligible(final: finalSequenceNumber) else { return nil }
        let flags = UserDataFlags(next.control, abandon: next.isAbandoned, final: next.number == finalSequenceNumber)
        let data = next.isAbandoned ? [] : next.data
        let chunk: Chunk
        if let following, following + 1 == next.number {
            chunk = .nextUserData(NextUserData(flags: flags, userData: data))
        } else {
            let sendsOptions = following == nil && !startupOptions.isEmpty
            chunk = .userData(
                UserData(
                    flags: flags,
                    flowID: id,
                    sequenceNumber: next.number,
                    fsnOffset: next.number - queue.forwardSequenceNumber,
                    options: sendsOptions ? startupOptions : nil,
                    userData: data
                )
            )
        }
        let length = chunk.encodedLength
        guard length <= room else { return nil }
        queue.sent(next.number, size: length, tsn: tsn)
        return (chunk, next.number)
    }

    /// Takes note of an acknowledgement; the octets that it took out of flight and the highest TSN among them
    /// (RFC 7016 §3.6.2.4).
    func acknowledge(
        cumulative: UInt64,
        ranges: [ClosedRange<UInt64>],
        blocks: UInt64,
        neverSentStays: Bool
    ) -> SendQueue.Acknowledged {
        startupOptions = []
        receiveBuffer = blocks.multipliedReportingOverflow(by: 1024).overflow ? .max : blocks * 1024
        var total = queue.acknowledge(0...cumulative, neverSentStays: neverSentStays)
        for range in ranges {
            let more = queue.acknowledge(range, neverSentStays: neverSentStays)
            total.octets += more.octets
            total.tsn = max(total.tsn, more.tsn)
        }
        queue.trimAcknowledged()
        return total
    }

    /// True once, when all of a closing flow has been acknowledged.
    func completes() -> Bool {
        guard state == .closing, queue.isEmpty else { return false }
        state = .completeLinger
        probe = nil
        return true
    }

    /// True once, when there is room again for an owner that was refused.
    func becomesWritable() -> Bool {
        guard ownerWaits, state == .open, queue.octets <= limits.sendQueue / 2 else { return false }
        ownerWaits = false
        return true
    }

    /// Marks a fragment as lost, or abandons its message if it may not be sent again; the octets that were in flight.
    func lose(_ number: UInt64) -> Int {
        queue.lose(number)
    }

    /// Takes note that an acknowledgement passed a fragment over; how often one did.
    func passOver(_ number: UInt64) -> Int {
        queue.passOver(number)
    }

    /// The TSN with which a fragment is in flight; nil if it is not.
    func tsnInFlight(_ number: UInt64) -> UInt64? {
        queue.tsnInFlight(number)
    }

    /// Abandons messages whose time is over; when the next one's will be (RFC 7016 §3.6.2.7).
    func expire(at now: Instant) {
        queue.expire(at: now)
    }

    /// Abandons everything queued that has not been acknowledged.
    func abandonAll() {
        queue.abandonAll()
    }
}
