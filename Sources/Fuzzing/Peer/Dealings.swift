import HLSP2P
import RTMFP

/// What has gone between the peer under fuzz and another one, as the other one counts it: what peer-protocol §5 says of
/// windows is held against it.
struct Dealings {
    /// Whether the peer under fuzz has to do with it.
    var isThere = false
    /// The windowed request that is unanswered.
    private(set) var asked: (id: Int, request: Request, at: Instant)?
    /// The response or push that is unconfirmed.
    private(set) var unconfirmed: (id: Int, subtype: String, at: Instant)?
    /// Which piece it is to deliver.
    private(set) var assignment: Assignment?
    /// Which pieces it has asked for.
    private(set) var slices: [Assignment] = []
    /// The latest ping that it got.
    private(set) var ping: (id: Int, request: Request)?
    private var requests: [Int: String] = [:]
    private var owed: [Int] = []
    private var lastRequest = -1
    private var lastResponse = -1

    /// How long a windowed message may go without an answer or a confirm.
    static let limit = Interval.seconds(30)

    /// Something is about to be said to the peer under fuzz.
    mutating func say(_ envelope: Envelope) {
        guard isThere else { return }
        switch envelope.kind {
        case .request:
            guard let request = Request(envelope) else { return }
            requests[envelope.id] = envelope.subtype
            if let slice = request.assignment { slices.append(slice) }
        case .response(let id, let wantsConfirm):
            if wantsConfirm { owed.append(envelope.id) }
            if let asked, asked.id == id, asked.request.subtype == envelope.subtype { self.asked = nil }
        case .confirm(let id):
            if unconfirmed?.id == id { unconfirmed = nil }
        }
    }

    /// The peer under fuzz has said something.
    mutating func hear(_ envelope: Envelope, at now: Instant) throws {
        try require(isThere, "\(envelope.subtype) is said to somebody who is gone")
        switch envelope.kind {
        case .request: try hearRequest(envelope, at: now)
        case .response(let id, let wantsConfirm):
            let isWindowed = try hearResponse(envelope, to: id)
            guard isWindowed else { return }
            try require(unconfirmed == nil, "\(envelope.subtype) is sent while another response is unconfirmed")
            try require(envelope.id > lastResponse, "responses are out of order")
            lastResponse = envelope.id
            if wantsConfirm { unconfirmed = (envelope.id, envelope.subtype, now) }
        case .confirm(let id):
            try require(owed.first == id, "a confirm is given that is not due")
            owed.removeFirst()
        }
    }

    private mutating func hearRequest(_ envelope: Envelope, at now: Instant) throws {
        guard let request = Request(envelope) else {
            throw Violation(description: "\(envelope.subtype) is asked for in a form that cannot be read")
        }
        if let given = request.assignment { assignment = given }
        if case .ping = request { ping = (envelope.id, request) }
        guard request.isWindowed else { return }
        try require(asked == nil, "\(envelope.subtype) is asked for while another request is unanswered")
        try require(envelope.id > lastRequest, "requests are out of order")
        lastRequest = envelope.id
        asked = (envelope.id, request, now)
    }

    /// Gives whether the response waits for its turn in a window.
    private func hearResponse(_ envelope: Envelope, to id: Int) throws -> Bool {
        if id == Envelope.unsolicited {
            guard let push = Push(envelope) else {
                throw Violation(description: "\(envelope.subtype) is pushed in a form that cannot be read")
            }
            return push.isWindowed
        }
        try require(requests[id] == envelope.subtype, "\(envelope.subtype) answers what was not asked")
        guard let response = Response(envelope) else {
            throw Violation(description: "\(envelope.subtype) is answered in a form that cannot be read")
        }
        return response.isWindowed
    }

    /// Whatever had to be said at once was said, and nothing has waited for too long.
    func check(at now: Instant) throws {
        guard isThere else { return }
        try require(owed.isEmpty, "a response that wants a confirm gets none")
        try require(asked.map { now - $0.at <= Dealings.limit } ?? true, "an unanswered request does not time out")
        try require(unconfirmed.map { now - $0.at <= Dealings.limit } ?? true, "an unconfirmed one does not time out")
    }
}

extension Request {
    /// The piece that is asked for.
    fileprivate var assignment: Assignment? {
        switch self {
        case .getPiece(_, let assignment), .goPushMode(_, let assignment), .goPushMode2(_, let assignment, _):
            assignment
        default: nil
        }
    }
}
