/// A command for Redis.
public struct RedisCommand: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// The name of the command, and what it is given.
    public let arguments: [[UInt8]]
    /// Which argument names the key that decides, in a cluster, who carries the command out; nil for none.
    public let key: Int?

    /// Makes a command.
    ///
    /// - Parameter key: the place of the key among the arguments, the name of the command being 0.
    public init(_ arguments: [[UInt8]], key: Int? = 1) {
        self.arguments = arguments
        self.key = key.flatMap { arguments.indices.contains($0) ? $0 : nil }
    }

    /// A command in text, whose first argument is the key: `["LLEN", "film"]`.
    public init(arrayLiteral elements: String...) {
        self.init(elements.map { Array($0.utf8) })
    }

    /// A script that is run by Redis, as a whole or not at all (`EVAL`).
    ///
    /// - Parameter keys: the keys that it touches: at least one, and all of one slot.
    public static func script(_ text: String, keys: [[UInt8]], _ arguments: [[UInt8]] = []) -> RedisCommand {
        RedisCommand([Array("EVAL".utf8), Array(text.utf8), Array("\(keys.count)".utf8)] + keys + arguments, key: 3)
    }

    /// The slot of a cluster to which the key belongs: CRC-16 of the key, or of the part of it in the first braces if
    /// there is any between them, modulo 16384; nil for a command without a key.
    var slot: Int? {
        guard let key else { return nil }
        let octets = arguments[key]
        var hashed = octets[...]
        if let open = octets.firstIndex(of: UInt8(ascii: "{")) {
            let inner = octets[(open + 1)...]
            if let close = inner.firstIndex(of: UInt8(ascii: "}")), close > open + 1 { hashed = inner[..<close] }
        }
        var crc: UInt16 = 0
        for octet in hashed {
            crc ^= UInt16(octet) << 8
            for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x1021 }
        }
        return Int(crc % 16_384)
    }
}
