import Flash
import RTMFP

/// A NetConnection of the probe's to the target (RFC 7425 §5.3): commands on a control flow, and streams.
final class Connection {
    let session: ProbeSession
    /// The probe's control flow.
    let control: ProbeFlow
    private var transactions = 1.0
    private var flows: UInt64

    fileprivate init(_ session: ProbeSession, control: ProbeFlow) {
        self.session = session
        self.control = control
        flows = control.id
    }

    /// The target's control flow, in return to the probe's.
    var answers: FarFlow? { session.ear.flow(answering: control.id) }

    /// The messages that came on all flows of the target, a flow at a time.
    var messages: [Message] {
        session.ear.flows.values.sorted { $0.id < $1.id }.flatMap(\.messages).compactMap { message in
            try? Message(decoding: message.octets)
        }
    }

    /// The commands that came on all flows of the target.
    var commands: [Command] { messages.compactMap { try? Command(decoding: $0) } }

    /// The target's flows for a stream.
    func farFlows(of streamID: UInt32) -> [FarFlow] {
        session.ear.flows.values.filter { $0.streamID == streamID }.sorted { $0.id < $1.id }
    }

    /// The messages that came on the target's flows for a stream.
    func messages(of streamID: UInt32) -> [Message] {
        farFlows(of: streamID).flatMap(\.messages).compactMap { try? Message(decoding: $0.octets) }
    }

    /// Says a message until the target has acknowledged it.
    func send(_ message: Message, on flow: ProbeFlow? = nil) throws {
        try send([message], on: flow)
    }

    /// Says messages, one after the other, until the target has acknowledged them all.
    func send(_ messages: [Message], on flow: ProbeFlow? = nil) throws {
        try send(octets: messages.map(\.encoded), on: flow)
    }

    /// Says any octets as messages until the target has acknowledged them all.
    func send(octets messages: [[UInt8]], on flow: ProbeFlow? = nil) throws {
        let flow = flow ?? control
        try flow.deliver(fragments: messages.flatMap { flow.fragments(of: $0) })
    }

    /// A transaction ID that was not used before.
    func transaction() -> Double {
        transactions += 1
        return transactions
    }

    /// Calls a method and waits for its result or error.
    func call(
        _ name: String,
        _ arguments: [AMF0Value] = [],
        form: Command.Form = .plain,
        on flow: ProbeFlow? = nil
    ) throws -> Command {
        let transaction = transaction()
        let command = Command(name, transactionID: transaction, arguments, form: form)
        try send(command.message(), on: flow)
        return try expectAnswer(to: transaction)
    }

    /// Waits for the result or the error of a transaction.
    func expectAnswer(to transaction: Double) throws -> Command {
        try expect("a _result or an _error of transaction \(Int(transaction))") {
            self.answer(to: transaction)
        }
    }

    /// The result or the error of a transaction, if it has come.
    func answer(to transaction: Double) -> Command? {
        commands.first { ["_result", "_error"].contains($0.name) && $0.transactionID == transaction }
    }

    /// Calls a method that nobody has: whoever listens answers with an error.
    func requireAlive(_ why: String) throws {
        let answer = try call("hlsp2pCheckAlive")
        try require(answer.name == "_error", expected: "an _error for an unknown method, \(why)", actual: answer.name)
    }

    /// Waits until `value` has a value; looks at it whenever a packet has come.
    func expect<T>(_ expected: String, within patience: Interval? = nil, _ value: () throws -> T?) throws -> T {
        try session.waitFor(expected, within: patience, value) {
            let seen = messages.suffix(4).map { message in
                (try? Command(decoding: message))?.name ?? "\(message.type)"
            }
            return seen.isEmpty ? "no message came" : "the last messages were \(seen.joined(separator: ", "))"
        }
    }

    /// A further flow of the probe's for a stream, in return to the target's control flow.
    func flow(for streamID: UInt32, intent: FlowMetadata.ReceiveIntent = .originalQueuingOrder) throws -> ProbeFlow {
        guard let answers else { throw Lacking(reason: "it has no control flow of its own") }
        flows += 1
        let metadata = FlowMetadata(streamID: streamID, receiveIntent: intent).encoded
        return session.flow(id: flows, options: [.metadata(metadata), .association(answers.id)])
    }

    /// Creates a stream.
    func createStream() throws -> UInt32 {
        let answer = try call("createStream")
        guard answer.name == "_result", let number = answer.arguments.first?.number, number >= 1, number < 16_777_216
        else {
            throw Unmet(expected: "a _result with a stream ID of at least 1", actual: "\(answer)")
        }
        return UInt32(number)
    }

    /// Waits for an onStatus on a flow of the stream whose code begins with `prefix`.
    @discardableResult
    func expectStatus(_ prefix: String, of streamID: UInt32) throws -> Command {
        try expect("an onStatus \(prefix)… on a flow of stream \(streamID)") {
            messages(of: streamID).compactMap { try? Command(decoding: $0) }.first { command in
                command.name == "onStatus" && command.code.hasPrefix(prefix)
            }
        }
    }

    /// Publishes a stream; the flow on which its media go.
    func publish(_ name: String) throws -> (streamID: UInt32, flow: ProbeFlow) {
        let streamID = try given { try createStream() }
        let flow = try flow(for: streamID)
        try send(Command("publish", [.string(name), .string("live")]).message(), on: flow)
        try expectStatus("NetStream.Publish.Start", of: streamID)
        return (streamID, flow)
    }

    /// Plays a stream.
    func play(_ name: String) throws -> UInt32 {
        let streamID = try given { try createStream() }
        try send(Command("play", [.string(name), .number(-2)]).message(), on: flow(for: streamID))
        try expectStatus("NetStream.Play.Start", of: streamID)
        return streamID
    }
}

extension ProbeSession {
    /// A connection; blocks the case if the target does not answer `connect`.
    func connect(flowID: UInt64 = 2) throws -> Connection {
        Connection(self, control: try converse(id: flowID).flow)
    }

    /// A connection, opened in the dialect in which the target accepts `connect`; fails if it does not.
    func connect(in dialect: Dialect, flowID: UInt64 = 2) throws -> Connection {
        let conversation = Conversation(self, dialect: dialect, flow: flow(id: flowID))
        try conversation.ask()
        return Connection(self, control: conversation.flow)
    }

    /// The command with which the target is connected to.
    func connectCommand(objectEncoding: Double? = nil) -> Command {
        var encoding = objectEncoding ?? 0
        if objectEncoding == nil, case .netConnection(let accepted) = probe.survey.dialect { encoding = accepted }
        return .connect(probe.target.uri, objectEncoding: encoding)
    }

    /// Asks to connect with a command of the case's own, and gives the answer.
    func connect(_ command: Command, flowID: UInt64 = 2, metadata: [UInt8]? = nil) throws -> (Connection, Command) {
        let flow = flow(id: flowID, options: metadata.map { [.metadata($0)] })
        let connection = Connection(self, control: flow)
        try connection.send(command.message())
        return (connection, try connection.expectAnswer(to: command.transactionID))
    }
}

extension FarFlow {
    /// The stream that the flow is for; nil if its metadata name none.
    var streamID: UInt32? {
        metadata.flatMap { try? FlowMetadata(decoding: $0) }?.streamID
    }
}

extension Command {
    /// The code of the first status object among the arguments; empty if there is none.
    var code: String {
        for argument in arguments {
            if let code = argument["code"]?.string { return code }
        }
        return ""
    }
}
