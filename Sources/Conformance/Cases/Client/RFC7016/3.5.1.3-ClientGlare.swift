import RTMFP

/// RFC 7016 §3.5.1.3, RFC 7425 §4.3.6: the client opens a session to the checker, and the checker to the client.
enum ClientGlareCases {
    static let all: [Case] = [
        .client(
            "startup/glare-client-prevails",
            "If the client's certificate is ordered before the checker's, it ignores the checker's IIKeying and goes on "
                + "with its own.",
            ["RFC7016-3.5.1.3-01", "RFC7016-3.5.1.3-02"],
            saboteurs: ["glare-unnoticed", "glare-always-yields"],
            .receptionIgnored(.particular { $0.first(\.asRIKeying) != nil ? "the client sent an RIKeying" : nil }) {
                reception in
                let rivalry = try Rivalry(reception, checkerPrevails: false)
                try rivalry.say()
            }
        ),
        .client(
            "startup/glare-checker-prevails",
            "If the checker's certificate is ordered before the client's, the client answers the checker's IIKeying, and "
                + "sends its own no more.",
            ["RFC7016-3.5.1.3-01", "RFC7016-3.5.1.3-03"],
            saboteurs: ["glare-unnoticed", "glare-never-yields"],
            setting: .cold,
            .startup { probe in
                let reception = try given { try probe.receive() }
                let rivalry = try Rivalry(reception, checkerPrevails: true)
                let session = try rivalry.open()
                try session.ping()
                let mark = reception.door.heard.count
                // By then an opening session that lived would have sent its IIKeying again.
                try reception.door.wait(.seconds(4))
                if let other = reception.door.heard[mark...].first(where: { $0.first(\.asIIKeying) != nil }) {
                    throw Unmet(expected: "no IIKeying of the client any more", actual: other.summary)
                }
                do {
                    try session.ping()
                } catch is Unmet {
                    throw Inconclusive(reason: "the client has left, and could not have sent another IIKeying")
                }
            }
        ),
    ]
}

/// The checker's attempt to open a session to a client that has sent it an IIKeying.
private struct Rivalry {
    private let reception: Reception
    private let keying: Keying

    /// Brings the client to S_KEYING_SENT, and gets a cookie of it.
    init(_ reception: Reception, checkerPrevails: Bool) throws {
        self.reception = reception
        var plan = HandshakePlan()
        // Certificates are compared octet by octet: this one begins with 01, or with 85: no key is as long as that.
        if !checkerPrevails {
            plan.certificateOptions = [.value(type: 0x7e, reception.probe.octets(700))]
        } else {
            plan.certificateOptions = [.certificate(.acceptsAncillaryData)]
        }
        let initiation = try given { try reception.greet(plan) }
        let near = initiation.welcome.chunk.responderCertificate
        let far = initiation.chunk.initiatorCertificate
        guard (near.lexicographicallyPrecedes(far)) == checkerPrevails else {
            throw Inconclusive(reason: "the client's certificate is ordered so that the case cannot be staged")
        }
        keying = try reception.probe.keyingToClient(initiation, plan)
    }

    /// Sends the checker's IIKeying.
    func say() throws {
        try reception.door.say([.initiatorInitialKeying(keying.chunk)])
    }

    /// Sends the checker's IIKeying until the client answers it, and gives the session.
    func open() throws -> ProbeSession {
        let probe = reception.probe
        return try probe.session(keying, probe.exchange(keying, from: reception.door), on: reception.door)
    }
}

extension Probe {
    /// An IIKeying to a client, under the certificate that it was welcomed with.
    fileprivate func keyingToClient(_ initiation: Reception.Initiation, _ plan: HandshakePlan) throws -> Keying {
        var plan = plan
        plan.identity = .ephemeralKey
        let fingerprint = try given { try clientFingerprint(initiation.chunk) }
        plan.endpointDiscriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        let hello: RHello
        do {
            hello = try greet(plan, from: initiation.peer)
        } catch is Unmet {
            throw Lacking(reason: "it does not answer IHellos for its fingerprint")
        }
        var keying = try keying(plan, for: hello)
        keying.chunk.initiatorCertificate = initiation.welcome.chunk.responderCertificate
        return keying
    }
}

/// The fingerprint of a client, also called its peer ID.
func clientFingerprint(_ keying: IIKeying) throws -> [UInt8] {
    try certificate(keying).fingerprint
}
