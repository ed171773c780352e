public import RTMFP

/// A stream of a NetConnection, or one directly between peers (RFC 7425 §5.3.5, §5.4), seen from either end.
///
/// One end asks: to publish, or to play. The other *serves*: it is told of that by events, and accepts or refuses.
/// Methods do nothing where they make no sense, as on a stream that is closed.
public final class NetStream {
    /// What goes on.
    public enum Activity: Hashable, Sendable {
        case idle
        /// The end that asked sends media to the one that serves.
        case publishing(name: String)
        /// The end that serves sends media to the one that asked.
        case playing(name: String)
    }

    /// Octets of a name at most; a stream with a longer one cannot be asked for.
    public static let maximumName = 1_024

    /// Whether this end serves what the far end asks for.
    public let serves: Bool
    /// The stream ID; nil until the server has told it.
    public internal(set) var id: UInt32?
    /// What goes on, by the last thing that was asked for.
    public internal(set) var activity = Activity.idle
    /// Whether nothing can come or go any more.
    public internal(set) var isClosed = false

    let flows: MessageFlows
    /// The far end's flow that all sending flows are in return to; nil for the one that plays from a peer.
    let association: FlowHandle?
    /// The subscriber's flow, if this end serves a peer (RFC 7425 §5.4.1).
    let subscriberFlow: FlowHandle?
    /// What to send as soon as there is a stream ID.
    var queue: [Message] = []
    /// The sending flow of each kind; nil if the far end rejected it: there will be no other (RFC 7425 §5.3.5.3).
    var sending: [FlowKind: FlowHandle?] = [:]

    init(
        _ flows: MessageFlows,
        id: UInt32?,
        association: FlowHandle?,
        serves: Bool,
        subscriberFlow: FlowHandle? = nil
    ) {
        self.flows = flows
        self.id = id
        self.association = association
        self.subscriberFlow = subscriberFlow
        self.serves = serves
    }

    /// Sends a message of the stream; false if it was not taken: no flow for it, or too much is queued already.
    @discardableResult
    public func send(_ message: Message, expiry: MessageExpiry = .never, at now: Instant) -> Bool {
        guard !isClosed else { return false }
        guard let id else {
            guard queue.count < NetStream.maximumQueue else { return false }
            queue.append(message)
            return true
        }
        let isWithOthers = flows.conduct.judges(.dataWithCommands, holds: true)
        let kind = isWithOthers || message.type != .dataExtended ? FlowKind(message.type) : .video
        guard let flow = flow(for: kind, at: now) else { return false }
        return flows.send(message, of: id, on: flow, expiry: expiry, at: now)
    }

    /// Sends a command of the stream.
    @discardableResult
    public func send(_ command: Command, at now: Instant) -> Bool {
        send(command.message(), at: now)
    }

    /// Makes the far end deliver all that was sent so far before anything that is sent later (RFC 7425 §5.2).
    ///
    /// Only needed between messages that go over different flows: audio, video, and all others.
    public func synchronize(at now: Instant) {
        guard let id else { return }
        flows.synchronize(openFlows, of: id, at: now)
    }

    /// Octets that were sent and not acknowledged yet, for one kind of messages.
    public func queued(_ type: MessageType) -> Int {
        sending[FlowKind(type)]?.map { flows.endpoint.queued(on: $0) } ?? 0
    }

    /// Closes the sending flows: what was sent still arrives. The far end may still send.
    func closeFlows(at now: Instant) {
        for flow in openFlows { flows.endpoint.close(flow, at: now) }
        sending.removeAll()
    }

    /// A sending flow of the stream was rejected.
    func rejected(_ flow: FlowHandle) {
        for (kind, value) in sending where value == flow {
            sending[kind] = flows.conduct.judges(.rejectedFlowGivenUp, holds: true) ? .some(nil) : nil
        }
    }

    var openFlows: [FlowHandle] { sending.values.compactMap(\.self).sorted() }

    /// Opens the flow for a kind of messages when the first one is sent.
    private func flow(for kind: FlowKind, at now: Instant) -> FlowHandle? {
        if let flow = sending[kind] { return flow }
        guard let id else { return nil }
        let flow = flows.open(streamID: id, association: association, priority: kind.priority, at: now)
        if let flow { sending[kind] = flow }
        return flow
    }

    private static let maximumQueue = 64
}

/// Which messages of a stream share a flow, so that they stay in order.
enum FlowKind: Hashable {
    case audio, video, other

    init(_ type: MessageType) {
        switch type {
        case .audio: self = .audio
        case .video: self = .video
        default: self = .other
        }
    }

    var priority: FlowPriority { self == .audio ? .timeCritical : .urgent }
}
