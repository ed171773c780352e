import RTMFP

/// RFC 7425 §4.5.2.4, §4.5.2.5, §4.6.4, §4.6.6: who sends HMACs and session sequence numbers.
enum NegotiationCases {
    static let all: [Case] = [
        .opens(
            "rendezvous/flash-crypto/hmac-of-4-octets-honoured",
            "A sender that always sends HMACs of 4 octets is understood.",
            ["RFC7425-4.6.4-07", "RFC7425-4.6.4-04"],
            saboteurs: ["far-hmac-ignored", "own-hmac-length-expected"]
        ) { plan, _ in (plan.hmac, plan.hmacLength) = (.willSendAlways, 4) },
        .opens(
            "rendezvous/flash-crypto/hmac-of-12-octets-honoured",
            "A sender that always sends HMACs is understood by a receiver that did not ask.",
            ["RFC7425-4.6.4-04", "RFC7425-4.5.2.4-01", "RFC7425-4.5.2.4-05"],
            saboteurs: ["far-hmac-ignored", "own-hmac-length-expected"]
        ) { plan, _ in (plan.hmac, plan.hmacLength) = (.willSendAlways, 12) },
        .opens(
            "rendezvous/flash-crypto/hmac-of-32-octets-honoured",
            "A sender that always sends HMACs of 32 octets is understood.",
            ["RFC7425-4.6.4-07"],
            saboteurs: ["far-hmac-ignored", "own-hmac-length-expected"]
        ) { plan, _ in (plan.hmac, plan.hmacLength) = (.willSendAlways, 32) },
        .opens(
            "rendezvous/flash-crypto/reserved-negotiation-bits-ignored",
            "Reserved bits of a negotiation's flags are ignored.",
            ["RFC7425-3-02"],
            saboteurs: ["reserved-negotiation-bits-refused"]
        ) { plan, _ in
            plan.hmac = NegotiationFlags(rawValue: 0xfa)
            plan.sequenceNumbers = NegotiationFlags(rawValue: 0xfa)
        },
        Case(
            "rendezvous/flash-crypto/hmac-sent-on-request",
            "A responder that says it sends HMACs on request does so if, and only if, they are requested.",
            ["RFC7425-4.6.4-03", "RFC7425-4.6.4-02", "RFC7425-4.7.3.2-03", "RFC7425-4.7.3.2-01"],
            needs: [.sessions, .sendsHMAC],
            saboteurs: ["requested-hmac-not-sent"],
            setting: .opened,
            .startup { probe in
                var plan = HandshakePlan()
                plan.hmac = [.willSendOnRequest, .request]
                try probe.openSomewhere(plan, startingAt: probe.peer()).ping()
            }
        ),
        Case(
            "rendezvous/flash-crypto/negotiation-options-absent",
            "Without negotiation options a session has neither HMACs nor sequence numbers, unless the responder insists.",
            ["RFC7425-4.5.2.4-04", "RFC7425-4.5.2.5-02", "RFC7425-4.6.4-06"],
            needs: [.sessions],
            accepts: [refusal],
            saboteurs: ["absent-negotiation-refused", "checksum-session-broken"],
            setting: .opened,
            .startup { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                keying.component.hmac = []
                keying.component.hmacLength = 0
                keying.component.sequenceNumbers = []
                let absent = keying.component.options.filter { option in
                    guard case .value(let type, _) = option else { return true }
                    return type != 0x1a && type != 0x1e
                }
                keying.chunk.sessionKeyInitiatorComponent = absent.encoded
                var offered = HandshakePlan()
                offered.hmac = []
                offered.sequenceNumbers = []
                let answer = try probe.unlessRefused(offered) {
                    try probe.exchange(keying, from: peer)
                }
                try probe.session(keying, answer, on: peer).ping()
            }
        ),
        combination(
            "neither",
            [],
            [],
            ["RFC7425-4.6.4-06", "RFC7425-4.6.4-05", "RFC7425-4.6.6-06"],
            ["checksum-session-broken"]
        ),
        combination("hmac-only", [.willSendAlways], [], [], ["far-hmac-ignored", "own-hmac-length-expected"]),
        combination(
            "sequence-numbers-only",
            [],
            [.willSendAlways],
            ["RFC7425-4.7.2-03", "RFC7425-4.6.6-04"],
            ["far-sequence-numbers-ignored", "checksum-session-broken"]
        ),
        combination(
            "both",
            [.willSendAlways],
            [.willSendAlways],
            [],
            ["far-hmac-ignored", "own-hmac-length-expected", "far-sequence-numbers-ignored"]
        ),
    ]

    private static func combination(
        _ name: String,
        _ hmac: NegotiationFlags,
        _ numbers: NegotiationFlags,
        _ requirements: [String],
        _ saboteurs: [String]
    ) -> Case {
        Case(
            "rendezvous/flash-crypto/protection-\(name)",
            "HMACs and session sequence numbers are negotiated independently of each other.",
            ["RFC7425-4.6.6-07", "RFC7425-4.5.2.5-01"] + requirements,
            needs: [.sessions],
            accepts: [refusal],
            saboteurs: saboteurs,
            setting: .opened,
            .startup { probe in
                let peer = try probe.peer()
                var plan = HandshakePlan()
                plan.hmac = hmac
                plan.hmacLength = 16
                plan.sequenceNumbers = numbers
                let keying = try given { try probe.keying(plan, for: probe.greet(from: peer)) }
                let answer = try probe.unlessRefused(plan) {
                    try probe.exchange(keying, from: peer)
                }
                try probe.session(keying, answer, on: peer).ping()
            }
        )
    }

    private static let refusal = Case.Alternative(
        "the responder refuses an end that will not send what it requests",
        "RFC 7425 §4.6.4, §4.6.6: a receiver SHOULD reject a component that will not send what it requires."
    )
}

extension Probe {
    /// Settles the case if `exchange` is refused by a responder that requests what `plan` does not offer.
    fileprivate func unlessRefused(_ plan: HandshakePlan, _ exchange: () throws -> RIKeying) throws -> RIKeying {
        do {
            return try exchange()
        } catch let unmet as Unmet {
            guard baseline?.unansweredRequest(of: plan) != nil else { throw unmet }
            throw Settled(alternative: "the responder refuses an end that will not send what it requests")
        }
    }
}
