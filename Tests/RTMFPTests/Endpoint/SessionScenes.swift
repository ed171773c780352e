import RTMFP
import Testing

/// A scene for every rule about open sessions and their end.
enum SessionScenes {
    typealias Fault = ConductTests.Fault

    static let sessions = [
        Fault(.openForPing) { try !PacketScenes.isAnswered($0) { _ in } },
        Fault(.pingReplyExpected) { conduct in
            let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
            let handles = try #require(pair.opened())
            pair.client.send([.pingReply(PingReply(messageEcho: [1]))], on: handles.client, at: pair.pump.now)
            pair.pump.run(.seconds(1))
            return !pair.serverEvents().isEmpty
        },
        Fault(.closeRequestAnswered) {
            try said($0, .sessionCloseRequest) != ([.sessionCloseAcknowledgement], .farCloseLinger)
        },
        Fault(.closeAcknowledgementCloses) { try said($0, .sessionCloseAcknowledgement) != ([], nil) },
        Fault(.closeAcknowledgementUnanswered) { try said($0, .sessionCloseAcknowledgement) != ([], nil) },
        Fault(.addressNeedsVerification) { try moves($0, answersCheck: false) },
        Fault(.mobilityCheckDue) { try !moves($0, answersCheck: true) },
        Fault(.mobilityTokenGenuine) { try !moves($0, answersCheck: true) },
        Fault(.mobilityTokenFresh) { try !moves($0, answersCheck: true) },
    ]

    /// What a server says to a chunk, and where its session stands then.
    private static func said(_ conduct: any Conduct, _ chunk: Chunk) throws -> ([Chunk], SessionState?) {
        let heard = Heard()
        let client = try Parties.endpoint(1, conduct: heard)
        let pair = Pair(client: client, server: try Parties.endpoint(2, conduct: conduct))
        let handles = try #require(pair.opened())
        pair.client.send([chunk], on: handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return (heard.chunks, pair.server.state(of: handles.server))
    }

    /// Whether a server follows a client to another address, at which the client does or does not answer.
    private static func moves(_ conduct: any Conduct, answersCheck: Bool) throws -> Bool {
        let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
        let handles = try #require(pair.opened())
        let away = SocketAddress.loopback(port: 50_077)
        pair.pump.move(from: Parties.client, to: away)
        if !answersCheck { pair.pump.route = { $0.source == Parties.server ? [] : [$0] } }
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return pair.server.address(of: handles.server) == away
    }
}
