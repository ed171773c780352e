import RTMFP
import Testing

@Suite("Redirect and forwarding (RFC 7016 §3.5.1.4-§3.5.1.6)")
struct IntroductionTests {
    /// Says the same to everybody.
    private final class Oracle: Introducer {
        let introduction: Introduction

        init(_ introduction: Introduction) {
            self.introduction = introduction
        }

        func introduction(for hello: IHello, from source: SocketAddress, selected: Bool) -> Introduction {
            introduction
        }
    }

    private static let redirector = SocketAddress.loopback(port: 1940)

    private func redirectedPair(_ addresses: [Address]?) throws -> (Pair, Oracle) {
        let pair = try Pair()
        let oracle = Oracle(Introduction(redirect: addresses))
        let endpoint = try Parties.endpoint(9)
        endpoint.introducer = oracle
        pair.pump.attach(endpoint, at: Self.redirector)
        return (pair, oracle)
    }

    @Test("a Redirect leads to the responder, past a dead address")
    func redirect() throws {
        let dead = SocketAddress.loopback(port: 9)
        let (pair, oracle) = try redirectedPair([
            Address(dead, origin: .reported), Address(Parties.server, origin: .observed),
        ])
        let handle = withExtendedLifetime(oracle) {
            let handle = pair.client.open(
                to: [Self.redirector],
                endpointDiscriminator: Parties.uri,
                at: pair.pump.now
            )
            pair.pump.run(.seconds(1))
            return handle
        }
        let events = pair.clientEvents()
        #expect(events.first == .redirected(handle, [dead, Parties.server]))
        #expect(events.opened.map(\.1.address) == [Parties.server])
    }

    @Test("an empty Redirect means its own source")
    func impliedRedirect() throws {
        let pair = try Pair()
        let asked = SocketAddress.loopback(port: 9)
        let handle = pair.client.open(to: [asked], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.milliseconds(1))
        let tag = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorHello).first?.tag)
        let redirect = Chunk.responderRedirect(Redirect(tagEcho: tag, redirectDestinations: []))
        pair.pump.inject(Startup.write([redirect]), from: Parties.server, to: Parties.client)
        pair.pump.run(.seconds(1))
        let events = pair.clientEvents()
        #expect(events.first == .redirected(handle, [Parties.server]))
        #expect(events.opened.count == 1)
    }

    @Test("Redirects add up to 24 candidates, and the first one is still asked")
    func threshold() throws {
        let pair = try Pair()
        let handle = pair.client.open(to: [Parties.server], endpointDiscriminator: [2, 0x55, 1], at: pair.pump.now)
        pair.pump.run(.milliseconds(1))
        let tag = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorHello).first?.tag)
        for start in [UInt16(1000), 1010, 1090] {
            let addresses = (start..<(start + 20)).map { Address(.loopback(port: $0), origin: .unknown) }
            let redirect = Chunk.responderRedirect(Redirect(tagEcho: tag, redirectDestinations: addresses))
            pair.pump.inject(Startup.write([redirect]), from: .loopback(port: 5), to: Parties.client)
        }
        pair.pump.run(.seconds(20))
        #expect(pair.client.state(of: handle) == .helloSent)
        let hellos = pair.pump.sent.filter { $0.source == Parties.client }
        #expect(Set(hellos.map(\.datagram.far)).count == 24)
        #expect(hellos.filter { $0.datagram.far == Parties.server }.count > 2)
    }

    @Test("a Redirect is ignored without the tag, and once a responder was chosen")
    func ignored() throws {
        let pair = try Pair()
        let handle = pair.open()
        pair.pump.collect()
        pair.pump.lose([3])
        let elsewhere = [Address(.loopback(port: 5), origin: .unknown)]
        let foreign = Chunk.responderRedirect(Redirect(tagEcho: [1, 2], redirectDestinations: elsewhere))
        pair.pump.inject(Startup.write([foreign]), from: Parties.server, to: Parties.client)
        pair.pump.run(.milliseconds(100))
        #expect(pair.client.state(of: handle) == .keyingSent)
        let tag = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorHello).first?.tag)
        let late = Chunk.responderRedirect(Redirect(tagEcho: tag, redirectDestinations: elsewhere))
        pair.pump.inject(Startup.write([late]), from: Parties.server, to: Parties.client)
        pair.pump.run(.seconds(3))
        #expect(!pair.pump.sent.contains { $0.datagram.far == .loopback(port: 5) })
        #expect(pair.clientEvents().count == 1)
    }

    @Test("an introducer that knows nobody is silent")
    func silence() throws {
        let (pair, oracle) = try redirectedPair(nil)
        withExtendedLifetime(oracle) {
            pair.client.open(to: [Self.redirector], endpointDiscriminator: Parties.uri, at: pair.pump.now)
            pair.pump.run(.seconds(1))
        }
        #expect(!pair.pump.sent.contains { $0.source == Self.redirector })
    }

    @Test("a forwarded IHello opens a session with an end that its asker could not reach")
    func forwarding() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let asker = try Parties.endpoint(3)
        let away = SocketAddress.loopback(port: 50_003)
        pair.pump.attach(asker, at: away)
        let oracle = Oracle(Introduction(forward: [handles.server]))
        pair.server.introducer = oracle
        let peer = EndpointDiscriminator(fingerprint: pair.client.configuration.identity.certificate.fingerprint)
        withExtendedLifetime(oracle) {
            asker.open(to: [Parties.server], endpointDiscriminator: peer.encoded, at: pair.pump.now)
            pair.pump.run(.seconds(1))
        }
        let opened = try #require(pair.pump.takeEvents(at: away).opened.first)
        #expect(opened.1.address == Parties.client)
        #expect(opened.1.farFingerprint == peer.fingerprint)
        #expect(pair.clientEvents().opened.map(\.1.address) == [away])
    }

    @Test("a server finds the sessions of a fingerprint, as long as they are open")
    func lookup() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let fingerprint = pair.client.configuration.identity.certificate.fingerprint
        #expect(pair.server.openSessions(with: fingerprint) == [handles.server])
        #expect(pair.server.address(of: handles.server) == Parties.client)
        pair.client.close(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.server.openSessions(with: fingerprint).isEmpty)
    }
}
