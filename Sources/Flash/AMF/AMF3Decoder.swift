internal import RTMFP

/// Decodes AMF3 values that share their tables of references: those of one message.
struct AMF3Decoder {
    /// What an object's class declares.
    private struct Traits {
        var className = ""
        var isExternalizable = false
        var isDynamic = false
        var names: [String] = []
    }

    private var strings: [String] = []
    private var traits: [Traits] = []
    private var references = AMFReferences<AMF3Value>()

    /// Decodes one value.
    @_lifetime(reader: copy reader)
    mutating func value(from reader: inout ByteReader, _ tally: inout AMFTally) throws(WireError) -> AMF3Value {
        let start = reader.offset
        try tally.enter(at: start)
        defer { tally.leave() }
        let marker = try reader.uint8("marker")
        switch AMF3Marker(rawValue: marker) {
        case .undefined: return .undefined
        case .null: return .null
        case .false: return .boolean(false)
        case .true: return .boolean(true)
        case .integer: return .integer(Int32(bitPattern: try reader.u29("integer") << 3) >> 3)
        case .double: return .double(try reader.float64("double"))
        case .string: return .string(try string(from: &reader, "string"))
        case .some(let marker): return try complex(marker, from: &reader, &tally)
        case nil:
            throw WireError(.illegal("\(marker) is not a marker of AMF3"), offset: start, path: ["marker"])
        }
    }

    /// Decodes what follows the marker of a value that can be referred to.
    @_lifetime(reader: copy reader)
    private mutating func complex(
        _ marker: AMF3Marker,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        let start = reader.offset
        let before = tally.values - 1
        let header = try reader.u29("header")
        guard header & 1 == 1 else {
            let place = Int(header >> 1)
            return try references.value(place, tally: &tally, at: start) ?? .reference(place)
        }
        let place = references.reserve()
        let value = try content(marker, header >> 1, from: &reader, &tally)
        references.complete(place, value, size: tally.values - before)
        return value
    }

    /// Decodes the content of a value whose header, less the bit that tells it from a reference, is `header`.
    @_lifetime(reader: copy reader)
    private mutating func content(
        _ marker: AMF3Marker,
        _ header: UInt32,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        let count = Int(header)
        switch marker {
        case .date:
            return .date(milliseconds: try reader.float64("date"))
        case .xmlDocument:
            return .xmlDocument(try reader.utf8(UInt64(header), "xml"))
        case .xml:
            return .xml(try reader.utf8(UInt64(header), "xml"))
        case .byteArray:
            return .byteArray(try reader.bytes(UInt64(header), "byteArray"))
        case .array:
            let associative = try members(from: &reader, &tally)
            return .array(AMF3Array(try elements(count, from: &reader, &tally), associative: associative))
        case .object:
            return try object(header, from: &reader, &tally)
        case .dictionary:
            return try dictionary(count, from: &reader, &tally)
        default:
            return try vector(marker, count, from: &reader, &tally)
        }
    }

    @_lifetime(reader: copy reader)
    private mutating func object(
        _ header: UInt32,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        let traits = try traits(header, from: &reader)
        guard !traits.isExternalizable else {
            return .externalizable(className: traits.className, reader.rest())
        }
        // The traits may be old, so their number of names says nothing about what is left.
        try reader.require(traits.names.count, of: 1, "sealed")
        var sealed: [AMFMember<AMF3Value>] = []
        for name in traits.names {
            sealed.append(AMFMember(name, try member(name, from: &reader, &tally)))
        }
        let dynamic = traits.isDynamic ? try members(from: &reader, &tally) : nil
        return .object(AMF3Object(className: traits.className, sealed: sealed, dynamic: dynamic))
    }

    @_lifetime(reader: copy reader)
    private mutating func traits(_ header: UInt32, from reader: inout ByteReader) throws(WireError) -> Traits {
        let start = reader.offset
        guard header & 1 == 1 else {
            let place = Int(header >> 1)
            guard place < traits.count else {
                throw WireError(
                    .illegal("refers to traits \(place) where only \(traits.count) came before"),
                    offset: start,
                    path: ["traits"]
                )
            }
            return traits[place]
        }
        var new = Traits()
        new.className = try string(from: &reader, "className")
        if header & 2 != 0 {
            new.isExternalizable = true
        } else {
            new.isDynamic = header & 4 != 0
            let count = Int(header >> 3)
            try reader.require(count, of: 1, "traits")
            for _ in 0..<count {
                new.names.append(try string(from: &reader, "memberName"))
            }
        }
        traits.append(new)
        return new
    }

