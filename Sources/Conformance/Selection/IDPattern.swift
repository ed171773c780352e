/// A pattern for the ids of cases, as the command line takes it.
///
/// `*` stands for any characters, also for `/`, and for none; `?` stands for one character. A pattern without either is
/// an id, or a leading part of one: `rendezvous/startup` means all that is below it.
///
/// ```swift
/// IDPattern("rendezvous/startup/*").matches("rendezvous/startup/timestamp-optional")  // true
/// IDPattern("*cookie*").matches("rendezvous/startup/cookie-from-other-port")          // true
/// IDPattern("rendezvous").matches("rendezvous/close/answered")                        // true
/// ```
public struct IDPattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The pattern as it was written.
    public let description: String
    private let symbols: [Unicode.Scalar]
    private let isPlain: Bool

    /// Makes a pattern; every string is one.
    public init(_ pattern: String) {
        description = pattern
        // A slash at the end says "below" just as its absence does.
        let trimmed = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        symbols = Array(trimmed.unicodeScalars)
        isPlain = !trimmed.unicodeScalars.contains { $0 == "*" || $0 == "?" }
    }

    /// Makes a pattern; every string is one.
    public init(stringLiteral pattern: String) {
        self.init(pattern)
    }

    /// Whether the pattern stands for `id`.
    public func matches(_ id: String) -> Bool {
        let id = Array(id.unicodeScalars)
        guard isPlain else { return matches(id) }
        return !symbols.isEmpty && id.starts(with: symbols) && (id.count == symbols.count || id[symbols.count] == "/")
    }

    /// The ids of `ids` that are most like the pattern, the most alike first.
    ///
    /// For a message about a pattern that matches nothing: it always names something if `ids` is not empty.
    public func nearest(in ids: [String], limit: Int = 3) -> [String] {
        let ranked = ids.enumerated().map { index, id in
            let id = Array(id.unicodeScalars)
            return (
                within: distance(from: ["*"] + symbols + ["*"], to: id),
                whole: distance(from: symbols, to: id),
                index: index
            )
        }
        return ranked.sorted { ($0.within, $0.whole, $0.index) < ($1.within, $1.whole, $1.index) }
            .prefix(max(0, limit))
            .map { ids[$0.index] }
    }

    private func matches(_ id: [Unicode.Scalar]) -> Bool {
        var position = 0
        var symbol = 0
        // Where to go on when the pattern does not fit: the last star takes one character more.
        var retry: (symbol: Int, position: Int)?
        while position < id.count {
            if symbol < symbols.count, symbols[symbol] == "*" {
                symbol += 1
                retry = (symbol, position)
            } else if symbol < symbols.count, symbols[symbol] == "?" || symbols[symbol] == id[position] {
                symbol += 1
                position += 1
            } else if let last = retry {
                symbol = last.symbol
                position = last.position + 1
                retry = (symbol, position)
            } else {
                return false
            }
        }
        return symbols[symbol...].allSatisfy { $0 == "*" }
    }

    /// How many characters must be put in, taken out or changed for the pattern to match.
    private func distance(from symbols: [Unicode.Scalar], to id: [Unicode.Scalar]) -> Int {
        var row = Array(0...id.count)
        for symbol in symbols {
            var diagonal = row[0]
            row[0] = symbol == "*" ? row[0] : row[0] + 1
            for index in id.indices {
                let above = row[index + 1]
                row[index + 1] =
                    symbol == "*"
                    ? min(above, row[index])
                    : min(diagonal + (symbol == "?" || symbol == id[index] ? 0 : 1), above + 1, row[index] + 1)
                diagonal = above
            }
        }
        return row[id.count]
    }
}
