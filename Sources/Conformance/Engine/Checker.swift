import Foundation
import Links
import RTMFP
import Synchronization

/// Runs cases against a target.
///
/// ```swift
/// let checker = try Checker(target: "127.0.0.1:1935")
///
/// @Test(arguments: Suite.rendezvous)
/// func conforms(_ subject: Case) async {
///     let result = await checker.run(subject)
///     #expect(result.isAcceptable, "\(FailureBlock(result))")
/// }
/// ```
public struct Checker: Sendable {
    /// What a run may be told.
    public struct Options: Sendable {
        /// All randomness follows from it; each case has a seed of its own that follows from this one and its id.
        public var seed: UInt64
        /// Factor on every wait.
        public var timeoutScale: Double
        /// Cases that run at the same time.
        public var jobs: Int
        /// The stream that a client offers to its peers, and that it is told to play from them.
        public var streamName: String
        /// The folder for captures of failures; nil for none.
        public var captures: String?

        /// Makes options.
        public init(
            seed: UInt64 = 1,
            timeoutScale: Double = 1,
            jobs: Int = 1,
            streamName: String = Survey.usualStreamName
        ) {
            self.seed = seed
            self.timeoutScale = timeoutScale
            self.jobs = max(1, jobs)
            self.streamName = streamName
        }
    }

    /// What was found out about the target.
    public let survey: Survey
    private let arena: any Arena
    private let options: Options

    /// Surveys a target as a user names it: `127.0.0.1:1935` or `rtmfp://host[:port][/app]`.
    ///
    /// - Throws: `TargetArgument.Malformed` if it cannot be understood or does not resolve, `Unreachable` if no RTMFP
    ///   implementation answers there.
    public init(target: String, options: Options = Options()) throws {
        let argument = try TargetArgument(target)
        let target = Target(try argument.resolve(), uri: argument.uri)
        try self.init(
            arena: LiveArena(network: UDPNetwork(), target: target, targetArgument: argument.description),
            options: options
        )
    }

    /// Surveys the target in an arena.
    ///
    /// - Throws: `Unreachable` if no RTMFP implementation answers there.
    public init(arena: any Arena, options: Options = Options()) throws {
        let seed = SeededGenerator.seed(options.seed, "survey")
        let survey = try Survey(
            arena.enter(seed: seed),
            seed: seed,
            scale: options.timeoutScale,
            streamName: options.streamName
        )
        self.init(arena: arena, survey: survey, options: options)
    }

    /// Takes a survey for granted: for targets that would not survive one.
    public init(arena: any Arena, survey: Survey, options: Options = Options()) {
        self.arena = arena
        self.survey = survey
        self.options = options
    }

    /// Runs one case; blocks the thread until it is over.
    public func runBlocking(_ subject: Case) -> CaseResult {
        CaseRun(
            subject: subject,
            arena: arena,
            survey: survey,
            timing: Timing(roundTrip: survey.roundTrip, scale: options.timeoutScale),
            scale: options.timeoutScale,
            seed: SeededGenerator.seed(options.seed, subject.id),
            reproduce: reproduction(of: subject),
            captures: options.captures
        ).result()
    }

    private func reproduction(of subject: Case) -> String {
        let target = arena.targetArgument.isEmpty ? "" : " \(arena.targetOption) \(arena.targetArgument)"
        let scale = options.timeoutScale == 1 ? "" : " --timeout-scale \(options.timeoutScale)"
        let stream = options.streamName == Survey.usualStreamName ? "" : " --stream \(options.streamName.quoted)"
        return "hlsp2p-check run '\(subject.id)'\(target)\(stream) --seed \(options.seed)\(scale)"
    }

