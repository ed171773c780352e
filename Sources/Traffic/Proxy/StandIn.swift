import RTMFP

/// What the proxy shows instead of somebody's certificate.
///
/// A certificate without static keys proves nothing that its holder alone knows, so it is shown unchanged, and names and
/// fingerprints stay what they were. One with static keys is shown with other keys in the same groups, so it has another
/// fingerprint.
struct StandIn {
    /// As its holder sent it.
    let original: Certificate
    /// What the proxy shows.
    let shown: Certificate
    /// The pairs whose public keys are in `shown`, by group.
    let pairs: [UInt64: DiffieHellmanKeyPair]

    /// Whether the proxy shows what the holder would.
    var isOriginal: Bool { shown == original }

    /// Makes what stands in for a certificate; nil if it is none, or has keys in unknown groups only.
    init?(for encoded: [UInt8], using random: inout some RandomNumberGenerator) {
        guard let original = try? Certificate(decoding: encoded),
            let options = try? [Option](sequence: encoded)
        else { return nil }
        self.original = original
        var pairs: [UInt64: DiffieHellmanKeyPair] = [:]
        var changed: [Option] = []
        for option in options {
            guard case .value(Certificate.OptionType.staticPublicKey.rawValue, let value) = option else {
                changed.append(option)
                continue
            }
            var reader = ByteReader(value.span)
            guard let id = try? reader.vlu("groupID"), let group = DiffieHellmanGroup(rawValue: id) else { continue }
            let pair = pairs[id] ?? DiffieHellmanKeyPair(group: group, using: &random)
            pairs[id] = pair
            changed.append(.staticPublicKey(pair))
        }
        self.pairs = pairs
        guard !original.staticKeys.isEmpty else {
            shown = original
            return
        }
        guard !pairs.isEmpty, let shown = try? Certificate(decoding: changed.encoded) else { return nil }
        self.shown = shown
    }
}

/// A keying component that asks for and offers what another one does, with keys of the proxy's own.
struct MirroredComponent {
    let encoded: [UInt8]
    let component: KeyingComponent
    /// What is combined with the far end's public key.
    let pair: DiffieHellmanKeyPair

    /// Mirrors `original`; nil if it or its group cannot be used.
    ///
    /// - Parameters:
    ///   - group: the session's group.
    ///   - standIn: what the proxy shows instead of the certificate that goes with `original`.
    init?(
        of original: [UInt8],
        group: UInt64,
        standIn: StandIn,
        using random: inout some RandomNumberGenerator
    ) {
        guard let options = try? [Option](sequence: original), let known = DiffieHellmanGroup(rawValue: group) else {
            return nil
        }
        let isEphemeral = options.contains { $0.type == KeyingComponent.OptionType.ephemeralPublicKey.rawValue }
        if isEphemeral {
            pair = DiffieHellmanKeyPair(group: known, using: &random)
        } else {
            guard let fixed = standIn.pairs[group] else { return nil }
            pair = fixed
        }
        var groupID = ByteWriter()
        groupID.vlu(group)
        var mirrored: [Option] = []
        // In the order of the original: some implementations know one order only.
        for option in options {
            switch option {
            case .value(KeyingComponent.OptionType.ephemeralPublicKey.rawValue, _):
                mirrored.append(.value(type: option.type ?? 0, groupID.bytes + pair.publicKey))
            case .value(KeyingComponent.OptionType.extraRandomness.rawValue, let salt):
                let fresh = salt.map { _ in UInt8.random(in: 0...255, using: &random) }
                mirrored.append(.value(type: option.type ?? 0, fresh))
            default: mirrored.append(option)
            }
        }
        encoded = mirrored.encoded
        guard let component = try? KeyingComponent(decoding: encoded) else { return nil }
        self.component = component
    }
}

extension Option {
    /// The type; nil of a Marker.
    fileprivate var type: UInt64? {
        if case .value(let type, _) = self { type } else { nil }
    }
}
