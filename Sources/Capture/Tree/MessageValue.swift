/// A value of an RTMP message, of the kinds that JSON knows.
public indirect enum MessageValue: Hashable, Sendable {
    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: MessageValue

        init(_ name: String, _ value: MessageValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case octets([UInt8])
    case list([MessageValue])
    /// Members, each of another name.
    case object([Member])

    /// Whether the value takes no more than so many octets written out; takes what it needs from them.
    ///
    /// Strings and objects that a message refers to again and again stand for far more than its own octets.
    func fits(into octets: inout Int) -> Bool {
        switch self {
        case .null, .flag, .number: octets -= 8
        case .text(let text): octets -= text.utf8.count + 2
        case .octets(let content): octets -= 2 * content.count + 2
        case .list(let elements): return elements.allSatisfy { $0.fits(into: &octets) } && octets >= 0
        case .object(let members):
            return members.allSatisfy { member in
                octets -= member.name.utf8.count + 3
                return octets >= 0 && member.value.fits(into: &octets)
            }
        }
        return octets >= 0
    }
}