    /// Runs one case on a thread of its own.
    public func run(_ subject: Case) async -> CaseResult {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: runBlocking(subject))
            }
        }
    }

    /// Runs cases, `jobs` at a time; blocks the thread until they are over.
    ///
    /// - Parameters:
    ///   - shouldStop: asked before each case; once it says yes, no other case begins.
    ///   - report: told what happens, from one thread at a time.
    /// - Returns: the results in the order of `cases`; fewer than those if the run was stopped.
    public func run(
        _ cases: [Case],
        shouldStop: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) -> [CaseResult] {
        let board = ResultBoard(count: cases.count)
        let together = cases.indices.filter { !cases[$0].isAlone }
        let alone = cases.indices.filter { cases[$0].isAlone }
        for (indices, jobs) in [(together, arena.isSerial ? 1 : options.jobs), (alone, 1)] {
            let queue = WorkQueue(indices)
            let group = DispatchGroup()
            for _ in 0..<min(jobs, indices.count) {
                group.enter()
                Thread.detachNewThread {
                    defer { group.leave() }
                    while !shouldStop(), let index = queue.next() {
                        board.tell { report(.started(cases[index])) }
                        let result = board.whyNotRun.map { notRun(cases[index], $0) } ?? runBlocking(cases[index])
                        if result.verdict == .crashed || result.verdict == .blocked, !answers() {
                            board.whyNotRun =
                                result.suite == Case.Role.client.rawValue
                                ? "no client came any more, as of \(result.id)"
                                : "the target stopped answering in or before \(result.id)"
                        }
                        board.finish(index, result) { report(.finished(result)) }
                    }
                }
            }
            group.wait()
        }
        do {
            try arena.leave()
        } catch {
            board.tell { report(.remains("\(error)")) }
        }
        return board.results
    }

    /// Whether the target still answers an IHello, or clients may still come.
    private func answers() -> Bool {
        do {
            let ground = try arena.enter(seed: options.seed)
            if let clients = ground.clients { return !clients.isExhausted }
            if let stage = ground.stage {
                if stage.acquaintance == nil {
                    stage.close()
                } else {
                    _ = try Survey(peer: stage, seed: options.seed, scale: options.timeoutScale)
                }
                return true
            }
            let timing = Timing(roundTrip: survey.roundTrip, scale: options.timeoutScale)
            let probe = Probe(ground, survey: survey, timing: timing, seed: options.seed)
            defer { probe.takeLeave() }
            if let tracker = probe.tracker {
                try tracker.requireAlive()
            } else {
                _ = try probe.greet(from: probe.peer())
            }
            return true
        } catch {
            return false
        }
    }

    private func notRun(_ subject: Case, _ why: String) -> CaseResult {
        CaseResult(
            subject,
            verdict: .undecided,
            note: "not run: \(why)",
            reproduce: reproduction(of: subject)
        )
    }

    /// What happens in a run.
    public enum Progress: Sendable {
        case started(Case)
        case finished(CaseResult)
        /// What the run has left behind could not be taken away; a sentence says why.
        case remains(String)
    }
}

/// Hands out numbers to several threads.
private final class WorkQueue: Sendable {
    private let waiting: Mutex<ArraySlice<Int>>

    init(_ numbers: [Int]) {
        waiting = Mutex(numbers[...])
    }

    func next() -> Int? {
        waiting.withLock { $0.popFirst() }
    }
}

/// Collects what several threads find out, and lets one speak at a time.
private final class ResultBoard: Sendable {
    private struct Content {
        var slots: [CaseResult?]
        var whyNotRun: String?
    }

    private let content: Mutex<Content>
    private let voice = Mutex(())

    init(count: Int) {
        content = Mutex(Content(slots: Array(repeating: nil, count: count)))
    }

    /// Why the remaining cases need not run; nil while they do.
    var whyNotRun: String? {
        get { content.withLock { $0.whyNotRun } }
        set { content.withLock { $0.whyNotRun = $0.whyNotRun ?? newValue } }
    }

    func tell(_ speak: () -> Void) {
        voice.withLock { _ in speak() }
    }

    func finish(_ index: Int, _ result: CaseResult, _ speak: () -> Void) {
        content.withLock { $0.slots[index] = result }
        tell(speak)
    }

    var results: [CaseResult] {
        content.withLock { $0.slots.compactMap(\.self) }
    }
}

extension SeededGenerator {
    /// The seed that belongs to `name` under `seed`.
    static func seed(_ seed: UInt64, _ name: String) -> UInt64 {
        var generator = SeededGenerator(seed: seed, name: name)
        return generator.next()
    }
}
