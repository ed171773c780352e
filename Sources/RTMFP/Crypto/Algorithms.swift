import CLibCrypto

/// Algorithms, fetched once: an implicit fetch costs more than a short packet's encryption.
enum Algorithms {
    /// An algorithm that is never written to after it was fetched, so threads may share it.
    @safe private struct Fetched: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private static let fetchedHMAC = unsafe Fetched(pointer: EVP_MAC_fetch(nil, "HMAC", nil))
    private static let fetchedSHA256 = unsafe Fetched(pointer: EVP_MD_fetch(nil, "SHA256", nil))
    private static let fetchedAES = unsafe Fetched(pointer: EVP_CIPHER_fetch(nil, "AES-128-CBC", nil))

    static var hmac: OpaquePointer? { unsafe fetchedHMAC.pointer }
    static var sha256: OpaquePointer? { unsafe fetchedSHA256.pointer }
    static var aes128CBC: OpaquePointer? { unsafe fetchedAES.pointer }
}
