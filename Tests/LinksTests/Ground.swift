import Links
import RTMFP
import Testing

/// A kind of network, for tests of what holds on every kind.
enum Ground: CustomTestStringConvertible, CaseIterable {
    case simulated
    case loopback4
    case loopback6

    /// The kinds that this machine has.
    static let available = allCases.filter { $0 != .loopback6 || hasIPv6 }

    /// Whether this machine has the address ::1.
    static let hasIPv6: Bool = (try? UDPNetwork.loopback.makeLink(.everyone(.v6))) != nil

    var testDescription: String { "\(self)" }

    var family: AddressFamily {
        self == .loopback6 ? .v6 : .v4
    }

    func makeNetwork() -> any Network {
        switch self {
        case .simulated: SimulatedNetwork(seed: 1)
        case .loopback4, .loopback6: UDPNetwork.loopback
        }
    }
}

/// Longer than anything here takes, unless it fails.
let patience = Interval.seconds(20)

/// The next `count` datagrams of a link.
func receive(_ count: Int, from link: any Link) throws -> [ReceivedDatagram] {
    try (0..<count).map { _ in try #require(try link.receive(within: patience)) }
}

/// Sends a thousand datagrams and expects them, in order, `at` a link: in groups that the buffer of any socket holds.
func passThousand(from here: any Link, to far: SocketAddress, at there: any Link) throws -> [ReceivedDatagram] {
    var received: [ReceivedDatagram] = []
    for group in 0..<20 {
        let sent = (0..<50).map { [UInt8(group), $0] + [UInt8](repeating: 7, count: 1000) }
        for bytes in sent { try here.send(bytes, to: far) }
        let group = try receive(sent.count, from: there)
        #expect(group.map(\.bytes) == sent)
        received += group
    }
    return received
}

/// All datagrams of a simulated link until `deadline`.
func receiveAll(from link: any Link, until deadline: Instant) throws -> [ReceivedDatagram] {
    var all: [ReceivedDatagram] = []
    while let datagram = try link.receive(until: deadline) { all.append(datagram) }
    return all
}
