import RTMFP

extension Fault {
    /// Changes the IHellos that are sent, and may change the packets around them.
    mutating func changesIHello(_ change: @escaping @Sendable (inout IHello, inout OutgoingPacket) -> Void) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .initiatorHello(var hello) = chunk else { continue }
                change(&hello, &packet)
                packet.packet.chunks[index] = .initiatorHello(hello)
            }
        }
    }

    /// Changes the IIKeyings that are sent, and may change the packets around them.
    mutating func changesSentIIKeying(_ change: @escaping @Sendable (inout IIKeying, inout OutgoingPacket) -> Void) {
        changesSent { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .initiatorInitialKeying(var keying) = chunk else { continue }
                change(&keying, &packet)
                packet.packet.chunks[index] = .initiatorInitialKeying(keying)
            }
        }
    }

    /// Changes the RHellos that are received.
    mutating func changesReceivedRHello(_ change: @escaping @Sendable (inout RHello) -> Void) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderHello(var hello) = chunk else { continue }
                change(&hello)
                packet.packet.chunks[index] = .responderHello(hello)
            }
        }
    }

    /// Changes the Redirects that are received.
    mutating func changesReceivedRedirect(_ change: @escaping @Sendable (inout Redirect) -> Void) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderRedirect(var redirect) = chunk else { continue }
                change(&redirect)
                packet.packet.chunks[index] = .responderRedirect(redirect)
            }
        }
    }

    /// Sends another tag than the one that it chose, and understands the answers to it all the same.
    mutating func sendsTag(_ tag: @escaping @Sendable ([UInt8], OutgoingPacket) -> [UInt8]) {
        let memory = memory
        changesIHello { hello, packet in
            memory[octets: "tag"] = hello.tag
            hello.tag = tag(hello.tag, packet)
            memory[octets: "sent"] = hello.tag
        }
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                switch chunk {
                case .responderHello(var hello) where hello.tagEcho == memory[octets: "sent"]:
                    hello.tagEcho = memory[octets: "tag"] ?? []
                    packet.packet.chunks[index] = .responderHello(hello)
                case .responderRedirect(var redirect) where redirect.tagEcho == memory[octets: "sent"]:
                    redirect.tagEcho = memory[octets: "tag"] ?? []
                    packet.packet.chunks[index] = .responderRedirect(redirect)
                default:
                    break
                }
            }
        }
    }

    /// Changes the RIKeyings that are received.
    mutating func changesReceivedRIKeying(_ change: @escaping @Sendable (inout RIKeying) -> Void) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderInitialKeying(var keying) = chunk else { continue }
                change(&keying)
                packet.packet.chunks[index] = .responderInitialKeying(keying)
            }
        }
    }

    /// Changes the Cookie Changes that are received.
    mutating func changesReceivedCookieChange(_ change: @escaping @Sendable (inout RHelloCookieChange) -> Void) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .responderHelloCookieChange(var body) = chunk else { continue }
                change(&body)
                packet.packet.chunks[index] = .responderHelloCookieChange(body)
            }
        }
    }

    /// Takes datagrams for which `isTaken` holds for those to the session that the last IIKeying was about.
    mutating func redirectsToSession(_ isTaken: @escaping @Sendable (UInt32, [UInt8]) -> Bool) {
        let memory = memory
        hears = { datagram, _ in
            let own = UInt32(truncatingIfNeeded: memory["session"])
            guard own != 0, let sessionID = try? unscrambledSessionID(datagram), sessionID != own,
                isTaken(sessionID, datagram)
            else { return datagram }
            return datagram.enumerated().map { index, octet in
                index < 4 ? octet ^ UInt8(truncatingIfNeeded: (own ^ sessionID) >> UInt32(24 - index * 8)) : octet
            }
        }
    }

    /// Gives up whatever it is doing, for good, when a packet comes for which `isTooMuch` holds.
    mutating func givesUp(_ isTooMuch: @escaping @Sendable (IncomingPacket) -> Bool) {
        let memory = memory
        drops { packet in
            if isTooMuch(packet) { memory["gaveUp"] = 1 }
            return memory["gaveUp"] == 1
        }
        send = { memory["gaveUp"] == 1 ? [] : [$0] }
    }
}

extension Memory {
    /// The address that the first packet went to that this was asked about; nil before.
    @discardableResult
    func firstAddress(_ packet: OutgoingPacket? = nil) -> SocketAddress? {
        if self[octets: "first address"] == nil, let packet {
            self[octets: "first address"] = packet.far.octets
            self["first port"] = UInt64(packet.far.port)
        }
        return self[octets: "first address"].flatMap {
            SocketAddress(octets: $0, port: UInt16(truncatingIfNeeded: self["first port"]))
        }
    }
}

extension OutgoingPacket {
    var iHello: IHello? {
        packet.chunks.lazy.compactMap { if case .initiatorHello(let body) = $0 { body } else { nil } }.first
    }

    var iiKeying: IIKeying? {
        packet.chunks.lazy.compactMap { if case .initiatorInitialKeying(let body) = $0 { body } else { nil } }.first
    }
}

extension IncomingPacket {
    var rHello: RHello? {
        packet.chunks.lazy.compactMap { if case .responderHello(let body) = $0 { body } else { nil } }.first
    }

    var riKeying: RIKeying? {
        packet.chunks.lazy.compactMap { if case .responderInitialKeying(let body) = $0 { body } else { nil } }.first
    }

    var redirect: Redirect? {
        packet.chunks.lazy.compactMap { if case .responderRedirect(let body) = $0 { body } else { nil } }.first
    }

    var cookieChange: RHelloCookieChange? {
        packet.chunks.lazy.compactMap { if case .responderHelloCookieChange(let body) = $0 { body } else { nil } }.first
    }
}
