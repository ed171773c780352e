import RTMFP

/// Waits in which the probe says nothing but answers to Pings.
extension Probe {
    /// Lets time pass on sessions and answers their Pings; when the Pings came, by session.
    ///
    /// - Parameter isEnough: asked whenever a Ping has come.
    func attend(
        _ sessions: [ProbeSession],
        for interval: Interval,
        until isEnough: ([[Instant]]) -> Bool = { _ in false }
    ) throws -> [[Instant]] {
        var pings = sessions.map { _ in [Instant]() }
        guard let end = sessions.first.map({ $0.peer.now + interval }) else { return pings }
        // Sessions have links of their own; none must wait long for its answers.
        let slice = sessions.count == 1 ? interval : .milliseconds(50)
        while let now = sessions.first?.peer.now, now < end {
            for (index, session) in sessions.enumerated() {
                let until = min(end, session.peer.now + slice)
                while let heard = try session.peer.hear(until: until) {
                    guard heard.sessionID == session.nearSessionID else { continue }
                    for ping in heard.chunks.compactMap(\.asPing) {
                        try session.say([.pingReply(PingReply(messageEcho: ping.message))])
                        pings[index].append(heard.at)
                    }
                    if isEnough(pings) { return pings }
                }
            }
        }
        return pings
    }
}
