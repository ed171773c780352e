/// Reads the elementary encodings of RFC 7016 §2.1 from borrowed bytes, front to back.
///
/// A reader never reads past its end and never traps: a field that does not fit throws a `WireError`
/// with the field's name and its offset from the start of the outermost input. A failed read leaves the
/// position at the field that failed.
public struct ByteReader: ~Escapable {
    private let bytes: Span<UInt8>
    private let base: Int
    private var position = 0

    /// Reads `bytes`; `base` is the offset of their first octet in the outermost input.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>, base: Int = 0) {
        self.bytes = bytes
        self.base = base
    }

    /// Octets not read yet.
    public var remaining: Int { bytes.count - position }

    /// Offset of the next octet in the outermost input.
    public var offset: Int { base + position }

    /// An octet.
    @_lifetime(self: copy self)
    public mutating func uint8(_ field: StaticString) throws(WireError) -> UInt8 {
        try require(1, field)
        defer { position += 1 }
        return bytes[position]
    }

    /// A 16-bit integer, most significant octet first.
    @_lifetime(self: copy self)
    public mutating func uint16(_ field: StaticString) throws(WireError) -> UInt16 {
        try require(2, field)
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    /// A 32-bit integer, most significant octet first.
    @_lifetime(self: copy self)
    public mutating func uint32(_ field: StaticString) throws(WireError) -> UInt32 {
        try require(4, field)
        var value: UInt32 = 0
        for index in position..<(position + 4) {
            value = value << 8 | UInt32(bytes[index])
        }
        position += 4
        return value
    }

    /// A variable-length unsigned integer (RFC 7016 §2.1.2). Forms longer than necessary are legal.
    @_lifetime(self: copy self)
    public mutating func vlu(_ field: StaticString) throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        var index = position
        while index < bytes.count {
            let octet = bytes[index]
            guard value >> 57 == 0 else {
                throw WireError(.integerTooLarge, offset: offset, path: [field.description])
            }
            value = value << 7 | UInt64(octet & 0x7f)
            index += 1
            if octet & 0x80 == 0 {
                position = index
                return value
            }
        }
        let read = index - position
        throw WireError(
            .truncated(needed: UInt64(read) + 1, available: read),
            offset: offset,
            path: [field.description]
        )
    }

    /// `count` octets, copied.
    @_lifetime(self: copy self)
    public mutating func bytes(_ count: UInt64, _ field: StaticString) throws(WireError) -> [UInt8] {
        let length = try require(count, field)
        defer { position += length }
        return copy(position..<(position + length))
    }

    /// Every octet that is left, copied.
    @_lifetime(self: copy self)
    public mutating func rest() -> [UInt8] {
        defer { position = bytes.count }
        return copy(position..<bytes.count)
    }

    /// A VLU length and that many octets, copied.
    @_lifetime(self: copy self)
    public mutating func lengthPrefixed(_ field: StaticString) throws(WireError) -> [UInt8] {
        let start = position
        let length = try vlu(field)
        do {
            return try bytes(length, field)
        } catch {
            position = start
            throw error
        }
    }

    /// A reader over the next `count` octets, which this reader skips.
    @_lifetime(copy self)
    public mutating func nested(_ count: UInt64, _ field: StaticString) throws(WireError) -> ByteReader {
        let length = try require(count, field)
        let inner = ByteReader(bytes.extracting(position..<(position + length)), base: offset)
        position += length
        return inner
    }

    /// The octets of the outermost input from offset `start` to here, copied; for hashes over what was just read.
    public func consumed(from start: Int) -> [UInt8] {
        copy(min(max(base, start) - base, position)..<position)
    }

    /// Type and length of the chunk that begins here, if all of it fits into what is left (RFC 7016 §2.3).
    func peekChunkHeader() -> (type: UInt8, length: Int)? {
        guard remaining > 2 else { return nil }
        let length = Int(bytes[position + 1]) << 8 | Int(bytes[position + 2])
        return length <= remaining - 3 ? (bytes[position], length) : nil
    }

    @discardableResult
    private func require(_ count: UInt64, _ field: StaticString) throws(WireError) -> Int {
        guard count <= UInt64(remaining) else {
            throw WireError(.truncated(needed: count, available: remaining), offset: offset, path: [field.description])
        }
        return Int(count)
    }

    private func copy(_ range: Range<Int>) -> [UInt8] {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
    }
}
