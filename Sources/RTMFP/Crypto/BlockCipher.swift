import CLibCrypto

/// AES-128-CBC with an initialization vector of zeros and without padding, one direction (RFC 7425 §4.7.1).
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
        let aes = unsafe Algorithms.aes128CBC
        guard
            unsafe EVP_CipherInit_ex2(context, aes, key, BlockCipher.zeros, direction.rawValue, nil) == 1,
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

    /// Transforms `input`, a whole number of blocks, into the beginning of `output`, which grows if it must.
    ///
    /// - Returns: false if libcrypto refused.
    borrowing func transform(_ input: Span<UInt8>, into output: inout [UInt8]) -> Bool {
        let missing = input.count - output.count
        if missing > 0 { output.append(contentsOf: repeatElement(0, count: missing)) }
        return unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe transform(input.baseAddress, output.baseAddress, input.count, restarting: true)
            }
        }
    }

    /// Transforms in place what stands in `buffer` from `start` on, a whole number of blocks.
    ///
    /// - Parameter restarting: whether the chain begins anew, as it must (RFC 7016 §2.2.3).
    /// - Returns: false if libcrypto refused.
    borrowing func transform(_ buffer: inout [UInt8], from start: Int, restarting: Bool) -> Bool {
        let count = buffer.count - start
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            let place = unsafe buffer.baseAddress?.advanced(by: start)
            return unsafe transform(place, place, count, restarting: restarting)
        }
    }

    private borrowing func transform(
        _ input: UnsafePointer<UInt8>?,
        _ output: UnsafeMutablePointer<UInt8>?,
        _ count: Int,
        restarting: Bool
    ) -> Bool {
        guard unsafe context != nil, count % BlockCipher.blockSize == 0, let count = Int32(exactly: count) else {
            return false
        }
        if restarting, unsafe EVP_CipherInit_ex2(context, nil, nil, BlockCipher.zeros, -1, nil) != 1 { return false }
        var written: Int32 = 0
        return unsafe EVP_CipherUpdate(context, output, &written, input, count) == 1 && written == count
    }
}
