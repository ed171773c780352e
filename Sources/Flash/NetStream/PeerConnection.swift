public import RTMFP

/// The direct streams of two peers over one session (RFC 7425 §5.4), seen from either end.
///
/// Either end may subscribe to streams of the other; each is a logical connection of its own. Driven like a
/// `NetConnection`: events of the endpoint go in, and what has happened is taken out.
public final class PeerConnection {
    /// Something has happened on a stream.
    ///
    /// `NetStreamEvent.playRequested` is the hook for admission: `NetStream.acceptPlay` or `refusePlay` answers, at once
    /// or later.
    public struct StreamEvent {
        /// The stream.
        public let stream: NetStream
        /// What has happened.
        public let event: NetStreamEvent
    }

    /// Streams at most that a peer subscribes to; who asks for more is refused.
    public static let maximumStreams = 64
    /// Subscribers number their streams from here, as the Flash Player does.
    public static let firstStreamID: UInt32 = 2_000_001

    /// The session that carries the streams.
    public var session: SessionHandle { flows.session }
    /// Whether the session is closed.
    public private(set) var isClosed = false
    /// The streams that the peer subscribes to.
    public var served: [NetStream] { subscribers.sorted { $0.key < $1.key }.map(\.value) }
    /// The streams that this end subscribes to.
    public var subscribed: [NetStream] { subscriptions.sorted { $0.key < $1.key }.map(\.value) }

    private let flows: MessageFlows
    /// Streams that this end serves, by the subscriber's flow.
    private var subscribers: [FlowHandle: NetStream] = [:]
    /// Streams that this end subscribes to, by its own flow.
    private var subscriptions: [FlowHandle: NetStream] = [:]
    /// The streams that return flows of the peer belong to.
    private var returns: [FlowHandle: NetStream] = [:]
    /// Further flows of subscribers, for streams that have one already. The first message tells whether it is that.
    private var further: Set<FlowHandle> = []
    private var nextStreamID = PeerConnection.firstStreamID
    private var now = Instant.origin
    private var events: [StreamEvent] = []

    /// Makes one end over an open session.
    ///
    /// - Parameter conduct: deliberate faults.
    public init(
        over session: SessionHandle,
        of endpoint: Endpoint,
        conduct: any MessageConduct = CorrectMessages()
    ) {
        flows = MessageFlows(endpoint, session, conduct)
    }

    /// What has happened since the last call, in order.
    public func takeEvents() -> [StreamEvent] {
        process()
        defer { events.removeAll() }
        return events
    }

    /// Subscribes to a stream of the peer; nil if the session is not open, or has too many flows.
    public func play(_ name: String, _ arguments: [AMF0Value] = [], at now: Instant) -> NetStream? {
        self.now = max(self.now, now)
        let id = nextStreamID
        let stream = NetStream(flows, id: id, association: nil, serves: false)
        stream.play(name, arguments, at: now)
        guard let flow = stream.openFlows.first else { return nil }
        nextStreamID = id == FlowMetadata.maximumStreamID ? PeerConnection.firstStreamID : id + 1
        subscriptions[flow] = stream
        return stream
    }

    /// Ends a stream: closes this end's flows, and rejects the peer's (RFC 7425 §5.4.3).
    public func close(_ stream: NetStream, at now: Instant) {
        self.now = max(self.now, now)
        if let flow = stream.subscriberFlow {
            guard subscribers.removeValue(forKey: flow) != nil else { return }
            flows.reject(flow, at: now)
        } else {
            guard let flow = subscriptions.first(where: { $0.value === stream })?.key else { return }
            subscriptions[flow] = nil
            for (flow, owner) in returns where owner === stream {
                returns[flow] = nil
                flows.reject(flow, at: now)
            }
        }
        end(stream)
    }

