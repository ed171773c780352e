import Flash
import RTMFP

/// RFC 7016 §3.5.1.4 to §3.5.1.6, RFC 7425 §5.4.1: a server introduces its clients to each other.
enum IntroductionCases {
    static let all: [Case] = [
        Case(
            "rendezvous/introduction/redirect-to-observed-address",
            "Whoever asks for a connected client by its fingerprint is redirected to the address at which it is seen.",
            [
                "RFC7016-3.5.1.4-02", "RFC7016-2.3.5-01", "RFC7016-3.5.1.6-03", "RFC7425-4.3.2-01", "RFC7425-4.3.2-02",
                "RDV-011",
            ],
            needs: [.netConnection],
            saboteurs: [
                "nobody-redirected", "redirect-without-observed-address", "redirect-with-trailing-octet",
                "empty-peer-info-ends-introduction", "everything-selected",
            ],
            .session { session in
                try session.becomeIntroducible()
                let redirect = try session.introduction().redirect
                try require(
                    redirect.redirectDestinations.contains { session.peer.isSeen(at: $0.socket) },
                    expected: "a Redirect with \(session.peer.localAddress)",
                    actual: "it has \(list(redirect))"
                )
            }
        ),
        Case(
            "rendezvous/introduction/redirect-in-startup-packet",
            "A Redirect comes in a startup packet to session ID 0 under the Default Session Key.",
            ["RFC7016-2.3.5-02"],
            needs: [.netConnection],
            saboteurs: ["redirect-to-other-session-id"],
            .session { session in
                try session.becomeIntroducible()
                let heard = try given { try session.introduction() }.heard
                try require(
                    heard.sessionID == 0 && heard.protection == .defaultKey && heard.packet?.header.mode == .startup,
                    expected: "mode 3, session ID 0, the Default Session Key",
                    actual: heard.summary
                )
            }
        ),
        Case(
            "rendezvous/introduction/redirect-to-source-of-ihello",
            "A Redirect goes to the address from which the IHello came, also where the asker has a session elsewhere.",
            ["RFC7016-3.5.1.4-05"],
            needs: [.netConnection],
            saboteurs: ["redirect-to-newest-session", "one-session-only"],
            .session { session in
                try session.becomeIntroducible()
                let asking = try given { try session.probe.openSomewhere() }
                _ = try asking.connect()
                let mark = asking.peer.heard.count
                _ = try given { try session.introduction() }
                try asking.ping()
                let strays = asking.peer.heard[mark...].filter { $0.first(\.asRedirect) != nil }
                try require(strays.isEmpty, expected: "no Redirect at the asker's session", actual: "\(strays.count)")
            }
        ),
        Case(
            "rendezvous/introduction/redirect-and-forwarded-ihello",
            "For one IHello the asker is redirected, and the client told, so that the NATs of both open.",
            [
                "RFC7016-3.5.1.6-04", "RFC7425-5.4.1-02", "RFC7016-3.5.1.5-02", "RFC7016-2.3.3-01",
                "RFC7016-2.3.3-02",
            ],
            needs: [.netConnection],
            saboteurs: ["nothing-forwarded", "fihello-in-startup-packet"],
            .session { session in
                try session.becomeIntroducible()
                let introduction = try given { try session.introduction() }
                _ = try session.forwarded(introduction)
            }
        ),
        Case(
            "rendezvous/introduction/fihello-repeats-discriminator",
            "A Forwarded IHello has the endpoint discriminator of the IHello, octet for octet.",
            ["RFC7016-2.3.3-05", "RFC7016-3.5.1.5-03"],
            needs: [.netConnection],
            saboteurs: [
                "nothing-forwarded", "fihello-in-startup-packet", "fihello-discriminator-rebuilt",
            ],
            .session { session in
                try session.becomeIntroducible()
                let extra = Option.value(type: 0x7e, [1, 2, 3])
                let introduction = try given { try session.introduction(with: [extra]) }
                let forwarded = try session.forwarded(introduction)
                try requireEqual(
                    forwarded.endpointDiscriminator,
                    introduction.hello.endpointDiscriminator,
                    "endpointDiscriminator"
                )
            }
        ),
        Case(
            "rendezvous/introduction/fihello-repeats-tag",
            "A Forwarded IHello has the tag of the IHello, whatever its length.",
            ["RFC7016-2.3.3-06", "RFC7016-3.5.1.5-03"],
            needs: [.netConnection],
            saboteurs: [
                "nothing-forwarded", "fihello-in-startup-packet", "fihello-tag-of-16-octets",
            ],
            .session { session in
                try session.becomeIntroducible()
                for length in [8, 16, 40] {
                    let introduction = try given { try session.introduction(tagLength: length) }
                    try requireEqual(try session.forwarded(introduction).tag, introduction.hello.tag, "tag")
                }
            }
        ),
        Case(
            "rendezvous/introduction/fihello-has-source-of-ihello",
            "The reply address of a Forwarded IHello is the address from which the IHello came.",
            ["RFC7016-2.3.3-07", "RFC7016-3.5.1.5-03"],
            needs: [.netConnection],
            saboteurs: [
                "nothing-forwarded", "fihello-in-startup-packet",
                "fihello-with-other-reply-address",
            ],
            .session { session in
                try session.becomeIntroducible()
                let introduction = try given { try session.introduction() }
                let reply = try session.forwarded(introduction).replyAddress
                try require(
                    introduction.asker.isSeen(at: reply.socket),
                    expected: "replyAddress \(introduction.asker.localAddress)",
                    actual: "\(reply.socket)"
                )
            }
        ),
        Case(
            "rendezvous/introduction/repetitions-are-forwarded",
            "Each repetition of an IHello is forwarded again, since any of them may get lost.",
            ["RFC7016-3.5.1.5-04"],
            needs: [.netConnection],
            saboteurs: ["nothing-forwarded", "fihello-in-startup-packet", "forwards-once", "repeated-ihello-ignored"],
            .session { session in
                try session.becomeIntroducible()
                var introduction = try given { try session.introduction() }
                for _ in 1...2 {
                    _ = try session.forwarded(introduction)
                    try introduction.repeats(to: session)
                }
                _ = try session.forwarded(introduction)
            }
        ),
        Case(
            "rendezvous/introduction/unknown-peer-silent",
            "An IHello for a peer that is not connected is not answered, least of all with an empty Redirect.",
            ["RFC7016-3.5.1.4-03", "RFC7425-5.4.1-03"],
            needs: [.netConnection],
            saboteurs: ["gone-peers-redirected", "empty-redirect-sent"],
            .startup { probe in
                let session = try given { try probe.openSomewhere() }
                try session.becomeIntroducible()
                _ = try given { try session.introduction() }
                try given {
                    try session.peer.ask("a Close Acknowledgement") {
                        try session.say([.sessionCloseRequest])
                    } _: { heard in
                        heard.chunks.contains(.sessionCloseAcknowledgement) ? () : nil
                    }
                }
                let asker = try probe.newPeer()
                let tag = probe.octets(16)
                let discriminator = EndpointDiscriminator(fingerprint: session.fingerprint).encoded
                try asker.say([.initiatorHello(IHello(endpointDiscriminator: discriminator, tag: tag))])
                _ = try probe.greet(from: asker)
                let answers = asker.heard.filter { heard in
                    heard.first(\.asRedirect)?.tagEcho == tag || heard.first(\.asRHello)?.tagEcho == tag
                }
                try require(
                    answers.isEmpty,
                    expected: "no answer to an IHello for a peer that has gone",
                    actual: answers.first?.summary ?? ""
                )
            }
        ),
        Case(
            "rendezvous/introduction/follows-moved-client",
            "The public address of a client is DESTADDR of its session: after a move, the new one.",
            ["RFC7016-3.5.1.6-01"],
            needs: [.netConnection],
            saboteurs: ["redirect-without-observed-address", "introduces-first-address"],
            aftermath: .handshake,
            .session { session in
                try session.becomeIntroducible()
                _ = try given { try session.introduction() }
                let elsewhere = try session.elsewhere()
                try given { try session.move(to: elsewhere) }
                let redirect = try given { try session.introduction() }.redirect
                try require(
                    redirect.redirectDestinations.contains { elsewhere.isSeen(at: $0.socket) },
                    expected: "a Redirect with \(elsewhere.localAddress) ",
                    actual: "it has \(list(redirect))"
                )
            }
        ),
        reported(
            "reported-addresses-added",
            "Addresses that a client reports may be in the Redirect, besides the observed one.",
            ["RFC7016-3.5.1.6-02"],
            level: .may,
            ["peer-info-ignored", "redirect-without-observed-address"],
            [["10.9.8.7:1234"]],
            expected: ["10.9.8.7:1234"]
        ),
        reported(
            "no-reported-addresses",
            "A client may report no addresses; it is introduced all the same.",
            ["RFC7425-5.3.3-04"],
            level: .must,
            ["redirect-without-observed-address"],
            [[]],
            expected: []
        ),
        reported(
            "ipv6-addresses",
            "Reported IPv6 addresses are in brackets, the port follows after a colon.",
            ["RFC7425-5.3.3-10"],
            level: .must,
            ["peer-info-ignored", "ipv6-peer-info-ignored", "redirect-without-observed-address"],
            [["[2001:db8:1::2]:50002"]],
            expected: ["[2001:db8:1:0:0:0:0:2]:50002"]
        ),
        reported(
            "unreadable-addresses-skipped",
            "Reported strings that are no addresses are skipped; the others count.",
            ["RFC7425-5.3.3-11"],
            level: .observed,
            ["peer-info-ignored", "one-bad-address-spoils-all", "redirect-without-observed-address"],
            [["garbage", "1.2.3.4:99999", "[::1", "10.9.8.7:1234"]],
            expected: ["10.9.8.7:1234"]
        ),
        reported(
            "later-list-replaces-earlier",
            "A later list of addresses takes the place of the earlier one.",
            ["RFC7425-5.3.3-12"],
            level: .must,
            ["peer-info-ignored", "peer-info-accumulates", "redirect-without-observed-address"],
            [["10.9.8.7:1234"], ["10.9.8.6:1235"]],
            expected: ["10.9.8.6:1235"]
        ),
    ]

