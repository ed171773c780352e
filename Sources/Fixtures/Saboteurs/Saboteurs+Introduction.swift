import Flash
import RTMFP

/// Faults in introducing clients to each other (RFC 7016 §3.5.1.4-§3.5.1.6, RFC 7425 §5.3.3).
extension Saboteur {
    static let introduction: [Saboteur] = [
        Saboteur("nobody-redirected") { fault in
            fault.rewritesRedirect { _, _ in false }
        },
        Saboteur("redirect-without-observed-address") { fault in
            fault.rewritesRedirect { redirect, _ in
                redirect.redirectDestinations.removeFirst()
                if redirect.redirectDestinations.isEmpty {
                    redirect.redirectDestinations = [Address(.loopback(port: 9), origin: .reported)]
                }
                return true
            }
        },
        Saboteur("redirect-with-trailing-octet") { fault in
            fault.changesSent { packet in
                packet.packet.chunks = packet.packet.chunks.map { chunk in
                    guard case .responderRedirect = chunk else { return chunk }
                    return .unknown(type: chunk.type, payload: chunk.payload + [0])
                }
            }
        },
        Saboteur("redirect-to-other-session-id") { fault in
            fault.rewritesRedirect { _, packet in
                packet.sessionID = 0x0102_0304
                return true
            }
        },
        Saboteur("redirect-to-newest-session") { fault in
            let memory = fault.memory
            let newest = Newest()
            fault.send = { packet in
                var packets = [packet]
                if packet.packet.chunks.contains(where: { $0.type == ChunkType.responderInitialKeying.rawValue }) {
                    newest.address = packet.far
                }
                if packet.packet.chunks.contains(where: { $0.type == ChunkType.responderRedirect.rawValue }),
                    let address = newest.address, !memory.isDead
                {
                    var stray = packet
                    stray.far = address
                    packets.append(stray)
                }
                return packets
            }
        },
        Saboteur("nothing-forwarded") { fault in
            fault.rewritesForwarded { _, _ in false }
        },
        Saboteur("fihello-in-startup-packet") { fault in
            fault.rewritesForwarded { _, packet in
                packet.packet.header = PacketHeader(.startup)
                packet.key = .standard
                return true
            }
        },
        Saboteur("fihello-discriminator-rebuilt") { fault in
            fault.rewritesForwarded { hello, _ in
                hello.endpointDiscriminator = Array(hello.endpointDiscriminator.prefix(34))
                return true
            }
        },
        Saboteur("fihello-tag-of-16-octets") { fault in
            fault.rewritesForwarded { hello, _ in
                hello.tag = Array((hello.tag + [UInt8](repeating: 0, count: 16)).prefix(16))
                return true
            }
        },
        Saboteur("fihello-with-other-reply-address") { fault in
            fault.rewritesForwarded { hello, _ in
                hello.replyAddress = Address(.loopback(port: 9), origin: .observed)
                return true
            }
        },
        Saboteur("forwards-once") { fault in
            fault.rewritesForwarded { [memory = fault.memory] hello, _ in memory.isNew(hello.tag) }
        },
        Saboteur("gone-peers-redirected") { fault in
            let memory = fault.memory
            fault.answer = { packet in
                if let keying = packet.iiKeying,
                    let certificate = try? Certificate(decoding: keying.initiatorCertificate)
                {
                    memory[octets: "peer \(keying.initiatorSessionID)"] = certificate.fingerprint
                }
                if packet.packet.chunks.contains(.sessionCloseRequest),
                    let peer = memory[octets: "peer \(packet.farSessionID ?? 0)"]
                {
                    _ = memory.isNew(peer)
                }
                guard let hello = packet.iHello,
                    let discriminator = try? EndpointDiscriminator(hello.endpointDiscriminator),
                    let peer = discriminator.fingerprint, memory.contains(peer)
                else { return [] }
                let redirect = Redirect(tagEcho: hello.tag, redirectDestinations: [])
                return [
                    OutgoingPacket(Packet(PacketHeader(.startup), [.responderRedirect(redirect)]), to: packet.source)
                ]
            }
        },
        Saboteur("introduces-first-address") { fault in
            let first = Newest()
            fault.rewritesRedirect { redirect, _ in
                if let address = first.address {
                    redirect.redirectDestinations[0] = Address(address, origin: .observed)
                } else {
                    first.address = redirect.redirectDestinations.first?.socket
                }
                return true
            }
        },
        Saboteur("peer-info-ignored") { fault in
            fault.rewritesPeerInfo { _, _ in [] }
        },
        Saboteur("empty-peer-info-ends-introduction") { fault in
            let memory = fault.memory
            fault.rewritesPeerInfo { addresses, _ in
                if addresses.isEmpty { memory["ended"] = 1 }
                return addresses
            }
            fault.rewritesRedirect { _, _ in memory["ended"] == 0 }
        },
        Saboteur("ipv6-peer-info-ignored") { fault in
            fault.rewritesPeerInfo { addresses, _ in addresses.filter { !$0.hasPrefix("[") } }
        },
        Saboteur("one-bad-address-spoils-all") { fault in
            fault.rewritesPeerInfo { addresses, _ in addresses.contains("garbage") ? [] : addresses }
        },
        Saboteur("peer-info-accumulates") { fault in
            fault.rewritesPeerInfo { [memory = fault.memory] addresses, packet in
                let name = "told in \(packet.session?.number ?? 0)"
                let known = String(decoding: memory[octets: name] ?? [], as: UTF8.self).split(separator: ",")
                let all = known.map(String.init) + addresses.filter { !known.contains(Substring($0)) }
                memory[octets: name] = Array(all.joined(separator: ",").utf8)
                return all
            }
        },
    ]
}

/// The address that something is remembered by.
private final class Newest: @unchecked Sendable {
    // A saboteur is called from one thread at a time.
    var address: SocketAddress?
}

extension Fault {
    /// Changes the Redirects that are sent, and may change the packets around them; those for which `rewrite` is false
    /// are not sent.
    fileprivate mutating func rewritesRedirect(
        _ rewrite: @escaping @Sendable (inout Redirect, inout OutgoingPacket) -> Bool
    ) {
        let earlier = send
        send = { packet in
            earlier(packet).compactMap { packet in
                guard case .responderRedirect(var redirect) = packet.packet.chunks.first,
                    !redirect.redirectDestinations.isEmpty
                else { return packet }
                var changed = packet
                guard rewrite(&redirect, &changed) else { return nil }
                changed.packet.chunks = [.responderRedirect(redirect)]
                return changed
            }
        }
    }

    /// Changes the Forwarded IHellos that are sent, each in a packet of its own, and may change the packets around them.
    fileprivate mutating func rewritesForwarded(
        _ rewrite: @escaping @Sendable (inout FIHello, inout OutgoingPacket) -> Bool
    ) {
        send = { packet in
            guard case .forwardedInitiatorHello(var hello) = packet.packet.chunks.first else { return [packet] }
            var changed = packet
            guard rewrite(&hello, &changed) else { return [] }
            changed.packet.chunks[0] = .forwardedInitiatorHello(hello)
            return [changed]
        }
    }

    /// Takes clients for ones that report other addresses.
    fileprivate mutating func rewritesPeerInfo(
        _ rewrite: @escaping @Sendable ([String], IncomingPacket) -> [String]
    ) {
        rewritesCommandsReceived { command, packet in
            guard command.name == "setPeerInfo" else { return true }
            command.arguments = rewrite(command.arguments.compactMap(\.string), packet).map { .string($0) }
            return true
        }
    }
}
