internal import Flash
internal import HLSP2P
internal import RTMFP

/// Reads the steps of a peer's transcript one after the other, and learns from them which flow carries what: codec alone,
/// no peer. What reaches the peer and must not be acted upon it refuses.
struct PeerTranscriptReading {
    /// What a step says, and where.
    struct Outcome {
        /// The section of the specification that the step shows.
        var section: String
        /// Which stream it is on, and who publishes that; neither, if it is on none.
        var stream: String?
        var publisher: String?
        /// The stream ID of its flow.
        var streamID: UInt32?
        var says: JSONValue = .null
    }

    private struct Flow {
        enum Role: Equatable {
            /// A control flow of the connection with the rendezvous.
            case connection
            /// A subscriber's flow; what it plays, when it has said so.
            case subscription(Stream?)
            /// A return flow of the subscription with that number.
            case returning(Int)
        }

        let end: String
        let isNear: Bool
        let streamID: UInt32
        var role: Role
    }

    /// A stream between peers (peer-protocol §2).
    private enum Stream: String {
        case `public`, `private`
    }

    /// Who the ends are, in order.
    let ids: [PeerID]
    private let peerID: PeerID
    private let idsByName: [String: PeerID]
    private var flows: [Int: Flow] = [:]
    /// Subscriptions that have started, which they do once.
    private var started: Set<Int> = []
    /// Calls of the peer's that are not answered.
    private var calls: Set<Double> = []
    /// The sections of HTTP requests.
    private var requests: [Int: String] = [:]

    /// - Throws: if a certificate is none.
    init(_ transcript: PeerTranscript) throws {
        ids = try transcript.ends.map { end in
            guard let id = PeerID(try Certificate(end.certificate).fingerprint) else {
                throw VectorMismatch("ends", expected: "a fingerprint", actual: "none")
            }
            return id
        }
        peerID = transcript.role.id
        guard let own = PeerID(try Certificate(transcript.role.certificate).fingerprint), own == peerID else {
            throw VectorMismatch("peer", expected: "the fingerprint of its certificate", actual: "another ID")
        }
        idsByName = Dictionary(zip(transcript.ends.map(\.name), ids)) { first, _ in first }
    }

    /// Reads the next step: what is expected of who reads it, in the vectors' notation.
    ///
    /// - Throws: `VectorRefusal` or `WireError` if it is not as the specification has it.
    mutating func outcome(of step: PeerStep) throws -> JSONValue {
        let outcome = try read(step)
        return .object([
            "section": .string(outcome.section), "stream": .optional(outcome.stream, JSONValue.string),
            "publisher": .optional(outcome.publisher, JSONValue.string),
            "streamID": .optional(outcome.streamID) { .integer(Int($0)) }, "says": outcome.says,
        ])
    }

    /// Reads the next step.
    ///
    /// - Throws: as above.
    mutating func read(_ step: PeerStep) throws -> Outcome {
        switch step.content {
        case .in(let input):
            let section = SwarmStep(at: step.at, content: .in(input)).section
            guard case .response(let request, _, _) = input else { return Outcome(section: section) }
            return Outcome(section: requests[request] ?? section)
        case .out(let output):
            let section = SwarmStep(at: step.at, content: .out(output)).section
            if case .request(let request) = output { requests[request.id] = section }
            return Outcome(section: section)
        case .far(let end, let act): return try read(act, of: end, isNear: false)
        case .near(let end, let act): return try read(act, of: end, isNear: true)
        }
    }

    private mutating func read(_ act: PeerStep.Act, of end: String, isNear: Bool) throws -> Outcome {
        let isRendezvous = end == PeerTranscript.rendezvous
        switch act {
        case .open, .opened:
            return Outcome(section: isRendezvous ? "tracker-protocol §8.1" : "peer-protocol §2.7")
        case .close: return Outcome(section: isRendezvous ? "RFC 7425 §5.3.6" : "peer-protocol §2.6")
        case .finish(let number), .reject(let number, _):
            guard let flow = flows[number], flow.end == end else { throw VectorRefusal(.missing) }
            return placed(Outcome(section: isRendezvous ? "RFC 7425 §5.3.6" : "peer-protocol §3.1"), on: flow)
        case .message(let number, let opening, let octets):
            if let opening { flows[number] = try flow(opening, end, isNear: isNear) }
            guard let flow = flows[number], flow.end == end, flow.isNear == isNear else {
                throw VectorRefusal(.missing)
            }
            let outcome = try read(octets, on: flow, number)
            return placed(outcome, on: flows[number] ?? flow)
        }
    }

    /// The flow that begins (RFC 7425 §5.1.1, §5.3.2, §5.4.1, §5.4.2).
    private func flow(_ opening: PeerStep.Opening, _ end: String, isNear: Bool) throws -> Flow {
        let streamID = try FlowMetadata(decoding: opening.metadata).streamID
        let other = opening.association.flatMap { flows[$0] }
        let isReturn = other.map { $0.end == end && $0.isNear != isNear } ?? false
        guard opening.association == nil || isReturn else { throw VectorRefusal(.mismatch) }
        let role: Flow.Role
        if end == PeerTranscript.rendezvous {
            guard isNear || isReturn else { throw VectorRefusal(.mismatch) }
            role = .connection
        } else if let association = opening.association {
            role = .returning(association)
        } else {
            guard streamID != 0 else { throw VectorRefusal(.value) }
            role = .subscription(nil)
        }
        return Flow(end: end, isNear: isNear, streamID: streamID, role: role)
    }

