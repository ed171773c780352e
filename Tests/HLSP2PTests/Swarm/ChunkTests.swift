@testable import HLSP2P
import RTMFP
import Testing

/// Division, pieces and the cache (swarm-algorithm §2 to §4).
@Suite struct ChunkTests {
    /// The examples of swarm-algorithm §2.
    @Test func theExamplesAreDivided() throws {
        func parts(_ average: Int, _ count: Int) -> [[Int]]? {
            Division(average: average, count: count)?.assignments.map { [$0.id, $0.offset, $0.length] }
        }
        #expect(parts(524_288, 2) == [[0, 0, 262_144], [1, 262_144, -1]])
        #expect(parts(1_000_001, 3) == [[0, 0, 333_333], [1, 333_333, 333_333], [2, 666_666, -1]])
        #expect(parts(7, 1) == [[0, 0, -1]])
        #expect(parts(-1, 2) == nil)
        #expect(parts(0, 2) == nil)
        #expect(parts(5, 0) == nil)
    }

    /// Whatever a chunk's size, the pieces that are cut out of one by a division make it up again, in any order; and so
    /// they do when they are cut out of a chunk that has come in pieces of another division.
    @Test(arguments: 0..<50) func piecesMakeUpTheChunk(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = random.octets(Int.random(in: 0...200, using: &random))
        let mine = try #require(
            Division(average: .random(in: 1...150, using: &random), count: .random(in: 1...6, using: &random))
        )
        let theirs = try #require(
            Division(average: .random(in: 1...150, using: &random), count: .random(in: 1...6, using: &random))
        )
        var source = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        source.complete(whole)
        var relay = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        var copy = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        relay.size = whole.count
        copy.size = whole.count
        func offer(_ from: MediaChunk, _ to: inout MediaChunk, _ division: Division) {
            for assignment in division.assignments.shuffled(using: &random) {
                guard let content = from.extract(assignment) else { continue }
                #expect(content == whole[assignment.range(in: whole.count)])
                _ = to.insert(.init(id: assignment.id, offset: assignment.offset, content: content)) { $0 }
            }
            to.completeIfPossible { $0 }
        }
        for assignment in mine.assignments.shuffled(using: &random) {
            let content = try #require(source.extract(assignment))
            _ = relay.insert(.init(id: assignment.id, offset: assignment.offset, content: content)) { $0 }
            offer(relay, &copy, theirs)
        }
        relay.completeIfPossible { $0 }
        #expect(relay.data == whole)
        offer(relay, &copy, theirs)
        #expect(copy.data == whole)
    }

    /// However many peers a chunk is passed on to, and whether it is whole or not, its octets are there once.
    @Test(arguments: [false, true]) func whatIsCutOutIsNoCopy(isComplete: Bool) throws {
        var chunk = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        let octets = [UInt8](repeating: 7, count: 1_000)
        if isComplete {
            chunk.complete(octets)
        } else {
            _ = chunk.insert(.init(id: 0, offset: 0, content: octets[...])) { $0 }
        }
        func place(_ slice: ArraySlice<UInt8>?) -> UnsafeRawPointer? {
            slice?.withUnsafeBytes(\.baseAddress)
        }
        for (offset, length) in [(0, 1_000), (0, 500), (500, 500), (990, 10)] {
            let slice = chunk.extract(Assignment(id: 0, count: 9, offset: offset, length: length))
            #expect(slice?.count == length)
            #expect(place(slice) == octets.withUnsafeBytes { $0.baseAddress.map { $0 + offset } })
        }
    }

    @Test func aRangeWithoutEndNeedsTheWhole() {
        var chunk = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        _ = chunk.insert(.init(id: 1, offset: 2, content: [2, 3])) { $0 }
        #expect(chunk.extract(Assignment(id: 0, count: 2, offset: 2, length: 2)) == [2, 3])
        #expect(chunk.extract(Assignment(id: 0, count: 2, offset: 2, length: 3)) == nil)
        #expect(chunk.extract(Assignment(id: 0, count: 2, offset: 1, length: 2)) == nil)
        #expect(chunk.extract(Assignment(id: 1, count: 2, offset: 2, length: -1)) == nil)
        #expect(chunk.extract(Assignment(id: 1, count: 2, offset: .max, length: .max)) == nil)
    }

    @Test func senselessPiecesAreRefused() {
        var chunk = MediaChunk(index: 0, uri: "/a", state: .loadingFromPeers)
        chunk.size = 10
        let parts = [(0, -1, 2), (0, 9, 2), (0, .max, 2), (0, 3, 0)]
        for (id, offset, count) in parts {
            let content = [UInt8](repeating: 0, count: count)[...]
            let isTaken = chunk.insert(.init(id: id, offset: offset, content: content)) { $0 }
            #expect(!isTaken)
        }
        let part = MediaChunk.Part(id: 0, offset: 0, content: [1])
        let taken = [chunk.insert(part) { $0 }, chunk.insert(part) { $0 }]
        #expect(taken == [true, false])
    }

    @Test func theCacheKeepsTheNewest() {
        var cache = ChunkCache()
        for number in 0..<70 {
            cache.evict()
            _ = cache.make("http://h/\(number).ts", .initial)
        }
        #expect(cache.chunks.count == 61)
        #expect(cache["https://other/69.ts?q"]?.index == 69)
        #expect(cache["http://h/8.ts"] == nil)
        #expect(cache.next(after: 3)?.index == 9)
        #expect(cache.next(after: 68)?.index == 69)
        #expect(cache.next(after: 69) == nil)
        for number in 0..<500 { _ = cache.make("/\(number)", .initial) }
        #expect(cache.chunks.count == ChunkCache.hardLimit)
    }

    @Test func theAverageIsOfCompleteChunks() throws {
        var cache = ChunkCache()
        #expect(cache.average == nil)
        for size in [3, 4, 6] {
            let index = cache.make("/\(size)", .loadingFromSource)
            cache[index]?.complete([UInt8](repeating: 0, count: size))
        }
        _ = cache.make("/x", .initial)
        let average = try #require(cache.average)
        #expect(average == (4, 3))
    }
}
