import CLibCrypto

/// HMAC-SHA256 (RFC 2104) with one key, keyed once and used for many messages.
@safe public struct HMACSHA256: ~Copyable {
    private let context: OpaquePointer?

    /// Prepares a context for `key`.
    public init(key: [UInt8]) {
        guard let mac = unsafe Algorithms.hmac, let context = unsafe EVP_MAC_CTX_new(mac) else {
            unsafe self.context = nil
            return
        }
        // libcrypto refuses an empty key. Keys are filled up with zeros to a block, so one zero is the same key.
        let key = key.isEmpty ? [0] : key
        // A parameter keeps pointers to its name and its value.
        let keyed = unsafe OSSL_MAC_PARAM_DIGEST.withCString { name in
            unsafe "SHA256".withCString { digest in
                // The value is not written through its mutable pointer.
                let digest = unsafe OSSL_PARAM_construct_utf8_string(name, UnsafeMutablePointer(mutating: digest), 0)
                return unsafe EVP_MAC_init(context, key, key.count, [digest, OSSL_PARAM_construct_end()])
            }
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
        var code = InlineArray<32, UInt8>(repeating: 0)
        return compute(message, &code) ? code.indices.map { code[$0] } : []
    }

    /// The authentication code of one message under a key that is used once.
    public static func code(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        HMACSHA256(key: key).code(message)
    }

    /// Appends to `buffer` the first `length` octets, at most 32, of the authentication code of what stands in it from
    /// `start` on.
    borrowing func appendCode(ofContentsFrom start: Int, length: Int, to buffer: inout [UInt8]) {
        var code = InlineArray<32, UInt8>(repeating: 0)
        guard compute(buffer.span.extracting(start..<buffer.count), &code) else { return }
        for index in 0..<min(max(0, length), code.count) {
            buffer.append(code[index])
        }
    }

    /// Whether `carried` is the beginning of the authentication code of `message`; its duration does not tell where
    /// they differ.
    borrowing func verifies(_ message: Span<UInt8>, carried: Span<UInt8>) -> Bool {
        var code = InlineArray<32, UInt8>(repeating: 0)
        guard carried.count <= code.count, compute(message, &code) else { return false }
        return constantTimeEqual(code.span.extracting(0..<carried.count), carried)
    }

    private borrowing func compute(_ message: Span<UInt8>, _ code: inout InlineArray<32, UInt8>) -> Bool {
        guard unsafe context != nil else { return false }
        var length = 0
        var output = code.mutableSpan
        let done = unsafe message.withUnsafeBufferPointer { message in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe EVP_MAC_init(context, nil, 0, nil) == 1
                    && EVP_MAC_update(context, message.baseAddress, message.count) == 1
                    && EVP_MAC_final(context, output.baseAddress, &length, output.count) == 1
            }
        }
        return done && length == SHA256.digestSize
    }
}
