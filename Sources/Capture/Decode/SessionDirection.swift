import RTMFP

/// One direction of a session, joined from all that logged it, with what opens its packets.
final class SessionDirection {
    /// Tells it from all others of the capture.
    let number: Int
    /// The mode of its packets.
    let mode: PacketMode
    /// How its packets are protected.
    let protection: PacketProtection
    /// What opens its packets; made when the first one comes, for a log may hold far more sessions than a capture.
    private(set) lazy var opener = PacketOpener(protection)
    /// Where the packets come from, as those who received them say.
    private(set) var sources: Set<SocketAddress> = []
    /// Where they go, as those who sent them say.
    private(set) var destinations: Set<SocketAddress> = []

    /// The addresses of the last packet that was verified: most packets have those of the one before, and comparing is
    /// quicker than looking up.
    private var last: (source: SocketAddress, destination: SocketAddress)?

    init(_ logged: LoggedDirection, number: Int) {
        self.number = number
        mode = logged.mode
        protection = logged.protection
        join(logged)
    }

    /// Adds what another process logged about the same direction.
    func join(_ logged: LoggedDirection) {
        switch logged.travel {
        case .sent: destinations.insert(logged.farAddress)
        case .received: sources.insert(logged.farAddress)
        }
    }

    /// Learns the end that nobody logged from a packet that was verified.
    func verified(_ datagram: CapturedDatagram) {
        last = (datagram.source, datagram.destination)
        if sources.isEmpty { sources.insert(datagram.source) }
        if destinations.isEmpty { destinations.insert(datagram.destination) }
    }

    /// Whether a datagram travels between the addresses of the last packet that was verified.
    func continues(_ datagram: CapturedDatagram) -> Bool {
        last.map { $0.source == datagram.source && $0.destination == datagram.destination } ?? false
    }

    /// How many of a datagram's addresses are this direction's.
    func matches(_ datagram: CapturedDatagram) -> Int {
        (sources.contains(datagram.source) ? 1 : 0) + (destinations.contains(datagram.destination) ? 1 : 0)
    }

    /// Whether no address of a datagram speaks against it being this direction's, so that it must open.
    func covers(_ datagram: CapturedDatagram) -> Bool {
        (sources.isEmpty || sources.contains(datagram.source))
            && (destinations.isEmpty || destinations.contains(datagram.destination))
    }
}
