import Testing

@testable import RTMFP

@Suite("The set of sequence numbers seen")
struct SequenceSetTests {
    @Test("it is the same as a plain set, however numbers come", arguments: 1...60)
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var set = SequenceSet()
        var plain: Set<UInt64> = [0]
        let reach = UInt64.random(in: 3...80, using: &random)
        for _ in 0..<120 {
            let number = UInt64.random(in: 0...reach, using: &random)
            if Int.random(in: 0..<12, using: &random) == 0 {
                set.insert(through: number / 2)
                plain.formUnion(0...(number / 2))
            } else {
                let apart = !plain.contains(number) && !plain.contains(number &- 1) && !plain.contains(number + 1)
                #expect(set.opensGap(number) == apart)
                set.insert(number)
                plain.insert(number)
            }
            var cumulative: UInt64 = 0
            while plain.contains(cumulative + 1) { cumulative += 1 }
            #expect(set.cumulative == cumulative)
            #expect(set.highest == plain.max())
            #expect(set.hasGaps == (plain.max() != cumulative))
            #expect(Set(set.ranges.flatMap { Array($0) }) == plain.filter { $0 > cumulative })
            for number in 0...(reach + 1) { #expect(set.contains(number) == plain.contains(number)) }
        }
    }

    @Test("an acknowledgement says what is in it, in the shorter encoding", arguments: 1...60)
    func acknowledgement(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var set = SequenceSet()
        let reach = UInt64.random(in: 3...3000, using: &random)
        for _ in 0..<Int.random(in: 1...150, using: &random) {
            set.insert(UInt64.random(in: 1...reach, using: &random))
        }
        let chunk = set.acknowledgement(flowID: 3, blocks: 9, room: 1192)
        let read = try #require(Acknowledgement(chunk))
        #expect(read.cumulative == set.cumulative)
        #expect(read.ranges == set.ranges)
        let ranges = Chunk.rangeAcknowledgement(
            .init(flowID: 3, bufferBlocksAvailable: 9, cumulativeAcknowledgement: set.cumulative, ranges: set.ranges)
        )
        let bits = set.hasGaps ? Int(set.highest - set.cumulative - 2) / 8 + 1 : 0
        let bitmapLength = 3 + 1 + 1 + vluLength(set.cumulative) + bits
        #expect(chunk.encodedLength == min(ranges.encodedLength, max(bitmapLength, 6)))
    }

    @Test("an acknowledgement that does not fit says the beginning", arguments: [8, 20, 100, 500])
    func truncation(room: Int) throws {
        var set = SequenceSet()
        for index in 1...UInt64(200) {
            set.insert(index * 300)
            set.insert(index * 300 + 1)
        }
        let chunk = set.acknowledgement(flowID: 3, blocks: 9, room: room)
        #expect(chunk.encodedLength <= room)
        let read = try #require(Acknowledgement(chunk))
        #expect(read.ranges == Array(set.ranges.prefix(read.ranges.count)))
        #expect(room < 20 || !read.ranges.isEmpty)
    }

    @Test("the highest number of all is not beyond it")
    func highest() {
        var set = SequenceSet()
        set.insert(.max)
        set.insert(.max - 2)
        set.insert(.max - 1)
        #expect(set.ranges == [(UInt64.max - 2)...UInt64.max])
        set.insert(through: .max)
        #expect(set.cumulative == .max)
        #expect(!set.hasGaps)
    }
}
