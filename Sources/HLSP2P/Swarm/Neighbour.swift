internal import RTMFP

/// A peer that this client has a session with, or is about to have, as the swarm algorithm sees it.
final class Neighbour {
    /// What it does for this client: its request status (swarm-algorithm §6.2).
    enum Upstream: Hashable {
        case pull, pullToPush, push, paused
    }

    /// What this client does for it: its response status (swarm-algorithm §6.2).
    enum Downstream: Hashable {
        case pull
        /// Its `goPushMode` was answered, and the confirm has not come.
        case pullToPush(uri: String)
        case push
        case paused
        /// The pushing goes on as soon as that chunk is there.
        case resume(uri: String)
    }

    let id: PeerID
    var windows: MessageWindows
    /// When it became ready; nil if it is not.
    var readyAt: Instant?
    var connectDeadline: Instant
    /// When this client announced the end.
    var closeSentAt: Instant?
    /// What to ask it once it is ready.
    var pendingSearch: String?

    var upstream = Upstream.pull
    /// Which piece it delivers.
    var assignment: Assignment?
    /// Whether it is one of the upstream peers, or is to become one.
    var isUsed = false
    /// How long its pieces take, as it said last.
    var lastUsedTime: Int?
    /// Counts pings for stall detection that were answered.
    var pings = 0
    var hasAnsweredPing = false
    /// The round trip of the latest speed test.
    var speed: Interval?
    var received = 0

    var downstream = Downstream.pull
    /// Which piece it gets.
    var slice: Assignment?
    /// The index of the last chunk that was handled for it.
    var position = -1
    /// Whether nothing was propagated to it since it entered push mode.
    var isFresh = false

    init(_ id: PeerID, windows: MessageWindows, connectDeadline: Instant) {
        self.id = id
        self.windows = windows
        self.connectDeadline = connectDeadline
    }

    var isReady: Bool { readyAt != nil }
    /// Whether it is fed, or may be again.
    var isFed: Bool { downstream != .pull }
    /// Whether messages could be exchanged with it for longer than that.
    func hasBeenReady(for interval: Interval, at now: Instant) -> Bool {
        readyAt.map { now - $0 > interval } ?? false
    }

    var isIdle: Bool { upstream == .pull && downstream == .pull && !isUsed }

    var nextDeadline: Instant? {
        let window = windows.nextDeadline
        guard !isReady else { return window }
        return window.map { min($0, connectDeadline) } ?? connectDeadline
    }
}
