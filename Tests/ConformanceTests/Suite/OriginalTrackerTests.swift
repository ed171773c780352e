import Arenas
import Conformance
import Fixtures
import Testing

/// What the suite says of the original's tracker, which is odd in ways that are known (quirks, part C). The rendezvous
/// beside it, and the framing of HTTP, are ours.
struct OriginalTrackerTests {
    private static let results = Result {
        let checker = try Checker(arena: SimulatedTrackers(kind: .original))
        return Dictionary(
            checker.run(Suite.tracker).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The cases that turn red, and the quirk that each one shows.
    private static let red: [String: String] = [
        "tracker/encoding/size-missing": "Q-061",
        "tracker/encoding/size-empty": "Q-061",
        "tracker/encoding/size-text": "Q-061",
        "tracker/encoding/no-null-entries": "Q-061",
        "tracker/encoding/size-negative": "§3.2: of size -1 comes all but the newest, if the window begins there",
        "tracker/encoding/resource-twice": "§3.2: two arguments for Redis",
        "tracker/encoding/resource-is-another-key": "Q-073",
        "tracker/encoding/resource-is-no-list": "Q-073",
        "tracker/count/json-for-other-keys": "§4: an empty body",
        "tracker/disconnect/app-is-no-list": "Q-063",
        "tracker/disconnect/non-list-of-the-registry-stays": "Q-063",
        "tracker/static/program-files": "Q-064",
        "tracker/concurrency/consistent-answers": "Q-069",
        "tracker/concurrency/nobody-at-first": "Q-069",
        "tracker/encoding/no-caching-of-peers": "§2: no Cache-Control",
        "tracker/encoding/no-caching-of-count": "§2: no Cache-Control",
    ]

    /// The cases that tolerate it, and why.
    private static let tolerated: [String: String] = [
        "tracker/selection/the-newest-for-size-1": "Q-068",
        "tracker/disconnect/only-plausible-callers": "Q-062",
        "tracker/cors/cross-domain-policy": "Q-065",
    ]

    /// What is tolerated of our framing of HTTP.
    private static let ours: Set<String> = ["tracker/http/bare-lf"]

    @Test("Exactly the known quirks turn cases red")
    func failures() throws {
        let red = try Self.results.get().values.filter(\.verdict.isRed)
        #expect(Set(red.map(\.id)) == Set(Self.red.keys))
        let crashed = red.filter { $0.verdict == .crashed }
        #expect(crashed.allSatisfy { Self.red[$0.id] == "Q-063" } && crashed.count == 2)
    }

    @Test("Exactly the known liberties are tolerated, each with its reason")
    func liberties() throws {
        let tolerated = try Self.results.get().values.filter { $0.verdict == .tolerated }
        #expect(Set(tolerated.map(\.id)).subtracting(Self.ours) == Set(Self.tolerated.keys))
        for result in tolerated {
            let reason = Self.tolerated[result.id] ?? ""
            #expect(result.note?.contains(reason) ?? false, "\(result.id): \(result.note ?? "")")
        }
    }

    @Test("Everything else passes")
    func passes() throws {
        let others = try Self.results.get().values.filter {
            ![.passed, .tolerated].contains($0.verdict) && !$0.verdict.isRed
        }
        #expect(others.isEmpty, "\(others.map { "\($0.id): \($0.verdict) \($0.note ?? $0.actual ?? "")" })")
        #expect(try Self.results.get().count == Suite.tracker.count)
    }
}
