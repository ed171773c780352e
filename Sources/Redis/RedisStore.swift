internal import Foundation

/// Redis for those who must not block: a thread of its own carries commands out, in the order in which they are given,
/// as many at a time as wait.
///
/// While Redis cannot be reached, commands fail at once, and the store tries to reach it again, at growing intervals.
public final class RedisStore: Sendable {
    /// What a store may be told.
    public struct Options: Sendable {
        /// How long to wait for a connection, and for every answer.
        public var patience = Duration.seconds(2)
        /// Between attempts to connect: this long at first, twice as long each time.
        public var firstPause = Duration.milliseconds(100)
        /// Between attempts to connect at most.
        public var longestPause = Duration.seconds(5)
        /// Commands that wait at most, not counting those that were insisted on; further ones fail.
        public var capacity = 10_000
        /// How often `tick` is called while Redis can be reached and nothing waits that was insisted on.
        public var interval = Duration.seconds(30)

        /// The default options.
        public init() {}
    }

    /// Takes what came of a command; called on the store's thread.
    public typealias Completion = @Sendable (Result<RedisReply, RedisFailure>) -> Void

    private let queue: JobQueue

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - tick: called on the store's thread each time that Redis is reached again, and then at every interval.
    public init(
        _ address: RedisAddress,
        options: Options = Options(),
        tick: @escaping @Sendable () -> Void = {}
    ) {
        queue = JobQueue(capacity: options.capacity)
        let worker = Handover(Worker(RedisCluster(address, patience: options.patience), queue, options, tick))
        let thread = Thread { worker.taken.work() }
        thread.name = "redis"
        thread.start()
    }

    deinit {
        queue.close()
    }

    /// Gives a command to the thread.
    public func submit(_ command: RedisCommand, _ done: @escaping Completion = { _ in }) {
        add(Job(command: command, isInsistedOn: false, done: done))
    }

    /// Gives a command to the thread, however many wait: for commands whose number the caller bounds, and that nobody
    /// would repeat.
    public func insist(_ command: RedisCommand, _ done: @escaping Completion = { _ in }) {
        add(Job(command: command, isInsistedOn: true, done: done))
    }

    private func add(_ job: Job) {
        if !queue.add(job) { job.done(.failure(.overloaded)) }
    }

    /// Waits until everything that was submitted has come to an end, `patience` at most, and ends the thread.
    public func stop(patience: Duration = .seconds(5)) {
        queue.close()
        queue.waitUntilFinished(patience)
    }
}

private struct Job: Sendable {
    let command: RedisCommand
    let isInsistedOn: Bool
    let done: RedisStore.Completion
}

/// Carries a worker to the thread on which alone it is used.
private final class Handover: @unchecked Sendable {
    let taken: Worker

    init(_ worker: Worker) {
        taken = worker
    }
}

/// What the thread does.
private final class Worker {
    private let cluster: RedisCluster
    private let queue: JobQueue
    private let options: RedisStore.Options
    private let tick: @Sendable () -> Void
    private var isReached = false
    /// Why it is not reached.
    private var failure = RedisFailure.unreachable("it was not tried yet")
    private var pause: Duration
    private var nextAttempt = ContinuousClock.now
    private var nextTick = ContinuousClock.now

    /// Commands that are sent before the first answer is awaited, at most: Redis keeps the answers until they are read.
    private static let batch = 64

    init(
        _ cluster: RedisCluster,
        _ queue: JobQueue,
        _ options: RedisStore.Options,
        _ tick: @escaping @Sendable () -> Void
    ) {
        self.cluster = cluster
        self.queue = queue
        self.options = options
        self.tick = tick
        pause = options.firstPause
    }

    func work() {
        while let jobs = queue.take(Self.batch, until: isReached ? nextTick : nextAttempt) {
            if !isReached, nextAttempt <= .now { attempt() }
            carryOut(jobs)
            if isReached, nextTick <= .now, !queue.holdsInsistedOn {
                nextTick = .now + options.interval
                tick()
            }
        }
        queue.finish()
    }

    private func attempt() {
        do {
            try cluster.connect()
            isReached = true
            pause = options.firstPause
            nextTick = .now
        } catch {
            missed(error)
        }
    }

    private func missed(_ failure: RedisFailure) {
        isReached = false
        self.failure = failure
        cluster.disconnect()
        nextAttempt = .now + pause
        pause = min(pause * 2, options.longestPause)
    }

    private func carryOut(_ jobs: [Job]) {
        guard isReached, !jobs.isEmpty else {
            for job in jobs { job.done(.failure(.unreachable(failure.reason))) }
            return
        }
        var loss: RedisFailure?
        cluster.run(jobs.map(\.command)) { index, result in
            jobs[index].done(result)
            if case .failure(.lost(let reason)) = result { loss = .lost(reason) }
        }
        if let loss { missed(loss) }
    }
}

extension RedisFailure {
    fileprivate var reason: String {
        switch self {
        case .unreachable(let reason), .lost(let reason): reason
        case .overloaded: description
        }
    }
}

/// What waits for the thread.
private final class JobQueue: @unchecked Sendable {
    /// Guards everything below.
    private let condition = NSCondition()
    private let capacity: Int
    private var jobs: [Job] = []
    /// How many of them were insisted on.
    private var insistedOn = 0
    private var isClosed = false
    private var isFinished = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds a job; false if there is no room for it, or there will be no more jobs.
    func add(_ job: Job) -> Bool {
        condition.withLock {
            guard !isClosed, job.isInsistedOn || jobs.count - insistedOn < capacity else { return false }
            jobs.append(job)
            if job.isInsistedOn { insistedOn += 1 }
            condition.broadcast()
            return true
        }
    }

    /// The next jobs, `count` at most; none if none came until `deadline`, nil once there will be none any more.
    func take(_ count: Int, until deadline: ContinuousClock.Instant) -> [Job]? {
        condition.withLock {
            while jobs.isEmpty, !isClosed {
                let left = deadline - .now
                guard left > .zero else { break }
                _ = condition.wait(until: Date(timeIntervalSinceNow: left / .seconds(1)))
            }
            if jobs.isEmpty, isClosed { return nil }
            let taken = Array(jobs.prefix(count))
            jobs.removeFirst(taken.count)
            insistedOn -= taken.count(where: \.isInsistedOn)
            return taken
        }
    }

    /// Whether a job waits that was insisted on.
    var holdsInsistedOn: Bool { condition.withLock { insistedOn > 0 } }

    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }

    func finish() {
        condition.withLock {
            isFinished = true
            condition.broadcast()
        }
    }

    func waitUntilFinished(_ patience: Duration) {
        let end = Date(timeIntervalSinceNow: patience / .seconds(1))
        condition.withLock {
            while !isFinished, condition.wait(until: end) {}
        }
    }
}
