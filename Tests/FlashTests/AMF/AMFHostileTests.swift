import Flash
import RTMFP
import Testing

/// What a stranger may send: every decoder ends with a value or an error that says what and where.
@Suite struct AMFHostileTests {
    @Test(arguments: [
        ("", []), ("05", ["[0]", "double"]), ("09 05 01 01", ["[0]", "elements"]),
        ("09 ff ff ff ff 01", ["[0]", "elements"]),
        ("0a 0b 01 03 61", ["[0]", "a", "marker"]), ("0a ff ff ff f3 01", ["[0]", "traits"]),
        ("06 05 61", ["[0]", "string"]),
        ("0d ff ff ff ff 00", ["[0]", "vector"]), ("0f 05 00 00", ["[0]", "vector"]),
        ("11 05 00 01", ["[0]", "dictionary"]),
        ("0c 0b 00", ["[0]", "byteArray"]), ("12", ["[0]", "marker"]), ("06 03 ff", ["[0]", "string"]),
    ])
    func damagedAMF3(_ text: String, _ path: [String]) throws {
        let octets = try octets(text)
        #expect(thrown { () throws(WireError) in _ = try [AMF3Value](amf3: octets) }?.path ?? [] == path)
    }

    @Test(arguments: [
        ("00 00", ["[0]", "number"]), ("02 0005 61", ["[0]", "string"]), ("03 0001 61", ["[0]", "marker"]),
        ("03 0001 61 00", ["[0]", "a", "number"]), ("0a ffffffff 05", ["[0]", "elements"]),
        ("07 0000", ["[0]", "reference"]),
        ("09", ["[0]", "marker"]), ("04", ["[0]", "marker"]), ("0e", ["[0]", "marker"]), ("12", ["[0]", "marker"]),
        ("05 0c ffffffff 61", ["[1]", "string"]), ("11", ["[0]", "marker"]), ("02 0001 ff", ["[0]", "string"]),
        ("08 00000000 0000", ["[0]", "marker"]),
    ])
    func damagedAMF0(_ text: String, _ path: [String]) throws {
        let octets = try octets(text)
        #expect(thrown { () throws(WireError) in _ = try [AMF0Value](amf0: octets) }?.path == path)
    }

    @Test func depthIsLimited() throws {
        let array: [UInt8] = [0x09, 0x03, 0x01]
        #expect(try [AMF3Value](amf3: repeated(array, 63) + [0x01]).count == 1)
        let error = thrown { () throws(WireError) in _ = try [AMF3Value](amf3: repeated(array, 64) + [0x01]) }
        #expect(error?.reason == .illegal("stands deeper than 64 values"))
        #expect(thrown { () throws(WireError) in _ = try [AMF3Value](amf3: repeated(array, 1_000_000)) } != nil)
    }

    /// AMF3 within AMF0 counts on.
    @Test func depthIsLimitedAcrossTheSwitch() throws {
        let outer = repeated([0x0a, 0, 0, 0, 1], 40)
        let inner = [0x11] + repeated([0x09, 0x03, 0x01], 40) + [0x01]
        #expect(thrown { () throws(WireError) in _ = try [AMF0Value](amf0: outer + inner) } != nil)
        #expect(try [AMF0Value](amf0: outer + [0x05]).count == 1)
    }

    private func repeated(_ octets: [UInt8], _ count: Int) -> [UInt8] {
        (0..<count).reduce(into: []) { all, _ in all += octets }
    }

    @Test func theNumberOfValuesIsLimited() throws {
        let limits = AMFLimits(maximumValues: 3)
        #expect(try [AMF3Value](amf3: [1, 1, 1], limits: limits).count == 3)
        #expect(
            thrown { () throws(WireError) in _ = try [AMF3Value](amf3: [1, 1, 1, 1], limits: limits) }?.offset == 3
        )
        #expect(
            thrown { () throws(WireError) in _ = try [AMF0Value](amf0: [5, 5, 5, 5], limits: limits) }?.offset == 3
        )
    }

    /// Traits declared once can be referred to by objects of a few octets: their members still need an octet each.
    @Test func oldTraitsDoNotMultiply() throws {
        let names = (0..<100).map { AMFMember("\($0)", AMF3Value.null) }
        let object = [AMF3Value.object(AMF3Object(className: "A", sealed: names, dynamic: nil))].encoded
        #expect(
            thrown { () throws(WireError) in _ = try [AMF3Value](amf3: object + [0x0a, 0x01 << 2 | 1]) }?.reason
                == .illegal("refers to traits 1 where only 1 came before")
        )
        #expect(
            thrown { () throws(WireError) in _ = try [AMF3Value](amf3: object + [0x0a, 0b01]) }?.reason
                == .truncated(needed: 100, available: 0)
        )
    }

    /// Whatever is decoded can be encoded, and then decodes to the same.
    @Test(arguments: 0..<8) func damagedAnswersDoNoHarm(_ part: Int) throws {
        var random = SeededGenerator(seed: UInt64(part))
        for answer in try KnownAnswerTests.answers.get() {
            for _ in 0..<100 {
                var octets = answer.octets
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    octets[Int.random(in: octets.indices, using: &random)] = .random(in: 0...255, using: &random)
                }
                octets.removeLast(Int.random(in: 0..<min(4, octets.count), using: &random))
                let limits = AMFLimits(maximumValues: 1_000, references: .kept)
                if let values = try? [AMF3Value](amf3: octets, limits: limits) {
                    #expect(try [AMF3Value](amf3: values.encoded, limits: limits).encoded == values.encoded)
                }
                if let values = try? [AMF0Value](amf0: octets, limits: limits) {
                    #expect(try [AMF0Value](amf0: values.encoded, limits: limits).encoded == values.encoded)
                }
            }
        }
    }
}
