/// An HTTP URL, taken apart only as far as the system needs it.
public struct WebAddress: Hashable, Sendable {
    /// As `http`.
    public var scheme: String
    /// Host and port, with what may stand before them.
    public var authority: String
    /// Path, query and fragment; empty, or with a slash or question mark at its begin.
    public var target: String

    /// Reads an absolute URL; nil if it is none, or longer than 8192 octets.
    public init?(_ text: String) {
        // By octets: this is asked of every message.
        let octets = text.utf8
        guard octets.count <= 8_192, let separator = text.firstRange(of: "://") else { return nil }
        let rest = octets[separator.upperBound...]
        let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        guard separator.lowerBound > octets.startIndex, end > rest.startIndex,
            octets[..<separator.lowerBound].allSatisfy(\.isASCIILetterOrDigit)
        else { return nil }
        scheme = String(text[..<separator.lowerBound])
        authority = String(text[separator.upperBound..<end])
        target = String(text[end...])
    }

    /// The URL.
    public var text: String { "\(scheme)://\(authority)\(target.hasPrefix("/") || target.isEmpty ? "" : "/")\(target)" }

    /// The path, with its first slash; without query and fragment.
    public var path: Substring {
        let end = target.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? target.endIndex
        return target[..<end]
    }

    /// What `reference` means in a document at this URL (RFC 3986 §5).
    public func resolving(_ reference: String) -> String {
        if WebAddress(reference) != nil { return reference }
        var resolved = self
        if reference.hasPrefix("//") { return "\(scheme):\(reference)" }
        if reference.hasPrefix("/") {
            resolved.target = reference
        } else if reference.hasPrefix("?") {
            resolved.target = path + reference
        } else {
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
            resolved.target = folder + reference
        }
        resolved.removeDots()
        return resolved.text
    }

    /// Removes `.` and `..` from the path.
    private mutating func removeDots() {
        let path = self.path
        guard path.contains("/.") else { return }
        let rest = target[path.endIndex...]
        var parts: [Substring] = []
        let given = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for part in given {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        if given.last == "." || given.last == ".." { parts.append("") }
        target = "/" + parts.joined(separator: "/") + rest
    }
}

extension String {
    /// Where `other` comes first, which begins with a colon.
    fileprivate func firstRange(of other: String) -> Range<String.Index>? {
        let wanted = other.utf8
        var rest = utf8[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = rest[colon...]
            if rest.starts(with: wanted) { return colon..<utf8.index(colon, offsetBy: wanted.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// By what a chunk is known: the path of its URL, without the first slash (swarm-algorithm §3).
    ///
    /// What is no URL is a path as a whole.
    public var chunkPath: String {
        guard let path = WebAddress(self)?.path else { return self }
        return path.utf8.allSatisfy { $0 == UInt8(ascii: "/") } ? "" : String(path.dropFirst())
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
