import RTMFP

extension Saboteur {
    static let clientPackets: [Saboteur] = [
        Saboteur("client-in-mode-2") { $0.changesSessionHeader { $0.mode = .responder } },
        Saboteur("client-own-mark-accepted", .modeNotOwn, is: true),
    ]

    static let clientForwarding: [Saboteur] = [
        Saboteur("fihello-answered-to-forwarder") { fault in
            fault.changesForwardedHello { hello, packet in
                hello.replyAddress = Address(packet.source, origin: .observed)
            }
        },
        Saboteur("fihello-answered-with-addresses") { fault in
            let memory = fault.memory
            fault.answer = { packet in
                guard let hello = packet.forwardedHello,
                    let discriminator = try? EndpointDiscriminator(hello.endpointDiscriminator),
                    discriminator.fingerprint == memory.fingerprint
                else { return [] }
                let elsewhere = Address(SocketAddress(.v4(0x0a00_0063), port: 99), origin: .reported)
                let redirect = Redirect(tagEcho: hello.tag, redirectDestinations: [elsewhere])
                return [
                    OutgoingPacket(
                        Packet(PacketHeader(.startup), [.responderRedirect(redirect)]),
                        to: hello.replyAddress.socket
                    )
                ]
            }
        },
        Saboteur("fihello-tag-lost") { fault in
            fault.changesForwardedHello { hello, _ in hello.tag = [] }
        },
        Saboteur("any-fingerprint-answered", .fingerprintSelects, is: true),
        Saboteur("fihello-of-a-peer-kills") { fault in
            let memory = fault.memory
            fault.drops { packet in
                if packet.forwardedHello != nil, packet.packet.header.mode == .initiator { memory.isDead = true }
                return false
            }
        },
        Saboteur("fihello-of-a-peer-closes") { fault in
            fault.answer = { packet in
                guard packet.forwardedHello != nil, packet.packet.header.mode == .initiator else { return [] }
                return packet.inSession([.sessionCloseRequest])
            }
            fault.givesUp { $0.forwardedHello != nil && $0.packet.header.mode == .initiator }
        },
    ]

    static let clientFlashCrypto: [Saboteur] = [
        Saboteur("uri-without-path") { fault in
            fault.client.asks = { uri in
                String(uri.prefix(8)) + uri.dropFirst(8).prefix { $0 != "/" } + "/"
            }
        },
        Saboteur("path-without-uri") { fault in
            fault.client.asks = { uri in ClientFault.percentEncoded(String(uri.dropFirst(8).drop { $0 != "/" })) }
        },
        Saboteur("path-in-raw-octets") { $0.client.asks = { $0 } },
        Saboteur("port-1936-by-default") { fault in
            fault.client.calls = { addresses in
                addresses.map { SocketAddress($0.ip, port: $0.port == 1935 ? 1936 : $0.port) }
            }
        },
        Saboteur("client-keys-ephemeral") { $0.client.hasEphemeralKeys = true },
        Saboteur("client-selects-no-group") { $0.selects(nil) },
        Saboteur("client-selects-foreign-group") { $0.selects(5) },
        Saboteur("client-certificate-constant") { $0.client.hasConstantIdentity = true },
        Saboteur("client-found-by-uri") { $0.client.acceptsAncillaryData = true },
        Saboteur("client-salt-constant") { fault in
            fault.component = { encoded in
                guard var component = try? KeyingComponent(decoding: encoded) else { return encoded }
                component.extraRandomness = [UInt8](repeating: 7, count: 64)
                return component.encoded
            }
        },
        Saboteur("client-public-key-unchecked", .publicKeyAcceptable, is: true),
    ]
}

extension Fault {
    /// Changes the Forwarded IHellos that are received.
    fileprivate mutating func changesForwardedHello(
        _ change: @escaping @Sendable (inout FIHello, IncomingPacket) -> Void
    ) {
        changesReceived { packet in
            for (index, chunk) in packet.packet.chunks.enumerated() {
                guard case .forwardedInitiatorHello(var hello) = chunk else { continue }
                change(&hello, packet)
                packet.packet.chunks[index] = .forwardedInitiatorHello(hello)
            }
        }
    }

    /// Selects `group`, whatever its key belongs to.
    fileprivate mutating func selects(_ group: UInt64?) {
        component = { encoded in
            guard var component = try? KeyingComponent(decoding: encoded), component.groupSelect != nil else {
                return encoded
            }
            component.groupSelect = group
            return component.encoded
        }
    }
}

extension IncomingPacket {
    fileprivate var forwardedHello: FIHello? {
        packet.chunks.lazy.compactMap { if case .forwardedInitiatorHello(let body) = $0 { body } else { nil } }.first
    }
}
