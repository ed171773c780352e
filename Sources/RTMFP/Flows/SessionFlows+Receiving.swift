/// The receiver's side (RFC 7016 §3.6.3).
extension SessionFlows {
    /// A User Data chunk (RFC 7016 §3.6.3.2).
    func receive(_ chunk: UserData, at now: Instant) {
        preceding = (chunk.flowID, chunk.forwardSequenceNumber, chunk.sequenceNumber)
        packetHasData = true
        guard let flow = receiving[chunk.flowID] ?? begin(chunk) else { return }
        receive(chunk.flags, chunk.options ?? [], chunk.userData, on: flow, at: now)
    }

    /// A Next User Data chunk; one that nothing precedes in its packet is ignored (RFC 7016 §2.3.12).
    func receive(_ chunk: NextUserData, at now: Instant) {
        guard let preceding, preceding.number < .max, let flow = receiving[preceding.flowID] else { return }
        self.preceding = (preceding.flowID, preceding.forward, preceding.number + 1)
        receive(chunk.flags, chunk.options ?? [], chunk.userData, on: flow, at: now)
    }

    /// A Buffer Probe (RFC 7016 §3.6.3.6).
    func receive(_ probe: BufferProbe) {
        guard let flow = receiving[probe.flowID] else { return }
        getReady(flow)
        acknowledgeNow(.probeAcknowledged, if: true)
    }

    /// The packet at hand is over (RFC 7016 §3.6.3.2).
    func concludeData() {
        preceding = nil
        guard packetHasData else { return }
        packetHasData = false
        dataPacketsReceived += 1
        acknowledgeNow(.secondPacketAcknowledgedAtOnce, if: dataPacketsReceived >= 2)
    }

    /// Rejects a receiving flow (RFC 7016 §3.6.3.7).
    func reject(_ flow: ReceivingFlow, code: UInt64) {
        guard !flow.isRejected else { return }
        held -= flow.buffer.size
        flow.reject(code)
        getReady(flow)
        acknowledgesNow = true
    }

    /// Begins a receiving flow; nil if there is no room for one (RFC 7016 §3.6.3.1).
    private func begin(_ chunk: UserData) -> ReceivingFlow? {
        guard conduct.judges(.roomForFlow, holds: receiving.count < limits.maximumReceivingFlows) else { return nil }
        let flow = ReceivingFlow(makeHandle(), id: chunk.flowID, limits: limits)
        receiving[chunk.flowID] = flow
        members[flow.handle.number] = .receiving(flow)
        acknowledgeNow(.newFlowAcknowledgedAtOnce, if: true)

        let options = chunk.options ?? []
        let metadata = options.values(of: FlowOption.metadata).first
        let association = association(in: options)
        let received = ReceivedFlow(flowID: flow.id, metadata: metadata ?? [], association: association.flow)
        guard conduct.judges(.flowHasMetadata, holds: metadata != nil),
            conduct.judges(.associationOpen, holds: association.isAcceptable),
            conduct.judges(.flowOptionsKnown, holds: options.allSatisfy(\.mayAccompanyData))
        else {
            flow.reject(0)
            events.append(.flowTurnedAway(flow.handle, received))
            return flow
        }
        events.append(.flowOpened(flow.handle, received))
        return flow
    }

    /// The sending flow that the options name, and whether a flow in return to it may begin.
    private func association(in options: [Option]) -> (flow: FlowHandle?, isAcceptable: Bool) {
        guard let value = options.values(of: FlowOption.returnAssociation).first else { return (nil, true) }
        var reader = ByteReader(value.span)
        guard let id = try? reader.vlu("flowID"), let flow = sending[id], flow.state == .open else {
            return (nil, false)
        }
        return (flow.handle, true)
    }

