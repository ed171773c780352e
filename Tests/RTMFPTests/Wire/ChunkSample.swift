import RTMFP

/// A chunk with random fields, and its payload laid out independently of the encoder.
struct ChunkSample {
    var chunk: Chunk
    var layout = Layout()

    /// A chunk of `type` that follows from `seed`.
    init(_ type: ChunkType, seed: UInt64) {
        var random = SeededGenerator(seed: seed, name: type.name)
        self.init(type, &random)
    }

    private init(_ type: ChunkType, _ random: inout SeededGenerator) {
        switch type {
        case .packetFragment, .ping, .pingReply, .sessionCloseRequest, .sessionCloseAcknowledgement, .padding,
            .paddingOnes:
            self.init(plain: type, &random)
        case .initiatorHello, .forwardedInitiatorHello, .responderHello, .responderRedirect,
            .responderHelloCookieChange, .initiatorInitialKeying, .responderInitialKeying:
            self.init(startup: type, &random)
        case .userData, .nextUserData, .bufferProbe, .flowExceptionReport:
            self.init(flow: type, &random)
        case .bitmapAcknowledgement, .rangeAcknowledgement:
            self.init(acknowledgement: type, &random)
        }
    }

    private init(plain type: ChunkType, _ random: inout SeededGenerator) {
        let octets = random.field()
        switch type {
        case .packetFragment:
            let more = Bool.random(using: &random)
            let (packetID, number) = (random.integer(), random.integer())
            chunk = .packetFragment(
                PacketFragment(moreFragments: more, packetID: packetID, fragmentNumber: number, packetFragment: octets)
            )
            layout.fixed("flags", octets: [more ? 0x80 : 0])
            layout.integer("packetID", value: packetID)
            layout.integer("fragmentNum", value: number)
            layout.rest(octets)
        case .ping:
            chunk = .ping(Ping(message: octets))
            layout.rest(octets)
        case .pingReply:
            chunk = .pingReply(PingReply(messageEcho: octets))
            layout.rest(octets)
        case .sessionCloseRequest:
            chunk = .sessionCloseRequest
        case .sessionCloseAcknowledgement:
            chunk = .sessionCloseAcknowledgement
        default:
            chunk = .padding(ones: type == .paddingOnes, octets)
            layout.rest(octets)
        }
    }

