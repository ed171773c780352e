internal import RTMFP

/// The flows of one session that carry RTMP messages: opens them, sends on them, and tells what they bring, after the
/// barriers between them (RFC 7425 §5.1, §5.2).
final class MessageFlows {
    /// What a receiving flow brought.
    struct Brought {
        enum Item {
            case message(Message)
            /// Something that is no message for a flow.
            case nonsense
            /// The flow is complete and brought all before, or it was rejected.
            case end
        }

        let flow: FlowHandle
        let streamID: UInt32
        let item: Item
    }

    private struct Receiver {
        let metadata: FlowMetadata
        /// What has come and was not processed: nothing, unless the flow waits at a barrier.
        var held: [Held] = []
        var isWaiting = false
        var isSuspended = false
    }

    private enum Held {
        case message([UInt8])
        case end
    }

    let endpoint: Endpoint
    let session: SessionHandle
    let conduct: any MessageConduct
    private var receivers: [FlowHandle: Receiver] = [:]
    private var barriers = FlowBarriers()
    private var nextSyncID: UInt32 = 0
    /// What flows have brought and nobody has taken, in order.
    private var brought: [Brought] = []

    init(_ endpoint: Endpoint, _ session: SessionHandle, _ conduct: any MessageConduct) {
        self.endpoint = endpoint
        self.session = session
        self.conduct = conduct
    }

    /// Reads the metadata of a new flow; nil if it should be rejected (RFC 7425 §5.1.1).
    func metadata(of received: ReceivedFlow) -> FlowMetadata? {
        var metadata: FlowMetadata?
        var rule = MessageRule.streamIDPresent
        do throws(WireError) {
            metadata = try FlowMetadata(decoding: received.metadata)
        } catch {
            if error.path == ["signature"] { rule = .signatureKnown }
        }
        guard conduct.judges(rule, holds: metadata != nil) else { return nil }
        let result = metadata ?? FlowMetadata(streamID: 0)
        return conduct.judges(.receiveIntentAcceptable, holds: true) || result.receiveIntent == .originalQueuingOrder
            ? result : nil
    }

    /// The stream whose messages a receiving flow carries; nil if it was not accepted, or has ended.
    func streamID(of flow: FlowHandle) -> UInt32? { receivers[flow]?.metadata.streamID }

    /// Whether a flow of a stream was accepted and has not ended.
    func hasFlow(of streamID: UInt32) -> Bool {
        receivers.values.contains { $0.metadata.streamID == streamID }
    }

    /// Takes on a receiving flow. Media may be delivered as they arrive, if the sender would like that.
    func accept(_ flow: FlowHandle, _ metadata: FlowMetadata, at now: Instant) {
        receivers[flow] = Receiver(metadata: metadata)
        if metadata.receiveIntent == .networkArrivalOrder, metadata.streamID != 0 {
            endpoint.deliver(flow, in: .arrival, at: now)
        }
    }

    /// Rejects a receiving flow, accepted or not (RFC 7425 §5.3.5.3).
    func reject(_ flow: FlowHandle, at now: Instant) {
        endpoint.reject(flow, at: now)
        forget(flow, at: now)
    }

    /// Rejects the receiving flows of a stream, or all.
    func rejectAll(of streamID: UInt32? = nil, at now: Instant) {
        let flows = receivers.filter { streamID == nil || $0.value.metadata.streamID == streamID }
        for flow in flows.keys.sorted() { reject(flow, at: now) }
    }

    /// Takes in a message of an accepted flow, or its end; other events are ignored.
    func receive(_ event: Event, at now: Instant) {
        switch event {
        case .message(let flow, let message):
            hold(.message(message.bytes), flow, at: now)
        case .flowEnded(let flow):
            hold(.end, flow, at: now)
        case .flowRefused(let flow):
            forget(flow, at: now)
        default:
            break
        }
    }

    private func hold(_ item: Held, _ flow: FlowHandle, at now: Instant) {
        receivers[flow]?.held.append(item)
        if receivers[flow]?.isWaiting == false { proceed([flow], at: now) }
    }

    /// The next thing that a flow has brought.
    func takeBrought() -> Brought? {
        brought.isEmpty ? nil : brought.removeFirst()
    }

    /// A flow has gone without an end: who waits for it need not any longer.
    private func forget(_ flow: FlowHandle, at now: Instant) {
        guard let receiver = receivers.removeValue(forKey: flow) else { return }
        brought.append(Brought(flow: flow, streamID: receiver.metadata.streamID, item: .end))
        proceed(release(end(flow)), at: now)
    }

