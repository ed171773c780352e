import HLSP2P
import Links
import RTMFP
import Synchronization

/// The reference peer with a player, on a simulated stage: its HTTP requests are answered in the same process, after a
/// while of virtual time.
final class StagedViewer: DatagramNode {
    let peer: Peer
    private let conduct: any ViewerConduct
    private let player: StagePlayer
    private let service: any HTTPService
    private let address: SocketAddress
    private var incoming: [(due: Instant, request: Int, event: WebEvent)] = []
    private var now: Instant

    /// From a request to its answer.
    static let delay = Interval.milliseconds(20)

    init(
        _ peer: Peer,
        _ conduct: any ViewerConduct,
        _ url: String,
        _ service: any HTTPService,
        at address: SocketAddress,
        _ now: Instant
    ) {
        self.peer = peer
        self.conduct = conduct
        self.service = service
        self.address = address
        self.now = now
        player = StagePlayer(url, at: now)
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        self.now = max(self.now, now)
        guard !conduct.isDead else { return }
        peer.receive(datagram, from: far, at: now)
        settle()
    }

    func advance(to now: Instant) {
        self.now = max(self.now, now)
        guard !conduct.isDead else { return }
        peer.advance(to: now)
        settle()
        while let first = incoming.first, first.due <= now {
            incoming.removeFirst()
            peer.receive(first.event, of: first.request, at: now)
            settle()
        }
        player.advance(peer, to: now)
        settle()
    }

    var nextDeadline: Instant? {
        guard !conduct.isDead else { return nil }
        return [peer.nextDeadline, incoming.first?.due, player.nextDeadline].compactMap(\.self).min()
    }

    func takeDatagrams() -> [Datagram] { conduct.isDead ? [] : peer.takeDatagrams() }

    func leave(at now: Instant) {
        self.now = max(self.now, now)
        peer.leave(at: now)
        settle()
    }

    private func settle() {
        while true {
            let output = peer.takeOutput()
            if output.isEmpty { return }
            for output in output {
                switch output {
                case .http(let request): begin(request)
                case .cancel(let id): incoming.removeAll { $0.request == id }
                case .answer(let id, let answer): player.take(id, answer, peer, at: now)
                case .event: break
                }
            }
        }
    }

    private func begin(_ request: WebRequest) {
        guard let request = conduct.requests(request), let url = WebAddress(request.url) else { return }
        final class Answered: Sendable {
            let response = Mutex<HTTPResponse?>(nil)
        }
        let target = url.target.isEmpty ? "/" : url.target
        let fields = [HTTPField("Host", url.authority)]
        // Connections have ports of their own.
        let source = SocketAddress(address.ip, port: 50_000)
        let made =
            switch request.method {
            case .get: HTTPRequest("GET", target, fields: fields, from: source)
            case .post(let form): HTTPRequest("POST", target, fields: fields, body: Array(form.utf8), from: source)
            }
        let answered = Answered()
        service.answer(made) { response in answered.response.withLock { $0 = response } }
        guard let right = answered.response.withLock({ $0 }), let response = conduct.hears(right, to: request) else {
            return
        }
        let half = response.body.count / 2
        expect(.status(response.status), of: request.id, after: StagedViewer.delay)
        expect(.body(Array(response.body[..<half])), of: request.id, after: StagedViewer.delay)
        expect(.body(Array(response.body[half...])), of: request.id, after: StagedViewer.delay * 2)
        expect(.end, of: request.id, after: StagedViewer.delay * 2)
    }

    private func expect(_ event: WebEvent, of request: Int, after delay: Interval) {
        let due = now + delay
        let place = incoming.firstIndex { $0.due > due } ?? incoming.count
        incoming.insert((due, request, event), at: place)
    }
}
