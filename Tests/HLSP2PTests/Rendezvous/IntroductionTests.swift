import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// Introduction by peer ID, and direct streams after it (RFC 7016 §3.5.1.6, RFC 7425 §5.4).
@Suite struct IntroductionTests {
    let house: House

    init() throws {
        house = try House()
    }

    /// Lets `client` ask the rendezvous for a peer.
    private func seek(_ fingerprint: [UInt8], by client: Party, for interval: Interval = .seconds(1)) {
        let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        client.endpoint.open(to: [house.host.address], endpointDiscriminator: discriminator, at: house.now)
        house.world.run(interval)
    }

    private func addresses(at client: Party) -> [SocketAddress] {
        client.events.flatMap { event -> [SocketAddress] in
            if case .redirected(_, let addresses) = event { addresses } else { [] }
        }
    }

    @Test func twoViewersAreIntroducedAndPlayDirectly() throws {
        let (publisher, subscriber) = (try house.viewer(), try house.viewer())
        seek(publisher.fingerprint, by: subscriber)
        #expect(addresses(at: subscriber) == [publisher.address])
        let peer = try #require(subscriber.peers.values.first)
        let stream = try #require(peer.play(publisher.peerID, at: house.now))
        house.world.run()
        #expect(publisher.peerBrief == ["play \(publisher.peerID)"])
        #expect(subscriber.peerBrief.prefix(3) == ["begun", "NetStream.Play.Reset", "NetStream.Play.Start"])
        publisher.peerLog.first?.stream.send(Message(.data, timestamp: 4, [5]), at: house.now)
        house.world.run()
        #expect(subscriber.peerBrief.last == "Data 4 [5]")
        #expect(!stream.isClosed)
        // The rendezvous is not needed any longer.
        try house.rendezvous.stop(at: house.now)
        house.world.run()
        #expect(!stream.isClosed)
    }

    @Test func aPeerMayRefuse() throws {
        let (publisher, subscriber) = (try house.viewer(), try house.viewer())
        publisher.admits = { _ in false }
        seek(publisher.fingerprint, by: subscriber)
        _ = subscriber.peers.values.first?.play("film", at: house.now)
        house.world.run()
        #expect(subscriber.peerBrief == ["closed"])
    }

    @Test func theRedirectHoldsObservedAndReportedAddresses() throws {
        let (target, seeker) = (try house.viewer(), try house.viewer())
        let reported = ["10.9.8.7:1234", "[2001:db8::1]:5", target.address.description].compactMap(
            SocketAddress.init(presentation:)
        )
        target.connection?.setPeerInfo(reported, at: house.now)
        house.world.run()
        let introduction = try house.rendezvous.introduction(
            for: IHello(
                endpointDiscriminator: EndpointDiscriminator(fingerprint: target.fingerprint).encoded,
                tag: [1]
            ),
            from: seeker.address,
            selected: false
        )
        #expect(
            introduction.redirect == [
                Address(target.address, origin: .observed), Address(reported[0], origin: .reported),
                Address(reported[1], origin: .reported),
            ]
        )
        #expect(introduction.forward.count == 1)
        #expect(!introduction.responds)
        seek(target.fingerprint, by: seeker)
        #expect(addresses(at: seeker) == [target.address] + reported.prefix(2))
    }

    @Test func aLaterListReplacesTheFormerAndHasALimit() throws {
        let target = try house.viewer()
        func redirect() throws -> [SocketAddress] {
            let hello = IHello(
                endpointDiscriminator: EndpointDiscriminator(fingerprint: target.fingerprint).encoded,
                tag: []
            )
            let introduction = try house.rendezvous.introduction(for: hello, from: target.address, selected: false)
            return (introduction.redirect ?? []).dropFirst().map(\.socket)
        }
        let many = (1...20).map { SocketAddress(.v4(0x0a00_0000 + $0), port: 7) }
        target.connection?.setPeerInfo(many, at: house.now)
        house.world.run()
        #expect(try redirect() == Array(many.prefix(8)))
        target.connection?.setPeerInfo([many[19]], at: house.now)
        house.world.run()
        #expect(try redirect() == [many[19]])
        target.connection?.setPeerInfo([], at: house.now)
        house.world.run()
        #expect(try redirect() == [])
    }

    @Test func nobodyIsIntroducedToWhoIsNotConnected() throws {
        let seeker = try house.viewer()
        seek([UInt8](repeating: 9, count: 32), by: seeker, for: .seconds(10))
        seek([1, 2, 3], by: seeker)
        let leaves = try house.viewer()
        let refused = try house.viewer("cumulus_app")
        leaves.connection?.close(at: house.now)
        house.world.run()
        seek(leaves.fingerprint, by: seeker)
        seek(refused.fingerprint, by: seeker)
        house.registry.isSlow = true
        let waits = try house.viewer()
        seek(waits.fingerprint, by: seeker)
        #expect(addresses(at: seeker) == [])
        #expect(seeker.peers.isEmpty)
    }

    /// The redirect says where the client is now.
    @Test func anIntroductionFollowsAClientThatMoves() throws {
        let target = try house.viewer()
        house.world.run(.seconds(5))
        house.world.move(target, to: .loopback(port: 61_000))
        _ = target.connection?.call("getParticipants", [.string("film")], at: house.now)
        house.world.run(.seconds(5))
        let seeker = try house.viewer()
        seek(target.fingerprint, by: seeker)
        #expect(addresses(at: seeker) == [.loopback(port: 61_000)])
        #expect(seeker.peers.count == 1)
    }
}
