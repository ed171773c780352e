import RTMFP

/// What becomes of the Pings that a target hears (RFC 7016 §3.5.4).
///
/// One case is about that; the others, which use Pings to learn that a session lives, must not all fail for it.
public enum Pings: String, Sendable, Hashable {
    /// They are answered with their messages, as they must be.
    case echoed
    /// They are answered, but not with their messages.
    case answered
    /// They are answered once the session has a NetConnection; before, they end the session.
    case answeredOnceConnected
    /// They are not answered.
    case unanswered
}

extension ProbeSession {
    /// Whether Pings are answered with their messages.
    ///
    /// - Throws: `Unmet` if they are not answered.
    func echoesPings() throws -> Bool {
        let message = probe.octets(12)
        return try askForReply(to: message).pingReplies.contains(message)
    }

    /// Makes sure that the session is open and its far end alive: sends a Ping until it is answered, in whatever way the
    /// survey has found that this target answers.
    ///
    /// - Throws: `Obstructed` if it answers none.
    @discardableResult
    func ping(header: PacketHeader? = nil) throws -> Heard {
        switch probe.survey.pings {
        case .echoed:
            return try ping(probe.octets(12), header: header)
        case .answered:
            return try askForReply(to: probe.octets(12), header: header)
        case .answeredOnceConnected:
            try preparePings()
            return try askForReply(to: probe.octets(12), header: header)
        case .unanswered:
            return try given { try ping(probe.octets(12), header: header) }
        }
    }

    /// Connects where Pings have to wait for that, and nothing has been answered yet.
    func preparePings() throws {
        guard probe.survey.pings == .answeredOnceConnected, !isConnected, let dialect = probe.survey.dialect else {
            return
        }
        try given { _ = try connect(in: dialect, flowID: 0xf1f1) }
    }

    /// Does what only a target can pass that answers every Ping with its message; blocks the case for any other.
    func buildingOnPings<T>(_ body: () throws -> T) throws -> T {
        probe.survey.pings == .echoed ? try body() : try given(body)
    }

    /// Fails unless the target shows that it has the session's keys: by an answer to a Ping, or, if it has none, by
    /// anything that it says on the session.
    func requireOpen() throws {
        guard probe.survey.pings == .unanswered else { return _ = try ping() }
        try peer.ask("a packet under the session's keys") {
            try say([.ping(Ping(message: probe.octets(12)))])
        } _: { [nearSessionID] heard in
            heard.sessionID == nearSessionID && heard.packet != nil ? () : nil
        }
    }

    /// Whether the target has answered anything on a flow.
    private var isConnected: Bool { ear.flows.values.contains { !$0.messages.isEmpty } }

    /// Sends a Ping until any Ping Reply comes.
    private func askForReply(to message: [UInt8], header: PacketHeader? = nil) throws -> Heard {
        try peer.ask("a Ping Reply") {
            try say([.ping(Ping(message: message))], header: header)
        } _: { [nearSessionID] heard in
            heard.sessionID == nearSessionID && !heard.pingReplies.isEmpty ? heard : nil
        }
    }
}
