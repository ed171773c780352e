import Dispatch
import Synchronization

/// What nodes on several event loops have got done, for a thread that measures it.
final class Tally: Sendable {
    private struct State {
        var untaken: Int
        var done = 0
        var units = 0
        var failure: String?
    }

    private let state: Mutex<State>
    private let limit: Int
    private let end = DispatchSemaphore(value: 0)

    /// - Parameter limit: how many pieces of work there are in all.
    init(limit: Int = .max) {
        self.limit = limit
        state = Mutex(State(untaken: limit))
    }

    /// Takes one piece of work; false if none is left.
    func take() -> Bool {
        state.withLock { state in
            guard state.untaken > 0, state.failure == nil else { return false }
            state.untaken -= 1
            return true
        }
    }

    /// A piece of work of so many units is done.
    func add(_ units: Int = 1) {
        let isLast = state.withLock { state in
            state.done += 1
            state.units += units
            return state.done == limit
        }
        if isLast { end.signal() }
    }

    /// A piece of work could not be done; the others are not begun.
    func fail(_ reason: String) {
        state.withLock { $0.failure = reason }
        end.signal()
    }

    /// Units done so far.
    ///
    /// - Throws: `ServerFailure` if anything failed.
    func units() throws -> Int {
        let (units, failure) = state.withLock { ($0.units, $0.failure) }
        if let failure { throw ServerFailure(description: failure) }
        return units
    }

    /// Waits until everything is done, 60 s at most.
    ///
    /// - Throws: `ServerFailure` if anything failed, or is not done in time.
    func wait() throws {
        let isInTime = end.wait(timeout: .now() + .seconds(60)) == .success
        let units = try units()
        guard isInTime else { throw ServerFailure(description: "\(units) of \(limit) done in 60 s") }
    }
}
