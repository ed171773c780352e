import RTMFP

/// RFC 7016 §2.3.6, §3.5.1.1.2, §3.5.1.2: cookies, and what becomes of one from another address.
enum CookieCases {
    static let all: [Case] = [
        Case(
            "rendezvous/startup/forged-cookie-ignored",
            "An IIKeying with a cookie that the responder did not make is ignored.",
            ["RFC7016-3.5.1.1.2-03", "RFC7016-3.5.1.1.2-09"],
            saboteurs: ["cookie-unchecked"],
            aftermath: .handshake,
            .startupIgnored { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                keying.chunk.cookieEcho = probe.octets(keying.chunk.cookieEcho.count)
                try peer.say([.initiatorInitialKeying(keying.chunk)])
            }
        ),
        Case(
            "rendezvous/startup/altered-cookie-ignored",
            "An IIKeying whose cookie differs in one bit from the responder's opens no session.",
            ["RFC7016-3.5.1.1.2-03", "RFC7016-3.5.1.1.2-09"],
            accepts: [
                .init(
                    "a Cookie Change comes back",
                    "RFC 7016 §3.5.1.2: a cookie that is the responder's own but does not fit the address is changed; "
                        + "the altered bit may be one of those that name the address."
                )
            ],
            saboteurs: ["cookie-unchecked"],
            aftermath: .handshake,
            .startup { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                guard let last = keying.chunk.cookieEcho.indices.last else {
                    throw Inconclusive(reason: "the responder's cookie is empty")
                }
                keying.chunk.cookieEcho[last] ^= 1
                let start = peer.heard.count
                try peer.say([.initiatorInitialKeying(keying.chunk)])
                try probe.openSomewhere().ping()
                let answers = try peer.unexpected(since: start)
                if answers.contains(where: { $0.first(\.asCookieChange) != nil }) {
                    throw Settled(alternative: "a Cookie Change comes back")
                }
                try require(
                    answers.isEmpty,
                    expected: "nothing, as if nothing had been said",
                    actual: answers.map(\.summary).joined(separator: "; ")
                )
            }
        ),
        Case(
            "rendezvous/startup/empty-cookie-ignored",
            "An IIKeying without a cookie is ignored.",
            ["RFC7016-3.5.1.1.2-09"],
            saboteurs: ["cookie-unchecked"],
            aftermath: .handshake,
            .startupIgnored { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                keying.chunk.cookieEcho = []
                try peer.say([.initiatorInitialKeying(keying.chunk)])
            }
        ),
        Case(
            "rendezvous/startup/cookie-from-elsewhere-changed",
            "A cookie that was given to another address is answered with a Cookie Change to the new one.",
            ["RFC7016-3.5.1.2-01", "RFC7016-2.3.6-01", "RFC7016-3.5.1.1.2-04"],
            level: .should,
            accepts: [
                .init(
                    "the responder opens the session",
                    "RFC 7016 §3.5.1.1.2 only recommends that a cookie depend on the initiator's address."
                )
            ],
            saboteurs: ["foreign-cookie-ignored"],
            setting: .opened,
            .startup { probe in
                let (answer, _, _) = try foreignCookie(probe)
                if answer.first(\.asCookieChange) == nil {
                    throw Settled(alternative: "the responder opens the session")
                }
            }
        ),
        Case(
            "rendezvous/startup/cookie-change-well-formed",
            "Cookie Change comes to the initiator's session ID in startup mode, with the old cookie and a new one.",
            ["RFC7016-2.3.6-02", "RFC7016-2.3.6-03", "RFC7425-4.1-02"],
            saboteurs: [
                "foreign-cookie-ignored", "cookie-change-to-session-0", "cookie-change-wrong-old-cookie",
                "cookie-change-same-cookie",
            ],
            setting: .opened,
            .startup { probe in
                let (answer, keying, _) = try foreignCookie(probe)
                guard let change = answer.first(\.asCookieChange) else {
                    throw Lacking(reason: "its cookies are not bound to addresses")
                }
                let addressed =
                    answer.sessionID == keying.chunk.initiatorSessionID && answer.packet?.header.mode == .startup
                try require(
                    addressed,
                    expected: "session ID \(hexadecimal(keying.chunk.initiatorSessionID)) and startup mode",
                    actual: answer.summary
                )
                try requireEqual(change.oldCookie, keying.chunk.cookieEcho, "old cookie")
                try require(
                    !change.newCookie.isEmpty && change.newCookie != change.oldCookie,
                    expected: "a new cookie",
                    actual: change.newCookie.isEmpty ? "none" : "the old one again"
                )
            }
        ),
        Case(
            "rendezvous/startup/changed-cookie-opens-session",
            "With the cookie of the Cookie Change the session opens, and lives at the new address.",
            ["RFC7016-3.5.1.2-01", "RFC7016-3.5.1.1.2-18"],
            saboteurs: ["foreign-cookie-ignored", "changed-cookie-refused", "cookie-change-same-cookie"],
            setting: .opened,
            .startup { probe in
                let (answer, keying, peer) = try foreignCookie(probe)
                guard let change = answer.first(\.asCookieChange) else {
                    throw Lacking(reason: "its cookies are not bound to addresses")
                }
                var second = keying
                second.chunk.cookieEcho = change.newCookie
                try probe.session(second, probe.exchange(second, from: peer), on: peer).ping()
            }
        ),
    ]

    /// Sends an IIKeying from a new address, with a cookie from the old one; gives the answer, the IIKeying and the
    /// new address.
    private static func foreignCookie(_ probe: Probe) throws -> (Heard, Keying, Peer) {
        let keying = try given { try probe.keying(for: probe.greet(from: probe.peer())) }
        let elsewhere = try probe.newPeer()
        let answer = try elsewhere.ask("a Cookie Change, or an RIKeying") {
            try elsewhere.say([.initiatorInitialKeying(keying.chunk)])
        } _: { heard in
            heard.first(\.asCookieChange) != nil || heard.first(\.asRIKeying) != nil ? heard : nil
        }
        return (answer, keying, elsewhere)
    }
}
