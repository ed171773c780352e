public import RTMFP

/// The face that a client shows to its player and to whoever makes its HTTP requests: a `Peer`, or a `Swarm` whose
/// sessions come from elsewhere.
public protocol SwarmMember: AnyObject {
    /// The player wants the playlist; gives the number by which the answer is told.
    func requestPlaylist(at now: Instant) -> Int

    /// The player wants the segment at an absolute URL; gives the number by which the answer is told.
    func requestSegment(_ uri: String, at now: Instant) -> Int

    /// The player does not want that any longer.
    func cancel(_ id: Int, at now: Instant)

    /// Something has come of an HTTP request.
    func receive(_ event: WebEvent, of request: Int, at now: Instant)

    /// What the owner is to do or to know since the last call, in order.
    func takeOutput() -> [PeerOutput]

    /// Where the client stands.
    var status: PeerStatus { get }
}

extension Swarm: SwarmMember {}
