import Foundation
import RTMFP
import Testing

@testable import Fuzzing

/// What fuzzing has found once stays mended, and what it begins with is no finding.
struct FuzzTargetTests {
    /// Octets that once broke something, in a folder a target.
    private static let findings: [(target: FuzzTarget, octets: [UInt8], name: String)] = FuzzTarget.all.flatMap {
        target in
        let folder = Bundle.module.bundleURL.appending(path: "Findings/\(target.name)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path).map { (target, Array($0), name) }
        }
    }

    @Test func noFindingComesBack() throws {
        for (target, octets, name) in Self.findings {
            #expect(throws: Never.self, "\(target.name): \(name)") { try target.run(octets) }
        }
    }

    @Test("Seeds, cut and altered ones", arguments: FuzzTarget.all.map(\.name))
    func seedsAreNoFindings(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        var random = SeededGenerator(seed: 1, name: target.name)
        for seed in target.seeds().prefix(60) + [[], [0], [0xff]] {
            for _ in 0..<10 {
                var octets = seed
                for _ in 0..<Int.random(in: 0...3, using: &random) where !octets.isEmpty {
                    octets[Int.random(in: octets.indices, using: &random)] = random.next()
                }
                if Bool.random(using: &random) { octets = octets.dropLast(Int.random(in: 0...4, using: &random)) }
                #expect(throws: Never.self, "\(octets)") { try target.run(octets) }
            }
        }
    }

    @Test func aViolationIsTold() throws {
        let target = FuzzTarget("broken", "") { octets in
            try requireRoundTrip(octets, encode: { $0 }) { $0.dropLast() }
        }
        #expect(throws: Violation.self) { try target.run([1]) }
        let refusing = FuzzTarget("refusing", "") { _ in throw WireError(.integerTooLarge, offset: 0, path: []) }
        try refusing.run([1])
    }

    @Test func namesAreUnique() {
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    }
}
