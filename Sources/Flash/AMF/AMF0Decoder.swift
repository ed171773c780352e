internal import RTMFP

/// Decodes AMF0 values that share their table of references: those of one message.
struct AMF0Decoder {
    private var tally: AMFTally
    private var references = AMFReferences<AMF0Value>()
    private var amf3 = AMF3Decoder()

    init(_ limits: AMFLimits) {
        tally = AMFTally(limits)
    }

    /// Decodes one value.
    @_lifetime(reader: copy reader)
    mutating func value(from reader: inout ByteReader) throws(WireError) -> AMF0Value {
        let start = reader.offset
        return try value(try reader.uint8("marker"), at: start, from: &reader)
    }

    /// Decodes what follows the marker of a value.
    @_lifetime(reader: copy reader)
    private mutating func value(
        _ marker: UInt8,
        at start: Int,
        from reader: inout ByteReader
    ) throws(WireError) -> AMF0Value {
        try tally.enter(at: start)
        defer { tally.leave() }
        switch AMF0Marker(rawValue: marker) {
        case .number: return .number(try reader.float64("number"))
        case .boolean: return .boolean(try reader.uint8("boolean") != 0)
        case .string: return .string(try string(from: &reader, "string"))
        case .longString: return .string(try longString(from: &reader, "string"))
        case .xmlDocument: return .xmlDocument(try longString(from: &reader, "xml"))
        case .null: return .null
        case .undefined: return .undefined
        case .unsupported: return .unsupported
        case .date:
            let milliseconds = try reader.float64("date")
            return .date(milliseconds: milliseconds, timeZone: try reader.int16("timeZone"))
        case .reference:
            let place = try reader.uint16("reference")
            return try references.value(Int(place), tally: &tally, at: start) ?? .reference(place)
        case .avmplus: return .avmplus(try amf3.value(from: &reader, &tally))
        case .object, .ecmaArray, .strictArray, .typedObject:
            return try complex(marker, from: &reader)
        case .movieClip, .objectEnd, .recordSet, nil:
            throw WireError(.illegal("\(marker) does not begin a value of AMF0"), offset: start, path: ["marker"])
        }
    }

    /// Decodes what follows the marker of a value that can be referred to.
    @_lifetime(reader: copy reader)
    private mutating func complex(_ marker: UInt8, from reader: inout ByteReader) throws(WireError) -> AMF0Value {
        let before = tally.values - 1
        let place = references.reserve()
        let value: AMF0Value
        switch AMF0Marker(rawValue: marker) {
        case .object:
            value = .object(try members(from: &reader))
        case .ecmaArray:
            // The count is a hint, and often wrong; the members end as those of an object do.
            _ = try reader.uint32("count")
            value = .ecmaArray(try members(from: &reader))
        case .typedObject:
            let className = try string(from: &reader, "className")
            value = .typedObject(className: className, try members(from: &reader))
        default:
            value = .strictArray(try elements(from: &reader))
        }
        references.complete(place, value, size: tally.values - before)
        return value
    }

    /// Decodes members up to the empty name and the marker that end them (AMF0 §2.11).
    @_lifetime(reader: copy reader)
    private mutating func members(from reader: inout ByteReader) throws(WireError) -> [AMFMember<AMF0Value>] {
        var members: [AMFMember<AMF0Value>] = []
        while true {
            let name = try string(from: &reader, "memberName")
            let start = reader.offset
            let marker = try reader.uint8("marker")
            if name.isEmpty, marker == AMF0Marker.objectEnd.rawValue { return members }
            do throws(WireError) {
                members.append(AMFMember(name, try value(marker, at: start, from: &reader)))
            } catch {
                throw error.within(name)
            }
        }
    }

    @_lifetime(reader: copy reader)
    private mutating func elements(from reader: inout ByteReader) throws(WireError) -> [AMF0Value] {
        let count = Int(try reader.uint32("count"))
        try reader.require(count, of: 1, "elements")
        var elements: [AMF0Value] = []
        for index in 0..<count {
            do throws(WireError) {
                elements.append(try value(from: &reader))
            } catch {
                throw error.within("[\(index)]")
            }
        }
        return elements
    }

    @_lifetime(reader: copy reader)
    private func string(from reader: inout ByteReader, _ field: StaticString) throws(WireError) -> String {
        try reader.utf8(UInt64(try reader.uint16(field)), field)
    }

    @_lifetime(reader: copy reader)
    private func longString(from reader: inout ByteReader, _ field: StaticString) throws(WireError) -> String {
        try reader.utf8(UInt64(try reader.uint32(field)), field)
    }
}

/// The octet that every AMF0 value begins with (AMF0 §2.1).
enum AMF0Marker: UInt8 {
    case number, boolean, string, object, movieClip, null, undefined, reference, ecmaArray, objectEnd, strictArray
    case date, longString, unsupported, recordSet, xmlDocument, typedObject, avmplus
}
