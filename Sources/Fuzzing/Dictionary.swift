extension FuzzTarget {
    /// Words for libFuzzer to insert, a line each in the form of its dictionaries: the short ones among what the target
    /// begins with, and the texts in all of it.
    public var dictionary: [String] {
        var words: Set<[UInt8]> = []
        for seed in seeds() {
            if (1...16).contains(seed.count) { words.insert(seed) }
            for text in seed.split(whereSeparator: { !FuzzTarget.isText($0) }) where (3...32).contains(text.count) {
                words.insert(Array(text))
            }
        }
        let chosen = words.sorted { ($0.count, $0.description) < ($1.count, $1.description) }.prefix(500)
        return chosen.map { word in
            "\"\(word.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())\""
        }
    }

    /// Whether an octet is one of those that names, tags and numbers consist of.
    private static func isText(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "#"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
