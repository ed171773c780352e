internal import RTMFP

/// The tracker: the HTTP view of the lists of connected peers, and where their logs go.
///
/// Paths are matched whatever their case, and with or without a slash at the end. Every answer may be read by pages of
/// all origins. Without its registry the tracker answers 503 to whatever needs it.
public final class Tracker: HTTPService {
    /// Octets of a request's content at most.
    public let maximumBody = 100 * 1024

    /// Octets of one line of a log at most; the rest of a longer one is left out.
    public static let maximumLogLine = 4_096

    private let directory: any PeerDirectory
    private let removesForAnybody: Bool
    private let log: @Sendable (String) -> Void
    private let largeQueries = LargeQueries()

    /// Makes a tracker.
    ///
    /// - Parameters:
    ///   - removesForAnybody: whether any host may have any peer removed. If not, only the one at which the registry
    ///     knows the peer to be: behind a proxy all requests come from the proxy.
    ///   - log: takes the lines that clients send; they hold no control characters.
    public init(
        directory: any PeerDirectory,
        removesForAnybody: Bool = false,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.directory = directory
        self.removesForAnybody = removesForAnybody
        self.log = log
    }

    public func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let done: @Sendable (HTTPResponse) -> Void = { response in
            var response = response
            response.fields.append(.anyOrigin)
            done(response)
        }
        guard let route = Route(request.path) else { return done(.notFound) }
        if request.method == "OPTIONS" { return done(.options(of: route)) }
        guard route.methods.contains(request.method) else { return done(.notFound) }
        switch route {
        case .peers: answerPeers(request.query, done)
        case .count: answerCount(request.query, done)
        case .disconnect, .log:
            guard let form = request.form else { return done(.badRequest("The content is no JSON text.")) }
            if route == .disconnect { return disconnect(form, from: request.source, done) }
            let line = form["log"] ?? Array("undefined".utf8)
            log(LogLine.printable(line.prefix(Tracker.maximumLogLine)))
            done(.empty)
        case .policy: done(HTTPResponse(200, "application/xml", Tracker.crossDomainPolicy))
        case .health: answerHealth(done)
        }
    }

    public func refusal(_ status: Int) -> HTTPResponse {
        .sentence(status, "This is not a request that can be answered.", [.anyOrigin])
    }

    private func answerPeers(_ query: FormFields, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        guard query["resourceID"] != nil else { return done(.badRequest("resourceID is missing.")) }
        guard let size = query["size"].flatMap(LeadingInteger.init) else {
            return done(.badRequest("size is not a number."))
        }
        guard !size.isNegative else { return done(.badRequest("size is negative.")) }
        guard let resource = query.text("resourceID").flatMap(ResourceName.init) else { return done(.json("[]")) }
        guard size.value > LargeQueries.size else {
            return directory.peers(of: resource, atMost: size.value) { done(.of($0, HTTPResponse.peers)) }
        }
        let isTaken = largeQueries.begin { [directory] isOver in
            directory.peers(of: resource, atMost: size.value) { result in
                isOver()
                done(.of(result, HTTPResponse.peers))
            }
        }
        if !isTaken { done(.unavailable("Too many ask for long lists.")) }
    }

    private func answerCount(_ query: FormFields, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        guard let resource = query.text("resourceID").flatMap(ResourceName.init) else { return done(.json("0")) }
        directory.count(of: resource) { result in
            done(.of(result) { .json("\($0)") })
        }
    }

    private func disconnect(
        _ form: FormFields,
        from source: SocketAddress?,
        _ done: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        guard let peerID = form.text("peer_id").flatMap(PeerID.init(text:)),
            let resource = form.text("app").flatMap(ResourceName.init)
        else { return done(.empty) }
        let host = removesForAnybody ? nil : source?.ip
        directory.remove(peerID, from: resource, askedBy: host) { result in
            done(.of(result) { .empty })
        }
    }

    private func answerHealth(_ done: @escaping @Sendable (HTTPResponse) -> Void) {
        directory.check { result in
            done(.of(result) { .json(#"{"status":"ok"}"#) })
        }
    }

    private static let crossDomainPolicy = """
        <?xml version="1.0"?>
        <cross-domain-policy>
        <site-control permitted-cross-domain-policies="master-only"/>
        <allow-access-from domain="*" to-ports="*" secure="false"/>
        </cross-domain-policy>

        """
}

/// What there is to ask for.
private enum Route: String {
    case peers = "/get_peers"
    case count = "/get_total_count"
    case disconnect = "/peer_disconnect"
    case log = "/remote_log"
    case policy = "/crossdomain.xml"
    case health = "/healthz"

    init?(_ path: String) {
        let name = path.lowercased()
        self.init(rawValue: name.count > 1 && name.last == "/" ? String(name.dropLast()) : name)
    }

    var methods: [String] {
        switch self {
        case .peers, .count, .policy, .health: ["GET", "HEAD"]
        case .disconnect, .log: ["POST"]
        }
    }
}

extension HTTPRequest {
    /// The parameters in the content, which is a form, or JSON if it is said to be (tracker-protocol §2); nil if it is
    /// not what it is said to be.
    fileprivate var form: FormFields? {
        let type = field("Content-Type")?.prefix { $0 != ";" && $0 != " " }.lowercased()
        return type == "application/json" && !body.isEmpty ? try? FormFields(json: body) : FormFields(body)
    }
}

extension HTTPField {
    fileprivate static let anyOrigin = HTTPField("Access-Control-Allow-Origin", "*")
    fileprivate static let noStore = HTTPField("Cache-Control", "no-store")
}

extension HTTPResponse {
    fileprivate static let empty = HTTPResponse(200, "text/html; charset=utf-8", "")
    fileprivate static let notFound = sentence(404, "There is nothing here for this method.")

    fileprivate static func json(_ text: String) -> HTTPResponse {
        HTTPResponse(200, "application/json", text, fields: [.noStore])
    }

    /// An array of strings, made octet by octet: lists can be long, and anybody may ask for all of one.
    fileprivate static func peers(_ peers: [PeerID]) -> HTTPResponse {
        var response = json("")
        response.body.reserveCapacity(67 * peers.count + 2)
        response.body.append(UInt8(ascii: "["))
        for (index, peer) in peers.enumerated() {
            if index > 0 { response.body.append(UInt8(ascii: ",")) }
            response.body.append(UInt8(ascii: "\""))
            peer.write(to: &response.body)
            response.body.append(UInt8(ascii: "\""))
        }
        response.body.append(UInt8(ascii: "]"))
        return response
    }

    fileprivate static func badRequest(_ text: String) -> HTTPResponse { sentence(400, text) }

    fileprivate static func sentence(_ status: Int, _ text: String, _ fields: [HTTPField] = []) -> HTTPResponse {
        HTTPResponse(status, "text/plain; charset=utf-8", text + "\n", fields: [.noStore] + fields)
    }

    fileprivate static func options(of route: Route) -> HTTPResponse {
        let methods = (route.methods + ["OPTIONS"]).joined(separator: ", ")
        return HTTPResponse(
            204,
            fields: [
                HTTPField("Allow", methods), HTTPField("Access-Control-Allow-Methods", methods),
                HTTPField("Access-Control-Allow-Headers", "Content-Type"), HTTPField("Access-Control-Max-Age", "86400"),
            ]
        )
    }

    /// The answer that `result` stands for: 503 if the registry was not there.
    fileprivate static func of<T>(
        _ result: Result<T, RegistryUnavailable>,
        _ answer: (T) -> HTTPResponse
    ) -> HTTPResponse {
        switch result {
        case .success(let value): answer(value)
        case .failure(let unavailable):
            self.unavailable(unavailable.description)
        }
    }

    fileprivate static func unavailable(_ text: String) -> HTTPResponse {
        sentence(503, text, [HTTPField("Retry-After", "1")])
    }
}
