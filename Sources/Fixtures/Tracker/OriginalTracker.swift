import HLSP2P
import Synchronization

/// The original's tracker, as tracker-protocol §2 to §7 describes it, with all that is odd about it: something for the
/// suite to judge whose verdicts are known. Its framing of HTTP is ours, not that of its Node.
final class OriginalTracker: HTTPService {
    let maximumBody = 100 * 1024
    private let redis: OriginalRedis
    private let log = Mutex<[String]>([])

    init(_ store: RegistryStore, random: any RandomNumberGenerator & Sendable) {
        redis = OriginalRedis(store, random: random)
    }

    /// What its node has to know: it ends with an error of Redis that nobody handles.
    var fault: TrackerFault {
        var fault = TrackerFault()
        let memory = fault.memory
        fault.isBusy = { [redis] in redis.isBusy }
        fault.goesOn = { [redis] in if !redis.goOn() { memory.isDead = true } }
        return fault
    }

    // Neither the body parser nor the rule for static files sets the CORS field (§2, Q-065).
    func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/html; charset=utf-8", "")
    }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        guard let form = OriginalForm(request) else { return done(refusal(400)) }
        let path = request.path.lowercased()
        let isRead = request.method == "GET" || request.method == "HEAD"
        if isRead, let file = Self.files[path] { return done(file) }
        let route = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        switch (request.method, route) {
        case ("OPTIONS", "/get_peers"), ("OPTIONS", "/get_total_count"):
            done(Self.routed(200, "text/html; charset=utf-8", "GET,HEAD", [HTTPField("Allow", "GET,HEAD")]))
        case ("OPTIONS", "/peer_disconnect"), ("OPTIONS", "/remote_log"):
            done(Self.routed(200, "text/html; charset=utf-8", "POST", [HTTPField("Allow", "POST")]))
        case (_, "/get_peers") where isRead:
            peers(request, done)
        case (_, "/get_total_count") where isRead:
            redis.length(request.query.text("resourceID") ?? "undefined") { length in
                done(Self.json(length.map { "\($0)" } ?? "", for: request))
            }
        case ("POST", "/peer_disconnect"):
            redis.remove(form["peer_id"] ?? "undefined", from: form["app"] ?? "undefined")
            done(Self.routed(200, "text/html; charset=utf-8", ""))
        case ("POST", "/remote_log"):
            log.withLock { $0 = Array(($0 + [form["log"] ?? "undefined"]).suffix(100)) }
            done(Self.routed(200, "text/html; charset=utf-8", ""))
        default:
            done(Self.routed(404, "text/html; charset=utf-8", "Cannot \(request.method) \(request.path)\n"))
        }
    }

    private func peers(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let names = request.query.pairs.filter { $0.name.elementsEqual("resourceID".utf8) }
        guard names.count <= 1 else { return done(Self.json("[null]", for: request)) }
        let size = request.query["size"].flatMap(OriginalNumber.leading)
        redis.select(request.query.text("resourceID") ?? "undefined", size) { peers in
            let list = peers.map { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
            done(Self.json(list ?? "[null]", for: request))
        }
    }

    private static func routed(
        _ status: Int,
        _ type: String,
        _ text: String,
        _ fields: [HTTPField] = []
    ) -> HTTPResponse {
        let common = [HTTPField("X-Powered-By", "Express"), HTTPField("Access-Control-Allow-Origin", "*")]
        return HTTPResponse(status, type, text, fields: common + fields)
    }

    private static func json(_ text: String, for request: HTTPRequest) -> HTTPResponse {
        let hash = text.utf8.reduce(UInt32(17)) { $0 &* 31 &+ UInt32($1) }
        let tag = "\"\(String(hash, radix: 16))\""
        guard request.field("If-None-Match") != tag else {
            return HTTPResponse(304, fields: [HTTPField("ETag", tag), HTTPField("Access-Control-Allow-Origin", "*")])
        }
        return routed(200, "application/json", text, [HTTPField("ETag", tag)])
    }

    private static let files: [String: HTTPResponse] = [
        "/crossdomain.xml": HTTPResponse(
            200,
            "application/xml",
            "<?xml version=\"1.0\"?><cross-domain-policy>"
                + "<allow-access-from domain=\"*\" secure=\"false\" to-ports=\"*\"/>"
                + "<site-control permitted-cross-domain-policies=\"master-only\"/></cross-domain-policy>"
        ),
        "/index.js": HTTPResponse(200, "application/javascript", "var express = require('express');"),
        "/package.json": HTTPResponse(200, "application/json", "{\"name\":\"remote_log\"}"),
        "/node_modules/express/package.json": HTTPResponse(200, "application/json", "{\"name\":\"express\"}"),
    ]
}

/// A number as JavaScript's `parseInt` reads it.
enum OriginalNumber {
    /// The integer at the beginning; nil if there is none.
    static func leading(_ octets: [UInt8]) -> Int? {
        let text = octets.drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
        let sign = text.first == UInt8(ascii: "-") ? -1 : 1
        let digits = text.dropFirst(text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? 1 : 0)
            .prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        let value = Int(String(decoding: digits.prefix(15), as: UTF8.self)) ?? 0
        return sign * (digits.count > 15 ? 1_000_000_000_000_000 : value)
    }
}

/// The fields of a body, of whichever of the two types.
struct OriginalForm {
    private var fields: [String: String] = [:]

    /// Nil if the body is JSON that cannot be parsed, or no object or array.
    init?(_ request: HTTPRequest) {
        guard request.isJSON, !request.body.isEmpty else {
            for pair in FormFields(request.body).pairs where fields[String(decoding: pair.name, as: UTF8.self)] == nil {
                fields[String(decoding: pair.name, as: UTF8.self)] = String(decoding: pair.value, as: UTF8.self)
            }
            return
        }
        guard case .object(let members)? = try? JSONValue(parsing: request.body) else {
            guard case .array? = try? JSONValue(parsing: request.body) else { return nil }
            return
        }
        for (name, value) in members {
            if case .string(let text) = value { fields[name] = text }
        }
    }

    subscript(name: String) -> String? { fields[name] }
}
