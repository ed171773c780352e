/// What happens to a peer under fuzz: three octets, and what a message of a stranger holds.
enum PeerStep {
    /// What becomes of a session with another peer.
    enum Change: UInt8, CaseIterable {
        case appeared, ready, lost
    }

    /// What comes of an HTTP request.
    enum Outcome: UInt8, CaseIterable {
        case whole, failed, notFound, unavailable, more, cutOff
    }

    /// So many milliseconds, doubled `scale` times.
    case pass(UInt8, scale: UInt8)
    case session(UInt8, Change)
    case rendezvous(isThere: Bool)
    case playlist
    case segment(UInt8)
    case cancel(UInt8)
    /// `particular` tells the peers that a tracker names, or the first segment of a playlist.
    case http(UInt8, Outcome, particular: UInt8)
    case message(UInt8, [UInt8])
    /// A request for an operation, about a segment.
    case ask(UInt8, operation: UInt8, UInt8)
    /// The answer to what the peer under fuzz waits for.
    case answer(UInt8, isPositive: Bool)
    /// The answer to the latest ping.
    case pong(UInt8)
    /// The confirm that the peer under fuzz waits for, or one of something else.
    case confirm(UInt8, isRight: Bool)
    /// The piece that was agreed on of a segment; or another one.
    case push(UInt8, UInt8, isAgreed: Bool)
    /// An answer to a request that may not be there.
    case stray(UInt8, to: UInt8, operation: UInt8)

    /// Takes the next step off a script; nil at its end.
    init?(_ script: inout ArraySlice<UInt8>) {
        guard let first = script.popFirst(), let second = script.popFirst(), let third = script.popFirst() else {
            return nil
        }
        let other = first >> 4
        switch first & 15 {
        case 0: self = .pass(second, scale: other)
        case 1: self = .session(other & 3, Change.allCases[Int(second) % Change.allCases.count])
        case 2: self = .rendezvous(isThere: second & 1 == 0)
        case 3: self = .playlist
        case 4, 5: self = .segment(second)
        case 6: self = .cancel(second)
        case 7: self = .http(second, Outcome.allCases[Int(other) % Outcome.allCases.count], particular: third)
        case 8:
            self = .message(other & 3, Array(script.prefix(Int(second))))
            script = script.dropFirst(Int(second))
        case 9: self = .ask(other & 3, operation: second, third)
        case 10: self = .answer(other & 3, isPositive: second & 1 == 0)
        case 11: self = .pong(other & 3)
        case 12: self = .confirm(other & 3, isRight: second & 1 == 0)
        case 13, 14: self = .push(other & 3, second, isAgreed: third & 1 == 0)
        default: self = .stray(other & 3, to: second, operation: third)
        }
    }

    /// The octets of the step in a script.
    var octets: [UInt8] {
        switch self {
        case .pass(let amount, let scale): [scale << 4, amount, 0]
        case .session(let peer, let change): [peer << 4 | 1, change.rawValue, 0]
        case .rendezvous(let isThere): [2, isThere ? 0 : 1, 0]
        case .playlist: [3, 0, 0]
        case .segment(let number): [4, number, 0]
        case .cancel(let place): [6, place, 0]
        case .http(let place, let outcome, let particular): [outcome.rawValue << 4 | 7, place, particular]
        case .message(let peer, let octets):
            [peer << 4 | 8, UInt8(clamping: octets.count), 0] + octets.prefix(255)
        case .ask(let peer, let operation, let number): [peer << 4 | 9, operation, number]
        case .answer(let peer, let isPositive): [peer << 4 | 10, isPositive ? 0 : 1, 0]
        case .pong(let peer): [peer << 4 | 11, 0, 0]
        case .confirm(let peer, let isRight): [peer << 4 | 12, isRight ? 0 : 1, 0]
        case .push(let peer, let number, let isAgreed): [peer << 4 | 13, number, isAgreed ? 0 : 1]
        case .stray(let peer, let request, let operation): [peer << 4 | 15, request, operation]
        }
    }
}
