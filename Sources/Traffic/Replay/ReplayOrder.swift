import Synchronization

/// Keeps the sessions of one replay in the order in which the recording has their steps.
///
/// A step is due when no other session has an earlier one before it: what one client sees depends on what others did.
public final class ReplayOrder: Sendable {
    /// The frame of the step that each session stands at.
    private let frontiers: Mutex<[Int]>

    /// Makes an order of sessions that stand at these frames.
    public init(_ frames: [Int] = [0]) {
        frontiers = Mutex(frames)
    }

    /// A session has come to the step of a frame; `Int.max` if it has none any more.
    func reached(_ frame: Int, by session: Int) {
        frontiers.withLock { $0[session] = frame }
    }

    /// Whether the step of a frame is due.
    func isDue(_ frame: Int, of session: Int) -> Bool {
        frontiers.withLock { frontiers in
            frontiers.indices.allSatisfy { $0 == session || frontiers[$0] >= frame }
        }
    }
}
