internal import RTMFP

extension PeerStep {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        guard fields["end"] != nil else {
            let step = try SwarmStep(fields)
            at = step.at
            switch step.content {
            case .in(let input) where input.isOfHTTPOrPlayer: content = .in(input)
            case .out(let output) where output.isOfHTTPOrPlayer: content = .out(output)
            default: throw VectorFormatError(fields.place, "does not say to or from whom")
            }
            return
        }
        at = try fields.time("at")
        let end = try fields.string("end")
        content =
            fields["in"] != nil
            ? .far(end, try Act(fields, try fields.string("in")))
            : .near(end, try Act(fields, try fields.string("out")))
    }

    /// The step in the vectors' notation.
    var document: JSONValue {
        switch content {
        case .in(let input): SwarmStep(at: at, content: .in(input)).document
        case .out(let output): SwarmStep(at: at, content: .out(output)).document
        case .far(let end, let act): document(end, act, "in")
        case .near(let end, let act): document(end, act, "out")
        }
    }

    private func document(_ end: String, _ act: Act, _ direction: String) -> JSONValue {
        .object(
            act.members.merging(["at": .integer(at), "end": .string(end), direction: .string(act.name)]) { $1 }
        )
    }
}

extension PeerStep.Act {
    init(_ fields: VectorFields, _ name: String) throws(VectorFormatError) {
        func flow(_ name: String = "flow") throws(VectorFormatError) -> Int {
            let flow: Int = try fields.integer(name)
            guard (0..<PeerStep.maximumFlows).contains(flow) else {
                throw VectorFormatError("\(fields.place)/\(name)", "is not the number of a flow")
            }
            return flow
        }
        switch name {
        case "open": self = .open(discriminator: try fields.octets("discriminator"))
        case "opened": self = .opened
        case "message":
            var opening: PeerStep.Opening?
            if fields["metadata"] != nil {
                opening = PeerStep.Opening(metadata: try fields.octets("metadata"))
                if fields["association"] != .null { opening?.association = try flow("association") }
            }
            self = .message(flow: try flow(), opening, try fields.octets("message"))
        case "finish": self = .finish(flow: try flow())
        case "reject": self = .reject(flow: try flow(), code: try fields.integer("code"))
        case "close": self = .close
        default: throw VectorFormatError(fields.place, "is nothing that an end does")
        }
    }

    var name: String {
        switch self {
        case .open: "open"
        case .opened: "opened"
        case .message: "message"
        case .finish: "finish"
        case .reject: "reject"
        case .close: "close"
        }
    }

    var members: [String: JSONValue] {
        switch self {
        case .open(let discriminator): return ["discriminator": .hex(discriminator)]
        case .message(let flow, let opening, let octets):
            var members: [String: JSONValue] = ["flow": .integer(flow), "message": .hex(octets)]
            if let opening {
                members["metadata"] = .hex(opening.metadata)
                members["association"] = .optional(opening.association, JSONValue.integer)
            }
            return members
        case .finish(let flow): return ["flow": .integer(flow)]
        case .reject(let flow, let code): return ["flow": .integer(flow), "code": .integer(Int(clamping: code))]
        case .opened, .close: return [:]
        }
    }
}

extension SwarmStep.Input {
    /// Whether a whole peer is told this as well.
    fileprivate var isOfHTTPOrPlayer: Bool {
        switch self {
        case .playlist, .segment, .unwanted, .response: true
        case .rendezvous, .appeared, .ready, .lost, .message: false
        }
    }
}

extension SwarmStep.Output {
    /// Whether a whole peer does this as well.
    fileprivate var isOfHTTPOrPlayer: Bool {
        switch self {
        case .request, .abandon, .answer, .mode: true
        case .connect, .message, .disconnect: false
        }
    }
}
