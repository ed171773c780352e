import RTMFP
import Testing

/// RFC 7425 §4.7.3.3.
struct ReplayWindowTests {
    @Test(
        "A number is accepted once, if it is not too far behind the newest",
        arguments: [
            ([0, 1, 1], [true, true, false]),
            ([0, 3, 1, 2, 2], [true, true, true, true, false]),
            ([40, 9], [true, true]),
            ([40, 8], [true, true]),
            ([40, 8, 8, 40], [true, true, false, false]),
            ([1000, 5], [true, false]),
            ([7, 8], [true, true]),
            ([5, 500, 500, 5, 468], [true, true, false, false, true]),
            ([127, 0, 128, 1, 0], [true, true, true, true, false]),
            ([.max, .max, .max - 32, 0], [true, false, true, false]),
        ] as [([UInt64], [Bool])]
    )
    func acceptance(_ arrivals: [UInt64], _ expected: [Bool]) {
        var window = ReplayWindow()
        #expect(arrivals.map { window.accept($0) } == expected)
    }

    @Test("Reordering by up to 32 loses nothing, whatever the order")
    func reordering() {
        var random = SeededGenerator(seed: 1)
        var window = ReplayWindow()
        for start in stride(from: UInt64(0), to: 3300, by: 33) {
            let block = (start..<(start + 33)).shuffled(using: &random)
            let first = block.map { window.accept($0) }
            let again = block.map { window.accept($0) }
            #expect(first.allSatisfy { $0 })
            #expect(again.allSatisfy { !$0 })
        }
    }
}
