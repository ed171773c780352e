extension SequenceSet {
    /// The acknowledgement of all numbers, or of as many of them as fit into `room` octets of chunk.
    func acknowledgement(flowID: UInt64, blocks: UInt64, room: Int) -> Chunk {
        let fixed = 3 + vluLength(flowID) + vluLength(blocks) + vluLength(cumulative)
        let bitmapLength = lengthOfBitmap(within: room - fixed)
        var fitting: [ClosedRange<UInt64>] = []
        var length = 0
        var former = cumulative
        for range in ranges {
            let more = vluLength(range.lowerBound - former - 2) + vluLength(range.upperBound - range.lowerBound)
            // Whatever is longer than the bitmap need not be made.
            guard fixed + length + more <= room, bitmapLength.map({ length + more <= $0 }) ?? true else { break }
            length += more
            former = range.upperBound
            fitting.append(range)
        }
        guard fitting.count < ranges.count, let bitmapLength else {
            return .rangeAcknowledgement(
                RangeAcknowledgement(
                    flowID: flowID,
                    bufferBlocksAvailable: blocks,
                    cumulativeAcknowledgement: cumulative,
                    ranges: fitting
                )
            )
        }
        return .bitmapAcknowledgement(
            BitmapAcknowledgement(
                flowID: flowID,
                bufferBlocksAvailable: blocks,
                cumulativeAcknowledgement: cumulative,
                bitmap: bitmap(bitmapLength)
            )
        )
    }

    /// Octets of a bitmap of all numbers; nil if it does not fit.
    private func lengthOfBitmap(within room: Int) -> Int? {
        guard hasGaps else { return 0 }
        let length = (highest - cumulative - 2) / 8 + 1
        // The last octet must not stand for numbers that do not exist.
        guard length <= UInt64(max(0, room)), !cumulative.addingReportingOverflow(length * 8 + 1).overflow else {
            return nil
        }
        return Int(length)
    }

    private func bitmap(_ length: Int) -> [UInt8] {
        var bitmap = [UInt8](repeating: 0, count: length)
        for range in ranges {
            for number in range {
                let bit = Int(number - cumulative - 2)
                bitmap[bit / 8] |= 1 << UInt8(bit % 8)
            }
        }
        return bitmap
    }
}