    private mutating func read(_ octets: [UInt8], on flow: Flow, _ number: Int) throws -> Outcome {
        let message = try Message(decoding: octets)
        switch message.type {
        case .command, .commandExtended:
            let command = try Command(decoding: message)
            var outcome = Outcome(section: try judge(command, on: flow, number))
            outcome.says = message.notation("values", .array(command.values.map(JSONValue.init)))
            return outcome
        case _ where flow.role == .subscription(nil): throw VectorRefusal(.order)
        case .userControl:
            let control = try UserControl(decoding: message)
            let isOfConnection = flow.role == .connection
            return Outcome(
                section: isOfConnection ? "RFC 7425 §5.3.4" : "peer-protocol §3.1",
                says: .object(control.vectorMembers(at: message.timestamp))
            )
        case .data, .dataExtended:
            let data = try DataMessage(decoding: message)
            guard let stream = stream(of: flow), !stream.isSubscriber else { throw VectorRefusal(.order) }
            guard data.handler == Envelope.handler else {
                let values = ([.string(data.handler)] + data.arguments).map(JSONValue.init)
                return Outcome(section: "peer-protocol §3.4", says: message.notation("values", .array(values)))
            }
            guard stream.stream == .private else { throw VectorRefusal(.order) }
            switch Envelope.reading(message) {
            case .success(let envelope):
                return Outcome(section: envelope.section, says: .object(envelope.vectorMembers))
            case .failure(let fault): throw message.refusal(fault)
            }
        default:
            return Outcome(section: "peer-protocol §3.1", says: message.notation("payload", .octets(message.payload)))
        }
    }

    /// Whether a command is one that belongs onto a flow; gives back the section that it shows.
    private mutating func judge(_ command: Command, on flow: Flow, _ number: Int) throws -> String {
        switch flow.role {
        case .connection:
            switch command.name {
            case "_result", "_error":
                guard calls.remove(command.transactionID) != nil else { throw VectorRefusal(.mismatch) }
                return "RFC 7425 §5.3.2"
            default:
                if flow.isNear, command.transactionID != 0 { calls.insert(command.transactionID) }
                return PeerTranscriptReading.calls[command.name] ?? "RFC 7425 §5.3"
            }
        case .subscription(nil):
            guard command.name == "play" else { throw VectorRefusal(.order) }
            guard case .string(let name)? = command.arguments.first else { throw VectorRefusal(.type) }
            let stream = try stream(named: name, on: flow)
            flows[number]?.role = .subscription(stream)
            return "peer-protocol §2.2"
        case .subscription: return "peer-protocol §3.2"
        case .returning(let number):
            guard command.name != "play" else { throw VectorRefusal(.order) }
            guard command.name == "onStatus" else { return "peer-protocol §3.1" }
            let code = (command.arguments + [command.object]).compactMap { $0["code"]?.string }.first
            guard let code, PeerTranscriptReading.codes.contains(code) else { throw VectorRefusal(.value) }
            guard code != "NetStream.Play.Start" || started.insert(number).inserted else { throw VectorRefusal(.order) }
            return "peer-protocol §3.1"
        }
    }

    /// What peers say to the rendezvous, and where it stands.
    private static let calls = [
        "connect": "tracker-protocol §8.1", "setPeerInfo": "RFC 7425 §5.3.3",
        "getParticipants": "tracker-protocol §8.4",
    ]

    /// What becomes of what one plays from a peer.
    private static let codes = ["Reset", "Start", "Failed", "Stop"].map { "NetStream.Play.\($0)" }

    /// The stream of that name, which the other end publishes: a private one can be played once (peer-protocol §2.5).
    private func stream(named name: String, on flow: Flow) throws -> Stream {
        let far = idsByName[flow.end]
        let (publisher, subscriber) = flow.isNear ? (far, peerID) : (peerID, far)
        switch name {
        case publisher?.description: return .public
        case subscriber?.description:
            let isTaken = flows.values.contains {
                $0.end == flow.end && $0.isNear == flow.isNear && $0.role == .subscription(.private)
            }
            guard !isTaken else { throw VectorRefusal(.order) }
            return .private
        default: throw VectorRefusal(.mismatch)
        }
    }

    /// The stream that a flow is of, and whether the flow is its subscriber's.
    private func stream(of flow: Flow) -> (stream: Stream, isSubscriber: Bool)? {
        switch flow.role {
        case .connection: return nil
        case .subscription(let stream): return stream.map { ($0, true) }
        case .returning(let number):
            guard case .subscription(let stream?)? = flows[number]?.role else { return nil }
            return (stream, false)
        }
    }

    private func placed(_ outcome: Outcome, on flow: Flow) -> Outcome {
        var outcome = outcome
        outcome.streamID = flow.streamID
        if flow.role == .connection {
            outcome.stream = "connection"
        } else if let (stream, isSubscriber) = stream(of: flow) {
            outcome.stream = stream.rawValue
            outcome.publisher = isSubscriber == flow.isNear ? flow.end : "peer"
        }
        return outcome
    }
}

extension Message {
    /// Type, timestamp and a further member in the vectors' notation.
    fileprivate func notation(_ name: String, _ value: JSONValue) -> JSONValue {
        .object(members.merging([name: value]) { $1 })
    }
}
