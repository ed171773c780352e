import Capture
import Links
import RTMFP

/// Everything that one run of a case sends and receives, datagram by datagram.
final class Tape {
    /// A datagram, in the order in which the case sent or took it.
    struct Entry {
        /// The link, by order of appearance.
        var link: Int
        var isSent: Bool
        var bytes: [UInt8]
        var far: SocketAddress
        /// When it was sent, or had arrived, by the network's clock.
        var at: Instant
    }

    /// More than any case needs.
    private static let mostEntries = 20_000

    private(set) var entries: [Entry] = []
    /// The links' addresses, in order of appearance.
    private(set) var links: [SocketAddress] = []
    /// The keys of the case's sessions.
    private(set) var directions: [LoggedDirection] = []
    /// How many entries there were when the case found fault with something.
    private(set) var mark: Int?
    /// Whether all there was is here.
    private(set) var isWhole = true

    func add(_ address: SocketAddress) -> Int {
        links.append(address)
        return links.count - 1
    }

    func add(_ entry: Entry) {
        if entries.count < Tape.mostEntries { entries.append(entry) } else { isWhole = false }
    }

    func add(_ keys: [LoggedDirection]) {
        directions += keys
    }

    /// The case finds fault with what has come, or not come, so far.
    func markFault() {
        mark = entries.count
    }

    /// A network like another one, whose links are taped.
    func network(over network: any Network) -> any Network {
        TapedNetwork(network: network, tape: Reference(tape: self))
    }
}

/// Lets a case's tape be named by its network; both belong to the one thread that runs the case.
private struct Reference: @unchecked Sendable {
    let tape: Tape
}

private struct TapedNetwork: Network {
    let network: any Network
    let tape: Reference

    func makeLink(_ reach: Reach) throws -> any Link {
        TapedLink(try network.makeLink(reach), tape.tape)
    }
}

private final class TapedLink: Link {
    private let link: any Link
    private let tape: Tape
    private let number: Int

    init(_ link: any Link, _ tape: Tape) {
        self.link = link
        self.tape = tape
        number = tape.add(link.localAddress)
    }

    var localAddress: SocketAddress { link.localAddress }
    var now: Instant { link.now }
    var dropped: Int { link.dropped }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        tape.add(Tape.Entry(link: number, isSent: true, bytes: bytes, far: far, at: link.now))
        try link.send(bytes, to: far)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        let received = try link.receive(until: deadline)
        if let received {
            let far = received.far
            tape.add(Tape.Entry(link: number, isSent: false, bytes: received.bytes, far: far, at: received.at))
        }
        return received
    }

    func close() {
        link.close()
    }
}
