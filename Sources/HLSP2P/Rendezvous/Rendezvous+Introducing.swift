internal import Flash
public import RTMFP

/// Introduction of clients to each other (RFC 7016 §3.5.1.6, RFC 7425 §5.4.1).
extension Rendezvous: Introducer {
    /// Answers an IHello for the peer ID of a connected client with that client's addresses, and forwards it to the
    /// client. The seeker of one who is connected to another rendezvous is sent there. About anybody else nothing is said:
    /// a Redirect without addresses would mean this server.
    public func introduction(
        for hello: IHello,
        from source: SocketAddress,
        selected: Bool
    ) -> Introduction {
        guard !selected else { return Introduction(responds: true) }
        guard let discriminator = try? EndpointDiscriminator(hello.endpointDiscriminator) else { return Introduction() }
        let peerID = discriminator.fingerprint.flatMap { PeerID($0) }
        let client = peerID.flatMap { clientsByPeer[$0] }
        if client == nil, let peerID {
            let others = registry.rendezvous(of: peerID)
            if !others.isEmpty { return Introduction(redirect: others.map { Address($0, origin: .relay) }) }
        }
        guard conduct.judges(.targetConnected, holds: client?.isConnected ?? false) else { return Introduction() }
        // A conduct that does not mind whether there is a target redirects to nowhere.
        let redirect = conduct.judges(.seekerRedirected, holds: true) ? client.map(addresses) ?? [] : nil
        let forward = conduct.judges(.targetForwarded, holds: true) ? client.map { [$0.session] } ?? [] : []
        return Introduction(redirect: redirect, forward: forward)
    }

    /// Where a client can be reached: where it was seen, and where it says.
    private func addresses(of client: RendezvousClient) -> [Address] {
        let observed = endpoint.address(of: client.session)
        let reported = client.advertised.filter { $0 != observed }.map { Address($0, origin: .reported) }
        let isObservedTold = conduct.judges(.observedAddressTold, holds: true)
        let areReportedTold = conduct.judges(.advertisedAddressesTold, holds: true)
        return (isObservedTold ? observed.map { [Address($0, origin: .observed)] } ?? [] : [])
            + (areReportedTold ? reported : [])
    }
}
