import RTMFP

extension Saboteur {
    static let certificates: [Saboteur] = [
        Saboteur("certificate-key-must-be-first") { fault in
            fault.refuses { keying in
                let types = keying.certificateOptions.map(\.type)
                return types.contains(0x1d) && types.first != 0x1d && !types.contains(0x15)
            }
        },
        Saboteur("unknown-certificate-option-refused") { fault in
            fault.refuses { keying in
                keying.certificateOptions.contains { option in
                    option.type.map { Certificate.OptionType(rawValue: $0) == nil } ?? false
                }
            }
        },
        Saboteur("non-canonical-options-count") { fault in
            fault.changesIIKeying { keying in
                let options = keying.certificateOptions
                guard let marker = options.firstIndex(of: .marker) else { return }
                let beyond = options[marker...].filter { $0.type == 0x1d }
                if !beyond.isEmpty { keying.initiatorCertificate = beyond.encoded }
            }
        },
        Saboteur("hostname-certificate-refused") { $0.refuses { $0.certificateOptions.contains { $0.type == 0 } } },
        Saboteur("first-static-key-taken") { fault in
            fault.changesIIKeying { keying in
                let keys = keying.certificateOptions.filter { $0.type == 0x1d }
                if keys.count > 1 { keying.initiatorCertificate = [keys[0]].encoded }
            }
        },
        Saboteur("leading-zeros-refused") { fault in
            fault.refuses { $0.certificateOptions.contains { $0.type == 0x1d && $0.value.dropFirst().first == 0 } }
        },
        Saboteur("truncated-certificate-accepted") { fault in
            fault.changesIIKeying { $0.initiatorCertificate.trimToOptions() }
        },
        Saboteur("both-kinds-of-keys-accepted") { fault in
            fault.changesIIKeying { keying in
                let canonical = keying.certificateOptions.prefix { $0 != .marker }
                guard canonical.contains(where: { $0.type == 0x1d }) else { return }
                keying.initiatorCertificate = canonical.filter { $0.type != 0x15 }.encoded
            }
        },
        Saboteur("empty-signature-refused") { $0.refuses { $0.signature.isEmpty } },
        Saboteur("odd-signature-refused") { $0.refuses { !$0.signature.isEmpty && $0.signature != [0x58] } },
        Saboteur("ancillary-data-not-offered") { fault in
            fault.hidesAncillaryData = true
            fault.judge = { $0 == .ancillaryDataSelects ? true : $1 }
        },
    ]

    static let discriminators: [Saboteur] = [
        Saboteur("long-discriminator-ignored") {
            $0.drops { $0.iHello.map { $0.endpointDiscriminator.count > 127 } ?? false }
        },
        Saboteur("unknown-discriminator-option-refused") { fault in
            fault.drops { packet in
                packet.discriminatorOptions.contains { option in
                    option.type.map { EndpointDiscriminator.OptionType(rawValue: $0) == nil } ?? false
                }
            }
        },
        Saboteur("long-form-refused") { $0.drops { $0.iHello?.endpointDiscriminator.first == 0x80 } },
        Saboteur("fingerprint-not-selected", .fingerprintSelects, is: false),
        Saboteur("fingerprint-does-not-decide") { fault in
            fault.changesReceived { packet in
                let others = packet.discriminatorOptions.filter { $0.type != 0x0f }
                guard !others.isEmpty, let index = packet.packet.chunks.firstIndex(where: \.isIHello),
                    case .initiatorHello(var hello) = packet.packet.chunks[index]
                else { return }
                hello.endpointDiscriminator = others.encoded
                packet.packet.chunks[index] = .initiatorHello(hello)
            }
        },
        Saboteur("everything-selected") { fault in
            let selecting: Set<Rule> = [
                .fingerprintSelects, .hostnameSelects, .ancillaryDataSelects, .discriminatorSaysSomething,
            ]
            fault.judge = { selecting.contains($0) ? true : $1 }
        },
        Saboteur("hostname-unchecked", .hostnameSelects, is: true),
        Saboteur("empty-redirect-sent") { fault in
            fault.answer = { [memory = fault.memory] packet in
                let asked = packet.discriminatorOptions.first { $0.type == 0x0f }?.value
                guard let asked, asked.count == 32, asked != memory.fingerprint, let hello = packet.iHello else {
                    return []
                }
                let redirect = Redirect(tagEcho: hello.tag, redirectDestinations: [])
                return [
                    OutgoingPacket(Packet(PacketHeader(.startup), [.responderRedirect(redirect)]), to: packet.source)
                ]
            }
        },
        Saboteur("odd-uri-kills") { fault in
            fault.drops { [memory = fault.memory] packet in
                if packet.discriminatorOptions.contains(.value(type: 0x0a, [])) { memory.isDead = true }
                return false
            }
        },
    ]