    /// A client reports lists of addresses; the Redirect has the observed one and the expected ones, no others.
    private static func reported(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level,
        _ saboteurs: [String],
        _ lists: [[String]],
        expected: [String]
    ) -> Case {
        Case(
            "rendezvous/introduction/\(name)",
            title,
            requirements,
            level: level,
            needs: [.netConnection],
            saboteurs: saboteurs,
            .session { session in
                let connection = try session.connect()
                for list in lists {
                    let form = Command("setPeerInfo", list.map { .string($0) })
                    try connection.send(form.message())
                }
                try connection.requireAlive("after setPeerInfo")
                let redirect = try given { try session.introduction() }.redirect
                let others = redirect.redirectDestinations.filter { !session.peer.isSeen(at: $0.socket) }
                try require(
                    others.count < redirect.redirectDestinations.count
                        && Set(others.map { "\($0.socket)" }) == Set(expected),
                    expected: "a Redirect with the observed address and "
                        + (expected.isEmpty ? "no other" : expected.joined(separator: ", ")),
                    actual: "it has \(list(redirect))"
                )
            }
        )
    }

    private static func list(_ redirect: Redirect) -> String {
        redirect.redirectDestinations.isEmpty
            ? "no address" : redirect.redirectDestinations.map { "\($0.socket)" }.joined(separator: ", ")
    }
}

