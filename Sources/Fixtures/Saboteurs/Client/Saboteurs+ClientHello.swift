import RTMFP

extension Saboteur {
    static let clientHello: [Saboteur] = [
        Saboteur("tag-of-4-octets") { $0.sendsTag { tag, _ in Array(tag.prefix(4)) } },
        Saboteur("tag-constant") { $0.sendsTag { _, _ in Array("a tag like others".utf8) } },
        Saboteur("tag-with-constant-beginning") {
            $0.sendsTag { tag, _ in Array("twelve octets".utf8.prefix(12)) + tag.suffix(4) }
        },
        Saboteur("ihello-sent-once") { fault in
            let memory = fault.memory
            fault.send = { packet in
                packet.iHello.map { memory.isNew($0.tag + Array("\(packet.far)".utf8)) } ?? true ? [packet] : []
            }
        },
        Saboteur("ihello-repeated-with-new-tag") { fault in
            let memory = fault.memory
            fault.sendsTag { tag, packet in
                let name = "to \(packet.far)"
                memory[name] += 1
                return memory[name] == 1 ? tag : tag + [UInt8(truncatingIfNeeded: memory[name])]
            }
        },
        Saboteur("hello-every-second") { $0.lasting = { $0 == .helloBackoff ? .seconds(1) : $1 } },
        Saboteur("hello-backoff-too-gentle") { fault in
            // 1.5 s, 2 s, 2.5 s and so on instead of 1.5 s, 3 s, 4.5 s.
            fault.lasting = { $0 == .helloBackoff ? .seconds(1) + $1 * 0.33 : $1 }
        },
        Saboteur("iikeying-unasked") { fault in
            let memory = fault.memory
            fault.send = { packet in
                guard packet.iHello != nil else { return [packet] }
                memory["hellos"] += 1
                guard memory["hellos"] == 2 else { return [packet] }
                let keying = IIKeying(
                    initiatorSessionID: 7,
                    cookieEcho: [],
                    initiatorCertificate: [],
                    sessionKeyInitiatorComponent: [],
                    signature: []
                )
                let early = OutgoingPacket(
                    Packet(PacketHeader(.startup), [.initiatorInitialKeying(keying)]),
                    to: packet.far
                )
                return [packet, early]
            }
        },
        Saboteur("first-address-only") { $0.client.calls = { Array($0.prefix(1)) } },
    ]

    static let clientRedirect: [Saboteur] = [
        Saboteur("redirected-with-other-tag") { fault in
            let memory = fault.memory
            fault.sendsTag { tag, packet in memory.firstAddress(packet) == packet.far ? tag : tag.reversed() }
        },
        Saboteur("redirects-ignored") { $0.drops { $0.redirect != nil } },
        Saboteur("implied-redirect-ignored") { $0.drops { $0.redirect?.redirectDestinations.isEmpty ?? false } },
        Saboteur("tag-unchecked", .tagKnown, is: true),
        Saboteur("redirect-source-checked") { fault in
            let memory = fault.memory
            fault.changesIHello { _, packet in _ = memory.firstAddress(packet) }
            fault.drops { packet in
                guard let redirect = packet.redirect, !redirect.redirectDestinations.isEmpty else { return false }
                return packet.source != memory.firstAddress()
            }
        },
        Saboteur("original-given-up") { fault in
            let memory = fault.memory
            fault.drops { packet in
                if packet.redirect != nil { memory["redirected"] = 1 }
                return false
            }
            fault.send = { packet in
                guard packet.iHello != nil else { return [packet] }
                let isFirst = memory.firstAddress(packet) == packet.far
                return memory["redirected"] == 1 && isFirst ? [] : [packet]
            }
        },
        Saboteur("first-redirect-address-only") {
            $0.changesReceivedRedirect { $0.redirectDestinations = Array($0.redirectDestinations.prefix(1)) }
        },
        Saboteur("mixed-redirect-ignored") { fault in
            fault.drops { packet in
                Set(packet.redirect?.redirectDestinations.map(\.socket.octets.count) ?? []).count > 1
            }
        },
        Saboteur("truncated-redirect-followed") { fault in
            fault.changesReceived { packet in
                for (index, chunk) in packet.packet.chunks.enumerated() {
                    guard case .malformed(.responderRedirect, let payload, _) = chunk,
                        let redirect = Redirect(leadingPartOf: payload)
                    else { continue }
                    packet.packet.chunks[index] = .responderRedirect(redirect)
                }
            }
        },
        Saboteur("hello-state-unchecked", .waitsForHello, is: true),
        Saboteur("every-redirect-address-asked", .roomForCandidate, is: true),
        Saboteur("added-address-waits") { fault in
            let memory = fault.memory
            fault.send = { packet in
                guard let hello = packet.iHello else { return [packet] }
                if memory.firstAddress(packet) == packet.far {
                    memory["hellos"] += 1
                    return [packet]
                }
                // Only those that were added before the first repetition are asked at once.
                let isNew = memory.isNew(hello.tag + Array("\(packet.far)".utf8))
                return memory["hellos"] < 2 || !isNew ? [packet] : []
            }
        },
    ]

    static let clientResponderHello: [Saboteur] = [
        Saboteur("cookie-cut-to-64") {
            $0.changesReceivedRHello { $0.cookie = Array($0.cookie.prefix(64)) }
        },
        Saboteur("cookie-padded-to-64") {
            $0.changesReceivedRHello { $0.cookie += [UInt8](repeating: 0, count: max(0, 64 - $0.cookie.count)) }
        },
        Saboteur("certificate-of-77-octets") {
            $0.drops { $0.rHello.map { $0.responderCertificate.count > 77 } ?? false }
        },
        Saboteur("selection-unchecked", .responderSelected, is: true),
        Saboteur("marker-unseen") { fault in
            fault.changesReceivedRHello { hello in
                guard let options = try? [Option](sequence: hello.responderCertificate) else { return }
                hello.responderCertificate = options.filter { $0 != .marker }.encoded
            }
        },
        Saboteur("hostname-after-marker-taken") { fault in
            fault.changesReceivedRHello { hello in
                guard let options = try? [Option](sequence: hello.responderCertificate) else { return }
                let hostnames = options.filter { $0.type == Certificate.OptionType.hostname.rawValue }
                guard !hostnames.isEmpty else { return }
                hello.responderCertificate = (hostnames + options.filter { !hostnames.contains($0) }).encoded
            }
        },
        Saboteur("torn-certificate-taken") { fault in
            fault.changesReceivedRHello { $0.responderCertificate.trimToOptions() }
        },
        Saboteur("iikeying-to-first-address") { fault in
            let memory = fault.memory
            fault.send = { packet in
                var packet = packet
                if packet.iHello != nil { _ = memory.firstAddress(packet) }
                if packet.iiKeying != nil, let first = memory.firstAddress() { packet.far = first }
                return [packet]
            }
        },
    ]
}

extension Redirect {
    /// The whole addresses at the beginning of a payload that is cut off; nil if there are none.
    fileprivate init?(leadingPartOf payload: [UInt8]) {
        for count in stride(from: payload.count, to: 0, by: -1) {
            let chunk = Chunk.unknown(type: Redirect.type.rawValue, payload: Array(payload.prefix(count)))
            guard
                case .responderRedirect(let redirect)? = try? Packet(Packet(PacketHeader(.startup), [chunk]).encoded)
                    .chunks.first
            else { continue }
            guard !redirect.redirectDestinations.isEmpty else { return nil }
            self = redirect
            return
        }
        return nil
    }
}
