public import HLSP2P
public import Links
public import RTMFP

/// Where a peer is judged: a network with room for the checker's own nodes, HTTP that the peer can reach, and the peer.
///
/// It is used by one thread, which lets time pass by `run`.
public protocol StageWorld: AnyObject {
    /// Tells the time, from any thread.
    var clock: @Sendable () -> Instant { get }

    /// How long the peer may take from its start to its registration.
    var patience: Interval { get }

    /// The peer, if it is there already; nil if the checker has it set out, and is its rendezvous, tracker and origin.
    var acquaintance: PeerAcquaintance? { get }

    /// Puts a node of the checker on the network.
    ///
    /// - Throws: `LinkError` if there is no address for it.
    func attach(_ node: any DatagramNode) throws -> SocketAddress

    /// Takes a node off the network without a word.
    func detach(_ address: SocketAddress)

    /// Has a service answer HTTP requests; gives the authority for URLs, `host:port`.
    ///
    /// - Throws: `LinkError` if there is no address for it.
    func serve(_ service: any HTTPService) throws -> String

    /// Has the peer set out.
    ///
    /// - Throws: `CannotCall` if it cannot be told to, `Unreachable` if none comes any more.
    func start(_ call: StageCall) throws -> any VisitingClient

    /// Lets time pass until `isDone` or `deadline`.
    ///
    /// - Throws: `LinkError` if the network breaks.
    func run(until deadline: Instant, _ isDone: () -> Bool) throws

    /// Takes everything off the network.
    func close()
}

extension StageWorld {
    public var acquaintance: PeerAcquaintance? { nil }
}
