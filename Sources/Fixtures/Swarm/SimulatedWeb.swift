public import HLSP2P
import RTMFP
import Synchronization

/// The HTTP side of a simulated swarm: the origin, and the tracker on the rendezvous' registry.
public final class SimulatedWeb {
    /// An answer, and how long it takes: to its first octet, and to its last.
    struct Answer {
        var status: Int
        var body: [UInt8]
        var first: Interval
        var last: Interval
    }

    /// The origin.
    public let origin: LiveOrigin
    /// Whether the tracker answers.
    public var hasTracker = true
    /// Whether the origin answers.
    public var hasOrigin = true
    /// Octets that a client gets in a second.
    public var bandwidth = 1_000_000.0
    /// Where peers are asked for.
    public static let trackerURL = "http://\(trackerHost)/get_peers"
    private static let trackerHost = "tracker.example:5000"

    private let tracker: Tracker
    private var random: SeededGenerator

    /// Makes one.
    public init(origin: LiveOrigin, registry: InMemoryRegistry, seed: UInt64) {
        self.origin = origin
        tracker = Tracker(directory: registry) { _ in }
        random = SeededGenerator(seed: seed, name: "web")
    }

    /// What comes of a request; nil if nothing does.
    func answer(_ request: WebRequest, from source: SocketAddress?, at now: Instant) -> Answer? {
        guard let address = WebAddress(request.url) else { return nil }
        let delay = Interval.milliseconds(.random(in: 15...60, using: &random))
        func answer(_ status: Int, _ body: [UInt8]) -> Answer {
            let transfer = Interval.seconds(Double(body.count) / bandwidth)
            return Answer(status: status, body: body, first: delay, last: delay + transfer)
        }
        if address.authority == SimulatedWeb.trackerHost {
            guard hasTracker else { return nil }
            let response = SimulatedWeb.ask(tracker, request, address.target, source)
            return response.map { answer($0.status, $0.body) }
        }
        guard hasOrigin else { return nil }
        return origin.serve(request.url.chunkPath, at: now).map { answer(200, $0) } ?? answer(404, [])
    }

    /// What a service answers, if it does so at once.
    private static func ask(
        _ service: any HTTPService,
        _ request: WebRequest,
        _ target: String,
        _ source: SocketAddress?
    ) -> HTTPResponse? {
        final class Answered: Sendable {
            let response = Mutex<HTTPResponse?>(nil)
        }
        let made =
            switch request.method {
            case .get: HTTPRequest("GET", target, from: source)
            case .post(let form): HTTPRequest("POST", target, body: Array(form.utf8), from: source)
            }
        let answered = Answered()
        service.answer(made) { response in answered.response.withLock { $0 = response } }
        return answered.response.withLock { $0 }
    }
}
