/// Appends the elementary encodings of RFC 7016 §2.1 to one growing buffer.
public struct ByteWriter {
    /// What has been written.
    public private(set) var bytes: [UInt8]

    /// Starts with room for `capacity` octets.
    public init(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Appends an octet.
    public mutating func uint8(_ value: UInt8) {
        bytes.append(value)
    }

    /// Appends a 16-bit integer, most significant octet first.
    public mutating func uint16(_ value: UInt16) {
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(value & 0xff))
    }

    /// Appends a 32-bit integer, most significant octet first.
    public mutating func uint32(_ value: UInt32) {
        uint16(UInt16(value >> 16))
        uint16(UInt16(value & 0xffff))
    }

    /// Appends a variable-length unsigned integer in its shortest form (RFC 7016 §2.1.2).
    public mutating func vlu(_ value: UInt64) {
        var shift = 63
        while shift > 0, value >> UInt64(shift) == 0 {
            shift -= 7
        }
        while shift > 0 {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 0x7f | 0x80)
            shift -= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value) & 0x7f)
    }

    /// Appends octets as they are.
    public mutating func raw(_ octets: some Collection<UInt8>) {
        bytes.append(contentsOf: octets)
    }

    /// Appends what `content` appends, after its length in 16 bits; what exceeds 65535 octets is cut off.
    public mutating func sized(_ content: (inout ByteWriter) -> Void) {
        let start = bytes.count + 2
        uint16(0)
        content(&self)
        if bytes.count - start > Int(UInt16.max) { bytes.removeLast(bytes.count - start - Int(UInt16.max)) }
        let length = bytes.count - start
        bytes[start - 2] = UInt8(length >> 8)
        bytes[start - 1] = UInt8(length & 0xff)
    }

    /// Appends the number of `octets` as a VLU, then `octets`.
    public mutating func lengthPrefixed(_ octets: some Collection<UInt8>) {
        vlu(UInt64(octets.count))
        raw(octets)
    }
}

/// Octets that a VLU of `value` takes in its shortest form (RFC 7016 §2.1.2).
public func vluLength(_ value: UInt64) -> Int {
    max(1, (64 - value.leadingZeroBitCount + 6) / 7)
}
