/// A JSON text (RFC 8259) as it was written: members in order, duplicates and all, numbers as their digits.
package enum JSONText: Equatable {
    case null
    case boolean(Bool)
    /// As it was written: `17`, `1.7e1`.
    case number(String)
    case string(String)
    case array([JSONText])
    case object([Member])

    package struct Member: Equatable {
        package var name: String
        package var value: JSONText

        package init(name: String, value: JSONText) {
            self.name = name
            self.value = value
        }
    }

    /// What is wrong with a text, and where.
    package struct Flaw: Error, CustomStringConvertible {
        package let reason: String
        package let offset: Int
        package var description: String { "\(reason) at octet \(offset)" }
    }

    /// Parses a whole text; nothing but white space may be around it.
    package init(parsing octets: [UInt8]) throws {
        var parser = Parser(octets: octets)
        self = try parser.text()
    }

    private struct Parser {
        let octets: [UInt8]
        var offset = 0

        private static let deepest = 64

        init(octets: [UInt8]) {
            self.octets = octets
        }

        var next: UInt8? { offset < octets.count ? octets[offset] : nil }

        func flaw(_ reason: String) -> Flaw { Flaw(reason: reason, offset: offset) }

        mutating func text() throws -> JSONText {
            let value = try value(0)
            skipSpace()
            guard next == nil else { throw flaw("something after the value") }
            return value
        }

        mutating func skipSpace() {
            while let octet = next, [0x20, 0x09, 0x0a, 0x0d].contains(octet) { offset += 1 }
        }

        /// Takes `octet` if it is the next one, after white space.
        mutating func take(_ octet: Character) -> Bool {
            skipSpace()
            guard next == octet.asciiValue else { return false }
            offset += 1
            return true
        }

        mutating func value(_ depth: Int) throws -> JSONText {
            guard depth < Self.deepest else { throw flaw("values nested more than \(Self.deepest) deep") }
            skipSpace()
            switch next {
            case UInt8(ascii: "{"): return try object(depth)
            case UInt8(ascii: "["): return try array(depth)
            case UInt8(ascii: "\""): return .string(try string())
            case nil: throw flaw("the text ends")
            case let octet? where octet == UInt8(ascii: "-") || (0x30...0x39).contains(octet):
                return .number(try number())
            default:
                for (word, value) in [("null", JSONText.null), ("true", .boolean(true)), ("false", .boolean(false))]
                where octets[offset...].starts(with: word.utf8) {
                    offset += word.utf8.count
                    return value
                }
                throw flaw("no value")
            }
        }

        mutating func array(_ depth: Int) throws -> JSONText {
            _ = take("[")
            var elements: [JSONText] = []
            if take("]") { return .array([]) }
            repeat { elements.append(try value(depth + 1)) } while take(",")
            guard take("]") else { throw flaw("no ] and no comma") }
            return .array(elements)
        }

        mutating func object(_ depth: Int) throws -> JSONText {
            _ = take("{")
            var members: [Member] = []
            if take("}") { return .object([]) }
            repeat {
                skipSpace()
                let name = try string()
                guard take(":") else { throw flaw("no colon") }
                members.append(Member(name: name, value: try value(depth + 1)))
            } while take(",")
            guard take("}") else { throw flaw("no } and no comma") }
            return .object(members)
        }

        mutating func digits() throws -> String {
            let start = offset
            while let octet = next, (0x30...0x39).contains(octet) { offset += 1 }
            guard offset > start else { throw flaw("no digit") }
            return String(decoding: octets[start..<offset], as: UTF8.self)
        }

        mutating func number() throws -> String {
            var text = ""
            if next == UInt8(ascii: "-") {
                offset += 1
                text = "-"
            }
            let whole = try digits()
            guard whole == "0" || whole.first != "0" else { throw flaw("a number with leading zeros") }
            text += whole
            if next == UInt8(ascii: ".") {
                offset += 1
                text += "." + (try digits())
            }
            if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
                offset += 1
                text += "e"
                if let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                    offset += 1
                    text += sign == UInt8(ascii: "-") ? "-" : ""
                }
                text += try digits()
            }
            return text
        }

        mutating func string() throws -> String {
            guard next == UInt8(ascii: "\"") else { throw flaw("no string") }
            offset += 1
            var content: [UInt8] = []
            while let octet = next, octet != UInt8(ascii: "\"") {
                guard octet >= 0x20 else { throw flaw("a control character in a string") }
                offset += 1
                if octet == UInt8(ascii: "\\") {
                    content += try escaped()
                } else {
                    content.append(octet)
                }
            }
            guard next != nil else { throw flaw("a string without an end") }
            offset += 1
            guard let text = String(validating: content, as: UTF8.self) else {
                throw flaw("a string that is not UTF-8")
            }
            return text
        }

        private mutating func escaped() throws -> [UInt8] {
            let known: [UInt8: UInt8] = [
                0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 0x08, 0x66: 0x0c, 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09,
            ]
            guard let octet = next else { throw flaw("an escape without an end") }
            offset += 1
            if let plain = known[octet] { return [plain] }
            guard octet == UInt8(ascii: "u") else { throw flaw("an unknown escape") }
            var unit = try hexadecimal()
            if (0xd800..<0xdc00).contains(unit), octets[offset...].starts(with: "\\u".utf8) {
                offset += 2
                let low = try hexadecimal()
                guard (0xdc00..<0xe000).contains(low) else { throw flaw("half a surrogate pair") }
                unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw flaw("half a surrogate pair") }
            return Array(String(scalar).utf8)
        }

        private mutating func hexadecimal() throws -> UInt32 {
            let digits = octets[offset...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw flaw("no four hexadecimal digits") }
            offset += 4
            return value
        }
    }
}
