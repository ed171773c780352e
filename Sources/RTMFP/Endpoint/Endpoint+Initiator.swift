/// Startup as initiator (RFC 7016 §3.5.1.1.1).
extension Endpoint {
    /// REDIRECT_THRESHOLD: candidates to which a Redirect may still add (RFC 7016 §3.5.1.1.1).
    static let redirectThreshold = 24

    /// Begins to open a session with whoever `endpointDiscriminator` selects, asking at all of `addresses` at once.
    ///
    /// Ends with `Event.opened` or `Event.openFailed`, the latter after 95 seconds at most. A second session with the
    /// same far end is given up in favour of the first.
    @discardableResult
    public func open(
        to addresses: [SocketAddress],
        endpointDiscriminator: [UInt8],
        at now: Instant
    ) -> SessionHandle {
        advance(to: now)
        let handle = makeHandle()
        guard openings.count < configuration.maximumOpenings, sessions.count < configuration.maximumSessions else {
            events.append(.openFailed(handle, .tooManySessions))
            return handle
        }
        var distinct: [SocketAddress] = []
        for address in addresses where !distinct.contains(address) { distinct.append(address) }
        let opening = Opening(
            handle,
            to: distinct,
            endpointDiscriminator: endpointDiscriminator,
            tag: makeTag(),
            giveUpAt: self.now + conduct.interval(.openTimeout, .seconds(95))
        )
        openings[handle] = opening
        openingsByTag[opening.tag] = handle
        run(opening)
        return handle
    }

    private func makeTag() -> [UInt8] {
        while true {
            let tag = random.octets(16)
            if openingsByTag[tag] == nil { return tag }
        }
    }

    /// Sends what is due and gives up what took too long.
    func run(_ opening: Opening) {
        guard now < opening.giveUpAt else {
            fail(opening, .timedOut)
            return
        }
        switch opening.phase {
        case .hello(var hello):
            for index in hello.candidates.indices where hello.candidates[index].backoff.next <= now {
                hello.candidates[index].backoff.attempted(at: now, .helloBackoff, conduct)
                let chunk = IHello(endpointDiscriminator: opening.endpointDiscriminator, tag: opening.tag)
                send(startup: .initiatorHello(chunk), to: hello.candidates[index].address)
            }
            opening.phase = .hello(hello)
        case .keying(var keying):
            if keying.backoff.next <= now {
                keying.backoff.attempted(at: now, .keyingBackoff, conduct)
                sendKeying(keying)
            }
            opening.phase = .keying(keying)
        }
        deadlines.wake(opening.handle, at: opening.deadline)
    }

    private func sendKeying(_ keying: Opening.Keying) {
        let chunk = IIKeying(
            initiatorSessionID: keying.nearSessionID,
            cookieEcho: keying.cookie,
            initiatorCertificate: configuration.identity.certificate.encoded,
            sessionKeyInitiatorComponent: keying.half.encoded,
            signature: Endpoint.emptySignature
        )
        send(startup: .initiatorInitialKeying(chunk), to: keying.far)
    }

    /// Ends an opening session without success.
    func fail(_ opening: Opening, _ reason: OpenFailure) {
        remove(opening)
        events.append(.openFailed(opening.handle, reason))
    }

    private func remove(_ opening: Opening) {
        openings[opening.handle] = nil
        openingsByTag[opening.tag] = nil
        deadlines.remove(opening.handle)
        reassembly.forget(opening.handle)
        if case .keying(let keying) = opening.phase { index.release(keying.nearSessionID) }
    }

    /// The opening session that an RHello or a Redirect answers.
    private func opening(tagged tag: [UInt8]) -> (opening: Opening, hello: Opening.Hello)? {
        let opening = openingsByTag[tag].flatMap { openings[$0] }
        // A conduct that does not mind the tag takes the answer for that of any opening session.
        guard conduct.judges(.tagKnown, holds: opening != nil),
            let opening = opening ?? openings.values.min(by: { $0.handle < $1.handle })
        else { return nil }
        switch opening.phase {
        case .hello(let hello):
            return (opening, hello)
        case .keying(let keying):
            guard conduct.judges(.waitsForHello, holds: false) else { return nil }
            return (opening, Opening.Hello(candidates: [.init(address: keying.far)]))
        }
    }

    func receive(_ redirect: Redirect, from source: SocketAddress) {
        guard let (opening, phase) = opening(tagged: redirect.tagEcho) else { return }
        var hello = phase
        var destinations = redirect.redirectDestinations.map(\.socket)
        // An Implied Redirect: "ask me here" (RFC 7016 §2.3.5).
        if destinations.isEmpty { destinations = [source] }
        var added: [SocketAddress] = []
        for address in destinations where address.port != 0 {
            guard !hello.candidates.contains(where: { $0.address == address }) else { continue }
            let hasRoom = hello.candidates.count < Endpoint.redirectThreshold
            guard conduct.judges(.roomForCandidate, holds: hasRoom) else { break }
            hello.candidates.append(Opening.Candidate(address: address))
            added.append(address)
        }
        guard !added.isEmpty else { return }
        opening.phase = .hello(hello)
        events.append(.redirected(opening.handle, added))
        run(opening)
    }

