import CLibCrypto

/// An unsigned integer of any size, in libcrypto's hands.
@safe struct BigNumber: ~Copyable {
    private let number: OpaquePointer?

    init(_ number: OpaquePointer?) {
        unsafe self.number = number
    }

    init(_ octets: [UInt8]) {
        unsafe number = BN_bin2bn(octets, Int32(clamping: octets.count), nil)
    }

    deinit {
        unsafe BN_clear_free(number)
    }

    /// Most significant octet first, without leading zeros.
    var octets: [UInt8] {
        var octets = [UInt8](repeating: 0, count: Int(unsafe BN_num_bits(number) + 7) / 8)
        _ = unsafe BN_bn2bin(number, &octets)
        return octets
    }

    func isAtLeast(_ other: borrowing BigNumber) -> Bool {
        unsafe BN_cmp(number, other.number) >= 0
    }

    func plus(_ other: borrowing BigNumber) -> BigNumber {
        let sum = unsafe BN_new()
        _ = unsafe BN_add(sum, number, other.number)
        return unsafe BigNumber(sum)
    }

    func power(_ exponent: borrowing BigNumber, modulo: borrowing BigNumber) -> BigNumber {
        let result = unsafe BN_new()
        let context = unsafe BN_CTX_new()
        defer { unsafe BN_CTX_free(context) }
        // The exponent is a secret: its bits must not show in the duration.
        unsafe BN_set_flags(exponent.number, BN_FLG_CONSTTIME)
        _ = unsafe BN_mod_exp(result, number, exponent.number, modulo.number, context)
        return unsafe BigNumber(result)
    }
}
