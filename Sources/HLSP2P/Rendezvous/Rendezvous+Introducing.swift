public import RTMFP

/// Introduction of clients to each other (RFC 7016 §3.5.1.6, RFC 7425 §5.4.1).
extension Rendezvous: Introducer {
    /// Answers an IHello for the peer ID of a connected client with that client's addresses, and forwards it to the
    /// client. About anybody else nothing is said: a Redirect without addresses would mean this server.
    public func introduction(
        for hello: IHello,
        from source: SocketAddress,
        selected: Bool
    ) -> Introduction {
        guard !selected else { return Introduction(responds: true) }
        guard let discriminator = try? EndpointDiscriminator(hello.endpointDiscriminator),
            let peerID = discriminator.fingerprint.flatMap(PeerID.init),
            let client = clientsByPeer[peerID], client.isConnected,
            let observed = endpoint.address(of: client.session)
        else { return Introduction() }
        let reported = client.advertised.filter { $0 != observed }.map { Address($0, origin: .reported) }
        return Introduction(redirect: [Address(observed, origin: .observed)] + reported, forward: [client.session])
    }
}
