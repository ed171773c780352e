internal import RTMFP

/// A GET that is under way, with its attempts (swarm-algorithm §5.2).
struct Download {
    /// What it is for.
    enum Purpose: Hashable {
        case playlist
        case tracker
        /// The first segment, which is not cached.
        case first(path: String)
        /// A chunk in CDN mode.
        case load(chunk: Int)
        /// What peers did not deliver of a chunk.
        case repair(chunk: Int)
    }

    /// How long to wait before a source that failed is asked again.
    static let pause = Interval.seconds(1)

    let purpose: Purpose
    /// The URL as it was asked for, before a source server was chosen.
    let url: String
    /// The number of the request at hand; nil while it waits for the next attempt.
    var request: Int?
    var attempt = 0
    /// When a segment's silence is too long, all of a playlist or of a tracker's answer should be there, or the pause is
    /// over.
    var deadline: Instant
    var body: [UInt8] = []
    var status: Int?

    /// Octets of an answer at most.
    var limit: Int {
        switch purpose {
        case .playlist: MediaPlaylist.maximumLength
        case .tracker: TrackerAnswer.maximumLength
        case .first, .load, .repair: MediaChunk.maximumSize
        }
    }

    /// Re-opens at most. A tracker that does not answer counts as one that knows nobody.
    var retries: Int { purpose == .tracker ? 0 : 4 }

    var isSegment: Bool {
        switch purpose {
        case .playlist, .tracker: false
        case .first, .load, .repair: true
        }
    }

    var isSuccess: Bool { status.map { (200...299).contains($0) } ?? false }

    /// Whether the server may answer better if it is asked again.
    var isWorthRetrying: Bool { status.map { $0 >= 500 } ?? true }
}
