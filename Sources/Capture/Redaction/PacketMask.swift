import RTMFP

/// Replaces what a packet says of addresses, and what only those who took part should know, in chunks that keep their
/// lengths.
struct PacketMask {
    let mask: AddressMask
    /// Addresses that are replaced in binary wherever they stand, by what replaces them.
    var known: [[UInt8]: [UInt8]] = [:]

    /// The packet without its secrets.
    func masked(_ packet: Packet) -> Packet {
        var packet = packet
        packet.chunks = packet.chunks.map(masked)
        // What follows the chunks may be anything.
        packet.padding = packet.padding.map { $0 == 0 ? 0 : 0xff }
        return packet
    }

    private func masked(_ chunk: Chunk) -> Chunk {
        switch chunk {
        case .initiatorHello(var hello):
            hello.endpointDiscriminator = text(hello.endpointDiscriminator)
            return .initiatorHello(hello)
        case .forwardedInitiatorHello(var hello):
            hello.endpointDiscriminator = text(hello.endpointDiscriminator)
            hello.replyAddress.socket = mask.address(hello.replyAddress.socket)
            return .forwardedInitiatorHello(hello)
        case .responderHello(var hello):
            hello.cookie = mask.octets(hello.cookie, "cookie")
            return .responderHello(hello)
        case .responderRedirect(var redirect):
            for index in redirect.redirectDestinations.indices {
                let socket = redirect.redirectDestinations[index].socket
                redirect.redirectDestinations[index].socket = mask.address(socket)
            }
            return .responderRedirect(redirect)
        case .responderHelloCookieChange(var change):
            change.oldCookie = mask.octets(change.oldCookie, "cookie")
            change.newCookie = mask.octets(change.newCookie, "cookie")
            return .responderHelloCookieChange(change)
        case .initiatorInitialKeying(var keying):
            keying.cookieEcho = mask.octets(keying.cookieEcho, "cookie")
            keying.signature = keying.signature.map { _ in UInt8(ascii: "X") }
            return .initiatorInitialKeying(keying)
        case .responderInitialKeying(var keying):
            keying.signature = keying.signature.map { _ in UInt8(ascii: "X") }
            return .responderInitialKeying(keying)
        // What an end has itself sent back may say where it sent it to.
        case .ping(var ping):
            ping.message = mask.octets(ping.message, "ping")
            return .ping(ping)
        case .pingReply(var reply):
            reply.messageEcho = mask.octets(reply.messageEcho, "ping")
            return .pingReply(reply)
        case .userData(var data):
            data.userData = text(data.userData, data.flags)
            return .userData(data)
        case .nextUserData(var data):
            data.userData = text(data.userData, data.flags)
            return .nextUserData(data)
        case .packetFragment(var fragment):
            fragment.packetFragment = fragment.packetFragment.map { _ in 0 }
            return .packetFragment(fragment)
        case .unknown(let type, let payload):
            return .unknown(type: type, payload: payload.map { _ in 0 })
        case .malformed(let type, let payload, _):
            return .unknown(type: type.rawValue, payload: payload.map { _ in 0 })
        case .padding(let ones, let octets):
            return .padding(ones: ones, octets.map { $0 == 0 ? 0 : 0xff })
        case .bitmapAcknowledgement, .rangeAcknowledgement, .bufferProbe, .flowExceptionReport, .sessionCloseRequest,
            .sessionCloseAcknowledgement:
            return chunk
        }
    }

    private func text(_ octets: [UInt8], _ flags: UserDataFlags = UserDataFlags()) -> [UInt8] {
        mask.masked(octets, known: known, isPart: flags.fragmentControl != .whole)
    }
}
