internal import RTMFP
internal import Synchronization

/// The correct conduct, which remembers what the endpoint judged and which pairs it agreed on keys with.
final class TranscriptConduct: Conduct {
    private struct Memory {
        var broken: [Rule] = []
        var pairs: [DiffieHellmanKeyPair] = []
    }

    private let memory = Mutex(Memory())

    /// The rules that did not hold since the last call.
    func takeBroken() -> [Rule] {
        memory.withLock { memory in
            defer { memory.broken = [] }
            return memory.broken
        }
    }

    /// The pairs that were used.
    var pairs: [DiffieHellmanKeyPair] { memory.withLock { $0.pairs } }

    func judges(_ rule: Rule, holds: Bool) -> Bool {
        if !holds { memory.withLock { $0.broken.append(rule) } }
        return holds
    }

    func keyPair(_ correct: DiffieHellmanKeyPair, as role: Role) -> DiffieHellmanKeyPair {
        memory.withLock { $0.pairs.append(correct) }
        return correct
    }
}

extension VectorErrorClass {
    /// Of which class the error is of a datagram or chunk that is ignored for this rule; nil if it is not ignored for it.
    init?(_ rule: Rule) {
        switch rule {
        case .packetVerified, .cookieGenuine: self = .authentication
        case .modeNotForbidden, .publicKeyAcceptable, .initiatorSessionIDNotZero, .responderSessionIDNotZero:
            self = .value
        case .modeNotOwn, .modeFitsKey, .chunkLegalInMode, .chunkLegalForSessionID, .waitsForHello,
            .sequenceNumberNew, .openForPing, .cookieNotChangedYet:
            self = .order
        case .certificateAcceptable, .keyingComponentAcceptable, .negotiationAcceptable: self = .combination
        case .sessionIDKnown, .tagKnown, .responderSelected, .oldCookieMatches, .pingReplyExpected, .fingerprintSelects:
            self = .mismatch
        default: return nil
        }
    }
}
