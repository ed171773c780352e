/// Startup as responder (RFC 7016 §3.5.1.1.2).
extension Endpoint {
    /// Answers an IHello as far as it concerns this end or the introducer; whether anything was sent to `source`.
    func receive(_ hello: IHello, from source: SocketAddress) -> Bool {
        let selected = isSelected(by: hello.endpointDiscriminator)
        let introduction =
            introducer?.introduction(for: hello, from: source, selected: selected)
            ?? Introduction(responds: selected)
        forward(hello, from: source, to: introduction.forward)
        if introduction.responds { respond(to: hello.tag, at: source) }
        if let redirect = introduction.redirect {
            send(
                startup: .responderRedirect(Redirect(tagEcho: hello.tag, redirectDestinations: redirect)),
                to: source
            )
        }
        return introduction.responds || introduction.redirect != nil
    }

    private func respond(to tag: [UInt8], at source: SocketAddress) {
        let hello = RHello(
            tagEcho: tag,
            cookie: cookies.cookie(for: source, at: now),
            responderCertificate: configuration.identity.certificate.encoded
        )
        send(startup: .responderHello(hello), to: source)
    }

    private func forward(_ hello: IHello, from source: SocketAddress, to handles: [SessionHandle]) {
        for session in handles.compactMap({ sessions[$0] }) where session.isOpen {
            let forwarded = FIHello(
                endpointDiscriminator: hello.endpointDiscriminator,
                replyAddress: Address(source, origin: .observed),
                tag: hello.tag
            )
            send([.forwardedInitiatorHello(forwarded)], in: session)
        }
    }

    /// Treats a Forwarded IHello like an IHello from its reply address.
    func receive(_ hello: FIHello) {
        guard configuration.answersForwardedHello, isSelected(by: hello.endpointDiscriminator) else { return }
        respond(to: hello.tag, at: hello.replyAddress.socket)
    }

    private func isSelected(by discriminator: [UInt8]) -> Bool {
        guard let discriminator = try? EndpointDiscriminator(discriminator) else {
            return conduct.judges(.discriminatorSaysSomething, holds: false)
        }
        let rule: Rule
        if discriminator.fingerprint != nil {
            rule = .fingerprintSelects
        } else if discriminator.requiredHostname != nil {
            rule = .hostnameSelects
        } else if discriminator.ancillaryData != nil {
            rule = .ancillaryDataSelects
        } else {
            rule = .discriminatorSaysSomething
        }
        return conduct.judges(rule, holds: discriminator.selects(configuration.identity.certificate))
    }

    /// Judges an IIKeying: the cookie first, which proves the source address, and what costs computation last.
    func receive(_ keying: IIKeying, from source: SocketAddress) {
        let cookie = cookies.judge(
            keying.cookieEcho,
            from: source,
            at: now,
            lifetime: conduct.interval(.cookieLifetime, configuration.cookieLifetime)
        )
        guard conduct.judges(.cookieGenuine, holds: cookie.isGenuine),
            conduct.judges(.cookieFresh, holds: cookie.isFresh),
            conduct.judges(.initiatorSessionIDNotZero, holds: keying.initiatorSessionID != 0)
        else { return }
        guard conduct.judges(.cookieFitsAddress, holds: cookie.fitsAddress) else {
            let change = RHelloCookieChange(
                oldCookie: keying.cookieEcho,
                newCookie: cookies.cookie(for: source, at: now)
            )
            send(startup: .responderHelloCookieChange(change), to: source, sessionID: keying.initiatorSessionID)
            return
        }
        guard let offer = Offer(keying, agreement, conduct),
            let yielding = openingsThatYield(to: keying, offer, from: source),
            let stale = sessionsThatYield(to: keying, from: source)
        else { return }
        let hasRoom = sessions.count - stale.count < configuration.maximumSessions
        guard conduct.judges(.roomForSession, holds: hasRoom),
            admission?(keying.initiatorCertificate, source) ?? true
        else { return }
        for opening in yielding { fail(opening, .glare) }
        for session in stale { close(session, .overridden) }
        accept(keying, offer, from: source)
    }

    /// What an acceptable IIKeying offers.
    private struct Offer {
        var certificate: Certificate?
        var component: KeyingComponent
        var key: KeyAgreement.FarKey

