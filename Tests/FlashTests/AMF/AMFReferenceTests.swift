import Flash
import RTMFP
import Testing

/// References: kept or expanded, within one value and across the values of a message.
@Suite struct AMFReferenceTests {
    @Test func expandedReferencesAreTheValues() throws {
        let object = AMF3Value.anonymous([AMFMember("a", .integer(1))])
        let kept: [AMF3Value] = [.array(AMF3Array([object, .reference(1)])), .reference(1), .reference(0)]
        let array = AMF3Value.array(AMF3Array([object, object]))
        #expect(try [AMF3Value](amf3: kept.encoded) == [array, object, array])
        #expect(try [AMF3Value](amf3: kept.encoded, limits: AMFLimits(references: .kept)) == kept)
    }

    @Test func expandedReferencesOfAMF0AreTheValues() throws {
        let object = AMF0Value.object([AMFMember("a", .number(1))])
        let kept: [AMF0Value] = [.strictArray([object, .reference(1)]), .reference(1)]
        #expect(try [AMF0Value](amf0: kept.encoded) == [.strictArray([object, object]), object])
        #expect(try [AMF0Value](amf0: kept.encoded, limits: AMFLimits(references: .kept)) == kept)
    }

    @Test func aReferenceToWhatEnclosesItStays() throws {
        let cyclic = AMF3Value.anonymous([AMFMember("self", .reference(0))])
        #expect(try [AMF3Value](amf3: [cyclic].encoded) == [cyclic])
        let plain = AMF0Value.object([AMFMember("self", .reference(0))])
        #expect(try [AMF0Value](amf0: [plain].encoded) == [plain])
    }

    /// AMF3 values of one AMF0 message share their strings, as those of one AMF3 message do.
    @Test func valuesThatSwitchShareTheirStrings() throws {
        let values: [AMF0Value] = [.avmplus(.string("once")), .number(0), .avmplus(.string("once"))]
        #expect(values.encoded.suffix(3) == [0x11, 0x06, 0x00])
        #expect(try [AMF0Value](amf0: values.encoded) == values)
    }

    @Test(arguments: [
        ("0a 02", ["[0]", "reference"], "refers to value 1 where only 0 came before"),
        ("06 00", ["[0]", "string"], "refers to string 0 where only 0 came before"),
        ("0a 05", ["[0]", "traits"], "refers to traits 1 where only 0 came before"),
    ])
    func referencesToNothingAreErrors(_ text: String, _ path: [String], _ reason: String) throws {
        let octets = try octets(text)
        let error = thrown { () throws(WireError) in _ = try [AMF3Value](amf3: octets) }
        #expect(error?.path == path)
        #expect(error?.reason == .illegal(reason))
    }

    /// A message of 13 arrays that each hold the one before twice would become 2^13 values, and so on.
    @Test func whatReferencesExpandToIsLimited() throws {
        var values: [AMF3Value] = [.array(AMF3Array([.null, .null]))]
        for place in 0..<60 { values.append(.array(AMF3Array([.reference(place), .reference(place)]))) }
        let error = thrown { () throws(WireError) in _ = try [AMF3Value](amf3: values.encoded) }
        #expect(error?.reason == .illegal("exceeds 65536 values"))
        #expect(try [AMF3Value](amf3: values.encoded, limits: AMFLimits(references: .kept)) == values)
    }
}
