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
        guard text.utf8.count == 64 else { return nil }
        var octets: [UInt8] = []
        for (index, character) in text.utf8.enumerated() {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if index % 2 == 0 { octets.append(digit << 4) } else { octets[index / 2] |= digit }
        }
        self.octets = octets
    }
}

extension PeerID: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits: the form in which registry and messages carry it.
    public var description: String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
