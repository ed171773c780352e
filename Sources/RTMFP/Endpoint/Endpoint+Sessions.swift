/// Established sessions: Ping, address mobility, close (RFC 7016 §3.5.3-§3.5.5).
extension Endpoint {
    /// Sends a Ping; its reply becomes `Event.pingReplied`. Nothing happens unless the session is open.
    public func ping(_ handle: SessionHandle, message: [UInt8] = [], at now: Instant) {
        advance(to: now)
        guard let session = sessions[handle], session.isOpen else { return }
        session.liveness.expect(message)
        send([.ping(Ping(message: message))], in: session)
    }

    /// Sets the silence of a session's far end after which it is pinged, in place of the endpoint's own
    /// (RFC 7016 §3.5.4.1, RFC 7425 §5.3.4).
    public func setKeepalive(_ interval: Interval, of handle: SessionHandle, at now: Instant) {
        advance(to: now)
        guard let session = sessions[handle], session.isOpen else { return }
        session.keepalive = max(.milliseconds(1), interval)
        schedule(session)
    }

    /// Sets the silence after which far ends are pinged, for all sessions that have no period of their own.
    public func setKeepalive(_ period: Interval, at now: Instant) {
        advance(to: now)
        keepalive = max(.milliseconds(1), period)
        for session in sessions.values { schedule(session) }
    }

    /// Sends chunks, in one packet, over a session in any state.
    public func send(_ chunks: [Chunk], on handle: SessionHandle, at now: Instant) {
        advance(to: now)
        guard let session = sessions[handle] else { return }
        send(chunks, in: session)
    }

    /// Closes an open session in an orderly fashion, or gives up an opening one (RFC 7016 §3.5.5).
    public func close(_ handle: SessionHandle, at now: Instant) {
        advance(to: now)
        if let opening = openings[handle] {
            fail(opening, .abandoned)
        } else if let session = sessions[handle], session.isOpen {
            let giveUp = conduct.interval(.nearCloseTimeout, .seconds(90))
            session.flows = nil
            session.phase = .nearClose(requestAt: self.now, giveUpAt: self.now + giveUp)
            run(session)
        }
    }

    /// Closes a session abruptly: tells the far end once and forgets it (RFC 7016 §3.5.5).
    public func abort(_ handle: SessionHandle, at now: Instant) {
        advance(to: now)
        if let opening = openings[handle] {
            fail(opening, .abandoned)
        } else if let session = sessions[handle] {
            send([.sessionCloseAcknowledgement], in: session)
            close(session, .aborted)
        }
    }

    /// Takes a session with keys into the house.
    func establish(_ session: Session, _ protection: KeyAgreement.Result) {
        session.flows = SessionFlows(
            session.handle,
            limits: configuration.flows,
            room: configuration.maximumPacket,
            conduct: conduct
        )
        sessions[session.handle] = session
        index.add(session)
        schedule(session)
        if configuration.logsKeys || configuration.keyLog != nil {
            let entry = KeyLogEntry(
                role: session.role,
                address: session.far,
                nearSessionID: session.nearSessionID,
                farSessionID: session.farSessionID,
                sending: protection.sending,
                receiving: protection.receiving,
                keys: protection.keys
            )
            configuration.keyLog?(entry)
            if configuration.logsKeys { events.append(.keyed(session.handle, entry)) }
        }
        let opened = OpenedSession(
            role: session.role,
            address: session.far,
            farCertificate: session.farCertificate,
            farFingerprint: session.farFingerprint,
            nearNonce: protection.keys.nearNonce,
            farNonce: protection.keys.farNonce
        )
        events.append(.opened(session.handle, opened))
    }

    /// Moves a session to S_CLOSED.
    func close(_ session: Session, _ reason: CloseReason) {
        guard sessions[session.handle] != nil else { return }
        session.flows = nil
        flush(session)
        timeCriticalNotices.forget(session.handle)
        sessions[session.handle] = nil
        index.remove(session)
        deadlines.remove(session.handle)
        reassembly.forget(session.handle)
        // Who closed was told when it did.
        if case .farCloseLinger = session.phase { return }
        events.append(.closed(session.handle, reason))
    }

    /// Processes a chunk of a session's packet.
    func process(
        _ chunk: Chunk,
        from source: SocketAddress,
        _ session: Session,
        _ progress: inout DatagramProgress
    ) {
        guard sessions[session.handle] != nil else { return }
        switch chunk {
        case .ping(let ping):
            guard conduct.judges(.openForPing, holds: session.isOpen) else { return }
            session.outbox.append(.pingReply(PingReply(messageEcho: ping.message)))
        case .pingReply(let reply):
            receive(reply, from: source, session)
        case .forwardedInitiatorHello(let hello):
            guard conduct.judges(.openForPing, holds: session.isOpen),
                conduct.judges(.helloFirstInPacket, holds: !progress.helloWasAnswered)
            else { return }
            progress.helloWasAnswered = true
            receive(hello)
        case .sessionCloseRequest:
            guard conduct.judges(.closeRequestAnswered, holds: true) else { return }
            session.outbox.append(.sessionCloseAcknowledgement)
            if session.isOpen { linger(session) }
        case .sessionCloseAcknowledgement:
            if !conduct.judges(.closeAcknowledgementUnanswered, holds: true) {
                session.outbox.append(.sessionCloseAcknowledgement)
            }
            guard conduct.judges(.closeAcknowledgementCloses, holds: true) else { return }
            if case .nearClose = session.phase {
                close(session, .nearClosed)
            } else {
                close(session, .farClosed)
            }
        default:
            process(flow: chunk, session)
        }
    }

