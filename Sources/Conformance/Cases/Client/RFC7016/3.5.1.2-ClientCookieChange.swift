import RTMFP

/// RFC 7016 §2.3.6, §3.5.1.2: an initiator that is told to use another cookie.
enum ClientCookieChangeCases {
    static let all: [Case] = [
        .client(
            "startup/cookie-change-followed",
            "On a Cookie Change the client sends a new IIKeying with the new cookie at once.",
            ["RFC7016-2.3.6-05"],
            level: .should,
            saboteurs: ["cookie-change-ignored"],
            .reception { reception in
                let first = try given { try reception.greet() }
                try reception.changeCookie(of: first, to: reception.probe.octets(64))
            }
        ),
        .client(
            "startup/cookie-change-to-longer-cookie",
            "The new cookie of a Cookie Change may be longer than the old one.",
            ["RFC7016-2.3.6-04"],
            saboteurs: ["new-cookie-cut-to-64"],
            setting: .cold,
            .startup { probe in
                // A cookie is changed once at most, so it takes one client to see whether it is changed at all.
                try probe.receive().requireCookieChange()
                let reception = try given { try probe.receive() }
                let initiation = try given { try reception.greet() }
                try reception.changeCookie(of: initiation, to: probe.octets(70), within: .seconds(6))
                try reception.open().ping()
            }
        ),
        .client(
            "startup/cookie-change-keeps-keys",
            "The IIKeying after a Cookie Change differs from the one before in cookie and signature alone.",
            ["RFC7016-3.5.1.2-04"],
            level: .may,
            saboteurs: ["iikeying-repeated-with-other-certificate"],
            .reception { reception in
                let first = try given { try reception.greet() }
                let second = try reception.requireCookieChange(of: first)
                try require(
                    first.chunk.initiatorSessionID == second.chunk.initiatorSessionID,
                    expected: "initiator session ID \(hexadecimal(first.chunk.initiatorSessionID))",
                    actual: hexadecimal(second.chunk.initiatorSessionID)
                )
                try requireEqual(
                    second.chunk.initiatorCertificate,
                    first.chunk.initiatorCertificate,
                    "initiator certificate"
                )
                try requireEqual(
                    second.chunk.sessionKeyInitiatorComponent,
                    first.chunk.sessionKeyInitiatorComponent,
                    "keying component"
                )
            }
        ),
        .client(
            "startup/cookie-change-for-other-cookie-ignored",
            "A Cookie Change whose old cookie is not the one that the client sent is ignored.",
            ["RFC7016-3.5.1.2-02"],
            saboteurs: ["old-cookie-unchecked"],
            .receptionIgnored { reception in
                let initiation = try given { try reception.greet() }
                try reception.sayCookieChange(
                    from: reception.probe.octets(64),
                    to: reception.probe.octets(64),
                    for: initiation
                )
            }
        ),
        .client(
            "startup/cookie-changed-once",
            "A second Cookie Change for the same session is not followed.",
            ["RFC7016-3.5.1.2-03"],
            level: .should,
            saboteurs: ["cookie-changed-over-and-over"],
            .receptionIgnored { reception in
                let second = try reception.requireCookieChange()
                try reception.sayCookieChange(
                    from: second.chunk.cookieEcho,
                    to: reception.probe.octets(64),
                    for: second
                )
            }
        ),
        .client(
            "startup/cookie-change-after-opening-ignored",
            "A Cookie Change for a session that is open already changes nothing.",
            ["RFC7016-3.5.1.2-02"],
            saboteurs: ["cookie-change-reopens"],
            .sessionIgnored { session in
                let change = RHelloCookieChange(
                    oldCookie: session.keying.chunk.cookieEcho,
                    newCookie: session.probe.octets(64)
                )
                try session.peer.say([.responderHelloCookieChange(change)], to: session.farSessionID)
            }
        ),
    ]
}

extension Reception {
    /// Sends a Cookie Change and waits for the IIKeying with the new cookie.
    @discardableResult
    func changeCookie(
        of initiation: Initiation,
        to cookie: [UInt8],
        within patience: Interval? = nil
    ) throws -> Initiation {
        try sayCookieChange(from: initiation.chunk.cookieEcho, to: cookie, for: initiation)
        let expected = "an IIKeying with the new cookie"
        let (chunk, heard) = try initiation.peer.expect(expected, within: patience) { heard in
            heard.first(\.asIIKeying).flatMap { $0.cookieEcho == cookie ? ($0, heard) : nil }
        }
        return take(chunk, heard, at: initiation.peer, for: initiation.welcome)
    }

    /// Brings the client to change its cookie, at the latest when it repeats its IIKeying; else nothing can be said
    /// about what follows from that.
    @discardableResult
    func requireCookieChange(of known: Initiation? = nil) throws -> Initiation {
        let initiation = try known ?? given { try greet() }
        do {
            return try changeCookie(of: initiation, to: probe.octets(64), within: .seconds(6))
        } catch is Unmet {
            throw Lacking(reason: "it does not follow Cookie Changes")
        }
    }

    /// Sends a Cookie Change to the session ID that the client has chosen.
    func sayCookieChange(from old: [UInt8], to new: [UInt8], for initiation: Initiation) throws {
        try initiation.peer.say(
            [.responderHelloCookieChange(RHelloCookieChange(oldCookie: old, newCookie: new))],
            to: initiation.chunk.initiatorSessionID
        )
    }
}
