import Flash
import RTMFP

/// What far ends and the owner do.
extension EndpointUnderFuzz {
    func carryOut(_ step: EndpointStep) throws {
        switch step {
        case .pass(let amount, let scale): try pass(.milliseconds(Double(amount) * Double(1 << scale)))
        case .datagram(let far, let octets): try deliver(octets, from: address(far))
        case .startup(let far, let toSession, let octets):
            let id = toSession ? dealings(far)?.entry.nearSessionID ?? 0 : 0
            try deliver(standard.seal(octets, to: id), from: address(far))
        case .session(let far, let isMoved, let octets):
            try say(octets, far, from: isMoved ? address(far &+ 1) : address(far))
        case .hello(let far, let sought, let other): try sayHello(far, sought, other)
        case .keying(let far, let cookie, let isZero): try sayKeying(far, self.cookie(cookie, far), isZero: isZero)
        case .open(let far):
            attempts &+= 1
            try sayHello(far, .near, far)
            try sayKeying(far, cookie(.own, far), isZero: false)
        case .invite(let far, let invitation): try invite(far, invitation)
        case .data(let far, let flow, let form, let skipping): try sayData(far, flow, form, skipping)
        case .acknowledge(let far, let kind): try acknowledge(far, kind)
        case .ping(let far, let kind, let place): try ping(far, kind, place)
        case .close(let far, let isAcknowledgement):
            try say([isAcknowledgement ? .sessionCloseAcknowledgement : .sessionCloseRequest], far)
        case .owner(let far, let kind, let amount): try own(far, kind, amount)
        case .fragments(let far, let kind, let amount): try sayFragments(far, kind, amount)
        case .again(let far, let isLate): try deliver(datagram, from: address(far), isLate: isLate)
        case .odd(let far, let oddity, let flow): try sayOddly(far, oddity, flow)
        }
    }

    private static let uri = EndpointDiscriminator(uri: "rtmfp://h/").encoded

    private func farEnd(_ number: UInt8) -> FarEnd { FarEnd.all[Int(number & 3)] }

    private func address(_ number: UInt8) -> SocketAddress { farEnd(number).address }

    private func dealings(_ far: UInt8) -> SessionDealings? { latest[address(far)].flatMap { sessions[$0] } }

    // MARK: Startup.

    private func sayFirst(_ chunks: [Chunk], _ far: UInt8, to id: UInt32 = 0) throws {
        try deliver(standard.seal(Packet(PacketHeader(.startup), chunks).encoded, to: id), from: address(far))
    }

    private func sayHello(_ far: UInt8, _ sought: EndpointStep.Sought, _ other: UInt8) throws {
        let tag = [UInt8](repeating: far, count: 8)
        let fingerprint = EndpointDiscriminator(fingerprint: farEnd(other).certificate.fingerprint).encoded
        switch sought {
        case .near:
            // The second is not to be answered.
            let hello = Chunk.initiatorHello(IHello(endpointDiscriminator: Self.uri, tag: tag))
            try sayFirst([hello, hello], far)
        case .other: try sayFirst([.initiatorHello(IHello(endpointDiscriminator: fingerprint, tag: tag))], far)
        case .forwarded:
            let reply = Address(address(other), origin: .observed)
            let hello = Chunk.forwardedInitiatorHello(
                FIHello(endpointDiscriminator: Self.uri, replyAddress: reply, tag: tag)
            )
            try say([hello, hello], far)
        }
    }

    private func cookie(_ kind: EndpointStep.Cookie, _ far: UInt8) -> [UInt8] {
        let forged = [UInt8](repeating: far, count: 64)
        switch kind {
        case .own: return startup.got[address(far)]?.last ?? forged
        case .first: return startup.got[address(far)]?.first ?? forged
        case .stolen: return (1...3).compactMap { startup.got[address(far &+ $0)]?.last }.first ?? forged
        case .forged: return forged
        }
    }

