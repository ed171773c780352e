/// Datagrams that wait for their time, a limited number of them.
struct HeldDatagrams {
    /// Datagrams at most; what comes when there is no room is lost, as it might be on the way.
    private static let capacity = 4096

    private var waiting: [(release: Instant, datagram: Datagram)] = []

    /// When the next one goes out.
    var next: Instant? { waiting.first?.release }

    mutating func hold(_ datagram: Datagram, until release: Instant) {
        guard waiting.count < HeldDatagrams.capacity else { return }
        // Nearly always the last place: what is held later goes out later.
        let place = (waiting.lastIndex { $0.release <= release } ?? -1) + 1
        waiting.insert((release, datagram), at: place)
    }

    mutating func release(at now: Instant) -> [Datagram] {
        let due = waiting.prefix { $0.release <= now }
        guard !due.isEmpty else { return [] }
        waiting.removeFirst(due.count)
        return due.map(\.datagram)
    }
}
