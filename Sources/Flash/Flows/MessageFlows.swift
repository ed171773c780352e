internal import RTMFP

/// The flows of one session that carry RTMP messages: opens them, sends on them, and tells what they bring, after the
/// barriers between them (RFC 7425 §5.1, §5.2).
final class MessageFlows {
    /// What a receiving flow brought.
    struct Brought {
        enum Item {
            case message(Message)
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
    private var receivers: [FlowHandle: Receiver] = [:]
    private var barriers = FlowBarriers()
    private var nextSyncID: UInt32 = 0
    /// What flows have brought and nobody has taken, in order.
    private var brought: [Brought] = []

    init(_ endpoint: Endpoint, _ session: SessionHandle) {
        self.endpoint = endpoint
        self.session = session
    }

    /// The stream whose messages a receiving flow carries; nil if it was not accepted, or has ended.
    func streamID(of flow: FlowHandle) -> UInt32? { receivers[flow]?.metadata.streamID }

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
            receivers[flow]?.held.append(.message(message.bytes))
            proceed([flow], at: now)
        case .flowEnded(let flow):
            receivers[flow]?.held.append(.end)
            proceed([flow], at: now)
        case .flowRefused(let flow):
            forget(flow, at: now)
        default:
            break
        }
    }

    /// The next thing that a flow has brought.
    func takeBrought() -> Brought? {
        brought.isEmpty ? nil : brought.removeFirst()
    }

    /// A flow has gone without an end: who waits for it need not any longer.
    private func forget(_ flow: FlowHandle, at now: Instant) {
        guard let receiver = receivers.removeValue(forKey: flow) else { return }
        brought.append(Brought(flow: flow, streamID: receiver.metadata.streamID, item: .end))
        proceed(release(barriers.end(flow, others: idleReceivers)), at: now)
    }

    /// Opens a sending flow.
    func open(
        streamID: UInt32,
        association: FlowHandle?,
        priority: FlowPriority,
        at now: Instant
    ) -> FlowHandle? {
        let metadata = FlowMetadata(streamID: streamID).encoded
        return endpoint.openFlow(
            on: session,
            metadata: metadata,
            association: association,
            priority: priority,
            at: now
        )
    }

    /// Puts a barrier across sending flows.
    func synchronize(_ flows: [FlowHandle], at now: Instant) {
        guard flows.count > 1 else { return }
        let barrier = UserControl.flowSynchronization(syncID: nextSyncID, count: UInt32(flows.count)).message.encoded
        nextSyncID &+= 1
        for flow in flows { endpoint.write(barrier, on: flow, at: now) }
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
                    ready += release(barriers.end(flow, others: idleReceivers))
                } else if case .message(let bytes) = item, let message = try? Message(decoding: bytes) {
                    let streamID = receiver.metadata.streamID
                    brought.append(Brought(flow: flow, streamID: streamID, item: .message(message)))
                }
            }
            receivers[flow]?.held.insert(contentsOf: held.dropFirst(processed), at: 0)
            suspend(flow, at: now)
        }
    }

    /// Lets a flow come to a barrier, and gives back those that it releases.
    private func arrive(_ flow: FlowHandle, _ barrier: (syncID: UInt32, count: UInt32)) -> [FlowHandle] {
        let waits = receivers[flow]?.metadata.receiveIntent == .originalQueuingOrder
        let released = barriers.arrive(flow, syncID: barrier.syncID, count: barrier.count, waits: waits)
        if released == nil { receivers[flow]?.isWaiting = waits }
        return release(released ?? [])
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