    @_lifetime(reader: copy reader)
    private mutating func vector(
        _ marker: AMF3Marker,
        _ count: Int,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        let isFixed = try reader.uint8("fixed") != 0
        switch marker {
        case .intVector, .uintVector:
            try reader.require(count, of: 4, "vector")
            var values: [UInt32] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try reader.uint32("element")) }
            return marker == .uintVector
                ? .uintVector(values, isFixed: isFixed)
                : .intVector(values.map(Int32.init(bitPattern:)), isFixed: isFixed)
        case .doubleVector:
            try reader.require(count, of: 8, "vector")
            var values: [Double] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try reader.float64("element")) }
            return .doubleVector(values, isFixed: isFixed)
        default:
            let typeName = try string(from: &reader, "typeName")
            let elements = try elements(count, from: &reader, &tally)
            return .objectVector(AMF3ObjectVector(typeName: typeName, elements, isFixed: isFixed))
        }
    }

    @_lifetime(reader: copy reader)
    private mutating func dictionary(
        _ count: Int,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        let hasWeakKeys = try reader.uint8("weakKeys") != 0
        try reader.require(count, of: 2, "dictionary")
        var entries: [AMF3Dictionary.Entry] = []
        for index in 0..<count {
            do throws(WireError) {
                let key = try value(from: &reader, &tally)
                entries.append(AMF3Dictionary.Entry(key, try value(from: &reader, &tally)))
            } catch {
                throw error.within("[\(index)]")
            }
        }
        return .dictionary(AMF3Dictionary(entries, hasWeakKeys: hasWeakKeys))
    }

    @_lifetime(reader: copy reader)
    private mutating func elements(
        _ count: Int,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> [AMF3Value] {
        try reader.require(count, of: 1, "elements")
        var elements: [AMF3Value] = []
        for index in 0..<count {
            elements.append(try member("[\(index)]", from: &reader, &tally))
        }
        return elements
    }

    /// Decodes members up to the empty name that ends them.
    @_lifetime(reader: copy reader)
    private mutating func members(
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> [AMFMember<AMF3Value>] {
        var members: [AMFMember<AMF3Value>] = []
        while true {
            let name = try string(from: &reader, "memberName")
            if name.isEmpty { return members }
            members.append(AMFMember(name, try member(name, from: &reader, &tally)))
        }
    }

    @_lifetime(reader: copy reader)
    private mutating func member(
        _ name: @autoclosure () -> String,
        from reader: inout ByteReader,
        _ tally: inout AMFTally
    ) throws(WireError) -> AMF3Value {
        do throws(WireError) {
            return try value(from: &reader, &tally)
        } catch {
            throw error.within(name())
        }
    }

    /// Decodes a string or a reference to one; the empty one is never referred to (AMF3 §1.3.2).
    @_lifetime(reader: copy reader)
    private mutating func string(from reader: inout ByteReader, _ field: StaticString) throws(WireError) -> String {
        let start = reader.offset
        let header = try reader.u29(field)
        guard header & 1 == 1 else {
            let place = Int(header >> 1)
            guard place < strings.count else {
                throw WireError(
                    .illegal("refers to string \(place) where only \(strings.count) came before"),
                    offset: start,
                    path: [field.description]
                )
            }
            return strings[place]
        }
        let string = try reader.utf8(UInt64(header >> 1), field)
        if !string.isEmpty { strings.append(string) }
        return string
    }
}

/// The octet that every AMF3 value begins with (AMF3 §3.1).
enum AMF3Marker: UInt8 {
    case undefined, null, `false`, `true`, integer, double, string, xmlDocument, date, array, object, xml, byteArray
    case intVector, uintVector, doubleVector, objectVector, dictionary
}
