import HLSP2P
import Links
import RTMFP
import Web

/// The reference peer with what it wants done for it: requests of HTTP are made, and the player's are answered.
///
/// It lives on the event loop of its host, where alone it is used.
final class PeerNode: DatagramNode {
    /// The peer.
    let peer: Peer
    private let host: PeerHost
    private var exchanges: [Int: HTTPClient.Exchange] = [:]
    /// What the player waits for: by the peer's numbers.
    private(set) var waiting: [Int: (wish: Int, done: (PlayerAnswer) -> Void)] = [:]
    private var isGone = false
    private let conduct: (any ViewerConduct)?
    private var sabotaged: SabotagedExchanges?

    /// - Parameter conduct: what a saboteur has made of the peer; nil for nothing.
    init(_ peer: Peer, host: PeerHost, conduct: (any ViewerConduct)? = nil) {
        self.peer = peer
        self.host = host
        self.conduct = conduct
        sabotaged = conduct.map { SabotagedExchanges($0) }
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !isGone else { return }
        peer.receive(datagram, from: far, at: now)
        carryOut()
    }

    func advance(to now: Instant) {
        guard !isGone else { return }
        peer.advance(to: now)
        carryOut()
    }

    var nextDeadline: Instant? { isGone ? nil : peer.nextDeadline }

    func takeDatagrams() -> [Datagram] { isGone ? [] : peer.takeDatagrams() }

    func leave(at now: Instant) {
        guard !isGone else { return }
        peer.leave(at: now)
        carryOut()
        forgetAll()
    }

    /// Neither hears nor says anything any more.
    func vanish() {
        isGone = true
        forgetAll()
    }

    func rendezvousFound(at address: SocketAddress, at now: Instant) {
        guard !isGone else { return }
        peer.rendezvousFound(at: [address], at: now)
        carryOut()
    }

    private func forgetAll() {
        for exchange in exchanges.values { exchange.cancel() }
        exchanges.removeAll()
        waiting.removeAll()
    }

    /// Has the playlist or a segment obtained for a player.
    ///
    /// - Parameter wish: tells this wish from others.
    func want(_ url: String?, wish: Int, at now: Instant, _ done: @escaping (PlayerAnswer) -> Void) {
        guard !isGone else { return }
        let id = url.map { peer.requestSegment($0, at: now) } ?? peer.requestPlaylist(at: now)
        waiting[id] = (wish, done)
        carryOut()
    }

    /// The player that had this wish is gone.
    func forget(wish: Int, at now: Instant) {
        guard !isGone, let id = waiting.first(where: { $0.value.wish == wish })?.key else { return }
        waiting[id] = nil
        peer.cancel(id, at: now)
        carryOut()
    }

    private func carryOut() {
        for output in peer.takeOutput() {
            switch output {
            case .http(let request): open(request)
            case .cancel(let id):
                exchanges.removeValue(forKey: id)?.cancel()
                sabotaged?.forget(id)
            case .answer(let id, let answer): waiting.removeValue(forKey: id)?.done(answer)
            case .event(let event): host.happened(event)
            }
        }
        if conduct?.isDead ?? false, !isGone {
            vanish()
            host.hasCrashed()
        }
    }

    private func open(_ right: WebRequest) {
        guard let request = sabotaged == nil ? right : sabotaged?.request(right) else { return }
        let id = right.id
        let told: @Sendable (HTTPClient.Progress) -> Void = { [host] progress in
            host.perform { node, now in node.told(progress, of: id, at: now) }
        }
        switch request.method {
        case .get:
            exchanges[id] = HTTPClient.open("GET", request.url, limits: PeerNode.limits, told: told)
        case .post(let form):
            // Nobody hears what comes of it.
            sabotaged?.forget(id)
            let posted = host.postBegins()
            HTTPClient.open(
                "POST",
                request.url,
                fields: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8),
                told: { progress in
                    switch progress {
                    case .end, .failed: posted()
                    case .head, .octets: break
                    }
                }
            )
        }
    }

    private func told(_ progress: HTTPClient.Progress, of id: Int, at now: Instant) {
        switch progress {
        case .end, .failed: exchanges[id] = nil
        case .head, .octets: break
        }
        guard !isGone else { return }
        for event in sabotaged?.events(of: progress, id) ?? [WebEvent(progress)] {
            peer.receive(event, of: id, at: now)
        }
        carryOut()
    }

    /// The peer itself gives up what is silent.
    private static let limits = {
        var limits = HTTPClient.Limits()
        limits.silence = .seconds(120)
        return limits
    }()
}

extension WebEvent {
    fileprivate init(_ progress: HTTPClient.Progress) {
        self =
            switch progress {
            case .head(let status, _): .status(status)
            case .octets(let octets): .body(octets)
            case .end: .end
            case .failed: .failed
            }
    }
}
