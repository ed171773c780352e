import HLSP2P
import RTMFP
import Synchronization

/// The HTTP side of a stage: origin, tracker and log sink. Takes note of every request, and answers as it is told.
///
/// Requests come from whatever thread; a case reads and directs from its own.
final class StageWeb: HTTPService {
    /// A request that came.
    struct Asked: Sendable {
        let at: Instant
        let request: HTTPRequest

        /// The number of the segment that is asked for.
        var segment: Int? { request.method == "GET" ? StageOrigin.number(of: request.path) : nil }
    }

    /// What a request gets.
    enum Reply: Sendable {
        /// What it should get.
        case right
        /// No answer at all.
        case silence
        case response(HTTPResponse)
    }

    let maximumBody = 1 << 20
    static let playlistPath = "\(StageOrigin.folder)film.m3u8"
    static let trackerPath = "/get_peers"
    static let departurePath = "/peer_disconnect"

    private struct Content {
        var origin: StageOrigin
        var asked: [Asked] = []
        var tracker: [UInt8] = Array("[]".utf8)
        var reply: @Sendable (HTTPRequest) -> Reply = { _ in .right }
        var isOver = false
    }

    private let content: Mutex<Content>
    private let clock: @Sendable () -> Instant

    init(_ origin: StageOrigin, clock: @escaping @Sendable () -> Instant) {
        content = Mutex(Content(origin: origin))
        self.clock = clock
    }

    /// The stream.
    var origin: StageOrigin {
        get { content.withLock { $0.origin } }
        set { content.withLock { $0.origin = newValue } }
    }

    /// All requests so far.
    var asked: [Asked] { content.withLock { $0.asked } }

    /// Tells what requests get, from now on.
    func reply(_ reply: @escaping @Sendable (HTTPRequest) -> Reply) {
        content.withLock { $0.reply = reply }
    }

    /// Has the tracker name peers.
    func name(_ peers: [String]) {
        trackerSays("[" + peers.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }

    /// Has the tracker say something.
    func trackerSays(_ text: String) {
        content.withLock { $0.tracker = Array(text.utf8) }
    }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let now = clock()
        let response: HTTPResponse? = content.withLock { content in
            // A peer that asks without end must not fill the memory.
            if content.asked.count < 20_000 { content.asked.append(Asked(at: now, request: request)) }
            return switch content.reply(request) {
            case .right: StageWeb.right(request, content, now)
            case .silence: nil
            case .response(let response): response
            }
        }
        if let response { done(response) }
    }

    func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/plain", "Not here.\n")
    }

    private static func right(_ request: HTTPRequest, _ content: Content, _ now: Instant) -> HTTPResponse {
        switch request.path {
        case playlistPath:
            let type = HTTPField("Content-Type", "application/vnd.apple.mpegurl")
            return HTTPResponse(200, fields: [type], body: content.origin.playlist(at: now))
        case trackerPath:
            let fields = [
                HTTPField("Content-Type", "application/json"), HTTPField("Access-Control-Allow-Origin", "*"),
            ]
            return HTTPResponse(200, fields: fields, body: content.tracker)
        case let path:
            let newest = content.origin.newest(at: now)
            if let number = StageOrigin.number(of: path), number <= newest, number > newest - 60 {
                let type = HTTPField("Content-Type", "video/mp2t")
                return HTTPResponse(200, fields: [type], body: content.origin.octets(of: number))
            }
            return request.method == "POST" || path.hasPrefix("/remote_log")
                ? HTTPResponse(204) : HTTPResponse(404, "text/plain", "Not here.\n")
        }
    }
}
