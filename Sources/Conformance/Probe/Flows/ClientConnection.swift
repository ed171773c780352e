import Flash
import RTMFP

/// A client's NetConnection to the probe, which is the server (RFC 7425 §5.3).
final class ClientConnection {
    /// A message that the client has said.
    struct Said {
        let flowID: UInt64
        let number: UInt64
        let streamID: UInt32?
        let message: Message

        /// What tells it from all others.
        var place: [UInt64] { [flowID, number] }
        /// The command that it is; nil if it is none.
        var command: Command? { try? Command(decoding: message) }
    }

    let session: ProbeSession
    /// The client's control flow.
    let controlID: UInt64
    /// The command with which the client has asked to connect.
    let request: Command
    /// The probe's control flow, the first that is in return to the client's.
    let control: ProbeFlow
    private var flows: UInt64

    fileprivate init(_ session: ProbeSession, controlID: UInt64, request: Command, flowID: UInt64) {
        self.session = session
        self.controlID = controlID
        self.request = request
        flows = flowID
        control = session.returnFlow(id: flowID, to: controlID)
    }

    /// The client's control flow.
    var farControl: FarFlow? { session.ear.flows[controlID] }

    /// All that the client has said, a flow at a time.
    var said: [Said] {
        session.ear.flows.values.sorted { $0.id < $1.id }.flatMap { flow in
            flow.messages.compactMap { message in
                (try? Message(decoding: message.octets)).map {
                    Said(flowID: flow.id, number: message.number, streamID: flow.streamID, message: $0)
                }
            }
        }
    }

    /// The commands of the connection itself that the client has said.
    var commands: [Command] { said.filter { $0.streamID == 0 || $0.flowID == controlID }.compactMap(\.command) }

    /// A further flow of the probe's for a stream, in return to the client's control flow.
    func flow(
        for streamID: UInt32,
        id: UInt64? = nil,
        intent: FlowMetadata.ReceiveIntent = .originalQueuingOrder
    ) -> ProbeFlow {
        if id == nil { flows += 1 }
        return session.returnFlow(id: id ?? flows, to: controlID, for: streamID, intent: intent)
    }

    /// Says a message until the client has acknowledged it.
    func send(_ message: Message, on flow: ProbeFlow? = nil) throws {
        _ = try (flow ?? control).deliver(message.encoded)
    }

    /// Says something on the control flow for which the client may end its session: until it has acknowledged that, or
    /// has done so.
    func part(with octets: [UInt8], final: Bool = false) throws {
        let number = control.nextNumber
        let chunk = control.fragment(octets, final: final)
        for _ in 1...3 {
            try session.say([chunk])
            let isHeard = try? session.waitFor("an acknowledgement, or the end of the session") {
                session.isClosedByFarEnd || control.acknowledgements.contains { $0.covers(number) } ? true : nil
            } otherwise: {
                "neither"
            }
            if isHeard ?? false { return }
        }
        throw Unmet(expected: "an acknowledgement of number \(number), or the end of the session", actual: "neither")
    }

    /// The answer that lets the client in; names the object encoding that it has asked for, unless told otherwise.
    func acceptance(transactionID: Double? = nil, encoding: Double? = nil) -> Command {
        let information: [AMFMember<AMF0Value>] = [
            AMFMember("level", .string("status")), AMFMember("code", .string("NetConnection.Connect.Success")),
            AMFMember("description", .string("Connection succeeded")),
            AMFMember("objectEncoding", .number(encoding ?? askedEncoding)),
        ]
        return Command("_result", transactionID: transactionID ?? request.transactionID, [.object(information)])
    }

    /// The object encoding that the client has asked for.
    var askedEncoding: Double { request.object["objectEncoding"]?.number ?? 0 }

    /// Lets the client in.
    func accept(encoding: Double? = nil, on flow: ProbeFlow? = nil) throws {
        try send(acceptance(encoding: encoding).message(), on: flow)
    }

