import RTMFP

/// RFC 7425 §4, §5.3, §6.1, §7: what a client says of itself, and whom it asks for.
enum ClientFlashCryptoCases {
    static let all: [Case] = [
        .client(
            "flash-crypto/discriminator-holds-uri",
            "The endpoint discriminator holds the whole URI as ancillary data.",
            ["RFC7425-4.4.2.2-01", "RFC7425-5.3.1-01"],
            saboteurs: ["uri-without-path", "path-without-uri"],
            .reception { reception in
                guard let asked = reception.discriminator?.ancillaryData else {
                    throw Unmet(
                        expected: "an endpoint discriminator with ancillary data",
                        actual: hex(reception.hello.endpointDiscriminator, limit: 48)
                    )
                }
                if let uri = reception.uri {
                    try requireEqual(asked, Array(uri.utf8), "ancillary data")
                } else {
                    guard String(decoding: asked, as: UTF8.self).lowercased().hasPrefix("rtmfp://") else {
                        throw Inconclusive(reason: "it asks for no URI, and may not have been told one")
                    }
                }
            }
        ),
        .client(
            "netconnection/path-percent-encoded",
            "Characters beyond ASCII in the path of the URI are percent-encoded.",
            ["RFC7425-6.1-04"],
            level: .should,
            saboteurs: ["path-in-raw-octets", "uri-without-path"],
            setting: .cold,
            .startup { probe in
                let reception = try given { try probe.receive(Call(path: "/live/pr\u{fc}fung")) }
                let asked = reception.discriminator?.ancillaryData ?? []
                let path = Array("/live/pr%C3%BCfung".utf8)
                try requireEqual(asked.suffix(path.count), path, "end of the ancillary data")
            }
        ),
        .client(
            "netconnection/standard-port",
            "A URI without a port means UDP port 1935.",
            ["RFC7425-6.1-01"],
            saboteurs: ["port-1936-by-default"],
            setting: .cold,
            .startup { probe in
                let (visit, doors) = try probe.call(Call(.standardPort))
                guard let door = doors.first else { return }
                try probe.receive(visit, at: door).open().ping()
            }
        ),
        .client(
            "flash-crypto/static-key",
            "The client's certificate holds a static Diffie-Hellman key.",
            ["RFC7425-7-01"],
            level: .should,
            saboteurs: ["client-keys-ephemeral"],
            .reception { reception in
                let certificate = try reception.certificate()
                try require(
                    !certificate.staticKeys.isEmpty,
                    expected: "a static key",
                    actual: "groups for ephemeral keys: \(certificate.ephemeralGroups)"
                )
            }
        ),
        .client(
            "flash-crypto/group-selected",
            "The keying component of a client with a static key selects one group, that of a key of its certificate.",
            ["RFC7425-4.5.2.3-01"],
            saboteurs: ["client-selects-no-group", "client-selects-foreign-group"],
            .reception { reception in
                let certificate = try reception.certificate()
                guard !certificate.staticKeys.isEmpty else {
                    throw Lacking(reason: "its certificate has no static key")
                }
                let component = reception.initiation.flatMap {
                    try? KeyingComponent(decoding: $0.chunk.sessionKeyInitiatorComponent)
                }
                let selected = component?.groupSelect
                try require(
                    selected.map { certificate.staticKeys[$0] != nil } ?? false,
                    expected: "a selection of group \(certificate.staticKeys.keys.sorted().map(String.init))",
                    actual: selected.map { "group \($0)" } ?? "no selection"
                )
            }
        ),
        .client(
            "flash-crypto/certificate-for-each-connection",
            "Two connections have two certificates, with two fingerprints.",
            ["RFC7425-5.3-01", "RFC7425-7-02"],
            saboteurs: ["client-certificate-constant"],
            setting: .cold,
            .startup { probe in
                let fingerprints = try (0..<2).map { _ in
                    let reception = try given { try probe.receive() }
                    try given { try reception.open().ping() }
                    return try reception.certificate().fingerprint
                }
                try require(
                    Set(fingerprints).count == 2,
                    expected: "two fingerprints",
                    actual: "\(hex(fingerprints.first ?? [])) twice"
                )
            }
        ),
        .client(
            "flash-crypto/not-found-by-uri",
            "A client does not answer IHellos that ask for a URI: it is no server.",
            ["RFC7425-4.4.3-05", "RFC7425-5.4.2-05"],
            saboteurs: ["client-found-by-uri"],
            .sessionIgnored { session in
                let discriminator = EndpointDiscriminator(uri: session.probe.visits.first?.uri ?? "rtmfp://localhost/")
                try session.otherPeer().say([
                    .initiatorHello(
                        IHello(endpointDiscriminator: discriminator.encoded, tag: session.probe.octets(16))
                    )
                ])
            }
        ),
        .client(
            "flash-crypto/not-found-by-other-fingerprint",
            "A client does not answer IHellos that ask for another fingerprint than its own.",
            ["RFC7425-5.4.2-05"],
            saboteurs: ["any-fingerprint-answered"],
            .sessionIgnored { session in
                let discriminator = EndpointDiscriminator(fingerprint: session.probe.octets(32))
                try session.otherPeer().say([
                    .initiatorHello(
                        IHello(endpointDiscriminator: discriminator.encoded, tag: session.probe.octets(16))
                    )
                ])
            }
        ),
        .client(
            "flash-crypto/hostname-after-marker-ignored",
            "A client that asks for a hostname does not take a certificate for proof that has it only after a Marker.",
            ["RFC7425-4.3.3.1-01"],
            saboteurs: ["hostname-after-marker-taken", "selection-unchecked", "marker-unseen"],
            setting: .cold,
            .startup { probe in
                var reception = try given { try probe.receive() }
                if reception.discriminator?.requiredHostname == nil {
                    reception = try given { try probe.receive(Call(.name)) }
                }
                guard let name = reception.discriminator?.requiredHostname else {
                    throw Lacking(reason: "it asks for no hostname")
                }
                var plan = HandshakePlan()
                plan.hasHostname = false
                plan.nonCanonicalOptions = [.certificate(.hostname, name)]
                let unproven = reception.welcome(plan)
                try reception.say(unproven)
                try reception.door.wait(.milliseconds(300))
                if let taken = reception.door.heard.first(where: { $0.first(\.asIIKeying) != nil }) {
                    throw Unmet(expected: "no IIKeying", actual: taken.summary)
                }
                // The client has not gone away meanwhile.
                try given { try reception.open().ping() }
            }
        ),
        .client(
            "flash-crypto/static-sessions-salted",
            "Where both ends have static keys, two sessions between them have different keys.",
            ["RFC7425-4.6.1-04"],
            saboteurs: ["client-salt-constant"],
            .session { session in
                guard try !Conformance.certificate(session.keying.chunk).staticKeys.isEmpty else {
                    throw Lacking(reason: "its certificate has no static key")
                }
                let components = try (0..<2).map { _ in
                    let opened = try session.openToClient()
                    try given { try opened.ping() }
                    opened.takeLeave()
                    return opened.answer.sessionKeyResponderComponent
                }
                try require(
                    components[0] != components[1],
                    expected: "two keying components with a salt each",
                    actual: "\(hex(components[0], limit: 48)) twice"
                )
            }
        ),
        unacceptableKey("0") { _ in [0] },
        unacceptableKey("1") { _ in [1] },
        unacceptableKey("modulus-minus-1") { group in
            var key = group.prime
            key[key.count - 1] -= 1
            return key
        },
        unacceptableKey("few-ones") { group in [0x80] + [UInt8](repeating: 0, count: group.prime.count - 2) + [0x0f] },
    ]

    private static func unacceptableKey(
        _ name: String,
        _ key: @escaping @Sendable (DiffieHellmanGroup) -> [UInt8]
    ) -> Case {
        ClientResponderKeyingCases.refused(
            "with-key-\(name)",
            "An RIKeying with an unacceptable public key opens nothing: \(name).",
            ["RFC7425-4.6.2-05"],
            area: "flash-crypto",
            saboteurs: ["client-public-key-unchecked"]
        ) { _, answer in
            var component = answer.component
            component.ephemeralKey = .init(group: answer.pair.group.rawValue, publicKey: key(answer.pair.group))
            answer.chunk.sessionKeyResponderComponent = component.encoded
        }
    }
}

/// The certificate in a client's IIKeying.
func certificate(_ keying: IIKeying) throws -> Certificate {
    do {
        return try Certificate(keying.initiatorCertificate)
    } catch {
        throw Unmet(expected: "an IIKeying with an acceptable certificate", actual: "\(error)")
    }
}

extension Reception {
    /// The client's certificate.
    fileprivate func certificate() throws -> Certificate {
        let initiation = try given { try self.initiation ?? greet() }
        return try Conformance.certificate(initiation.chunk)
    }
}