    private func receive(
        _ flags: UserDataFlags,
        _ options: [Option],
        _ data: [UInt8],
        on flow: ReceivingFlow,
        at now: Instant
    ) {
        guard let (_, forward, number) = preceding else { return }
        getReady(flow)
        if flow.isOpen, !conduct.judges(.flowOptionsKnown, holds: options.allSatisfy(\.mayAccompanyData)) {
            refuse(flow)
        }
        let isNew = conduct.judges(.fragmentNew, holds: !flow.sequences.contains(number))
        acknowledgeNow(.closedFlowAcknowledgedAtOnce, if: !flow.isOpen)
        acknowledgeNow(.smallWindowAcknowledgedAtOnce, if: flow.advertised.map { $0 < 2 } ?? false)
        acknowledgeNow(.abandonedAcknowledgedAtOnce, if: flags.abandon)
        acknowledgeNow(.gapAcknowledgedAtOnce, if: flow.sequences.hasGaps)
        acknowledgeNow(.duplicateAcknowledgedAtOnce, if: !isNew)
        if flags.final { acknowledgeNow(.finalAcknowledgedAtOnce, if: flow.isNewlyFinal(number)) }
        let before = flow.buffer.size
        let reception = flow.receive(
            flags,
            number,
            forward: forward,
            data,
            isNew: isNew,
            heldElsewhere: held - before
        )
        held += flow.buffer.size - before
        switch reception {
        case .taken: break
        case .noRoom: acknowledgesNow = true
        case .excessive: refuse(flow)
        }
        acknowledgeNow(.gapAcknowledgedAtOnce, if: flow.sequences.hasGaps)
        acknowledgeNow(.smallWindowAcknowledgedAtOnce, if: flow.isNearlyFull)
        if !acknowledgesNow, delayedUntil == nil {
            delayedUntil = now + conduct.interval(.delayedAcknowledgement, .milliseconds(200))
        }
        deliver(flow)
        if flow.isComplete, !flow.lingers {
            flow.lingers = true
            linger(.receiving(flow), until: now + conduct.interval(.receivingFlowLinger, .seconds(120)))
            acknowledgeNow(.finalAcknowledgedAtOnce, if: true)
        }
    }

    /// Rejects a flow by itself, and tells the owner.
    private func refuse(_ flow: ReceivingFlow) {
        reject(flow, code: 0)
        events.append(.flowRefused(flow.handle))
    }

    /// Hands complete messages to the owner (RFC 7016 §3.6.3.3).
    func deliver(_ flow: ReceivingFlow) {
        let before = flow.buffer.size
        while let message = flow.nextMessage() { events.append(.message(flow.handle, message)) }
        held += flow.buffer.size - before
        guard flow.isExhausted, !flow.isRejected, !flow.endIsTold else { return }
        flow.endIsTold = true
        events.append(.flowEnded(flow.handle))
        if receiving[flow.id] !== flow { members[flow.handle.number] = nil }
    }

    private func acknowledgeNow(_ rule: Rule, if condition: Bool) {
        if condition, conduct.judges(rule, holds: true) { acknowledgesNow = true }
    }

    func getReady(_ flow: ReceivingFlow) {
        guard !flow.shouldAcknowledge else { return }
        flow.shouldAcknowledge = true
        ready.append(flow)
    }

    /// Puts acknowledgements into `draft`, as many as fit (RFC 7016 §3.6.3.4.5, §3.6.3.4.6).
    func appendAcknowledgements(_ draft: inout PacketDraft) {
        var done = 0
        for flow in ready {
            let chunks = flow.acknowledgement(within: draft.isEmpty ? room : .max)
            guard draft.fits(chunks.reduce(0) { $0 + $1.encodedLength }) else { break }
            chunks.forEach { draft.append($0) }
            flow.shouldAcknowledge = false
            flow.advertised = flow.window
            done += 1
        }
        ready.removeFirst(done)
        guard ready.isEmpty else { return }
        acknowledgesNow = false
        dataPacketsReceived = 0
        delayedUntil = nil
    }
}

extension Option {
    /// Whether a flow may go on whose User Data carries the option (RFC 7016 §2.3.11.1).
    fileprivate var mayAccompanyData: Bool {
        guard case .value(let type, _) = self else { return true }
        return type == FlowOption.metadata || type == FlowOption.returnAssociation || type >= FlowOption.firstIgnorable
    }
}
