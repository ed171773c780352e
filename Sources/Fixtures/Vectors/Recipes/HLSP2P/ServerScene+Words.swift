internal import Flash
internal import HLSP2P
internal import RTMFP

/// What clients say to a server again and again, and what has to come of it.
extension ServerScene {
    /// A client opens a session.
    func open(_ end: String, url: String = ServerScene.url) throws {
        try perform(.act(.open(discriminator: EndpointDiscriminator(uri: url).encoded)), by: end)
        expect(end, ["act": "opened"], [:], most: 1, "RFC 7425 §5.3.1")
    }

    /// A client says `connect`.
    func connect(_ end: String, app: String = "", _ arguments: [AMF0Value] = [.string(film)]) throws {
        let object = AMF0Value.object([
            AMFMember("app", .string(app)), AMFMember("flashVer", .string("LNX 11,2,202,643")),
            AMFMember("tcUrl", .string(app.isEmpty ? ServerScene.url : "\(ServerScene.url)/\(app)")),
            AMFMember("objectEncoding", .number(3)),
        ])
        try call("connect", object: object, arguments, by: end)
    }

    /// A client opens a session and connects, which succeeds.
    func join(_ end: String, app: String = "", _ arguments: [AMF0Value] = [.string(film)]) throws {
        try open(end)
        try connect(end, app: app, arguments)
        expect(
            end,
            ["act": "message", "command": "_result", "transaction": 1],
            ["streamID": 0, "level": "status", "code": "NetConnection.Connect.Success", "objectEncoding": 3],
            most: 1,
            "RFC 7425 §5.3.2"
        )
    }

    /// A client tells where it can be reached.
    func tell(_ end: String, _ addresses: [String], form: Command.Form = .plain) throws {
        try say(Command("setPeerInfo", addresses.map(AMF0Value.string), form: form).message().encoded, by: end)
    }

    /// The advice of keepalive periods, which the server may give.
    func expectAdvice(_ end: String) {
        expect(end, ["act": "message", "event": 41], ["streamID": 0], least: 0, "RFC 7425 §5.3.4")
    }

    /// Asks for the participants of a resource, who are exactly those, if the server tells them: it need not.
    func participants(of resource: String = film, are names: [String], for end: String) throws {
        let transaction = try call("getParticipants", [.string(resource)], by: end)
        expectAnswer(end, transaction)
        expect(
            end,
            ["act": "message", "command": "_result", "transaction": .double(transaction)],
            ["participants": exactly(try names.map { name in try id(of: name).description })],
            least: 0,
            "tracker-protocol §8.4"
        )
    }

    /// A call is answered, in whichever way.
    func expectAnswer(_ end: String, _ transaction: Double) {
        let answers = JSONValue.object(["oneOf": .array(["_result", "_error"])])
        expect(
            end,
            ["act": "message", "command": answers, "transaction": .double(transaction)],
            ["streamID": 0],
            most: 1,
            "RFC 7425 §5.3.2"
        )
    }

    /// The connection still is there: a call is answered.
    func isAlive(_ end: String) throws {
        expectAnswer(end, try call("ping", by: end))
    }

    /// Who is on the tracker's list: exactly those.
    func list(_ resource: String = film, are names: [String], size: Int = 10, for end: String) throws {
        let request = try ask("GET", "/get_peers?resourceID=\(resource)&size=\(size)", by: end)
        expect(
            end,
            ["act": "response", "request": .integer(request)],
            ["status": 200, "origin": "*", "peers": exactly(try names.map { name in try id(of: name).description })],
            most: 1,
            "tracker-protocol §3"
        )
    }

    /// Who is on the tracker's list: that one, whoever else.
    func list(for end: String, with name: String) throws {
        let request = try ask("GET", "/get_peers?resourceID=\(ServerScene.film)&size=10", by: end)
        expect(
            end,
            ["act": "response", "request": .integer(request)],
            ["status": 200, "peers": .object(["includes": .array([.string(try id(of: name).description)])])],
            most: 1,
            "tracker-protocol §3"
        )
    }

    /// How many are on the tracker's list.
    func count(_ resource: String = film, is count: Int, for end: String) throws {
        let request = try ask("GET", "/get_total_count?resourceID=\(resource)", by: end)
        expect(
            end,
            ["act": "response", "request": .integer(request)],
            ["status": 200, "origin": "*", "number": .integer(count)],
            most: 1,
            "tracker-protocol §4"
        )
    }

    /// Those and no others, in any order.
    func exactly(_ texts: [String]) -> JSONValue {
        let all = JSONValue.array(texts.map(JSONValue.string))
        return .object(["includes": all, "among": all, "count": .integer(texts.count)])
    }

    /// Whoever ends a connection does so in one of three ways (RFC 7425 §5.3.6).
    static let ending: [String: JSONValue] = ["act": .object(["oneOf": .array(["finish", "reject", "close"])])]

    /// A client looks for somebody at the server; gives back the tag.
    ///
    /// - Parameter options: what the endpoint discriminator has besides.
    @discardableResult
    func seek(_ id: [UInt8], _ options: [UInt8] = [], by end: String, tag: [UInt8] = firstTag) throws -> [UInt8] {
        let discriminator = EndpointDiscriminator(fingerprint: id).encoded + options
        try perform(.seek([UInt8(discriminator.count)] + discriminator + tag), by: end)
        return tag
    }

    static let firstTag = [UInt8](repeating: 1, count: 16)

    /// Whoever looks for `target` is told of it at those addresses, and `target` is told, in any order.
    func expectIntroduction(
        of target: String,
        to end: String,
        _ tag: [UInt8],
        options: [UInt8] = [],
        at addresses: [String] = [],
        only: Bool = false
    ) throws {
        let all = JSONValue.array((["\(address(of: target))"] + addresses).map(JSONValue.string))
        expect(
            end,
            ["act": "redirect", "tag": .hex(tag)],
            ["addresses": .object(only ? ["includes": all, "among": all] : ["includes": all])],
            "RFC 7016 §3.5.1.4"
        )
        expect(
            target,
            ["act": "forward", "tag": .hex(tag)],
            [
                "addresses": .array([.string("\(address(of: end))")]),
                "endpointDiscriminator": .hex(
                    EndpointDiscriminator(fingerprint: try id(of: target).octets).encoded + options
                ),
            ],
            "RFC 7016 §3.5.1.6"
        )
    }
}
