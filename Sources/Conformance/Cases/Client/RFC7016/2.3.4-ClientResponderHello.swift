import RTMFP

/// RFC 7016 §2.3.4, §3.5.1.1.1: which RHellos an initiator takes, and what it makes of them.
enum ClientResponderHelloCases {
    static let all: [Case] =
        [1, 65, 200].map(cookie) + [
            .client(
                "startup/certificate-of-any-length",
                "A certificate of 300 octets, with options that nobody knows, is as good as a short one.",
                ["RFC7016-2.3.4-05"],
                saboteurs: ["certificate-of-77-octets"],
                .reception { reception in
                    var plan = HandshakePlan()
                    plan.certificateOptions = [.value(type: 0x7e, reception.probe.octets(100))]
                    plan.nonCanonicalOptions = [.value(type: 0x7d, reception.probe.octets(120))]
                    try reception.greet(plan)
                }
            ),
            .client(
                "startup/rhello-with-wrong-tag-ignored",
                "An RHello with a tag that the client did not send is ignored.",
                ["RFC7016-3.5.1.1.1-09"],
                saboteurs: ["tag-unchecked"],
                .receptionIgnored { reception in
                    var welcome = reception.welcome()
                    welcome.chunk.tagEcho = reception.probe.octets(16)
                    try reception.say(welcome)
                }
            ),
            .client(
                "startup/rhello-with-cut-tag-ignored",
                "An RHello with a part of the client's tag is ignored.",
                ["RFC7016-3.5.1.1.1-09"],
                saboteurs: ["tag-unchecked"],
                .receptionIgnored { reception in
                    var welcome = reception.welcome()
                    welcome.chunk.tagEcho.removeLast()
                    try reception.say(welcome)
                }
            ),
            .client(
                "startup/unselected-certificate-ignored",
                "An RHello whose certificate does not accept ancillary data is not of the server that was asked for.",
                ["RFC7016-3.5.1.1.1-09"],
                saboteurs: ["selection-unchecked"],
                .receptionIgnored { reception in
                    var plan = HandshakePlan()
                    plan.acceptsAncillaryData = false
                    try reception.say(reception.welcome(plan))
                }
            ),
            .client(
                "flash-crypto/ancillary-data-after-marker-ignored",
                "Accepts Ancillary Data after a Marker does not count.",
                ["RFC7425-4.3.3.2-02"],
                saboteurs: ["selection-unchecked", "marker-unseen"],
                .receptionIgnored { reception in
                    var plan = HandshakePlan()
                    plan.acceptsAncillaryData = false
                    plan.nonCanonicalOptions = [.certificate(.acceptsAncillaryData)]
                    try reception.say(reception.welcome(plan))
                }
            ),
            .client(
                "startup/torn-certificate-ignored",
                "An RHello whose certificate ends within an option is ignored.",
                ["RFC7016-3.5.1.1.1-09"],
                saboteurs: ["torn-certificate-taken"],
                .receptionIgnored { reception in
                    var welcome = reception.welcome()
                    welcome.chunk.responderCertificate += [0x05, 0x7e, 0x01]
                    try reception.say(welcome)
                }
            ),
            .client(
                "startup/first-rhello-counts",
                "Of two RHellos from two addresses the first is taken; the second is ignored.",
                ["RFC7016-3.5.1.1-02"],
                saboteurs: ["hello-state-unchecked"],
                .receptionIgnored { reception in
                    try given { _ = try reception.greet() }
                    let other = try reception.otherPeer()
                    try reception.say(reception.welcome(), from: other)
                }
            ),
            .client(
                "startup/destination-is-source-of-rhello",
                "The IIKeying goes to the address that the RHello came from, not to the one that was asked.",
                ["RFC7016-3.5.1.1.1-11"],
                saboteurs: ["iikeying-to-first-address"],
                .reception { reception in
                    try reception.greet(from: reception.otherPeer())
                }
            ),
        ]

    private static func cookie(_ length: Int) -> Case {
        .client(
            "startup/cookie-of-\(length)-octet\(length == 1 ? "" : "s")",
            "A cookie of \(length) octet\(length == 1 ? "" : "s") comes back in the IIKeying as it is.",
            ["RFC7016-2.3.4-04", "RFC7016-2.3.7-04"],
            saboteurs: length < 64 ? ["cookie-padded-to-64"] : ["cookie-cut-to-64"],
            .reception { reception in
                var plan = HandshakePlan()
                plan.cookieLength = length
                let welcome = reception.welcome(plan)
                try reception.say(welcome)
                let (keying, heard) = try reception.door.expect("an IIKeying") { heard in
                    heard.first(\.asIIKeying).map { ($0, heard) }
                }
                try requireEqual(keying.cookieEcho, welcome.chunk.cookie, "cookie echo")
                reception.take(keying, heard, at: reception.door, for: welcome)
            }
        )
    }
}
