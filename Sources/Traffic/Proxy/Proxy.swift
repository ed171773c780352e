public import RTMFP

/// Sits between clients and a server, and holds every handshake with both, so that the keys of all sessions are known.
///
/// Packets are opened and sealed again for the other end; their chunks and times stay what they were, so each end keeps
/// its own numbers, acknowledgements and clock. What each end asks of keying, the other is asked. There are no timers: an
/// end that repeats itself is repeated.
///
/// What it cannot do:
/// - Stand in for a certificate with static keys: it shows another certificate, whose fingerprint is another. Whoever
///   asks for the true fingerprint is let through untouched, and that session is captured without keys.
/// - Sign in somebody's name: a signature with a password is passed on as it is, and is wrong.
/// - Be asked by peers that meet directly, at addresses that are not the proxy's. From a Redirect that names a socket of
///   the proxy, all other addresses are taken out.
/// - Put together startup packets that come in Fragment chunks.
public final class Proxy {
    /// A datagram to be sent from one of the proxy's sockets.
    public struct Sending: Hashable, Sendable {
        /// The socket: 0 is where clients come, each of the others is a client's towards the server.
        public var port: Int
        /// The octets.
        public var bytes: [UInt8]
        /// Where they go.
        public var far: SocketAddress
    }

    /// Clients at most: each takes a socket.
    public static let mostClients = 512

    let target: SocketAddress
    var random: any RandomNumberGenerator
    var tables = ProxyTables()
    private var ports: [SocketAddress: Int] = [:]
    private var clients: [Int: SocketAddress] = [:]
    private var ownAddresses: Set<SocketAddress> = []
    private let opener = PacketOpener(.defaultSession)
    private let sealer = PacketSealer(.defaultSession)
    private var sendings: [Sending] = []
    private var entries: [KeyLogEntry] = []
    private var notices: [String] = []
    private var noticed: Set<String> = []

    /// Makes a proxy for the server at `target`.
    ///
    /// - Parameter random: where its keys come from.
    public init(target: SocketAddress, random: any RandomNumberGenerator) {
        self.target = target
        self.random = random
    }

    /// Tells the address that a socket has.
    public func bound(_ address: SocketAddress) {
        ownAddresses.insert(address)
    }

    /// A datagram has come to one of the sockets.
    public func receive(_ datagram: [UInt8], on port: Int, from source: SocketAddress) {
        let place = ProxyTables.Place(port: port, address: source)
        guard let sessionID = try? unscrambledSessionID(datagram) else { return }
        let session = tables.sessions[sessionID]
        if let session, pass(datagram, sessionID, session, from: place) { return }
        if let opened = try? opener.open(datagram), let packet = try? Packet(opened.plain),
            packet.header.mode == .startup
        {
            for chunk in packet.chunks { hear(chunk, packet.header, datagram, session, from: place) }
        } else if let way = tables.opaque[place] {
            sendings.append(Sending(port: way.port, bytes: datagram, far: way.address))
        }
    }

    /// What is to be sent since the last call, in order.
    public func takeSendings() -> [Sending] {
        defer { sendings.removeAll() }
        return sendings
    }

    /// The keys of sessions that have opened since the last call.
    public func takeKeys() -> [KeyLogEntry] {
        defer { entries.removeAll() }
        return entries
    }

    /// What the user should know, said once each.
    public func takeNotices() -> [String] {
        defer { notices.removeAll() }
        return notices
    }

    func notice(_ text: String) {
        if noticed.count < 256, noticed.insert(text).inserted { notices.append(text) }
    }

    func keyed(_ keys: [KeyLogEntry]) {
        entries += keys
    }

    func isOwn(_ address: SocketAddress) -> Bool {
        ownAddresses.contains(address)
    }

    /// Sends a chunk in a startup packet with the times of the one that it came in.
    func say(_ chunk: Chunk, _ header: PacketHeader, to sessionID: UInt32 = 0, at place: ProxyTables.Place) {
        let datagram = sealer.seal(Packet(header, [chunk]).encoded, to: sessionID)
        sendings.append(Sending(port: place.port, bytes: datagram, far: place.address))
    }

    func send(_ datagram: [UInt8], to place: ProxyTables.Place) {
        sendings.append(Sending(port: place.port, bytes: datagram, far: place.address))
    }

    /// Where somebody's IHello goes: a client's to the server, anybody else's to the client whose socket it came to.
    func destination(from place: ProxyTables.Place) -> ProxyTables.Place? {
        if place.port != 0 { return clients[place.port].map { ProxyTables.Place(port: 0, address: $0) } }
        if let port = ports[place.address] { return ProxyTables.Place(port: port, address: target) }
        guard ports.count < Proxy.mostClients else {
            notice("more than \(Proxy.mostClients) clients have come; others are not answered")
            return nil
        }
        let port = ports.count + 1
        ports[place.address] = port
        clients[port] = place.address
        return ProxyTables.Place(port: port, address: target)
    }

    /// A session ID that no leg has; never 0.
    func makeSessionID() -> UInt32 {
        while true {
            let id = UInt32.random(in: 1...UInt32.max, using: &random)
            if tables.sessions[id] == nil { return id }
        }
    }
}
