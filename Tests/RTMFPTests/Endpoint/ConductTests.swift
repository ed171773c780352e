import RTMFP
import Testing

/// Every rule is asked about where it matters, and what the conduct says is what happens.
@Suite("Conduct")
struct ConductTests {
    /// Takes some rules for kept, always; or, with nil, for the opposite of what they are.
    struct Wrong: Conduct {
        var rules: Set<Rule>
        var answer: Bool?

        func judges(_ rule: Rule, holds: Bool) -> Bool { rules.contains(rule) ? answer ?? !holds : holds }
    }

    /// A fault: rules taken for their opposites, and a scene in which it shows.
    struct Fault: CustomTestStringConvertible, Sendable {
        var rules: Set<Rule>
        var answer: Bool?
        var shows: @Sendable (any Conduct) throws -> Bool

        /// Rules that are turned round.
        init(_ rules: Rule..., shows: @escaping @Sendable (any Conduct) throws -> Bool) {
            self.rules = Set(rules)
            self.shows = shows
        }

        /// Rules that are taken for kept.
        init(forgiving rules: Rule..., shows: @escaping @Sendable (any Conduct) throws -> Bool) {
            self.rules = Set(rules)
            self.shows = shows
            answer = true
        }

        var testDescription: String { rules.map(\.rawValue).sorted().joined(separator: ", ") }
    }

    private static let scenes =
        packets + fragments + startup + sessions + FlowScenes.receiving + FlowScenes.sending

    @Test("a rule turned round shows, and does not otherwise", arguments: scenes)
    func fault(fault: Fault) throws {
        #expect(try !fault.shows(Correct()))
        #expect(try fault.shows(Wrong(rules: fault.rules, answer: fault.answer)))
    }

    @Test("there is a scene for every rule")
    func complete() {
        let shown = Self.scenes.flatMap(\.rules)
        #expect(Set(Rule.allCases).subtracting(shown).isEmpty)
    }

    @Test("a conduct may hold a packet back, say something of its own, and keep other times")
    func otherFaces() throws {
        struct Strange: Conduct {
            func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
                var packet = packet
                if packet.packet.chunks.first?.responderHello != nil { packet.delay = .milliseconds(300) }
                return [packet]
            }

            func answers(_ packet: IncomingPacket) -> [OutgoingPacket] {
                guard packet.packet.chunks.first?.initiatorHello != nil else { return [] }
                let redirect = Redirect(tagEcho: [], redirectDestinations: [])
                return [
                    OutgoingPacket(Packet(PacketHeader(.startup), [.responderRedirect(redirect)]), to: packet.source)
                ]
            }

            func interval(_ timer: TimerName, _ correct: Interval) -> Interval {
                timer == .closeRequestRepeat ? .seconds(2) : correct
            }

            func sessionID(_ correct: UInt32) -> UInt32 { 7 }
        }
        let server = try Parties.endpoint(2, conduct: Strange()) { $0.logsKeys = true }
        let pair = Pair(client: try Parties.endpoint(1), server: server)
        let start = pair.pump.now
        pair.open()
        pair.pump.run(.seconds(1))
        let said = pair.pump.sent.filter { $0.source == Parties.server }
        #expect(Startup.read(said[0].datagram.bytes)?.chunks.first?.redirect != nil)
        #expect(Startup.read(said[1].datagram.bytes)?.chunks.first?.responderHello != nil)
        #expect(said[1].arrival - start == .milliseconds(320))
        let events = pair.serverEvents()
        #expect(events.keyLog?.nearSessionID == 7)

        let before = pair.pump.sent.count
        pair.pump.route = { _ in [] }
        pair.server.close(try #require(events.openedHandle), at: pair.pump.now)
        pair.pump.run(.seconds(9))
        #expect(pair.pump.sent.count - before == 5)
    }

    // Packets.