    func receive(_ hello: RHello, from source: SocketAddress) {
        guard let (opening, _) = opening(tagged: hello.tagEcho) else { return }
        let certificate = try? Certificate(decoding: hello.responderCertificate)
        let isProper = certificate.map { $0.objection == nil } ?? false
        guard conduct.judges(.certificateAcceptable, holds: isProper) else { return }
        let discriminator = try? EndpointDiscriminator(opening.endpointDiscriminator)
        let selected = certificate.map { discriminator?.selects($0) ?? false } ?? false
        guard conduct.judges(.responderSelected, holds: selected) else { return }
        let fingerprint = certificate?.fingerprint ?? SHA256.hash(hello.responderCertificate)
        let other = session(with: fingerprint, besides: opening)
        if !conduct.judges(.sessionNotDuplicate, holds: other == nil), let other {
            fail(opening, .duplicate(of: other))
            return
        }
        guard let half = agreement.initiatorHalf(for: certificate, using: &random) else {
            fail(opening, .noCommonGroup)
            return
        }
        let keying = Opening.Keying(
            far: source,
            nearSessionID: makeSessionID(),
            farCertificate: hello.responderCertificate,
            farFingerprint: fingerprint,
            half: half,
            cookie: hello.cookie
        )
        if case .keying(let former) = opening.phase { index.release(former.nearSessionID) }
        opening.phase = .keying(keying)
        index.claim(keying.nearSessionID, for: opening.handle)
        run(opening)
    }

    /// A session with the same far identity in S_KEYING_SENT or S_OPEN.
    private func session(with fingerprint: [UInt8], besides opening: Opening) -> SessionHandle? {
        let keying = openings.values.filter { other in
            guard other !== opening, case .keying(let phase) = other.phase else { return false }
            return phase.farFingerprint == fingerprint
        }
        return keying.map(\.handle).min() ?? openSessions(with: fingerprint).first
    }

    /// The opening session that a Cookie Change or an RIKeying was sent to.
    private func keying(_ handle: SessionHandle?) -> (opening: Opening, keying: Opening.Keying)? {
        guard let opening = handle.flatMap({ openings[$0] }), case .keying(let keying) = opening.phase else {
            return nil
        }
        return (opening, keying)
    }

    func receive(_ change: RHelloCookieChange, _ handle: SessionHandle?) {
        guard let (opening, phase) = keying(handle),
            conduct.judges(.oldCookieMatches, holds: change.oldCookie == phase.cookie),
            conduct.judges(.cookieNotChangedYet, holds: !phase.cookieWasChanged)
        else { return }
        var keying = phase
        keying.cookie = change.newCookie
        keying.cookieWasChanged = true
        keying.backoff.attempted(at: now, .keyingBackoff, conduct)
        opening.phase = .keying(keying)
        sendKeying(keying)
        deadlines.wake(opening.handle, at: opening.deadline)
    }

    func receive(_ answer: RIKeying, _ handle: SessionHandle?) {
        guard let (opening, keying) = keying(handle),
            conduct.judges(.responderSessionIDNotZero, holds: answer.responderSessionID != 0)
        else { return }
        let certificate = try? Certificate(decoding: keying.farCertificate)
        let group = keying.half.pair.group.rawValue
        let component = try? KeyingComponent(decoding: answer.sessionKeyResponderComponent)
        let key = component.flatMap { agreement.responderKey($0, certificate, group: group) }
        guard conduct.judges(.keyingComponentAcceptable, holds: key?.isProper ?? false), let component, let key,
            conduct.judges(.negotiationAcceptable, holds: agreement.accepts(component)),
            agreement.accepts(key.key)
        else { return }
        // Others may have opened sessions since this one began to open.
        let hasRoom = sessions.count < configuration.maximumSessions
        guard conduct.judges(.roomForSession, holds: hasRoom) else {
            fail(opening, .tooManySessions)
            return
        }
        let protection = agreement.combine(
            keying.half,
            with: key.key,
            component,
            encoded: answer.sessionKeyResponderComponent
        )
        remove(opening)
        let session = Session(
            opening.handle,
            role: .initiator,
            nearSessionID: keying.nearSessionID,
            farSessionID: answer.responderSessionID,
            far: keying.far,
            farCertificate: keying.farCertificate,
            farFingerprint: keying.farFingerprint,
            keying: nil,
            protection: protection,
            at: now
        )
        session.discardedKeying = opening.discardedKeying
        establish(session, protection)
    }
}
