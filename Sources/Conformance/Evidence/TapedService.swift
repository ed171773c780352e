import Foundation
import HLSP2P
import RTMFP
import Synchronization

/// A service like another one, with every request, and what it is answered, on tape.
///
/// A request that comes on another thread than the case's waits until the case lets time pass, so that the order in which a
/// case learns of requests and datagrams is that of the tape.
final class TapedService: HTTPService {
    private struct State {
        var waiting: [(request: HTTPRequest, done: @Sendable (HTTPResponse) -> Void)] = []
        var answersAtOnce = false
        /// What was answered at once, and is not on tape yet.
        var answered: [(request: HTTPRequest, at: Instant, answer: Answer)] = []
    }

    /// What a request was answered, once it is.
    private final class Answer: Sendable {
        let response = Mutex<HTTPResponse?>(nil)
    }

    private let service: any HTTPService
    private let tape: OneThread<Tape>
    private let tapeClock: TapeClock
    private let clock: @Sendable () -> Instant
    private let owner = ObjectIdentifier(Thread.current)
    private let state = Mutex(State())

    /// Makes one for the case that runs on this thread.
    init(_ service: any HTTPService, _ tape: Tape, _ clock: @escaping @Sendable () -> Instant) {
        self.service = service
        self.tape = OneThread(value: tape)
        tapeClock = tape.clock
        self.clock = clock
    }

    var maximumBody: Int { service.maximumBody }

    func refusal(ofContentAfter head: HTTPRequest) -> HTTPResponse? { service.refusal(ofContentAfter: head) }

    func refusal(_ status: Int) -> HTTPResponse { service.refusal(status) }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        if ObjectIdentifier(Thread.current) == owner {
            answerNow(request, done)
            return
        }
        let now = clock()
        let answer = Answer()
        let isDue = state.withLock { state in
            if state.answersAtOnce {
                state.answered.append((request, now, answer))
            } else {
                state.waiting.append((request, done))
            }
            return state.answersAtOnce
        }
        guard isDue else { return }
        tapeClock.advance(to: now)
        self.answer(request, done, answer)
    }

    private func answer(
        _ request: HTTPRequest,
        _ done: @escaping @Sendable (HTTPResponse) -> Void,
        _ answer: Answer
    ) {
        service.answer(request) { response in
            answer.response.withLock { $0 = response }
            done(response)
        }
    }

    /// On the case's thread.
    private func answerNow(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let answer = Answer()
        tape.value.add(.asked(request), at: clock())
        self.answer(request, done, answer)
        note(answer, to: request, at: clock())
    }

    /// A request that is answered later, or never, is shown without an answer.
    private func note(_ answer: Answer, to request: HTTPRequest, at instant: Instant) {
        guard let response = answer.response.withLock(\.self) else { return }
        tape.value.add(.answered(request, response), at: instant)
    }

    /// Answers what has come meanwhile; on the case's thread.
    func answerWaiting() {
        let waiting = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for (request, done) in waiting { answerNow(request, done) }
    }

    /// Whether requests need not wait, since the case's thread is busy otherwise, and looks at nothing meanwhile.
    var answersAtOnce: Bool {
        get { state.withLock { $0.answersAtOnce } }
        set {
            let answered = state.withLock { state in
                state.answersAtOnce = newValue
                defer { state.answered.removeAll() }
                return state.answered
            }
            if newValue { answerWaiting() }
            for (request, at, answer) in answered {
                tape.value.add(.asked(request), at: at)
                note(answer, to: request, at: at)
            }
        }
    }
}
