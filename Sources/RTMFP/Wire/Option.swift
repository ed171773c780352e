/// An Option: a VLU length, then a VLU type and a value that fill that length (RFC 7016 §2.1.3).
public enum Option: Hashable, Sendable {
    /// Length 0: no type and no value. Ends an Option List (RFC 7016 §2.1.4); divides a certificate (RFC 7425 §4.3.1).
    case marker
    /// A type and its value.
    case value(type: UInt64, [UInt8])

    /// Reads one Option.
    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        let length = try reader.vlu("length")
        guard length > 0 else {
            self = .marker
            return
        }
        var inside = try reader.nested(length, "option")
        let type = try inside.vlu("type")
        self = .value(type: type, inside.rest())
    }

    /// Appends this Option.
    public func encode(into writer: inout ByteWriter) {
        switch self {
        case .marker:
            writer.uint8(0)
        case .value(let type, let value):
            writer.vlu(UInt64(vluLength(type) + value.count))
            writer.vlu(type)
            writer.raw(value)
        }
    }
}

extension [Option] {
    /// Reads Options until the bytes end; Markers stay in the result (certificates, endpoint discriminators,
    /// keying components, signatures: RFC 7425 §4).
    public init(sequence bytes: [UInt8], base: Int = 0) throws(WireError) {
        var reader = ByteReader(bytes.span, base: base)
        self = []
        while reader.remaining > 0 {
            append(try Option(from: &reader))
        }
    }

    /// Reads an Option List: Options up to the Marker that ends it, which is not in the result (RFC 7016 §2.1.4).
    @_lifetime(reader: copy reader)
    public init(list reader: inout ByteReader) throws(WireError) {
        self = []
        while true {
            let option = try Option(from: &reader)
            if option == .marker { return }
            append(option)
        }
    }

    /// The Options, encoded one after the other.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        for option in self {
            option.encode(into: &writer)
        }
        return writer.bytes
    }

    /// The values of all Options of `type`, in order.
    public func values(of type: UInt64) -> [[UInt8]] {
        compactMap { option in
            guard case .value(type, let value) = option else { return nil }
            return value
        }
    }
}
