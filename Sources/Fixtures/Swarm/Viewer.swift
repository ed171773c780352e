public import HLSP2P
public import RTMFP

/// A member of the swarm with what is around it: a player, and HTTP.
public final class Viewer {
    /// The member.
    public let member: any SwarmMember
    /// Its player.
    public let player: SimulatedPlayer
    /// What has happened, for as long as anybody wants to know.
    public var keepsEvents = false
    /// What has happened, with times, if it is kept.
    public private(set) var events: [(at: Instant, event: PeerEvent)] = []

    private let web: SimulatedWeb
    /// Where its requests come from.
    private let source: SocketAddress?
    private var incoming: [(due: Instant, request: Int, event: WebEvent)] = []

    init(_ member: any SwarmMember, _ player: SimulatedPlayer, _ web: SimulatedWeb, at source: SocketAddress? = nil) {
        self.member = member
        self.player = player
        self.web = web
        self.source = source
    }

    var nextDeadline: Instant? {
        let http = incoming.first?.due
        guard let wish = player.nextDeadline else { return http }
        return http.map { min($0, wish) } ?? wish
    }

    func advance(to now: Instant) {
        while let first = incoming.first, first.due <= now {
            incoming.removeFirst()
            member.receive(first.event, of: first.request, at: now)
            settle(at: now)
        }
        player.advance(member, to: now)
        settle(at: now)
    }

    /// Does what the member wants done.
    func settle(at now: Instant) {
        while true {
            let output = member.takeOutput()
            if output.isEmpty { return }
            for output in output {
                switch output {
                case .http(let request): begin(request, at: now)
                case .cancel(let id): incoming.removeAll { $0.request == id }
                case .answer(let id, let answer): player.take(id, answer, member, at: now)
                case .event(let event): if keepsEvents { events.append((now, event)) }
                }
            }
        }
    }

    private func begin(_ request: WebRequest, at now: Instant) {
        guard let answer = web.answer(request, from: source, at: now) else { return }
        let half = answer.body.count / 2
        expect(.status(answer.status), of: request.id, at: now + answer.first)
        expect(.body(Array(answer.body[..<half])), of: request.id, at: now + answer.first)
        expect(.body(Array(answer.body[half...])), of: request.id, at: now + answer.last)
        expect(.end, of: request.id, at: now + answer.last)
    }

    private func expect(_ event: WebEvent, of request: Int, at due: Instant) {
        let place = incoming.firstIndex { $0.due > due } ?? incoming.count
        incoming.insert((due, request, event), at: place)
    }
}
