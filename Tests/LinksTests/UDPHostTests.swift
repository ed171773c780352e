import Links
import RTMFP
import Testing

struct UDPHostTests {
    static let families = AddressFamily.allCases.filter { $0 == .v4 || Ground.hasIPv6 }

    @Test(arguments: families)
    func aNodeAnswersAThousandDatagrams(family: AddressFamily) throws {
        let host = try UDPHost(at: .loopback(family)) { _ in Echo() }
        defer { host.stop() }
        #expect(host.address.port != 0)
        let link = try UDPNetwork.loopback.makeLink(.everyone(family))
        let answers = try passThousand(from: link, to: host.address, at: link)
        #expect(answers.allSatisfy { $0.far == host.address })
    }

    @Test func theNodeIsToldItsAddress() throws {
        let host = try UDPHost(at: .loopback(.v4)) { address in Announcer(address) }
        defer { host.stop() }
        let link = try UDPNetwork.loopback.makeLink()
        try link.send([], to: host.address)
        let announced = try #require(try link.receive(within: patience))
        #expect(String(decoding: announced.bytes, as: UTF8.self) == "\(host.address)")
    }

    @Test func theNodeIsAdvancedAtItsDeadlines() throws {
        let host = try UDPHost(at: .loopback(.v4)) { _ in AlarmClock() }
        defer { host.stop() }
        let link = try UDPNetwork.loopback.makeLink()
        let asked = link.now
        // The later ones come before the first, which must be rung all the same.
        try link.send(AlarmClock.request(.seconds(3600)), to: host.address)
        try link.send(AlarmClock.request(.milliseconds(30)), to: host.address)
        try link.send(AlarmClock.request(.milliseconds(10)), to: host.address)
        let rings = try receive(2, from: link)
        #expect(rings[0].at >= asked + .milliseconds(10))
        #expect(rings[1].at >= asked + .milliseconds(30))
    }

    @Test func aNodeWhoseDeadlineNeverMovesLetsOthersLive() throws {
        let restless = try UDPHost(at: .loopback(.v4)) { _ in Restless() }
        defer { restless.stop() }
        let hosts = try (0..<4).map { _ in try UDPHost(at: .loopback(.v4)) { _ in Echo() } }
        defer { hosts.forEach { $0.stop() } }
        let link = try UDPNetwork.loopback.makeLink()
        for host in hosts {
            try link.send([1], to: host.address)
            #expect(try link.receive(within: patience)?.far == host.address)
        }
    }

    @Test func aNodeTakesItsLeave() throws {
        let host = try UDPHost(at: .loopback(.v4)) { _ in Polite() }
        let link = try UDPNetwork.loopback.makeLink()
        try link.send([1], to: host.address)
        #expect(try link.receive(within: patience)?.bytes == [1])
        host.stop()
        #expect(try link.receive(within: patience)?.bytes == [0xbe])
    }

    @Test func afterStopNobodyListensAndThePortIsFree() throws {
        let host = try UDPHost(at: .loopback(.v4)) { _ in Echo() }
        #expect(throws: LinkError.self) { try UDPHost(at: host.address) { _ in Echo() } }
        host.stop()
        host.stop()
        let link = try UDPNetwork.loopback.makeLink(.only(host.address))
        try link.send([1], to: host.address)
        #expect(throws: LinkError.refused(host.address)) { try link.receive(within: patience) }
        let next = try UDPHost(at: host.address) { _ in Echo() }
        #expect(next.address == host.address)
        next.stop()
    }

    /// The system refuses to send from a loopback address to a public one, and NIO closes the socket for it.
    @Test func aHostOutlivesADatagramThatTheSystemRefuses() throws {
        let host = try UDPHost(at: .loopback(.v4)) { _ in Astray() }
        defer { host.stop() }
        let link = try UDPNetwork.loopback.makeLink()
        // Sent until answered: what arrives while the socket is opened anew is lost.
        var answer: ReceivedDatagram?
        for _ in 0..<200 where answer == nil {
            try link.send([1], to: host.address)
            answer = try link.receive(within: .milliseconds(100))
        }
        #expect(answer?.far == host.address)
    }
}

/// Says its own address to whoever speaks to it.
private final class Announcer: DatagramNode {
    private let address: SocketAddress
    private var datagrams: [Datagram] = []

    init(_ address: SocketAddress) {
        self.address = address
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        datagrams.append(Datagram(bytes: Array("\(address)".utf8), far: far))
    }

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { nil }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams = [] }
        return datagrams
    }
}

/// Answers the first datagram to where it cannot be sent, and echoes the others.
private final class Astray: DatagramNode {
    private var hasErred = false
    private var datagrams: [Datagram] = []

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        datagrams.append(Datagram(bytes: datagram, far: hasErred ? far : SocketAddress(.v4(0xc000_0201), port: 9)))
        hasErred = true
    }

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { nil }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams = [] }
        return datagrams
    }
}
