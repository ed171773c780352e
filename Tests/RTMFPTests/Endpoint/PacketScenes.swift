import RTMFP
import Testing

/// A scene for every rule about packets, their chunks and their fragments.
enum PacketScenes {
    typealias Fault = ConductTests.Fault

    static let packets = [
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

    static let fragments = [
        Fault(.fragmentNotEmpty) { try reassembles($0) { $0[0].packetFragment = [] } != true },
        Fault(.fragmentModeMatches) { try reassembles($0) { _ in } != true },
        Fault(.fragmentsKeptApartByAddress) { try reassembles($0, elsewhere: true) { _ in } == true },
        Fault(.reassembledModeMatches) { try reassembles($0) { _ in } != true },
        Fault(.fragmentWithinSizeLimit) { try reassembles($0) { _ in } != true },
        Fault(.fragmentBufferFree) { try reassembles($0) { _ in } != true },
        Fault(.fragmentNotNested) { try reassembles($0) { _ in } != true },
    ]

    /// How many startup chunks a server says to a datagram.
    static func answers(_ conduct: any Conduct, _ datagram: [UInt8]) throws -> Int {
        try Parties.endpoint(2, conduct: conduct).answers(to: datagram, at: .origin + .seconds(1)).count
    }

    /// Whether a server sends anything in answer to a packet that was a Ping until it was changed.
    static func isAnswered(
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

    static func isAnswered(_ conduct: any Conduct, after chunk: Chunk) throws -> Bool {
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
}
