internal import RTMFP

extension ByteReader {
    /// A double in IEEE 754 form, most significant octet first.
    @_lifetime(self: copy self)
    mutating func float64(_ field: StaticString) throws(WireError) -> Double {
        var reader = try nested(8, field)
        let high = try reader.uint32(field)
        let low = try reader.uint32(field)
        return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
    }

    /// A signed 16-bit integer.
    @_lifetime(self: copy self)
    mutating func int16(_ field: StaticString) throws(WireError) -> Int16 {
        Int16(bitPattern: try uint16(field))
    }

    /// `count` octets of UTF-8.
    @_lifetime(self: copy self)
    mutating func utf8(_ count: UInt64, _ field: StaticString) throws(WireError) -> String {
        let start = offset
        guard let text = String(validating: try bytes(count, field), as: UTF8.self) else {
            throw WireError(.illegal("is not UTF-8"), offset: start, path: [field.description])
        }
        return text
    }

    /// An unsigned integer of 29 bits in one to four octets, the fourth of which has no continuation bit (AMF3 §1.3.1).
    ///
    /// Forms longer than necessary are legal.
    @_lifetime(self: copy self)
    mutating func u29(_ field: StaticString) throws(WireError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<3 {
            let octet = try uint8(field)
            value = value << 7 | UInt32(octet & 0x7f)
            if octet & 0x80 == 0 { return value }
        }
        return value << 8 | UInt32(try uint8(field))
    }

    /// Throws unless `count` items of at least `size` octets each can follow.
    func require(_ count: Int, of size: Int, _ field: StaticString) throws(WireError) {
        let (needed, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, needed <= remaining else {
            throw WireError(
                .truncated(needed: overflow ? .max : UInt64(needed), available: remaining),
                offset: offset,
                path: [field.description]
            )
        }
    }
}

extension ByteWriter {
    /// Appends a double in IEEE 754 form.
    mutating func float64(_ value: Double) {
        uint32(UInt32(value.bitPattern >> 32))
        uint32(UInt32(truncatingIfNeeded: value.bitPattern))
    }

    /// Appends the low 29 bits of an integer in the shortest form (AMF3 §1.3.1).
    mutating func u29(_ value: UInt32) {
        let value = value & 0x1fff_ffff
        func group(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) | 0x80 }
        switch value {
        case ..<0x80:
            uint8(UInt8(value))
        case ..<0x4000:
            uint8(group(7))
            uint8(UInt8(value & 0x7f))
        case ..<0x20_0000:
            uint8(group(14))
            uint8(group(7))
            uint8(UInt8(value & 0x7f))
        default:
            uint8(group(22))
            uint8(group(15))
            uint8(group(8))
            uint8(UInt8(value & 0xff))
        }
    }
}

extension WireError {
    /// The same error, seen from the member or element `name` that encloses its field.
    func within(_ name: String) -> WireError {
        WireError(reason, offset: offset, path: [name] + path)
    }
}
