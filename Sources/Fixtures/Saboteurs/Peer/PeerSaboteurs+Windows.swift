import Flash
import HLSP2P
import RTMFP
import Synchronization

extension PeerSaboteur {
    /// Those that get at windows and confirms.
    static let windows: [PeerSaboteur] = [
        PeerSaboteur("responses-do-not-wait", .responseWindowFree, is: true),
        PeerSaboteur("window-sticks", hearing: nil, .confirm) { _ in [] },
        PeerSaboteur("any-confirm-counts", .confirmExpected, is: true),
        PeerSaboteur("stray-confirm-repeats") { fault in
            let last = Remembered()
            fault.send = { envelope, _ in
                if case .response(_, wantsConfirm: true) = envelope.kind { last.envelopes = [envelope] }
                guard last.holds, envelope.subtype == "ping" else { return [envelope] }
                last.holds = false
                return last.envelopes + [envelope]
            }
            fault.hear = { envelope, _ in
                if case .confirm(let id) = envelope.kind, last.envelopes.first?.id != id { last.holds = true }
                return [envelope]
            }
        },
        delaying("ping-waits") { envelope in
            if case .response = envelope.kind { envelope.subtype == "ping" } else { false }
        },
        delaying("confirm-waits") { envelope in
            if case .confirm = envelope.kind { true } else { false }
        },
        PeerSaboteur("nothing-confirmed", .confirmWanted, is: false),
        PeerSaboteur("everything-confirmed", .confirmWanted, is: true),
        PeerSaboteur("unwanted-piece-unconfirmed", sending: "pushPiece", .confirm) { _ in [] },
        PeerSaboteur("answers-unconfirmed", sending: "hasChunk", .confirm) { _ in [] },
        PeerSaboteur("dies-of-push-errors") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                if envelope.subtype == "pushPieceError" { memory.isDead = true }
                return [envelope]
            }
        },
        PeerSaboteur("confirm-of-another-operation", sending: "pushPiece", .confirm) { envelope in
            var changed = envelope
            changed.subtype = "hasChunk"
            return [changed]
        },
        PeerSaboteur("confirm-of-another-number", sending: nil, .confirm) { envelope in
            guard case .confirm(let id) = envelope.kind else { return [envelope] }
            var changed = envelope
            changed.kind = .confirm(of: id + 1)
            return [changed]
        },
        PeerSaboteur("opacity-lost", sending: nil, .confirm) { envelope in
            var changed = envelope
            changed.opacity = nil
            return [changed]
        },
        PeerSaboteur("stray-answer-unconfirmed", hearing: nil, .response) { envelope in
            guard case .response(let to, _) = envelope.kind, to > 10_000 else { return [envelope] }
            return []
        },
        answering("pause-push-answered", "pausePush"),
        answering("resume-push-answered", "resumePush"),
        answering("close-answered", "close"),
        PeerSaboteur("close-ignored", hearing: "close", .request) { _ in [] },
        PeerSaboteur("closed-peer-refused") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                if envelope.subtype == "close" { memory["closed"] = 1 }
                return [envelope]
            }
            fault.judge = { rule, holds in rule == .subscriberAdmitted && memory["closed"] == 1 ? false : holds }
        },
        PeerSaboteur("old-timer-strikes") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                if envelope.subtype == "close" { memory["closed"] = 1 }
                memory["since"] += memory["closed"]
                return memory["since"] == 10 ? [Envelope(id: envelope.id, .request, "close")] : [envelope]
            }
        },
        PeerSaboteur("requests-do-not-wait", .requestWindowFree, is: true),
        PeerSaboteur("asked-again-with-a-ping") { fault in
            let asked = Mutex<[PeerID: Envelope]>([:])
            fault.send = { envelope, peer in
                guard case .request = envelope.kind else { return [envelope] }
                if envelope.subtype == "goPushMode" { asked.withLock { $0[peer] = envelope } }
                guard envelope.subtype == "ping", let again = asked.withLock({ $0[peer] }) else { return [envelope] }
                return [again, envelope]
            }
            fault.hear = { envelope, peer in
                if case .response(let to, _) = envelope.kind {
                    asked.withLock { if $0[peer]?.id == to { $0[peer] = nil } }
                }
                return [envelope]
            }
        },
        PeerSaboteur("waits-for-ever", .message, .seconds(1_000)),
    ]

    /// Messages wait as long as a response is not confirmed.
    private static func delaying(_ name: String, _ isMeant: @escaping @Sendable (Envelope) -> Bool) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            let waiting = Remembered()
            fault.send = { envelope, _ in
                if case .response(_, wantsConfirm: true) = envelope.kind {
                    let released = waiting.holds ? [] : waiting.take()
                    waiting.holds = true
                    return released + [envelope]
                }
                guard isMeant(envelope), waiting.holds else {
                    return waiting.holds ? [envelope] : waiting.take() + [envelope]
                }
                waiting.envelopes.append(envelope)
                return []
            }
            fault.hear = { envelope, _ in
                if case .confirm = envelope.kind { waiting.holds = false }
                return [envelope]
            }
        }
    }

    /// A request is answered that must not be.
    private static func answering(_ name: String, _ subtype: String) -> PeerSaboteur {
        PeerSaboteur(name, hearing: subtype, .request) { envelope in
            [Envelope(id: envelope.id, .request, "ping", envelope.members), envelope]
        }
    }
}
