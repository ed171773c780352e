import RTMFP
import Testing

/// A scene for every rule about the startup of sessions.
enum StartupScenes {
    typealias Fault = ConductTests.Fault

    static let startup = [
        Fault(.helloFirstInPacket) { conduct in
            try PacketScenes.answers(conduct, Startup.write([Startup.hello(), Startup.hello()])) != 1
        },
        Fault(.discriminatorSaysSomething) { try PacketScenes.answers($0, Startup.write([Startup.hello([])])) > 0 },
        Fault(.ancillaryDataSelects) { try PacketScenes.answers($0, Startup.write([Startup.hello()])) == 0 },
        Fault(.hostnameSelects) { conduct in
            let discriminator = EndpointDiscriminator(requiredHostname: [1]).encoded
            return try PacketScenes.answers(conduct, Startup.write([Startup.hello(discriminator)])) > 0
        },
        Fault(.fingerprintSelects) { conduct in
            let discriminator = EndpointDiscriminator(fingerprint: [UInt8](repeating: 1, count: 32)).encoded
            return try PacketScenes.answers(conduct, Startup.write([Startup.hello(discriminator)])) > 0
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
}
