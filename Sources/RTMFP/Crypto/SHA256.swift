import CLibCrypto

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// Octets of a digest.
    public static let digestSize = 32

    /// The digest of `octets`: 32 octets.
    public static func hash(_ octets: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: digestSize)
        var length: UInt32 = 0
        let done = unsafe EVP_Digest(octets, octets.count, &digest, &length, Algorithms.sha256, nil)
        return done == 1 && length == digestSize ? digest : []
    }
}
