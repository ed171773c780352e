import RTMFP

/// Writes fields as JSON: parts become members, lists arrays, octets hexadecimal digits.
///
/// An element of a list becomes an object that begins with its name as `type`; a chunk's offset and length follow.
/// Times are numbers of seconds with nine decimals.
public struct FieldJSON {
    /// What has been written, in UTF-8.
    public private(set) var bytes: [UInt8] = []

    /// Starts with nothing.
    public init() {}

    /// Appends a packet, and the messages that it completes, as one line with its end.
    public mutating func line(_ packet: DecodedPacket, _ events: [FlowEvent] = []) {
        object(packet.field.children + events.fields)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends the line that ends the output: an object with the member `summary`.
    ///
    /// `isComplete` tells whether the capture could be read to its end.
    public mutating func line(_ summary: DecodeSummary, _ counts: CaptureCounts, isComplete: Bool) {
        object([Field("summary", .parts(summary.fields + [counts.field, Field("complete", .flag(isComplete))]))])
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Takes out what has been written.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func object(_ members: [Field], type: Field? = nil) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        if let type {
            member("type", .text(type.name), &isFirst)
            if let offset = type.offset { member("offset", .number(UInt64(clamping: offset)), &isFirst) }
            if let length = type.length { member("length", .number(UInt64(clamping: length)), &isFirst) }
        }
        for field in members {
            member(field.name, field.value, &isFirst)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func member(_ name: String, _ value: Field.Value, _ isFirst: inout Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        string(name)
        bytes.append(UInt8(ascii: ":"))
        self.value(value)
    }

    private mutating func value(_ value: Field.Value) {
        switch value {
        case .text(let text): string(text)
        case .number(let number): bytes.append(contentsOf: String(number).utf8)
        case .time(let nanoseconds): bytes.append(contentsOf: decimalSeconds(nanoseconds).utf8)
        case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .octets(let octets):
            bytes.append(UInt8(ascii: "\""))
            bytes.append(hexadecimal: octets)
            bytes.append(UInt8(ascii: "\""))
        case .parts(let parts): object(parts)
        case .list(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                if case .parts(let parts) = element.value {
                    object(parts, type: element)
                } else {
                    self.value(element.value)
                }
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    /// RFC 8259 §7.
    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), octet])
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexadecimal: [octet])
            default: bytes.append(octet)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// Appends two lower-case hexadecimal digits an octet.
    mutating func append(hexadecimal octets: some Collection<UInt8>) {
        for octet in octets {
            append(digit(octet >> 4))
            append(digit(octet & 0x0f))
        }
    }

    private func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}

/// Seconds with nine decimals.
func decimalSeconds(_ nanoseconds: Int64) -> String {
    let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    let digits = String(rest)
    return (nanoseconds < 0 ? "-" : "") + "\(seconds)." + String(repeating: "0", count: 9 - digits.count) + digits
}
