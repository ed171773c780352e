public import RTMFP

/// How a peer acts on what the specification says: the one seam for deliberate faults above streams, as `MessageConduct`
/// is for streams and `Conduct` below.
///
/// The default implementations change nothing: whoever adopts this protocol states only the fault.
public protocol PeerConduct: Sendable {
    /// What is taken for true where the specification's rule says `holds`.
    func judges(_ rule: PeerRule, holds: Bool) -> Bool

    /// How long is waited where the specification says `correct`.
    func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval

    /// What is said instead of a message: itself, a changed one, none or several.
    func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope]

    /// What is processed instead of a message that came.
    func receives(_ envelope: Envelope, from peer: PeerID) -> [Envelope]
}

extension PeerConduct {
    public func judges(_ rule: PeerRule, holds: Bool) -> Bool { holds }
    public func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval { correct }
    public func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] { [envelope] }
    public func receives(_ envelope: Envelope, from peer: PeerID) -> [Envelope] { [envelope] }
}

/// The conduct that changes nothing.
public struct CorrectPeer: PeerConduct {
    /// Makes one.
    public init() {}
}
