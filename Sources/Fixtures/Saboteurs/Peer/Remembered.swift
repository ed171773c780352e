import HLSP2P
import Synchronization

/// Envelopes that a saboteur keeps for later.
final class Remembered: Sendable {
    private let content = Mutex<[Envelope]>([])
    private let flag = Mutex(false)

    /// What is kept.
    var envelopes: [Envelope] {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }

    /// Whether something is the case.
    var holds: Bool {
        get { flag.withLock { $0 } }
        set { flag.withLock { $0 = newValue } }
    }

    /// Takes out what is kept.
    func take() -> [Envelope] {
        content.withLock { kept in
            defer { kept.removeAll() }
            return kept
        }
    }
}
