/// The sender's side (RFC 7016 §3.6.2).
extension SessionFlows {
    /// What the endpoint knows beyond this session when it asks for data.
    struct Circumstances {
        var now: Instant
        /// ERTO
        var timeout: Interval
    }

    /// A packet begins to be processed.
    func beginPacket() {
        report = Congestion.PacketReport(outstandingBefore: outstanding)
    }

    /// An acknowledgement (RFC 7016 §3.6.2.4).
    func acknowledge(
        flowID: UInt64,
        blocks: UInt64,
        cumulative: UInt64,
        ranges: [ClosedRange<UInt64>],
        _ circumstances: Circumstances
    ) {
        guard let flow = sending[flowID] else { return }
        report.anyAcknowledgement = true
        timeoutsInARow = 0
        dataPacketsSent = 0
        let acknowledged = flow.acknowledge(
            cumulative: cumulative,
            ranges: ranges,
            blocks: blocks,
            neverSentStays: conduct.judges(.neverSentNotAcknowledged, holds: true)
        )
        outstanding -= acknowledged.octets
        report.acknowledged += acknowledged.octets
        flight.acknowledged(acknowledged.tsn)
        if flow.isSuspended {
            if flow.probe == nil {
                let period = max(.seconds(1), circumstances.timeout)
                // Within a second; what reopened the window may have been lost long before.
                let first = conduct.interval(.bufferProbe, .milliseconds(300))
                flow.probe = .init(next: circumstances.now + first, period: period)
                activate(flow)
            }
        } else {
            flow.probe = nil
        }
        settle(flow, at: circumstances.now)
    }

    /// A Flow Exception Report (RFC 7016 §3.6.2.10).
    func reject(flowID: UInt64, code: UInt64) {
        guard let flow = sending[flowID], conduct.judges(.exceptionClosesFlow, holds: true) else { return }
        if flow.reject() { events.append(.flowRejected(flow.handle, code: code)) }
        activate(flow)
    }

    /// Looks what has become of a flow whose queue has changed.
    private func settle(_ flow: SendingFlow, at now: Instant) {
        if flow.completes() {
            linger(.sending(flow), until: now + conduct.interval(.sendingFlowLinger, .seconds(130)))
            if !flow.isRejected { events.append(.flowFinished(flow.handle)) }
        } else if flow.becomesWritable() {
            events.append(.flowWritable(flow.handle))
        }
        if flow.queue.isEmpty, flow.probe == nil { active.removeAll { $0 === flow } }
    }

    /// Draws the conclusions from the acknowledgements of a packet (RFC 7016 §3.6.2.5, Appendix A).
    func concludeAcknowledgements(_ circumstances: Circumstances, _ timeCritical: Congestion.TimeCritical) {
        guard report.anyAcknowledgement else { return }
        let passedOver = flight.passOver { conduct.judges(.lostAfterThreePassedOver, holds: $0 >= 3) }
        report.anyNegative = passedOver.any
        for (flow, number) in passedOver.lost {
            report.anyLoss = true
            outstanding -= flow.lose(number)
        }
        congestion.packetProcessed(report, timeCritical)
        if timeoutAt != nil { timeoutAt = circumstances.now + retransmissionTimeout(circumstances.timeout) }
    }

    /// TIMEOUT_ALARM (RFC 7016 §3.6.2.6).
    func timeOut(_ timestamps: inout Timestamps) {
        timeoutAt = nil
        let lost = flight.takeAll()
        for (flow, number) in lost { outstanding -= flow.lose(number) }
        if !lost.isEmpty {
            timestamps.backOff()
            timeoutsInARow += 1
            // The path may have become one that swallows large packets (RFC 4821 §7.7).
            if timeoutsInARow > 2 { narrow() }
        }
        congestion.timedOut(withLoss: !lost.isEmpty)
        dataPacketsSent = 0
    }

    /// Asks for the window of a far end that has closed it (RFC 7016 §3.6.2.9.1).
    func probe(_ flow: SendingFlow, at now: Instant, _ timestamps: Timestamps) {
        guard var probe = flow.probe, probe.next <= now else { return }
        if conduct.judges(.suspendedSenderProbes, holds: true) {
            probes.append(.bufferProbe(BufferProbe(flowID: flow.id)))
        }
        probe.next = now + conduct.interval(.bufferProbe, probe.period)
        probe.period = min(probe.period * 1.5, max(.seconds(60), timestamps.effectiveTimeout))
        flow.probe = probe
    }

    /// Puts into `draft` what is to be sent: acknowledgements, Buffer Probes, user data.
    ///
    /// - Returns: whether anything was put in.
    func fill(_ draft: inout PacketDraft, _ circumstances: Circumstances) -> Bool {
        let before = draft.chunks.count
        let sendsData = mayTransmit && active.contains(where: isReady)
        if acknowledgesNow || sendsData { appendAcknowledgements(&draft) }
        while let probe = probes.first, draft.fits(probe.encodedLength) {
            draft.append(probe)
            probes.removeFirst()
        }
        if sendsData { appendData(&draft, circumstances) }
        return draft.chunks.count > before
    }

    /// Whether the session's transmission budget allows to send data (RFC 7016 §3.5.2, §3.5.2.3).
    private var mayTransmit: Bool {
        !active.isEmpty && budgetAllows && conduct.judges(.burstAllows, holds: dataPacketsSent < 6)
    }

    private var budgetAllows: Bool {
        conduct.judges(.budgetAllows, holds: outstanding < congestion.window)
    }

    private func isReady(_ flow: SendingFlow) -> Bool {
        flow.isReady { conduct.judges(.windowOpen, holds: $0) }
    }

    private func appendData(_ draft: inout PacketDraft, _ circumstances: Circumstances) {
        var hasData = false
        var served: SendingFlow?
        // Flows of one priority take turns; `sorted` keeps the order of equals.
        let order = active.count == 1 ? active : active.sorted { $0.priority > $1.priority }
        fill: for flow in order {
            var following: UInt64?
            while isReady(flow), budgetAllows {
                let free = draft.isEmpty ? .max : draft.room
                guard let next = flow.assemble(room: free, after: following, tsn: flight.nextTSN) else { break fill }
                draft.append(next.chunk)
                flight.sent(flow, next.number)
                outstanding += next.chunk.encodedLength
                following = next.number
                hasData = true
                served = served ?? flow
                if flow.priority == .timeCritical { draft.isTimeCritical = true }
            }
        }
        guard hasData else { return }
        if let served, active.count > 1, let index = active.firstIndex(where: { $0 === served }) {
            active.append(active.remove(at: index))
        }
        dataPacketsSent += 1
        timeoutAt = circumstances.now + retransmissionTimeout(circumstances.timeout)
    }

    private func retransmissionTimeout(_ timeout: Interval) -> Interval {
        conduct.interval(.retransmission, timeout)
    }
}
