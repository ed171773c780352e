import RTMFP

extension Fault {
    /// Drops incoming packets for which `isDropped` holds.
    mutating func drops(_ isDropped: @escaping @Sendable (IncomingPacket) -> Bool) {
        receive = { isDropped($0) ? nil : $0 }
    }

    /// Changes incoming packets.
    mutating func changesReceived(_ change: @escaping @Sendable (inout IncomingPacket) -> Void) {
        receive = { packet in
            var packet = packet
            change(&packet)
            return packet
        }
    }

    /// Changes outgoing packets.
    mutating func changesSent(_ change: @escaping @Sendable (inout OutgoingPacket) -> Void) {
        send = { packet in
            var packet = packet
            change(&packet)
            return [packet]
        }
    }

    /// Changes the RHellos that are sent, and may change the packets around them.
    mutating func changesRHello(_ change: @escaping @Sendable (inout RHello, inout OutgoingPacket) -> Void) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderHello(var hello) = chunk else { continue }
                change(&hello, &packet)
                packet.packet.chunks[index] = .responderHello(hello)
            }
        }
    }

    /// Changes the RIKeyings that are sent, and may change the packets around them.
    mutating func changesRIKeying(_ change: @escaping @Sendable (inout RIKeying, inout OutgoingPacket) -> Void) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderInitialKeying(var keying) = chunk else { continue }
                change(&keying, &packet)
                packet.packet.chunks[index] = .responderInitialKeying(keying)
            }
        }
    }

    /// Changes the Cookie Changes that are sent, and may change the packets around them.
    mutating func changesCookieChange(
        _ change: @escaping @Sendable (inout RHelloCookieChange, inout OutgoingPacket) -> Void
    ) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderHelloCookieChange(var body) = chunk else { continue }
                change(&body, &packet)
                packet.packet.chunks[index] = .responderHelloCookieChange(body)
            }
        }
    }

    /// Changes the Ping Replies that are sent.
    mutating func changesPingReply(_ change: @escaping @Sendable (inout [UInt8]) -> Void) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .pingReply(var reply) = chunk else { continue }
                change(&reply.messageEcho)
                packet.packet.chunks[index] = .pingReply(reply)
            }
        }
    }

    /// Changes the IIKeyings that are received.
    mutating func changesIIKeying(_ change: @escaping @Sendable (inout IIKeying) -> Void) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .initiatorInitialKeying(var keying) = chunk else { continue }
                change(&keying)
                packet.packet.chunks[index] = .initiatorInitialKeying(keying)
            }
        }
    }

    /// Drops packets with an IIKeying for which `isRefused` holds.
    mutating func refuses(_ isRefused: @escaping @Sendable (IIKeying) -> Bool) {
        drops { $0.iiKeying.map(isRefused) ?? false }
    }

    /// Changes the headers of session packets that are sent.
    mutating func changesSessionHeader(_ change: @escaping @Sendable (inout PacketHeader) -> Void) {
        changesSent { packet in
            if packet.key == .session { change(&packet.packet.header) }
        }
    }
}

extension IncomingPacket {
    var iHello: IHello? {
        packet.chunks.lazy.compactMap { if case .initiatorHello(let body) = $0 { body } else { nil } }.first
    }

    var iiKeying: IIKeying? {
        packet.chunks.lazy.compactMap { if case .initiatorInitialKeying(let body) = $0 { body } else { nil } }.first
    }

    var ping: Ping? {
        packet.chunks.lazy.compactMap { if case .ping(let body) = $0 { body } else { nil } }.first
    }

    var fragment: PacketFragment? {
        packet.chunks.lazy.compactMap { if case .packetFragment(let body) = $0 { body } else { nil } }.first
    }

    var isMalformed: Bool {
        packet.chunks.contains { if case .malformed = $0 { true } else { false } }
    }

    /// Where it came from, as octets to remember.
    var origin: [UInt8] { Array("\(source)".utf8) }

    /// An RHello that answers `hello`, though nobody should.
    func wrongRHello(tag: [UInt8]) -> OutgoingPacket {
        let hello = RHello(tagEcho: tag, cookie: [UInt8](repeating: 1, count: 16), responderCertificate: [])
        return OutgoingPacket(Packet(PacketHeader(.startup), [.responderHello(hello)]), to: source)
    }

    /// Chunks to the sender, in its session.
    func inSession(_ chunks: [Chunk]) -> [OutgoingPacket] {
        guard let session, let farSessionID else { return [] }
        return [
            OutgoingPacket(Packet(PacketHeader(.responder), chunks), to: source, sessionID: farSessionID, in: session)
        ]
    }
}

extension IIKeying {
    /// The options of the certificate; none if they cannot be read.
    var certificateOptions: [Option] { (try? [Option](sequence: initiatorCertificate)) ?? [] }

    /// The options of the keying component; none if they cannot be read.
    var componentOptions: [Option] { (try? [Option](sequence: sessionKeyInitiatorComponent)) ?? [] }
}

extension Option {
    /// The type; nil for a Marker.
    var type: UInt64? { if case .value(let type, _) = self { type } else { nil } }

    /// The value; empty for a Marker.
    var value: [UInt8] { if case .value(_, let value) = self { value } else { [] } }
}
