public import HLSP2P
import Synchronization

/// A page that shows a swarm as it is: who feeds whom, and how each peer does.
public final class Dashboard: HTTPService {
    public let maximumBody = 1024

    private let swarm: LiveSwarm

    /// Makes one.
    public init(of swarm: LiveSwarm) {
        self.swarm = swarm
    }

    public func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let noStore = [HTTPField("Cache-Control", "no-store")]
        switch request.path {
        case "/": done(HTTPResponse(200, "text/html; charset=utf-8", Dashboard.page, fields: noStore))
        case "/status.json": done(HTTPResponse(200, "application/json", swarm.members.json, fields: noStore))
        default: done(refusal(404))
        }
    }

    public func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/plain", "Not here.\n")
    }
}
