import RTMFP

extension Proxy {
    /// Passes on a chunk of a startup packet; `session` is the one that the packet was sent to, if any.
    func hear(
        _ chunk: Chunk,
        _ header: PacketHeader,
        _ datagram: [UInt8],
        _ session: ProxySession?,
        from place: ProxyTables.Place
    ) {
        switch chunk {
        case .initiatorHello(let hello): pass(hello, header, from: place)
        case .responderHello(let hello): pass(hello, header, from: place)
        case .responderRedirect(let redirect): pass(redirect, header)
        case .initiatorInitialKeying(let keying): pass(keying, header, datagram, from: place)
        case .responderInitialKeying(let keying):
            guard let session else { return passUntouched(datagram, from: place) }
            pass(keying, header, session, from: place)
        case .responderHelloCookieChange(let change):
            guard let session else { return passUntouched(datagram, from: place) }
            session.asking.cookieEcho = change.newCookie
            ask(session, header)
        case .packetFragment: notice("a startup packet came in fragments, which cannot be passed on")
        default: break
        }
    }

    private func pass(_ hello: IHello, _ header: PacketHeader, from place: ProxyTables.Place) {
        guard let destination = destination(from: place) else { return }
        let asker = ProxyTables.Asker(
            address: place.address,
            port: place.port,
            discriminator: hello.endpointDiscriminator
        )
        tables.askers.set(asker, for: hello.tag)
        var hello = hello
        // The server knows a client by what the proxy shows, the client itself by its own.
        let names = destination.port == 0 ? tables.originals : tables.shown
        hello.endpointDiscriminator = rename(hello.endpointDiscriminator, by: names)
        say(.initiatorHello(hello), header, at: destination)
    }

    private func pass(_ hello: RHello, _ header: PacketHeader, from place: ProxyTables.Place) {
        guard let asker = tables.askers[hello.tagEcho] else { return }
        var hello = hello
        var answerer = ProxyTables.Answerer(
            address: place.address,
            port: place.port,
            certificate: hello.responderCertificate,
            isOpaque: true
        )
        let wanted = (try? EndpointDiscriminator(asker.discriminator))?.fingerprint
        if let standIn = tables.standIn(for: hello.responderCertificate, using: &random) {
            let insists = !standIn.isOriginal && wanted == standIn.original.fingerprint
            answerer.isOpaque = insists
            if !insists { hello.responderCertificate = standIn.shown.encoded }
        }
        if answerer.isOpaque {
            notice(
                "\(asker.address) insists on the keys of \(place.address), which only that one has: their session is let "
                    + "through untouched, and captured without its keys"
            )
        }
        tables.answerers.set(answerer, for: hello.cookie)
        say(.responderHello(hello), header, at: .init(port: asker.port, address: asker.address))
    }

    private func pass(_ redirect: Redirect, _ header: PacketHeader) {
        guard let asker = tables.askers[redirect.tagEcho] else { return }
        var redirect = redirect
        let own = redirect.redirectDestinations.filter { isOwn($0.socket) }
        if !own.isEmpty {
            redirect.redirectDestinations = own
        } else if !redirect.redirectDestinations.isEmpty {
            let addresses = redirect.redirectDestinations.map(\.socket.description).joined(separator: ", ")
            notice("\(asker.address) is sent on to \(addresses); what it says there does not come this way")
        }
        say(.responderRedirect(redirect), header, at: .init(port: asker.port, address: asker.address))
    }

