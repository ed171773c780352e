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
        guard text.utf8.count <= 8_192, let separator = text.firstRange(of: "://") else { return nil }
        scheme = String(text[..<separator.lowerBound])
        let rest = text[separator.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        authority = String(rest[..<end])
        target = String(rest[end...])
        guard !scheme.isEmpty, !authority.isEmpty, scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
    }

    /// The URL.
    public var text: String { "\(scheme)://\(authority)\(target.hasPrefix("/") || target.isEmpty ? "" : "/")\(target)" }

    /// The path, with its first slash; without query and fragment.
    public var path: Substring {
        let end = target.firstIndex { $0 == "?" || $0 == "#" } ?? target.endIndex
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
    private static let scheme = Array(":/".utf8)

    fileprivate func firstRange(of other: String) -> Range<String.Index>? {
        let wanted = Array(other.utf8)
        var index = utf8.startIndex
        while index < utf8.endIndex {
            if utf8[index...].starts(with: wanted) { return index..<utf8.index(index, offsetBy: wanted.count) }
            index = utf8.index(after: index)
        }
        return nil
    }

    /// By what a chunk is known: the path of its URL, without the first slash (swarm-algorithm §3).
    ///
    /// What is no URL is a path as a whole.
    public var chunkPath: String {
        guard firstRange(of: ":/") != nil else { return self }
        guard let address = WebAddress(self) else { return self }
        return String(address.path.drop { $0 == "/" }.isEmpty ? "" : address.path.dropFirst())
    }
}