    private init(startup type: ChunkType, _ random: inout SeededGenerator) {
        let (first, second, third, last) = (random.field(), random.field(), random.field(), random.field())
        let address = random.address()
        let sessionID = UInt32.random(in: .min ... .max, using: &random)
        switch type {
        case .initiatorHello:
            chunk = .initiatorHello(IHello(endpointDiscriminator: first, tag: last))
            layout.prefixed("endpointDiscriminator", octets: first)
        case .forwardedInitiatorHello:
            chunk = .forwardedInitiatorHello(FIHello(endpointDiscriminator: first, replyAddress: address, tag: last))
            layout.prefixed("endpointDiscriminator", octets: first)
            layout.address("replyAddress", address)
        case .responderHello:
            chunk = .responderHello(RHello(tagEcho: first, cookie: second, responderCertificate: last))
            layout.prefixed("tagEcho", octets: first)
            layout.prefixed("cookie", octets: second)
        case .responderRedirect:
            let others = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.address() }
            chunk = .responderRedirect(Redirect(tagEcho: first, redirectDestinations: others))
            layout.prefixed("tagEcho", octets: first)
            for other in others { layout.address("redirectDestination", other, mayBeMissing: true) }
            return
        case .responderHelloCookieChange:
            chunk = .responderHelloCookieChange(RHelloCookieChange(oldCookie: first, newCookie: last))
            layout.prefixed("oldCookie", octets: first)
        case .initiatorInitialKeying:
            chunk = .initiatorInitialKeying(
                IIKeying(
                    initiatorSessionID: sessionID,
                    cookieEcho: first,
                    initiatorCertificate: second,
                    sessionKeyInitiatorComponent: third,
                    signature: last
                )
            )
            layout.fixed("initiatorSessionID", octets: bigEndian(sessionID))
            layout.prefixed("cookieEcho", octets: first)
            layout.prefixed("initiatorCertificate", octets: second)
            layout.prefixed("sessionKeyInitiatorComponent", octets: third)
        default:
            chunk = .responderInitialKeying(
                RIKeying(responderSessionID: sessionID, sessionKeyResponderComponent: first, signature: last)
            )
            layout.fixed("responderSessionID", octets: bigEndian(sessionID))
            layout.prefixed("sessionKeyResponderComponent", octets: first)
        }
        layout.rest(last)
    }

    private init(flow type: ChunkType, _ random: inout SeededGenerator) {
        let flowID = random.integer()
        switch type {
        case .userData:
            let flags = random.userDataFlags()
            let sequenceNumber = random.integer()
            let offset = UInt64.random(in: 0...sequenceNumber, using: &random)
            let (options, data) = (random.options(), random.field())
            chunk = .userData(
                UserData(
                    flags: flags,
                    flowID: flowID,
                    sequenceNumber: sequenceNumber,
                    fsnOffset: offset,
                    options: options,
                    userData: data
                )
            )
            layout.fixed("flags", octets: [flags.octet(options)])
            layout.integer("flowID", value: flowID)
            layout.integer("sequenceNumber", value: sequenceNumber)
            layout.integer("fsnOffset", value: offset)
            layout.list(options)
            layout.rest(data)
        case .nextUserData:
            let flags = random.userDataFlags()
            let (options, data) = (random.options(), random.field())
            chunk = .nextUserData(NextUserData(flags: flags, options: options, userData: data))
            layout.fixed("flags", octets: [flags.octet(options)])
            layout.list(options)
            layout.rest(data)
        case .bufferProbe:
            chunk = .bufferProbe(BufferProbe(flowID: flowID))
            layout.integer("flowID", value: flowID)
        default:
            let code = random.integer()
            chunk = .flowExceptionReport(FlowExceptionReport(flowID: flowID, exceptionCode: code))
            layout.integer("flowID", value: flowID)
            layout.integer("exceptionCode", value: code)
        }
    }

    private init(acknowledgement type: ChunkType, _ random: inout SeededGenerator) {
        let flowID = random.integer()
        let blocks = random.integer()
        let cumulative = random.integer() >> 1
        layout.integer("flowID", value: flowID)
        layout.integer("bufferBlocksAvailable", value: blocks)
        layout.integer("cumulativeAck", value: cumulative)
        if type == .bitmapAcknowledgement {
            let bitmap = random.field()
            chunk = .bitmapAcknowledgement(
                BitmapAcknowledgement(
                    flowID: flowID,
                    bufferBlocksAvailable: blocks,
                    cumulativeAcknowledgement: cumulative,
                    bitmap: bitmap
                )
            )
            layout.rest(bitmap)
            return
        }
        var ranges: [ClosedRange<UInt64>] = []
        var cursor = cumulative
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let holes = random.integer() >> 8
            let received = random.integer() >> 8
            ranges.append((cursor + holes + 2)...(cursor + holes + 2 + received))
            cursor += holes + 2 + received
            layout.rest(variableLength(holes) + variableLength(received))
        }
        chunk = .rangeAcknowledgement(
            RangeAcknowledgement(
                flowID: flowID,
                bufferBlocksAvailable: blocks,
                cumulativeAcknowledgement: cumulative,
                ranges: ranges
            )
        )
    }
}

extension Layout {
    /// An Option List and its Marker.
    fileprivate mutating func list(_ options: [Option]?) {
        guard let options else { return }
        for case .value(let type, let value) in options { option(type, value) }
        integer("options", "length", value: 0)
    }
}

extension UserDataFlags {
    fileprivate func octet(_ options: [Option]?) -> UInt8 {
        (options == nil ? 0 : 0x80) + fragmentControl.rawValue * 0x10 + (abandon ? 0x02 : 0) + (final ? 0x01 : 0)
    }
}

extension SeededGenerator {
    /// An integer of any size, small ones as often as large ones.
    mutating func integer() -> UInt64 {
        next() >> UInt64.random(in: 0...63, using: &self)
    }

    /// Octets: none, a few or more than a VLU of one octet can count.
    mutating func field() -> [UInt8] {
        let counts = [0, 1, 2, 16, 130]
        return octets(counts[Int.random(in: counts.indices, using: &self)])
    }

    mutating func address() -> Address {
        let ip = octets(Bool.random(using: &self) ? 4 : 16)
        let socket = SocketAddress(octets: ip, port: UInt16.random(in: .min ... .max, using: &self))
        let origin = AddressOrigin.allCases.randomElement(using: &self)
        return Address(socket ?? .loopback(port: 1), origin: origin ?? .unknown)
    }

    fileprivate mutating func options() -> [Option]? {
        guard Bool.random(using: &self) else { return nil }
        return (0..<Int.random(in: 0...3, using: &self)).map { _ in .value(type: integer(), field()) }
    }

    fileprivate mutating func userDataFlags() -> UserDataFlags {
        UserDataFlags(
            FragmentControl.allCases.randomElement(using: &self) ?? .whole,
            abandon: Bool.random(using: &self),
            final: Bool.random(using: &self)
        )
    }
}
