/// A certificate of the Flash profile (RFC 7425 §4.3): what an endpoint says of itself, and what names it.
public struct Certificate: Hashable, Sendable {
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
    /// The hostname; nil if there is none (RFC 7425 §4.3.3.1).
    public let hostname: [UInt8]?
    /// Whether endpoint discriminators with ancillary data are accepted (RFC 7425 §4.3.3.2).
    public let acceptsAncillaryData: Bool
    /// IDs of the groups for ephemeral keys, in order of appearance (RFC 7425 §4.3.3.4).
    public let ephemeralGroups: [UInt64]
    /// Static public keys by group ID, the first of each group (RFC 7425 §4.3.3.5).
    public let staticKeys: [UInt64: [UInt8]]

    /// Reads a certificate; unknown options and options outside their section are ignored.
    ///
    /// - Throws: `KeyingError.malformed`, or `.certificate` for two hostnames, for static and ephemeral keys together,
    ///   and for neither.
    public init(_ encoded: [UInt8]) throws(KeyingError) {
        var canonicalEnd = 0
        var canonical: [Option] = []
        do {
            var reader = ByteReader(encoded.span)
            var markerFound = false
            while reader.remaining > 0 {
                let option = try Option(from: &reader)
                markerFound = markerFound || option == .marker
                if !markerFound {
                    canonical.append(option)
                    canonicalEnd = reader.offset
                }
            }
            ephemeralGroups = try canonical.values(of: .supportedEphemeralGroup).map { value throws(WireError) in
                var reader = ByteReader(value.span)
                return try reader.vlu("groupID")
            }
            var keys: [UInt64: [UInt8]] = [:]
            for value in canonical.values(of: .staticPublicKey) {
                var reader = ByteReader(value.span)
                let group = try reader.vlu("groupID")
                keys[group] = keys[group] ?? reader.rest()
            }
            staticKeys = keys
        } catch {
            throw .malformed(error.within("certificate"))
        }
        let hostnames = canonical.values(of: .hostname)
        guard hostnames.count <= 1 else { throw .certificate("more than one hostname") }
        guard ephemeralGroups.isEmpty != staticKeys.isEmpty else {
            throw .certificate(staticKeys.isEmpty ? "no key and no group" : "static keys and ephemeral groups together")
        }
        self.encoded = encoded
        canonicalSection = Array(encoded.prefix(canonicalEnd))
        hostname = hostnames.first
        acceptsAncillaryData = !canonical.values(of: .acceptsAncillaryData).isEmpty
    }

    /// The fingerprint, also called peer ID: SHA-256 of the canonical section, 32 octets (RFC 7425 §4.3.2).
    public var fingerprint: [UInt8] { SHA256.hash(canonicalSection) }

    /// IDs of the groups in which this end can agree on keys.
    public var groups: [UInt64] { ephemeralGroups + staticKeys.keys.sorted() }

    /// A certificate of options; throws as `init(_:)` does.
    public init(options: [Option]) throws(KeyingError) {
        try self.init(options.encoded)
    }

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

extension Option {
    /// A certificate option.
    public static func certificate(_ type: Certificate.OptionType, _ value: [UInt8] = []) -> Option {
        .value(type: type.rawValue, value)
    }

    /// The certificate option that holds a static public key.
    public static func staticPublicKey(_ pair: DiffieHellmanKeyPair) -> Option {
        .certificate(.staticPublicKey, groupID(pair.group.rawValue) + pair.publicKey)
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
