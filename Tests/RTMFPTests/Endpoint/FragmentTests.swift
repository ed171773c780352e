import Testing

@testable import RTMFP

@Suite("Packet Fragments (RFC 7016 §2.3.1, §3.4)")
struct FragmentTests {
    private static let now = Instant.origin + .seconds(10)

    /// A startup packet with an IHello, cut into fragments of `size` octets.
    private func fragments(size: Int, id: UInt64 = 1, mode: PacketMode = .startup) -> [PacketFragment] {
        let whole = Packet(PacketHeader(mode, timestamp: 1), [Startup.hello(tag: Array(0..<200))]).encoded
        let starts = Array(stride(from: 0, to: whole.count, by: size))
        return starts.enumerated().map { index, start in
            PacketFragment(
                moreFragments: index + 1 < starts.count,
                packetID: id,
                fragmentNumber: UInt64(index),
                packetFragment: Array(whole[start..<min(whole.count, start + size)])
            )
        }
    }

    private func datagram(_ fragment: PacketFragment, mode: PacketMode = .startup) -> [UInt8] {
        Startup.write([.packetFragment(fragment)], mode: mode)
    }

    private func answers(
        _ server: Endpoint,
        _ datagrams: [[UInt8]],
        from source: SocketAddress = Parties.client,
        every interval: Interval = .milliseconds(1),
        start: Instant = now
    ) -> [Chunk] {
        var time = start
        return datagrams.flatMap { datagram in
            defer { time = time + interval }
            return server.answers(to: datagram, from: source, at: time)
        }
    }

    @Test("fragments of any size, in any order, some twice, make the packet", arguments: [1, 7, 100, 250], 0..<3)
    func orders(size: Int, seed: UInt64) throws {
        let server = try Parties.endpoint(2)
        var random = SeededGenerator(seed: seed)
        var datagrams = fragments(size: size).map { datagram($0) }
        datagrams.insert(datagrams[0], at: 0)
        datagrams.shuffle(using: &random)
        // A copy that comes after the packet is complete begins a new one, which never completes.
        let hellos = answers(server, datagrams).compactMap(\.responderHello)
        #expect(hellos.count == 1 || datagrams.count == 2)
        #expect(hellos.first?.tagEcho == Array(0..<200))
        #expect(server.sessionCount == 0)
    }

    @Test("fragments from another address or with another ID do not help")
    func apart() throws {
        let server = try Parties.endpoint(2)
        let pieces = fragments(size: 100).map { datagram($0) }
        let foreign = fragments(size: 100, id: 2).map { datagram($0) }
        #expect(answers(server, [pieces[0], pieces[1]]).isEmpty)
        #expect(answers(server, [pieces[2]], from: Parties.server).isEmpty)
        #expect(answers(server, [foreign[2]]).isEmpty)
        #expect(answers(server, [pieces[2]]).count == 1)
    }

    @Test("an empty fragment is discarded and does not end the packet")
    func empty() throws {
        let server = try Parties.endpoint(2)
        let pieces = fragments(size: 100)
        let last = PacketFragment(moreFragments: false, packetID: 1, fragmentNumber: 1, packetFragment: [])
        #expect(answers(server, [datagram(pieces[0]), datagram(last), datagram(pieces[1])]).isEmpty)
        #expect(answers(server, [datagram(pieces[2])]).count == 1)
    }

    @Test("a reassembled packet of another mode is discarded")
    func mode() throws {
        let server = try Parties.endpoint(2)
        #expect(answers(server, fragments(size: 100, mode: .initiator).map { datagram($0) }).isEmpty)
    }

    @Test("fragments in fragments are discarded")
    func nested() throws {
        let server = try Parties.endpoint(2)
        let inner = Packet(PacketHeader(.startup), fragments(size: 1000).map { .packetFragment($0) }).encoded
        let outer = PacketFragment(moreFragments: false, packetID: 9, fragmentNumber: 0, packetFragment: inner)
        #expect(answers(server, [datagram(outer)]).isEmpty)
    }

