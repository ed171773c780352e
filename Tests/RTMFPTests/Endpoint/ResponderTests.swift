import RTMFP
import Testing

@Suite("Responder (RFC 7016 §3.5.1.1.2)")
struct ResponderTests {
    private static let now = Instant.origin + .seconds(10)

    /// An endpoint discriminator and whether it selects a server with hostname "host" that accepts ancillary data.
    struct Question: CustomTestStringConvertible, Sendable {
        var name: String
        var discriminator: [UInt8]
        var isAnswered: Bool

        var testDescription: String { name }

        static let all = [
            Question(name: "nothing", discriminator: [], isAnswered: false),
            Question(name: "a marker", discriminator: [0], isAnswered: false),
            Question(name: "an unknown option", discriminator: [2, 0x55, 1], isAnswered: false),
            Question(name: "a torn option", discriminator: [9, 0x0a, 1], isAnswered: false),
            Question(name: "any URI", discriminator: EndpointDiscriminator(uri: "x").encoded, isAnswered: true),
            Question(
                name: "the hostname",
                discriminator: EndpointDiscriminator(requiredHostname: Array("host".utf8)).encoded,
                isAnswered: true
            ),
            Question(
                name: "another hostname",
                discriminator: EndpointDiscriminator(requiredHostname: Array("hosts".utf8)).encoded,
                isAnswered: false
            ),
            Question(
                name: "another hostname and a URI",
                discriminator: EndpointDiscriminator(requiredHostname: [1], ancillaryData: [2]).encoded,
                isAnswered: false
            ),
            Question(
                name: "a foreign fingerprint and the hostname",
                discriminator: EndpointDiscriminator(
                    requiredHostname: Array("host".utf8),
                    fingerprint: [UInt8](repeating: 0, count: 32)
                ).encoded,
                isAnswered: false
            ),
        ]
    }

    private func server(_ seed: UInt64 = 2) throws -> Endpoint {
        var random = SeededGenerator(seed: seed)
        let identity = try Identity.ephemeral(groups: [.modp1024], hostname: Array("host".utf8), using: &random)
        return Endpoint(configuration: Configuration(identity: identity), random: random)
    }

    @Test("an IHello is answered if its discriminator selects this end", arguments: Question.all)
    func selection(question: Question) throws {
        let server = try server()
        let answers = server.answers(to: Startup.write([Startup.hello(question.discriminator)]), at: Self.now)
        #expect((answers.first?.responderHello != nil) == question.isAnswered)
        #expect(answers.count == (question.isAnswered ? 1 : 0))
    }

    @Test("the fingerprint alone selects")
    func fingerprint() throws {
        let server = try server()
        let own = EndpointDiscriminator(
            requiredHostname: [1],
            fingerprint: server.configuration.identity.certificate.fingerprint
        )
        let answers = server.answers(to: Startup.write([Startup.hello(own.encoded)]), at: Self.now)
        #expect(answers.count == 1)
    }

    @Test("the tag comes back whole, however long", arguments: [0, 1, 8, 16, 17, 127, 128, 1000])
    func tag(length: Int) throws {
        let tag = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        let server = try server()
        let answers = server.answers(to: Startup.write([Startup.hello(tag: tag)]), at: Self.now)
        let hello = try #require(answers.first?.responderHello)
        #expect(hello.tagEcho == tag)
        #expect(hello.responderCertificate == server.configuration.identity.certificate.encoded)
    }

    @Test("a repeated IHello is answered again")
    func repeated() throws {
        let server = try server()
        for _ in 0..<3 {
            #expect(server.answers(to: Startup.write([Startup.hello()]), at: Self.now).count == 1)
        }
    }

    @Test("a datagram with many IHellos gets one answer")
    func amplification() throws {
        let server = try server()
        let many = [Chunk](repeating: Startup.hello(tag: []), count: 50)
        #expect(server.answers(to: Startup.write(many), at: Self.now).count == 1)
    }

