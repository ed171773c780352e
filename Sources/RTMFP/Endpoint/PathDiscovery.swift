/// Finds out whether a path takes larger packets than the size that every path is taken to take (RFC 7016 §3.5.4.3).
///
/// A probe is a packet of the larger size, of Padding and, after it, a Ping. Nothing is lost when it does not arrive.
struct PathDiscovery {
    /// Octets of chunks in a probe: with everything around them they fit into an Ethernet frame, over IPv6 as well.
    static let largest = 1_380
    private static let attempts = 3

    private enum State {
        /// Nobody has needed larger packets yet.
        case idle
        case probing(token: [UInt8], left: Int, next: Instant)
        case settled
    }

    private var state = State.idle

    /// When the next probe is due.
    var deadline: Instant? {
        if case .probing(_, _, let next) = state { next } else { nil }
    }

    /// Somebody has something to send that larger packets would carry better.
    mutating func need(_ token: @autoclosure () -> [UInt8], at now: Instant) {
        guard case .idle = state else { return }
        state = .probing(token: token(), left: PathDiscovery.attempts, next: now)
    }

    /// The chunks of the probe that is due, if one is.
    mutating func probe(at now: Instant, timeout: Interval) -> [Chunk]? {
        guard case .probing(let token, let left, let next) = state, next <= now else { return nil }
        guard left > 0 else {
            state = .settled
            return nil
        }
        state = .probing(token: token, left: left - 1, next: now + timeout)
        let ping = Chunk.ping(Ping(message: token))
        let padding = [UInt8](repeating: 0, count: PathDiscovery.largest - ping.encodedLength - 3)
        return [.padding(ones: false, padding), ping]
    }

    /// Whether a Ping Reply says that a probe has arrived.
    mutating func isAnswered(_ message: [UInt8]) -> Bool {
        guard case .probing(let token, _, _) = state, message == token else { return false }
        state = .settled
        return true
    }

    /// The path is another one.
    mutating func restart() {
        state = .idle
    }
}