    /// Opens a sending flow.
    func open(
        streamID: UInt32,
        association: FlowHandle?,
        priority: FlowPriority,
        at now: Instant
    ) -> FlowHandle? {
        endpoint.openFlow(
            on: session,
            metadata: conduct.metadata(FlowMetadata(streamID: streamID).encoded),
            association: conduct.judges(.flowAssociated, holds: true) ? association : nil,
            priority: priority,
            at: now
        )
    }

    /// Sends a message on a sending flow; false if it was not taken.
    func send(
        _ message: Message,
        of streamID: UInt32,
        on flow: FlowHandle,
        expiry: MessageExpiry = .never,
        at now: Instant
    ) -> Bool {
        conduct.sends(message, of: streamID).allSatisfy { message in
            endpoint.write(message.encoded, on: flow, expiry: expiry, at: now)
        }
    }

    /// Puts a barrier across sending flows.
    func synchronize(_ flows: [FlowHandle], of streamID: UInt32, at now: Instant) {
        guard flows.count > 1 else { return }
        let barrier = UserControl.flowSynchronization(syncID: nextSyncID, count: UInt32(flows.count)).message
        nextSyncID &+= 1
        for flow in flows { _ = send(barrier, of: streamID, on: flow, at: now) }
    }

    /// Receiving flows that do not wait at a barrier.
    private var idleReceivers: Int { receivers.values.count { !$0.isWaiting } }

    /// Processes what `flows` and those that they release have held.
    private func proceed(_ flows: [FlowHandle], at now: Instant) {
        var ready = flows
        while let flow = ready.popLast() {
            let held = receivers[flow]?.held ?? []
            receivers[flow]?.held.removeAll()
            var processed = 0
            while processed < held.count, let receiver = receivers[flow], !receiver.isWaiting {
                let item = held[processed]
                processed += 1
                if case .message(let bytes) = item, let barrier = MessageFlows.barrier(bytes) {
                    ready += arrive(flow, barrier)
                } else if case .end = item {
                    receivers[flow] = nil
                    brought.append(Brought(flow: flow, streamID: receiver.metadata.streamID, item: .end))
                    ready += release(end(flow))
                } else if case .message(let bytes) = item {
                    bring(bytes, flow, receiver.metadata.streamID)
                }
            }
            receivers[flow]?.held.insert(contentsOf: held.dropFirst(processed), at: 0)
            suspend(flow, at: now)
        }
    }

    private func bring(_ bytes: [UInt8], _ flow: FlowHandle, _ streamID: UInt32) {
        guard let message = try? Message(decoding: bytes) else {
            brought.append(Brought(flow: flow, streamID: streamID, item: .nonsense))
            return
        }
        for message in conduct.receives(message, of: streamID) {
            brought.append(Brought(flow: flow, streamID: streamID, item: .message(message)))
        }
    }

    /// Lets a flow come to a barrier, and gives back those that it releases.
    private func arrive(_ flow: FlowHandle, _ barrier: (syncID: UInt32, count: UInt32)) -> [FlowHandle] {
        let waits = receivers[flow]?.metadata.receiveIntent == .originalQueuingOrder
        let released = barriers.arrive(flow, syncID: barrier.syncID, count: barrier.count, waits: waits)
        if !conduct.judges(.barrierComplete, holds: released != nil) { receivers[flow]?.isWaiting = waits }
        return release(released ?? [])
    }

    /// Takes a flow that is no more out of account, and gives back those that waited for it in vain.
    private func end(_ flow: FlowHandle) -> Set<FlowHandle> {
        let released = barriers.end(flow, others: idleReceivers)
        return conduct.judges(.barrierPossible, holds: released.isEmpty) ? [] : released
    }

    private func release(_ flows: Set<FlowHandle>) -> [FlowHandle] {
        for flow in flows { receivers[flow]?.isWaiting = false }
        // Taken from the end: the oldest first.
        return flows.sorted(by: >)
    }

    /// Holds the far end back while a flow waits.
    private func suspend(_ flow: FlowHandle, at now: Instant) {
        guard let receiver = receivers[flow], receiver.isSuspended != receiver.isWaiting else { return }
        receivers[flow]?.isSuspended = receiver.isWaiting
        if receiver.isWaiting {
            endpoint.suspend(flow, at: now)
        } else {
            endpoint.resume(flow, at: now)
        }
    }

    /// What a message says, if it is a Flow Synchronization message. Its timestamp is ignored.
    private static func barrier(_ bytes: [UInt8]) -> (syncID: UInt32, count: UInt32)? {
        guard bytes.first == MessageType.userControl.rawValue, let message = try? Message(decoding: bytes),
            case .flowSynchronization(let syncID, let count)? = try? UserControl(decoding: message)
        else { return nil }
        return (syncID, count)
    }
}
