internal import RTMFP
internal import Synchronization

extension VectorKind {
    /// What an endpoint makes of packets.
    static let receiving: [VectorKind] = [
        VectorKind("packet-acceptance") { vector in
            let input = try vector.inputFields()
            let octets = try input.octets("packet")
            let bench = try ReceivingBench(isInitiator: try input.string("receiver") == "initiator")
            let isProcessed = bench.answers(octets)
            // The packet is told from a well-formed one by what answers it; it does not spoil the next one.
            let mode = octets.first.map { $0 & 3 }
            try vector.holds(isProcessed, else: mode == 0 ? .value : .order)
            try require("answer to a Ping after it", true, bench.answersPing())
            if vector.result != .invalid { try vector.comparePacket(octets) }
        },
        VectorKind("packet-fragments") { vector in
            let packets = try vector.inputFields().octetStrings("packets")
            let bench = try ReceivingBench(isInitiator: false)
            for packet in packets {
                bench.receive(packet)
            }
            let reassembled = bench.reassembled
            try vector.holds(!reassembled.isEmpty, else: .missing)
            guard vector.result == .valid else { return }
            let expected = try vector.expectedFields()
            try require("packets", 1, reassembled.count)
            try require("plain", try expected.octets("plain"), reassembled.first?.encoded ?? [])
            for chunk in try packets.flatMap({ try Packet($0).chunks }) {
                try vector.compare("packetID", expected["packetID"] ?? .null, try chunk.members["packetID"] ?? .null)
            }
        },
    ]
}

/// An endpoint with one open session, and its far end's keys.
private final class ReceivingBench {
    private let near: Endpoint
    private let recorder = Recorder()
    private let keys: KeyLogEntry
    private let sealer: PacketSealer
    private let startupSealer = PacketSealer(.defaultSession)
    private let now = Instant.origin + .seconds(1)
    private static let farAddress = SocketAddress.loopback(port: 50_000)
    private static let nearAddress = SocketAddress.loopback(port: 1935)

    init(isInitiator: Bool) throws {
        var random = SeededGenerator(seed: 1)
        var configuration = Configuration(identity: try Identity.ephemeral(groups: [.modp1024], using: &random))
        configuration.logsKeys = true
        near = Endpoint(configuration: configuration, random: random, conduct: recorder)
        let far = Endpoint(configuration: configuration, random: SeededGenerator(seed: 2))
        let discriminator = EndpointDiscriminator(uri: "rtmfp://192.0.2.1/app").encoded
        if isInitiator {
            near.open(to: [Self.farAddress], endpointDiscriminator: discriminator, at: now)
        } else {
            far.open(to: [Self.nearAddress], endpointDiscriminator: discriminator, at: now)
        }
        // Two datagrams each way open a session.
        for _ in 0..<4 {
            for datagram in far.takeDatagrams() { near.receive(datagram.bytes, from: Self.farAddress, at: now) }
            for datagram in near.takeDatagrams() { far.receive(datagram.bytes, from: Self.nearAddress, at: now) }
        }
        let entries = near.takeEvents().compactMap { event -> KeyLogEntry? in
            guard case .keyed(_, let entry) = event else { return nil }
            return entry
        }
        guard let keys = entries.first else {
            throw VectorMismatch("session", expected: "open", actual: "not open")
        }
        self.keys = keys
        sealer = PacketSealer(keys.receiving)
    }

    /// The packets that were put together of fragments.
    var reassembled: [Packet] { recorder.reassembled }

    /// Hands in a plain packet: of mode 3 under the Default Session Key, of other modes in the session.
    func receive(_ plain: [UInt8]) {
        let isStartup = plain.first.map { $0 & 3 == PacketMode.startup.rawValue } ?? false
        let datagram =
            isStartup ? startupSealer.seal(plain, to: 0) : sealer.seal(plain, to: keys.nearSessionID)
        near.receive(datagram, from: Self.farAddress, at: now)
    }

    /// Whether anything is sent because of a plain packet.
    func answers(_ plain: [UInt8]) -> Bool {
        _ = near.takeDatagrams()
        receive(plain)
        return !near.takeDatagrams().isEmpty
    }

    /// Whether a Ping is answered.
    func answersPing() -> Bool {
        let mode: PacketMode = keys.role == .initiator ? .responder : .initiator
        return answers(Packet(PacketHeader(mode), [.ping(Ping(message: [1]))]).encoded)
    }

    /// Correct, and remembers reassembled packets.
    private final class Recorder: Conduct {
        private let packets = Mutex<[Packet]>([])

        var reassembled: [Packet] { packets.withLock { $0 } }

        func receives(_ packet: IncomingPacket) -> IncomingPacket? {
            if packet.isReassembled { packets.withLock { $0.append(packet.packet) } }
            return packet
        }
    }
}
