import RTMFP

/// Text in UTF-8, appended without making strings first.
extension [UInt8] {
    mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends a number in decimal digits.
    mutating func append(decimal number: UInt64) {
        guard number >= 10 else { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var divisor: UInt64 = 10
        while number / divisor >= 10 { divisor *= 10 }
        append(decimal: number, from: divisor)
    }

    /// Appends a number in as many decimal digits as `divisor`, a power of ten, has.
    private mutating func append(decimal number: UInt64, from divisor: UInt64) {
        append(addingCapacity: 20) { digits in
            var (rest, divisor) = (number, divisor)
            while divisor > 0 {
                let (digit, remainder) = rest.quotientAndRemainder(dividingBy: divisor)
                digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
                rest = remainder
                divisor /= 10
            }
        }
    }

    /// Appends nanoseconds as seconds with nine decimals.
    mutating func append(seconds nanoseconds: Int64) {
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        append(decimal: seconds)
        append(UInt8(ascii: "."))
        append(decimal: rest, from: 100_000_000)
    }

    /// Appends an address as `SocketAddress.description` has it.
    mutating func append(_ address: SocketAddress) {
        guard case .v4(let octets) = address.ip else { return append(text: "\(address)") }
        for shift in [24, 16, 8, 0] as [UInt32] {
            append(decimal: UInt64(octets >> shift & 0xff))
            append(UInt8(ascii: shift > 0 ? "." : ":"))
        }
        append(decimal: UInt64(address.port))
    }

    /// Appends two lower-case hexadecimal digits an octet.
    mutating func append(hexadecimal octets: [UInt8]) {
        append(addingCapacity: octets.count * 2) { output in
            // Filled first: what is written to places that are there already is written many at a time.
            output.append(repeating: 0, count: octets.count * 2)
            var digits = output.mutableSpan
            for index in octets.indices {
                let octet = octets[index]
                digits[index * 2] = digit(octet >> 4)
                digits[index * 2 + 1] = digit(octet & 0x0f)
            }
        }
    }

    /// Appends these digits in quotation marks.
    mutating func append(quotedDigits octets: [UInt8]) {
        append(UInt8(ascii: "\""))
        append(hexadecimal: octets)
        append(UInt8(ascii: "\""))
    }

    /// Appends a string of RFC 8259 §7.
    mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(octet)
            case 0..<0x20:
                append(text: "\\u00")
                append(hexadecimal: [octet])
            default: append(octet)
            }
        }
        append(UInt8(ascii: "\""))
    }
}

private func digit(_ value: UInt8) -> UInt8 {
    value &+ (value > 9 ? UInt8(ascii: "a") - 10 : UInt8(ascii: "0"))
}

/// Seconds with nine decimals.
func decimalSeconds(_ nanoseconds: Int64) -> String {
    var text: [UInt8] = []
    text.append(seconds: nanoseconds)
    return String(decoding: text, as: UTF8.self)
}
