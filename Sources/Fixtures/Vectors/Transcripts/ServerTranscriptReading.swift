internal import Flash
internal import HLSP2P
internal import RTMFP

/// Reads the steps of a server's transcript one after the other: codec alone, no server. What a server must not do,
/// whatever it was told, it refuses; what it has to do the transcript's demands tell.
struct ServerTranscriptReading {
    private struct Flow {
        let end: String
        let isNear: Bool
        let streamID: UInt32
    }

    /// A stream that a client was given.
    struct Stream {
        /// The transaction ID of the call that asked for it.
        let call: Double
        let number: UInt32
    }

    /// A call that is not answered.
    private struct Call {
        let end: String
        let name: String
        let transactionID: Double
    }

    /// Who the clients are, in order.
    let ids: [PeerID]
    private var flows: [Int: Flow] = [:]
    private var calls: [Call] = []
    /// The first flow for stream 0 of each client: its control flow (RFC 7425 §5.3.1).
    private var controls: [String: Int] = [:]
    /// The streams that clients were given, by client, in order.
    private(set) var streams: [String: [Stream]] = [:]
    /// Clients who have asked for a session, and those who have one.
    private var opening: Set<String> = []
    private var open: Set<String> = []
    /// Tags of IHellos for somebody else, with who has sent them.
    private var tags: [[UInt8]: String] = [:]
    private var requests: Set<Int> = []

    /// - Throws: if a certificate is none.
    init(_ transcript: ServerTranscript) throws {
        ids = try transcript.ends.map { end in
            guard let id = PeerID(try Certificate(end.certificate).fingerprint) else {
                throw VectorMismatch("ends", expected: "a fingerprint", actual: "none")
            }
            return id
        }
    }

    /// Reads the next step: what it means, in the vectors' notation; null if it says nothing that can be read.
    ///
    /// - Throws: `VectorRefusal` or `WireError` if the server must not do it.
    mutating func meaning(of step: ServerStep) throws -> JSONValue {
        switch step.content {
        case .in(let input): return .optional(read(input, of: step.end), JSONValue.object)
        case .out(let output):
            return .object(try read(output, to: step.end).merging(["act": .string(output.name)]) { $1 })
        }
    }

    /// What a client says may be nonsense.
    private mutating func read(_ input: ServerStep.Input, of end: String) -> [String: JSONValue]? {
        switch input {
        case .act(.open): opening.insert(end)
        case .act(.message(let number, let opening, let octets)):
            if let opening, let streamID = try? FlowMetadata(decoding: opening.metadata).streamID {
                flows[number] = Flow(end: end, isNear: false, streamID: streamID)
                if streamID == 0, controls[end] == nil { controls[end] = number }
            }
            guard let flow = flows[number], let meaning = try? self.meaning(of: octets) else { return nil }
            if flow.streamID == 0, case .string(let name)? = meaning["command"], let call = Command.call(octets),
                call != 0 || name == "connect" || name == "createStream"
            {
                calls.append(Call(end: end, name: name, transactionID: call))
            }
            return meaning.merging(["act": "message", "streamID": .integer(Int(flow.streamID))]) { $1 }
        case .act(.close): open.remove(end)
        case .seek(let payload):
            var reader = ByteReader(payload.span)
            guard let hello = try? IHello(from: &reader) else { return nil }
            tags[hello.tag] = end
            return [
                "act": "seek", "tag": .hex(hello.tag), "endpointDiscriminator": .hex(hello.endpointDiscriminator),
            ]
        case .request(let request): requests.insert(request.id)
        case .act, .silent: break
        }
        return nil
    }

