/// An endpoint's certificate and the private keys that belong to it (RFC 7425 §4.3).
public struct Identity: Sendable {
    /// The certificate.
    public let certificate: Certificate
    /// The pairs whose public keys are in the certificate, by group; empty if its keys are ephemeral.
    public let staticKeys: [DiffieHellmanGroup: DiffieHellmanKeyPair]

    /// Joins a certificate and the pairs whose public keys it carries.
    public init(certificate: Certificate, staticKeys: [DiffieHellmanKeyPair] = []) {
        self.certificate = certificate
        self.staticKeys = Dictionary(staticKeys.map { ($0.group, $0) }) { first, _ in first }
    }

    /// A new identity that agrees on keys with a fresh pair in each session, as servers do.
    ///
    /// - Parameters:
    ///   - groups: the groups offered, in order of preference; at least one.
    ///   - hostname: the name by which initiators may ask for this end.
    ///   - acceptsAncillaryData: whether initiators may ask for this end by URI.
    /// - Throws: `KeyingError.certificate` if `groups` is empty.
    public static func ephemeral(
        groups: [DiffieHellmanGroup] = [.modp2048, .modp1536, .modp1024],
        hostname: [UInt8]? = nil,
        acceptsAncillaryData: Bool = true,
        using random: inout some RandomNumberGenerator
    ) throws(KeyingError) -> Identity {
        var options = named(hostname, acceptsAncillaryData)
        options.append(.certificate(.extraRandomness, random.octets(64)))
        options += groups.map { .supportedEphemeralGroup($0) }
        return Identity(certificate: try Certificate(options: options))
    }

    /// A new identity whose certificate carries a public key of each of `groups`, as the Flash Player's does.
    ///
    /// Parameters and errors as for `ephemeral`.
    public static func fixed(
        groups: [DiffieHellmanGroup] = [.modp1024],
        hostname: [UInt8]? = nil,
        acceptsAncillaryData: Bool = false,
        using random: inout some RandomNumberGenerator
    ) throws(KeyingError) -> Identity {
        var pairs: [DiffieHellmanKeyPair] = []
        for group in groups {
            pairs.append(DiffieHellmanKeyPair(group: group, using: &random))
        }
        let options = named(hostname, acceptsAncillaryData) + pairs.map { Option.staticPublicKey($0) }
        return Identity(certificate: try Certificate(options: options), staticKeys: pairs)
    }

    private static func named(_ hostname: [UInt8]?, _ acceptsAncillaryData: Bool) -> [Option] {
        var options: [Option] = []
        if let hostname { options.append(.certificate(.hostname, hostname)) }
        if acceptsAncillaryData { options.append(.certificate(.acceptsAncillaryData)) }
        return options
    }
}