    private func sayKeying(_ far: UInt8, _ cookie: [UInt8], isZero: Bool) throws {
        var keying = farEnd(far).keying
        keying.cookieEcho = cookie
        keying.initiatorSessionID = isZero ? 0 : keying.initiatorSessionID &+ attempts
        try sayFirst([.initiatorInitialKeying(keying)], far)
    }

    private func invite(_ far: UInt8, _ invitation: EndpointStep.Invitation) throws {
        let end = farEnd(far)
        try open(to: end.address, EndpointDiscriminator(fingerprint: end.certificate.fingerprint))
        guard let tag = startup.tags[end.address] else { return }
        switch invitation {
        case .ignored: break
        case .redirected:
            let places = (1...40).map { Address(SocketAddress(.v4(0x0a01_0000 + $0), port: 1), origin: .reported) }
            try sayFirst([.responderRedirect(Redirect(tagEcho: tag, redirectDestinations: places))], far)
        case .answered, .left:
            let hello = RHello(tagEcho: tag, cookie: [far], responderCertificate: end.certificate.encoded)
            try sayFirst([.responderHello(hello)], far)
            guard invitation == .answered, let id = startup.keyed[end.address] else { return }
            try sayFirst([.responderInitialKeying(end.answer)], far, to: id)
        }
    }

    private func sayFragments(_ far: UInt8, _ kind: EndpointStep.Fragments, _ amount: UInt8) throws {
        func fragment(_ octets: [UInt8], _ number: UInt64, isLast: Bool, id: UInt64) -> Chunk {
            .packetFragment(
                PacketFragment(moreFragments: !isLast, packetID: id, fragmentNumber: number, packetFragment: octets)
            )
        }
        let tag = [UInt8](repeating: amount, count: 8)
        let hello = Chunk.initiatorHello(IHello(endpointDiscriminator: Self.uri, tag: tag))
        let whole = Packet(PacketHeader(.startup), [hello]).encoded
        switch kind {
        case .halves:
            try sayFirst([fragment(Array(whole.dropFirst(9)), 1, isLast: true, id: UInt64(amount))], far)
            try sayFirst([fragment(Array(whole.prefix(9)), 0, isLast: false, id: UInt64(amount))], far)
        case .many: try sayFirst((0..<UInt64(amount % 8 + 2)).map { fragment(whole, 0, isLast: true, id: $0) }, far)
        case .first:
            let octets = [UInt8](repeating: amount, count: 1_000)
            try sayFirst([fragment(octets, 0, isLast: false, id: UInt64(amount))], far)
        case .nested:
            let inner = Packet(PacketHeader(.startup), [fragment(whole, 0, isLast: true, id: 1)]).encoded
            try sayFirst([fragment(inner, 0, isLast: true, id: UInt64(amount))], far)
        }
    }

    // MARK: Sessions.

    private func say(_ plain: [UInt8], _ far: UInt8, from source: SocketAddress) throws {
        guard let entry = dealings(far)?.entry else { return }
        try deliver(PacketSealer(entry.receiving).seal(plain, to: entry.nearSessionID), from: source)
    }

    private func say(_ chunks: [Chunk], _ far: UInt8, from source: SocketAddress? = nil) throws {
        guard let entry = dealings(far)?.entry else { return }
        let packet = Packet(PacketHeader(entry.role.other.mode, timestamp: 1), chunks)
        try say(packet.encoded, far, from: source ?? address(far))
    }

