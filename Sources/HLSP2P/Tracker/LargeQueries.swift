internal import Synchronization

/// Queries for long lists, few of which are asked of the registry at a time, so that those for a handful of peers, which
/// is what clients need, do not wait behind hundreds of them.
final class LargeQueries: Sendable {
    /// Peers from which on a list is long: answers of about 7 kB.
    static let size = 100
    /// How many are under way at most.
    private static let atATime = 8
    /// How many wait at most; further ones are refused.
    static let waiting = 1_024

    /// A query; to call what it is given once it is over.
    typealias Query = @Sendable (@escaping @Sendable () -> Void) -> Void

    private let content = Mutex((underway: 0, waiting: [Query]()))

    /// Begins a query now or later; false if too many wait.
    func begin(_ query: @escaping Query) -> Bool {
        let isNow: Bool? = content.withLock { content in
            guard content.underway >= Self.atATime else {
                content.underway += 1
                return true
            }
            guard content.waiting.count < Self.waiting else { return nil }
            content.waiting.append(query)
            return false
        }
        if isNow == true { start(query) }
        return isNow != nil
    }

    private func start(_ query: Query) {
        query { [self] in
            let next = content.withLock { content -> Query? in
                guard content.waiting.isEmpty else { return content.waiting.removeFirst() }
                content.underway -= 1
                return nil
            }
            if let next { start(next) }
        }
    }
}
