import Flash
import RTMFP

/// What has gone between the endpoint under fuzz and the far end of a session, as the far end counts it.
final class SessionDealings {
    /// How far the session has come.
    private enum Phase: Equatable {
        case open
        /// The endpoint asks to close.
        case nearClose(since: Instant)
        /// The far end asked; its repeated requests are answered.
        case farClose(since: Instant)
        case gone(since: Instant)
    }

    let entry: KeyLogEntry
    private let sent: PacketOpener
    private let received: PacketOpener
    private var phase = Phase.open
    /// Where the far end is, and where it was when the endpoint last had a say.
    private(set) var far: SocketAddress
    private var formerFar: SocketAddress
    /// What the far end sends.
    private(set) var flows: [UInt64: HeardFlow] = [:]
    /// What the endpoint sends, by flow.
    private(set) var sending: [UInt64: SentFlow] = [:]
    /// Whether something came in fragments, which are not looked into.
    private var isTainted = false
    /// The messages of the Pings that went to an address.
    private(set) var pings: [SocketAddress: [[UInt8]]] = [:]
    /// The messages of the Ping Replies in the datagram that is being processed.
    private var replies: [[UInt8]] = []
    private var checkedAt: Instant?
    private var dataPackets = 0
    private var hasEnded: Set<FlowHandle> = []

    /// Octets of a datagram at most: chunks of a packet on a path that was found to take large ones, and what is around.
    private static let longest = 1_380 + 5 + 4 + 2 + 16 + 32
    /// Packets with data before there is an acknowledgement.
    private static let burst = 6

    init(_ entry: KeyLogEntry) {
        self.entry = entry
        sent = PacketOpener(entry.sending)
        received = PacketOpener(entry.receiving)
        far = entry.address
        formerFar = entry.address
    }

    var isOpen: Bool { phase == .open }

    // MARK: What the far end says.

    /// A datagram to the session arrives; gives the packet in it, if there is one.
    func hear(_ datagram: [UInt8], at now: Instant) -> Packet? {
        guard let opened = try? received.open(datagram), let packet = try? Packet(opened.plain) else { return nil }
        guard packet.header.mode == entry.role.other.mode, isOpen else { return packet }
        var preceding: (flowID: UInt64, forward: UInt64, number: UInt64)?
        func note(_ flags: UserDataFlags, _ data: [UInt8]) {
            guard let (flowID, forward, number) = preceding else { return }
            flows[flowID, default: HeardFlow()].hear(flags, number, forward: forward, data, at: now)
        }
        for chunk in packet.chunks {
            switch chunk {
            case .userData(let data):
                preceding = (data.flowID, data.forwardSequenceNumber, data.sequenceNumber)
                note(data.flags, data.userData)
            case .nextUserData(let data):
                guard let last = preceding, last.number < .max else { continue }
                preceding = (last.flowID, last.forward, last.number + 1)
                note(data.flags, data.userData)
            case .malformed: preceding = nil
            case .packetFragment: isTainted = true
            case .pingReply(let reply): replies.append(reply.messageEcho)
            case .bitmapAcknowledgement(let given): sending[given.flowID]?.window = given.bufferBlocksAvailable
            case .rangeAcknowledgement(let given): sending[given.flowID]?.window = given.bufferBlocksAvailable
            case .flowExceptionReport(let report): sending[report.flowID]?.isRejected = true
            default: break
            }
        }
        return packet
    }

    // MARK: What the endpoint says.

    /// A packet of the session that the endpoint has sent; nil if the datagram is none.
    func opened(_ datagram: [UInt8]) -> Packet? {
        (try? sent.open(datagram)).flatMap { try? Packet($0.plain) }
    }

    func check(_ packet: Packet, _ count: Int, to address: SocketAddress, at now: Instant) throws {
        try require(packet.header.mode == entry.role.mode, "a packet of a session has the wrong mode")
        try require(count <= Self.longest, "a datagram of \(count) octets")
        try checkPhase(packet, at: now)
        if address != far, address != formerFar { try checkMove(packet, at: now) }
        var preceding: (flowID: UInt64, number: UInt64)?
        var hasData = false
        for chunk in packet.chunks {
            switch chunk {
            case .userData(let data):
                hasData = true
                preceding = (data.flowID, data.sequenceNumber)
                try sending[data.flowID, default: SentFlow()].check(data.sequenceNumber, data.flags, data.userData)
            case .nextUserData(let data):
                guard let last = preceding else { throw Violation(description: "Next User Data follows nothing") }
                preceding = (last.flowID, last.number + 1)
                try sending[last.flowID, default: SentFlow()].check(last.number + 1, data.flags, data.userData)
            case .bitmapAcknowledgement(let given):
                try check(given.flowID, given.cumulativeAcknowledgement, given.ranges)
            case .rangeAcknowledgement(let given):
                try check(given.flowID, given.cumulativeAcknowledgement, given.ranges)
            case .flowExceptionReport(let report): flows[report.flowID]?.rest()
            case .ping(let ping): pings[address, default: []].append(ping.message)
            case .pingReply, .bufferProbe, .forwardedInitiatorHello, .sessionCloseRequest,
                .sessionCloseAcknowledgement, .padding:
                break
            default: throw Violation(description: "\(chunk.name) goes out in a session")
            }
        }
        guard hasData else { return }
        dataPackets += 1
        try require(dataPackets <= Self.burst, "\(dataPackets) packets with data go out at once")
    }