    private func data(_ far: UInt8, _ flow: UInt8, _ form: UInt8, _ skipping: UInt8) -> UserData {
        let last = dealings(far)?.flows[UInt64(flow)]?.highest ?? 0
        let number = last &+ UInt64(skipping) &+ 1
        let controls: [FragmentControl] = [.whole, .begin, .end, .middle]
        let control = controls[Int(form & 3)]
        let connect = Command("connect", transactionID: 1, object: .null, [.string("film")]).message().encoded
        let octets: [UInt8] =
            switch form >> 2 & 3 {
            case 0: connect
            case 1: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 900)
            case 2: []
            default: [flow, form]
            }
        let metadata = FlowMetadata(streamID: 0).encoded
        return UserData(
            flags: UserDataFlags(control, abandon: form & 31 == 30, final: form & 31 >= 28),
            flowID: UInt64(flow),
            sequenceNumber: number,
            fsnOffset: form & 16 == 0 ? number : 0,
            options: last == 0 ? [.value(type: FlowOption.metadata, metadata)] : nil,
            userData: octets
        )
    }

    private func sayData(_ far: UInt8, _ flow: UInt8, _ form: UInt8, _ skipping: UInt8) throws {
        try say([.userData(data(far, flow, form, skipping))], far)
    }

    private func acknowledge(_ far: UInt8, _ kind: EndpointStep.Acknowledgement) throws {
        for (id, flow) in (dealings(far)?.sending ?? [:]).sorted(by: { $0.key < $1.key }) {
            var given = RangeAcknowledgement(
                flowID: id,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: flow.highest
            )
            switch kind {
            case .all: break
            case .tooMuch: given.cumulativeAcknowledgement = flow.highest &+ 9
            case .last:
                guard flow.highest > 2 else { continue }
                given.cumulativeAcknowledgement = 0
                given.ranges = [flow.highest...flow.highest]
            case .full: given.bufferBlocksAvailable = 0
            }
            try say([.rangeAcknowledgement(given)], far)
        }
    }

    private func ping(_ far: UInt8, _ kind: EndpointStep.PingKind, _ place: UInt8) throws {
        guard let dealings = dealings(far) else { return }
        func answer(_ message: [UInt8]?) throws {
            guard let message else { return }
            try say([.pingReply(PingReply(messageEcho: message))], far, from: address(place))
        }
        switch kind {
        case .ask: try say([.ping(Ping(message: [far, place]))], far, from: address(place))
        case .answer: try answer(dealings.pings[address(place)]?.last)
        case .misplaced: try answer((0..<4).compactMap { dealings.pings[address(place &+ 1 &+ $0)]?.last }.first)
        case .unasked: try answer(place & 1 == 0 ? [UInt8(ascii: "M")] + [UInt8](repeating: 0, count: 24) : [place])
        }
    }

    private func own(_ far: UInt8, _ kind: EndpointStep.Owner, _ amount: UInt8) throws {
        guard let session = latest[address(far)] else { return }
        let now = self.now
        try act { endpoint in
            switch kind {
            case .close: endpoint.close(session, at: now)
            case .abort: endpoint.abort(session, at: now)
            case .ping: endpoint.ping(session, message: [amount], at: now)
            case .write:
                let octets = [UInt8](repeating: amount, count: Int(amount) * 64)
                if let flow = written[session], endpoint.write(octets, on: flow, at: now) {
                    if amount & 1 == 1 { endpoint.close(flow, at: now) }
                } else if let flow = endpoint.openFlow(on: session, metadata: [amount], at: now) {
                    endpoint.write(octets, on: flow, at: now)
                    written[session] = flow
                }
            }
        }
    }

    private func sayOddly(_ far: UInt8, _ oddity: EndpointStep.Oddity, _ flow: UInt8) throws {
        guard let dealings = dealings(far) else { return }
        let data = Chunk.userData(data(far, flow, 0, 0))
        switch oddity {
        case .probe: try say([.bufferProbe(BufferProbe(flowID: UInt64(flow)))], far)
        case .exception:
            for id in dealings.sending.keys.sorted() {
                try say([.flowExceptionReport(FlowExceptionReport(flowID: id, exceptionCode: UInt64(flow)))], far)
            }
        case .ownMode:
            let packet = Packet(PacketHeader(dealings.entry.role.mode, timestamp: 1), [data])
            try say(packet.encoded, far, from: address(far))
        case .standardKey:
            let packet = Packet(PacketHeader(dealings.entry.role.other.mode), [data])
            let id = dealings.entry.nearSessionID
            try deliver(standard.seal(packet.encoded, to: id), from: address(far))
        }
    }
}
