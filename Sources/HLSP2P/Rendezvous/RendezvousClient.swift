internal import Flash
internal import RTMFP

/// A client of the rendezvous: one NetConnection, and what is known of it.
final class RendezvousClient {
    /// How far the client's registration has got.
    enum Standing {
        /// Nothing was registered, or not any longer.
        case unregistered
        /// The registry has not told yet.
        case registering(Registration)
        case registered(Registration)
    }

    let connection: NetConnection
    let peerID: PeerID
    var standing = Standing.unregistered
    /// The application that the client has connected to.
    var app = ""
    /// Which AMF the client asked for.
    var objectEncoding = 0.0
    /// Where the client says that it can be reached.
    var advertised: [SocketAddress] = []

    init(_ connection: NetConnection, _ peerID: PeerID) {
        self.connection = connection
        self.peerID = peerID
    }

    var session: SessionHandle { connection.session }
    var isConnected: Bool { connection.state == .connected }

    /// The resource that the client is registered under.
    var resource: ResourceName? {
        if case .registered(let registration) = standing { registration.resource } else { nil }
    }
}