    private mutating func read(_ output: ServerStep.Output, to end: String) throws -> [String: JSONValue] {
        switch output {
        case .act(let act): return try read(act, to: end)
        case .redirect(let payload):
            var reader = ByteReader(payload.span)
            let redirect = try Redirect(from: &reader)
            guard tags[redirect.tagEcho] == end else { throw VectorRefusal(.mismatch) }
            return [
                "tag": .hex(redirect.tagEcho),
                "addresses": .array(redirect.redirectDestinations.map { .string($0.socket.presentation) }),
            ]
        case .forward(let payload):
            var reader = ByteReader(payload.span)
            let hello = try FIHello(from: &reader)
            guard tags[hello.tag] != nil else { throw VectorRefusal(.mismatch) }
            return [
                "tag": .hex(hello.tag), "endpointDiscriminator": .hex(hello.endpointDiscriminator),
                "addresses": .array([.string(hello.replyAddress.socket.presentation)]),
            ]
        case .response(let response):
            guard requests.remove(response.request) != nil else { throw VectorRefusal(.mismatch) }
            return response.meaning
        }
    }

    private mutating func read(_ act: PeerStep.Act, to end: String) throws -> [String: JSONValue] {
        switch act {
        case .open: throw VectorRefusal(.order)
        case .opened:
            guard opening.remove(end) != nil else { throw VectorRefusal(.mismatch) }
            open.insert(end)
            return [:]
        case .close:
            guard open.remove(end) != nil else { throw VectorRefusal(.order) }
            return [:]
        case .finish(let number), .reject(let number, _):
            let isNear = if case .finish = act { true } else { false }
            guard let flow = flows[number], flow.end == end, flow.isNear == isNear else {
                throw VectorRefusal(.missing)
            }
            return ["streamID": .integer(Int(flow.streamID))]
        case .message(let number, let opening, let octets):
            if let opening { flows[number] = try flow(opening, to: end) }
            guard let flow = flows[number], flow.end == end, flow.isNear else { throw VectorRefusal(.missing) }
            let meaning = try self.meaning(of: octets)
            if case .string(let name)? = meaning["command"], name == "_result" || name == "_error" {
                try answer(name, meaning, to: end, octets)
            }
            return meaning.merging(["streamID": .integer(Int(flow.streamID))]) { $1 }
        }
    }

    /// A flow of the server's that begins (RFC 7425 §5.3.2, §5.3.5.2).
    private func flow(_ opening: PeerStep.Opening, to end: String) throws -> Flow {
        let streamID = try FlowMetadata(decoding: opening.metadata).streamID
        guard let association = opening.association else { throw VectorRefusal(.missing) }
        guard association == controls[end] else { throw VectorRefusal(.mismatch) }
        guard streamID == 0 || streams[end, default: []].contains(where: { $0.number == streamID }) else {
            throw VectorRefusal(.mismatch)
        }
        return Flow(end: end, isNear: true, streamID: streamID)
    }

    /// What is answered was asked, and is answered once; an error that has no transaction ID is nobody's answer.
    private mutating func answer(
        _ name: String,
        _ meaning: [String: JSONValue],
        to end: String,
        _ octets: [UInt8]
    ) throws {
        let transactionID = Command.call(octets)
        guard let asked = calls.firstIndex(where: { $0.end == end && $0.transactionID == transactionID }) else {
            if name == "_error", transactionID == 0 { return }
            throw VectorRefusal(.mismatch)
        }
        let call = calls.remove(at: asked)
        guard call.name == "createStream", name == "_result" else { return }
        if case .integer(let number)? = meaning["number"], let id = UInt32(exactly: number) {
            streams[end, default: []].append(Stream(call: call.transactionID, number: id))
        }
    }

    private func meaning(of octets: [UInt8]) throws -> [String: JSONValue] {
        let message = try Message(decoding: octets)
        switch message.type {
        case .command, .commandExtended: return try Command(decoding: message).meaning
        case .userControl:
            let control = try UserControl(decoding: message)
            return [
                "event": .integer(Int(control.event)),
                "parameters": .array(control.parameters.map { .integer(Int($0)) }),
            ]
        default:
            var meaning: [String: JSONValue] = [
                "type": .integer(Int(message.type.rawValue)), "payload": .octets(message.payload),
            ]
            if message.type == .data || message.type == .dataExtended {
                meaning["handler"] = .string(try DataMessage(decoding: message).handler)
            }
            return meaning
        }
    }
}
