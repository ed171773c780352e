import Capture
public import RTMFP

/// A session of a capture as a dialogue of messages: all that its initiator said, and all that it was answered.
public struct RecordedDialogue: Sendable {
    /// A flow of either end.
    public struct Flow: Hashable, Sendable {
        /// Whether the initiator sends on it.
        public var isSent: Bool
        /// By what it is named.
        public var metadata: [UInt8]
        /// The flow of the other end, an index into `flows`, that it is in return to.
        public var association: Int?
        /// The flow, as its sender numbers it.
        public var flowID: UInt64
        /// How the other end refused it; nil if it took it.
        public var refusal: Refusal?
    }

    /// A Flow Exception Report (RFC 7016 §2.3.16).
    public struct Refusal: Hashable, Sendable {
        /// The exception's code.
        public var code: UInt64
        /// The frame of the capture that shows it first.
        public var frame: Int

        /// Makes a refusal.
        public init(code: UInt64, frame: Int) {
            (self.code, self.frame) = (code, frame)
        }
    }

    /// What happens next.
    public enum Step: Hashable, Sendable {
        /// A message, whole.
        case message([UInt8])
        /// The flow ends.
        case end
        /// The initiator closes the session; the flow means nothing.
        case close
    }

    /// A step, when, and on which flow.
    public struct Moment: Hashable, Sendable {
        public var step: Step
        /// An index into `flows`.
        public var flow: Int
        /// The frame of the capture that completes it.
        public var frame: Int
        /// Since the session opened.
        public var time: Interval
    }

    /// The two ends.
    public var initiator: SocketAddress
    public var responder: SocketAddress
    /// Whom the initiator asked for.
    public var endpointDiscriminator: [UInt8]
    /// The initiator's certificate, as it was.
    public var certificate: [UInt8]
    /// The initiator's keying component, as it was.
    public var component: [UInt8]
    /// The frame of the capture that opened the session.
    public var frame: Int
    public var flows: [Flow] = []
    /// All that happened, in the order of the capture.
    public var moments: [Moment] = []
    private var began: Instant
    private var indices: [Key: Int] = [:]
    private var ended: Set<Int> = []
    /// Whether the initiator has closed the session; what comes then is not looked at.
    private(set) var isClosed = false

    private struct Key: Hashable {
        var isSent: Bool
        var flowID: UInt64
    }

    init(
        between initiator: SocketAddress,
        and responder: SocketAddress,
        endpointDiscriminator: [UInt8],
        keying: IIKeying,
        frame: Int,
        at began: Instant
    ) {
        self.initiator = initiator
        self.responder = responder
        self.endpointDiscriminator = endpointDiscriminator
        certificate = keying.initiatorCertificate
        component = keying.sessionKeyInitiatorComponent
        self.frame = frame
        self.began = began
    }

    /// What the initiator wanted to protect packets with.
    var offer: KeyingComponent? { try? KeyingComponent(decoding: component) }

    /// Whether a flow of the responder is in return to a flow.
    func isAnswered(_ flow: Int) -> Bool { flows.contains { !$0.isSent && $0.association == flow } }

    /// Adds what a packet of the session brings.
    mutating func add(_ packet: DecodedPacket, isSent: Bool, _ events: [FlowEvent]) {
        guard let contents = packet.contents, !isClosed else { return }
        for fragment in contents.fragments { note(fragment, isSent) }
        for case .message(let message) in events {
            guard let flow = indices[Key(isSent: isSent, flowID: message.flow.flowID)] else { continue }
            add(.message(message.octets), flow, packet.datagram)
        }
        for fragment in contents.fragments where fragment.flags.final {
            guard let flow = indices[Key(isSent: isSent, flowID: fragment.flowID)], ended.insert(flow).inserted else {
                continue
            }
            add(.end, flow, packet.datagram)
        }
        for case .flowExceptionReport(let report) in contents.chunks.map(\.chunk) {
            guard let flow = indices[Key(isSent: !isSent, flowID: report.flowID)], flows[flow].refusal == nil else {
                continue
            }
            flows[flow].refusal = Refusal(code: report.exceptionCode, frame: packet.datagram.frame)
        }
        if isSent, contents.chunks.contains(where: { $0.chunk == .sessionCloseRequest }) {
            isClosed = true
            add(.close, 0, packet.datagram)
        }
    }

    private mutating func note(_ fragment: DataFragment, _ isSent: Bool) {
        let key = Key(isSent: isSent, flowID: fragment.flowID)
        let metadata = fragment.options?.values(of: 0x00).first
        if let index = indices[key] {
            // Metadata of a flow that has ended is another flow's.
            guard metadata != nil, ended.contains(index) else { return }
        }
        var association: Int?
        if let value = fragment.options?.values(of: 0x0a).first {
            var reader = ByteReader(value.span)
            association = (try? reader.vlu("flowID")).flatMap { indices[Key(isSent: !isSent, flowID: $0)] }
        }
        indices[key] = flows.count
        flows.append(
            Flow(isSent: isSent, metadata: metadata ?? [], association: association, flowID: fragment.flowID)
        )
    }

    private mutating func add(_ step: Step, _ flow: Int, _ datagram: CapturedDatagram) {
        let time = max(.zero, datagram.time - began)
        moments.append(Moment(step: step, flow: flow, frame: datagram.frame, time: time))
    }
}
