/// A public key and the ID of its group, as certificates and keying components carry them (RFC 7425 §4.3.3.5, §4.5.2.1).
public struct DiffieHellmanPublicKey: Hashable, Sendable {
    /// The group's ID; need not be one that this implementation has.
    public var group: UInt64
    /// The public key, most significant octet first; may have leading zeros.
    public var publicKey: [UInt8]

    /// Makes a key.
    public init(group: UInt64, publicKey: [UInt8]) {
        self.group = group
        self.publicKey = publicKey
    }

    /// Reads the value of an option.
    init(_ encoded: [UInt8]) throws(WireError) {
        var reader = ByteReader(encoded.span)
        group = try reader.vlu("groupID")
        publicKey = reader.rest()
    }

    /// The value of an option.
    var encoded: [UInt8] { Option.groupID(group) + publicKey }
}
