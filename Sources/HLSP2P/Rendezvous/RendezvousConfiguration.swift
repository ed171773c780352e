public import RTMFP

/// What a rendezvous permits, and what it advises.
public struct RendezvousConfiguration: Sendable {
    /// Who has to name a resource.
    public enum ResourceRule: Hashable, Sendable {
        case everybody
        /// Clients of the root application, which is where viewers connect. Others may come for the media alone.
        case rootApplication
        case nobody
    }

    /// Who has to name a resource in the `connect` command; without, the client is refused.
    public var resourceRule = ResourceRule.rootApplication
    /// The keepalive period that clients are advised to set towards the server (RFC 7425 §5.3.4).
    public var serverKeepalive = Interval.seconds(15)
    /// The same towards peers.
    public var peerKeepalive = Interval.seconds(10)
    /// Participants in the answer to `getParticipants` at most.
    public var maximumParticipants = 20
    /// Addresses at most that a client may tell by `setPeerInfo`; further ones are not introduced.
    public var maximumAdvertisedAddresses = 8
    /// How long audio and video that are relayed may be under way before they are abandoned.
    public var mediaLifetime = Interval.seconds(5)

    /// The default configuration.
    public init() {}
}
