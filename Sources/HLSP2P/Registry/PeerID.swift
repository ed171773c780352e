/// Who a client is: the fingerprint of its certificate, 32 octets (RFC 7425 §4.3.2).
public struct PeerID: Hashable, Sendable {
    // In place, without an array: there are tables of many thousands.
    private let parts: InlineArray<4, UInt64>

    /// Makes one; nil unless there are 32 octets.
    public init?(_ octets: [UInt8]) {
        guard octets.count == 32 else { return nil }
        parts = InlineArray { part in octets[8 * part..<8 * part + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// The octets.
    public var octets: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: parts[$0 / 8] >> UInt64(56 - $0 % 8 * 8)) }
    }

    public static func == (left: PeerID, right: PeerID) -> Bool {
        left.parts.indices.allSatisfy { left.parts[$0] == right.parts[$0] }
    }

    public func hash(into hasher: inout Hasher) {
        for part in parts.indices { hasher.combine(parts[part]) }
    }

    /// Reads 64 lower-case hexadecimal digits; nil if the text is anything else.
    public init?(text: String) {
        self.init(digits: Array(text.utf8))
    }

    /// Reads 64 lower-case hexadecimal digits in ASCII; nil if there is anything else.
    public init?(digits: [UInt8]) {
        guard digits.count == 64 else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(32)
        var high: UInt8?
        for character in digits {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                octets.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        self.init(octets)
    }
}

extension PeerID: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits: the form in which registry and messages carry it.
    public var description: String {
        String(decoding: digits, as: UTF8.self)
    }

    /// The same in ASCII.
    public var digits: [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        write(to: &digits)
        return digits
    }

    /// Appends the same in ASCII.
    func write(to text: inout [UInt8]) {
        for part in parts.indices {
            for shift in stride(from: 60, through: 0, by: -4) {
                text.append(PeerID.digit(UInt8(truncatingIfNeeded: parts[part] >> UInt64(shift)) & 15))
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
