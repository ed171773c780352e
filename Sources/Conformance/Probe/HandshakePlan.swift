import RTMFP

/// What a probe says of itself when it opens a session, or when a client opens one to it.
struct HandshakePlan: Sendable {
    /// How the probe's certificate provides its Diffie-Hellman key.
    enum Identity: Sendable {
        /// A static key in the certificate, as Flash clients have it (RFC 7425 §4.3.3.5).
        case staticKey
        /// A new key in the keying component (RFC 7425 §4.3.3.4).
        case ephemeralKey
    }

    /// As initiator: whom to ask for; nil for the target's own URI.
    var endpointDiscriminator: [UInt8]?
    /// Where the Diffie-Hellman key comes from; nil for static as initiator and ephemeral as responder, as Flash's are.
    var identity: Identity?
    /// The Diffie-Hellman group; nil, as initiator, for the smallest that the target's certificate offers, and as
    /// responder, for groups 2, 5 and 14 to choose from.
    var group: DiffieHellmanGroup?
    /// What to negotiate about HMACs; as the Flash Player asks by default.
    var hmac = NegotiationFlags.willSendOnRequest
    /// Octets of the probe's HMACs.
    var hmacLength: UInt64 = 10
    /// What to negotiate about session sequence numbers; as the Flash Player asks by default.
    var sequenceNumbers = NegotiationFlags.willSendOnRequest
    /// Options in the certificate besides the key, in front of it.
    var certificateOptions: [Option] = []
    /// Options after the certificate's first Marker; nil for no Marker.
    var nonCanonicalOptions: [Option]?
    /// Options in the keying component besides the usual ones, in front of them.
    var componentOptions: [Option] = []
    /// Who the probe is, if that was settled before; then nothing that is said here of certificate and key counts.
    var card: IdentityCard?
    /// As initiator: octets of random tag.
    var tagLength = 16
    /// As responder: octets of random cookie.
    var cookieLength = 64
    /// As responder: whether its certificate accepts ancillary data, so that clients may ask for it by URI.
    var acceptsAncillaryData = true
    /// As responder: whether its certificate has the hostname that a client asks for.
    var hasHostname = true
    /// Leading zero octets in front of the key's most significant one.
    var leadingZeros = 0
    /// Sent instead of the pair's public key; then no session can come of it.
    var publicKey: [UInt8]?
    /// The signature field of IIKeying or RIKeying (RFC 7425 §4.3.5).
    var signature: [UInt8] = [0x58]

    init() {}
}

/// An IIKeying, the secrets of the probe's end, and the responder's certificate, whichever end that is.
struct Keying {
    var chunk: IIKeying
    let pair: DiffieHellmanKeyPair
    var component: KeyingComponent
    let responderCertificate: Certificate
}

extension Probe {
    /// Greets the target from `peer` as planned until it answers with an RHello.
    func greet(_ plan: HandshakePlan = HandshakePlan(), from peer: Peer) throws -> RHello {
        let tag = octets(plan.tagLength)
        let hello = IHello(
            endpointDiscriminator: plan.endpointDiscriminator ?? target.endpointDiscriminator,
            tag: tag
        )
        return try peer.ask("an RHello that echoes the IHello's tag") {
            try peer.say([.initiatorHello(hello)])
        } _: { heard in
            heard.first(\.asRHello).flatMap { $0.tagEcho == tag ? $0 : nil }
        }
    }

    /// The responder's certificate; blocks the case if it cannot be read.
    func certificate(of hello: RHello) throws -> Certificate {
        do {
            return try Certificate(hello.responderCertificate)
        } catch {
            throw Obstructed(unmet: Unmet(expected: "an RHello with an acceptable certificate", actual: "\(error)"))
        }
    }

