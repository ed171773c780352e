import HLSP2P
public import RTMFP

/// A player of live HLS: reloads the playlist, asks for one segment after the other, and checks what it gets.
public final class SimulatedPlayer {
    /// What must not happen, in words.
    public private(set) var complaints: [String] = []
    /// Segments that came.
    public private(set) var delivered = 0
    /// Segments that it was told it has to go on without.
    public private(set) var skipped = 0
    /// Segments that left the playlist before it could ask for them.
    public private(set) var missed = 0
    /// The longest that it waited for a segment, once it was past the second; and for the second.
    public private(set) var longestWait = Interval.zero
    /// The longest that it waited for one of the first two segments.
    public private(set) var longestStart = Interval.zero
    /// When the last segment came, or the player began.
    public private(set) var lastDelivery: Instant

    private enum Pending {
        case playlist(Int)
        case segment(Int, number: Int, since: Instant)
    }

    private let origin: LiveOrigin
    private let base: WebAddress?
    private var pending: Pending?
    private var playlist: MediaPlaylist?
    private var next: Int?
    private var reloadAt: Instant?
    private var playlistAt = Instant.origin

    /// Makes a player that begins at `now`.
    public init(_ origin: LiveOrigin, at now: Instant) {
        self.origin = origin
        base = WebAddress(LiveOrigin.playlistURL)
        reloadAt = now
        lastDelivery = now
    }

    /// When it wants to do something without having been answered.
    var nextDeadline: Instant? { pending == nil ? reloadAt : nil }

    /// What it waits for, since when; nil if it waits for none.
    public var waitingSince: Instant? {
        if case .segment(_, _, let since) = pending { since } else { nil }
    }

    /// Whether the segment that it waits for is one of the first two.
    public var isStarting: Bool { delivered + skipped < 2 }

    func advance(_ member: any SwarmMember, to now: Instant) {
        guard pending == nil, let reloadAt, reloadAt <= now else { return }
        self.reloadAt = nil
        pending = .playlist(member.requestPlaylist(at: now))
    }

    func take(_ id: Int, _ answer: PlayerAnswer, _ member: any SwarmMember, at now: Instant) {
        switch pending {
        case .playlist(id): take(playlist: answer, member, at: now)
        case .segment(id, let number, let since): take(segment: number, answer, since, member, at: now)
        default: complaints.append("an answer to nothing: \(id)")
        }
    }

    private func take(playlist answer: PlayerAnswer, _ member: any SwarmMember, at now: Instant) {
        pending = nil
        guard case .data(let octets) = answer, let new = MediaPlaylist(octets) else {
            reloadAt = now + .seconds(1)
            return
        }
        let hasChanged = new != playlist
        if let playlist, new.mediaSequence < playlist.mediaSequence { complaints.append("the playlist has gone back") }
        playlist = new
        playlistAt = now
        if next == nil { next = new.mediaSequence + max(0, new.segments.count - 3) }
        proceed(member, hasChanged: hasChanged, at: now)
    }

    private func take(
        segment number: Int,
        _ answer: PlayerAnswer,
        _ since: Instant,
        _ member: any SwarmMember,
        at now: Instant
    ) {
        pending = nil
        let wait = now - since
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
        next = number + 1
        proceed(member, hasChanged: true, at: now)
    }

    /// Asks for the next segment if it is listed, else for the playlist when it is time.
    private func proceed(_ member: any SwarmMember, hasChanged: Bool, at now: Instant) {
        guard let playlist, let next else { return }
        if next < playlist.mediaSequence {
            // Too late: the window has gone on.
            missed += playlist.mediaSequence - next
            self.next = playlist.mediaSequence
        }
        let place = (self.next ?? next) - playlist.mediaSequence
        if playlist.segments.indices.contains(place), let base {
            let uri = base.resolving(playlist.segments[place].uri)
            let id = member.requestSegment(uri, at: now)
            pending = .segment(id, number: self.next ?? next, since: now)
        } else {
            let target = Interval.seconds(playlist.targetDuration ?? 4)
            reloadAt = max(now, playlistAt + (hasChanged ? target : target * 0.5))
        }
    }
}