/// What came of asking the target for a client of its.
private struct Introduced {
    var hello: IHello
    var asker: Peer
    var redirect: Redirect
    /// The packet with the Redirect.
    var heard: Heard
    /// How much the client had heard before.
    var mark: Int

    /// Asks again.
    mutating func repeats(to session: ProbeSession) throws {
        mark = session.peer.heard.count
        try asker.say([.initiatorHello(hello)])
    }
}

extension Peer {
    /// Whether `address` may be that of this peer, as others see it: no more is known of a link without an address of
    /// its own than its port.
    fileprivate func isSeen(at address: SocketAddress) -> Bool {
        let isBound = localAddress.octets.contains { $0 != 0 }
        return isBound ? address == localAddress : address.port == localAddress.port
    }
}

extension ProbeSession {
    /// Connects, and tells addresses: some servers introduce nobody who has told none.
    fileprivate func becomeIntroducible() throws {
        let connection = try connect()
        try given {
            try connection.send(Command("setPeerInfo").message())
            try connection.requireAlive("after setPeerInfo")
        }
    }

    /// The fingerprint of the probe's certificate: its peer ID.
    fileprivate var fingerprint: [UInt8] {
        (try? Certificate(decoding: keying.chunk.initiatorCertificate))?.fingerprint ?? []
    }

    /// Asks the target, from another address, for this session's probe.
    fileprivate func introduction(with options: [Option] = [], tagLength: Int = 16) throws -> Introduced {
        let asker = try probe.newPeer()
        let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded + options.encoded
        let hello = IHello(endpointDiscriminator: discriminator, tag: probe.octets(tagLength))
        let mark = peer.heard.count
        let (redirect, heard) = try asker.ask("a Redirect that echoes the IHello's tag") {
            try asker.say([.initiatorHello(hello)])
        } _: { heard in
            // An empty one says that the target means itself (RFC 7016 §2.3.5).
            heard.first(\.asRedirect).flatMap { redirect in
                redirect.tagEcho == hello.tag && !redirect.redirectDestinations.isEmpty ? (redirect, heard) : nil
            }
        }
        return Introduced(hello: hello, asker: asker, redirect: redirect, heard: heard, mark: mark)
    }

    /// Waits for the Forwarded IHello that follows.
    fileprivate func forwarded(_ introduction: Introduced) throws -> FIHello {
        try expect("a Forwarded IHello in the client's session", from: introduction.mark) { heard in
            heard.protection == .defaultKey ? nil : heard.first(\.asFIHello)
        }
    }
}
