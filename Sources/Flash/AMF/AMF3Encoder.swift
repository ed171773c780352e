internal import RTMFP

/// Encodes AMF3 values that share their tables of references: those of one message.
///
/// Strings and traits that came before are referred to; objects only where the value says so.
struct AMF3Encoder {
    // Both by their octets: strings that are equal in Swift may differ in theirs.
    private var strings: [[UInt8]: UInt32] = [:]
    private var traits: [[UInt8]: UInt32] = [:]
    /// The markers of the values that can be referred to.
    private var markers: [AMF3Marker] = []

    /// Appends one value.
    mutating func encode(_ value: AMF3Value, into writer: inout ByteWriter) {
        switch value {
        case .undefined: writer.uint8(AMF3Marker.undefined.rawValue)
        case .null: writer.uint8(AMF3Marker.null.rawValue)
        case .boolean(let flag): writer.uint8((flag ? AMF3Marker.true : .false).rawValue)
        case .integer(let integer): encode(integer, into: &writer)
        case .double(let double):
            writer.uint8(AMF3Marker.double.rawValue)
            writer.float64(double)
        case .string(let string):
            writer.uint8(AMF3Marker.string.rawValue)
            encode(string, into: &writer)
        case .xmlDocument(let text): encode(Array(text.utf8), .xmlDocument, into: &writer)
        case .xml(let text): encode(Array(text.utf8), .xml, into: &writer)
        case .byteArray(let octets): encode(octets, .byteArray, into: &writer)
        case .date(let milliseconds):
            begin(.date, 0, into: &writer)
            writer.float64(milliseconds)
        case .array(let array):
            begin(.array, array.dense.count, into: &writer)
            encode(array.associative, into: &writer)
            for element in array.dense { encode(element, into: &writer) }
        case .object(let object): encode(object, into: &writer)
        case .externalizable(let className, let octets):
            mark(.object, &writer)
            encodeTraits(className, 0b11, [], into: &writer)
            writer.raw(octets)
        case .intVector, .uintVector, .doubleVector, .objectVector: encodeVector(value, into: &writer)
        case .dictionary(let dictionary):
            begin(.dictionary, dictionary.entries.count, into: &writer)
            writer.uint8(dictionary.hasWeakKeys ? 1 : 0)
            for entry in dictionary.entries {
                encode(entry.key, into: &writer)
                encode(entry.value, into: &writer)
            }
        case .reference(let place):
            let marker = markers.indices.contains(place) ? markers[place] : .object
            writer.uint8(marker.rawValue)
            writer.u29(UInt32(truncatingIfNeeded: place) << 1)
        }
    }

    private func encode(_ integer: Int32, into writer: inout ByteWriter) {
        guard (-0x1000_0000...0x0fff_ffff).contains(integer) else {
            writer.uint8(AMF3Marker.double.rawValue)
            writer.float64(Double(integer))
            return
        }
        writer.uint8(AMF3Marker.integer.rawValue)
        writer.u29(UInt32(bitPattern: integer))
    }

    private mutating func encode(_ octets: [UInt8], _ marker: AMF3Marker, into writer: inout ByteWriter) {
        begin(marker, octets.count, into: &writer)
        writer.raw(octets)
    }

    private mutating func encode(_ object: AMF3Object, into writer: inout ByteWriter) {
        mark(.object, &writer)
        let names = object.sealed.map(\.name)
        let flags = UInt32(names.count) << 3 | (object.dynamic == nil ? 0 : 0b100) | 1
        encodeTraits(object.className, flags, names, into: &writer)
        for member in object.sealed { encode(member.value, into: &writer) }
        if let dynamic = object.dynamic { encode(dynamic, into: &writer) }
    }

    /// Appends an object's header; `flags` lacks the bit that tells it from a reference to an object.
    private mutating func encodeTraits(
        _ className: String,
        _ flags: UInt32,
        _ names: [String],
        into writer: inout ByteWriter
    ) {
        var key = ByteWriter()
        key.uint32(flags)
        for name in [className] + names { key.lengthPrefixed(Array(name.utf8)) }
        if let place = traits[key.bytes] {
            writer.u29(place << 2 | 0b01)
            return
        }
        traits[key.bytes] = UInt32(traits.count)
        writer.u29(flags << 1 | 1)
        encode(className, into: &writer)
        for name in names { encode(name, into: &writer) }
    }

    private mutating func encodeVector(_ value: AMF3Value, into writer: inout ByteWriter) {
        switch value {
        case .intVector(let values, let isFixed):
            begin(.intVector, values.count, into: &writer)
            writer.uint8(isFixed ? 1 : 0)
            for value in values { writer.uint32(UInt32(bitPattern: value)) }
        case .uintVector(let values, let isFixed):
            begin(.uintVector, values.count, into: &writer)
            writer.uint8(isFixed ? 1 : 0)
            for value in values { writer.uint32(value) }
        case .doubleVector(let values, let isFixed):
            begin(.doubleVector, values.count, into: &writer)
            writer.uint8(isFixed ? 1 : 0)
            for value in values { writer.float64(value) }
        case .objectVector(let vector):
            begin(.objectVector, vector.elements.count, into: &writer)
            writer.uint8(vector.isFixed ? 1 : 0)
            encode(vector.typeName, into: &writer)
            for element in vector.elements { encode(element, into: &writer) }
        default:
            break
        }
    }

    /// Appends the marker of a value that can be referred to, and its header.
    private mutating func begin(_ marker: AMF3Marker, _ count: Int, into writer: inout ByteWriter) {
        mark(marker, &writer)
        writer.u29(UInt32(truncatingIfNeeded: count) << 1 | 1)
    }

    private mutating func mark(_ marker: AMF3Marker, _ writer: inout ByteWriter) {
        markers.append(marker)
        writer.uint8(marker.rawValue)
    }

    private mutating func encode(_ members: [AMFMember<AMF3Value>], into writer: inout ByteWriter) {
        for member in members where !member.name.isEmpty {
            encode(member.name, into: &writer)
            encode(member.value, into: &writer)
        }
        encode("", into: &writer)
    }

    /// Appends a string without marker; the empty one is never referred to (AMF3 §1.3.2).
    private mutating func encode(_ string: String, into writer: inout ByteWriter) {
        let octets = Array(string.utf8)
        if let place = strings[octets] {
            writer.u29(place << 1)
            return
        }
        if !octets.isEmpty { strings[octets] = UInt32(strings.count) }
        writer.u29(UInt32(truncatingIfNeeded: octets.count) << 1 | 1)
        writer.raw(octets)
    }
}
