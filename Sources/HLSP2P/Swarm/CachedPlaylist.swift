public import RTMFP

/// The newest playlist, from whomever (swarm-algorithm §4.4).
public struct CachedPlaylist: Sendable {
    /// As it came.
    public private(set) var octets: [UInt8]?
    /// Its media sequence number.
    public private(set) var mediaSequence = -1
    /// When it was set.
    public private(set) var setAt = Instant.origin

    /// Makes one that holds nothing.
    public init() {}

    /// From whom a playlist is.
    public enum Sender: Hashable, Sendable {
        /// Loaded from where the stream's playlist is.
        case source
        /// Came with a piece.
        case peer
    }

    /// How far a peer's playlist may be ahead of the one at hand, in segments, and how far the one at hand of the source's:
    /// a stream that has gone on for longer cannot be followed with what is cached.
    public static let maximumLead = ChunkCache.maximumCount

    /// Takes a playlist over unless it is older than the one at hand; false if it is, or is no playlist.
    ///
    /// A peer is not believed that the stream is far ahead; and if the one at hand is, the source is believed instead.
    /// Nobody could otherwise play on after one playlist with too great a number.
    public mutating func adopt(
        _ octets: [UInt8],
        from sender: Sender,
        at now: Instant,
        conduct: any PeerConduct = CorrectPeer()
    ) -> Bool {
        guard octets.count <= MediaPlaylist.maximumLength else { return false }
        let sequence = MediaPlaylist.mediaSequence(of: octets)
        let lead = (sequence ?? 0) - mediaSequence
        let isBelieved =
            switch sender {
            case .source: lead >= 0 || lead < -CachedPlaylist.maximumLead
            case .peer: lead >= 0 && (self.octets == nil || lead <= CachedPlaylist.maximumLead)
            }
        guard conduct.judges(.playlistSound, holds: sequence != nil),
            conduct.judges(.playlistNotOlder, holds: isBelieved)
        else { return false }
        if octets != self.octets { self.octets = octets }
        mediaSequence = sequence ?? mediaSequence
        setAt = now
        return true
    }
}
