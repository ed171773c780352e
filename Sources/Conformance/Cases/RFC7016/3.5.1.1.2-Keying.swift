import RTMFP

/// RFC 7016 §2.3.7, §2.3.8, §3.5.1.1.2: the second round trip, IIKeying and RIKeying.
enum KeyingCases {
    static let all: [Case] = [
        Case(
            "rendezvous/startup/rikeying-in-startup-packet",
            "RIKeying comes to the initiator's session ID in startup mode, under the Default Session Key.",
            ["RFC7016-2.3.8-01", "RFC7016-2.2.3-06", "RFC7425-4.1-02"],
            saboteurs: ["rikeying-in-mode-2"],
            .startup { probe in
                let peer = try probe.newPeer()
                _ = try given { try probe.exchange(probe.keying(for: probe.greet(from: peer)), from: peer) }
                for heard in peer.heard where heard.first(\.asRIKeying) != nil {
                    let right = heard.packet?.header.mode == .startup && heard.protection == .defaultKey
                    try require(right, expected: "startup mode and the Default Session Key", actual: heard.summary)
                }
            }
        ),
        Case(
            "rendezvous/startup/rikeying-well-formed",
            "RIKeying's keying component is a sequence of options to its end.",
            ["RFC7016-2.3.8-02"],
            saboteurs: ["skrc-truncated"],
            .startup { probe in
                let peer = try probe.newPeer()
                let answer = try given {
                    try probe.exchange(probe.keying(for: probe.greet(from: peer)), from: peer)
                }
                do {
                    _ = try KeyingComponent(answer.sessionKeyResponderComponent)
                } catch {
                    throw Unmet(expected: "a keying component as RFC 7425 §4.5 has it", actual: "\(error)")
                }
            }
        ),
        Case(
            "rendezvous/session/responder-session-id-not-0",
            "The responder never chooses session ID 0.",
            ["RFC7016-3.3-03"],
            saboteurs: ["responder-session-id-0"],
            .startup { probe in
                for _ in 0..<3 {
                    let peer = try probe.newPeer()
                    let answer = try given {
                        try probe.exchange(probe.keying(for: probe.greet(from: peer)), from: peer)
                    }
                    try require(answer.responderSessionID != 0, expected: "a session ID other than 0", actual: "0")
                }
            }
        ),
        Case(
            "rendezvous/startup/responder-session-ids-differ",
            "Two open sessions have two responder session IDs.",
            ["RFC7016-3.5.1.1.2-17"],
            saboteurs: ["responder-session-id-repeated"],
            setting: .opened,
            .startup { probe in
                let sessions = try (0..<3).map { _ in try probe.open(from: probe.newPeer()) }
                let ids = Set(sessions.map(\.farSessionID))
                try require(
                    ids.count == sessions.count,
                    expected: "three session IDs",
                    actual: sessions.map { hexadecimal($0.farSessionID) }.joined(separator: ", ")
                )
            }
        ),
        Case(
            "rendezvous/session/initiator-session-id-0-refused",
            "An IIKeying with initiator session ID 0 is ignored.",
            ["RFC7016-3.3-02"],
            saboteurs: ["initiator-session-id-0-accepted"],
            aftermath: .handshake,
            .startupIgnored { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                keying.chunk.initiatorSessionID = 0
                try peer.say([.initiatorInitialKeying(keying.chunk)])
            }
        ),
        Case(
            "rendezvous/startup/repeated-iikeying-same-answer",
            "An IIKeying that comes again brings the same RIKeying again.",
            ["RFC7016-3.5.1.1.2-12"],
            saboteurs: ["repeated-iikeying-ignored", "repeated-iikeying-new-keys", "repeated-iikeying-ends-session"],
            setting: .opened,
            .startup { probe in
                let peer = try probe.peer()
                let keying = try probe.keying(for: probe.greet(from: peer))
                let first = try probe.exchange(keying, from: peer)
                let second = try probe.exchange(keying, from: peer)
                try requireEqual(second.payload, first.payload, "RIKeying")
                try probe.session(keying, first, on: peer).ping()
            }
        ),
        Case(
            "rendezvous/startup/repeated-iikeying-after-traffic",
            "An IIKeying that comes again after the session was used brings the same RIKeying; the session goes on.",
            ["RFC7016-3.5.1.1.2-13"],
            saboteurs: ["repeated-iikeying-ignored", "repeated-iikeying-new-keys", "repeated-iikeying-ends-session"],
            .session { session in
                let again = try session.probe.exchange(session.keying, from: session.peer)
                try requireEqual(again.payload, session.answer.payload, "RIKeying")
            }
        ),
    ]
}
