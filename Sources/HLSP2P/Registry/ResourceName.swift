/// The name under which the viewers of one stream find each other: the last part of the rendezvous URL, sent as the
/// first extra argument of `connect`.
///
/// 1 to 255 octets of UTF-8 without control characters. Names are compared by their octets.
public struct ResourceName: Sendable {
    /// The longest name in octets.
    public static let maximumLength = 255
    /// The registry keeps the set of all names under this key, so that it cannot be one.
    public static let reserved = "cumulus_app"
    /// What the registry keeps beside the lists stands under keys that begin so: no name does.
    public static let reservedPrefix = "hlsp2p:"

    /// The name.
    public let text: String

    /// Makes one; nil if `text` cannot be a name.
    public init?(_ text: String) {
        guard (1...ResourceName.maximumLength).contains(text.utf8.count), text != ResourceName.reserved,
            !text.utf8.starts(with: ResourceName.reservedPrefix.utf8),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
        else { return nil }
        self.text = text
    }
}

extension ResourceName: Hashable {
    public static func == (left: ResourceName, right: ResourceName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for octet in text.utf8 { hasher.combine(octet) }
        hasher.combine(text.utf8.count)
    }
}

extension ResourceName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
