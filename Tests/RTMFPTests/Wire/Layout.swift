import RTMFP

/// The octets of a payload, cut where a decoder has to stop if something is missing: written down from RFC 7016's
/// figures, without the package's own encoder.
struct Layout {
    /// A field, or the part of one that is read in one piece.
    struct Piece {
        /// The field's path, as errors give it; nil for what may be cut off without harm.
        var path: [String]?
        /// Whether the piece tells its own length, so that no more than the next octet is known to be missing.
        var isInteger = false
        var octets: [UInt8]
    }

    private(set) var pieces: [Piece] = []

    var octets: [UInt8] { pieces.flatMap(\.octets) }

    /// A field of fixed size.
    mutating func fixed(_ path: String..., octets: [UInt8]) {
        pieces.append(Piece(path: path, octets: octets))
    }

    /// A VLU.
    mutating func integer(_ path: String..., value: UInt64) {
        pieces.append(Piece(path: path, isInteger: true, octets: variableLength(value)))
    }

    /// A VLU length and so many octets.
    mutating func prefixed(_ path: String, octets: [UInt8]) {
        pieces.append(Piece(path: [path], isInteger: true, octets: variableLength(UInt64(octets.count))))
        pieces.append(Piece(path: [path], octets: octets))
    }

    /// What extends to the end of the chunk.
    mutating func rest(_ octets: [UInt8]) {
        pieces.append(Piece(path: nil, octets: octets))
    }

    /// Type and value in a length.
    mutating func option(_ type: UInt64, _ value: [UInt8]) {
        let content = variableLength(type) + value
        integer("options", "length", value: UInt64(content.count))
        fixed("options", "option", octets: content)
    }

    /// Flags, IP address and port; `mayBeMissing` if the chunk may end before it.
    mutating func address(_ path: String, _ address: Address, mayBeMissing: Bool = false) {
        let ip = address.socket.octets
        let flags = (ip.count == 16 ? 0x80 : 0) | address.origin.rawValue
        pieces.append(Piece(path: mayBeMissing ? nil : [path, "flags"], octets: [flags]))
        fixed(path, "ipAddress", octets: ip)
        fixed(path, "port", octets: bigEndian(address.socket.port))
    }

    /// The error of whoever decodes the first `count` octets, which begin at `base`; nil if that is enough.
    func error(cutAt count: Int, base: Int) -> WireError? {
        var start = 0
        for piece in pieces {
            let end = start + piece.octets.count
            if count < end {
                let available = count - start
                let needed = piece.isInteger ? UInt64(available) + 1 : UInt64(piece.octets.count)
                return piece.path.map {
                    WireError(.truncated(needed: needed, available: available), offset: base + start, path: $0)
                }
            }
            start = end
        }
        return nil
    }
}

/// A VLU in its shortest form (RFC 7016 §2.1.2).
func variableLength(_ value: UInt64) -> [UInt8] {
    let groups = String(value, radix: 2).reversed().enumerated().reduce(into: [UInt8]()) { groups, digit in
        if digit.offset % 7 == 0 { groups.append(0) }
        groups[groups.count - 1] |= (digit.element == "1" ? 1 : 0) << UInt8(digit.offset % 7)
    }
    return groups.enumerated().map { $0.offset == 0 ? $0.element : $0.element | 0x80 }.reversed()
}

/// An integer, most significant octet first.
func bigEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (1...(Value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (Value.bitWidth - 8 * $0)) }
}
