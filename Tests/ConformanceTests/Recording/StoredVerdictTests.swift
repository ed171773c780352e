import Foundation
import Testing

@testable import Conformance

/// What the cases say of the implementations in the stored captures; Documentation/Interoperability.md explains each.
struct StoredVerdictTests {
    /// A failed case of an implementation.
    struct Failure: Hashable, CustomStringConvertible {
        var target: String
        var id: String

        init(_ target: String, _ id: String) {
            self.target = target
            self.id = id
        }

        var description: String { "\(id) of \(target)" }
    }

    private static let failures: [String: Set<Failure>] = [
        "cumulus-librtmfp-p2p": [
            Failure("10.77.6.2:55592", "capture/packet/time-critical-marks-data"),
            Failure("10.77.6.3:36005", "capture/packet/time-critical-marks-data"),
            Failure("10.77.6.3:36005", "capture/flow/abandoned-without-octets"),
        ],
        "go-echo": [
            Failure("127.0.0.1:40555", "capture/flow/fsn-offset-0-abandons"),
            Failure("127.0.0.1:40555", "capture/flow/forward-number-spares-outstanding"),
            Failure("127.0.0.1:40555", "capture/flash-crypto/no-ephemeral-key-beside-static"),
            Failure("127.0.0.1:8000", "capture/flow/fsn-offset-0-abandons"),
            Failure("127.0.0.1:8000", "capture/flow/forward-number-spares-outstanding"),
        ],
    ]

    @Test("The failures are those that the documentation explains", arguments: StoredCaptures.names)
    func failures(_ name: String) throws {
        let results = try judge(name)
        let failed = results.filter { $0.verdict == .failed }.map { Failure($0.target ?? "", $0.id) }
        #expect(Set(failed) == Self.failures[name] ?? [])
        #expect(failed.count == Set(failed).count)
        let verdicts: Set<Verdict> = [.passed, .tolerated, .failed, .undecided]
        #expect(Set(results.map(\.verdict)).subtracting(verdicts) == [])
        #expect(results.count { $0.verdict == .passed } >= 70)
        for result in results where result.verdict == .failed {
            #expect(!result.transcript.isEmpty, "\(result.heading)")
        }
    }

    @Test(
        "Tolerated are chunk types of their own, and large packets within one machine",
        arguments: StoredCaptures.names
    )
    func tolerated(_ name: String) throws {
        let tolerated = try judge(name).filter { $0.verdict == .tolerated }.map(\.id)
        let permitted: Set = ["capture/chunk/defined-types", "capture/flow/data-fits-the-path"]
        #expect(Set(tolerated).subtracting(permitted) == [])
        #expect(tolerated.contains("capture/flow/data-fits-the-path") == (name == "go-echo"))
    }

    @Test("Nobody in the swarms of the reference fails a case", arguments: StoredCaptures.swarms)
    func swarms(_ name: String) throws {
        let results = try judge(name)
        #expect(results.filter { ![.passed, .undecided].contains($0.verdict) }.map(\.heading) == [])
        #expect(results.count { $0.verdict == .passed } >= 150)
    }

    @Test("The documentation names every failed case")
    func documented() throws {
        let path = StoredCaptures.path("x", "md").replacing("captures/x.md", with: "Documentation/Interoperability.md")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for failure in Self.failures.values.joined() {
            let name = failure.id.split(separator: "/").dropFirst().joined(separator: "/")
            #expect(text.contains("`\(name)`"), "\(failure)")
        }
    }

    @Test("All cases but those about fragments and probes of the path MTU are decided by some capture")
    func decided() throws {
        var decided: Set<String> = []
        for name in StoredCaptures.names {
            decided.formUnion(try judge(name).filter { $0.verdict != .undecided }.map(\.id))
        }
        let undecided = Set(Suite.capture.map(\.id)).subtracting(decided)
        #expect(
            undecided == [
                "capture/chunk/last-fragment-marked", "capture/chunk/fragments-numbered-from-0",
                "capture/chunk/fragments-share-packet-id", "capture/chunk/fragments-not-empty",
                "capture/chunk/fragments-keep-the-mode", "capture/congestion/fragments-rate-limited",
                "capture/timers/mtu-probe-pads-before-ping",
            ]
        )
    }

    private func judge(_ name: String) throws -> [CaseResult] {
        Judge(try StoredCaptures.recording(name), command: "").run(Suite.capture)
    }
}
