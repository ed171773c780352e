public import RTMFP

/// One end's messages to one peer: their numbers, the request window and the response window, confirms and timeouts
/// (peer-protocol §5).
///
/// Fed with what is to be said and with the envelopes that come; gives back the envelopes to send. Once `isDead`, the
/// session is to be closed.
public struct MessageWindows {
    /// What an envelope turns out to be.
    public enum Incoming: Hashable, Sendable {
        /// To be answered by `answer` with that number, if it is answered at all.
        case request(Request, id: Int)
        /// The answer to a request of this end.
        case response(Response, to: Request)
        case push(Push)
        /// The far end has confirmed a response of this end, and named the operation.
        case confirmed(Response, to: Int)
    }

    /// Windowed messages that wait at most, in each window: a far end that asks on and on without confirming anything
    /// loses the session.
    public static let maximumWaiting = 256
    /// Pulled pieces among them at most: who keeps to the request window has one to come, and one to confirm.
    public static let maximumPulledPieces = 8

    private struct Asked {
        var id: Int
        var request: Request
        var deadline: Instant
    }

    private enum Said {
        case response(Response, to: Int)
        case push(Push)
    }

    private struct Waiting {
        var id: Int
        var said: Said
        var createdAt: Instant
        var deadline: Instant

        var wantsConfirm: Bool {
            switch said {
            case .response(let response, _): response.wantsConfirm
            case .push(let push): push.isWindowed
            }
        }

        /// Octets of the piece that it carries, if it carries one.
        var pieceSize: Int? {
            switch said {
            case .response(.getPiece(let piece), _), .push(.pushPiece(let piece, _)): piece.content.count
            default: nil
            }
        }
    }

    /// Whether a message was not answered or confirmed in time, or too many wait.
    public private(set) var isDead = false
    /// Octets of pieces that were sent.
    public private(set) var octetsSent = 0

    private let clock: WallClock
    private let conduct: any PeerConduct
    private let limit: Interval
    private var nextID = 0
    private var requests: [Asked] = []
    private var responses: [Waiting] = []
    /// Whether the first of `responses` was sent and waits for its confirm.
    private var isUnconfirmed = false
    /// Immediate requests that may still be answered.
    private var immediate: [(id: Int, request: Request)] = []
    /// The latest requests of the far end; with what they were answered where that must not be done twice.
    private var seen: [(id: Int, answer: Response?)] = []
    private var timing = PushTiming()
    private var pieceSentAt: Instant?
    private var outbox: [Envelope] = []

    /// Makes the windows of a new session.
    public init(clock: WallClock, conduct: any PeerConduct = CorrectPeer()) {
        self.clock = clock
        self.conduct = conduct
        limit = conduct.interval(.message, .seconds(30))
    }

    /// When `advance` has something to do.
    public var nextDeadline: Instant? {
        guard !isDead else { return nil }
        let first = requests.first?.deadline
        guard let second = responses.first?.deadline else { return first }
        return first.map { min($0, second) } ?? second
    }

    /// Declares the session dead if the oldest message has waited for too long.
    public mutating func advance(to now: Instant) {
        if let nextDeadline, nextDeadline <= now { isDead = true }
    }

    /// The envelopes to send since the last call, in order.
    public mutating func takeEnvelopes() -> [Envelope] {
        defer { outbox.removeAll() }
        return outbox
    }

    /// Sends a request, at once or when those before it have been answered.
    public mutating func ask(_ request: Request, at now: Instant) {
        let id = makeID()
        guard request.isWindowed else {
            immediate.append((id, request))
            if immediate.count > 32 { immediate.removeFirst() }
            outbox.append(Envelope(id: id, .request, request.subtype, request.members))
            return
        }
        let isFree = requests.isEmpty
        requests.append(Asked(id: id, request: request, deadline: now + limit))
        if requests.count > MessageWindows.maximumWaiting { isDead = true }
        if conduct.judges(.requestWindowFree, holds: isFree) { transmit(requests[requests.count - 1]) }
    }

    /// Answers the far end's request `id`.
    public mutating func answer(_ response: Response, to id: Int, at now: Instant) {
        if let index = seen.firstIndex(where: { $0.id == id }) { seen[index].answer = response }
        if response.isWindowed {
            enqueue(.response(response, to: id), at: now)
        } else {
            transmit(Waiting(id: makeID(), said: .response(response, to: id), createdAt: now, deadline: now), at: now)
        }
    }

    /// Pushes something.
    public mutating func push(_ push: Push, at now: Instant) {
        if push.isWindowed {
            enqueue(.push(push), at: now)
        } else {
            transmit(Waiting(id: makeID(), said: .push(push), createdAt: now, deadline: now), at: now)
        }
    }

    /// Drops pieces that were not sent yet: the far end does not want them any longer.
    public mutating func dropWaitingPieces() {
        let first = isUnconfirmed ? 1 : 0
        let kept = responses.dropFirst(first).filter { if case .push = $0.said { false } else { true } }
        responses = Array(responses.prefix(first)) + kept
    }

