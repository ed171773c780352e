/// Values of AMF spelled out, octets and notation together (AMF0 §2, AMF3 §3).
struct AMFSpelling {
    let octets: [UInt8]
    let value: JSONValue

    init(_ octets: [UInt8], _ value: JSONValue) {
        self.octets = octets
        self.value = value
    }
}

/// Eight octets of a double, the most significant first.
func doubleOctets(_ value: Double) -> [UInt8] { bigEndian(value.bitPattern, 8) }

/// An integer of 29 bits: seven bits an octet, but eight in a fourth (AMF3 §1.3.1).
func u29(_ value: Int) -> [UInt8] {
    let value = value & 0x1fff_ffff
    guard value >= 1 << 21 else { return base128(UInt64(value)) }
    return base128(UInt64(value >> 8)).leftPadded(to: 3).map { $0 | 0x80 } + [UInt8(value & 0xff)]
}

extension [UInt8] {
    fileprivate func leftPadded(to count: Int) -> [UInt8] {
        [UInt8](repeating: 0x80, count: Swift.max(0, count - self.count)) + self
    }
}

/// AMF0.
enum AMF0 {
    static func text(_ text: String) -> [UInt8] { bigEndian(UInt64(text.utf8.count), 2) + Array(text.utf8) }
    static func longText(_ text: String) -> [UInt8] { bigEndian(UInt64(text.utf8.count), 4) + Array(text.utf8) }

    static func number(_ value: Double) -> AMFSpelling {
        .init([0x00] + doubleOctets(value), .object(["number": .double(value)]))
    }
    static func boolean(_ flag: Bool) -> AMFSpelling { .init([0x01, flag ? 1 : 0], .object(["boolean": .bool(flag)])) }
    static func string(_ text: String) -> AMFSpelling {
        .init([0x02] + AMF0.text(text), .object(["string": .string(text)]))
    }
    static func longString(_ text: String) -> AMFSpelling {
        .init([0x0c] + longText(text), .object(["string": .string(text)]))
    }
    static let null = AMFSpelling([0x05], .object(["null": true]))
    static let undefined = AMFSpelling([0x06], .object(["undefined": true]))
    static let unsupported = AMFSpelling([0x0d], .object(["unsupported": true]))
    static func reference(_ place: Int) -> AMFSpelling {
        .init([0x07] + bigEndian(UInt64(place), 2), .object(["reference": .integer(place)]))
    }
    static func date(_ milliseconds: Double, zone: Int = 0) -> AMFSpelling {
        .init(
            [0x0b] + doubleOctets(milliseconds) + bigEndian(UInt64(bitPattern: Int64(zone)), 2),
            .object(["date": .double(milliseconds), "timeZone": .integer(zone)])
        )
    }
    static func xml(_ text: String) -> AMFSpelling {
        .init([0x0f] + longText(text), .object(["xmlDocument": .string(text)]))
    }
    static func object(_ members: [(String, AMFSpelling)]) -> AMFSpelling {
        .init([0x03] + AMF0.members(members), .object(["object": notation(members)]))
    }
    static func ecmaArray(_ members: [(String, AMFSpelling)], count: Int? = nil) -> AMFSpelling {
        .init(
            [0x08] + bigEndian(UInt64(count ?? members.count), 4) + AMF0.members(members),
            .object(["ecmaArray": notation(members)])
        )
    }
    static func strictArray(_ elements: [AMFSpelling]) -> AMFSpelling {
        .init(
            [0x0a] + bigEndian(UInt64(elements.count), 4) + elements.flatMap(\.octets),
            .object(["strictArray": .array(elements.map(\.value))])
        )
    }
    static func typedObject(_ name: String, _ members: [(String, AMFSpelling)]) -> AMFSpelling {
        .init(
            [0x10] + text(name) + AMF0.members(members),
            .object(["typedObject": notation(members), "class": .string(name)])
        )
    }
    static func amf3(_ value: AMFSpelling) -> AMFSpelling {
        .init([0x11] + value.octets, .object(["amf3": value.value]))
    }

    private static func members(_ members: [(String, AMFSpelling)]) -> [UInt8] {
        members.flatMap { text($0.0) + $0.1.octets } + [0x00, 0x00, 0x09]
    }

    static func notation(_ members: [(String, AMFSpelling)]) -> JSONValue {
        .array(members.map { .array([.string($0.0), $0.1.value]) })
    }
}

/// AMF3; strings are written whole each time unless a reference is asked for.
enum AMF3 {
    static func text(_ text: String) -> [UInt8] { u29(text.utf8.count * 2 + 1) + Array(text.utf8) }

