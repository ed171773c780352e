import RTMFP
import Synchronization
import Testing

@Suite("Hostile input")
struct HostileTests {
    /// Spoils octets: flips, cuts, doubles, inserts.
    private static func spoil(_ octets: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var spoilt = octets
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0...spoilt.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where index < spoilt.count: spoilt[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1 where index < spoilt.count: spoilt[index] = UInt8.random(in: 0...255, using: &random)
            case 2: spoilt.removeSubrange(index..<spoilt.count)
            case 3: spoilt.insert(contentsOf: [0x80, 0xff, 0x7f, 0].shuffled(using: &random), at: index)
            default: spoilt += spoilt.prefix(index)
            }
        }
        return Array(spoilt.prefix(3000))
    }

    /// Whether somebody new can still open a session with the server.
    private func isServing(_ pair: Pair) throws -> Bool {
        let witness = SocketAddress.loopback(port: 60_000)
        let honest = try Parties.endpoint(77)
        pair.pump.route = { [$0] }
        pair.pump.attach(honest, at: witness)
        honest.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        return pair.pump.takeEvents(at: witness).opened.count == 1
    }

    @Test("a session survives spoilt copies of every datagram", arguments: 0..<10)
    func spoiltDatagrams(seed: UInt64) throws {
        let pair = try Pair()
        let random = Mutex(SeededGenerator(seed: seed))
        pair.pump.route = { transit in
            random.withLock { random in
                let copies = (0..<10).map { _ in
                    var bad = transit
                    bad.datagram.bytes = Self.spoil(transit.datagram.bytes, using: &random)
                    return bad
                }
                return copies.filter { $0.datagram.bytes != transit.datagram.bytes } + [transit]
            }
        }
        let handles = try #require(pair.opened())
        for number in 0..<20 {
            pair.client.ping(handles.client, message: [UInt8(number)], at: pair.pump.now)
            pair.pump.run(.milliseconds(200))
            #expect(pair.clientEvents() == [.pingReplied(handles.client, message: [UInt8(number)])])
        }
        #expect(pair.client.sessionCount == 1 && pair.server.sessionCount == 1)
        pair.client.close(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(30))
        #expect(pair.client.sessionCount == 0 && pair.server.sessionCount == 0)
    }

    @Test("an end that says spoilt things in well-protected packets harms nobody else", arguments: 0..<20)
    func spoiltPackets(seed: UInt64) throws {
        let random = Mutex(SeededGenerator(seed: seed))
        let spoiling = Meddling(sending: { packet in
            random.withLock { random in
                (0..<10).compactMap { _ in
                    var bad = packet
                    guard let packet = try? Packet(Self.spoil(packet.packet.encoded, using: &random)) else {
                        return nil
                    }
                    bad.packet = packet
                    return bad
                } + [packet]
            }
        })
        let pair = Pair(client: try Parties.endpoint(1, conduct: spoiling), server: try Parties.endpoint(2))
        for _ in 0..<5 {
            let handle = pair.open()
            pair.pump.run(.seconds(1))
            for _ in 0..<5 {
                let chunks: [Chunk] = [
                    .ping(Ping(message: [1, 2, 3])), .bufferProbe(BufferProbe(flowID: 2)), .sessionCloseRequest,
                ]
                pair.client.send(chunks, on: handle, at: pair.pump.now)
                pair.pump.run(.milliseconds(100))
            }
            pair.client.abort(handle, at: pair.pump.now)
        }
        #expect(pair.server.sessionCount <= 5)
        #expect(try isServing(pair))
    }

    @Test("random octets of every length are dropped")
    func noise() throws {
        let pair = try Pair()
        let handles = try #require(pair.opened())
        var random = SeededGenerator(seed: 1)
        let before = pair.pump.sent.count
        for length in 0..<300 {
            pair.pump.inject(random.octets(length), from: Parties.client, to: Parties.server)
        }
        pair.pump.run(.seconds(1))
        #expect(pair.pump.sent.count == before + 300)
        pair.client.ping(handles.client, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents().count == 1)
    }

    @Test("forged cookies cost the forger more than the server: nothing is computed, nothing kept")
    func forgedCookies() throws {
        let counting = Counting()
        let server = try Parties.endpoint(2, conduct: counting)
        let pair = Pair(client: try Parties.endpoint(1), server: server)
        pair.open()
        pair.pump.run(.seconds(1))
        let honest = try #require(pair.pump.startupChunks(from: Parties.client).compactMap(\.initiatorKeying).first)
        #expect(counting.publicKeys.withLock { $0 } == 1)
        var random = SeededGenerator(seed: 3)
        for number in 0..<2000 {
            var forged = honest
            forged.cookieEcho = random.octets(40)
            forged.initiatorSessionID = UInt32(number + 1)
            let datagram = Startup.write([.initiatorInitialKeying(forged)])
            #expect(server.answers(to: datagram, from: .loopback(port: UInt16(number)), at: pair.pump.now).isEmpty)
        }
        #expect(counting.publicKeys.withLock { $0 } == 1)
        #expect(server.sessionCount == 1)
    }

    /// Counts how often a far public key was looked at.
    private final class Counting: Conduct {
        let publicKeys = Mutex(0)

        func judges(_ rule: Rule, holds: Bool) -> Bool {
            if rule == .publicKeyAcceptable { publicKeys.withLock { $0 += 1 } }
            return holds
        }
    }

    @Test("the same seed makes the same datagrams")
    func repeatable() throws {
        func run() throws -> [Datagram] {
            let pair = try Pair()
            let handles = try #require(pair.opened())
            pair.client.ping(handles.client, message: [1], at: pair.pump.now)
            pair.pump.run(.seconds(100))
            pair.server.close(handles.server, at: pair.pump.now)
            pair.pump.run(.seconds(30))
            return pair.pump.sent.map(\.datagram)
        }
        #expect(try run() == run())
    }
}
