import Flash
import HLSP2P
import RTMFP

/// How a viewer acts, from its configuration down to packets: all that a saboteur of peers may get at.
protocol ViewerConduct: PeerConduct {
    /// How it acts below: with streams, flows and packets.
    var below: any Conduct & MessageConduct { get }
    /// Whether it comes again as the same peer.
    var keepsIdentity: Bool { get }
    /// Whether it is to be taken for crashed.
    var isDead: Bool { get }

    /// Changes what it was told.
    func configure(_ swarm: inout SwarmConfiguration)

    /// The HTTP request that is made instead of one; nil for none.
    func requests(_ request: WebRequest) -> WebRequest?

    /// What comes of an HTTP request instead of a response; nil for nothing.
    func hears(_ response: HTTPResponse, to request: WebRequest) -> HTTPResponse?
}
