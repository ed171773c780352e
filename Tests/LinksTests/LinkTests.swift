import Links
import RTMFP
import Testing

/// What holds for links on every network.
struct LinkTests {
    @Test(.enabled(if: Ground.hasIPv6, "this machine has no IPv6 loopback address: its tests are left out"))
    func theMachineHasIPv6() throws {
        let link = try UDPNetwork.loopback.makeLink(.everyone(.v6))
        #expect(link.localAddress == .loopback(.v6, port: link.localAddress.port))
        #expect(link.localAddress.port != 0)
    }

    @Test(arguments: Ground.available, [0, 1, 1200, 9000, 65_507])
    func aDatagramArrivesWhole(ground: Ground, length: Int) throws {
        let network = ground.makeNetwork()
        let here = try network.makeLink(.everyone(ground.family))
        let there = try network.makeLink(.everyone(ground.family))
        var generator = SeededGenerator(seed: UInt64(length))
        let bytes = generator.octets(length)
        let before = here.now
        try here.send(bytes, to: there.localAddress)
        let received = try #require(try there.receive(within: patience))
        #expect(received.bytes == bytes)
        #expect(received.far == here.localAddress)
        #expect(received.at >= before && received.at <= there.now)
    }

    @Test(arguments: Ground.available)
    func aThousandDatagramsArriveInOrder(ground: Ground) throws {
        let network = ground.makeNetwork()
        let here = try network.makeLink(.everyone(ground.family))
        let there = try network.makeLink(.everyone(ground.family))
        let received = try passThousand(from: here, to: there.localAddress, at: there)
        #expect(zip(received, received.dropFirst()).allSatisfy { $0.at <= $1.at })
        #expect(there.dropped == 0)
    }

    @Test(arguments: Ground.available)
    func aDeadlinePassesWithoutADatagram(ground: Ground) throws {
        let link = try ground.makeNetwork().makeLink(.everyone(ground.family))
        let deadline = link.now + .milliseconds(5)
        #expect(try link.receive(until: deadline) == nil)
        #expect(link.now >= deadline)
        #expect(try link.receive(until: .origin) == nil)
    }

    @Test(arguments: Ground.available)
    func aClosedLinkDoesNothingAndItsAddressRefuses(ground: Ground) throws {
        let network = ground.makeNetwork()
        let closed = try network.makeLink(.everyone(ground.family))
        let far = closed.localAddress
        closed.close()
        closed.close()
        #expect(throws: LinkError.closed) { try closed.send([1], to: far) }
        #expect(throws: LinkError.closed) { try closed.receive(within: .zero) }

        let link = try network.makeLink(.only(far))
        try link.send([1], to: far)
        #expect(throws: LinkError.refused(far)) { try link.receive(within: patience) }
    }

    @Test(arguments: Ground.available)
    func aLinkToOneAddressHearsNobodyElse(ground: Ground) throws {
        let network = ground.makeNetwork()
        let friend = try network.makeLink(.everyone(ground.family))
        let stranger = try network.makeLink(.everyone(ground.family))
        let link = try network.makeLink(.only(friend.localAddress))
        try link.send([0], to: friend.localAddress)
        _ = try friend.receive(within: patience)
        try stranger.send([1], to: link.localAddress)
        try friend.send([2], to: link.localAddress)
        #expect(try link.receive(within: patience)?.bytes == [2])
        #expect(throws: LinkError.self) { try link.send([3], to: stranger.localAddress) }
    }

    @Test(arguments: Ground.available)
    func whatCannotBeSentIsSaidAtOnceAndHarmsNothing(ground: Ground) throws {
        let network = ground.makeNetwork()
        let here = try network.makeLink(.everyone(ground.family))
        let there = try network.makeLink(.everyone(ground.family))
        let other: AddressFamily = ground.family == .v4 ? .v6 : .v4
        let impossible: [SocketAddress] = [
            .loopback(ground.family, port: 0),
            .loopback(other, port: 9),
            SocketAddress(.v4(0xffff_ffff), port: 9),
            SocketAddress(.v6(high: 0xfe80_0000_0000_0000, low: 1), port: 9),
        ]
        for far in impossible {
            #expect(throws: LinkError.self, "\(far)") { try here.send([1], to: far) }
        }
        #expect(throws: LinkError.self) {
            try here.send([UInt8](repeating: 0, count: 65_528), to: there.localAddress)
        }
        try here.send([1], to: there.localAddress)
        #expect(try there.receive(within: patience)?.bytes == [1])
    }

    @Test(arguments: [AddressFamily.v4])
    func anAddressInUseCannotBeBound(family: AddressFamily) throws {
        let first = try UDPNetwork.loopback.makeLink(.everyone(family))
        let network = UDPNetwork(v4: first.localAddress)
        #expect(throws: LinkError.self) { try network.makeLink() }
    }
}