    private static let packets = [
        Fault(.sessionIDKnown, .chunkLegalForSessionID) { conduct in
            try answers(conduct, Startup.write([Startup.hello()], to: 99)) > 0
        },
        Fault(forgiving: .sessionKeyOnceOpen, .chunkLegalForSessionID) { conduct in
            let pair = Pair(
                client: try Parties.endpoint(1),
                server: try Parties.endpoint(2, conduct: conduct) { $0.logsKeys = true }
            )
            pair.open()
            pair.pump.run(.seconds(1))
            guard let id = pair.serverEvents().keyLog?.nearSessionID else { return false }
            return pair.server.answers(to: Startup.write([Startup.hello()], to: id), at: pair.pump.now).count == 1
        },
        Fault(forgiving: .packetVerified) { try isAnswered($0) { $0.fault = .wrongVerification } },
        Fault(forgiving: .modeNotForbidden) { try isAnswered($0) { $0.packet.header.mode = .forbidden } },
        Fault(forgiving: .modeNotOwn) { try isAnswered($0) { $0.packet.header.mode = .responder } },
        Fault(forgiving: .modeFitsKey, .chunkLegalInMode) { try isAnswered($0) { $0.packet.header.mode = .startup } },
        Fault(forgiving: .chunkLegalInMode, .chunkLegalForSessionID) { conduct in
            try isAnswered(conduct) { $0.packet.chunks = [Startup.hello(), .unknown(type: 0xee, payload: [])] }
        },
        Fault(.malformedChunkSkipped) { try !isAnswered($0, after: .unknown(type: 0x7f, payload: [])) },
        Fault(.unknownChunkSkipped) { try !isAnswered($0, after: .unknown(type: 0xec, payload: [])) },
        Fault(.paddingChunkSkipped) { try !isAnswered($0, after: .padding(ones: true, [])) },
        Fault(.sequenceNumberNew) { conduct in
            let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
            // Turned round, the rule refuses the first copy and takes the second.
            pair.pump.route = { $0.number >= 4 && $0.source == Parties.client ? [$0, $0, $0] : [$0] }
            let handles = try #require(pair.opened())
            pair.client.ping(handles.client, at: pair.pump.now)
            pair.pump.run(.seconds(1))
            return pair.pump.sent.filter { $0.source == Parties.server }.count == 4
        },
    ]

    // Packet Fragments.

    private static let fragments = [
        Fault(.fragmentNotEmpty) { try reassembles($0) { $0[0].packetFragment = [] } != true },
        Fault(.fragmentModeMatches) { try reassembles($0) { _ in } != true },
        Fault(.fragmentsKeptApartByAddress) { try reassembles($0, elsewhere: true) { _ in } == true },
        Fault(.reassembledModeMatches) { try reassembles($0) { _ in } != true },
        Fault(.fragmentWithinSizeLimit) { try reassembles($0) { _ in } != true },
        Fault(.fragmentBufferFree) { try reassembles($0) { _ in } != true },
        Fault(.fragmentNotNested) { try reassembles($0) { _ in } != true },
    ]

    // Startup.

