import Flash
import RTMFP
import Testing

/// Forms of AMF0 that are written out here, and what a value is whichever of the two formats it is in.
@Suite struct AMF0FormTests {
    @Test func stringsAreLongWhereTheyMustBe() throws {
        let short = [AMF0Value.string(String(repeating: "x", count: 65_535))]
        #expect(short.encoded.prefix(3) == [0x02, 0xff, 0xff])
        #expect(try [AMF0Value](amf0: short.encoded) == short)
        let long = [AMF0Value.string(String(repeating: "x", count: 65_536))]
        #expect(long.encoded.prefix(5) == [0x0c, 0x00, 0x01, 0x00, 0x00])
        #expect(try [AMF0Value](amf0: long.encoded) == long)
    }

    @Test func namesThatAreTooLongAreCutBetweenCharacters() throws {
        let values = [AMF0Value.object([AMFMember(String(repeating: "€", count: 30_000), .null)])]
        let name = String(repeating: "€", count: 21_845)
        #expect(try [AMF0Value](amf0: values.encoded) == [.object([AMFMember(name, .null)])])
    }

    /// The count of an ECMA array is a hint.
    @Test(arguments: ["00000000", "00000001", "ffffffff"]) func countsOfMembersAreIgnored(_ count: String) throws {
        let octets = try octets("08 \(count) 0001 61 05 0000 09")
        #expect(try [AMF0Value](amf0: octets) == [.ecmaArray([AMFMember("a", .null)])])
    }

    @Test func membersMayHaveNoName() throws {
        let values = [AMF0Value.object([AMFMember("", .boolean(true)), AMFMember("a", .unsupported)])]
        #expect(hexadecimal(values.encoded) == hexadecimal(try octets("03 0000 01 01 0001 61 0d 0000 09")))
        #expect(try [AMF0Value](amf0: values.encoded) == values)
    }

    @Test func aDateHasATimeZone() throws {
        let values = [AMF0Value.date(milliseconds: 0, timeZone: -60)]
        #expect(hexadecimal(values.encoded) == "0b0000000000000000ffc4")
        #expect(try [AMF0Value](amf0: values.encoded) == values)
    }

    @Test func valuesSayWhatTheyAreInEitherFormat() {
        let members = [AMFMember("a", AMF0Value.number(1)), AMFMember("a", .null)]
        #expect(AMF0Value.object(members)["a"]?.number == 1)
        #expect(AMF0Value.ecmaArray(members)["a"]?.number == 1)
        let amf3 = AMF0Value.avmplus(
            .anonymous([AMFMember("a", .integer(1)), AMFMember("b", .array(AMF3Array([.null])))])
        )
        #expect(amf3["a"]?.number == 1)
        #expect(amf3["b"]?.elements == [.avmplus(.null)])
        #expect(amf3["c"] == nil)
        #expect(AMF0Value.avmplus(.string("x")).string == "x")
        #expect(AMF0Value.avmplus(.boolean(true)).boolean == true)
        #expect(AMF0Value.avmplus(.undefined).isNull)
        #expect(!AMF0Value.boolean(false).isNull)
    }
}
