import Flash
import RTMFP

/// A client that was told to play a stream from a peer; the probe is the server, and the peer (RFC 7425 §5.4.1).
final class ClientSubscription {
    let probe: Probe
    /// Who the peer is.
    let card: IdentityCard
    /// The client's session with the server.
    let server: ProbeSession
    /// The client's connection to the server, not accepted yet.
    let connection: ClientConnection
    /// What had come to the server's address before the client was let in.
    private let mark: Int

    /// Calls such a client, and waits until it asks to connect.
    init(_ probe: Probe) throws {
        self.probe = probe
        card = try IdentityCard(of: probe)
        let call = Call(subscription: .init(peerID: card.fingerprint, streamName: probe.survey.streamName))
        server = try given { try probe.receive(call).open() }
        connection = try server.expectConnect()
        mark = server.peer.heard.count
    }

    /// An IHello that has come to the server's address since the client asked to connect; nil if none has.
    var lateHello: Heard? { server.peer.heard[mark...].first { $0.first(\.asIHello) != nil } }

    /// Waits, at the server's address, for an IHello for the peer: no other can come now.
    func expectHello() throws -> Reception {
        let (hello, first) = try server.peer.expect("an IHello for the peer", within: .seconds(3), from: mark) {
            heard in
            heard.first(\.asIHello).map { ($0, heard) }
        }
        return Reception(probe: probe, door: server.peer, first: first, hello: hello, uri: nil)
    }

    /// Introduces the client to the peer, at another address; the session between the two.
    func introduce() throws -> ProbeSession {
        try given {
            try connection.accept()
            let reception = try expectHello()
            let other = try reception.otherPeer()
            return try reception.admit(reception.greet(card.plan, from: other))
        }
    }

    /// Waits until a flow of the client's has brought a message in a session with the peer; the first of them.
    func expectFlow(in session: ProbeSession) throws -> FarFlow {
        try session.waitFor("a flow with a message of the client's, in the session with the peer") {
            session.ear.flows.values.filter { !$0.messages.isEmpty }.min { $0.id < $1.id }
        } otherwise: {
            "none"
        }
    }
}
