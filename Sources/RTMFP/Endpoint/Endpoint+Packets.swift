/// From datagrams to chunks and back (RFC 7016 §2.2, §2.3).
extension Endpoint {
    /// Processes a datagram that came from `source` at `now`; whatever is wrong with it is dropped silently.
    public func receive(_ datagram: [UInt8], from source: SocketAddress, at now: Instant) {
        advance(to: now)
        guard let sessionID = try? unscrambledSessionID(datagram) else { return }
        if sessionID == 0 {
            receiveUnderDefaultKey(datagram, from: source, sessionID, nil)
        } else if let handle = index.session(receivingAt: sessionID) {
            if let session = sessions[handle] {
                receive(datagram, from: source, in: session)
            } else {
                receiveUnderDefaultKey(datagram, from: source, sessionID, handle)
            }
        } else if conduct.judges(.sessionIDKnown, holds: false) {
            receiveUnderDefaultKey(datagram, from: source, sessionID, nil)
        }
    }

    private func receiveUnderDefaultKey(
        _ datagram: [UInt8],
        from source: SocketAddress,
        _ sessionID: UInt32,
        _ handle: SessionHandle?
    ) {
        guard let opened = open(datagram, defaultOpener), let packet = try? Packet(opened.plain) else { return }
        process(
            IncomingPacket(
                packet: packet,
                source: source,
                sessionID: sessionID,
                key: .standard,
                session: handle,
                time: now
            )
        )
    }

    private func receive(_ datagram: [UInt8], from source: SocketAddress, in session: Session) {
        guard let opened = open(datagram, session.opener) else {
            guard conduct.judges(.sessionKeyOnceOpen, holds: false) else { return }
            receiveUnderDefaultKey(datagram, from: source, session.nearSessionID, session.handle)
            return
        }
        if let number = opened.sequenceNumber {
            let isNew = session.replayWindow.accept(number)
            guard conduct.judges(.sequenceNumberNew, holds: isNew) else { return }
        }
        guard let packet = try? Packet(opened.plain) else { return }
        process(
            IncomingPacket(
                packet: packet,
                source: source,
                sessionID: session.nearSessionID,
                key: .session,
                session: session.handle,
                farSessionID: session.farSessionID,
                sequenceNumber: opened.sequenceNumber,
                time: now
            )
        )
    }

    private func open(_ datagram: [UInt8], _ opener: PacketOpener) -> OpenedPacket? {
        guard let opened = try? opener.openUnverified(datagram) else { return nil }
        return conduct.judges(.packetVerified, holds: opened.fault == nil) ? opened : nil
    }

    /// Processes a packet that was verified and decoded.
    private func process(_ received: IncomingPacket) {
        var progress = DatagramProgress()
        process(received, &progress)
    }

    private func process(_ received: IncomingPacket, _ progress: inout DatagramProgress) {
        for answer in conduct.answers(received) { seal(answer) }
        guard let incoming = conduct.receives(received) else { return }
        let session = incoming.key == .session ? incoming.session.flatMap { sessions[$0] } : nil
        let mode = incoming.packet.header.mode
        let fits = mode == .forbidden || (mode == .startup) == (incoming.key == .standard)
        guard conduct.judges(.modeNotForbidden, holds: mode != .forbidden),
            conduct.judges(.modeFitsKey, holds: fits),
            conduct.judges(.modeNotOwn, holds: mode != session?.role.mode)
        else { return }

        // The header of a reassembled packet was written before those of its fragments.
        if let session, !incoming.isReassembled {
            session.heard(incoming)
            if incoming.packet.header.timeCritical { timeCriticalNotices.received(on: session.handle, at: now) }
        }
        session?.flows?.beginPacket()
        for chunk in incoming.packet.chunks {
            guard process(chunk, of: incoming, session, &progress) else { break }
        }
        if let session {
            concludeFlows(session)
            checkAddress(incoming.source, session)
            touch(session)
        }
    }

    /// What the chunks of one datagram have brought about, those of packets that its fragments complete included.
    struct DatagramProgress {
        var helloWasAnswered = false
    }

    /// Processes a chunk; false if the rest of its packet is to be dropped.
    private func process(
        _ chunk: Chunk,
        of incoming: IncomingPacket,
        _ session: Session?,
        _ progress: inout DatagramProgress
    ) -> Bool {
        switch chunk {
        case .malformed:
            // What Next User Data would follow is not there (RFC 7016 §2.3.12).
            session?.flows?.preceding = nil
            return conduct.judges(.malformedChunkSkipped, holds: true)
        case .unknown: return conduct.judges(.unknownChunkSkipped, holds: true)
        case .padding: return conduct.judges(.paddingChunkSkipped, holds: true)
        case .packetFragment(let fragment):
            process(fragment, of: incoming, &progress)
            return true
        default: break
        }
        let type = ChunkType(rawValue: chunk.type)
        let legal = (type?.isStartup ?? false) == (incoming.packet.header.mode == .startup)
        guard conduct.judges(.chunkLegalInMode, holds: legal) else { return true }
        if type?.isStartup ?? false {
            process(startup: chunk, of: incoming, &progress)
        } else if let session {
            process(chunk, from: incoming.source, session, &progress)
        }
        return true
    }