    /// Takes in an envelope; nil if there is nothing to do about it, beyond what is sent.
    public mutating func receive(_ envelope: Envelope, at now: Instant) -> Incoming? {
        switch envelope.kind {
        case .request: receiveRequest(envelope, at: now)
        case .response(let id, let wantsConfirm): receiveResponse(envelope, to: id, wantsConfirm)
        case .confirm(let id): receiveConfirm(envelope, of: id, at: now)
        }
    }

    private mutating func makeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    private mutating func transmit(_ asked: Asked) {
        outbox.append(Envelope(id: asked.id, .request, asked.request.subtype, asked.request.members))
    }

    private mutating func enqueue(_ said: Said, at now: Instant) {
        responses.append(Waiting(id: makeID(), said: said, createdAt: now, deadline: now + limit))
        let pulled = responses.count { if case .response(.getPiece, _) = $0.said { true } else { false } }
        if responses.count > MessageWindows.maximumWaiting || pulled > MessageWindows.maximumPulledPieces {
            isDead = true
        }
        if !isUnconfirmed {
            proceed(at: now)
        } else if conduct.judges(.responseWindowFree, holds: false) {
            transmit(responses[responses.count - 1], at: now)
        }
    }

    /// Sends what waits, up to the first that wants a confirm.
    private mutating func proceed(at now: Instant) {
        while let first = responses.first {
            transmit(first, at: now)
            guard !first.wantsConfirm else {
                isUnconfirmed = true
                return
            }
            responses.removeFirst()
        }
    }

    private mutating func transmit(_ waiting: Waiting, at now: Instant) {
        var envelope: Envelope
        switch waiting.said {
        case .response(let response, let id):
            let kind = Envelope.Kind.response(to: id, wantsConfirm: response.wantsConfirm)
            envelope = Envelope(id: waiting.id, kind, response.subtype, response.members)
            if case .goPushMode = response { envelope.needsConfirm = true }
        case .push(.pushPiece(let piece, _)):
            let push = Push.pushPiece(piece, timing)
            let kind = Envelope.Kind.response(to: Envelope.unsolicited, wantsConfirm: true)
            envelope = Envelope(id: waiting.id, kind, push.subtype, push.members)
            envelope.queuedAt = clock.milliseconds(at: waiting.createdAt)
            envelope.sentAt = clock.milliseconds(at: now)
        case .push(let push):
            let kind = Envelope.Kind.response(to: Envelope.unsolicited, wantsConfirm: false)
            envelope = Envelope(id: waiting.id, kind, push.subtype, push.members)
        }
        if let size = waiting.pieceSize {
            timing.lastSize = size
            octetsSent += size
            pieceSentAt = now
        }
        outbox.append(envelope)
    }

    private mutating func receiveRequest(_ envelope: Envelope, at now: Instant) -> Incoming? {
        guard let request = Request(envelope) else { return nil }
        let known = seen.first { $0.id == envelope.id }
        guard !conduct.judges(.requestNew, holds: known == nil), let known else {
            seen.append((envelope.id, nil))
            if seen.count > 64 { seen.removeFirst() }
            return .request(request, id: envelope.id)
        }
        // The first answer is under way still; or the first was acted on, which must not be done twice.
        let isWaiting = responses.contains { if case .response(_, envelope.id) = $0.said { true } else { false } }
        guard !isWaiting else { return nil }
        if request.isIdempotent { return .request(request, id: envelope.id) }
        if let answer = known.answer { enqueue(.response(answer, to: envelope.id), at: now) }
        return nil
    }

    private mutating func receiveResponse(_ envelope: Envelope, to id: Int, _ wantsConfirm: Bool) -> Incoming? {
        // Before anything is done about it, and even if nothing is (peer-protocol §5.3, Q-055).
        if conduct.judges(.confirmWanted, holds: wantsConfirm) { outbox.append(envelope.confirm(id: makeID())) }
        guard id != Envelope.unsolicited else { return Push(envelope).map(Incoming.push) }
        if let index = immediate.firstIndex(where: { $0.id == id && $0.request.subtype == envelope.subtype }) {
            let request = immediate.remove(at: index).request
            return Response(envelope).map { .response($0, to: request) }
        }
        let isExpected = requests.first.map { $0.id == id && $0.request.subtype == envelope.subtype } ?? false
        guard conduct.judges(.responseExpected, holds: isExpected), let asked = requests.first else { return nil }
        requests.removeFirst()
        if let next = requests.first { transmit(next) }
        return Response(envelope).map { .response($0, to: asked.request) }
    }

    private mutating func receiveConfirm(_ envelope: Envelope, of id: Int, at now: Instant) -> Incoming? {
        let isExpected = isUnconfirmed && responses.first?.id == id
        guard conduct.judges(.confirmExpected, holds: isExpected), isUnconfirmed, let first = responses.first
        else { return nil }
        if first.pieceSize != nil, let pieceSentAt {
            timing.lastUsedTime = Int(clamping: (now - pieceSentAt).nanoseconds / 1_000_000)
        }
        responses.removeFirst()
        isUnconfirmed = false
        proceed(at: now)
        guard case .response(let response, let request) = first.said,
            conduct.judges(.confirmNamesOperation, holds: envelope.subtype == response.subtype)
        else { return nil }
        return .confirmed(response, to: request)
    }
}