    @Test("twenty thousand IHellos leave nothing behind")
    func flood() throws {
        let server = try server()
        let datagram = Startup.write([Startup.hello()])
        for number in 0..<20_000 {
            let source = SocketAddress(.v4(UInt32(number)), port: 1935)
            server.receive(datagram, from: source, at: Self.now)
            #expect(server.takeDatagrams().count == 1)
        }
        #expect(server.sessionCount == 0)
        #expect(server.nextDeadline == nil)
        #expect(server.takeEvents().isEmpty)
    }

    /// Something wrong with an IIKeying.
    struct Wrong: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var change: @Sendable (inout IIKeying) -> Void

        static let all = [
            Wrong("session ID 0") { $0.initiatorSessionID = 0 },
            Wrong("no cookie") { $0.cookieEcho = [] },
            Wrong("a cookie with one bit wrong") { $0.cookieEcho[10] ^= 1 },
            Wrong("no certificate") { $0.initiatorCertificate = [] },
            Wrong("a torn certificate") { $0.initiatorCertificate.removeLast() },
            Wrong("no keying component") { $0.sessionKeyInitiatorComponent = [] },
            Wrong("a torn keying component") { $0.sessionKeyInitiatorComponent.removeLast() },
            Wrong("a public key of 2") { keying in
                keying.sessionKeyInitiatorComponent =
                    KeyingComponent(ephemeralKey: DiffieHellmanPublicKey(group: 2, publicKey: [2])).encoded
            },
            Wrong("a group that is not offered") { keying in
                keying.sessionKeyInitiatorComponent =
                    KeyingComponent(ephemeralKey: DiffieHellmanPublicKey(group: 14, publicKey: [7])).encoded
            },
            Wrong("a group selection without static keys") { keying in
                keying.sessionKeyInitiatorComponent = KeyingComponent(groupSelect: 2).encoded
            },
            Wrong("an HMAC length of 33") { keying in
                keying.sessionKeyInitiatorComponent += Option.value(type: 0x1a, [4, 33]).octets
            },
        ]

