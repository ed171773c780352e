import Links
import RTMFP

/// A client's attempt to open a session to the probe, and how far the two have come.
///
/// Whatever a case has not done of the handshake, `open()` does in the plainest way.
final class Reception {
    let probe: Probe
    /// The address that the client came to.
    let door: Peer
    /// Its first packet.
    let first: Heard
    /// The IHello in it.
    let hello: IHello
    /// The URI that the client was told; nil if that is not known.
    let uri: String?
    /// The IIKeying that the client has sent for an RHello of the probe; nil before.
    private(set) var initiation: Initiation?
    /// The session, once the probe has sent an RIKeying.
    private(set) var session: ProbeSession?

    init(probe: Probe, door: Peer, first: Heard, hello: IHello, uri: String?) {
        self.probe = probe
        self.door = door
        self.first = first
        self.hello = hello
        self.uri = uri
    }

    /// What an RHello says, and the secrets behind it.
    struct Welcome {
        var plan: HandshakePlan
        var chunk: RHello
        /// The pair of the certificate's static key; nil if keys are ephemeral.
        var pair: DiffieHellmanKeyPair?
    }

    /// A client's IIKeying, and the RHello that it answers.
    struct Initiation {
        var welcome: Welcome
        var chunk: IIKeying
        var heard: Heard
        /// The address that it came to.
        var peer: Peer
    }

    /// The client's address.
    var far: SocketAddress { first.far }

    /// Whom the client asks for; nil if that cannot be read.
    var discriminator: EndpointDiscriminator? { try? EndpointDiscriminator(hello.endpointDiscriminator) }

    /// The RHello for this client as planned, not sent yet.
    func welcome(_ plan: HandshakePlan = HandshakePlan()) -> Welcome {
        if let card = plan.card {
            let chunk = RHello(
                tagEcho: hello.tag,
                cookie: probe.octets(plan.cookieLength),
                responderCertificate: card.certificate
            )
            return Welcome(plan: plan, chunk: chunk, pair: card.pair)
        }
        var options = plan.certificateOptions
        if plan.hasHostname, let name = discriminator?.requiredHostname {
            options.append(.certificate(.hostname, name))
        }
        var pair: DiffieHellmanKeyPair?
        if plan.acceptsAncillaryData { options.append(.certificate(.acceptsAncillaryData)) }
        switch plan.identity ?? .ephemeralKey {
        case .staticKey:
            let made = probe.keyPair(plan.group ?? .modp1024)
            options.append(.staticPublicKey(made))
            pair = made
        case .ephemeralKey:
            options.append(.certificate(.extraRandomness, probe.octets(64)))
            let groups = plan.group.map { [$0] } ?? [.modp1024, .modp1536, .modp2048]
            options += groups.map { .supportedEphemeralGroup($0) }
        }
        if let beyond = plan.nonCanonicalOptions { options += [.marker] + beyond }
        let chunk = RHello(
            tagEcho: hello.tag,
            cookie: probe.octets(plan.cookieLength),
            responderCertificate: options.encoded
        )
        return Welcome(plan: plan, chunk: chunk, pair: pair)
    }

    /// Sends an RHello as planned and waits for the IIKeying that it brings.
    @discardableResult
    func greet(_ plan: HandshakePlan = HandshakePlan(), from peer: Peer? = nil) throws -> Initiation {
        try greet(welcome(plan), from: peer)
    }

    /// Sends an RHello and waits for the IIKeying that it brings.
    @discardableResult
    func greet(_ welcome: Welcome, from other: Peer? = nil) throws -> Initiation {
        let peer = other ?? door
        let (chunk, heard) = try peer.ask("an IIKeying with the RHello's cookie") {
            try peer.say([.responderHello(welcome.chunk)])
        } _: { heard in
            heard.first(\.asIIKeying).flatMap { $0.cookieEcho == welcome.chunk.cookie ? ($0, heard) : nil }
        }
        return take(chunk, heard, at: peer, for: welcome)
    }

    /// Goes on with another IIKeying, or with the same from another address.
    @discardableResult
    func take(_ chunk: IIKeying, _ heard: Heard, at peer: Peer, for welcome: Welcome) -> Initiation {
        peer.turn(to: heard.far)
        let initiation = Initiation(welcome: welcome, chunk: chunk, heard: heard, peer: peer)
        self.initiation = initiation
        return initiation
    }

    /// The RIKeying for an IIKeying, as the RHello's plan has it unless told otherwise, and what is behind it.
    func answer(_ initiation: Initiation, _ other: HandshakePlan? = nil) throws -> Answer {
        let plan = other ?? initiation.welcome.plan
        let far = try given { try Conformance.component(of: initiation.chunk) }
        let key = try given { try Conformance.key(of: initiation.chunk, far) }
        guard let group = DiffieHellmanGroup(rawValue: key.group) else {
            throw Obstructed(unmet: Unmet(expected: "a group that was offered", actual: "group \(key.group)"))
        }
        let pair = initiation.welcome.pair ?? probe.keyPair(group)
        let publicKey = [UInt8](repeating: 0, count: plan.leadingZeros) + (plan.publicKey ?? pair.publicKey)
        // What the client did not ask for is not offered either: clients in use know only the shape without it.
        let hmac = far.hmac.contains(.request) ? plan.hmac : plan.hmac.subtracting(.willSendOnRequest)
        var component = KeyingComponent(
            hmac: hmac,
            hmacLength: hmac.isDisjoint(with: [.willSendAlways, .willSendOnRequest]) ? 0 : plan.hmacLength,
            sequenceNumbers: far.sequenceNumbers.contains(.request)
                ? plan.sequenceNumbers : plan.sequenceNumbers.subtracting(.willSendOnRequest)
        )
        if initiation.welcome.pair == nil {
            component.ephemeralKey = .init(group: group.rawValue, publicKey: publicKey)
        } else {
            component.extraRandomness = probe.octets(64)
        }
        let chunk = RIKeying(
            responderSessionID: probe.sessionID(),
            sessionKeyResponderComponent: (plan.componentOptions + component.options).encoded,
            signature: plan.signature
        )
        return Answer(chunk: chunk, pair: pair, component: component, farComponent: far, farKey: key)
    }

