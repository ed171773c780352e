import RTMFP

extension Proxy {
    /// Passes a packet of a session on to the other end; false if it is none.
    func pass(
        _ datagram: [UInt8],
        _ sessionID: UInt32,
        _ session: ProxySession,
        from place: ProxyTables.Place
    ) -> Bool {
        let fromInitiator = sessionID == session.initiator.nearID
        let leg = fromInitiator ? session.initiator : session.responder
        guard let opened = try? leg.opener?.open(datagram), let packet = try? Packet(opened.plain) else { return false }
        // Ends may move; what opens is from them.
        if fromInitiator {
            (session.initiator.port, session.initiator.far) = (place.port, place.address)
        } else {
            (session.responder.port, session.responder.far) = (place.port, place.address)
        }
        let other = fromInitiator ? session.responder : session.initiator
        guard let sealer = other.sealer else { return true }
        let plain = renamed(packet) ?? Array(opened.plain.dropLast(packet.padding.count))
        send(sealer.seal(plain, to: other.farID), to: .init(port: other.port, address: other.far))
        return true
    }

    /// The packet with what its Forwarded IHellos ask for as the receiver names itself; nil if nothing changes.
    private func renamed(_ packet: Packet) -> [UInt8]? {
        var hasChanged = false
        let chunks = packet.chunks.map { chunk in
            guard case .forwardedInitiatorHello(var hello) = chunk else { return chunk }
            let discriminator = rename(hello.endpointDiscriminator, by: tables.originals)
            guard discriminator != hello.endpointDiscriminator else { return chunk }
            hasChanged = true
            hello.endpointDiscriminator = discriminator
            return .forwardedInitiatorHello(hello)
        }
        return hasChanged ? Packet(packet.header, chunks).encoded : nil
    }
}