    /// Takes in an event of the endpoint; one that does not concern the session is ignored.
    public func receive(_ event: Event, at now: Instant) {
        self.now = max(self.now, now)
        guard !isClosed else { return }
        switch event {
        case .closed(session, _):
            isClosed = true
            for stream in served + subscribed { end(stream) }
            subscribers.removeAll()
            subscriptions.removeAll()
            returns.removeAll()
            further.removeAll()
        case .flowOpened(let flow, let received) where flow.session == session:
            opened(flow, received)
        case .message(let flow, _) where flow.session == session, .flowEnded(let flow) where flow.session == session,
            .flowRefused(let flow) where flow.session == session:
            flows.receive(event, at: now)
        case .flowRejected(let flow, _) where flow.session == session:
            rejected(flow)
        default:
            break
        }
        process()
    }

    /// The peer has begun a flow: a subscription of its own, or the return of one of this end's.
    private func opened(_ flow: FlowHandle, _ received: ReceivedFlow) {
        guard let metadata = flows.metadata(of: received) else {
            flows.reject(flow, at: now)
            return
        }
        if let association = received.association {
            let isFirst = !returns.values.contains { $0 === subscriptions[association] }
            guard let stream = subscriptions[association],
                isFirst || flows.conduct.judges(.furtherFlowTaken, holds: true)
            else {
                flows.reject(flow, at: now)
                return
            }
            returns[flow] = stream
        } else {
            let isFull = subscribers.count + further.count >= PeerConnection.maximumStreams
            guard metadata.streamID != 0, !isFull else {
                flows.reject(flow, at: now)
                return
            }
            if subscribers.values.contains(where: { $0.id == metadata.streamID }) {
                further.insert(flow)
            } else {
                subscribe(flow, metadata.streamID)
            }
        }
        flows.accept(flow, metadata, at: now)
    }

    private func subscribe(_ flow: FlowHandle, _ streamID: UInt32) {
        subscribers[flow] = NetStream(
            flows,
            id: streamID,
            association: flow,
            serves: true,
            subscriberFlow: flow
        )
    }

    /// The stream that something on a flow of the peer belongs to.
    private func stream(of brought: MessageFlows.Brought) -> NetStream? {
        if further.contains(brought.flow) {
            guard brought.asksToPlay else {
                return subscribers.filter { $0.value.id == brought.streamID }.min { $0.key < $1.key }?.value
            }
            further.remove(brought.flow)
            subscribe(brought.flow, brought.streamID)
        }
        return subscribers[brought.flow] ?? returns[brought.flow]
    }

    /// Processes what the flows have brought.
    private func process() {
        while let brought = flows.takeBrought() {
            guard let stream = stream(of: brought) else {
                further.remove(brought.flow)
                continue
            }
            switch brought.item {
            case .message(let message):
                for event in stream.receive(message) { tell(stream, event) }
            case .nonsense:
                break
            case .end:
                lost(brought.flow)
            }
        }
    }

    /// A receiving flow is no more. If it is a subscriber's, that ends the stream (RFC 7425 §5.4.3).
    private func lost(_ flow: FlowHandle) {
        returns[flow] = nil
        further.remove(flow)
        if let stream = subscribers.removeValue(forKey: flow) { end(stream) }
    }

    /// The peer has rejected a flow of this end. If it is a subscription, that ends the stream (RFC 7425 §5.4.3).
    private func rejected(_ flow: FlowHandle) {
        if let stream = subscriptions.removeValue(forKey: flow) {
            returns = returns.filter { $0.value !== stream }
            stream.rejected(flow)
            end(stream)
        } else {
            for stream in subscribers.values { stream.rejected(flow) }
        }
    }

    private func end(_ stream: NetStream) {
        stream.closeFlows(at: now)
        if stream.serves {
            for event in stream.stopped() { tell(stream, event) }
        }
        stream.isClosed = true
        tell(stream, .closed)
    }

    private func tell(_ stream: NetStream, _ event: NetStreamEvent) {
        events.append(StreamEvent(stream: stream, event: event))
    }
}

extension MessageFlows.Brought {
    /// Whether it is the command with which a subscription begins (RFC 7425 §5.4.1).
    fileprivate var asksToPlay: Bool {
        guard case .message(let message) = item, message.type == .command || message.type == .commandExtended else {
            return false
        }
        return (try? Command(decoding: message))?.name == "play"
    }
}
