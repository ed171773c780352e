import RTMFP

/// A session that a probe opened as initiator, or that a client opened to it.
final class ProbeSession {
    /// The probe whose session it is.
    let probe: Probe
    /// The probe's part.
    let role: Role
    /// The probe's address.
    let peer: Peer
    let keying: Keying
    let answer: RIKeying
    let farComponent: KeyingComponent
    let keys: SessionKeys
    /// How the probe protects what it sends.
    let sending: PacketProtection
    /// How the target protects what it sends.
    let receiving: PacketProtection
    /// What the target says about flows.
    let ear = Ear()
    private let sealer: PacketSealer

    init(
        probe: Probe,
        role: Role,
        peer: Peer,
        keying: Keying,
        answer: RIKeying,
        farComponent: KeyingComponent,
        keys: SessionKeys,
        sending: PacketProtection,
        receiving: PacketProtection
    ) {
        self.probe = probe
        self.role = role
        self.peer = peer
        self.keying = keying
        self.answer = answer
        self.farComponent = farComponent
        self.keys = keys
        self.sending = sending
        self.receiving = receiving
        sealer = PacketSealer(sending)
        logKeys()
        peer.attend(to: nearSessionID) { [weak self] heard, index in self?.hear(heard, index) }
    }

    private func logKeys() {
        guard let tape = probe.tape, let far = peer.far else { return }
        tape.add(
            KeyLogEntry(
                role: role,
                address: far,
                nearSessionID: nearSessionID,
                farSessionID: farSessionID,
                sending: sending,
                receiving: receiving,
                keys: keys
            )
        )
    }

    private func hear(_ heard: Heard, _ index: Int) {
        let flows = ear.hear(heard, index: index)
        guard ear.manner == .prompt, !flows.isEmpty else { return }
        try? acknowledge(flows)
    }

    /// Acknowledges all that has come on flows of the target.
    func acknowledge(_ flows: [UInt64]) throws {
        try sayAcknowledging(flows.map(ear.acknowledgement))
    }

    /// Sends acknowledgements in the header that the ear is told to use.
    func sayAcknowledging(_ chunks: [Chunk]) throws {
        try say(chunks, header: ear.complete(header, at: peer.now))
    }

    /// What the target requests and `plan` does not offer: HMACs or session sequence numbers; nil if it offers all.
    func unansweredRequest(of plan: HandshakePlan) -> String? {
        let requests = [
            ("HMACs", farComponent.hmac, plan.hmac),
            ("session sequence numbers", farComponent.sequenceNumbers, plan.sequenceNumbers),
        ]
        return requests.first { $0.1.contains(.request) && !$0.2.sends(to: $0.1) }?.0
    }

    /// The session ID that the target sends to.
    var nearSessionID: UInt32 {
        role == .initiator ? keying.chunk.initiatorSessionID : answer.responderSessionID
    }
    /// The session ID that the probe sends to.
    var farSessionID: UInt32 {
        role == .initiator ? answer.responderSessionID : keying.chunk.initiatorSessionID
    }
    /// The session sequence number of the next packet, if the probe sends them.
    var nextSequenceNumber: UInt64 { sealer.nextSequenceNumber }

    /// The header of a packet as the probe's part sends it, with a timestamp.
    var header: PacketHeader { PacketHeader(role.mode, timestamp: peer.timestamp) }

    /// Sends chunks in a packet as the probe's part sends them, with a timestamp.
    func say(_ chunks: [Chunk], header: PacketHeader? = nil, from other: Peer? = nil) throws {
        try say(Packet(header ?? self.header, chunks), from: other)
    }

    /// Sends any packet.
    ///
    /// - Parameters:
    ///   - sequenceNumber: nil for the next one.
    ///   - other: the address to send from, nil for the session's own.
    func say(
        _ packet: Packet,
        sequenceNumber: UInt64? = nil,
        fault: SealingFault = [],
        from other: Peer? = nil
    ) throws {
        try say(plain: packet.encoded, summary(packet), sequenceNumber: sequenceNumber, fault: fault, from: other)
    }

    /// Sends any octets as a plain packet; `text` describes them in the transcript.
    func say(
        plain: [UInt8],
        _ text: String,
        sequenceNumber: UInt64? = nil,
        fault: SealingFault = [],
        from other: Peer? = nil
    ) throws {
        let datagram = sealer.seal(plain, to: farSessionID, sequenceNumber: sequenceNumber, fault: fault)
        try (other ?? peer).say(datagram, "\(hexadecimal(farSessionID)) \(text)")
    }

    /// A packet's datagram, not sent yet.
    func datagram(_ packet: Packet) -> [UInt8] {
        sealer.seal(packet.encoded, to: farSessionID)
    }

    /// Closes the session abruptly (RFC 7016 §3.5.5); nothing is expected of it any more.
    func takeLeave() {
        let farewell = Packet(header, [.sessionCloseAcknowledgement])
        // The number is beyond all that a case may have used up.
        try? say(farewell, sequenceNumber: sending.sequenceNumbers ? 1 << 40 : nil)
    }

    /// Waits for a packet of this session for which `match` has a value.
    func expect<T>(
        _ expected: String,
        within patience: Interval? = nil,
        from: Int? = nil,
        _ match: @escaping (Heard) throws -> T?
    ) throws -> T {
        try peer.expect(expected, within: patience, from: from) { [nearSessionID] heard in
            heard.sessionID == nearSessionID ? try match(heard) : nil
        }
    }

    /// Sends a Ping with `message` until a reply with that comes, and gives the packet that brought it.
    @discardableResult
    func ping(_ message: [UInt8], header: PacketHeader? = nil) throws -> Heard {
        try peer.ask("a Ping Reply with the Ping's message") {
            try say([.ping(Ping(message: message))], header: header)
        } _: { [nearSessionID] heard in
            guard heard.sessionID == nearSessionID else { return nil }
            return heard.pingReplies.contains(message) ? heard : nil
        }
    }

    /// Waits for the reply to a Ping with `message`; fails if none comes.
    ///
    /// - Throws: `Obstructed` if this target answers no Ping in that way.
    @discardableResult
    func expectReply(to message: [UInt8], from: Int? = nil) throws -> Heard {
        try buildingOnPings {
            try expect("a Ping Reply with the Ping's message \(hex(message, limit: 16))", from: from) { heard in
                heard.pingReplies.contains(message) ? heard : nil
            }
        }
    }
}
