import RTMFP

/// RFC 7016 §2.3.8, §3.5.1.1.1: which RIKeyings an initiator takes.
enum ClientResponderKeyingCases {
    static let all: [Case] = [
        .client(
            "startup/rikeying-to-other-session-ignored",
            "An RIKeying to a session ID that the client did not choose is ignored.",
            ["RFC7016-3.5.1.1.1-15"],
            saboteurs: ["rikeying-to-any-session-taken"],
            .receptionIgnored { reception in
                let initiation = try given { try reception.greet() }
                let answer = try reception.answer(initiation)
                let other = initiation.chunk.initiatorSessionID ^ 0x0101_0101
                try initiation.peer.say([.responderInitialKeying(answer.chunk)], to: other)
            }
        ),
        refused(
            "without-key",
            "An RIKeying without a Diffie-Hellman key opens nothing; a good one afterwards does.",
            saboteurs: ["bad-rikeying-ends-opening"]
        ) { reception, answer in
            var component = answer.component
            component.ephemeralKey = nil
            component.extraRandomness = reception.probe.octets(64)
            answer.chunk.sessionKeyResponderComponent = component.encoded
        },
        refused(
            "torn",
            "An RIKeying whose keying component ends within an option opens nothing; a good one afterwards does.",
            saboteurs: ["bad-rikeying-ends-opening", "torn-rikeying-taken"]
        ) { _, answer in
            answer.chunk.sessionKeyResponderComponent += [0x05, 0x7e, 0x01]
        },
        refused(
            "with-key-of-another-group",
            "An RIKeying with a key of another group than the client has chosen opens nothing.",
            saboteurs: ["bad-rikeying-ends-opening", "rikeying-group-unchecked"]
        ) { reception, answer in
            let other = reception.probe.keyPair(answer.pair.group == .modp1024 ? .modp1536 : .modp1024)
            var component = answer.component
            component.ephemeralKey = .init(group: other.group.rawValue, publicKey: other.publicKey)
            answer.chunk.sessionKeyResponderComponent = component.encoded
        },
        refused(
            "with-session-id-0",
            "An RIKeying with responder session ID 0 opens nothing: that is nobody's session.",
            ["RFC7016-3.3-02", "RFC7016-3.5.1.1.1-15"],
            saboteurs: ["responder-session-id-0-taken"]
        ) { _, answer in
            answer.chunk.responderSessionID = 0
        },
        .client(
            "startup/second-rikeying-ignored",
            "Once a session is open, another RIKeying changes nothing.",
            ["RFC7016-3.5.1.1.1-16"],
            saboteurs: ["second-rikeying-switches-session-id"],
            .sessionIgnored { session in
                var other = session.answer
                other.responderSessionID = session.probe.sessionID()
                try session.peer.say([.responderInitialKeying(other)], to: session.farSessionID)
            }
        ),
        .client(
            "startup/packets-around-rikeying",
            "Session packets before the RIKeying and right after it do no harm.",
            ["RFC7016-2.3.8-05"],
            saboteurs: ["early-packet-kills", "early-packet-ends-opening"],
            .reception { reception in
                let initiation = try given { try reception.greet() }
                let answer = try reception.answer(initiation)
                let session = try reception.session(initiation, answer)
                try session.say([.ping(Ping(message: reception.probe.octets(12)))])
                try reception.send(answer.chunk, for: initiation)
                reception.enter(session)
                try session.ping()
            }
        ),
    ]

    /// A case in which an RIKeying, changed by `change`, must open nothing.
    static func refused(
        _ name: String,
        _ title: String,
        _ requirements: [String] = ["RFC7016-3.5.1.1.1-15"],
        area: String = "startup",
        saboteurs: [String],
        change: @escaping @Sendable (Reception, inout Reception.Answer) throws -> Void
    ) -> Case {
        .client(
            "\(area)/rikeying-\(name)-ignored",
            title,
            requirements,
            saboteurs: saboteurs,
            .receptionIgnored { reception in
                let initiation = try given { try reception.greet() }
                var answer = try reception.answer(initiation)
                try change(reception, &answer)
                try reception.send(answer.chunk, for: initiation)
            }
        )
    }
}