    private static let startup = [
        Fault(.helloFirstInPacket) { conduct in
            try answers(conduct, Startup.write([Startup.hello(), Startup.hello()])) != 1
        },
        Fault(.discriminatorSaysSomething) { try answers($0, Startup.write([Startup.hello([])])) > 0 },
        Fault(.ancillaryDataSelects) { try answers($0, Startup.write([Startup.hello()])) == 0 },
        Fault(.hostnameSelects) { conduct in
            let discriminator = EndpointDiscriminator(requiredHostname: [1]).encoded
            return try answers(conduct, Startup.write([Startup.hello(discriminator)])) > 0
        },
        Fault(.fingerprintSelects) { conduct in
            let discriminator = EndpointDiscriminator(fingerprint: [UInt8](repeating: 1, count: 32)).encoded
            return try answers(conduct, Startup.write([Startup.hello(discriminator)])) > 0
        },
        Fault(.cookieGenuine) { try opens($0) { $0.cookieEcho[40] ^= 1 } },
        Fault(.cookieFresh) { try !opens($0) },
        Fault(.cookieFitsAddress) { try !opens($0) },
        Fault(.initiatorSessionIDNotZero) { try !opens($0) },
        Fault(.certificateAcceptable) { try !opens($0) },
        Fault(.keyingComponentAcceptable) { conduct in
            try opens(conduct) { keying in
                let key = (try? KeyingComponent(decoding: keying.sessionKeyInitiatorComponent))?.ephemeralKey
                keying.sessionKeyInitiatorComponent =
                    KeyingComponent(ephemeralKey: key, hmac: .willSendAlways, hmacLength: 33).encoded
            }
        },
        Fault(.negotiationAcceptable) { try !opens($0) },
        Fault(.publicKeyAcceptable) { conduct in
            try opens(conduct) { keying in
                keying.sessionKeyInitiatorComponent =
                    KeyingComponent(ephemeralKey: DiffieHellmanPublicKey(group: 2, publicKey: [2])).encoded
            }
        },
        Fault(.roomForSession) { try !opens($0) },
        Fault(.keyingRetransmitted, .certificateOverrides) { conduct in
            let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
            pair.pump.lose([3])
            pair.open()
            pair.pump.run(.seconds(3))
            return pair.clientEvents().opened.isEmpty
        },
        Fault(.certificateOverrides) { conduct in
            let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
            _ = try #require(pair.opened())
            pair.pump.attach(try Parties.endpoint(3), at: Parties.client)
            _ = pair.serverEvents()
            let stranger = try Parties.endpoint(4)
            pair.pump.attach(stranger, at: Parties.client)
            stranger.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
            pair.pump.run(.seconds(1))
            return pair.serverEvents().opened.count == 1
        },
        Fault(.glare) { try glare($0) != [.initiator] },
        Fault(.nearEndPrevails) { try glare($0) != [.initiator] },
        Fault(.tagKnown) { conduct in
            try answerAltered(conduct) { chunk in
                guard case .responderHello(var hello) = chunk else { return chunk }
                hello.tagEcho = [1]
                return .responderHello(hello)
            } == .open
        },
        Fault(.waitsForHello) { conduct in
            let pair = Pair(client: try Parties.endpoint(1, conduct: conduct), server: try Parties.endpoint(2))
            pair.pump.route = { $0.source == Parties.server && $0.number == 1 ? [$0, $0] : [$0] }
            pair.open()
            pair.pump.run(.milliseconds(25))
            return pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).count > 1
        },
        Fault(.responderSelected) { try answerAltered($0) { $0 } == .helloSent },
        Fault(.sessionNotDuplicate) { conduct in
            let pair = Pair(client: try Parties.endpoint(1, conduct: conduct), server: try Parties.endpoint(2))
            _ = try #require(pair.opened())
            pair.open()
            pair.pump.run(.seconds(1))
            return pair.client.sessionCount != 1
        },
        Fault(.roomForCandidate) { conduct in
            let client = try Parties.endpoint(1, conduct: conduct)
            let pump = Pump()
            pump.attach(client, at: Parties.client)
            client.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pump.now)
            pump.collect()
            let tag = try #require(pump.startupChunks(from: Parties.client).compactMap(\.initiatorHello).first?.tag)
            let other = [Address(.loopback(port: 5), origin: .observed)]
            let redirect = Chunk.responderRedirect(Redirect(tagEcho: tag, redirectDestinations: other))
            pump.inject(Startup.write([redirect]), from: Parties.server, to: Parties.client)
            pump.run(.milliseconds(50))
            return !pump.sent.contains { $0.datagram.far == .loopback(port: 5) }
        },
        Fault(.oldCookieMatches) { try adoptsCookie($0, old: [1]) },
        Fault(.cookieNotChangedYet) { try !adoptsCookie($0, old: nil) },
        Fault(.responderSessionIDNotZero) { try answerAltered($0) { $0 } == .keyingSent },
    ]

    // Sessions.

    private static let sessions = [
        Fault(.openForPing) { try !isAnswered($0) { _ in } },
        Fault(.pingReplyExpected) { conduct in
            let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
            let handles = try #require(pair.opened())
            pair.client.send([.pingReply(PingReply(messageEcho: [1]))], on: handles.client, at: pair.pump.now)
            pair.pump.run(.seconds(1))
            return !pair.serverEvents().isEmpty
        },
        Fault(.closeRequestAnswered) {
            try said($0, .sessionCloseRequest) != ([.sessionCloseAcknowledgement], .farCloseLinger)
        },
        Fault(.closeAcknowledgementCloses) { try said($0, .sessionCloseAcknowledgement) != ([], nil) },
        Fault(.closeAcknowledgementUnanswered) { try said($0, .sessionCloseAcknowledgement) != ([], nil) },
        Fault(.addressNeedsVerification) { try moves($0, answersCheck: false) },
        Fault(.mobilityCheckDue) { try !moves($0, answersCheck: true) },
        Fault(.mobilityTokenGenuine) { try !moves($0, answersCheck: true) },
        Fault(.mobilityTokenFresh) { try !moves($0, answersCheck: true) },
    ]

    // Scenes.

    /// How many startup chunks a server says to a datagram.
    private static func answers(_ conduct: any Conduct, _ datagram: [UInt8]) throws -> Int {
        try Parties.endpoint(2, conduct: conduct).answers(to: datagram, at: .origin + .seconds(1)).count
    }

    /// Whether a server sends anything in answer to a packet that was a Ping until it was changed.
    private static func isAnswered(
        _ conduct: any Conduct,
        _ change: @escaping @Sendable (inout OutgoingPacket) -> Void
    ) throws -> Bool {
        let meddling = Meddling(sending: { packet in
            var packet = packet
            if packet.key == .session { change(&packet) }
            return [packet]
        })
        let pair = Pair(
            client: try Parties.endpoint(1, conduct: meddling),
            server: try Parties.endpoint(2, conduct: conduct)
        )
        let handles = try #require(pair.opened())
        let before = pair.pump.sent.count
        pair.client.ping(handles.client, message: [7], at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return pair.pump.sent.count > before + 1
    }

    private static func isAnswered(_ conduct: any Conduct, after chunk: Chunk) throws -> Bool {
        try isAnswered(conduct) { $0.packet.chunks.insert(chunk, at: 0) }
    }

    /// Whether an IHello in two fragments, changed before they are sent, is answered.
    private static func reassembles(
        _ conduct: any Conduct,
        elsewhere: Bool = false,
        _ change: (inout [PacketFragment]) -> Void
    ) throws -> Bool {
        let whole = Packet(PacketHeader(.startup), [Startup.hello()]).encoded
        var pieces = [whole.prefix(10), whole.dropFirst(10)].enumerated().map { index, octets in
            PacketFragment(
                moreFragments: index == 0,
                packetID: 4,
                fragmentNumber: UInt64(index),
                packetFragment: Array(octets)
            )
        }
        // What is empty is discarded, and its true copy comes after it.
        let original = pieces
        change(&pieces)
        if pieces != original { pieces += original }
        let server = try Parties.endpoint(2, conduct: conduct)
        let chunks = pieces.enumerated().flatMap { index, piece in
            server.answers(
                to: Startup.write([.packetFragment(piece)]),
                from: elsewhere ? .loopback(port: UInt16(index + 1)) : Parties.client,
                at: .origin + .seconds(1)
            )
        }
        return chunks.contains { $0.responderHello != nil }
    }

    /// Whether a server opens a session for an IIKeying that was changed before it was sent.
    private static func opens(
        _ conduct: any Conduct,
        _ change: @escaping @Sendable (inout IIKeying) -> Void = { _ in }
    ) throws -> Bool {
        let pair = Pair(
            client: try Parties.endpoint(1, conduct: Meddling.keying(change)),
            server: try Parties.endpoint(2, conduct: conduct)
        )
        pair.open()
        pair.pump.run(.seconds(1))
        return pair.server.sessionCount == 1
    }

    /// The parts that the end whose certificate prevails has, after both opened at once.
    private static func glare(_ conduct: any Conduct) throws -> [Role] {
        let certificates = try (1...2).map { try Parties.endpoint($0).configuration.identity.certificate }
        let seeds: [UInt64] = certificates[0].prevails(over: certificates[1]) ? [1, 2] : [2, 1]
        let pair = Pair(
            client: try Parties.endpoint(seeds[0], conduct: conduct),
            server: try Parties.endpoint(seeds[1])
        )
        pair.client.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.server.open(to: [Parties.client], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return pair.clientEvents().opened.map(\.1.role)
    }

    /// Where a client's session stands after the server's startup chunks were changed on their way.
    private static func answerAltered(
        _ conduct: any Conduct,
        _ change: @escaping @Sendable (Chunk) -> Chunk
    ) throws -> SessionState? {
        let pair = Pair(
            client: try Parties.endpoint(1, conduct: conduct),
            server: try Parties.endpoint(2, conduct: Meddling.chunks(change))
        )
        let handle = pair.open()
        pair.pump.run(.seconds(1))
        return pair.client.state(of: handle)
    }

    /// Whether a client adopts the cookie of a Cookie Change; nil for `old` means the cookie that it sent.
    private static func adoptsCookie(_ conduct: any Conduct, old: [UInt8]?) throws -> Bool {
        let pair = Pair(client: try Parties.endpoint(1, conduct: conduct), server: try Parties.endpoint(2))
        pair.pump.lose([3])
        pair.open()
        pair.pump.run(.milliseconds(100))
        let keying = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).first)
        let change = RHelloCookieChange(oldCookie: old ?? keying.cookieEcho, newCookie: [5])
        pair.pump.inject(
            Startup.write([.responderHelloCookieChange(change)], to: keying.initiatorSessionID),
            from: Parties.server,
            to: Parties.client
        )
        pair.pump.run(.milliseconds(100))
        return pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).last?.cookieEcho == [5]
    }

    /// What a server says to a chunk, and where its session stands then.
    private static func said(_ conduct: any Conduct, _ chunk: Chunk) throws -> ([Chunk], SessionState?) {
        let heard = Heard()
        let client = try Parties.endpoint(1, conduct: heard)
        let pair = Pair(client: client, server: try Parties.endpoint(2, conduct: conduct))
        let handles = try #require(pair.opened())
        pair.client.send([chunk], on: handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return (heard.chunks, pair.server.state(of: handles.server))
    }

    /// Whether a server follows a client to another address, at which the client does or does not answer.
    private static func moves(_ conduct: any Conduct, answersCheck: Bool) throws -> Bool {
        let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: conduct))
        let handles = try #require(pair.opened())
        let away = SocketAddress.loopback(port: 50_077)
        pair.pump.move(from: Parties.client, to: away)
        if !answersCheck { pair.pump.route = { $0.source == Parties.server ? [] : [$0] } }
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return pair.server.address(of: handles.server) == away
    }
}
