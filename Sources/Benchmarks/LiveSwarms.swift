import Fixtures
import Foundation
import HLSP2P

/// Measures a swarm of real peers behind real sockets: how much comes from peers, and how long viewers wait at the start.
enum LiveSwarms {
    /// `swarm-live [peers [seconds]]`: so many peers, two of whom come first, the others ten a second once those have had
    /// time to leave the CDN; then so many seconds.
    static func run(_ arguments: [String]) throws {
        let numbers = arguments.compactMap { Int($0) }
        let peers = max(3, numbers.first ?? 50)
        let seconds = Double(numbers.dropFirst().first ?? 60)
        let stream = try MadeUpStream()
        defer { stream.stop() }
        let swarm = LiveSwarm { stream.origin.file($0) }
        defer { swarm.stop() }
        for number in 0..<peers {
            if number == 2 { Thread.sleep(forTimeInterval: 8) }
            try swarm.add(stream.configuration)
            if number >= 2 { Thread.sleep(forTimeInterval: 0.1) }
        }
        let before = look(at: swarm)
        let start = ContinuousClock.now
        let cost = ProcessTime.now
        Thread.sleep(forTimeInterval: seconds)
        let after = look(at: swarm)
        let elapsed = start.duration(to: .now) / .seconds(1)
        let startups = after.compactMap(\.player.startup).sorted()
        let fromPeers = sum(after, \.status.octetsFromPeers) - sum(before, \.status.octetsFromPeers)
        let fromSources = sum(after, \.status.octetsFromSources) - sum(before, \.status.octetsFromSources)
        let steady = Double(fromPeers) / Double(max(1, fromPeers + fromSources))
        print(
            "\(after.count) peers on loopback: \(percent(after.offload)) of all octets from peers, \(percent(steady)) of",
            "those of the last \(Int(elapsed.rounded())) s; the first segment after",
            "\(milliseconds(startups.median)) (median), \(milliseconds(startups.last)) at most;",
            "\(percent((ProcessTime.now - cost) / elapsed / Double(peers))) of a processor a peer;",
            "\(sum(after, \.player.missing)) missing, \(sum(after, \.player.wrong)) wrong"
        )
    }

    private static func look(at swarm: LiveSwarm) -> [LiveSwarm.Member] {
        swarm.look()
        Thread.sleep(forTimeInterval: 1)
        return swarm.members
    }

    private static func sum(_ members: [LiveSwarm.Member], _ part: (LiveSwarm.Member) -> Int) -> Int {
        members.reduce(0) { $0 + part($1) }
    }

    private static func percent(_ part: Double) -> String { String(format: "%.1f %%", 100 * part) }

    private static func milliseconds(_ seconds: Double?) -> String {
        seconds.map { String(format: "%.0f ms", 1000 * $0) } ?? "never"
    }
}

extension [Double] {
    /// The one in the middle, of numbers in order.
    fileprivate var median: Double? { isEmpty ? nil : self[count / 2] }
}

/// Seconds of the processors' time that this process has taken: what a busy machine changes least.
enum ProcessTime {
    static var now: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
