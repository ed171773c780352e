/// Flows (RFC 7016 §3.6).
///
/// What they have to send goes out with `takeDatagrams`, so that messages written and acknowledgements due at one time
/// share packets: handle the events first.
extension Endpoint {
    /// Opens a sending flow; nil if the session is not open, has too many flows, or the association is not in RF_OPEN.
    ///
    /// The far end learns of it with the first message.
    ///
    /// - Parameters:
    ///   - metadata: the user metadata that names the flow, 512 octets at most (RFC 7016 §2.3.11.1.1).
    ///   - association: the receiving flow of the same session that the flow is in return to (RFC 7016 §2.3.11.1.2).
    public func openFlow(
        on session: SessionHandle,
        metadata: [UInt8],
        association: FlowHandle? = nil,
        priority: FlowPriority = .routine,
        at now: Instant
    ) -> FlowHandle? {
        advance(to: now)
        guard metadata.count <= 512, association.map({ $0.session == session }) ?? true else { return nil }
        return sessions[session]?.flows?.open(metadata: metadata, association: association, priority: priority)
    }

    /// Queues a message on a sending flow; false if the flow is not open, its queue is full, or the message is too long.
    ///
    /// After false because of a full queue, `Event.flowWritable` tells when there is room again.
    @discardableResult
    public func write(
        _ message: [UInt8],
        on flow: FlowHandle,
        expiry: MessageExpiry = .never,
        at now: Instant
    ) -> Bool {
        advance(to: now)
        guard let (session, flows) = flows(flow), let sender = flows.sendingFlow(flow),
            sender.write(message, expiry, room: flows.room, at: self.now)
        else { return false }
        if message.count > flows.room, configuration.discoversPathMTU {
            session.path.need(random.octets(16), at: self.now)
            probePath(session)
        }
        flows.activate(sender)
        touch(session)
        return true
    }

    /// Begins a sending flow without a message (RFC 7016 §3.6.2.1).
    public func begin(_ flow: FlowHandle, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let sender = flows.sendingFlow(flow), sender.state == .open else {
            return
        }
        sender.begin()
        flows.activate(sender)
        touch(session)
    }

    /// Closes a sending flow: what is queued still goes out, then its end (RFC 7016 §3.6.2.11).
    public func close(_ flow: FlowHandle, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let sender = flows.sendingFlow(flow), sender.state == .open else {
            return
        }
        sender.close()
        flows.activate(sender)
        touch(session)
    }

    /// Abandons all that a sending flow has queued and that was not acknowledged (RFC 7016 §3.6.2.7).
    public func abandonQueue(of flow: FlowHandle, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let sender = flows.sendingFlow(flow) else { return }
        sender.abandonAll()
        touch(session)
    }

    /// Rejects a receiving flow; nothing more comes from it (RFC 7016 §3.6.3.7).
    public func reject(_ flow: FlowHandle, code: UInt64 = 0, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let receiver = flows.receivingFlow(flow) else { return }
        flows.reject(receiver, code: code)
        touch(session)
    }

    /// Sets the order in which a receiving flow delivers its messages.
    public func deliver(_ flow: FlowHandle, in order: DeliveryOrder, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let receiver = flows.receivingFlow(flow) else { return }
        receiver.order = order
        flows.deliver(receiver)
        touch(session)
    }

    /// Suspends the delivery of a receiving flow's messages: they are held, and the far end's window shrinks to zero
    /// as they become more (RFC 7016 §3.6.3.3, §3.6.3.5).
    public func suspend(_ flow: FlowHandle, at now: Instant) {
        advance(to: now)
        flows(flow)?.flows.receivingFlow(flow)?.isSuspended = true
    }

    /// Resumes the delivery of a receiving flow's messages, and tells the far end of its window.
    public func resume(_ flow: FlowHandle, at now: Instant) {
        advance(to: now)
        guard let (session, flows) = flows(flow), let receiver = flows.receivingFlow(flow), receiver.isSuspended
        else { return }
        receiver.isSuspended = false
        flows.deliver(receiver)
        flows.getReady(receiver)
        flows.acknowledgesNow = true
        touch(session)
    }

    /// Octets written to a sending flow that have not been acknowledged.
    public func queued(on flow: FlowHandle) -> Int {
        flows(flow)?.flows.sendingFlow(flow)?.queue.octets ?? 0
    }

    /// The congestion window of an open session in octets: CWND (RFC 7016 Appendix A).
    public func congestionWindow(of session: SessionHandle) -> Int? {
        sessions[session]?.flows?.congestion.window
    }

    private func flows(_ handle: FlowHandle) -> (session: Session, flows: SessionFlows)? {
        guard let session = sessions[handle.session], let flows = session.flows else { return nil }
        return (session, flows)
    }

    /// Processes a chunk that belongs to flows.
    func process(flow chunk: Chunk, _ session: Session) {
        guard let flows = session.flows else { return }
        switch chunk {
        case .userData(let data): flows.receive(data, at: now)
        case .nextUserData(let data): flows.receive(data, at: now)
        case .bitmapAcknowledgement(let acknowledgement):
            flows.acknowledge(
                flowID: acknowledgement.flowID,
                blocks: acknowledgement.bufferBlocksAvailable,
                cumulative: acknowledgement.cumulativeAcknowledgement,
                ranges: acknowledgement.ranges,
                circumstances(session)
            )
        case .rangeAcknowledgement(let acknowledgement):
            flows.acknowledge(
                flowID: acknowledgement.flowID,
                blocks: acknowledgement.bufferBlocksAvailable,
                cumulative: acknowledgement.cumulativeAcknowledgement,
                ranges: acknowledgement.ranges,
                circumstances(session)
            )
        case .bufferProbe(let probe): flows.receive(probe)
        case .flowExceptionReport(let report): flows.reject(flowID: report.flowID, code: report.exceptionCode)
        default: break
        }
        collectEvents(flows)
    }

    /// A packet of a session has been processed as a whole.
    func concludeFlows(_ session: Session) {
        guard let flows = session.flows else { return }
        flows.concludeData()
        flows.concludeAcknowledgements(circumstances(session), timeCritical(session))
    }

    func circumstances(_ session: Session) -> SessionFlows.Circumstances {
        .init(now: now, timeout: session.timestamps.effectiveTimeout)
    }

    private func timeCritical(_ session: Session) -> Congestion.TimeCritical {
        func isRecent(_ time: Instant?) -> Bool {
            time.map { now - $0 <= Congestion.notificationLifetime } ?? false
        }
        return .init(
            isSentHere: isRecent(session.timeCriticalSentAt),
            permitsFastGrowth: !isRecent(session.timeCriticalReverseAt) && !timeCriticalNotices.isSending(at: now)
        )
    }

    /// Takes over what a session's flows have to tell.
    func collectEvents(_ flows: SessionFlows) {
        guard !flows.events.isEmpty else { return }
        events += flows.events
        flows.events.removeAll()
    }

    /// Makes sure that a session's chunks go out with the datagrams that are taken next.
    func touch(_ session: Session) {
        if let flows = session.flows { collectEvents(flows) }
        guard !session.isTouched else { return }
        session.isTouched = true
        touched.append(session.handle)
    }

    /// Sends what the sessions have gathered.
    func flushTouched() {
        guard !touched.isEmpty else { return }
        let handles = touched
        touched.removeAll(keepingCapacity: true)
        for session in handles.compactMap({ sessions[$0] }) {
            flush(session)
            schedule(session)
        }
    }
}
