import Synchronization

/// The original's dealings with Redis: a command at a time, each answered a little later, so that what lies between two
/// of them may change what they see (tracker-protocol §3.1).
final class OriginalRedis: Sendable {
    private struct Content {
        var steps: [@Sendable () -> Bool] = []
        var random: any RandomNumberGenerator & Sendable
    }

    private let store: RegistryStore
    private let content: Mutex<Content>

    init(_ store: RegistryStore, random: any RandomNumberGenerator & Sendable) {
        self.store = store
        content = Mutex(Content(random: random))
    }

    /// Whether commands are under way.
    var isBusy: Bool { content.withLock { !$0.steps.isEmpty } }

    /// Carries out what is under way; false if that ends the process.
    func goOn() -> Bool {
        let steps = content.withLock { content in
            defer { content.steps = [] }
            return content.steps
        }
        return steps.map { $0() }.allSatisfy(\.self)
    }

    private func later(_ step: @escaping @Sendable () -> Bool) {
        content.withLock { $0.steps.append(step) }
    }

    /// The length of a list; nil for a key that is none.
    func length(_ key: String, _ done: @escaping @Sendable (Int?) -> Void) {
        later { [store] in
            done(store.list(key)?.count)
            return true
        }
    }

    /// `LREM` for which nobody waits. That its error is handled by nobody ends the process.
    func remove(_ element: String, from key: String) {
        later { [store] in
            if case .error = store.run(["LREM", key, "1", element]) { return false }
            return true
        }
    }

    /// The selection of §3.1; nil where Redis has refused a command, whose error the original takes for an element.
    func select(_ key: String, _ size: Int?, _ done: @escaping @Sendable ([String]?) -> Void) {
        later { [self] in
            guard let length = store.list(key)?.count, let size else {
                done(nil)
                return true
            }
            if length < size {
                range(key, 0, -1) { done($0) }
                return true
            }
            let start = content.withLock { content in
                Int((Double.random(in: 0..<1, using: &content.random) * Double(length - 1)).rounded(.down)) + 1
            }
            let end = min(start + size - 1, length - 1)
            let need = max(0, size - (end - start + 1))
            range(key, start, end) { [self] first in
                guard need > 0 else { return done(first) }
                range(key, 0, need - 1) { done(first + $0) }
            }
            return true
        }
    }

    private func range(_ key: String, _ start: Int, _ end: Int, _ done: @escaping @Sendable ([String]) -> Void) {
        later { [store] in
            if case .array(let elements) = store.run(["LRANGE", key, "\(start)", "\(end)"]) {
                done(elements)
            } else {
                done([])
            }
            return true
        }
    }
}
