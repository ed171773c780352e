import RTMFP
import Testing

@Suite("Handshake (RFC 7016 §3.5.1.1)")
struct HandshakeTests {
    /// How one end negotiates.
    struct End: CustomTestStringConvertible, Sendable {
        var fixed: Bool
        var hmac: NegotiationFlags
        var sequenceNumbers: NegotiationFlags

        var testDescription: String {
            "\(fixed ? "static" : "ephemeral") hmac \(hmac.rawValue) sseq \(sequenceNumbers.rawValue)"
        }

        static let all: [End] = [false, true].flatMap { fixed in
            [[], .willSendAlways, [.willSendOnRequest, .request]].flatMap { hmac in
                [[], .willSendAlways, [.willSendOnRequest, .request]].map { numbers in
                    End(fixed: fixed, hmac: hmac, sequenceNumbers: numbers)
                }
            }
        }

        func endpoint(_ seed: UInt64) throws -> Endpoint {
            try Parties.endpoint(seed, fixed: fixed) { configuration in
                configuration.hmac = hmac
                configuration.sequenceNumbers = sequenceNumbers
                configuration.logsKeys = true
            }
        }
    }

    @Test("every negotiation opens a session in two round trips", arguments: End.all, End.all)
    func opens(initiator: End, responder: End) throws {
        let pair = Pair(client: try initiator.endpoint(1), server: try responder.endpoint(2))
        pair.open()
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == 4)
        let nearEvents = pair.clientEvents()
        let farEvents = pair.serverEvents()
        let near = try #require(nearEvents.opened.first)
        let far = try #require(farEvents.opened.first)
        #expect(near.1.role == .initiator && far.1.role == .responder)
        #expect(near.1.farFingerprint == pair.server.configuration.identity.certificate.fingerprint)
        #expect(far.1.farFingerprint == pair.client.configuration.identity.certificate.fingerprint)
        #expect(near.1.nearNonce == far.1.farNonce)
        #expect(near.1.farNonce == far.1.nearNonce)

        let nearKeys = try #require(nearEvents.keyLog)
        let farKeys = try #require(farEvents.keyLog)
        #expect(nearKeys.sending == farKeys.receiving)
        #expect(nearKeys.receiving == farKeys.sending)
        #expect((nearKeys.sending.verification != .checksum) == initiator.hmac.sends(to: responder.hmac))
        #expect((farKeys.sending.verification != .checksum) == responder.hmac.sends(to: initiator.hmac))
        #expect(nearKeys.sending.sequenceNumbers == initiator.sequenceNumbers.sends(to: responder.sequenceNumbers))
        #expect(farKeys.sending.sequenceNumbers == responder.sequenceNumbers.sends(to: initiator.sequenceNumbers))