    private func pass(
        _ keying: IIKeying,
        _ header: PacketHeader,
        _ datagram: [UInt8],
        from place: ProxyTables.Place
    ) {
        let mark = ProxyTables.Opening(
            place: place,
            sessionID: keying.initiatorSessionID,
            cookie: keying.cookieEcho
        )
        if let session = tables.openings[mark], session.asked == keying {
            if let answer = session.answer {
                let far = ProxyTables.Place(port: session.initiator.port, address: session.initiator.far)
                say(.responderInitialKeying(answer), header, to: session.initiator.farID, at: far)
            } else {
                ask(session, header)
            }
            return
        }
        guard let answerer = tables.answerers[keying.cookieEcho] else { return }
        let there = ProxyTables.Place(port: answerer.port, address: answerer.address)
        guard !answerer.isOpaque, let session = session(for: keying, from: place, with: answerer) else {
            tables.opaque.set(there, for: place)
            tables.opaque.set(place, for: there)
            return send(datagram, to: there)
        }
        tables.openings.set(session, for: mark)
        tables.sessions.set(session, for: session.responder.nearID)
        tables.sessions.set(session, for: session.initiator.nearID)
        ask(session, header)
    }

    private func session(
        for keying: IIKeying,
        from place: ProxyTables.Place,
        with answerer: ProxyTables.Answerer
    ) -> ProxySession? {
        let offer = try? KeyingComponent(decoding: keying.sessionKeyInitiatorComponent)
        guard let group = offer?.ephemeralKey?.group ?? offer?.groupSelect,
            let initiator = tables.standIn(for: keying.initiatorCertificate, using: &random),
            let responder = tables.standIn(for: answerer.certificate, using: &random),
            let component = MirroredComponent(
                of: keying.sessionKeyInitiatorComponent,
                group: group,
                standIn: initiator,
                using: &random
            )
        else { return nil }
        if !KeyingSignature(keying.signature).simplePasswords.isEmpty {
            notice("\(place.address) signs with a password, which the proxy cannot: its signature will be wrong")
        }
        let (towardsResponder, towardsInitiator) = (makeSessionID(), makeSessionID())
        return ProxySession(
            asked: keying,
            asking: IIKeying(
                initiatorSessionID: towardsResponder,
                cookieEcho: keying.cookieEcho,
                initiatorCertificate: initiator.shown.encoded,
                sessionKeyInitiatorComponent: component.encoded,
                signature: keying.signature
            ),
            standIns: (initiator, responder),
            group: group,
            component: component,
            initiator: .init(
                nearID: towardsInitiator,
                port: place.port,
                far: place.address,
                farID: keying.initiatorSessionID
            ),
            responder: .init(nearID: towardsResponder, port: answerer.port, far: answerer.address)
        )
    }

    private func pass(
        _ keying: RIKeying,
        _ header: PacketHeader,
        _ session: ProxySession,
        from place: ProxyTables.Place
    ) {
        if session.answer == nil {
            session.responder.far = place.address
            guard let keys = session.open(keying, using: &random) else {
                return notice("the answer of \(place.address) to an IIKeying cannot be used")
            }
            keyed(keys)
        }
        guard let answer = session.answer else { return }
        let initiator = ProxyTables.Place(port: session.initiator.port, address: session.initiator.far)
        say(.responderInitialKeying(answer), header, to: session.initiator.farID, at: initiator)
    }

    private func ask(_ session: ProxySession, _ header: PacketHeader) {
        let responder = ProxyTables.Place(port: session.responder.port, address: session.responder.far)
        say(.initiatorInitialKeying(session.asking), header, at: responder)
    }

    private func passUntouched(_ datagram: [UInt8], from place: ProxyTables.Place) {
        if let way = tables.opaque[place] { send(datagram, to: way) }
    }

    /// A discriminator whose fingerprint is the other name of the same endpoint.
    func rename(_ discriminator: [UInt8], by names: BoundedTable<[UInt8], [UInt8]>) -> [UInt8] {
        guard let options = try? [Option](sequence: discriminator) else { return discriminator }
        let type = EndpointDiscriminator.OptionType.fingerprint.rawValue
        return options.map { option in
            guard case .value(type, let fingerprint) = option, let other = names[fingerprint] else { return option }
            return .value(type: type, other)
        }.encoded
    }
}
