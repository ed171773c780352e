import Flash
import HLSP2P
import RTMFP

/// A peer's conduct whose every decision can be replaced alone; the base of all saboteurs of peers.
struct PeerFault: ViewerConduct {
    /// What is wrong below: with streams, flows and packets.
    var lower = Fault()
    /// Changes what the peer was told.
    var configureSwarm: @Sendable (inout SwarmConfiguration) -> Void = { _ in }
    var judge: @Sendable (PeerRule, Bool) -> Bool = { $1 }
    var lasting: @Sendable (PeerTimeLimit, Interval) -> Interval = { $1 }
    var send: @Sendable (Envelope, PeerID) -> [Envelope] = { envelope, _ in [envelope] }
    var hear: @Sendable (Envelope, PeerID) -> [Envelope] = { envelope, _ in [envelope] }
    /// An HTTP request before it is made; nil to make none.
    var request: @Sendable (WebRequest) -> WebRequest? = { $0 }

    /// What comes of an HTTP request; nil for nothing.
    var respond: @Sendable (WebRequest, HTTPResponse) -> HTTPResponse? = { $1 }
    /// Whether it comes again as the same peer.
    var keepsIdentity = false

    var below: any Conduct & MessageConduct { lower }
    var isDead: Bool { lower.memory.isDead }

    func configure(_ swarm: inout SwarmConfiguration) { configureSwarm(&swarm) }
    func requests(_ request: WebRequest) -> WebRequest? { self.request(request) }
    func hears(_ response: HTTPResponse, to request: WebRequest) -> HTTPResponse? { respond(request, response) }
    func judges(_ rule: PeerRule, holds: Bool) -> Bool { judge(rule, holds) }
    func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval { lasting(limit, correct) }
    func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] { send(envelope, peer) }
    func receives(_ envelope: Envelope, from peer: PeerID) -> [Envelope] { hear(envelope, peer) }
}
