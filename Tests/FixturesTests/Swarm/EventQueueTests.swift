import RTMFP
import Testing

@testable import Fixtures

/// Events come in the order of their times, and those of one time in the order in which they were put in.
struct EventQueueTests {
    @Test(arguments: 0..<20) func eventsComeInOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = EventQueue<Int>()
        var expected: [(at: Instant, number: Int)] = []
        var taken: [Int] = []
        var wanted: [Int] = []
        for number in 0..<500 {
            let at = Instant.origin + .milliseconds(.random(in: 0..<100, using: &random))
            queue.insert(number, at: at)
            expected.append((at, number))
            guard Bool.random(using: &random) else { continue }
            // The sort is not stable by itself, so numbers decide.
            expected.sort { $0.at == $1.at ? $0.number < $1.number : $0.at < $1.at }
            #expect(queue.first == expected.first?.at)
            wanted.append(expected.removeFirst().number)
            if let event = queue.popFirst()?.event { taken.append(event) }
        }
        expected.sort { $0.at == $1.at ? $0.number < $1.number : $0.at < $1.at }
        while let event = queue.popFirst()?.event { taken.append(event) }
        #expect(taken == wanted + expected.map(\.number))
        #expect(queue.first == nil)
    }
}
