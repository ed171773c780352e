import Capture
import RTMFP
import Testing
import Traffic

@Suite("A proxy that records")
struct ProxyTests {
    private static let client = SocketAddress(.v4(0x0a00_0009), port: 40_000)

    /// How an end is: with static keys or without, and what it asks for.
    struct End: Sendable, CustomStringConvertible {
        var isStatic: Bool
        var group = DiffieHellmanGroup.modp1024
        var flags: NegotiationFlags

        var description: String { "\(isStatic ? "static" : "ephemeral") \(group) \(flags.rawValue)" }

        func configuration(_ name: String) throws -> Configuration {
            var random = SeededGenerator(seed: 3, name: name)
            let identity: Identity =
                isStatic
                ? try .fixed(groups: [group], acceptsAncillaryData: true, using: &random)
                : try .ephemeral(groups: [group], using: &random)
            var configuration = Configuration(identity: identity)
            configuration.hmac = flags
            configuration.hmacLength = flags.isDisjoint(with: [.willSendAlways, .willSendOnRequest]) ? 0 : 10
            configuration.sequenceNumbers = flags
            return configuration
        }
    }

    private static let ends = [
        End(isStatic: true, flags: [.willSendOnRequest]), End(isStatic: false, flags: [.willSendOnRequest, .request]),
        End(isStatic: true, flags: []), End(isStatic: false, flags: [.willSendAlways]),
    ]

    private static func open(
        _ world: ProxyWorld,
        _ client: Endpoint,
        _ discriminator: EndpointDiscriminator = EndpointDiscriminator(uri: "rtmfp://server/app")
    ) -> SessionHandle {
        client.open(to: [ProxyWorld.listen], endpointDiscriminator: discriminator.encoded, at: world.now)
    }

    /// Sends a message that needs several packets, and gives what comes back.
    private static func echoed(_ world: ProxyWorld, _ client: Endpoint, _ session: SessionHandle) -> [[UInt8]] {
        guard let flow = client.openFlow(on: session, metadata: [1], at: world.now) else { return [] }
        client.write(message, on: flow, at: world.now)
        world.run()
        return (world.events[Self.client] ?? []).compactMap { event in
            if case .message(_, let message) = event { message.bytes } else { nil }
        }
    }

    private static let message = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 / 3) }

    @Test("passes sessions of every kind, and knows every key", arguments: ends, ends)
    func passes(_ near: End, _ far: End) throws {
        let world = ProxyWorld()
        let client = world.add(Self.client, try near.configuration("client"))
        _ = world.add(ProxyWorld.server, try far.configuration("server"))
        let session = Self.open(world, client)
        world.run()
        #expect(Self.echoed(world, client, session) == [Self.message])
        client.close(session, at: world.now)
        world.run()
        #expect(client.state(of: session) == nil)
        #expect(world.keys.count == 2)
        #expect(world.notices == [])
        #expect(world.decoded.allSatisfy { $0.status == .verified })
        // What each end asks for is what it gets, as without a proxy.
        let (towardsServer, towardsClient) = (try #require(world.keys.first), try #require(world.keys.last))
        #expect(towardsServer.sending.sequenceNumbers == near.flags.sends(to: far.flags))
        #expect(towardsClient.receiving.sequenceNumbers == near.flags.sends(to: far.flags))
        #expect(towardsClient.sending.sequenceNumbers == far.flags.sends(to: near.flags))
        #expect((towardsServer.receiving.verification == .checksum) == !far.flags.sends(to: near.flags))
    }

    @Test("both halves carry the same chunks")
    func sameChunks() throws {
        let world = ProxyWorld()
        let client = world.add(Self.client, try Self.ends[0].configuration("client"))
        _ = world.add(ProxyWorld.server, try Self.ends[1].configuration("server"))
        let session = Self.open(world, client)
        world.run()
        _ = Self.echoed(world, client, session)
        let packets = world.decoded.filter { $0.contents?.key == .session }
        func chunks(_ source: SocketAddress) -> [[Chunk]] {
            packets.filter { $0.datagram.source == source }.compactMap { $0.contents?.chunks.map(\.chunk) }
        }
        #expect(chunks(Self.client) == chunks(ProxyWorld.address(ofPort: 1)))
        #expect(chunks(ProxyWorld.server) == chunks(ProxyWorld.listen))
        #expect(!chunks(Self.client).isEmpty)
    }

    @Test(
        "shows certificates without static keys as they are, and others with keys of its own",
        arguments: [true, false]
    )
    func fingerprints(_ isStatic: Bool) throws {
        let world = ProxyWorld()
        let client = world.add(Self.client, try Self.ends[0].configuration("client"))
        let end = End(isStatic: isStatic, flags: [])
        let server = world.add(ProxyWorld.server, try end.configuration("server"))
        _ = Self.open(world, client)
        world.run()
        let opened = world.events[Self.client]?.compactMap { event in
            if case .opened(_, let opened) = event { opened } else { nil }
        }
        let seen = try #require(opened?.first).farFingerprint
        #expect((seen == server.configuration.identity.certificate.fingerprint) == !isStatic)
    }

    @Test("lets those through untouched who insist on keys that it has not", arguments: [true, false])
    func insists(_ isStatic: Bool) throws {
        let world = ProxyWorld()
        let client = world.add(Self.client, try Self.ends[0].configuration("client"))
        let end = End(isStatic: isStatic, flags: [.willSendOnRequest, .request])
        let server = world.add(ProxyWorld.server, try end.configuration("server"))
        let fingerprint = server.configuration.identity.certificate.fingerprint
        let session = Self.open(world, client, EndpointDiscriminator(fingerprint: fingerprint))
        world.run()
        #expect(Self.echoed(world, client, session) == [Self.message])
        #expect(world.keys.isEmpty == isStatic)
        #expect(world.notices.contains { $0.contains("captured without its keys") } == isStatic)
    }

    @Test("answers what comes twice as it did the first time, and remembers nothing for noise")
    func repeated() throws {
        let world = ProxyWorld()
        let client = world.add(Self.client, try Self.ends[0].configuration("client"))
        _ = world.add(ProxyWorld.server, try Self.ends[1].configuration("server"))
        _ = Self.open(world, client)
        world.run()
        let sent = world.captured.filter { $0.source == Self.client }
        for datagram in sent { world.proxy.receive(datagram.payload, on: 0, from: Self.client) }
        for length in 0..<100 { world.proxy.receive([UInt8](repeating: 0x5a, count: length), on: 0, from: Self.client) }
        world.run()
        #expect(world.keys.count == 2)
        #expect(world.decoded.allSatisfy { $0.status == .verified })
    }
}
