/// Who a client is: the fingerprint of its certificate, 32 octets (RFC 7425 §4.3.2).
public struct PeerID: Hashable, Sendable {
    /// The octets.
    public let octets: [UInt8]

    /// Makes one; nil unless there are 32 octets.
    public init?(_ octets: [UInt8]) {
        guard octets.count == 32 else { return nil }
        self.octets = octets
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
        self.octets = octets
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
        for octet in octets {
            digits.append(PeerID.digit(octet >> 4))
            digits.append(PeerID.digit(octet & 15))
        }
        return digits
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