    /// An RIKeying, and what is behind it.
    struct Answer {
        var chunk: RIKeying
        let pair: DiffieHellmanKeyPair
        let component: KeyingComponent
        let farComponent: KeyingComponent
        let farKey: DiffieHellmanPublicKey
    }

    /// Sends an RIKeying; with it the session is open.
    @discardableResult
    func admit(_ initiation: Initiation, _ other: Answer? = nil) throws -> ProbeSession {
        let answer = try other ?? answer(initiation)
        let session = try session(initiation, answer)
        try send(answer.chunk, for: initiation)
        enter(session)
        return session
    }

    /// Takes a session for the one that the client has: its RIKeying was sent.
    func enter(_ session: ProbeSession) {
        self.session = session
    }

    /// Sends an RIKeying to the session ID that the client has chosen.
    func send(_ chunk: RIKeying, for initiation: Initiation) throws {
        try initiation.peer.say([.responderInitialKeying(chunk)], to: initiation.chunk.initiatorSessionID)
    }

    /// The session that an RIKeying opens, whether the client has it already or not.
    func session(_ initiation: Initiation, _ answer: Answer) throws -> ProbeSession {
        let keys = SessionKeys(
            secret: answer.pair.sharedSecretUnchecked(with: answer.farKey.publicKey),
            nearComponent: answer.chunk.sessionKeyResponderComponent,
            farComponent: initiation.chunk.sessionKeyInitiatorComponent
        )
        let receiving = keys.receiving(near: answer.component, far: answer.farComponent)
        initiation.peer.listen(to: answer.chunk.responderSessionID, receiving)
        let keying = Keying(
            chunk: initiation.chunk,
            pair: answer.pair,
            component: answer.component,
            responderCertificate: try Certificate(decoding: initiation.welcome.chunk.responderCertificate)
        )
        let session = ProbeSession(
            probe: probe,
            role: .responder,
            peer: initiation.peer,
            keying: keying,
            answer: answer.chunk,
            farComponent: answer.farComponent,
            keys: keys,
            sending: keys.sending(near: answer.component, far: answer.farComponent),
            receiving: receiving
        )
        probe.remember(session)
        return session
    }

    /// Does what is missing of the handshake, and gives the session.
    func open(_ plan: HandshakePlan = HandshakePlan()) throws -> ProbeSession {
        if let session { return session }
        return try admit(initiation ?? greet(plan))
    }
}

/// The client's keying component.
private func component(of keying: IIKeying) throws -> KeyingComponent {
    do {
        return try KeyingComponent(keying.sessionKeyInitiatorComponent)
    } catch {
        throw Unmet(expected: "an IIKeying with an acceptable keying component", actual: "\(error)")
    }
}

/// The client's public key.
///
/// A client that selects no group, or one that it has no key of, is understood all the same, so that only one case is
/// about that.
private func key(of keying: IIKeying, _ component: KeyingComponent) throws -> DiffieHellmanPublicKey {
    do {
        let certificate = try Certificate(keying.initiatorCertificate)
        if let key = try? component.initiatorKey(certificate) { return key }
        if let longest = certificate.staticKeys.max(by: { $0.key < $1.key }) {
            return DiffieHellmanPublicKey(group: longest.key, publicKey: longest.value)
        }
        return try component.initiatorKey(certificate)
    } catch {
        throw Unmet(expected: "an IIKeying with a usable Diffie-Hellman key", actual: "\(error)")
    }
}

extension Probe {
    /// Calls a client and waits until its first IHello has come to the first of its doors.
    func receive(_ call: Call = Call()) throws -> Reception {
        let (visit, doors) = try self.call(call)
        guard let door = doors.first else { throw Inconclusive(reason: "the client has no door to come to") }
        return try receive(visit, at: door)
    }

    /// Waits until the IHello of a client that was called has come to `door`.
    func receive(_ visit: Visit, at door: Peer) throws -> Reception {
        let expected = "an IHello"
        let deadline = door.now + (clients?.patience ?? timing.patience)
        while true {
            do {
                let patience = min(.milliseconds(250), max(.zero, deadline - door.now))
                let (hello, first) = try door.expect(expected, within: patience, from: 0) { heard in
                    heard.first(\.asIHello).map { ($0, heard) }
                }
                door.turn(to: first.far)
                return Reception(probe: self, door: door, first: first, hello: hello, uri: visit.uri)
            } catch let unmet as Unmet {
                let ending = visit.client.ending
                // A client that left in order may have left its work to another process.
                let isHopeless = ending.map { $0 != .exited(status: 0) } ?? false
                guard isHopeless || door.now >= deadline else { continue }
                let why = ending.map { ", and the client \($0)" } ?? ""
                throw Unmet(expected: expected, actual: unmet.actual + why)
            }
        }
    }
}
