import RTMFP
import Synchronization

/// A conduct of closures; what a test does not set is correct.
struct Meddling: Conduct {
    var judging: @Sendable (Rule, Bool) -> Bool = { $1 }
    var sending: @Sendable (OutgoingPacket) -> [OutgoingPacket] = { [$0] }
    var receiving: @Sendable (IncomingPacket) -> IncomingPacket? = { $0 }
    var timing: @Sendable (TimerName, Interval) -> Interval = { $1 }

    func judges(_ rule: Rule, holds: Bool) -> Bool { judging(rule, holds) }
    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] { sending(packet) }
    func receives(_ packet: IncomingPacket) -> IncomingPacket? { receiving(packet) }
    func interval(_ timer: TimerName, _ correct: Interval) -> Interval { timing(timer, correct) }

    /// Changes the chunks that go out.
    static func chunks(_ change: @escaping @Sendable (Chunk) -> Chunk) -> Meddling {
        Meddling(sending: { packet in
            var packet = packet
            packet.packet.chunks = packet.packet.chunks.map(change)
            return [packet]
        })
    }

    /// Changes the IIKeying that goes out.
    static func keying(_ change: @escaping @Sendable (inout IIKeying) -> Void) -> Meddling {
        chunks { chunk in
            guard case .initiatorInitialKeying(var keying) = chunk else { return chunk }
            change(&keying)
            return .initiatorInitialKeying(keying)
        }
    }
}

/// Reads and writes startup packets, as anybody can.
enum Startup {
    static func read(_ bytes: [UInt8]) -> Packet? {
        guard let opened = try? PacketOpener(.defaultSession).open(bytes) else { return nil }
        return try? Packet(opened.plain)
    }

    static func write(_ chunks: [Chunk], mode: PacketMode = .startup, to sessionID: UInt32 = 0) -> [UInt8] {
        PacketSealer(.defaultSession).seal(Packet(PacketHeader(mode), chunks).encoded, to: sessionID)
    }

    static func hello(_ discriminator: [UInt8] = Parties.uri, tag: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]) -> Chunk {
        .initiatorHello(IHello(endpointDiscriminator: discriminator, tag: tag))
    }
}

extension Endpoint {
    /// The startup chunks that this endpoint answers a datagram with.
    func answers(to datagram: [UInt8], from source: SocketAddress = Parties.client, at now: Instant) -> [Chunk] {
        receive(datagram, from: source, at: now)
        return takeDatagrams().flatMap { Startup.read($0.bytes)?.chunks ?? [] }
    }
}

extension Pump {
    /// The startup chunks among what went from `source` to anywhere, in order.
    func startupChunks(from source: SocketAddress) -> [Chunk] {
        sent.filter { $0.source == source }.flatMap { Startup.read($0.datagram.bytes)?.chunks ?? [] }
    }

    /// Loses the datagrams with these numbers.
    func lose(_ numbers: Set<Int>) {
        route = { numbers.contains($0.number) ? [] : [$0] }
    }
}

/// Correct, and remembers the chunks of the session packets that it hears.
final class Heard: Conduct {
    private let heard = Mutex<[Chunk]>([])

    var chunks: [Chunk] { heard.withLock { $0 } }

    func receives(_ packet: IncomingPacket) -> IncomingPacket? {
        if packet.key == .session { heard.withLock { $0 += packet.packet.chunks } }
        return packet
    }
}
