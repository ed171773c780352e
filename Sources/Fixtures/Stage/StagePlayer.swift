import HLSP2P
import RTMFP

/// A player of live HLS that shows nothing: reloads the playlist, and asks for one segment after the other.
final class StagePlayer {
    /// What an answer was to it.
    enum Answered {
        /// The playlist, and the one that it had before.
        case playlist(MediaPlaylist, before: MediaPlaylist?)
        /// A playlist that cannot be had, or read.
        case noPlaylist
        /// A segment, and when it was asked for.
        case segment(number: Int, PlayerAnswer, since: Instant)
        /// It had asked for nothing of the kind.
        case nothing
    }

    private enum Pending {
        case playlist(Int)
        case segment(Int, number: Int, since: Instant)
    }

    /// Segments that left the playlist before it could ask for them.
    private(set) var missed = 0
    private let url: String
    private var pending: Pending?
    private var playlist: MediaPlaylist?
    private var next: Int?
    private var reloadAt: Instant?
    private var playlistAt = Instant.origin

    /// Makes a player that begins at `now`.
    init(_ url: String, at now: Instant) {
        self.url = url
        reloadAt = now
    }

    /// When it wants to do something without having been answered.
    var nextDeadline: Instant? { pending == nil ? reloadAt : nil }

    /// Since when it waits for a segment; nil if it waits for none.
    var waitingSince: Instant? {
        if case .segment(_, _, let since) = pending { since } else { nil }
    }

    func advance(_ member: any SwarmMember, to now: Instant) {
        guard pending == nil, let reloadAt, reloadAt <= now else { return }
        self.reloadAt = nil
        pending = .playlist(member.requestPlaylist(at: now))
    }

    @discardableResult
    func take(_ id: Int, _ answer: PlayerAnswer, _ member: any SwarmMember, at now: Instant) -> Answered {
        switch pending {
        case .playlist(id):
            pending = nil
            guard case .data(let octets) = answer, let new = MediaPlaylist(octets) else {
                reloadAt = now + .seconds(1)
                return .noPlaylist
            }
            let before = playlist
            playlist = new
            playlistAt = now
            next = next ?? new.mediaSequence + max(0, new.segments.count - 3)
            proceed(member, hasChanged: new != before, at: now)
            return .playlist(new, before: before)
        case .segment(id, let number, let since):
            pending = nil
            next = number + 1
            proceed(member, hasChanged: true, at: now)
            return .segment(number: number, answer, since: since)
        default:
            return .nothing
        }
    }

    /// Asks for the next segment if it is listed, else for the playlist when it is time.
    private func proceed(_ member: any SwarmMember, hasChanged: Bool, at now: Instant) {
        guard let playlist, let next, let base = WebAddress(url) else { return }
        let number = max(next, playlist.mediaSequence)
        missed += number - next
        self.next = number
        let place = number - playlist.mediaSequence
        if playlist.segments.indices.contains(place) {
            let uri = base.resolving(playlist.segments[place].uri)
            pending = .segment(member.requestSegment(uri, at: now), number: number, since: now)
        } else {
            let target = Interval.seconds(playlist.targetDuration ?? 4)
            reloadAt = max(now, playlistAt + (hasChanged ? target : target * 0.5))
        }
    }
}