        init?(_ keying: IIKeying, _ agreement: KeyAgreement, _ conduct: any Conduct) {
            certificate = try? Certificate(decoding: keying.initiatorCertificate)
            let isProper = certificate.map { $0.objection == nil } ?? false
            guard conduct.judges(.certificateAcceptable, holds: isProper) else { return nil }
            let component = try? KeyingComponent(decoding: keying.sessionKeyInitiatorComponent)
            let key = component.flatMap { [certificate] in agreement.initiatorKey($0, certificate) }
            guard conduct.judges(.keyingComponentAcceptable, holds: key?.isProper ?? false), let component, let key
            else { return nil }
            guard conduct.judges(.negotiationAcceptable, holds: agreement.accepts(component)),
                agreement.accepts(key.key)
            else { return nil }
            self.component = component
            self.key = key
        }
    }

    /// The opening sessions of this end that give way to an IIKeying from an address that they go to; nil if the
    /// IIKeying does (RFC 7016 §3.5.1.3).
    private func openingsThatYield(
        to keying: IIKeying,
        _ offer: Offer,
        from source: SocketAddress
    ) -> [Opening]? {
        let rivals = openings.values.filter { $0.hasDestination(source) }.sorted { $0.handle < $1.handle }
        guard conduct.judges(.glare, holds: !rivals.isEmpty) else { return [] }
        let near = configuration.identity.certificate.encoded
        let prevails = Certificate.prevails(near, over: keying.initiatorCertificate)
        if conduct.judges(.nearEndPrevails, holds: prevails) {
            for rival in rivals { rival.discardedKeying = KeyingMark(keying) }
            return nil
        }
        return rivals.filter { isOverridden($0, by: keying, offer) }
    }

    private func isOverridden(_ opening: Opening, by keying: IIKeying, _ offer: Offer) -> Bool {
        switch opening.phase {
        case .keying(let phase):
            return phase.farCertificate == keying.initiatorCertificate
        case .hello:
            // The far certificate is not known yet. Only a fingerprint says for sure that it would be this one.
            guard let discriminator = try? EndpointDiscriminator(opening.endpointDiscriminator),
                discriminator.fingerprint != nil, let certificate = offer.certificate
            else { return false }
            return discriminator.selects(certificate)
        }
    }

    /// The open sessions at an IIKeying's source that give way to it; nil if it repeats the one that opened a session,
    /// which is answered again, or may not override (RFC 7016 §3.5.1.1.2).
    private func sessionsThatYield(to keying: IIKeying, from source: SocketAddress) -> [Session]? {
        let rivals = index.sessions(at: source).compactMap { sessions[$0] }.filter(\.isOpen)
        let mark = KeyingMark(keying)
        for rival in rivals {
            if rival.discardedKeying == mark { return nil }
            guard let known = rival.keying, known.mark == mark else { continue }
            if conduct.judges(.keyingRetransmitted, holds: true) {
                answer(rival, known.answer)
                return nil
            }
        }
        for rival in rivals {
            let same = rival.farCertificate == keying.initiatorCertificate
            guard conduct.judges(.certificateOverrides, holds: same) else { return nil }
        }
        return rivals
    }

    private func accept(_ keying: IIKeying, _ offer: Offer, from source: SocketAddress) {
        guard
            let half = agreement.responderHalf(in: offer.key.key.group, to: offer.component, using: &random)
        else { return }
        let protection = agreement.combine(
            half,
            with: offer.key.key,
            offer.component,
            encoded: keying.sessionKeyInitiatorComponent
        )
        let handle = makeHandle()
        let answer = RIKeying(
            responderSessionID: makeSessionID(),
            sessionKeyResponderComponent: half.encoded,
            signature: Endpoint.emptySignature
        )
        let session = Session(
            handle,
            role: .responder,
            nearSessionID: answer.responderSessionID,
            farSessionID: keying.initiatorSessionID,
            far: source,
            farCertificate: keying.initiatorCertificate,
            farFingerprint: offer.certificate?.fingerprint ?? SHA256.hash(keying.initiatorCertificate),
            keying: .init(mark: KeyingMark(keying), answer: answer),
            protection: protection,
            at: now
        )
        establish(session, protection)
        self.answer(session, answer)
    }

    private func answer(_ session: Session, _ answer: RIKeying) {
        send(
            startup: .responderInitialKeying(answer),
            to: session.far,
            sessionID: session.farSessionID,
            about: session.handle
        )
    }
}
