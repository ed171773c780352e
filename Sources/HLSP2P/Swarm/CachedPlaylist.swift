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

    /// Takes a playlist over unless it is older than the one at hand; false if it is, or is no playlist.
    public mutating func adopt(_ octets: [UInt8], at now: Instant, conduct: any PeerConduct = CorrectPeer()) -> Bool {
        guard octets.count <= MediaPlaylist.maximumLength else { return false }
        let sequence = MediaPlaylist.mediaSequence(of: octets)
        guard conduct.judges(.playlistSound, holds: sequence != nil),
            conduct.judges(.playlistNotOlder, holds: (sequence ?? 0) >= mediaSequence)
        else { return false }
        if octets != self.octets { self.octets = octets }
        mediaSequence = sequence ?? mediaSequence
        setAt = now
        return true
    }
}
