import Links
import RTMFP

/// RFC 7016 §2.3.5, §3.5.1.1.1, §5: where a Redirect leads an initiator.
enum ClientRedirectCases {
    static let all: [Case] = [
        .client(
            "redirect/address-asked",
            "An address that a Redirect lists is asked with the same tag, and the session can be opened there.",
            ["RFC7016-2.3.5-04"],
            level: .should,
            accepts: [
                .init(
                    "the client keeps to its own addresses",
                    "RFC 7016 §2.3.5: the receiver may add none, some or all of the addresses to its candidates."
                )
            ],
            saboteurs: ["redirected-with-other-tag", "iikeying-to-first-address"],
            .reception { reception in
                let other = try reception.otherPeer()
                try reception.redirect(to: [other.localAddress])
                let asked: Heard
                do {
                    asked = try other.expect("an IHello", within: .seconds(3), from: 0) {
                        $0.first(\.asIHello) != nil ? $0 : nil
                    }
                } catch is Unmet {
                    throw Settled(alternative: "the client keeps to its own addresses")
                }
                try requireEqual(asked.first(\.asIHello)?.payload ?? [], reception.hello.payload, "IHello")
                try reception.greet(from: other)
            }
        ),
        .client(
            "redirect/implied",
            "A Redirect without addresses means the address that it comes from.",
            ["RFC7016-2.3.5-03"],
            saboteurs: ["redirects-ignored", "implied-redirect-ignored"],
            .reception { reception in
                try reception.requireFollowing()
                let other = try reception.otherPeer()
                try reception.redirect(to: [], from: other)
                try reception.expectHello(at: other, within: .seconds(3), from: 0)
                try given { _ = try reception.greet(from: other) }
            }
        ),
        .client(
            "redirect/wrong-tag-ignored",
            "A Redirect with a tag that the client did not send leads nowhere.",
            ["RFC7016-2.3.5-05"],
            saboteurs: ["tag-unchecked"],
            .receptionIgnored { reception in
                let other = try reception.otherPeer()
                try reception.redirect(to: [other.localAddress], tag: reception.probe.octets(16))
            }
        ),
        .client(
            "redirect/from-elsewhere",
            "A Redirect with the right tag counts, wherever it comes from.",
            ["RFC7016-2.3.5-05"],
            saboteurs: ["redirects-ignored", "redirect-source-checked"],
            .reception { reception in
                try reception.requireFollowing()
                let (source, destination) = (try reception.otherPeer(), try reception.otherPeer())
                try reception.redirect(to: [destination.localAddress], from: source)
                try reception.expectHello(at: destination, within: .seconds(3), from: 0)
            }
        ),
        .client(
            "redirect/original-kept",
            "After a Redirect to a dead address the first address is asked as well, and the session opens there.",
            ["RFC7016-2.3.5-06"],
            saboteurs: ["original-given-up"],
            .reception { reception in
                try reception.requireFollowing()
                try given { _ = try reception.expectHello(at: reception.door, within: .seconds(6)) }
                try reception.redirect(to: [reception.otherPeer().localAddress])
                try reception.expectHello(at: reception.door, within: .seconds(8))
            }
        ),
        .client(
            "redirect/dead-beside-live",
            "Of two listed addresses, one of them dead, the live one is asked at once, and opens the session.",
            ["RFC7016-3.5.1.7-01", "RFC7016-3.5.1.1.1-04"],
            saboteurs: ["redirects-ignored", "first-redirect-address-only"],
            .reception { reception in
                try reception.requireFollowing()
                let (dead, live) = (try reception.otherPeer(), try reception.otherPeer())
                try reception.redirect(to: [dead.localAddress, live.localAddress])
                try reception.expectHello(at: live, within: .seconds(3), from: 0)
                try given { _ = try reception.greet(from: live) }
            }
        ),
        .client(
            "redirect/ipv6-beside-ipv4",
            "A Redirect that lists addresses of both families leads to the one that the client can reach.",
            ["RFC7016-2.1.5-04"],
            saboteurs: ["redirects-ignored", "mixed-redirect-ignored"],
            .reception { reception in
                try reception.requireFollowing()
                let other = try reception.otherPeer()
                let port = other.localAddress.port
                let foreign: SocketAddress =
                    other.localAddress.family == .v4 ? .loopback(.v6, port: port) : .loopback(.v4, port: port)
                try reception.redirect(to: [other.localAddress, foreign])
                try reception.expectHello(at: other, within: .seconds(3), from: 0)
            }
        ),
        .client(
            "redirect/truncated-address-ignored",
            "A Redirect whose last address is cut off is malformed, and leads nowhere.",
            ["RFC7016-2.1.5-05"],
            saboteurs: ["truncated-redirect-followed"],
            .receptionIgnored { reception in
                let other = try reception.otherPeer()
                let whole = Redirect(
                    tagEcho: reception.hello.tag,
                    redirectDestinations: [
                        Address(other.localAddress, origin: .observed), Address(other.localAddress, origin: .observed),
                    ]
                )
                try reception.door.say([
                    .unknown(type: ChunkType.responderRedirect.rawValue, payload: whole.payload.dropLast())
                ])
            }
        ),
        .client(
            "redirect/ignored-after-rhello",
            "Once an RHello was accepted, Redirects lead nowhere.",
            ["RFC7016-3.5.1.1.1-07"],
            saboteurs: ["hello-state-unchecked"],
            .receptionIgnored { reception in
                try given { _ = try reception.greet() }
                let other = try reception.otherPeer()
                try reception.redirect(to: [other.localAddress])
            }
        ),
        .client(
            "redirect/24-addresses-at-most",
            "However many addresses Redirects list, 24 are asked at most.",
            ["RFC7016-3.5.1.1.1-08", "RFC7016-5-05"],
            level: .should,
            saboteurs: ["every-redirect-address-asked"],
            .reception { reception in
                try reception.requireFollowing()
                let peers = try (0..<30).map { _ in try reception.otherPeer() }
                try reception.redirect(to: peers[..<15].map(\.localAddress))
                try reception.redirect(to: peers[15...].map(\.localAddress))
                // Those that are asked are asked at once; the client's next word shows that it has done so.
                try given { _ = try reception.expectHello(at: reception.door, within: .seconds(6)) }
                let asked = try peers.count { peer in
                    while try peer.hear(until: peer.now) != nil {}
                    return !peer.heard.isEmpty
                }
                try require(
                    asked <= 24,
                    expected: "24 addresses that are asked, or fewer",
                    actual: "\(asked) of 30 that were listed"
                )
            }
        ),
        .client(
            "redirect/own-schedule",
            "An address that is added late is asked at once, and then on a schedule of its own.",
            ["RFC7016-3.5.1.1.1-06", "RFC7016-5-05"],
            level: .should,
            saboteurs: ["redirects-ignored", "added-address-waits", "hello-every-second", "hello-backoff-too-gentle"],
            .reception { reception in
                try reception.requireFollowing()
                try given { _ = try reception.expectHello(at: reception.door, within: .seconds(6)) }
                let other = try reception.otherPeer()
                try reception.redirect(to: [other.localAddress])
                try reception.expectHello(at: other, within: .seconds(1), from: 0, "an IHello at once, within a second")
                let times = try reception.times(of: "IHello", at: other) { $0.first(\.asIHello) != nil }
                try requireBackoff(times, of: "IHello")
            }
        ),
    ]
}
