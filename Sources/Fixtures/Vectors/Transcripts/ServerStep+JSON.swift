internal import HLSP2P
internal import RTMFP

extension ServerStep {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        at = try fields.time("at")
        end = try fields.string("end")
        content =
            fields["in"] != nil
            ? .in(try Input(fields, try fields.string("in"))) : .out(try Output(fields, try fields.string("out")))
    }

    /// The step in the vectors' notation.
    var document: JSONValue {
        let (direction, name, members) =
            switch content {
            case .in(let input): ("in", input.name, input.members)
            case .out(let output): ("out", output.name, output.members)
            }
        return .object(
            members.merging(["at": .integer(at), "end": .string(end), direction: .string(name)]) { $1 }
        )
    }
}

extension ServerStep.Input {
    fileprivate init(_ fields: VectorFields, _ name: String) throws(VectorFormatError) {
        switch name {
        case "seek": self = .seek(try fields.octets("payload"))
        case "silent": self = .silent
        case "request": self = .request(try ServerStep.Request(fields))
        case "opened": throw VectorFormatError(fields.place, "is nothing that a client does")
        default: self = .act(try PeerStep.Act(fields, name))
        }
    }

    fileprivate var name: String {
        switch self {
        case .act(let act): act.name
        case .seek: "seek"
        case .silent: "silent"
        case .request: "request"
        }
    }

    fileprivate var members: [String: JSONValue] {
        switch self {
        case .act(let act): act.members
        case .seek(let payload): ["payload": .hex(payload)]
        case .silent: [:]
        case .request(let request):
            [
                "request": .integer(request.id), "method": .string(request.method), "target": .string(request.target),
                "fields": request.fields.document, "body": .string(request.body),
            ]
        }
    }
}

extension ServerStep.Output {
    fileprivate init(_ fields: VectorFields, _ name: String) throws(VectorFormatError) {
        switch name {
        case "redirect": self = .redirect(try fields.octets("payload"))
        case "forward": self = .forward(try fields.octets("payload"))
        case "response": self = .response(try ServerStep.Response(fields))
        case "open": throw VectorFormatError(fields.place, "is nothing that the server does")
        default: self = .act(try PeerStep.Act(fields, name))
        }
    }

    var name: String {
        switch self {
        case .act(let act): act.name
        case .redirect: "redirect"
        case .forward: "forward"
        case .response: "response"
        }
    }

    fileprivate var members: [String: JSONValue] {
        switch self {
        case .act(let act): act.members
        case .redirect(let payload), .forward(let payload): ["payload": .hex(payload)]
        case .response(let response):
            [
                "request": .integer(response.request), "status": .integer(response.status),
                "fields": response.fields.document, "body": .string(response.body),
            ]
        }
    }
}

extension ServerStep.Request {
    fileprivate init(_ fields: VectorFields) throws(VectorFormatError) {
        id = try fields.integer("request")
        method = try fields.string("method")
        target = try fields.string("target")
        self.fields = try fields.headerFields("fields")
        body = try fields.string("body")
    }
}

extension ServerStep.Response {
    fileprivate init(_ fields: VectorFields) throws(VectorFormatError) {
        request = try fields.integer("request")
        status = try fields.integer("status")
        self.fields = try fields.headerFields("fields")
        body = try fields.string("body")
    }
}

extension VectorFields {
    /// Header fields of HTTP: pairs of name and value.
    fileprivate func headerFields(_ name: String) throws(VectorFormatError) -> [HTTPField] {
        try list(name) { element throws(VectorFormatError) in
            guard case .array(let pair) = element, pair.count == 2, case .string(let name) = pair[0],
                case .string(let value) = pair[1]
            else { throw VectorFormatError("\(place)/\(name)", "is not pairs of a name and a value") }
            return HTTPField(name, value)
        }
    }
}

extension [HTTPField] {
    fileprivate var document: JSONValue { .array(map { .array([.string($0.name), .string($0.value)]) }) }
}
