import RTMFP

extension ProbeSession {
    /// Makes sure that the session is open and its far end alive: sends a Ping until it is answered.
    ///
    /// The answer must hold the Ping's message, unless the survey has found out that this far end's never do: one case
    /// is about that, and the others must not all fail for it.
    func confirm() throws {
        guard !probe.survey.echoesPings else { return _ = try ping() }
        let message = probe.octets(12)
        try peer.ask("a Ping Reply") {
            try say([.ping(Ping(message: message))])
        } _: { [nearSessionID] heard in
            heard.sessionID == nearSessionID && !heard.pingReplies.isEmpty ? () : nil
        }
    }
}

extension ProbeSession {
    /// The peer ID under which the far end knows the probe: 64 lower-case hexadecimal digits.
    var nearPeerID: String {
        (try? Certificate(keying.chunk.initiatorCertificate)).map { hex($0.fingerprint) } ?? ""
    }
}
