import RTMFP
import Testing

/// Reading and writing elementary encodings (RFC 7016 §2.1).
@Suite struct ByteReaderTests {
    static let octets: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

    @Test func integersAreReadFrontToBack() throws {
        var reader = ByteReader(Self.octets.span, base: 100)
        #expect(try reader.uint8("a") == 0x01)
        #expect(try reader.uint16("b") == 0x0203)
        #expect(try reader.uint32("c") == 0x0405_0607)
        #expect(reader.offset == 107)
        #expect(reader.remaining == 1)
        #expect(reader.rest() == [8])
        #expect(reader.remaining == 0)
        #expect(reader.rest() == [])
    }

    /// A failed read says where it began, and leaves the position there.
    @Test(arguments: [1, 2, 4])
    func aFailedReadChangesNothing(_ size: Int) throws {
        for count in 0..<size {
            let octets = Array(Self.octets.prefix(count))
            var reader = ByteReader(octets.span, base: 10)
            let error = WireError(
                .truncated(needed: UInt64(size), available: count),
                offset: 10,
                path: ["field"]
            )
            var thrown: WireError?
            do throws(WireError) {
                switch size {
                case 1: _ = try reader.uint8("field")
                case 2: _ = try reader.uint16("field")
                default: _ = try reader.uint32("field")
                }
            } catch {
                thrown = error
            }
            #expect(thrown == error)
            #expect(reader.remaining == count)
            #expect(reader.offset == 10)
        }
    }

    @Test func aLengthFromTheWireIsComparedWithWhatIsLeft() throws {
        for length in [9, UInt64(Int.max), UInt64.max] {
            var reader = ByteReader(Self.octets.span)
            let error = WireError(.truncated(needed: length, available: 8), offset: 0, path: ["field"])
            var thrown: [WireError] = []
            do throws(WireError) { _ = try reader.bytes(length, "field") } catch { thrown.append(error) }
            do throws(WireError) { _ = try reader.nested(length, "field") } catch { thrown.append(error) }
            #expect(thrown == [error, error])
            #expect(reader.remaining == 8)
        }
    }

    @Test func aPrefixedFieldThatDoesNotFitLeavesThePositionAtItsLength() throws {
        let octets: [UInt8] = [7, 3, 1, 2]
        var reader = ByteReader(octets.span)
        _ = try reader.uint8("before")
        var thrown: WireError?
        do throws(WireError) { _ = try reader.lengthPrefixed("field") } catch { thrown = error }
        #expect(thrown == WireError(.truncated(needed: 3, available: 2), offset: 2, path: ["field"]))
        #expect(reader.offset == 1)
    }

    @Test func aNestedReaderEndsWhereItsFieldEnds() throws {
        var reader = ByteReader(Self.octets.span, base: 20)
        _ = try reader.uint8("before")
        var inner = try reader.nested(3, "field")
        #expect(reader.offset == 24)
        #expect(inner.offset == 21)
        #expect(inner.rest() == [2, 3, 4])
        #expect(reader.rest() == [5, 6, 7, 8])
    }

    @Test(arguments: [(0, [1, 2, 3]), (101, [2, 3]), (103, []), (104, []), (-5, [1, 2, 3])] as [(Int, [UInt8])])
    func whatWasReadCanBeHadAgain(_ start: Int, _ consumed: [UInt8]) throws {
        var reader = ByteReader(Self.octets.span, base: 100)
        _ = try reader.bytes(3, "field")
        #expect(reader.consumed(from: start) == consumed)
    }

    @Test func whatIsWrittenIsRead() throws {
        var writer = ByteWriter(reserving: 4)
        writer.uint8(0x12)
        writer.uint16(0x3456)
        writer.uint32(0x789a_bcde)
        writer.lengthPrefixed([1, 2])
        writer.raw([3])
        #expect(writer.bytes == [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 2, 1, 2, 3])
    }

    @Test func anErrorIsOneSentence() {
        let error = WireError(.truncated(needed: 4, available: 1), offset: 12, path: ["port"]).within("replyAddress")
        #expect(error.description == "replyAddress.port at offset 12: needs 4 bytes, 1 left")
    }
}

/// Variable-length unsigned integers (RFC 7016 §2.1.2).
@Suite struct VariableLengthIntegerTests {
    static let values: [UInt64] =
        (0..<64).flatMap { shift -> [UInt64] in
            let power: UInt64 = 1 << UInt64(shift)
            return [power - 1, power, power + 1]
        } + [UInt64.max]

    @Test func theShortestFormIsWritten() {
        for value in Self.values {
            var writer = ByteWriter()
            writer.vlu(value)
            #expect(writer.bytes == variableLength(value), "\(value)")
            #expect(vluLength(value) == writer.bytes.count, "\(value)")
        }
    }

    /// Longer forms are legal: octets of 0x80 before the shortest one change nothing.
    @Test(arguments: 0...12)
    func everyFormIsRead(_ more: Int) throws {
        for value in Self.values {
            let octets = [UInt8](repeating: 0x80, count: more) + variableLength(value)
            let input = octets + [0x7e]
            var reader = ByteReader(input.span)
            #expect(try reader.vlu("value") == value, "\(value)")
            #expect(reader.offset == octets.count, "\(value)")
        }
    }

    @Test func oneThatDoesNotEndIsTruncated() {
        for value in Self.values {
            let whole = variableLength(value)
            for count in 0..<whole.count {
                let octets = Array(whole.prefix(count))
                var reader = ByteReader(octets.span, base: 5)
                var thrown: WireError?
                do throws(WireError) { _ = try reader.vlu("value") } catch { thrown = error }
                let reason = WireError.Reason.truncated(needed: UInt64(count) + 1, available: count)
                #expect(thrown == WireError(reason, offset: 5, path: ["value"]))
                #expect(reader.offset == 5)
            }
        }
    }

    /// Beyond 64 bits there is an error, never a wrapped value.
    @Test(
        arguments: [
            [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [0x83, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
            [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [UInt8](repeating: 0xff, count: 200) + [0],
        ] as [[UInt8]]
    )
    func oneThatIsTooLargeIsAnError(_ octets: [UInt8]) {
        var reader = ByteReader(octets.span)
        var thrown: WireError?
        do throws(WireError) { _ = try reader.vlu("value") } catch { thrown = error }
        #expect(thrown == WireError(.integerTooLarge, offset: 0, path: ["value"]))
    }
}
