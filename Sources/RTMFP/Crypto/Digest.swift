import CLibCrypto

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// The digest of `octets`: 32 octets.
    public static func hash(_ octets: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: Int = 0
        let done = unsafe EVP_Q_digest(nil, "SHA256", nil, octets, octets.count, &digest, &length)
        return done == 1 && length == 32 ? digest : []
    }
}

/// HMAC-SHA256 (RFC 2104) with one key, keyed once and used for many messages.
@safe public struct HMACSHA256: ~Copyable {
    private let context: OpaquePointer?

    /// Prepares a context for `key`.
    public init(key: [UInt8]) {
        guard let mac = unsafe Algorithms.hmac, let context = unsafe EVP_MAC_CTX_new(mac) else {
            unsafe self.context = nil
            return
        }
        let keyed = unsafe "SHA256".withCString { name in
            // OSSL_PARAM wants a mutable pointer and does not write through it.
            let digest = unsafe OSSL_PARAM_construct_utf8_string(
                OSSL_MAC_PARAM_DIGEST,
                UnsafeMutablePointer(mutating: name),
                0
            )
            let parameters = unsafe [digest, OSSL_PARAM_construct_end()]
            // An empty key needs a pointer all the same: nil would mean "keep the last one".
            return unsafe EVP_MAC_init(context, key.isEmpty ? [0] : key, key.count, parameters)
        }
        guard keyed == 1 else {
            unsafe EVP_MAC_CTX_free(context)
            unsafe self.context = nil
            return
        }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_MAC_CTX_free(context)
    }

    /// The authentication code of `message`: 32 octets.
    public borrowing func code(_ message: [UInt8]) -> [UInt8] {
        code(message.span)
    }

    /// The authentication code of `message`: 32 octets.
    public borrowing func code(_ message: Span<UInt8>) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        var length: Int = 0
        let done = unsafe message.withUnsafeBufferPointer { message in
            unsafe EVP_MAC_init(context, nil, 0, nil) == 1
                && EVP_MAC_update(context, message.baseAddress, message.count) == 1
                && EVP_MAC_final(context, &output, &length, output.count) == 1
        }
        return done && length == 32 ? output : []
    }

    /// The authentication code of one message under a key that is used once.
    public static func code(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        HMACSHA256(key: key).code(message)
    }
}

/// Compares without telling by its duration where two strings differ.
func constantTimeEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in 0..<left.count {
        difference |= left[index] ^ right[index]
    }
    return difference == 0
}

/// Algorithms, fetched once: an implicit fetch costs more than a short packet's encryption.
enum Algorithms {
    /// An algorithm that is never written to after it was fetched, so threads may share it.
    @safe private struct Fetched: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private static let fetchedHMAC = unsafe Fetched(pointer: EVP_MAC_fetch(nil, "HMAC", nil))
    private static let fetchedAES = unsafe Fetched(pointer: EVP_CIPHER_fetch(nil, "AES-128-CBC", nil))

    static var hmac: OpaquePointer? { unsafe fetchedHMAC.pointer }
    static var aes128CBC: OpaquePointer? { unsafe fetchedAES.pointer }
}
