import RTMFP

/// RFC 7016 §2.3.6, §3.5.1.2: an initiator that is told to use another cookie.
enum ClientCookieChangeCases {
    static let all: [Case] = [
        .client(
            "startup/cookie-change-followed",
            "On a Cookie Change the client sends a new IIKeying with the new cookie, also if that is longer.",
            ["RFC7016-2.3.6-05", "RFC7016-2.3.6-04"],
            level: .should,
            saboteurs: ["cookie-change-ignored", "new-cookie-cut-to-64"],
            .reception { reception in
                let first = try given { try reception.greet() }
                try reception.changeCookie(of: first, to: reception.probe.octets(70))
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
                let second = try given { try reception.changeCookie(of: first, to: reception.probe.octets(64)) }
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
                let first = try given { try reception.greet() }
                let second = try given { try reception.changeCookie(of: first, to: reception.probe.octets(64)) }
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
    func changeCookie(of initiation: Initiation, to cookie: [UInt8]) throws -> Initiation {
        try sayCookieChange(from: initiation.chunk.cookieEcho, to: cookie, for: initiation)
        let (chunk, heard) = try initiation.peer.expect("an IIKeying with the new cookie") { heard in
            heard.first(\.asIIKeying).flatMap { $0.cookieEcho == cookie ? ($0, heard) : nil }
        }
        return take(chunk, heard, at: initiation.peer, for: initiation.welcome)
    }

    /// Sends a Cookie Change to the session ID that the client has chosen.
    func sayCookieChange(from old: [UInt8], to new: [UInt8], for initiation: Initiation) throws {
        try initiation.peer.say(
            [.responderHelloCookieChange(RHelloCookieChange(oldCookie: old, newCookie: new))],
            to: initiation.chunk.initiatorSessionID
        )
    }
}