    private func check(_ flowID: UInt64, _ cumulative: UInt64, _ ranges: [ClosedRange<UInt64>]) throws {
        guard !isTainted else { return }
        guard flows[flowID] != nil else { throw Violation(description: "a flow is acknowledged that there is not") }
        try flows[flowID]?.check(cumulative: cumulative, ranges)
    }

    /// A session that is being closed carries nothing else, and nothing for ever.
    private func checkPhase(_ packet: Packet, at now: Instant) throws {
        func closes(_ chunk: Chunk) -> Bool {
            chunk == .sessionCloseRequest || chunk == .sessionCloseAcknowledgement
        }
        switch phase {
        case .open: break
        // What was under way before goes out at the same time.
        case .nearClose(now), .farClose(now), .gone(now): break
        case .nearClose(let since):
            try require(packet.chunks.allSatisfy(closes), "a session that is being closed carries something")
            try require(now - since <= .seconds(90), "the far end is asked to close for too long")
        case .farClose(let since):
            try require(packet.chunks.allSatisfy(closes), "a session that is closed carries something")
            try require(now - since <= .seconds(19), "a closed session is answered for too long")
        case .gone: throw Violation(description: "a session that is gone carries something")
        }
    }

    /// An address from which the far end was not heard to answer gets one Ping a second at most, and nothing else.
    private func checkMove(_ packet: Packet, at now: Instant) throws {
        guard packet.chunks.count == 1, case .ping? = packet.chunks.first else {
            throw Violation(description: "an address that is not verified gets packets of the session")
        }
        let isDue = checkedAt.map { now - $0 >= .seconds(1) } ?? true
        try require(isDue, "addresses are verified more often than once a second")
        checkedAt = now
    }

    // MARK: What the endpoint tells its owner.

    /// The session was moved to an address.
    func move(to address: SocketAddress) throws {
        let asked = pings[address] ?? []
        try require(
            isTainted || replies.contains { asked.contains($0) },
            "a session moves to an address that is not verified"
        )
        far = address
    }

    func note(_ event: Event) throws {
        switch event {
        case .flowOpened(let handle, let flow):
            try require(flows[flow.flowID] != nil || isTainted, "a flow begins that nobody began")
            flows[flow.flowID, default: HeardFlow()].begin(handle)
            let metadata = try? FlowMetadata(decoding: flow.metadata)
            flows[flow.flowID]?.isOrdered = metadata?.receiveIntent != .networkArrivalOrder
        case .message(let handle, let message):
            try require(!hasEnded.contains(handle), "a message comes after the end of its flow")
            guard !isTainted else { return }
            guard let id = flows.first(where: { $0.value.handle == handle })?.key else {
                throw Violation(description: "a message comes of a flow that there is not")
            }
            try flows[id]?.deliver(message)
        case .flowEnded(let handle), .flowRefused(let handle):
            try require(hasEnded.insert(handle).inserted, "a flow ends twice")
            // Its number may be used again after a while.
            for (id, flow) in flows where flow.handle == handle { flows[id]?.rest() }
        case .pingReplied(_, let message):
            let isAsked = pings.values.contains { $0.contains(message) }
            try require(isAsked, "a Ping is answered that nobody sent")
        default: break
        }
    }

    /// The session is at its end, or about to be.
    func end(_ reason: CloseReason, at now: Instant) throws {
        switch phase {
        case .open, .nearClose: phase = reason == .farClosed ? .farClose(since: now) : .gone(since: now)
        case .farClose, .gone: throw Violation(description: "a session closes twice")
        }
    }

    /// Where the endpoint says that the session stands.
    func stands(_ state: SessionState?, at now: Instant) {
        if phase == .open, state == .nearClose { phase = .nearClose(since: now) }
    }

    /// What the endpoint had to say at this time has been said.
    func settle(at now: Instant) throws {
        formerFar = far
        replies = []
        dataPackets = 0
        guard isOpen, !isTainted else { return }
        for flow in flows.values { try flow.check(at: now) }
    }
}

/// What the endpoint has sent on one flow.
struct SentFlow {
    /// What the latest acknowledgement says there is room for; nil if there was none.
    var window: UInt64?
    /// Whether the far end has rejected it.
    var isRejected = false
    private(set) var highest: UInt64 = 0
    private var contents: [UInt64: [UInt8]] = [:]

    mutating func check(_ number: UInt64, _ flags: UserDataFlags, _ data: [UInt8]) throws {
        try require(number > 0, "a sequence number is 0")
        highest = max(highest, number)
        guard !flags.abandon else { return }
        try require(window != 0 || isRejected, "data go to a far end that has no room")
        let known = contents[number] ?? data
        try require(areEqual(known, data), "what is sent again is something else")
        contents[number] = known
    }
}
