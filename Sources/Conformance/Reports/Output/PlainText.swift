extension StringProtocol {
    /// The text with every character that a terminal or an XML parser would act on written out: `\u{1b}`.
    ///
    /// Parts of it may come from the wire. Line feeds and tabs become spaces.
    public var visible: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0a, 0x0d: result += " "
            case 0x00..<0x20, 0x7f..<0xa0, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff, 0xfffe, 0xffff:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text on lines of at most `width` characters, broken at spaces where there are any; with more than `limit`
    /// lines, the last one ends with “…”.
    func lines(width: Int, limit: Int) -> [String] {
        var lines: [String] = []
        var rest = self[...]
        while !rest.isEmpty, lines.count < limit {
            var line = rest.prefix(width)
            var next = line.endIndex
            if next != rest.endIndex, rest[next] != " ", let space = line.lastIndex(of: " "), space != line.startIndex {
                line = line[..<space]
                next = space
            }
            lines.append(String(line))
            rest = rest[next...].drop { $0 == " " }
        }
        if !rest.isEmpty, let last = lines.popLast() {
            lines.append(last.prefix(width - 1) + "…")
        }
        return lines
    }
}
