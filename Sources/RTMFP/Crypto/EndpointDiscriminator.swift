/// An endpoint discriminator of the Flash profile (RFC 7425 §4.4): whom an initiator wants to talk to.
public struct EndpointDiscriminator: Hashable, Sendable {
    /// The option types of an endpoint discriminator (RFC 7425 §4.4.2).
    public enum OptionType: UInt64, Sendable {
        case requiredHostname = 0x00
        case ancillaryData = 0x0a
        case fingerprint = 0x0f
    }

    /// The name that the responder's certificate must carry (RFC 7425 §4.4.2.1).
    public var requiredHostname: [UInt8]?
    /// The URI that the initiator wants to reach, in UTF-8 (RFC 7425 §4.4.2.2).
    public var ancillaryData: [UInt8]?
    /// The fingerprint that the responder's certificate must have, 32 octets (RFC 7425 §4.4.2.3).
    public var fingerprint: [UInt8]?

    /// Makes a discriminator of any of its options.
    public init(requiredHostname: [UInt8]? = nil, ancillaryData: [UInt8]? = nil, fingerprint: [UInt8]? = nil) {
        self.requiredHostname = requiredHostname
        self.ancillaryData = ancillaryData
        self.fingerprint = fingerprint
    }

    /// A discriminator for the server at a URI.
    public init(uri: String) {
        self.init(ancillaryData: Array(uri.utf8))
    }

    /// Reads a discriminator; Markers and unknown options are ignored, of repeated ones the first counts.
    public init(_ encoded: [UInt8]) throws(WireError) {
        let options: [Option]
        do {
            options = try [Option](sequence: encoded)
        } catch {
            throw error.within("endpointDiscriminator")
        }
        func first(_ type: OptionType) -> [UInt8]? { options.values(of: type.rawValue).first }
        self.init(
            requiredHostname: first(.requiredHostname),
            ancillaryData: first(.ancillaryData),
            fingerprint: first(.fingerprint)
        )
    }

    /// The discriminator's octets, options in ascending order of type.
    public var encoded: [UInt8] {
        let parts: [(OptionType, [UInt8]?)] = [
            (.requiredHostname, requiredHostname), (.ancillaryData, ancillaryData), (.fingerprint, fingerprint),
        ]
        return parts.compactMap { type, value in value.map { Option.value(type: type.rawValue, $0) } }.encoded
    }

    /// Whether this discriminator selects the holder of `certificate` (RFC 7425 §4.4.3).
    public func selects(_ certificate: Certificate) -> Bool {
        if let fingerprint {
            return fingerprint == certificate.fingerprint
        }
        if let requiredHostname {
            return requiredHostname == certificate.hostname
                && (ancillaryData == nil || certificate.acceptsAncillaryData)
        }
        return ancillaryData != nil && certificate.acceptsAncillaryData
    }

    /// The fingerprint, if `encoded` is a canonical discriminator: exactly one fingerprint option (RFC 7425 §4.4.4).
    public static func canonicalFingerprint(_ encoded: [UInt8]) -> [UInt8]? {
        guard encoded.count == 34, encoded.starts(with: [0x21, 0x0f]) else { return nil }
        return Array(encoded.dropFirst(2))
    }
}