    /// Waits for a command of the connection, from those on that came before.
    func expect(_ name: String, within patience: Interval? = nil) throws -> Command {
        try expect("a \(name) command", within: patience) { commands.first { $0.name == name } }
    }

    /// Waits until `value` has a value; looks at it whenever a packet has come.
    func expect<T>(_ expected: String, within patience: Interval? = nil, _ value: () throws -> T?) throws -> T {
        try session.waitFor(expected, within: patience, value) {
            let names = commands.suffix(6).map(\.name)
            return "the client's commands were \(names.joined(separator: ", "))"
        }
    }

    /// Waits until the client makes a stream, and gives it that stream ID; what it then says on a flow for the stream.
    ///
    /// - Parameter flow: where to answer; nil for the control flow.
    @discardableResult
    func giveStream(_ id: UInt32 = 5, on flow: ProbeFlow? = nil) throws -> FarFlow {
        let call = try given { try expect("createStream", within: session.probe.timing.patience * 2) }
        let answer = Command("_result", transactionID: call.transactionID, [.number(Double(id))], form: call.form)
        try send(answer.message(), on: flow)
        return try expect("a flow for stream \(id)") { streamFlows(id).first }
    }

    /// The client's flows for a stream that have brought a message.
    func streamFlows(_ id: UInt32) -> [FarFlow] {
        session.ear.flows.values.filter { $0.streamID == id && !$0.messages.isEmpty }.sorted { $0.id < $1.id }
    }

    /// Whether the client has ended the session, or its control flow.
    var isOver: Bool { farControl?.finalNumber != nil || session.isClosedByFarEnd }

    /// Fails unless the client is alive, and the connection goes on: neither closed nor rejected.
    func requireStanding(_ why: String) throws {
        try session.ping()
        let isRejected = control.acknowledgements.contains { $0.exceptionCode != nil }
        try require(
            !isRejected && !isOver,
            expected: "a connection that goes on, \(why)",
            actual: isRejected ? "the server's control flow is rejected" : "the client has closed the connection"
        )
    }
}

extension ProbeSession {
    /// Waits until the client asks to connect; blocks the case if it does not.
    ///
    /// - Parameter flowID: the ID of the flow on which the probe will answer.
    func expectConnect(within patience: Interval? = nil, flowID: UInt64 = 2) throws -> ClientConnection {
        try given {
            let (id, request) = try waitFor("a `connect` command", within: patience) {
                ear.flows.values.sorted { $0.id < $1.id }.lazy.compactMap { flow in
                    flow.commands.first { $0.name == "connect" }.map { (flow.id, $0) }
                }.first
            } otherwise: {
                "\(ear.flows.count) flows were opened"
            }
            return ClientConnection(self, controlID: id, request: request, flowID: flowID)
        }
    }

    /// A connection that the client was let in to; blocks the case if it does not ask.
    func welcomeClient() throws -> ClientConnection {
        let connection = try expectConnect()
        try given { try connection.accept() }
        return connection
    }

    /// A flow of the probe's for RTMP messages, in return to one of the far end's.
    func returnFlow(
        id: UInt64,
        to farID: UInt64,
        for streamID: UInt32 = 0,
        intent: FlowMetadata.ReceiveIntent = .originalQueuingOrder
    ) -> ProbeFlow {
        let metadata = FlowMetadata(streamID: streamID, receiveIntent: intent).encoded
        return flow(id: id, options: [.metadata(metadata), .association(farID)])
    }

    /// Whether the far end has asked to close the session, or has closed it.
    var isClosedByFarEnd: Bool {
        peer.heard.contains { heard in
            heard.sessionID == nearSessionID
                && heard.chunks.contains { [0x0c, 0x4c].contains($0.type) }
        }
    }
}

extension FarFlow {
    /// The RTMP messages that have come on it.
    var rtmpMessages: [Flash.Message] { messages.compactMap { try? Flash.Message(decoding: $0.octets) } }

    /// The commands that have come on it.
    var commands: [Command] { rtmpMessages.compactMap { try? Command(decoding: $0) } }
}
