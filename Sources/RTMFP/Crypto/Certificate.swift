/// A certificate of the Flash profile (RFC 7425 §4.3): what an endpoint says of itself, and what names it.
public struct Certificate: Sendable {
    /// The option types of a certificate (RFC 7425 §4.3.3).
    public enum OptionType: UInt64, Sendable {
        case hostname = 0x00
        case acceptsAncillaryData = 0x0a
        case extraRandomness = 0x0e
        case supportedEphemeralGroup = 0x15
        case staticPublicKey = 0x1d
    }

    /// The certificate as it was received or will be sent.
    public let encoded: [UInt8]
    /// Octets up to the end of the last Option before the first Marker (RFC 7425 §4.3.1).
    public let canonicalSection: [UInt8]
    /// The fingerprint, also called peer ID: SHA-256 of the canonical section, 32 octets (RFC 7425 §4.3.2).
    public let fingerprint: [UInt8]
    /// The hostname; nil if there is none (RFC 7425 §4.3.3.1).
    public let hostname: [UInt8]?
    /// Whether endpoint discriminators with ancillary data are accepted (RFC 7425 §4.3.3.2).
    public let acceptsAncillaryData: Bool
    /// IDs of the groups for ephemeral keys, in order of appearance (RFC 7425 §4.3.3.4).
    public let ephemeralGroups: [UInt64]
    /// Static public keys by group ID, the first of each group (RFC 7425 §4.3.3.5).
    public let staticKeys: [UInt64: [UInt8]]
    /// The rule that the certificate breaks; nil if there is none.
    ///
    /// Two hostnames (RFC 7425 §4.3.3.1), static keys and ephemeral groups together (§4.3.3.4), and neither of them, so
    /// that no keys can be agreed on (§4.6.1).
    public let objection: KeyingError?

    /// Reads a certificate whose options keep the rules; unknown ones, and those outside their section, are ignored.
    ///
    /// - Throws: `KeyingError.malformed` for what is not a sequence of Options, or `objection`.
    public init(_ encoded: [UInt8]) throws(KeyingError) {
        do {
            try self.init(decoding: encoded)
        } catch {
            throw .malformed(error)
        }
        if let objection { throw objection }
    }

    /// Makes a certificate of options; throws as `init(_:)` does.
    public init(options: [Option]) throws(KeyingError) {
        try self.init(options.encoded)
    }

    /// Reads a certificate that may break rules, which `objection` then says.
    public init(decoding encoded: [UInt8]) throws(WireError) {
        do {
            let (canonical, end) = try Certificate.canonicalOptions(encoded)
            self.encoded = encoded
            canonicalSection = Array(encoded.prefix(end))
            fingerprint = SHA256.hash(canonicalSection)
            ephemeralGroups = try canonical.values(of: .supportedEphemeralGroup).map { value throws(WireError) in
                try DiffieHellmanPublicKey(value).group
            }
            var keys: [UInt64: [UInt8]] = [:]
            for value in canonical.values(of: .staticPublicKey) {
                let key = try DiffieHellmanPublicKey(value)
                keys[key.group] = keys[key.group] ?? key.publicKey
            }
            staticKeys = keys
            let hostnames = canonical.values(of: .hostname)
            hostname = hostnames.first
            acceptsAncillaryData = !canonical.values(of: .acceptsAncillaryData).isEmpty
            if hostnames.count > 1 {
                objection = .certificate("more than one hostname")
            } else if ephemeralGroups.isEmpty == staticKeys.isEmpty {
                objection = .certificate(
                    staticKeys.isEmpty ? "no key and no group" : "static keys and ephemeral groups together"
                )
            } else {
                objection = nil
            }
        } catch {
            throw error.within("certificate")
        }
    }

    /// The Options of the canonical section and where it ends (RFC 7425 §4.3.1).
    private static func canonicalOptions(_ encoded: [UInt8]) throws(WireError) -> ([Option], end: Int) {
        var reader = ByteReader(encoded.span)
        var canonical: [Option] = []
        var end = 0
        var markerFound = false
        while reader.remaining > 0 {
            let option = try Option(from: &reader)
            markerFound = markerFound || option == .marker
            if !markerFound {
                canonical.append(option)
                end = reader.offset
            }
        }
        return (canonical, end)
    }

    /// IDs of the groups in which this end can agree on keys.
    public var groups: [UInt64] { ephemeralGroups + staticKeys.keys.sorted() }

    /// Whether of two ends that open a session to each other, the one with this certificate stays the initiator
    /// (RFC 7425 §4.3.6): octet by octet the smaller, a prefix before what it begins; equal certificates both prevail.
    public func prevails(over other: Certificate) -> Bool {
        Certificate.prevails(encoded, over: other.encoded)
    }

    /// The same of encoded certificates.
    public static func prevails(_ near: [UInt8], over far: [UInt8]) -> Bool {
        !far.lexicographicallyPrecedes(near)
    }
}

/// Certificates are equal when their octets are; only then may one's session override the other's (RFC 7425 §4.3.7).
extension Certificate: Hashable {
    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.encoded == right.encoded
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(encoded)
    }
}

extension Option {
    /// A certificate option.
    public static func certificate(_ type: Certificate.OptionType, _ value: [UInt8] = []) -> Option {
        .value(type: type.rawValue, value)
    }

    /// The certificate option that holds a static public key.
    public static func staticPublicKey(_ pair: DiffieHellmanKeyPair) -> Option {
        .certificate(
            .staticPublicKey,
            DiffieHellmanPublicKey(group: pair.group.rawValue, publicKey: pair.publicKey).encoded
        )
    }

    /// The certificate option that offers ephemeral keys in a group.
    public static func supportedEphemeralGroup(_ group: DiffieHellmanGroup) -> Option {
        .certificate(.supportedEphemeralGroup, groupID(group.rawValue))
    }

    static func groupID(_ group: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.vlu(group)
        return writer.bytes
    }
}

extension [Option] {
    fileprivate func values(of type: Certificate.OptionType) -> [[UInt8]] {
        values(of: type.rawValue)
    }
}
