/// The integer that a text begins with, as the original reads sizes: `3x` is 3, `2.9` is 2, `1e2` is 1 and ` 7` is 7.
struct LeadingInteger {
    /// Its magnitude; what does not fit is as large as can be.
    let value: Int
    /// Whether it is below 0.
    let isNegative: Bool

    /// Reads it; nil if the text begins with none.
    init?(_ text: [UInt8]) {
        var rest = text.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let sign = rest.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty else { return nil }
        value = digits.reduce(0) { value, digit in
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            return overflow || carry ? .max : sum
        }
        isNegative = sign == UInt8(ascii: "-") && value > 0
    }
}
