internal import Flash
internal import RTMFP

/// The connection to the rendezvous (tracker-protocol §8.1).
extension Peer {
    func connectToRendezvous() {
        rendezvousConnection = nil
        rendezvousSession = endpoint.open(
            to: rendezvous,
            endpointDiscriminator: EndpointDiscriminator(uri: configuration.rendezvousURL).encoded,
            at: now
        )
    }

    /// The session is open: asks to connect.
    func openedRendezvous(_ session: SessionHandle) {
        let connection = NetConnection(.client, over: session, of: endpoint, conduct: messageConduct)
        rendezvousConnection = connection
        let members: [AMFMember<AMF0Value>] = [
            AMFMember("flashVer", .string("LNX 11,2,202,0")), AMFMember("fpad", .boolean(false)),
            AMFMember("capabilities", .number(235)), AMFMember("audioCodecs", .number(3575)),
            AMFMember("videoCodecs", .number(252)), AMFMember("videoFunction", .number(1)),
            AMFMember("objectEncoding", .number(3)),
        ]
        connection.connect(
            to: configuration.rendezvousURL,
            members,
            [.string(configuration.swarm.resource.text)],
            at: now
        )
    }

    /// Takes out what has happened on the connection.
    func lookAtRendezvous() {
        for event in rendezvousConnection?.takeEvents() ?? [] {
            switch event {
            case .connected:
                rendezvousConnection?.setPeerInfo(configuration.localAddresses, at: now)
                swarm.rendezvousConnected(at: now)
            case .keepalive(let server, let peer):
                if let rendezvousSession { endpoint.setKeepalive(server, of: rendezvousSession, at: now) }
                endpoint.setKeepalive(peer, at: now)
            case .rejected, .closed:
                lostRendezvous()
            default:
                break
            }
        }
    }

    /// The rendezvous has refused this peer, or is gone. It may come back; until then the peers that are there are enough.
    func lostRendezvous() {
        guard let session = rendezvousSession else { return }
        rendezvousSession = nil
        rendezvousConnection = nil
        endpoint.close(session, at: now)
        swarm.rendezvousFailed(at: now)
        if swarm.mode != .cdnOnly { rendezvousRetryAt = now + Peer.rendezvousPause }
    }
}
