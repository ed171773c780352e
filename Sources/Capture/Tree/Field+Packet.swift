import RTMFP

extension DecodedPacket {
    /// Everything that is known about the packet, as a tree.
    public var field: Field {
        Field("packet", .parts(FieldTree.fields { write(to: &$0) }))
    }

    /// Writes everything that is known about the packet.
    func write(to sink: inout some FieldSink) {
        sink.number("frame", datagram.frame)
        sink.time("time", datagram.time)
        sink.address("source", datagram.source)
        sink.address("destination", datagram.destination)
        sink.number("trafficClass", UInt64(datagram.trafficClass))
        sink.number("length", datagram.payload.count)
        switch status {
        case .verified: sink.word("status", "verified")
        case .failed(let reason):
            sink.word("status", "failed")
            sink.text("reason", reason)
        case .notCovered: sink.word("status", "notCovered")
        case .notRTMFP: sink.word("status", "notRTMFP")
        }
        if let sessionID, status != .notRTMFP { sink.sessionID("sessionID", sessionID) }
        contents?.write(to: &sink)
    }
}

extension PacketContents {
    /// RFC 7425 §4.7 and RFC 7016 §2.2.4.
    fileprivate func write(to sink: inout some FieldSink) {
        sink.word("key", key.rawValue)
        switch proof {
        case .checksum(let value): sink.octets("checksum", [UInt8(value >> 8), UInt8(value & 0xff)])
        case .hmac(let octets): sink.octets("hmac", octets)
        }
        if let sequenceNumber { sink.number("sessionSequenceNumber", sequenceNumber) }
        sink.parts("header", at: FieldPlace(offset: 0, length: headerLength)) { header.write(to: &$0) }
        sink.list("chunks") { writeChunks(to: &$0) }
        sink.number("padding", padding)
    }

    private var headerLength: Int {
        1 + (header.timestamp == nil ? 0 : 2) + (header.timestampEcho == nil ? 0 : 2)
    }

    /// The chunks; Next User Data gets the numbers that the data chunk before it implies (RFC 7016 §2.3.12).
    private func writeChunks(to sink: inout some FieldSink) {
        var previous: DataPosition?
        for placed in chunks {
            previous = DataPosition(of: placed.chunk, after: previous)
            sink.element(placed.chunk.name, at: FieldPlace(offset: placed.offset, length: placed.length)) { sink in
                sink.number("code", UInt64(placed.chunk.type))
                placed.chunk.write(to: &sink, at: previous)
            }
        }
    }
}

extension PacketHeader {
    fileprivate func write(to sink: inout some FieldSink) {
        sink.number("flags", UInt64(flags))
        sink.word("mode", mode.name)
        sink.flag("timeCritical", timeCritical)
        sink.flag("timeCriticalReverse", timeCriticalReverse)
        if let timestamp { sink.number("timestamp", UInt64(timestamp)) }
        if let timestampEcho { sink.number("timestampEcho", UInt64(timestampEcho)) }
    }
}

extension PacketMode {
    fileprivate var name: String {
        switch self {
        case .forbidden: "forbidden"
        case .initiator: "initiator"
        case .responder: "responder"
        case .startup: "startup"
        }
    }
}