        pair.client.ping(near.0, message: [1, 2, 3], at: pair.pump.now)
        pair.server.ping(far.0, message: [4], at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(near.0, message: [1, 2, 3])])
        #expect(pair.serverEvents() == [.pingReplied(far.0, message: [4])])
    }

    @Test("keys are logged only when asked for")
    func keyLog() throws {
        let pair = try Pair()
        _ = try #require(pair.opened())
        #expect(pair.clientEvents().keyLog == nil)
    }

    @Test("the loss of any one datagram delays the session and no more", arguments: 0..<4)
    func loss(number: Int) throws {
        let pair = try Pair()
        pair.pump.lose([number])
        pair.open()
        pair.pump.run(.seconds(3))
        let near = try #require(pair.clientEvents().openedHandle)
        #expect(pair.serverEvents().opened.count == 1)
        #expect(pair.client.sessionCount == 1 && pair.server.sessionCount == 1)
        pair.client.ping(near, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(near, message: [])])
    }

    @Test("every datagram twice opens one session")
    func duplication() throws {
        let pair = try Pair()
        pair.pump.route = { [$0, $0] }
        let handles = try #require(pair.opened())
        #expect(pair.client.sessionCount == 1 && pair.server.sessionCount == 1)
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(handles.client, message: [])])
    }

    @Test("a repeated IIKeying is answered with the same RIKeying, also after the session carried traffic")
    func repeatedKeying() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        pair.pump.inject(pair.pump.sent[2].datagram.bytes, from: Parties.client, to: Parties.server)
        pair.pump.run(.seconds(1))
        let answers = pair.pump.startupChunks(from: Parties.server).compactMap(\.responderKeying)
        #expect(answers.count == 2)
        #expect(Set(answers).count == 1)
        #expect(pair.server.state(of: handles.server) == .open)
        #expect(pair.client.state(of: handles.client) == .open)
        #expect(pair.serverEvents().isEmpty)
    }

    @Test("IHello goes to every candidate, on a schedule that slows down, for 95 seconds")
    func helloSchedule() throws {
        let client = try Parties.endpoint(1)
        let pump = Pump()
        pump.attach(client, at: Parties.client)
        let others = [SocketAddress.loopback(port: 1), .loopback(port: 2)]
        let start = pump.now
        let handle = client.open(to: others, endpointDiscriminator: Parties.uri, at: start)
        pump.run(.seconds(94.9))
        #expect(client.state(of: handle) == .helloSent)
        for other in others {
            let times = pump.sent.filter { $0.datagram.far == other }.map { ($0.arrival - start).seconds - 0.01 }
            let intervals = zip(times, times.dropFirst()).map { $1 - $0 }
            #expect(times.first == 0)
            #expect(intervals.count > 4)
            #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $1 - $0 > 1.499 })
        }
        let tags = Set(pump.startupChunks(from: Parties.client).compactMap(\.initiatorHello).map(\.tag))
        #expect(tags.count == 1)
        #expect(tags.allSatisfy { $0.count >= 8 })
        pump.run(.seconds(1))
        #expect(pump.takeEvents(at: Parties.client) == [.openFailed(handle, .timedOut)])
        #expect(client.state(of: handle) == nil)
        #expect(client.nextDeadline == nil)
    }

    @Test("IIKeying is repeated unchanged, ever more slowly, until the 95 seconds are over")
    func keyingSchedule() throws {
        let pair = try Pair()
        pair.pump.route = { Startup.read($0.datagram.bytes)?.chunks.first?.responderKeying == nil ? [$0] : [] }
        let start = pair.pump.now
        let handle = pair.open()
        pair.pump.run(.seconds(94))
        #expect(pair.client.state(of: handle) == .keyingSent)
        let keyings = pair.pump.sent.filter { Startup.read($0.datagram.bytes)?.chunks.first?.initiatorKeying != nil }
        let times = keyings.map { ($0.arrival - start).seconds }
        let intervals = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect(intervals.count > 4)
        #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $1 - $0 > 1.499 })
        let contents = keyings.compactMap { Startup.read($0.datagram.bytes)?.chunks }
        #expect(Set(contents).count == 1)
        pair.pump.run(.seconds(2))
        #expect(pair.clientEvents() == [.openFailed(handle, .timedOut)])
    }

    @Test("the first responder wins; a dead candidate and a slow one do no harm")
    func severalCandidates() throws {
        let pair = try Pair()
        let slow = SocketAddress.loopback(port: 7)
        pair.pump.attach(try Parties.endpoint(3), at: slow)
        pair.pump.route = { transit in
            var transit = transit
            if transit.source == slow { transit.arrival = transit.arrival + .milliseconds(100) }
            return [transit]
        }
        pair.client.open(
            to: [.loopback(port: 9), slow, Parties.server],
            endpointDiscriminator: Parties.uri,
            at: pair.pump.now
        )
        pair.pump.run(.seconds(5))
        let opened = pair.clientEvents().opened
        #expect(opened.map(\.1.address) == [Parties.server])
        #expect(pair.client.sessionCount == 1)
    }

    @Test("DESTADDR is where the RHello came from, not where the IHello went")
    func destination() throws {
        let pair = try Pair()
        let alias = SocketAddress.loopback(port: 1936)
        pair.pump.route = { transit in
            var transit = transit
            if transit.datagram.far == alias { transit.datagram.far = Parties.server }
            return [transit]
        }
        pair.client.open(to: [alias], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents().opened.map(\.1.address) == [Parties.server])
    }

    @Test("an RHello with a foreign tag or from somebody who was not asked for is ignored")
    func foreignHello() throws {
        let pair = try Pair()
        let other = EndpointDiscriminator(fingerprint: [UInt8](repeating: 7, count: 32)).encoded
        pair.pump.route = { transit in
            // The server is asked by URI, so it answers; the client asked for a fingerprint, so it must not take it.
            guard let chunk = Startup.read(transit.datagram.bytes)?.chunks.first?.initiatorHello else {
                return [transit]
            }
            var transit = transit
            transit.datagram.bytes = Startup.write([Startup.hello(tag: chunk.tag)])
            return [transit]
        }
        let handle = pair.open(other)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.startupChunks(from: Parties.server).contains { $0.responderHello != nil })
        #expect(pair.client.state(of: handle) == .helloSent)
        let hello = RHello(
            tagEcho: [1],
            cookie: [2],
            responderCertificate: pair.server.configuration.identity.certificate.encoded
        )
        pair.pump.inject(Startup.write([.responderHello(hello)]), from: Parties.server, to: Parties.client)
        pair.pump.run(.seconds(1))
        #expect(pair.client.state(of: handle) == .helloSent)
    }

    @Test("a second session with the same far end gives way to the first")
    func duplicate() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        let second = pair.open()
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.openFailed(second, .duplicate(of: handles.client))])
        #expect(pair.server.sessionCount == 1)
    }

    @Test("an RIKeying after the session opened is ignored")
    func lateKeying() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        pair.pump.inject(pair.pump.sent[3].datagram.bytes, from: Parties.server, to: Parties.client)
        pair.pump.run(.seconds(1))
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(handles.client, message: [])])
    }

    @Test("an end without a common group gives up; one with too many sessions does not begin")
    func failures() throws {
        var random = SeededGenerator(seed: 3)
        let identity = try Identity.ephemeral(groups: [.modp1536], using: &random)
        let server = Endpoint(configuration: Configuration(identity: identity), random: random)
        let pair = Pair(client: try Parties.endpoint(1) { $0.maximumOpenings = 1 }, server: server)
        let first = pair.open()
        let second = pair.open()
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.openFailed(second, .tooManySessions), .openFailed(first, .noCommonGroup)])
    }

    @Test("an opening session can be given up")
    func abandoned() throws {
        let pair = try Pair()
        let handle = pair.open()
        pair.client.close(handle, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.openFailed(handle, .abandoned)])
        #expect(pair.client.sessionCount == 0)
        #expect(pair.server.sessionCount == 0)
    }
}

extension [Event] {
    /// The first session's keys.
    var keyLog: KeyLogEntry? {
        for case .keyed(_, let entry) in self { return entry }
        return nil
    }
}
