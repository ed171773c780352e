import Testing

@testable import RTMFP

@Suite("Cookies (RFC 7016 §3.5.1.1.2, §3.5.1.2)")
struct CookieTests {
    private let address = Parties.client
    private let now = Instant.origin + .seconds(10)
    private let lifetime = Interval.seconds(95)

    @Test("a cookie is known again for its whole lifetime", arguments: [0, 1, 94.9, 95])
    func fresh(age: Double) {
        let jar = CookieJar(secret: [1, 2, 3])
        let cookie = jar.cookie(for: address, at: now)
        let finding = jar.judge(cookie, from: address, at: now + .seconds(age), lifetime: lifetime)
        #expect(finding == .init(isGenuine: true, isFresh: true, fitsAddress: true))
    }

    @Test("an old cookie and one from the future are not fresh", arguments: [95.1, 1e6, -1])
    func stale(age: Double) {
        let jar = CookieJar(secret: [1, 2, 3])
        let cookie = jar.cookie(for: address, at: now)
        let finding = jar.judge(cookie, from: address, at: now + .seconds(age), lifetime: lifetime)
        #expect(finding == .init(isGenuine: true, isFresh: false, fitsAddress: true))
    }

    @Test(
        "a cookie belongs to an address and a port",
        arguments: [
            SocketAddress.loopback(port: 50_001), SocketAddress(.v4(0x7f00_0002), port: 50_000),
            SocketAddress(.v6(high: 0, low: 1), port: 50_000),
        ]
    )
    func otherAddress(other: SocketAddress) {
        let jar = CookieJar(secret: [1, 2, 3])
        let cookie = jar.cookie(for: address, at: now)
        let finding = jar.judge(cookie, from: other, at: now, lifetime: lifetime)
        #expect(finding == .init(isGenuine: true, isFresh: true, fitsAddress: false))
    }

    @Test("no octet of a cookie may change", arguments: 0..<40)
    func changed(index: Int) {
        let jar = CookieJar(secret: [1, 2, 3])
        var cookie = jar.cookie(for: address, at: now)
        cookie[index] ^= 0x20
        let finding = jar.judge(cookie, from: address, at: now, lifetime: lifetime)
        #expect(!finding.isGenuine)
    }

    @Test("another secret, another length, and nothing at all are not genuine")
    func foreign() {
        let jar = CookieJar(secret: [1, 2, 3])
        let foreign = CookieJar(secret: [1, 2, 4]).cookie(for: address, at: now)
        let own = jar.cookie(for: address, at: now)
        for cookie in [foreign, Array(own.dropLast()), own + [0], []] {
            #expect(!jar.judge(cookie, from: address, at: now, lifetime: lifetime).isGenuine)
        }
    }

    @Test("an initiator that moved before keying gets a new cookie and its session")
    func cookieChange() throws {
        let pair = try Pair()
        let roaming = SocketAddress.loopback(port: 50_009)
        pair.pump.route = { transit in
            // The third datagram is the IIKeying: it leaves by another address, and so do all that follow.
            guard transit.number >= 2, transit.source == Parties.client else { return [transit] }
            var transit = transit
            transit.source = roaming
            return [transit]
        }
        pair.open()
        pair.pump.run(.milliseconds(35))
        pair.pump.move(from: Parties.client, to: roaming)
        pair.pump.run(.seconds(1))
        #expect(pair.pump.takeEvents(at: roaming).opened.count == 1)
        let session = try #require(pair.serverEvents().opened.first)
        #expect(session.1.address == roaming)

        let changes = pair.pump.startupChunks(from: Parties.server).compactMap(\.cookieChange)
        let keyings =
            pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying)
            + pair.pump.startupChunks(from: roaming).compactMap(\.initiatorKeying)
        let change = try #require(changes.first)
        #expect(changes.count == 1)
        #expect(keyings.map(\.cookieEcho) == [change.oldCookie, change.newCookie])
        #expect(Set(keyings.map(\.initiatorSessionID)).count == 1)
        #expect(Set(keyings.map(\.sessionKeyInitiatorComponent)).count == 1)
    }

    @Test("a Cookie Change whose old cookie was not sent, and a second one, change nothing")
    func cookieChangeRefused() throws {
        let pair = try Pair()
        pair.pump.lose([3])
        pair.open()
        pair.pump.run(.milliseconds(100))
        let keying = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).first)
        func change(_ old: [UInt8], _ new: [UInt8]) {
            let chunk = Chunk.responderHelloCookieChange(RHelloCookieChange(oldCookie: old, newCookie: new))
            pair.pump.inject(
                Startup.write([chunk], to: keying.initiatorSessionID),
                from: Parties.server,
                to: Parties.client
            )
            pair.pump.run(.milliseconds(50))
        }
        change([9, 9], [1])
        change(keying.cookieEcho, [2])
        change([2], [3])
        let cookies = pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).map(\.cookieEcho)
        #expect(cookies == [keying.cookieEcho, [2]])
    }
}

extension Chunk {
    var cookieChange: RHelloCookieChange? {
        if case .responderHelloCookieChange(let body) = self { body } else { nil }
    }

    var initiatorKeying: IIKeying? {
        if case .initiatorInitialKeying(let body) = self { body } else { nil }
    }

    var responderKeying: RIKeying? {
        if case .responderInitialKeying(let body) = self { body } else { nil }
    }

    var initiatorHello: IHello? {
        if case .initiatorHello(let body) = self { body } else { nil }
    }

    var responderHello: RHello? {
        if case .responderHello(let body) = self { body } else { nil }
    }

    var redirect: Redirect? {
        if case .responderRedirect(let body) = self { body } else { nil }
    }
}
