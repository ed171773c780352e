import Flash
import RTMFP
import Testing

/// Forms of AMF3 that are written out here, octet by octet.
@Suite struct AMF3FormTests {
    struct Form: CustomTestStringConvertible, Sendable {
        let text: String
        let value: AMF3Value
        var testDescription: String { "\(value)" }

        init(_ text: String, _ value: AMF3Value) {
            self.text = text
            self.value = value
        }
    }

    static let forms = [
        Form("0d 05 00 00000001 ffffffff", .intVector([1, -1])),
        Form("0d 01 01", .intVector([], isFixed: true)),
        Form("0e 03 01 ffffffff", .uintVector([.max], isFixed: true)),
        Form("0f 03 00 3ff8000000000000", .doubleVector([1.5])),
        Form("10 05 00 03 2a 0401 0601", .objectVector(AMF3ObjectVector(typeName: "*", [.integer(1), .string("")]))),
        Form(
            "11 03 01 0401 0603 61",
            .dictionary(AMF3Dictionary([AMF3Dictionary.Entry(.integer(1), .string("a"))], hasWeakKeys: true))
        ),
        Form("07 05 3c2f", .xmlDocument("</")),
        Form("0b 05 3c2f", .xml("</")),
        Form("04 c0 80 80 00", .integer(-0x1000_0000)),
        Form("04 bf ff ff ff", .integer(0x0fff_ffff)),
        Form("05 41b0000000000000", .double(0x1000_0000)),
    ]

    @Test(arguments: forms) func comesBack(_ form: Form) throws {
        let octets = try octets(form.text)
        #expect(hexadecimal([form.value].encoded) == hexadecimal(octets))
        #expect(try [AMF3Value](amf3: octets) == [form.value])
    }

    /// Every length of the form, and longer ones than necessary.
    @Test(arguments: [
        ("04 00", 0), ("04 80 00", 0), ("04 80 80 00", 0), ("04 80 80 80 00", 0), ("04 80 7f", 127), ("04 81 00", 128),
        ("04 ff 7f", 0x3fff), ("04 81 80 00", 0x4000), ("04 ff ff 7f", 0x1f_ffff), ("04 80 c0 80 00", 0x20_0000),
        ("04 ff ff ff ff", -1),
    ])
    func integersOf29Bits(_ text: String, _ value: Int32) throws {
        #expect(try [AMF3Value](amf3: octets(text)) == [.integer(value)])
    }

    @Test func integersBeyond29BitsBecomeDoubles() {
        #expect([AMF3Value.integer(.max)].encoded == [AMF3Value.double(Double(Int32.max))].encoded)
        #expect([AMF3Value.integer(.min)].encoded == [AMF3Value.double(Double(Int32.min))].encoded)
    }

    /// The fourth octet of a length ends it, whatever its high bit says.
    @Test func lengthsDoNotGoBeyondFourOctets() {
        #expect(
            thrown { () throws(WireError) in _ = try [AMF3Value](amf3: [0x0c, 0xff, 0xff, 0xff, 0xff]) }
                == WireError(
                    .truncated(needed: 0x0fff_ffff, available: 0),
                    offset: 5,
                    path: ["[0]", "byteArray"]
                )
        )
    }

    @Test func aDateThatIsReferredToKeepsItsMarker() throws {
        let octets = try octets("08 01 0000000000000000 08 00")
        let values = try [AMF3Value](amf3: octets, limits: AMFLimits(references: .kept))
        #expect(values == [.date(milliseconds: 0), .reference(0)])
        #expect(hexadecimal(values.encoded) == hexadecimal(octets))
    }

    @Test func externalizableContentIsAllThatIsLeft() throws {
        let octets = try octets("0a 07 03 41 01 02 03")
        #expect(try [AMF3Value](amf3: octets) == [.externalizable(className: "A", [1, 2, 3])])
    }

    @Test func stringsThatSwiftTakesForEqualStayApart() throws {
        let values: [AMF3Value] = [.string("e\u{301}"), .string("\u{e9}")]
        let decoded = try [AMF3Value](amf3: values.encoded)
        #expect(decoded.map { if case .string(let text) = $0 { Array(text.utf8) } else { [] } }.map(\.count) == [3, 2])
    }
}
