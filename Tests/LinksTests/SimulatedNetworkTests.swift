import Links
import RTMFP
import Testing

struct SimulatedNetworkTests {
    static let home = SocketAddress(.v4(0x0a00_0001), port: 1935)
    static let outside = SocketAddress(.v4(0xcb00_7101), port: 40_000)

    @Test func timePassesOnlyWhileSomebodyWaits() throws {
        let network = SimulatedNetwork(seed: 1)
        network.conditions.delay = .milliseconds(40)
        try network.attach(Echo(), at: Self.home)
        let link = try network.makeLink()
        try link.send([1, 2, 3], to: Self.home)
        #expect(network.now == .origin)
        let answer = try #require(try link.receive(within: .seconds(1)))
        #expect(answer == ReceivedDatagram([1, 2, 3], from: Self.home, at: .origin + .milliseconds(80)))
        #expect(link.now == .origin + .milliseconds(80))
        #expect(try link.receive(within: .seconds(1)) == nil)
        #expect(network.now == .origin + .milliseconds(1080))
    }

    @Test func aDatagramThatArrivesAfterTheDeadlineWaitsForTheNextCall() throws {
        let network = SimulatedNetwork(seed: 1)
        network.conditions.delay = .milliseconds(40)
        try network.attach(Echo(), at: Self.home)
        let link = try network.makeLink()
        try link.send([1], to: Self.home)
        #expect(try link.receive(within: .milliseconds(80) + Interval(nanoseconds: -1)) == nil)
        #expect(try link.receive(within: Interval(nanoseconds: 1))?.at == .origin + .milliseconds(80))
    }

    @Test func conditionsOfOnePathLeaveTheOthersAlone() throws {
        let network = SimulatedNetwork(seed: 1)
        let (a, b) = (try network.makeLink(), try network.makeLink())
        network.setConditions(
            Conditions { $0.delay = .milliseconds(70) },
            from: a.localAddress,
            to: b.localAddress
        )
        try a.send([1], to: b.localAddress)
        #expect(try b.receive(within: .seconds(1))?.at == .origin + .milliseconds(70))
        try b.send([1], to: a.localAddress)
        #expect(try a.receive(within: .seconds(1))?.at == .origin + .milliseconds(70))
    }

    @Test func aNodeIsAdvancedExactlyAtItsDeadlines() throws {
        let deadlines = [5, 30, 30, 400].map { Instant.origin + .milliseconds(Double($0)) }
        let clock = AlarmClock(deadlines: deadlines)
        let network = SimulatedNetwork(seed: 1)
        try network.attach(clock, at: Self.home)
        let link = try network.makeLink()
        try network.advance(to: .origin + .milliseconds(10))
        // A deadline before the one that is set already.
        try link.send(AlarmClock.request(.milliseconds(7)), to: Self.home)
        try network.advance(to: .origin + .seconds(1))
        let expected = [5, 17, 30, 400].map { Instant.origin + .milliseconds(Double($0)) }
        #expect(clock.advances == expected)
    }

    @Test func anEndlessExchangeInNoTimeIsCutShort() throws {
        let network = SimulatedNetwork(seed: 1, eventLimit: 1000)
        try network.attach(Echo(), at: Self.home)
        try network.attach(Echo(), at: Self.outside)
        network.send(Datagram(bytes: [1], far: Self.home), from: Self.outside)
        #expect(throws: LinkError.restless(events: 1000)) { try network.advance(to: .origin + .seconds(1)) }
    }

    @Test func aNodeWhoseDeadlineNeverMovesIsCutShort() throws {
        let network = SimulatedNetwork(seed: 1, eventLimit: 1000)
        try network.attach(Restless(), at: Self.home)
        let link = try network.makeLink()
        #expect(throws: LinkError.restless(events: 1000)) { try link.receive(within: .seconds(1)) }
    }

    @Test func addressesBelongToOneEnd() throws {
        let network = SimulatedNetwork(seed: 1)
        try network.attach(Echo(), at: Self.home)
        #expect(throws: LinkError.self) { try network.attach(Mute(), at: Self.home) }
        #expect(throws: LinkError.self) { try network.makeLink(.everyone(.v4), at: Self.home) }
        network.detach(Self.home)
        let mute = Mute()
        try network.attach(mute, at: Self.home)
        let link = try network.makeLink()
        try link.send([1], to: Self.home)
        #expect(try link.receive(within: .seconds(1)) == nil)
        #expect(mute.heard.map(\.far) == [link.localAddress])
    }

