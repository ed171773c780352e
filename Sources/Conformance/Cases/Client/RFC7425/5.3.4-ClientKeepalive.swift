import Flash
import RTMFP

/// RFC 7425 §5.3.4: what a client makes of the keepalive periods that a server advises.
///
/// A client may keep to periods of its own, above its minimum and below its maximum. So whether it follows at all is found
/// out first, with six seconds: who pings then at that pace has no longer minimum, and must do so under the other
/// circumstances as well.
enum ClientKeepaliveCases {
    static let all: [Case] = [
        .connected(
            "keepalive-not-below-minimum",
            "A client that is advised of periods of a millisecond does not set them.",
            ["RFC7425-5.3.4-03"],
            saboteurs: ["keepalive-of-any-length"]
        ) { connection in
            try connection.advise(server: .milliseconds(1), peer: .milliseconds(1))
            let pings = try connection.session.probe.attend([connection.session], for: .seconds(4))[0]
            // Not even the shortest ERTO, 250 ms, lets a client with a minimum ping so often.
            try require(
                pings.count <= 16,
                expected: "a minimum below which no period is set",
                actual: "\(pings.count) Pings in 4 seconds"
            )
        },
        .connected(
            "keepalive-minimum-of-five-seconds",
            "The minimum of a client's keepalive periods is five seconds at least.",
            ["RFC7425-5.3.4-04"],
            level: .should,
            saboteurs: ["keepalive-of-any-length", "keepalive-minimum-of-one-second"]
        ) { connection in
            try connection.advise(server: .milliseconds(1), peer: .milliseconds(1))
            let pings = try connection.session.probe.attend([connection.session], for: .seconds(11))[0]
            let intervals = zip(pings.dropFirst(), pings).map { $0 - $1 }
            // Three Pings, so that one that was sent again for its lost answer is not enough.
            let isFast = intervals.count >= 2 && intervals.count { $0 < .milliseconds(4_500) } >= 2
            try require(
                !isFast,
                expected: "intervals of five seconds at least",
                actual: "intervals of \(intervals.prefix(6).map { "\($0.milliseconds)" }.joined(separator: ", ")) ms"
            )
        },
        .connected(
            "keepalive-of-server-and-peers",
            "The first period is for the session with the server, the second for those with peers.",
            ["RFC7425-5.3.4-06"],
            level: .should,
            saboteurs: ["keepalive-of-server-for-peers", "keepalive-of-peers-for-server", "keepalive-swapped"]
        ) { connection in
            try connection.requireFollowing(withPeers: true)
            let long = Interval.seconds(13)
            for (server, peer) in [(long, ClientConnection.pace), (ClientConnection.pace, long)] {
                try connection.advise(server: server, peer: peer)
                let quick = try server == long ? connection.session.openToClient() : connection.session
                try connection.requirePing(in: quick, server == long ? "a session with a peer" : "the server's session")
            }
        },
        .connected(
            "keepalive-timestamp-ignored",
            "The timestamp of the advice means nothing.",
            ["RFC7425-5.3.4-07"],
            saboteurs: ["keepalive-with-timestamp-ignored"]
        ) { connection in
            try connection.requireFollowing(withPeers: false)
            try connection.advise(server: .seconds(20), peer: .seconds(20))
            try connection.advise(server: ClientConnection.pace, peer: ClientConnection.pace, timestamp: .max)
            try connection.requirePing(in: connection.session, "the server's session")
        },
        .connected(
            "keepalive-advice-repeated",
            "Later advice counts instead of earlier advice.",
            ["RFC7425-5.3.4-08", "RFC7425-5.3.4-06"],
            saboteurs: ["first-keepalive-only"]
        ) { connection in
            try connection.advise(server: .seconds(20), peer: .seconds(20))
            try connection.advise(server: ClientConnection.pace, peer: ClientConnection.pace)
            let isHeeded = try connection.pings(in: connection.session)
            guard !isHeeded else { return }
            // Another client shows whether its kind follows the first advice.
            let other = try given { try connection.session.probe.receive().open().welcomeClient() }
            try other.requireFollowing(withPeers: false)
            throw Unmet(
                expected: "a Ping within the period advised last, \(ClientConnection.pace.seconds) s",
                actual: "none, although clients like it follow advice that comes first"
            )
        },
    ]
}

extension ClientConnection {
    /// A period above every minimum that clients should have, and short enough to wait for.
    fileprivate static let pace = Interval.seconds(6)

    /// Advises the client of keepalive periods.
    fileprivate func advise(server: Interval, peer: Interval, timestamp: UInt32 = 0) throws {
        func milliseconds(_ interval: Interval) -> UInt32 { UInt32(clamping: interval.nanoseconds / 1_000_000) }
        let advice = UserControl.setKeepalive(serverPeriod: milliseconds(server), peerPeriod: milliseconds(peer))
        var message = advice.message
        message.timestamp = timestamp
        try send(message)
    }

    /// Whether a Ping comes in a session within the pace.
    ///
    /// - Throws: `Inconclusive` if the client is not idle, so that it needs no keepalive.
    fileprivate func pings(in session: ProbeSession) throws -> Bool {
        let sessions = session === self.session ? [session] : [session, self.session]
        let data = session.ear.fragmentCount
        let wait = ClientConnection.pace * 1.25 + .milliseconds(500)
        let pings = try session.probe.attend(sessions, for: wait) { !$0[0].isEmpty }
        guard pings[0].isEmpty else { return true }
        guard session.ear.fragmentCount == data else {
            throw Inconclusive(reason: "the client sends data all the time, and needs no keepalive")
        }
        return false
    }

    fileprivate func requirePing(in session: ProbeSession, _ what: String) throws {
        try require(
            pings(in: session),
            expected: "a Ping within the advised period, \(ClientConnection.pace.seconds) s, in \(what)",
            actual: "none, although the client follows advice otherwise"
        )
    }

    /// Makes sure that the client sets periods of six seconds when it is advised of nothing else.
    fileprivate func requireFollowing(withPeers: Bool) throws {
        try advise(server: ClientConnection.pace, peer: ClientConnection.pace)
        let session = try withPeers ? self.session.openToClient() : self.session
        guard try pings(in: session) else {
            throw Lacking(
                reason: "it does not ping within \(Int(ClientConnection.pace.seconds)) s when advised to, as "
                    + "its own minimum permits (RFC 7425 §5.3.4)"
            )
        }
    }
}

extension Ear {
    /// Fragments that have come on all flows.
    fileprivate var fragmentCount: Int { flows.values.reduce(0) { $0 + $1.fragments.count } }
}
