public import RTMFP

/// The connection of a client with a server over one session, seen from either end (RFC 7425 §5.3).
///
/// The owner hands in the endpoint's events that concern the session, and after that, and after every call of a method,
/// takes out what has happened:
///
/// ```swift
/// connection.receive(event, at: now)
/// for event in connection.takeEvents() { … }
/// ```
///
/// Nothing that the far end sends closes the connection but what is meant to: what cannot be understood is ignored.
public final class NetConnection {
    /// Which end this is.
    public enum Side: Hashable, Sendable {
        case client, server
    }

    /// Where the connection stands.
    public enum State: Hashable, Sendable {
        /// Nobody has asked to connect.
        case idle
        /// `connect` was sent, or came, and is not answered.
        case connecting
        case connected
        /// This end has closed, or refused.
        case closing
        case closed
    }

    /// How a connection came to its end.
    public enum Closure: Hashable, Sendable {
        /// This end closed, or refused.
        case near
        /// The far end closed its control flow.
        case far
        /// The far end rejected a control flow (RFC 7425 §5.3.6).
        case rejected
        /// The session is closed.
        case session(CloseReason)
    }

    /// Streams of a connection at most; who asks for more is refused.
    public static let maximumStreams = 256
    /// The shortest keepalive period that a client sets, whatever the server advises (RFC 7425 §5.3.4).
    public static let minimumKeepalive = Interval.seconds(5)

    /// Which end this is.
    public let side: Side
    /// The session that carries the connection.
    public var session: SessionHandle { flows.session }
    /// Where it stands.
    public internal(set) var state = State.idle
    /// The streams, by ID.
    public internal(set) var streams: [UInt32: NetStream] = [:]
    /// The form in which this end sends commands of its own.
    public internal(set) var form = Command.Form.plain

    let flows: MessageFlows
    var conduct: any MessageConduct { flows.conduct }
    /// This end's control flow: the first.
    var nearControl: FlowHandle?
    /// The far end's canonical control flow.
    var farControl: FlowHandle?
    var connectRequest: Command?
    /// Calls that the far end has not answered; a stream where the answer is its ID.
    var calls: [Double: NetStream?] = [:]
    var nextTransactionID: Double = 1
    var nextStreamID: UInt32 = 1
    /// Whether the far end's control flow is to be rejected as soon as it has got all.
    var rejectsWhenDelivered = false
    private(set) var now = Instant.origin
    private var events: [NetConnectionEvent] = []

    /// Makes one end of a connection over an open session.
    ///
    /// - Parameter conduct: deliberate faults.
    public init(
        _ side: Side,
        over session: SessionHandle,
        of endpoint: Endpoint,
        conduct: any MessageConduct = CorrectMessages()
    ) {
        self.side = side
        flows = MessageFlows(endpoint, session, conduct)
    }

    /// What has happened since the last call, in order.
    public func takeEvents() -> [NetConnectionEvent] {
        process()
        defer { events.removeAll() }
        return events
    }

    /// Takes in an event of the endpoint; one that does not concern the connection is ignored.
    public func receive(_ event: Event, at now: Instant) {
        pass(to: now)
        guard state != .closed else { return }
        switch event {
        case .closed(session, let reason):
            finish(.session(reason))
        case .flowOpened(let flow, let received) where flow.session == session:
            opened(flow, received)
        case .message(let flow, _) where flow.session == session, .flowEnded(let flow) where flow.session == session,
            .flowRefused(let flow) where flow.session == session:
            flows.receive(event, at: now)
        case .flowRejected(let flow, _) where flow.session == session:
            rejected(flow)
        case .flowFinished(let flow) where flow == nearControl && state == .closing:
            nearControl = nil
            if rejectsWhenDelivered { abandon(.near) }
        default:
            break
        }
        process()
    }

    /// Sends a command on the control flow; false if there is none, or too much is queued on it.
    @discardableResult
    public func send(_ command: Command, at now: Instant) -> Bool {
        send(command.message(), at: now)
    }

    /// Sends a user control event on the control flow.
    @discardableResult
    public func send(_ event: UserControl, at now: Instant) -> Bool {
        send(event.message, at: now)
    }

    /// Calls the far end.
    ///
    /// - Returns: the transaction ID by which the answer will be told; nil if the call could not be sent.
    public func call(_ name: String, _ arguments: [AMF0Value] = [], at now: Instant) -> Double? {
        guard state == .connected else { return nil }
        return call(Command(name, arguments, form: form), for: nil, at: now)
    }

    /// Answers a call with a result. Nothing is sent if no answer is wanted.
    public func answer(_ command: Command, _ values: [AMF0Value] = [.null], at now: Instant) {
        guard command.transactionID != 0 else { return }
        send(Command("_result", transactionID: command.transactionID, values, form: command.form), at: now)
    }

    /// Answers a call with an error. Nothing is sent if no answer is wanted.
    public func fail(_ command: Command, _ status: Status, at now: Instant) {
        guard command.transactionID != 0 else { return }
        send(Command("_error", transactionID: command.transactionID, [status.value], form: command.form), at: now)
    }

    @discardableResult
    func send(_ message: Message, at now: Instant) -> Bool {
        guard let nearControl, state != .closing, state != .closed else { return false }
        return flows.send(message, of: 0, on: nearControl, at: now)
    }

    func call(_ command: Command, for stream: NetStream?, at now: Instant) -> Double? {
        var command = command
        command.transactionID = nextTransactionID
        guard calls.count < NetConnection.maximumCalls, send(command, at: now) else { return nil }
        nextTransactionID += 1
        calls[command.transactionID] = .some(stream)
        return command.transactionID
    }

    /// Time has passed.
    func pass(to now: Instant) {
        self.now = max(self.now, now)
    }

    func tell(_ event: NetConnectionEvent) {
        events.append(event)
    }

    /// Processes what the flows have brought.
    private func process() {
        while state != .closed, let brought = flows.takeBrought() {
            switch brought.item {
            case .end:
                if brought.flow == farControl { farClosed() }
            case .nonsense:
                if !conduct.judges(.senselessMessageIgnored, holds: true) { abandon(.near) }
            case .message(let message):
                if state != .closing { receive(message, brought.streamID, at: now) }
            }
        }
    }

    private static let maximumCalls = 1_024
}
