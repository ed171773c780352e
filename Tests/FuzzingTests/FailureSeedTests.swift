import Foundation
import Testing

@testable import Fuzzing

/// What the target about failures begins with is what a case leaves behind, and no number in it does harm.
struct FailureSeedTests {
    private static let target = FuzzTarget.failures[0]

    @Test func aSeedOfEachRoleFits() {
        let seeds = Self.target.seeds()
        #expect(seeds.count == 3)
        for seed in seeds {
            #expect(seed.starts(with: Array("hlsp2p-check failure 2: {".utf8)))
            #expect(seed.count <= Self.target.maximumLength, "\(seed.count)")
        }
    }

    @Test(arguments: ["0", "-1", "1", "9223372036854775807", "-9223372036854775808", "1e300"])
    func aNumberThatIsOutOfProportionDoesNoHarm(_ number: String) throws {
        for seed in Self.target.seeds() {
            let text = String(decoding: seed, as: UTF8.self)
            let numbers = text.ranges(of: #/:-?[0-9.]+/#)
            // All of the comment, and some of the lines.
            let end = text.firstIndex(of: "\n") ?? text.endIndex
            for (index, range) in numbers.enumerated() where range.lowerBound < end || index.isMultiple(of: 7) {
                let changed = text.replacingCharacters(in: range, with: ":\(number)")
                #expect(throws: Never.self, "\(text[range])") { try Self.target.run(Array(changed.utf8)) }
            }
        }
    }
}
