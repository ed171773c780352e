internal import RTMFP

/// Encodes AMF0 values that share their tables of references: those of one message.
struct AMF0Encoder {
    private var amf3 = AMF3Encoder()

    /// Appends one value.
    mutating func encode(_ value: AMF0Value, into writer: inout ByteWriter) {
        switch value {
        case .number(let number):
            begin(.number, &writer)
            writer.float64(number)
        case .boolean(let flag):
            begin(.boolean, &writer)
            writer.uint8(flag ? 1 : 0)
        case .string(let string):
            let octets = Array(string.utf8)
            if octets.count <= Int(UInt16.max) {
                begin(.string, &writer)
                writer.uint16(UInt16(octets.count))
                writer.raw(octets)
            } else {
                begin(.longString, &writer)
                encodeLong(octets, &writer)
            }
        case .object(let members):
            begin(.object, &writer)
            encode(members, &writer)
        case .null: begin(.null, &writer)
        case .undefined: begin(.undefined, &writer)
        case .unsupported: begin(.unsupported, &writer)
        case .reference(let place):
            begin(.reference, &writer)
            writer.uint16(place)
        case .ecmaArray(let members):
            begin(.ecmaArray, &writer)
            writer.uint32(UInt32(truncatingIfNeeded: members.count))
            encode(members, &writer)
        case .strictArray(let elements):
            begin(.strictArray, &writer)
            writer.uint32(UInt32(truncatingIfNeeded: elements.count))
            for element in elements { encode(element, into: &writer) }
        case .date(let milliseconds, let timeZone):
            begin(.date, &writer)
            writer.float64(milliseconds)
            writer.uint16(UInt16(bitPattern: timeZone))
        case .xmlDocument(let text):
            begin(.xmlDocument, &writer)
            encodeLong(Array(text.utf8), &writer)
        case .typedObject(let className, let members):
            begin(.typedObject, &writer)
            encode(name: className, &writer)
            encode(members, &writer)
        case .avmplus(let value):
            begin(.avmplus, &writer)
            amf3.encode(value, into: &writer)
        }
    }

    private func begin(_ marker: AMF0Marker, _ writer: inout ByteWriter) {
        writer.uint8(marker.rawValue)
    }

    private mutating func encode(_ members: [AMFMember<AMF0Value>], _ writer: inout ByteWriter) {
        for member in members {
            encode(name: member.name, &writer)
            encode(member.value, into: &writer)
        }
        writer.uint16(0)
        begin(.objectEnd, &writer)
    }

    /// Appends a name: at most 65535 octets, as its length has two. What exceeds them is cut off.
    private func encode(name: String, _ writer: inout ByteWriter) {
        var name = name[...]
        while name.utf8.count > Int(UInt16.max) { name.removeLast() }
        writer.uint16(UInt16(truncatingIfNeeded: name.utf8.count))
        writer.raw(Array(name.utf8))
    }

    private func encodeLong(_ octets: [UInt8], _ writer: inout ByteWriter) {
        writer.uint32(UInt32(truncatingIfNeeded: octets.count))
        writer.raw(octets)
    }
}