    @Test(
        "a packet may take 60 seconds, but not rest for long",
        arguments: [(900.0, true), (1000, true), (5000, false)]
    )
    func patience(interval: Double, completes: Bool) throws {
        let server = try Parties.endpoint(2)
        let datagrams = fragments(size: 5).map { datagram($0) }
        #expect(datagrams.count < 60)
        let hellos = answers(server, datagrams, every: .milliseconds(interval))
        #expect((hellos.count == 1) == completes)
    }

    @Test("a packet that takes more than 60 seconds is given up")
    func lifetime() throws {
        let server = try Parties.endpoint(2)
        let datagrams = fragments(size: 3).map { datagram($0) }
        #expect(datagrams.count > 60)
        #expect(answers(server, datagrams, every: .seconds(1)).isEmpty)
    }

    @Test("buffers, their sizes and their pieces are bounded")
    func bounds() throws {
        var random = SeededGenerator(seed: 1)
        let limits = Configuration(identity: try Identity.ephemeral(groups: [.modp1024], using: &random))
        var reassembly = FragmentReassembly()
        func add(_ id: UInt64, _ number: UInt64, _ octets: Int, last: Bool = false) -> [UInt8]? {
            let fragment = PacketFragment(
                moreFragments: !last,
                packetID: id,
                fragmentNumber: number,
                packetFragment: [UInt8](repeating: 1, count: octets)
            )
            let key = FragmentReassembly.Key(session: nil, source: Parties.client, packetID: id)
            return reassembly.add(fragment, in: .startup, for: key, at: Self.now, limits: limits, conduct: Correct())?
                .packet
        }
        for id in 0..<1000 { #expect(add(UInt64(id), 1, 10) == nil) }
        #expect(reassembly.count == limits.maximumReassemblies)
        #expect(add(0, .max, 10, last: true) == nil)
        for number in 2..<70 { _ = add(1, UInt64(number), 1000) }
        #expect(reassembly.count == limits.maximumReassemblies, "the one that grew too large gave way, and came again")
        for number in 2..<5000 { _ = add(2, UInt64(number), 1) }
        #expect(add(2, 5000, 1, last: true) == nil)
    }

    @Test("an RIKeying in fragments opens the session")
    func fragmentedKeying() throws {
        let cutting = Meddling(sending: { packet in
            guard packet.packet.chunks.first?.responderKeying != nil else { return [packet] }
            let whole = packet.packet.encoded
            return [0, 1].map { index in
                var piece = packet
                let fragment = PacketFragment(
                    moreFragments: index == 0,
                    packetID: 5,
                    fragmentNumber: UInt64(index),
                    packetFragment: Array(index == 0 ? whole.prefix(40) : whole.dropFirst(40))
                )
                piece.packet = Packet(PacketHeader(.startup), [.packetFragment(fragment)])
                return piece
            }
        })
        let pair = Pair(client: try Parties.endpoint(1), server: try Parties.endpoint(2, conduct: cutting))
        #expect(pair.opened() != nil)
    }

    @Test(
        "certificates of several thousand octets travel in fragments, four each 200 ms",
        arguments: [2000, 4000, 30_000]
    )
    func largeCertificates(size: Int) throws {
        func large(_ seed: UInt64) throws -> Endpoint {
            var random = SeededGenerator(seed: seed)
            let options: [Option] = [
                .certificate(.acceptsAncillaryData), .supportedEphemeralGroup(.modp1024), .marker,
                .certificate(.extraRandomness, random.octets(size)),
            ]
            let identity = Identity(certificate: try Certificate(options: options))
            return Endpoint(configuration: Configuration(identity: identity), random: random)
        }
        let pair = Pair(client: try large(1), server: try large(2))
        pair.open()
        pair.pump.run(.seconds(20))
        #expect(pair.clientEvents().opened.count == 1)
        #expect(pair.serverEvents().opened.count == 1)
        #expect(pair.pump.sent.allSatisfy { $0.datagram.bytes.count < 1472 })
        let keying = pair.pump.sent.filter { $0.source == Parties.client }.dropFirst()
        for first in keying {
            let window = keying.filter {
                $0.arrival >= first.arrival && $0.arrival < first.arrival + .milliseconds(200)
            }
            #expect(window.count <= 4)
            #expect(window.reduce(0) { $0 + $1.datagram.bytes.count } <= 4380)
        }
    }
}