    private func process(startup chunk: Chunk, of incoming: IncomingPacket, _ progress: inout DatagramProgress) {
        let needsSession =
            chunk.type == ChunkType.responderInitialKeying.rawValue
            || chunk.type == ChunkType.responderHelloCookieChange.rawValue
        let legal = needsSession == (incoming.sessionID != 0)
        guard conduct.judges(.chunkLegalForSessionID, holds: legal) else { return }
        switch chunk {
        case .initiatorHello(let hello):
            guard conduct.judges(.helloFirstInPacket, holds: !progress.helloWasAnswered) else { return }
            if receive(hello, from: incoming.source) { progress.helloWasAnswered = true }
        case .initiatorInitialKeying(let keying): receive(keying, from: incoming.source)
        case .responderHello(let hello): receive(hello, from: incoming.source)
        case .responderRedirect(let redirect): receive(redirect, from: incoming.source)
        case .responderHelloCookieChange(let change): receive(change, incoming.session)
        case .responderInitialKeying(let keying): receive(keying, incoming.session)
        default: break
        }
    }

    private func process(_ fragment: PacketFragment, of incoming: IncomingPacket, _ progress: inout DatagramProgress) {
        guard conduct.judges(.fragmentNotNested, holds: !incoming.isReassembled) else { return }
        let apart = incoming.session == nil && conduct.judges(.fragmentsKeptApartByAddress, holds: true)
        let key = FragmentReassembly.Key(
            session: incoming.session,
            source: apart ? incoming.source : nil,
            packetID: fragment.packetID
        )
        let mode = incoming.packet.header.mode
        guard
            let (bytes, carried) = reassembly.add(
                fragment,
                in: mode,
                for: key,
                at: now,
                limits: configuration,
                conduct: conduct
            ),
            let packet = try? Packet(bytes),
            conduct.judges(.reassembledModeMatches, holds: packet.header.mode == carried)
        else { return }
        var whole = incoming
        whole.packet = packet
        whole.isReassembled = true
        process(whole, &progress)
    }

    /// Sends chunks under the Default Session Key.
    func send(
        startup chunk: Chunk,
        to far: SocketAddress,
        sessionID: UInt32 = 0,
        about session: SessionHandle? = nil
    ) {
        let header = PacketHeader(.startup, timestamp: Timestamps.timestamp(at: now))
        var packet = OutgoingPacket(Packet(header, [chunk]), to: far, sessionID: sessionID)
        packet.session = session
        transmit(packet)
    }

    /// Sends chunks in one packet of a session, to DESTADDR or to `far`.
    func send(_ chunks: [Chunk], in session: Session, to far: SocketAddress? = nil, isTimeCritical: Bool = false) {
        var header = PacketHeader(session.role.mode)
        session.timestamps.stamp(&header, at: now, repeats: configuration.repeatsTimestamps)
        header.timeCritical = isTimeCritical
        header.timeCriticalReverse = timeCriticalNotices.isReceivingElsewhere(than: session.handle, at: now)
        if isTimeCritical {
            session.timeCriticalSentAt = now
            timeCriticalNotices.sent(at: now)
        }
        transmit(
            OutgoingPacket(
                Packet(header, chunks),
                to: far ?? session.far,
                sessionID: session.farSessionID,
                in: session.handle
            )
        )
    }

    /// Sends what waits in a session's outbox and what its flows have to send, in as few packets as it fits.
    func flush(_ session: Session) {
        session.isTouched = false
        let room = session.flows?.room ?? configuration.maximumPacket
        var draft = PacketDraft(room: room)
        func send() {
            self.send(draft.chunks, in: session, isTimeCritical: draft.isTimeCritical)
            draft = PacketDraft(room: room)
        }
        for chunk in session.outbox {
            if !draft.fits(chunk.encodedLength) { send() }
            draft.append(chunk)
        }
        session.outbox.removeAll()
        // What does not fit beside other chunks gets a packet of its own.
        while session.flows?.fill(&draft, circumstances(session)) ?? false || !draft.isEmpty { send() }
    }

    private func transmit(_ packet: OutgoingPacket) {
        for packet in conduct.sends(packet) { seal(packet) }
    }

    private func seal(_ packet: OutgoingPacket) {
        let sealer: PacketSealer
        switch packet.key {
        case .standard: sealer = defaultSealer
        case .session:
            guard let session = packet.session.flatMap({ sessions[$0] }) else { return }
            sealer = session.sealer
        }
        let plain = packet.packet.encoded
        guard packet.key == .standard, plain.count > StartupFragments.largestWhole else {
            dispatch(plain, packet, sealer, after: packet.delay)
            return
        }
        fragmentedPackets &+= 1
        for fragment in StartupFragments(of: plain, header: packet.packet.header, id: fragmentedPackets).packets {
            dispatch(fragment.packet.encoded, packet, sealer, after: packet.delay + fragment.delay)
        }
    }

    private func dispatch(_ plain: [UInt8], _ packet: OutgoingPacket, _ sealer: PacketSealer, after delay: Interval) {
        let bytes = sealer.seal(
            plain,
            to: packet.sessionID,
            sequenceNumber: packet.sequenceNumber,
            fault: packet.fault
        )
        let datagram = Datagram(bytes: bytes, far: packet.far)
        if delay > .zero {
            held.hold(datagram, until: now + delay)
        } else {
            datagrams.append(datagram)
        }
    }
}

extension ChunkType {
    /// Whether the chunk belongs to session startup, and so only into packets of mode 3 (RFC 7016 §2.2.4).
    public var isStartup: Bool {
        switch self {
        case .initiatorHello, .responderHello, .responderRedirect, .responderHelloCookieChange,
            .initiatorInitialKeying, .responderInitialKeying:
            true
        default:
            false
        }
    }
}
