import Foundation
import HLSP2P
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

    /// What each rule is taken to say, whatever it says.
    private static let faults: [(rule: PeerRule, verdict: Bool)] = [
        (.requestWindowFree, true), (.responseWindowFree, true), (.confirmWanted, false), (.confirmExpected, true),
        (.responseExpected, true), (.chunkComplete, true), (.rangeComplete, true), (.peerIsOther, true),
        (.failedSegmentSkipped, false), (.stallRepaired, false),
    ]

    /// What the stateful target holds against a peer can be broken: each of these faults shows in what it begins with.
    @Test(arguments: faults.indices) func aFaultyPeerIsAViolation(index: Int) throws {
        let (rule, verdict) = Self.faults[index]
        try requireViolation(by: FaultyPeer(rule: rule, verdict: verdict))
    }

    @Test func aPeerThatWaitsForEverIsAViolation() throws {
        try requireViolation(by: PatientPeer())
    }

    private func requireViolation(by conduct: any PeerConduct) throws {
        let scripts = PeerSeeds.scripts()
        for script in scripts { try PeerUnderFuzz().take(script) }
        #expect(throws: Violation.self, "\(conduct)") {
            for script in scripts { try PeerUnderFuzz(conduct: conduct).take(script) }
        }
    }

    @Test func dictionariesHoldTheWordsOfTheProtocol() throws {
        let envelope = try #require(FuzzTarget.all.first { $0.name == "envelope" })
        #expect(envelope.dictionary.contains(#""\x63\x6d\x64\x4d\x73\x67""#))
        #expect(FuzzTarget.all.allSatisfy { $0.dictionary.allSatisfy { $0.count <= 2 + 4 * 32 } })
    }

    @Test func namesAreUnique() {
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    }
}

/// Judges by one rule always in the same way.
private struct FaultyPeer: PeerConduct {
    let rule: PeerRule
    let verdict: Bool

    func judges(_ rule: PeerRule, holds: Bool) -> Bool { rule == self.rule ? verdict : holds }
}

/// Never gives up waiting for an answer.
private struct PatientPeer: PeerConduct {
    func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval {
        limit == .message ? .seconds(3_600) : correct
    }
}
