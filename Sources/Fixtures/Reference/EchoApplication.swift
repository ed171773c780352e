public import RTMFP

/// Sends every message back on a flow in return, whose metadata are those of the flow that brought it and " return":
/// what the echo server of the RFC author's library does, for measuring one beside the other.
public final class EchoApplication: Application {
    private struct Echo {
        let answer: FlowHandle
        /// Messages that the answering flow did not take yet.
        var waiting: [[UInt8]] = []
        var isEnded = false
    }

    private var echoes: [FlowHandle: Echo] = [:]
    private var sources: [FlowHandle: FlowHandle] = [:]
    private var flows: [SessionHandle: Set<FlowHandle>] = [:]

    /// Makes one.
    public init() {}

    public func handle(_ event: Event, of endpoint: Endpoint, at now: Instant) {
        switch event {
        case .flowOpened(let flow, let received):
            begin(flow, received, endpoint, now)
        case .message(let flow, let message):
            echoes[flow]?.waiting.append(message.bytes)
            pass(flow, endpoint, now)
        case .flowWritable(let answer):
            if let flow = sources[answer] { pass(flow, endpoint, now) }
        case .flowEnded(let flow), .flowRefused(let flow):
            echoes[flow]?.isEnded = true
            pass(flow, endpoint, now)
        case .flowRejected(let answer, _), .flowFinished(let answer):
            if let flow = sources[answer] { forget(flow) }
        case .closed(let session, _):
            flows[session]?.forEach(forget)
        default: break
        }
    }

    private func begin(_ flow: FlowHandle, _ received: ReceivedFlow, _ endpoint: Endpoint, _ now: Instant) {
        let metadata = received.metadata + Array(" return".utf8)
        guard let answer = endpoint.openFlow(on: flow.session, metadata: metadata, association: flow, at: now) else {
            endpoint.reject(flow, at: now)
            return
        }
        echoes[flow] = Echo(answer: answer)
        sources[answer] = flow
        flows[flow.session, default: []].insert(flow)
    }

    /// Passes on what waits; while the answer takes no more, the flow is suspended.
    private func pass(_ flow: FlowHandle, _ endpoint: Endpoint, _ now: Instant) {
        guard var echo = echoes[flow] else { return }
        var passed = 0
        while passed < echo.waiting.count, endpoint.write(echo.waiting[passed], on: echo.answer, at: now) {
            passed += 1
        }
        echo.waiting.removeFirst(passed)
        echoes[flow] = echo
        if !echo.waiting.isEmpty {
            endpoint.suspend(flow, at: now)
        } else if echo.isEnded {
            endpoint.close(echo.answer, at: now)
        } else if passed > 0 {
            endpoint.resume(flow, at: now)
        }
    }

    private func forget(_ flow: FlowHandle) {
        guard let echo = echoes.removeValue(forKey: flow) else { return }
        sources[echo.answer] = nil
        flows[flow.session]?.remove(flow)
        if flows[flow.session]?.isEmpty ?? false { flows[flow.session] = nil }
    }
}
