import Conformance
import Foundation
import Testing

@testable import Fuzzing

/// What the target about failures begins with is what a case leaves behind, and no number in it does harm.
struct FailureSeedTests {
    private static let target = FuzzTarget.failures[0]

    @Test func aSeedOfEachRoleFits() {
        let seeds = Self.target.seeds()
        #expect(seeds.count == 4)
        for seed in seeds {
            #expect(seed.starts(with: Array("hlsp2p-check failure 2: {".utf8)))
            #expect(seed.count <= Self.target.maximumLength, "\(seed.count)")
        }
    }

    /// What a seed's connections carry comes to the same verdict as what a tracker's carried: no octet of it goes by unheard.
    @Test func theConnectionsOfASeedAreReplayed() throws {
        let seed = try #require(Self.target.seeds().last)
        let text = String(decoding: seed, as: UTF8.self)
        let lines = text.split(separator: "\n").dropFirst()
        #expect(lines.contains { $0.hasPrefix("0>GET /get_peers?") && $0.hasSuffix("||") })
        #expect(lines.contains { $0.hasPrefix("0<HTTP/1.1 200 OK|") })
        let segments = FuzzedConnections.segments(lines.map { ArraySlice($0.utf8) })
        #expect(FuzzedConnections.lines(segments) == Array(text.drop { $0 != "\n" }.dropFirst().utf8))
        try FuzzTarget.withFailure(seed) { path, _ in
            let result = try #require(try FailureReplay(path: path)?.run(command: ""))
            #expect(result.verdict == .failed)
            #expect(result.actual == "no such field")
            #expect(result.note == nil, "it says all that it had said")
        }
    }

    @Test(arguments: ["|", "<", "\u{0}", ")", "0", ":", " "])
    func whateverATrackerSaysDoesNoHarm(_ text: String) throws {
        let seed = try #require(Self.target.seeds().last)
        let start = try #require(seed.firstIndex(of: UInt8(ascii: "\n")))
        for index in stride(from: start + 1, to: seed.count, by: 3) {
            var changed = seed
            changed.replaceSubrange(index..<(index + 1), with: Array(text.utf8))
            #expect(throws: Never.self, "octet \(index)") { try Self.target.run(changed) }
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
