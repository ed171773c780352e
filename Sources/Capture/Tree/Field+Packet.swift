import RTMFP

extension DecodedPacket {
    /// Everything that is known about the packet, as a tree.
    public var field: Field {
        var parts: [Field] = [
            Field("frame", .number(UInt64(datagram.frame))),
            Field("time", .time(datagram.time.nanoseconds)),
            Field("source", .text("\(datagram.source)")),
            Field("destination", .text("\(datagram.destination)")),
            Field("trafficClass", .number(UInt64(datagram.trafficClass))),
            Field("length", .number(UInt64(datagram.payload.count))),
        ]
        switch status {
        case .verified: parts.append(Field("status", .text("verified")))
        case .failed(let reason):
            parts.append(Field("status", .text("failed")))
            parts.append(Field("reason", .text(reason)))
        case .notCovered: parts.append(Field("status", .text("notCovered")))
        case .notRTMFP: parts.append(Field("status", .text("notRTMFP")))
        }
        if let sessionID, status != .notRTMFP {
            parts.append(Field("sessionID", .text(hexadecimal(sessionID))))
        }
        if let contents {
            parts += contents.fields
        }
        return Field("packet", .parts(parts))
    }
}

extension PacketContents {
    /// RFC 7425 §4.7 and RFC 7016 §2.2.4.
    fileprivate var fields: [Field] {
        var fields = [Field("key", .text(key.rawValue))]
        switch proof {
        case .checksum(let value): fields.append(Field("checksum", .octets([UInt8(value >> 8), UInt8(value & 0xff)])))
        case .hmac(let octets): fields.append(Field("hmac", .octets(octets)))
        }
        if let sequenceNumber {
            fields.append(Field("sessionSequenceNumber", .number(sequenceNumber)))
        }
        fields.append(Field("header", .parts(header.fields), offset: 0, length: headerLength))
        fields.append(Field("chunks", .list(chunkFields)))
        fields.append(Field("padding", .number(UInt64(padding))))
        return fields
    }

    private var headerLength: Int {
        1 + (header.timestamp == nil ? 0 : 2) + (header.timestampEcho == nil ? 0 : 2)
    }

    /// The chunks; Next User Data gets the numbers that the data chunk before it implies (RFC 7016 §2.3.12).
    private var chunkFields: [Field] {
        var previous: DataPosition?
        return chunks.map { placed in
            previous = DataPosition(of: placed.chunk, after: previous)
            return Field(
                placed.chunk.name,
                .parts([Field("code", .number(UInt64(placed.chunk.type)))] + placed.chunk.fields(at: previous)),
                offset: placed.offset,
                length: placed.length
            )
        }
    }
}

extension PacketHeader {
    fileprivate var fields: [Field] {
        var fields = [
            Field("flags", .number(UInt64(flags))),
            Field("mode", .text("\(mode)")),
            Field("timeCritical", .flag(timeCritical)),
            Field("timeCriticalReverse", .flag(timeCriticalReverse)),
        ]
        if let timestamp { fields.append(Field("timestamp", .number(UInt64(timestamp)))) }
        if let timestampEcho { fields.append(Field("timestampEcho", .number(UInt64(timestampEcho)))) }
        return fields
    }
}
