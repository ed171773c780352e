import HLSP2P
public import RTMFP

/// A player of live HLS that checks what it gets.
public final class SimulatedPlayer {
    /// What must not happen, in words.
    public private(set) var complaints: [String] = []
    /// Segments that came.
    public private(set) var delivered = 0
    /// Segments that it was told it has to go on without.
    public private(set) var skipped = 0
    /// The longest that it waited for a segment, once it was past the second.
    public private(set) var longestWait = Interval.zero
    /// The longest that it waited for one of the first two segments.
    public private(set) var longestStart = Interval.zero
    /// When the last segment came, or the player began.
    public private(set) var lastDelivery: Instant
    private let origin: LiveOrigin
    private let player: StagePlayer

    /// Makes a player that begins at `now`.
    public init(_ origin: LiveOrigin, at now: Instant) {
        self.origin = origin
        player = StagePlayer(LiveOrigin.playlistURL, at: now)
        lastDelivery = now
    }

    /// Segments that left the playlist before it could ask for them.
    public var missed: Int { player.missed }

    /// When it wants to do something without having been answered.
    var nextDeadline: Instant? { player.nextDeadline }

    /// Since when it waits for a segment; nil if it waits for none.
    public var waitingSince: Instant? { player.waitingSince }

    /// Whether the segment that it waits for is one of the first two.
    public var isStarting: Bool { delivered + skipped < 2 }

    func advance(_ member: any SwarmMember, to now: Instant) {
        player.advance(member, to: now)
    }

    func take(_ id: Int, _ answer: PlayerAnswer, _ member: any SwarmMember, at now: Instant) {
        switch player.take(id, answer, member, at: now) {
        case .playlist(let new, let before):
            if let before, new.mediaSequence < before.mediaSequence { complaints.append("the playlist has gone back") }
        case .segment(let number, let answer, let since): check(number, answer, waited: now - since, at: now)
        case .noPlaylist: break
        case .nothing: complaints.append("an answer to nothing: \(id)")
        }
    }

    private func check(_ number: Int, _ answer: PlayerAnswer, waited wait: Interval, at now: Instant) {
        if isStarting { longestStart = max(longestStart, wait) } else { longestWait = max(longestWait, wait) }
        lastDelivery = now
        switch answer {
        case .data(let octets):
            delivered += 1
            if octets != origin.octets(of: number) {
                complaints.append("segment \(number) is damaged: \(octets.count) octets")
            }
        case .unavailable:
            skipped += 1
        }
    }
}
