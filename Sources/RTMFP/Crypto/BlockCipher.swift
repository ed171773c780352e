import CLibCrypto

/// AES-128-CBC with an initialization vector of zeros and without padding, one direction (RFC 7425 §4.7.2).
@safe struct BlockCipher: ~Copyable {
    enum Direction: Int32 {
        case decrypt = 0
        case encrypt = 1
    }

    /// Octets of a cipher block.
    static let blockSize = 16
    private static let zeros = [UInt8](repeating: 0, count: blockSize)

    private let context: OpaquePointer?

    /// Prepares a context for the first 16 octets of `key`; a shorter key makes every operation fail.
    init(key: [UInt8], _ direction: Direction) {
        guard key.count >= BlockCipher.blockSize, let context = unsafe EVP_CIPHER_CTX_new() else {
            unsafe self.context = nil
            return
        }
        let key = Array(key.prefix(BlockCipher.blockSize))
        guard
            unsafe EVP_CipherInit_ex2(
                context,
                Algorithms.aes128CBC,
                key,
                BlockCipher.zeros,
                direction.rawValue,
                nil
            ) == 1,
            unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1
        else {
            unsafe EVP_CIPHER_CTX_free(context)
            unsafe self.context = nil
            return
        }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    /// Transforms `input`, a whole number of blocks, and appends the result to `output`; false if that failed.
    borrowing func transform(_ input: Span<UInt8>, appendingTo output: inout [UInt8]) -> Bool {
        guard input.count % BlockCipher.blockSize == 0, let count = Int32(exactly: input.count) else { return false }
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: input.count))
        var written: Int32 = 0
        let done = unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe EVP_CipherInit_ex2(context, nil, nil, BlockCipher.zeros, -1, nil) == 1
                    && EVP_CipherUpdate(
                        context,
                        output.baseAddress?.advanced(by: start),
                        &written,
                        input.baseAddress,
                        count
                    ) == 1
            }
        }
        return done && written == count
    }
}
