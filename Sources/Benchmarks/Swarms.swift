import Fixtures
import RTMFP

/// Measures simulated swarms: how long a minute takes, and what it costs a peer.
enum Swarms {
    /// `swarms [peers …]`: a minute of virtual time with so many peers, who come evenly spread over its first half.
    static func run(_ arguments: [String]) throws {
        let sizes = arguments.compactMap { Int($0) }
        for size in sizes.isEmpty ? [100, 300, 1_000, 3_000, 10_000] : sizes {
            let swarm = try DirectSwarm(seed: 1)
            for number in 0..<size { swarm.join(after: .seconds(30 * Double(number) / Double(size))) }
            let elapsed = ContinuousClock().measure { swarm.run(.seconds(60)) }
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
            let outcome = swarm.outcome
            print(
                "\(size) peers without RTMFP: \(rounded(seconds)) s for 60 s, \(Int(1e6 * seconds / Double(size))) µs a peer,",
                "\(swarm.events) events, \(Int(1e9 * seconds / Double(swarm.events))) ns each;",
                "offload \(rounded(outcome.offload)), longest wait \(rounded(outcome.longestWait.seconds)) s,",
                "\(swarm.modes.map { "\($0.value) \($0.key)" }.sorted().joined(separator: " ")),",
                "\(outcome.complaints.count) complaints \(outcome.complaints.prefix(3))"
            )
        }
    }

    /// `swarms-rtmfp [peers …]`: the same with endpoints, sessions and flows.
    static func runWithRTMFP(_ arguments: [String]) throws {
        let sizes = arguments.compactMap { Int($0) }
        for size in sizes.isEmpty ? [100, 300, 1_000] : sizes {
            let swarm = try SimulatedSwarm(seed: 1)
            let start = ContinuousClock.now
            for _ in 0..<size {
                try swarm.join()
                try swarm.run(.seconds(30 / Double(size)))
            }
            try swarm.run(.seconds(30))
            let elapsed = start.duration(to: .now)
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
            let outcome = SwarmScenario.outcome(of: swarm)
            print(
                "\(size) peers: \(rounded(seconds)) s for 60 s, \(Int(1e6 * seconds / Double(size))) µs a peer;",
                "offload \(rounded(outcome.offload)), longest wait \(rounded(outcome.longestWait.seconds)) s,",
                "\(outcome.complaints.count) complaints \(outcome.complaints.prefix(3))"
            )
        }
    }

    /// `stories FIRST LAST`: the stories of those seeds, one after the other; tells what must not have happened.
    static func tellStories(_ arguments: [String]) throws {
        let numbers = arguments.compactMap { UInt64($0) }
        guard let first = numbers.first, let last = numbers.last, first <= last else { return }
        var complaints = 0
        for seed in first...last {
            let scenario = SwarmScenario(seed: seed)
            let outcome = try scenario.run()
            complaints += outcome.complaints.count
            guard first == last || !outcome.complaints.isEmpty else { continue }
            print(
                "seed \(seed): \(scenario.viewers) viewers, N \(scenario.peerCount),",
                "\(scenario.troubles.map(\.rawValue).sorted()), offload \(rounded(outcome.offload)),",
                "longest wait \(rounded(outcome.longestWait.seconds)) s, at the start",
                "\(rounded(outcome.longestStart.seconds)) s; \(outcome.complaints)"
            )
        }
        print("\(last - first + 1) stories, \(complaints) complaints")
    }

    private static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}