    static let undefined = AMFSpelling([0x00], .object(["undefined": true]))
    static let null = AMFSpelling([0x01], .object(["null": true]))
    static func boolean(_ flag: Bool) -> AMFSpelling { .init([flag ? 0x03 : 0x02], .object(["boolean": .bool(flag)])) }
    static func integer(_ value: Int) -> AMFSpelling {
        .init([0x04] + u29(value), .object(["integer": .integer(value)]))
    }
    static func double(_ value: Double) -> AMFSpelling {
        .init([0x05] + doubleOctets(value), .object(["double": .double(value)]))
    }
    static func string(_ text: String) -> AMFSpelling {
        .init([0x06] + AMF3.text(text), .object(["string": .string(text)]))
    }
    /// The string that came as the given one.
    static func string(at place: Int, _ text: String) -> AMFSpelling {
        .init([0x06] + u29(place * 2), .object(["string": .string(text)]))
    }
    static func xmlDocument(_ text: String) -> AMFSpelling {
        .init([0x07] + AMF3.text(text), .object(["xmlDocument": .string(text)]))
    }
    static func date(_ milliseconds: Double) -> AMFSpelling {
        .init([0x08, 0x01] + doubleOctets(milliseconds), .object(["date": .double(milliseconds)]))
    }
    static func xml(_ text: String) -> AMFSpelling { .init([0x0b] + AMF3.text(text), .object(["xml": .string(text)])) }
    static func byteArray(_ octets: [UInt8]) -> AMFSpelling {
        .init([0x0c] + u29(octets.count * 2 + 1) + octets, .object(["byteArray": .hex(octets)]))
    }
    static func array(_ elements: [AMFSpelling], _ members: [(String, AMFSpelling)] = []) -> AMFSpelling {
        .init(
            [0x09] + u29(elements.count * 2 + 1) + AMF3.members(members) + elements.flatMap(\.octets),
            .object(["array": .array(elements.map(\.value)), "associative": AMF0.notation(members)])
        )
    }
    /// An anonymous object with members that its class does not declare.
    static func object(_ members: [(String, AMFSpelling)]) -> AMFSpelling {
        .init([0x0a, 0x0b, 0x01] + AMF3.members(members), objectNotation("", [], members))
    }
    /// An object of a class that declares members.
    static func object(_ name: String, _ sealed: [(String, AMFSpelling)], dynamic: [(String, AMFSpelling)]? = nil)
        -> AMFSpelling
    {
        let header = u29(sealed.count * 16 + (dynamic == nil ? 0 : 8) + 3)
        let names = sealed.flatMap { text($0.0) }
        return .init(
            [0x0a] + header + text(name) + names + sealed.flatMap(\.1.octets) + (dynamic.map(members) ?? []),
            objectNotation(name, sealed, dynamic)
        )
    }
    static func vector(_ marker: UInt8, _ name: String, _ elements: [([UInt8], JSONValue)], fixed: Bool) -> AMFSpelling
    {
        .init(
            [marker] + u29(elements.count * 2 + 1) + [fixed ? 1 : 0] + elements.flatMap(\.0),
            .object([name: .array(elements.map(\.1)), "fixed": .bool(fixed)])
        )
    }
    static func objectVector(_ type: String, _ elements: [AMFSpelling], fixed: Bool) -> AMFSpelling {
        .init(
            [0x10] + u29(elements.count * 2 + 1) + [fixed ? 1 : 0] + text(type) + elements.flatMap(\.octets),
            .object(["objectVector": .array(elements.map(\.value)), "type": .string(type), "fixed": .bool(fixed)])
        )
    }
    static func dictionary(_ entries: [(AMFSpelling, AMFSpelling)], weak: Bool) -> AMFSpelling {
        .init(
            [0x11] + u29(entries.count * 2 + 1) + [weak ? 1 : 0] + entries.flatMap { $0.0.octets + $0.1.octets },
            .object(["dictionary": .array(entries.map { .array([$0.0.value, $0.1.value]) }), "weak": .bool(weak)])
        )
    }
    /// The value that came as the given one, where a value of `marker` could stand.
    static func reference(_ marker: UInt8, _ place: Int) -> AMFSpelling {
        .init([marker] + u29(place * 2), .object(["reference": .integer(place)]))
    }

    static func members(_ members: [(String, AMFSpelling)]) -> [UInt8] {
        members.flatMap { text($0.0) + $0.1.octets } + [0x01]
    }

    static func objectNotation(
        _ name: String,
        _ sealed: [(String, AMFSpelling)],
        _ dynamic: [(String, AMFSpelling)]?
    ) -> JSONValue {
        .object([
            "class": .string(name), "object": AMF0.notation(sealed),
            "dynamic": dynamic.map(AMF0.notation) ?? .null,
        ])
    }
}
