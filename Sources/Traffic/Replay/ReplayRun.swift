import Foundation
import Links
public import RTMFP
import Synchronization

/// A replay of one session or several, each behind a real socket of its own.
public final class ReplayRun: Sendable {
    private struct State {
        var lines: [ReplayLine] = []
        var outcomes: [ReplayOutcome] = []
        var unexpected = UnexpectedMessages()
    }

    /// Lines that are kept.
    private static let mostLines = 100_000

    private final class SharedState: Sendable {
        let content = Mutex(State())
        let arrival = DispatchSemaphore(value: 0)

        func end(_ outcome: ReplayOutcome) {
            content.withLock { $0.outcomes.append(outcome) }
            arrival.signal()
        }

        func add(_ line: ReplayLine) {
            content.withLock { content in
                if line.isUnexpected {
                    if content.unexpected.count == 0 { content.unexpected.first = line.text }
                    content.unexpected.count += 1
                }
                if content.lines.count < ReplayRun.mostLines { content.lines.append(line) }
            }
        }
    }

    private let state = SharedState()
    private let hosts: [UDPHost]

    /// Starts it.
    ///
    /// - Parameter dialogues: sessions of one recording; they are kept in the order of the recording.
    /// - Throws: `LinkError` or `SocketError` if there are no sockets.
    public init(_ dialogues: [RecordedDialogue], to target: SocketAddress, options: DialoguePlayer.Options) throws {
        let local = try UDPSocket.localAddress(towards: target)
        let order = ReplayOrder(dialogues.map(\.frame))
        hosts = try dialogues.enumerated().map { [state] place, dialogue in
            try UDPHost(at: local) { _ in
                do {
                    return try DialoguePlayer(
                        dialogue,
                        to: target,
                        options: options,
                        order: (order, place),
                        random: SystemRandomNumberGenerator(),
                        tell: { state.add($0) },
                        end: { state.end($0) }
                    )
                } catch {
                    state.end(.notOpened("no identity can be made: \(error)"))
                    return IdleNode()
                }
            }
        }
    }

    /// Waits until it is over, or `shouldStop` says so; that is asked ten times a second. It is over when every session
    /// is, or one is not as recorded.
    public func wait(until shouldStop: () -> Bool) -> ReplayOutcome {
        while isGoingOn, !shouldStop() { _ = state.arrival.wait(timeout: .now() + .milliseconds(100)) }
        let outcomes = state.content.withLock { $0.outcomes }
        // What closes the sessions has to go out.
        for host in hosts { host.stop() }
        if let first = outcomes.first(where: { !$0.isSame }) { return first }
        guard outcomes.count == hosts.count else { return .interrupted }
        return .same(answers: outcomes.map(\.answers).reduce(0, +))
    }

    /// What was said so far.
    public var lines: [ReplayLine] { state.content.withLock { $0.lines } }

    /// What came so far that the recording does not have, if that is to be told.
    public var unexpected: UnexpectedMessages { state.content.withLock { $0.unexpected } }

    private var isGoingOn: Bool {
        state.content.withLock { $0.outcomes.count < hosts.count && $0.outcomes.allSatisfy(\.isSame) }
    }
}

extension ReplayOutcome {
    fileprivate var answers: Int { if case .same(let answers) = self { answers } else { 0 } }
    fileprivate var isSame: Bool { if case .same = self { true } else { false } }
}

/// Stands in where nothing can be played.
private final class IdleNode: DatagramNode {
    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {}
    func advance(to now: Instant) {}
    var nextDeadline: Instant? { nil }
    func takeDatagrams() -> [Datagram] { [] }
}