    static let components: [Saboteur] = [
        Saboteur("unknown-keying-option-refused") {
            $0.refuses { $0.componentOptions.contains(where: \.isUnknownKeying) }
        },
        Saboteur("keying-marker-refused") { $0.refuses { $0.componentOptions.contains(.marker) } },
        Saboteur("keys-over-known-options") { fault in
            fault.changesIIKeying { keying in
                let known = keying.componentOptions.filter { $0 != .marker && !$0.isUnknownKeying }
                if known.count < keying.componentOptions.count { keying.sessionKeyInitiatorComponent = known.encoded }
            }
        },
        Saboteur("ephemeral-initiator-refused") { $0.refuses { $0.componentOptions.contains { $0.type == 0x0d } } },
        Saboteur("keying-order-fixed") { $0.refuses { $0.componentOptions.last?.type == 0x1d } },
        Saboteur("ephemeral-key-other-group") { fault in
            fault.changesRIKeying { keying, _ in
                guard var component = try? KeyingComponent(keying.sessionKeyResponderComponent) else { return }
                component.ephemeralKey?.group = 5
                keying.sessionKeyResponderComponent = component.encoded
            }
        },
        Saboteur("static-server-key") { $0.hasStaticKeys = true },
        Saboteur("responder-component-repeated") { fault in
            // With static keys nothing but the salt tells one session's keys from another's.
            fault.hasStaticKeys = true
            fault.component = { [memory = fault.memory] component in
                // The salt comes last, after flags that depend on what the initiator said.
                let name = "component \(component.dropLast(64))"
                let first = memory[octets: name] ?? component
                memory[octets: name] = first
                return first
            }
        },
        Saboteur("truncated-component-accepted") { fault in
            fault.changesIIKeying { $0.sessionKeyInitiatorComponent.trimToOptions() }
        },
        Saboteur("component-without-key-accepted") { $0.selectsGroupItself { $0 == nil } },
        Saboteur("group-select-unchecked") { $0.selectsGroupItself { $0 != nil } },
        Saboteur("hmac-length-of-any-size") { fault in
            fault.changesIIKeying { keying in
                guard var component = try? KeyingComponent(decoding: keying.sessionKeyInitiatorComponent),
                    component.hmac.contains(.willSendAlways), !(4...32).contains(component.hmacLength)
                else { return }
                component.hmacLength = 10
                keying.sessionKeyInitiatorComponent = component.encoded
            }
        },
    ]

