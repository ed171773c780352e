/// Buffer Probe: asks for an acknowledgement of a flow at once (RFC 7016 §2.3.15).
public struct BufferProbe: ChunkBody {
    public static let type = ChunkType.bufferProbe
    /// The flow, as its sender numbers it.
    public var flowID: UInt64

    /// Makes a Buffer Probe.
    public init(flowID: UInt64) {
        self.flowID = flowID
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        flowID = try reader.vlu("flowID")
    }

    public func encode(into writer: inout ByteWriter) {
        writer.vlu(flowID)
    }
}

/// Flow Exception Report: the receiver rejects a flow (RFC 7016 §2.3.16).
public struct FlowExceptionReport: ChunkBody {
    public static let type = ChunkType.flowExceptionReport
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// The application's reason; 0 if it gave none.
    public var exceptionCode: UInt64

    /// Makes a Flow Exception Report.
    public init(flowID: UInt64, exceptionCode: UInt64) {
        self.flowID = flowID
        self.exceptionCode = exceptionCode
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        flowID = try reader.vlu("flowID")
        exceptionCode = try reader.vlu("exceptionCode")
    }

    public func encode(into writer: inout ByteWriter) {
        writer.vlu(flowID)
        writer.vlu(exceptionCode)
    }
}
