import HLSP2P
import RTMFP

/// A player of live HLS that shows nothing: reloads the playlist, and asks for one segment after the other.
final class StagePlayer {
    private enum Pending {
        case playlist(Int)
        case segment(Int, number: Int)
    }

    private let url: String
    private var pending: Pending?
    private var playlist: MediaPlaylist?
    private var next: Int?
    private var reloadAt: Instant?
    private var playlistAt = Instant.origin

    init(_ url: String, at now: Instant) {
        self.url = url
        reloadAt = now
    }

    /// When it wants to do something without having been answered.
    var nextDeadline: Instant? { pending == nil ? reloadAt : nil }

    func advance(_ member: any SwarmMember, to now: Instant) {
        guard pending == nil, let reloadAt, reloadAt <= now else { return }
        self.reloadAt = nil
        pending = .playlist(member.requestPlaylist(at: now))
    }

    func take(_ id: Int, _ answer: PlayerAnswer, _ member: any SwarmMember, at now: Instant) {
        switch pending {
        case .playlist(id):
            pending = nil
            guard case .data(let octets) = answer, let new = MediaPlaylist(octets) else {
                reloadAt = now + .seconds(1)
                return
            }
            let hasChanged = new != playlist
            playlist = new
            playlistAt = now
            next = next ?? new.mediaSequence + max(0, new.segments.count - 3)
            proceed(member, hasChanged: hasChanged, at: now)
        case .segment(id, let number):
            pending = nil
            next = number + 1
            proceed(member, hasChanged: true, at: now)
        default:
            break
        }
    }

    /// Asks for the next segment if it is listed, else for the playlist when it is time.
    private func proceed(_ member: any SwarmMember, hasChanged: Bool, at now: Instant) {
        guard let playlist, let next, let base = WebAddress(url) else { return }
        let number = max(next, playlist.mediaSequence)
        self.next = number
        let place = number - playlist.mediaSequence
        if playlist.segments.indices.contains(place) {
            let uri = base.resolving(playlist.segments[place].uri)
            pending = .segment(member.requestSegment(uri, at: now), number: number)
        } else {
            let target = Interval.seconds(playlist.targetDuration ?? 4)
            reloadAt = max(now + .milliseconds(100), playlistAt + (hasChanged ? target : target * 0.5))
        }
    }
}