    /// The IIKeying that follows `hello` as planned.
    func keying(_ plan: HandshakePlan = HandshakePlan(), for hello: RHello) throws -> Keying {
        let far = try certificate(of: hello)
        let offered = far.groups.compactMap(DiffieHellmanGroup.init).sorted { $0.rawValue < $1.rawValue }
        guard let group = plan.card?.pair.group ?? plan.group ?? offered.first, far.groups.contains(group.rawValue)
        else {
            throw Lacking(reason: "its certificate offers no Diffie-Hellman group that the case can use")
        }
        let pair = plan.card?.pair ?? keyPair(group)
        let publicKey = [UInt8](repeating: 0, count: plan.leadingZeros) + (plan.publicKey ?? pair.publicKey)
        var options = plan.certificateOptions
        var component = KeyingComponent(
            hmac: plan.hmac,
            hmacLength: plan.hmac.isDisjoint(with: [.willSendAlways, .willSendOnRequest]) ? 0 : plan.hmacLength,
            sequenceNumbers: plan.sequenceNumbers
        )
        switch plan.identity ?? .staticKey {
        case .staticKey:
            options.append(.certificate(.staticPublicKey, [UInt8(group.rawValue)] + publicKey))
            component.groupSelect = group.rawValue
            component.extraRandomness = octets(64)
        case .ephemeralKey:
            options.append(.certificate(.extraRandomness, octets(64)))
            options.append(.certificate(.supportedEphemeralGroup, [UInt8(group.rawValue)]))
            component.ephemeralKey = .init(group: group.rawValue, publicKey: publicKey)
        }
        if let beyond = plan.nonCanonicalOptions {
            options += [.marker] + beyond
        }
        let chunk = IIKeying(
            initiatorSessionID: sessionID(),
            cookieEcho: hello.cookie,
            initiatorCertificate: plan.card?.certificate ?? options.encoded,
            sessionKeyInitiatorComponent: (plan.componentOptions + component.options).encoded,
            signature: plan.signature
        )
        return Keying(chunk: chunk, pair: pair, component: component, responderCertificate: far)
    }

    /// Sends `keying` from `peer` until the target answers with an RIKeying.
    func exchange(_ keying: Keying, from peer: Peer) throws -> RIKeying {
        let answer = try peer.ask("an RIKeying to session \(hexadecimal(keying.chunk.initiatorSessionID))") {
            try peer.say([.initiatorInitialKeying(keying.chunk)])
        } _: { heard in
            heard.sessionID == keying.chunk.initiatorSessionID ? heard.first(\.asRIKeying) : nil
        }
        // The target has a session now, whatever the case makes of it.
        if let session = try? session(keying, answer, on: peer) { remember(session) }
        return answer
    }

    /// The responder's keying component; blocks the case if it cannot be read.
    func component(of answer: RIKeying) throws -> KeyingComponent {
        do {
            return try KeyingComponent(answer.sessionKeyResponderComponent)
        } catch {
            let expected = "an RIKeying with an acceptable keying component"
            throw Obstructed(unmet: Unmet(expected: expected, actual: "\(error)"))
        }
    }

    /// The session that `keying` and the target's answer to it have opened.
    func session(_ keying: Keying, _ answer: RIKeying, on peer: Peer) throws -> ProbeSession {
        let far = try component(of: answer)
        let secret: [UInt8]
        do {
            let publicKey =
                far.ephemeralKey?.publicKey ?? keying.responderCertificate.staticKeys[keying.pair.group.rawValue]
            guard let publicKey else { throw KeyingError.component("no Diffie-Hellman key") }
            secret = try keying.pair.sharedSecret(with: publicKey)
        } catch {
            let expected = "an RIKeying with an acceptable keying component"
            throw Obstructed(unmet: Unmet(expected: expected, actual: "\(error)"))
        }
        let keys = SessionKeys(
            secret: secret,
            nearComponent: keying.chunk.sessionKeyInitiatorComponent,
            farComponent: answer.sessionKeyResponderComponent
        )
        let receiving = keys.receiving(near: keying.component, far: far)
        peer.listen(to: keying.chunk.initiatorSessionID, receiving)
        return ProbeSession(
            probe: self,
            role: .initiator,
            peer: peer,
            keying: keying,
            answer: answer,
            farComponent: far,
            keys: keys,
            sending: keys.sending(near: keying.component, far: far),
            receiving: receiving
        )
    }

    /// Opens a session, from another address again if one is refused: an earlier run may have left a session there.
    func openSomewhere(_ plan: HandshakePlan = HandshakePlan(), startingAt peer: Peer? = nil) throws -> ProbeSession {
        do {
            return try open(plan, from: peer ?? newPeer())
        } catch is Unmet {
            return try open(plan, from: newPeer())
        }
    }

    /// Opens a session from `peer` as planned.
    func open(_ plan: HandshakePlan = HandshakePlan(), from peer: Peer) throws -> ProbeSession {
        let hello = try greet(plan, from: peer)
        let keying = try keying(plan, for: hello)
        return try session(keying, exchange(keying, from: peer), on: peer)
    }
}
