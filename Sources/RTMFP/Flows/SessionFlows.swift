/// All flows of one open session, and what they share: acknowledgement timing, loss detection, congestion control
/// (RFC 7016 §3.5.2, §3.6).
///
/// The endpoint hands in chunks, tells when a packet is over and when time has passed, and asks for what is to be put
/// into the next packet.
final class SessionFlows {
    enum Member {
        case sending(SendingFlow)
        case receiving(ReceivingFlow)
    }

    let session: SessionHandle
    let limits: FlowLimits
    let conduct: any Conduct
    /// Octets of chunks in a packet at most.
    private(set) var room: Int
    /// What every path takes.
    private let leastRoom: Int
    /// Timeouts with loss since something was last acknowledged.
    var timeoutsInARow = 0
    /// What has happened, in order.
    var events: [Event] = []

    var members: [UInt64: Member] = [:]
    var sending: [UInt64: SendingFlow] = [:]
    var receiving: [UInt64: ReceivingFlow] = [:]
    private var numbers: UInt64 = 0
    // Flow IDs mean nothing (RFC 7016 §3.6.1.1), but 0 and 1 are what careless implementations reserve.
    private var nextFlowID: UInt64 = 2
    /// Flows that are complete and only keep their flow IDs in reserve, by when they no longer need to.
    var lingering: [(until: Instant, flow: Member)] = []

    // Receiving.

    /// The flow, forward and own sequence number of the User Data chunk before, in the same packet.
    var preceding: (flowID: UInt64, forward: UInt64, number: UInt64)?
    /// The packet at hand carries user data.
    var packetHasData = false
    /// Flows that are ready to send an acknowledgement, in the order in which they became so.
    var ready: [ReceivingFlow] = []
    /// ACK_NOW
    var acknowledgesNow = false
    /// DELACK_ALARM
    var delayedUntil: Instant?
    /// RX_DATA_PACKETS
    var dataPacketsReceived = 0
    /// What all receiving flows hold together.
    var held = 0

    // Sending.

    /// Flows with something in their queues, the one to be served next first.
    var active: [SendingFlow] = []
    var flight = FlightLog()
    var congestion = Congestion()
    var report = Congestion.PacketReport()
    /// S_OUTSTANDING_BYTES
    var outstanding = 0
    /// TIMEOUT_ALARM
    var timeoutAt: Instant?
    /// DATA_PACKET_COUNT
    var dataPacketsSent = 0
    /// Buffer Probes that are to be sent.
    var probes: [Chunk] = []

    init(_ session: SessionHandle, limits: FlowLimits, room: Int, conduct: any Conduct) {
        self.session = session
        self.limits = limits
        self.room = room
        leastRoom = room
        self.conduct = conduct
    }

    /// The path takes packets with `octets` of chunks.
    func widen(to octets: Int) {
        room = max(room, octets)
    }

    /// The path may be one that takes only what every path takes.
    func narrow() {
        room = leastRoom
    }

    func makeHandle() -> FlowHandle {
        numbers += 1
        return FlowHandle(session: session, number: numbers)
    }

    func sendingFlow(_ handle: FlowHandle) -> SendingFlow? {
        if case .sending(let flow) = members[handle.number] { flow } else { nil }
    }

    func receivingFlow(_ handle: FlowHandle) -> ReceivingFlow? {
        if case .receiving(let flow) = members[handle.number] { flow } else { nil }
    }

    /// Opens a sending flow (RFC 7016 §3.6.2.1).
    func open(metadata: [UInt8], association: FlowHandle?, priority: FlowPriority) -> FlowHandle? {
        guard sending.count < limits.maximumSendingFlows else { return nil }
        var options: [Option] = [.value(type: FlowOption.metadata, metadata)]
        if let association {
            guard let flow = receivingFlow(association), flow.isOpen else { return nil }
            var value = ByteWriter()
            value.vlu(flow.id)
            options.append(.value(type: FlowOption.returnAssociation, value.bytes))
        }
        let id = nextFlowID
        nextFlowID += 1
        let handle = makeHandle()
        let flow = SendingFlow(handle, id: id, priority: priority, startupOptions: options, limits: limits)
        sending[id] = flow
        members[handle.number] = .sending(flow)
        return handle
    }

    /// Takes note that there is something in a flow's queue.
    func activate(_ flow: SendingFlow) {
        if !active.contains(where: { $0 === flow }) { active.append(flow) }
    }

    /// Keeps a complete flow's ID in reserve for a while (RFC 7016 §3.6.2.11, §3.6.3.8).
    func linger(_ flow: Member, until: Instant) {
        let index = lingering.lastIndex { $0.until <= until } ?? -1
        lingering.insert((until, flow), at: index + 1)
    }

    /// When something is to be done; nil for never.
    var nextDeadline: Instant? {
        var next: Instant?
        func consider(_ deadline: Instant?) {
            guard let deadline else { return }
            next = next.map { min($0, deadline) } ?? deadline
        }
        consider(delayedUntil)
        consider(timeoutAt)
        consider(lingering.first?.until)
        for flow in active {
            consider(flow.probe?.next)
            consider(flow.queue.nextDeadline)
        }
        return next
    }

    /// Does what is due; the timestamps' ERTO grows with each timeout (RFC 7016 §3.5.2.2).
    func advance(to now: Instant, _ timestamps: inout Timestamps) {
        if let delayedUntil, delayedUntil <= now {
            self.delayedUntil = nil
            acknowledgesNow = true
        }
        if let timeoutAt, timeoutAt <= now { timeOut(&timestamps) }
        for flow in active {
            flow.expire(at: now)
            probe(flow, at: now, timestamps)
        }
        while let first = lingering.first, first.until <= now {
            lingering.removeFirst()
            forget(first.flow)
        }
    }

    private func forget(_ member: Member) {
        switch member {
        case .sending(let flow):
            sending[flow.id] = nil
            members[flow.handle.number] = nil
        case .receiving(let flow):
            receiving[flow.id] = nil
            // A suspended owner has not seen the last messages yet.
            if flow.isExhausted || flow.isRejected { members[flow.handle.number] = nil }
        }
    }
}

/// The options of User Data chunks (RFC 7016 §2.3.11.1).
public enum FlowOption {
    /// User's Per-Flow Metadata (RFC 7016 §2.3.11.1.1).
    public static let metadata: UInt64 = 0x00
    /// Return Flow Association (RFC 7016 §2.3.11.1.2).
    public static let returnAssociation: UInt64 = 0x0a
    /// Options of this type and above may be ignored by those who do not know them (RFC 7016 §2.3.11.1).
    public static let firstIgnorable: UInt64 = 8192
}
