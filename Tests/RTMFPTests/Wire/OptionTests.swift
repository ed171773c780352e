import RTMFP
import Testing

/// Options, their lists and sequences (RFC 7016 §2.1.3, §2.1.4).
@Suite struct OptionTests {
    @Test func randomOptionsComeBack() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let (type, value) = (random.integer(), random.field())
            let content = variableLength(type) + value
            let octets = variableLength(UInt64(content.count)) + content
            #expect([Option.value(type: type, value)].encoded == octets)
            var reader = ByteReader(octets.span)
            #expect(try Option(from: &reader) == .value(type: type, value))
            #expect(reader.remaining == 0)
        }
    }

    @Test func aSequenceKeepsItsMarkers() throws {
        let options: [Option] = [.marker, .value(type: 1, []), .marker, .marker, .value(type: 300, [7])]
        #expect(options.encoded == [0, 1, 1, 0, 0, 3, 0x82, 0x2c, 7])
        #expect(try [Option](sequence: options.encoded) == options)
        #expect(try [Option](sequence: []) == [])
    }

    @Test func aListEndsAtItsMarker() throws {
        let octets: [UInt8] = [1, 1, 2, 2, 9, 0, 1, 1]
        var reader = ByteReader(octets.span)
        #expect(try [Option](list: &reader) == [.value(type: 1, []), .value(type: 2, [9])])
        #expect(reader.offset == 6)
    }

    @Test func aListWithoutMarkerIsAnError() {
        let octets: [UInt8] = [1, 1]
        var reader = ByteReader(octets.span)
        var thrown: WireError?
        do throws(WireError) { _ = try [Option](list: &reader) } catch { thrown = error }
        #expect(thrown == WireError(.truncated(needed: 1, available: 0), offset: 2, path: ["length"]))
    }

    @Test func valuesAreFoundByType() {
        let options: [Option] = [.value(type: 1, [1]), .marker, .value(type: 2, [2]), .value(type: 1, [])]
        #expect(options.values(of: 1) == [[1], []])
        #expect(options.values(of: 3) == [])
    }
}
