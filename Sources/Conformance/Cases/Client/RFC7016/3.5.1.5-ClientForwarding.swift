import RTMFP

/// RFC 7016 §2.3.3, §3.5.1.1.2, §3.5.1.5: a client to which IHellos are forwarded.
enum ClientForwardingCases {
    static let all: [Case] = [
        .client(
            "introduction/fihello-answered-at-reply-address",
            "An FIHello that selects the client is answered by an RHello at its reply address.",
            ["RFC7016-2.3.3-03", "RFC7016-2.3.3-04", "RFC7016-3.5.1.1.2-08"],
            level: .should,
            accepts: [
                .init(
                    "an Implied Redirect comes to the reply address",
                    "RFC 7016 §3.5.1.1.2: construct and send an Implied Redirect to the FIHello's reply address."
                ),
                .init("the FIHello is ignored", "RFC 7016 §3.5.1.1.2: ignore this FIHello."),
            ],
            saboteurs: ["fihello-answered-to-forwarder", "fihello-answered-with-addresses", "fihello-tag-lost"],
            .session { session in
                let other = try session.otherPeer()
                let tag = session.probe.octets(16)
                let mark = session.peer.heard.count
                try session.forward(clientFingerprint(session.keying.chunk), tag: tag, replyTo: other)
                try session.ping()
                let answer: Heard
                do {
                    answer = try other.expect("an RHello or a Redirect", from: 0) { $0 }
                } catch is Unmet {
                    if let wrong = session.peer.heard[mark...].first(where: { $0.answers(tag) }) {
                        throw Unmet(expected: "an answer at \(other.localAddress) alone", actual: wrong.summary)
                    }
                    throw Settled(alternative: "the FIHello is ignored")
                }
                if let redirect = answer.first(\.asRedirect), redirect.tagEcho == tag {
                    try require(
                        redirect.redirectDestinations.isEmpty,
                        expected: "a Redirect without addresses: the client itself is meant",
                        actual: answer.summary
                    )
                    throw Settled(alternative: "an Implied Redirect comes to the reply address")
                }
                try require(
                    answer.first(\.asRHello)?.tagEcho == tag,
                    expected: "an RHello with the FIHello's tag",
                    actual: answer.summary
                )
            }
        ),
        .client(
            "introduction/fihello-for-another-ignored",
            "An FIHello for another fingerprint than the client's is not answered.",
            ["RFC7016-2.3.3-03"],
            saboteurs: ["any-fingerprint-answered"],
            .sessionIgnored { session in
                let other = try session.otherPeer()
                try session.forward(session.probe.octets(32), tag: session.probe.octets(16), replyTo: other)
            }
        ),
        .client(
            "introduction/fihello-of-a-peer-survived",
            "An FIHello in a session that another peer has opened to the client is answered or ignored; the session lives.",
            ["RFC7016-3.5.1.5-05"],
            level: .may,
            saboteurs: ["fihello-of-a-peer-kills", "fihello-of-a-peer-closes"],
            .session { session in
                let peers = try session.openToClient()
                let other = try session.otherPeer()
                try peers.forward(
                    clientFingerprint(session.keying.chunk),
                    tag: session.probe.octets(16),
                    replyTo: other
                )
                try peers.ping()
            }
        ),
    ]
}

extension ProbeSession {
    /// Another address of the checker, from which the far end can be spoken to.
    func otherPeer() throws -> Peer {
        guard let far = peer.far else { throw Inconclusive(reason: "nobody is at the far end") }
        return try probe.newPeer(towards: far)
    }

    /// Forwards an IHello that asks for `fingerprint`.
    func forward(_ fingerprint: [UInt8], tag: [UInt8], replyTo other: Peer) throws {
        let forwarded = FIHello(
            endpointDiscriminator: EndpointDiscriminator(fingerprint: fingerprint).encoded,
            replyAddress: Address(other.localAddress, origin: .observed),
            tag: tag
        )
        try say([.forwardedInitiatorHello(forwarded)])
    }

    /// Opens a session to the client that has opened this one, from another address.
    func openToClient(_ change: HandshakePlan = HandshakePlan()) throws -> ProbeSession {
        var plan = change
        let fingerprint = try given { try clientFingerprint(keying.chunk) }
        plan.endpointDiscriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        let other = try otherPeer()
        let hello: RHello
        do {
            hello = try probe.greet(plan, from: other)
        } catch is Unmet {
            throw Lacking(reason: "it does not answer IHellos for its fingerprint")
        }
        return try given {
            let keying = try probe.keying(plan, for: hello)
            return try probe.session(keying, probe.exchange(keying, from: other), on: other)
        }
    }
}

extension Heard {
    /// Whether an RHello or a Redirect in it echoes `tag`.
    fileprivate func answers(_ tag: [UInt8]) -> Bool {
        first(\.asRHello)?.tagEcho == tag || first(\.asRedirect)?.tagEcho == tag
    }
}
