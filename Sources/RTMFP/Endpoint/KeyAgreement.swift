/// How one end chooses a group, makes its keying component and finds the far end's public key (RFC 7425 §4.6.1).
struct KeyAgreement {
    let configuration: Configuration
    let conduct: any Conduct

    /// One end's component as it is sent, and the pair that is combined with the far end's public key.
    struct NearHalf {
        var component: KeyingComponent
        var encoded: [UInt8]
        var pair: DiffieHellmanKeyPair
    }

    /// What a session's packets are protected by.
    struct Result {
        var keys: SessionKeys
        var sending: PacketProtection
        var receiving: PacketProtection
    }

    /// The initiator's half for a responder; nil if the two have no group in common.
    func initiatorHalf(for far: Certificate?, using random: inout some RandomNumberGenerator) -> NearHalf? {
        let offered = far?.groups ?? []
        let near = configuration.identity.certificate
        // Ephemeral groups stand in order of preference; of static keys, the longer the better.
        let group = (near.ephemeralGroups + near.staticKeys.keys.sorted(by: >)).lazy
            .compactMap(DiffieHellmanGroup.init(rawValue:))
            .first { offered.contains($0.rawValue) }
        return group.flatMap {
            half(
                in: $0,
                as: .initiator,
                hmac: configuration.hmac,
                sequenceNumbers: configuration.sequenceNumbers,
                using: &random
            )
        }
    }

    /// The responder's half in the group that the initiator chose; nil if that group is not known.
    ///
    /// What the initiator does not ask for is not offered, and what it does not offer is not asked for: the same comes of
    /// it, and clients in use know only the answer without.
    func responderHalf(
        in group: UInt64,
        to initiator: KeyingComponent,
        using random: inout some RandomNumberGenerator
    ) -> NearHalf? {
        guard let group = DiffieHellmanGroup(rawValue: group) else { return nil }
        return half(
            in: group,
            as: .responder,
            hmac: configuration.hmac.answer(to: initiator.hmac),
            sequenceNumbers: configuration.sequenceNumbers.answer(to: initiator.sequenceNumbers),
            using: &random
        )
    }

    private func offers(_ group: UInt64) -> Bool {
        DiffieHellmanGroup(rawValue: group) != nil && configuration.identity.certificate.groups.contains(group)
    }

    private func half(
        in group: DiffieHellmanGroup,
        as role: Role,
        hmac: NegotiationFlags,
        sequenceNumbers: NegotiationFlags,
        using random: inout some RandomNumberGenerator
    ) -> NearHalf {
        var component = KeyingComponent(
            hmac: hmac,
            hmacLength: hmac.isDisjoint(with: [.willSendAlways, .willSendOnRequest]) ? 0 : configuration.hmacLength,
            sequenceNumbers: sequenceNumbers
        )
        let pair: DiffieHellmanKeyPair
        if let fixed = configuration.identity.staticKeys[group] {
            pair = conduct.keyPair(fixed, as: role)
            component.groupSelect = role == .initiator ? group.rawValue : nil
            component.extraRandomness = random.octets(64)
        } else {
            pair = conduct.keyPair(DiffieHellmanKeyPair(group: group, using: &random), as: role)
            component.ephemeralKey = DiffieHellmanPublicKey(group: group.rawValue, publicKey: pair.publicKey)
        }
        return NearHalf(
            component: component,
            encoded: conduct.keyingComponent(component.encoded, as: role),
            pair: pair
        )
    }

    /// The far public key that a component and a certificate say to use.
    struct FarKey {
        var key: DiffieHellmanPublicKey
        /// Whether component and certificate keep the rules, and this end can use the key's group.
        var isProper: Bool
    }

    /// The group that an initiator selected and its public key there; nil if there is none.
    func initiatorKey(_ component: KeyingComponent, _ certificate: Certificate?) -> FarKey? {
        if let certificate, component.objection == nil, let key = try? component.initiatorKey(certificate) {
            return FarKey(key: key, isProper: offers(key.group))
        }
        return improperKey(component, certificate, group: component.groupSelect)
    }

    /// The responder's public key in the group that this end selected; nil if there is none.
    func responderKey(_ component: KeyingComponent, _ certificate: Certificate?, group: UInt64) -> FarKey? {
        if let certificate, component.objection == nil,
            let key = try? component.responderKey(certificate, group: group)
        {
            return FarKey(key: key, isProper: true)
        }
        return improperKey(component, certificate, group: group)
    }

    /// A key for a conduct that does not mind broken rules.
    private func improperKey(_ component: KeyingComponent, _ certificate: Certificate?, group: UInt64?) -> FarKey? {
        if let key = component.ephemeralKey { return FarKey(key: key, isProper: false) }
        guard let group, let key = certificate?.staticKeys[group] else { return nil }
        return FarKey(key: DiffieHellmanPublicKey(group: group, publicKey: key), isProper: false)
    }

    /// Whether the far end will send what this end requires (RFC 7425 §4.6.4, §4.6.6).
    func accepts(_ far: KeyingComponent) -> Bool {
        (!configuration.requiresHMAC || far.hmac.sends(to: configuration.hmac))
            && (!configuration.requiresSequenceNumbers || far.sequenceNumbers.sends(to: configuration.sequenceNumbers))
    }

    /// Whether the far end's public key is acceptable (RFC 7425 §4.6.2).
    func accepts(_ key: DiffieHellmanPublicKey) -> Bool {
        let objection = DiffieHellmanGroup(rawValue: key.group)?.objection(to: key.publicKey)
        return conduct.judges(.publicKeyAcceptable, holds: objection == nil)
    }

    /// What protects the session; the far end's key was accepted before.
    func combine(
        _ near: NearHalf,
        with farKey: DiffieHellmanPublicKey,
        _ farComponent: KeyingComponent,
        encoded: [UInt8]
    ) -> Result {
        let secret = conduct.sharedSecret(near.pair.sharedSecretUnchecked(with: farKey.publicKey))
        let keys = conduct.keys(
            SessionKeys(secret: secret, nearComponent: near.encoded, farComponent: encoded)
        )
        return Result(
            keys: keys,
            sending: conduct.sending(keys.sending(near: near.component, far: farComponent)),
            receiving: conduct.receiving(keys.receiving(near: near.component, far: farComponent))
        )
    }
}
