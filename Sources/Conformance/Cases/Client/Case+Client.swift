import RTMFP

extension Case {
    /// A case about clients; `name` is the part of the id after `client/`.
    ///
    /// Every case but the foundations needs a client that opens sessions: without one, nothing could be believed.
    static func client(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        accepts: [Alternative] = [],
        saboteurs: [String],
        setting: Setting? = nil,
        _ body: Body
    ) -> Case {
        Case(
            "client/\(name)",
            title,
            requirements,
            level: level,
            role: .client,
            needs: name.hasPrefix("foundation/") ? needs : needs.union([.sessions]),
            accepts: accepts,
            saboteurs: saboteurs,
            setting: setting,
            body
        )
    }
}

extension Reception {
    /// Another address of the checker, from which the client can be spoken to.
    func otherPeer() throws -> Peer {
        try probe.newPeer(towards: far)
    }

    /// Sends an RHello without waiting for what it brings.
    func say(_ welcome: Welcome, from peer: Peer? = nil) throws {
        try (peer ?? door).say([.responderHello(welcome.chunk)])
    }

    /// Sends a Redirect to `addresses`.
    func redirect(to addresses: [SocketAddress], tag: [UInt8]? = nil, from peer: Peer? = nil) throws {
        let destinations = addresses.map { Address($0, origin: .observed) }
        try (peer ?? door).say([
            .responderRedirect(Redirect(tagEcho: tag ?? hello.tag, redirectDestinations: destinations))
        ])
    }

    /// Waits until an IHello comes to `peer`; from the `start`th packet on, or from now.
    ///
    /// Nobody else knows of the address, so the tag is left to the cases that are about tags.
    @discardableResult
    func expectHello(
        at peer: Peer,
        within patience: Interval? = nil,
        from start: Int? = nil,
        _ expected: String = "an IHello"
    ) throws -> Heard {
        try peer.expect(expected, within: patience, from: start) { heard in
            heard.first(\.asIHello) != nil ? heard : nil
        }
    }

    /// Makes sure that clients like this one ask where a Redirect sends them; else nothing can be said about Redirects.
    func requireFollowing() throws {
        guard probe.survey.followsRedirects else {
            throw Lacking(reason: "it does not follow Redirects, as RFC 7016 §2.3.5 permits")
        }
    }
}

/// How much longer than the one before an interval between repetitions must be (RFC 7016 §3.5.1.1.1): 1.5 s, less a
/// fifth, since nobody should fail by the accuracy of a clock.
let backoffStep = Interval.milliseconds(1_200)

/// Fails unless each interval between `times` is longer than the one before by `backoffStep`; the first is free.
func requireBackoff(_ times: [Instant], of what: String) throws {
    let intervals = zip(times.dropFirst(), times).map { $0 - $1 }
    for (longer, shorter) in zip(intervals.dropFirst(), intervals) where longer < shorter + backoffStep {
        let seconds = intervals.map { "\(Double(Int($0.seconds * 100)) / 100)" }.joined(separator: ", ")
        throw Unmet(
            expected: "intervals between \(what)s that grow by 1.5 s at least",
            actual: "intervals of \(seconds) s"
        )
    }
}
