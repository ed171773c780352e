internal import HLSP2P

extension SwarmStep {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        at = try fields.time("at")
        if fields["in"] != nil {
            content = .in(try Input(fields, try fields.string("in")))
        } else {
            content = .out(try Output(fields, try fields.string("out")))
        }
    }

    /// The step in the vectors' notation.
    var document: JSONValue {
        let members: [String: JSONValue] =
            switch content {
            case .in(let input): input.members
            case .out(let output): output.members
            }
        return .object(members.merging(["at": .integer(at)]) { first, _ in first })
    }

    /// Octets that are text as text, others as octets.
    fileprivate static func body(_ octets: [UInt8]) -> [String: JSONValue] {
        let isText = octets.allSatisfy { (32..<127).contains($0) || $0 == 10 }
        return isText ? ["text": .string(String(decoding: octets, as: UTF8.self))] : ["octets": .hex(octets)]
    }
}

extension VectorFields {
    fileprivate func peer() throws(VectorFormatError) -> PeerID {
        guard let peer = PeerID(text: try string("peer")) else { throw VectorFormatError("\(place)/peer", "is no ID") }
        return peer
    }

    fileprivate func body() throws(VectorFormatError) -> [UInt8] {
        self["text"] == nil ? try octets("octets") : Array(try string("text").utf8)
    }
}

extension SwarmStep.Input {
    fileprivate init(_ fields: VectorFields, _ name: String) throws(VectorFormatError) {
        switch name {
        case "rendezvous": self = .rendezvous(isThere: try fields.bool("there"))
        case "playlist": self = .playlist(id: try fields.integer("id"))
        case "segment": self = .segment(id: try fields.integer("id"), url: try fields.string("url"))
        case "unwanted": self = .unwanted(id: try fields.integer("id"))
        case "response":
            self = .response(
                request: try fields.integer("request"),
                status: fields["status"] == .null ? nil : try fields.integer("status"),
                body: try fields.body()
            )
        case "appeared": self = .appeared(try fields.peer())
        case "ready": self = .ready(try fields.peer())
        case "lost": self = .lost(try fields.peer())
        case "message": self = .message(try fields.peer(), try fields.octets("message"))
        default: throw VectorFormatError("\(fields.place)/in", "is nothing that reaches a peer")
        }
    }

    fileprivate var members: [String: JSONValue] {
        switch self {
        case .rendezvous(let isThere): ["in": "rendezvous", "there": .bool(isThere)]
        case .playlist(let id): ["in": "playlist", "id": .integer(id)]
        case .segment(let id, let url): ["in": "segment", "id": .integer(id), "url": .string(url)]
        case .unwanted(let id): ["in": "unwanted", "id": .integer(id)]
        case .response(let request, let status, let body):
            SwarmStep.body(body).merging([
                "in": "response", "request": .integer(request), "status": .optional(status, JSONValue.integer),
            ]) { first, _ in first }
        case .appeared(let peer): ["in": "appeared", "peer": .hex(peer.octets)]
        case .ready(let peer): ["in": "ready", "peer": .hex(peer.octets)]
        case .lost(let peer): ["in": "lost", "peer": .hex(peer.octets)]
        case .message(let peer, let octets): ["in": "message", "peer": .hex(peer.octets), "message": .hex(octets)]
        }
    }
}

extension SwarmStep.Output {
    fileprivate init(_ fields: VectorFields, _ name: String) throws(VectorFormatError) {
        switch name {
        case "request":
            let form: String? = fields["form"] == nil ? nil : try fields.string("form")
            self = .request(
                WebRequest(
                    id: try fields.integer("request"),
                    form.map { .post(form: $0) } ?? .get,
                    try fields.string("url")
                )
            )
        case "abandon": self = .abandon(request: try fields.integer("request"))
        case "answer":
            let isThere = try fields.bool("available")
            self = .answer(id: try fields.integer("id"), isThere ? try fields.body() : nil)
        case "mode":
            guard let mode = SwarmMode(rawValue: try fields.string("mode")) else {
                throw VectorFormatError("\(fields.place)/mode", "is no mode")
            }
            self = .mode(mode)
        case "connect": self = .connect(try fields.peer())
        case "message": self = .message(try fields.peer(), try fields.octets("message"))
        case "disconnect": self = .disconnect(try fields.peer())
        default: throw VectorFormatError("\(fields.place)/out", "is nothing that a peer does")
        }
    }

    fileprivate var members: [String: JSONValue] {
        switch self {
        case .request(let request):
            var members: [String: JSONValue] = [
                "out": "request", "request": .integer(request.id), "url": .string(request.url), "method": "GET",
            ]
            if case .post(let form) = request.method {
                members["method"] = "POST"
                members["form"] = .string(form)
            }
            return members
        case .abandon(let request): return ["out": "abandon", "request": .integer(request)]
        case .answer(let id, let octets):
            return (octets.map(SwarmStep.body) ?? [:]).merging([
                "out": "answer", "id": .integer(id), "available": .bool(octets != nil),
            ]) { first, _ in first }
        case .mode(let mode): return ["out": "mode", "mode": .string(mode.rawValue)]
        case .connect(let peer): return ["out": "connect", "peer": .hex(peer.octets)]
        case .message(let peer, let octets):
            return ["out": "message", "peer": .hex(peer.octets), "message": .hex(octets)]
        case .disconnect(let peer): return ["out": "disconnect", "peer": .hex(peer.octets)]
        }
    }
}
