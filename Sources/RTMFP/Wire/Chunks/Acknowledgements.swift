/// Bitmap Ack: what has arrived on a flow, a bit a sequence number (RFC 7016 §2.3.13).
public struct BitmapAcknowledgement: ChunkBody {
    public static let type = ChunkType.bitmapAcknowledgement
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// Free space in the receiver's buffer, in blocks of 1024 octets.
    public var bufferBlocksAvailable: UInt64
    /// Every number up to this one has arrived; the next one has not.
    public var cumulativeAcknowledgement: UInt64
    /// Bit 0 of the first octet stands for `cumulativeAcknowledgement` + 2.
    public var bitmap: [UInt8]

    /// Makes a Bitmap Ack.
    public init(flowID: UInt64, bufferBlocksAvailable: UInt64, cumulativeAcknowledgement: UInt64, bitmap: [UInt8]) {
        self.flowID = flowID
        self.bufferBlocksAvailable = bufferBlocksAvailable
        self.cumulativeAcknowledgement = cumulativeAcknowledgement
        self.bitmap = bitmap
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        flowID = try reader.vlu("flowID")
        bufferBlocksAvailable = try reader.vlu("bufferBlocksAvailable")
        let offset = reader.offset
        cumulativeAcknowledgement = try reader.vlu("cumulativeAck")
        bitmap = reader.rest()
        let highest = cumulativeAcknowledgement.addingReportingOverflow(UInt64(bitmap.count) * 8 + 1)
        guard !highest.overflow else {
            throw WireError(.illegal("acknowledges beyond 2^64 - 1"), offset: offset, path: ["cumulativeAck"])
        }
    }

    public func encode(into writer: inout ByteWriter) {
        writer.vlu(flowID)
        writer.vlu(bufferBlocksAvailable)
        writer.vlu(cumulativeAcknowledgement)
        writer.raw(bitmap)
    }

    /// The runs of received sequence numbers above `cumulativeAcknowledgement`, ascending.
    public var ranges: [ClosedRange<UInt64>] {
        var ranges: [ClosedRange<UInt64>] = []
        for (index, octet) in bitmap.enumerated() {
            for bit in 0..<8 where octet >> UInt8(bit) & 1 == 1 {
                let above = UInt64(index) * 8 + UInt64(bit) + 2
                let (number, overflow) = cumulativeAcknowledgement.addingReportingOverflow(above)
                guard !overflow else { return ranges }
                if let last = ranges.last, last.upperBound == number - 1 {
                    ranges[ranges.count - 1] = last.lowerBound...number
                } else {
                    ranges.append(number...number)
                }
            }
        }
        return ranges
    }
}

/// Range Ack: what has arrived on a flow, as runs of sequence numbers (RFC 7016 §2.3.14).
public struct RangeAcknowledgement: ChunkBody {
    public static let type = ChunkType.rangeAcknowledgement
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// Free space in the receiver's buffer, in blocks of 1024 octets.
    public var bufferBlocksAvailable: UInt64
    /// Every number up to this one has arrived; the next one has not.
    public var cumulativeAcknowledgement: UInt64
    /// Runs of received numbers, ascending, a hole of at least one number before each.
    public var ranges: [ClosedRange<UInt64>]

    /// Makes a Range Ack.
    public init(
        flowID: UInt64,
        bufferBlocksAvailable: UInt64,
        cumulativeAcknowledgement: UInt64,
        ranges: [ClosedRange<UInt64>] = []
    ) {
        self.flowID = flowID
        self.bufferBlocksAvailable = bufferBlocksAvailable
        self.cumulativeAcknowledgement = cumulativeAcknowledgement
        self.ranges = ranges
    }

    /// Decodes; a last pair that the chunk's end cuts off is dropped, as RFC 7016 Figure 6 does.
    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        flowID = try reader.vlu("flowID")
        bufferBlocksAvailable = try reader.vlu("bufferBlocksAvailable")
        cumulativeAcknowledgement = try reader.vlu("cumulativeAck")
        ranges = []
        var cursor = cumulativeAcknowledgement
        while reader.remaining > 0 {
            let offset = reader.offset
            let holes: UInt64
            let received: UInt64
            do {
                holes = try reader.vlu("holesMinusOne")
                received = try reader.vlu("receivedMinusOne")
            } catch {
                guard case .truncated = error.reason else { throw error }
                _ = reader.rest()
                return
            }
            let (gap, gapOverflow) = cursor.addingReportingOverflow(holes)
            let (first, firstOverflow) = gap.addingReportingOverflow(2)
            let (last, lastOverflow) = first.addingReportingOverflow(received)
            guard !gapOverflow, !firstOverflow, !lastOverflow else {
                throw WireError(.illegal("acknowledges beyond 2^64 - 1"), offset: offset, path: ["range"])
            }
            ranges.append(first...last)
            cursor = last
        }
    }

    public func encode(into writer: inout ByteWriter) {
        writer.vlu(flowID)
        writer.vlu(bufferBlocksAvailable)
        writer.vlu(cumulativeAcknowledgement)
        var cursor = cumulativeAcknowledgement
        for range in ranges {
            writer.vlu(range.lowerBound &- cursor &- 2)
            writer.vlu(range.upperBound - range.lowerBound)
            cursor = range.upperBound
        }
    }
}