        init(_ description: String, _ change: @escaping @Sendable (inout IIKeying) -> Void) {
            testDescription = description
            self.change = change
        }
    }

    @Test("a wrong IIKeying is ignored, and the right one after it opens", arguments: Wrong.all)
    func wrongKeying(wrong: Wrong) throws {
        let spoiler = Meddling.keying { keying in
            // The component's HMAC option comes first, so a second one would not count.
            if wrong.testDescription.hasPrefix("an HMAC") { keying.sessionKeyInitiatorComponent = [] }
            wrong.change(&keying)
        }
        let pair = Pair(client: try Parties.endpoint(1, conduct: spoiler), server: try Parties.endpoint(2))
        pair.open()
        pair.pump.run(.seconds(1))
        #expect(pair.pump.startupChunks(from: Parties.client).contains { $0.initiatorKeying != nil })
        #expect(pair.server.sessionCount == 0)
        #expect(!pair.pump.startupChunks(from: Parties.server).contains { $0.responderKeying != nil })
        #expect(!pair.pump.startupChunks(from: Parties.server).contains { $0.cookieChange != nil })

        let other = SocketAddress.loopback(port: 50_001)
        let honest = try Parties.endpoint(3)
        pair.pump.attach(honest, at: other)
        honest.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.takeEvents(at: other).opened.count == 1)
    }

    @Test("signatures of any kind pass where none is required", arguments: [[], [0x58], [0xff, 0xff], [2, 0x1d, 0]])
    func signatures(signature: [UInt8]) throws {
        let signing = Meddling.keying { $0.signature = signature }
        let pair = Pair(client: try Parties.endpoint(1, conduct: signing), server: try Parties.endpoint(2))
        #expect(pair.opened() != nil)
    }

    @Test("an expired cookie is ignored, one of 95 seconds is not", arguments: [(95.0, true), (121.0, false)])
    func cookieAge(age: Double, opens: Bool) throws {
        let pair = try Pair()
        let late = Interval.seconds(age - 0.04)
        pair.pump.route = { transit in
            var transit = transit
            if transit.number == 2 { transit.arrival = transit.arrival + late }
            return transit.number <= 2 ? [transit] : []
        }
        pair.open()
        pair.pump.run(.seconds(130))
        #expect((pair.serverEvents().opened.count == 1) == opens)
    }

    @Test("an end that requires HMACs or sequence numbers refuses one that will not send them")
    func requirements() throws {
        let plain = try Parties.endpoint(1) { configuration in
            configuration.hmac = []
            configuration.sequenceNumbers = []
        }
        let strict = try Parties.endpoint(2) { $0.requiresHMAC = true }
        #expect(Pair(client: plain, server: strict).opened() == nil)
        let careful = try Parties.endpoint(3) { $0.requiresSequenceNumbers = true }
        #expect(Pair(client: plain, server: careful).opened() == nil)
        let willing = try Parties.endpoint(4)
        #expect(Pair(client: willing, server: strict).opened() != nil)
    }

    @Test("admission decides after the address is proven")
    func admission() throws {
        let pair = try Pair()
        var asked: [SocketAddress] = []
        pair.server.admission = { certificate, source in
            asked.append(source)
            return certificate.isEmpty
        }
        #expect(pair.opened() == nil)
        #expect(asked == [Parties.client])
    }

    @Test("a full server keeps the sessions that it has")
    func full() throws {
        let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2) { $0.maximumSessions = 1 })
        let handles = try #require(pair.opened())
        let other = SocketAddress.loopback(port: 50_001)
        let late = try Parties.endpoint(3)
        pair.pump.attach(late, at: other)
        let refused = late.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(5))
        #expect(late.state(of: refused) == .keyingSent)
        pair.client.close(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(60))
        #expect(late.state(of: refused) == .open)
    }

    @Test("an end that comes back from the same address with the same certificate replaces its session")
    func override() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let reborn = try Parties.endpoint(1) { $0.logsKeys = true }
        pair.pump.attach(reborn, at: Parties.client)
        // The same seed gives the same certificate, but keys that do not repeat: draw some numbers first.
        reborn.close(reborn.open(to: [], endpointDiscriminator: [], at: pair.pump.now), at: pair.pump.now)
        let again = reborn.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(reborn.state(of: again) == .open)
        let events = pair.serverEvents()
        #expect(events.first == .closed(handles.server, .overridden))
        #expect(events.opened.count == 1)
        #expect(pair.server.sessionCount == 1)
    }

    @Test(
        "an IIKeying that cannot open a session does not close the one that it would replace",
        arguments: [true, false]
    )
    func vainOverride(isRefused: Bool) throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        var keying = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).first)
        var random = SeededGenerator(seed: 5)
        let key =
            isRefused ? DiffieHellmanKeyPair(group: .modp1024, using: &random).publicKey : [UInt8]([2])
        keying.sessionKeyInitiatorComponent =
            KeyingComponent(ephemeralKey: DiffieHellmanPublicKey(group: 2, publicKey: key)).encoded
        pair.server.admission = { _, _ in !isRefused }
        let datagram = Startup.write([.initiatorInitialKeying(keying)])
        #expect(pair.server.answers(to: datagram, at: pair.pump.now).isEmpty)
        #expect(pair.server.state(of: handles.server) == .open)
    }

    @Test("another certificate from the same address does not")
    func noOverride() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let stranger = try Parties.endpoint(3)
        pair.pump.attach(stranger, at: Parties.client)
        let attempt = stranger.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(20))
        #expect(stranger.state(of: attempt) == .keyingSent)
        #expect(pair.server.state(of: handles.server) == .open)
        #expect(pair.server.sessionCount == 1)
    }
}

extension Option {
    /// The option alone.
    var octets: [UInt8] { [self].encoded }
}
