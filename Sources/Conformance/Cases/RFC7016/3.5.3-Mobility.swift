import RTMFP

/// RFC 7016 §3.5.3, §3.5.4.2: a far end whose address changes.
enum MobilityCases {
    static let all: [Case] = [
        Case(
            "rendezvous/mobility/address-needs-verification",
            "A packet from another address does not move the session before that address was verified.",
            ["RFC7016-3.5.3-02"],
            level: .should,
            saboteurs: ["address-adopted-at-once", "source-address-required"],
            .session { session in
                let elsewhere = try session.elsewhere()
                try requireOldAddress(session.answeringAddress(of: elsewhere), session)
            }
        ),
        Case(
            "rendezvous/mobility/forged-ping-reply-moves-nothing",
            "A Ping Reply from another address that is not quite what was asked does not move the session.",
            ["RFC7016-3.5.4.2-05", "RFC7016-3.5.4.2-03"],
            saboteurs: ["address-check-unchecked"],
            .session { session in
                let elsewhere = try session.elsewhere()
                var forged = try session.check(at: elsewhere).message
                for index in forged.indices.suffix(4) {
                    forged[index] ^= 0xff
                }
                try session.say([.pingReply(PingReply(messageEcho: forged))], from: elsewhere)
                try requireOldAddress(session.answeringAddress(of: elsewhere), session)
            }
        ),
        Case(
            "rendezvous/mobility/verified-address-adopted",
            "After the far end has answered a Ping at its new address, the session goes on there.",
            ["RFC7016-3.5.3-01", "RFC7016-3.5.4.2-04"],
            saboteurs: ["address-never-adopted"],
            aftermath: .handshake,
            .session { session in
                try session.move(to: session.elsewhere())
            }
        ),
        Case(
            "rendezvous/mobility/checks-are-rare",
            "An address is checked at most once a second.",
            ["RFC7016-3.5.4.2-01"],
            level: .may,
            saboteurs: ["address-checked-at-every-packet"],
            .session { session in
                let elsewhere = try session.elsewhere()
                let start = session.peer.now
                for _ in 0..<6 {
                    try session.appear(at: elsewhere)
                }
                try session.ping()
                try elsewhere.wait(.milliseconds(100))
                let checks = elsewhere.heard.flatMap(\.chunks).count { $0.asPing != nil }
                let permitted = 2 + Int((session.peer.now - start).seconds)
                try require(
                    checks <= permitted,
                    expected: "at most \(permitted) Pings in that time",
                    actual: "\(checks)"
                )
            }
        ),
    ]

    private static func requireOldAddress(_ answered: Peer, _ session: ProbeSession) throws {
        try require(
            answered === session.peer,
            expected: "the answer at the session's address, \(session.peer.localAddress)",
            actual: "it came to \(answered.localAddress)"
        )
    }
}

extension ProbeSession {
    /// Another address, which understands what the target sends in this session.
    func elsewhere() throws -> Peer {
        let elsewhere = try probe.newPeer()
        elsewhere.listen(to: nearSessionID, receiving)
        return elsewhere
    }

    /// Pings from another address and tells at which of the two the answer comes.
    func answeringAddress(of elsewhere: Peer) throws -> Peer {
        let message = probe.octets(12)
        try say([.ping(Ping(message: message))], from: elsewhere)
        let end = peer.now + probe.timing.patience
        while peer.now < end {
            for listening in [peer, elsewhere] {
                _ = try listening.hear(until: listening.now + .milliseconds(5))
                if listening.heard.contains(where: { $0.pingReplies.contains(message) }) { return listening }
            }
        }
        return try buildingOnPings {
            throw Unmet(expected: "a Ping Reply at the old address or the new one", actual: "none at either")
        }
    }

    /// Goes to another address: answers the target's check there, and is answered there from then on.
    func move(to elsewhere: Peer) throws {
        let check = try check(at: elsewhere)
        try say([.pingReply(PingReply(messageEcho: check.message))], from: elsewhere)
        let message = probe.octets(12)
        try buildingOnPings {
            try elsewhere.ask("a Ping Reply at the new address") {
                try say([.ping(Ping(message: message))], from: elsewhere)
            } _: { heard in
                heard.pingReplies.contains(message) ? () : nil
            }
        }
    }

    /// Sends a valid packet from another address.
    fileprivate func appear(at elsewhere: Peer) throws {
        try say([.ping(Ping(message: probe.octets(12)))], from: elsewhere)
    }

    /// Appears at another address until the target checks it with a Ping.
    fileprivate func check(at elsewhere: Peer) throws -> Ping {
        do {
            // Checks come at most once a second, so the first appearance may be too early for one.
            return try elsewhere.ask("a Ping at the new address") {
                try appear(at: elsewhere)
            } _: { heard in
                heard.first(\.asPing)
            }
        } catch is Unmet {
            throw Lacking(reason: "it does not verify new addresses of a far end")
        }
    }
}