    private func linger(_ session: Session) {
        session.flows = nil
        session.phase = .farCloseLinger(until: now + conduct.interval(.farCloseLinger, .seconds(19)))
        events.append(.closed(session.handle, .farClosed))
    }

    private func receive(_ reply: PingReply, from source: SocketAddress, _ session: Session) {
        guard session.isOpen else { return }
        if session.path.isAnswered(reply.messageEcho) {
            session.flows?.widen(to: PathDiscovery.largest)
            return
        }
        let isExpected = session.liveness.answered(reply.messageEcho)
        if let (isGenuine, time) = Mobility.read(
            reply.messageEcho,
            from: source,
            secret: mobilitySecret,
            session.nearSessionID
        ), !isExpected {
            let lifetime = conduct.interval(.mobilityTokenLifetime, .seconds(120))
            let isFresh = session.mobility.isFresh(time, at: now, lifetime: lifetime)
            guard conduct.judges(.mobilityTokenGenuine, holds: isGenuine),
                conduct.judges(.mobilityTokenFresh, holds: isFresh)
            else { return }
            session.mobility.moved(by: time)
            move(session, to: source)
        } else if conduct.judges(.pingReplyExpected, holds: isExpected) {
            events.append(.pingReplied(session.handle, message: reply.messageEcho))
        }
    }

    private func move(_ session: Session, to address: SocketAddress) {
        guard address != session.far else { return }
        index.move(session, to: address)
        session.far = address
        session.path.restart()
        session.flows?.narrow()
        events.append(.addressChanged(session.handle, address))
    }

    /// Asks whether the far end moved, where a packet came from another address than DESTADDR.
    func checkAddress(_ source: SocketAddress, _ session: Session) {
        guard session.isOpen, sessions[session.handle] != nil, source != session.far else { return }
        guard session.isAuthenticated || !configuration.mobilityNeedsHMAC else { return }
        guard conduct.judges(.addressNeedsVerification, holds: true) else {
            move(session, to: source)
            return
        }
        let interval = conduct.interval(.mobilityCheck, .seconds(1))
        let isDue = session.mobility.isDue(at: now, interval: interval)
        guard conduct.judges(.mobilityCheckDue, holds: isDue) else { return }
        let message = session.mobility.check(source, at: now, secret: mobilitySecret, session.nearSessionID)
        send([.ping(Ping(message: message))], in: session, to: source)
    }

    /// Sends what is due and closes what took too long.
    func run(_ session: Session) {
        switch session.phase {
        case .open:
            session.flows?.advance(to: now, &session.timestamps)
            probePath(session)
            touch(session)
            keepAlive(session)
        case .nearClose(let requestAt, let giveUpAt):
            if now >= giveUpAt {
                close(session, .nearCloseTimedOut)
            } else if now >= requestAt {
                let next = now + max(.milliseconds(1), conduct.interval(.closeRequestRepeat, .seconds(5)))
                session.phase = .nearClose(requestAt: next, giveUpAt: giveUpAt)
                send([.sessionCloseRequest], in: session)
            }
        case .farCloseLinger(let until):
            if now >= until { close(session, .farClosed) }
        }
        if sessions[session.handle] != nil { schedule(session) }
    }

    /// Asks whether the path takes larger packets.
    func probePath(_ session: Session) {
        let timeout = conduct.interval(.pathProbe, max(.seconds(1), session.timestamps.effectiveTimeout))
        if let chunks = session.path.probe(at: now, timeout: timeout) { send(chunks, in: session) }
    }

    private func keepAlive(_ session: Session) {
        let silence = now - session.liveness.heardAt
        if silence >= conduct.interval(.silenceTimeout, configuration.silenceTimeout) {
            send([.sessionCloseAcknowledgement], in: session)
            close(session, .silence)
        } else if now >= session.keepaliveDeadline(keepalive, conduct) {
            if session.liveness.askedAt != nil { session.timestamps.backOff() }
            session.liveness.asked(at: now)
            send([.ping(Ping(message: []))], in: session)
        }
    }

    /// Makes sure that the session is looked after in time.
    func schedule(_ session: Session) {
        guard sessions[session.handle] != nil else { return }
        switch session.phase {
        case .open:
            let silence = conduct.interval(.silenceTimeout, configuration.silenceTimeout)
            let dead = session.liveness.heardAt + silence
            let idle = min(dead, session.keepaliveDeadline(keepalive, conduct))
            let next = [session.flows?.nextDeadline, session.path.deadline].compactMap(\.self).min()
            deadlines.wake(session.handle, at: next.map { min($0, idle) } ?? idle)
        case .nearClose(let requestAt, let giveUpAt):
            deadlines.wake(session.handle, at: min(requestAt, giveUpAt))
        case .farCloseLinger(let until):
            deadlines.wake(session.handle, at: until)
        }
    }
}

extension Session {
    /// Takes note of a verified packet.
    func heard(_ incoming: IncomingPacket) {
        liveness.heard(at: incoming.time)
        guard isOpen else { return }
        timestamps.receive(incoming.packet.header, at: incoming.time)
        if incoming.packet.header.timeCriticalReverse { timeCriticalReverseAt = incoming.time }
    }

    /// When the far end is to be asked whether it is there; not more often than once in an ERTO (RFC 7016 §3.5.4.1).
    func keepaliveDeadline(_ usual: Interval, _ conduct: any Conduct) -> Instant {
        if let asked = liveness.askedAt { return asked + timestamps.effectiveTimeout }
        return liveness.heardAt + conduct.interval(.keepalive, keepalive ?? usual)
    }
}