    static let diffieHellman: [Saboteur] = [
        Saboteur("group-5-broken") { $0.breaksSecret(octets: 129...192) },
        Saboteur("group-14-broken") { $0.breaksSecret(octets: 193...256) },
        Saboteur("public-key-unchecked", .publicKeyAcceptable, is: true),
        Saboteur("public-key-checked-too-strictly") { fault in
            fault.refuses { keying in
                keying.componentOptions.contains { option in
                    guard option.type == 0x0d else { return false }
                    let digits = option.value.dropFirst().drop { $0 == 0 }
                    let ones = digits.reduce(0) { $0 + $1.nonzeroBitCount }
                    return ones <= 16 || digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0) - ones <= 16
                }
            }
        },
        Saboteur("secret-keeps-leading-zeros") { fault in
            fault.secret = { secret in
                // Of group 2; the other groups' secrets are longer.
                [UInt8](repeating: 0, count: max(0, 128 - secret.count)) + secret
            }
        },
    ]

    static let negotiation: [Saboteur] = [
        Saboteur("far-hmac-ignored") { fault in
            fault.configure = { $0.hmac = .willSendOnRequest }
            fault.protectReceived = { protection in
                var protection = protection
                protection.verification = .checksum
                return protection
            }
        },
        Saboteur("own-hmac-length-expected") { fault in
            fault.protectReceived = { protection in
                var protection = protection
                if case .hmac(let key, _) = protection.verification {
                    protection.verification = .hmac(key: key, length: 10)
                }
                return protection
            }
        },
        Saboteur("reserved-negotiation-bits-refused") { fault in
            fault.refuses { keying in
                keying.componentOptions.contains { option in
                    (option.type == 0x1a || option.type == 0x1e) && (option.value.first ?? 0) & 0xf8 != 0
                }
            }
        },
        Saboteur("requested-hmac-not-sent") { fault in
            fault.protectSent = { protection in
                var protection = protection
                protection.verification = .checksum
                return protection
            }
        },
        Saboteur("absent-negotiation-refused") { fault in
            // Requesting nothing, it has no right to refuse who offers nothing.
            fault.configure = { ($0.hmac, $0.sequenceNumbers) = (.willSendOnRequest, .willSendOnRequest) }
            fault.refuses { !$0.componentOptions.contains { $0.type == 0x1a } }
        },
        Saboteur("checksum-session-broken") { fault in
            fault.protectReceived = { protection in
                var protection = protection
                if protection.verification == .checksum { protection.key = protection.key.map { $0 ^ 1 } }
                return protection
            }
        },
        Saboteur("far-sequence-numbers-ignored") { fault in
            fault.configure = { $0.sequenceNumbers = .willSendOnRequest }
            fault.protectReceived = { protection in
                var protection = protection
                protection.sequenceNumbers = false
                return protection
            }
        },
    ]
}

extension Fault {
    /// Selects a group of the certificate's keys where the initiator selects none that it has.
    mutating func selectsGroupItself(_ isMeant: @escaping @Sendable (UInt64?) -> Bool) {
        changesIIKeying { keying in
            guard var component = try? KeyingComponent(decoding: keying.sessionKeyInitiatorComponent),
                let certificate = try? Certificate(keying.initiatorCertificate),
                let group = certificate.staticKeys.keys.min(), component.ephemeralKey == nil,
                isMeant(component.groupSelect),
                component.groupSelect.map({ certificate.staticKeys[$0] == nil }) ?? true
            else { return }
            component.groupSelect = group
            keying.sessionKeyInitiatorComponent = component.encoded
        }
    }
}

extension IncomingPacket {
    /// The options of its IHello's discriminator; none if there is no IHello or they cannot be read.
    fileprivate var discriminatorOptions: [Option] {
        iHello.flatMap { try? [Option](sequence: $0.endpointDiscriminator) } ?? []
    }
}

extension Chunk {
    fileprivate var isIHello: Bool { if case .initiatorHello = self { true } else { false } }
}

extension Option {
    fileprivate var isUnknownKeying: Bool { type.map { KeyingComponent.OptionType(rawValue: $0) == nil } ?? false }
}

extension [UInt8] {
    /// Cuts octets off the end until what is left is a sequence of options.
    mutating func trimToOptions() {
        while !isEmpty, (try? [Option](sequence: self)) == nil {
            removeLast()
        }
    }
}