    @Test func aDetachedNodeIsNotWokenAndHearsNothing() throws {
        let clock = AlarmClock(deadlines: [.origin + .milliseconds(50)])
        let network = SimulatedNetwork(seed: 1)
        network.conditions.delay = .milliseconds(20)
        try network.attach(clock, at: Self.home)
        let link = try network.makeLink()
        try link.send(AlarmClock.request(.milliseconds(1)), to: Self.home)
        try network.advance(to: .origin + .milliseconds(10))
        network.detach(Self.home)
        try network.advance(to: .origin + .seconds(1))
        #expect(clock.advances.isEmpty)
        #expect(network.vanished == 1)
    }
}

/// An end moves to another address, or its translator gives it another mapping.
struct AddressChangeTests {
    let network = SimulatedNetwork(seed: 1)
    let mute = Mute()
    let server = SocketAddress(.v4(0x0a00_0001), port: 1935)
    let outside = SocketAddress(.v4(0xcb00_7101), port: 40_000)

    @Test func laterDatagramsComeFromTheNewAddressAndRepliesReachIt() throws {
        try network.attach(Echo(), at: server)
        let link = try network.makeLink()
        let peer = try network.makeLink()
        try link.send([1], to: peer.localAddress)
        try network.changeAddress(of: link.localAddress, to: outside)
        try link.send([2], to: peer.localAddress)
        #expect(try receive(2, from: peer).map(\.far) == [link.localAddress, outside])
        try link.send([3], to: server)
        #expect(try link.receive(within: .seconds(1))?.bytes == [3])
        try peer.send([4], to: outside)
        #expect(try link.receive(within: .seconds(1))?.bytes == [4])
    }

    @Test(arguments: [false, true])
    func theOldAddressLivesOnOnlyIfKept(isKept: Bool) throws {
        network.conditions.delay = .milliseconds(10)
        let link = try network.makeLink()
        let peer = try network.makeLink()
        // Under way while the address changes, and sent after it.
        try peer.send([1], to: link.localAddress)
        try network.changeAddress(of: link.localAddress, to: outside, keepingOld: isKept)
        try peer.send([2], to: link.localAddress)
        let received = try receiveAll(from: link, until: .origin + .seconds(1))
        #expect(received.map(\.bytes) == (isKept ? [[1], [2]] : []))
        #expect(network.vanished == (isKept ? 0 : 2))
    }

    @Test func aNodeMovesLikeALink() throws {
        try network.attach(Echo(), at: server)
        try network.changeAddress(of: server, to: outside)
        let link = try network.makeLink()
        try link.send([1], to: outside)
        #expect(try link.receive(within: .seconds(1))?.far == outside)
    }

    @Test func aMappingThatIsGoneIsSilentWhileAPortWithoutAnybodyRefuses() throws {
        try network.attach(Echo(), at: server)
        let former = try network.makeLink(.only(server))
        try network.changeAddress(of: server, to: outside)
        try former.send([1], to: server)
        #expect(try former.receive(within: .seconds(1)) == nil)
        network.detach(server)
        let latter = try network.makeLink(.only(outside))
        try latter.send([1], to: outside)
        #expect(throws: LinkError.refused(outside)) { try latter.receive(within: .seconds(1)) }
    }

    @Test func conditionsFollowTheEndToItsNewAddress() throws {
        let link = try network.makeLink()
        let peer = try network.makeLink()
        let slow = Conditions { $0.delay = .milliseconds(70) }
        network.setConditions(slow, from: link.localAddress, to: peer.localAddress)
        network.setConditions(slow, from: peer.localAddress, to: link.localAddress)
        try network.changeAddress(of: link.localAddress, to: outside)
        try link.send([1], to: peer.localAddress)
        #expect(try peer.receive(within: .seconds(1))?.at == .origin + .milliseconds(70))
        try peer.send([1], to: outside)
        #expect(try link.receive(within: .seconds(1))?.at == .origin + .milliseconds(140))
    }

    @Test func nobodyTakesAnAddressThatIsInUse() throws {
        try network.attach(Echo(), at: server)
        let link = try network.makeLink()
        #expect(throws: LinkError.self) { try network.changeAddress(of: link.localAddress, to: server) }
        #expect(throws: LinkError.self) { try network.changeAddress(of: outside, to: outside) }
        try network.changeAddress(of: link.localAddress, to: outside)
        try network.changeAddress(of: link.localAddress, to: link.localAddress)
        try link.send([1], to: server)
        #expect(try link.receive(within: .seconds(1))?.bytes == [1])
    }
}
