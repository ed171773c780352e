public import Links
import RTMFP

/// A target that implements nothing. A suite that is worth anything passes none of its cases against it.
public enum WorthlessTarget: String, Sendable, CaseIterable {
    /// Nobody is there.
    case dead
    /// Takes every datagram and says nothing.
    case mute
    /// Sends every datagram back.
    case echoing
    /// Answers each datagram with a startup packet that holds a Close Ack.
    case hangingUp = "hanging-up"
    /// Answers each datagram with random octets.
    case randomBytes = "random-bytes"

    /// The target as a node; nil if nobody is there.
    public func makeNode(seed: UInt64) -> (any DatagramNode)? {
        self == .dead ? nil : WorthlessNode(self, seed: seed)
    }
}

private final class WorthlessNode: DatagramNode {
    private let target: WorthlessTarget
    private var random: SeededGenerator
    private let sealer = PacketSealer(.defaultSession)
    private var datagrams: [Datagram] = []

    init(_ target: WorthlessTarget, seed: UInt64) {
        self.target = target
        random = SeededGenerator(seed: seed)
    }

    var nextDeadline: Instant? { nil }

    func advance(to now: Instant) {}

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        switch target {
        case .dead, .mute: break
        case .echoing: datagrams.append(Datagram(bytes: datagram, far: far))
        case .hangingUp:
            let close = Packet(PacketHeader(.startup), [.sessionCloseAcknowledgement])
            datagrams.append(Datagram(bytes: sealer.seal(close.encoded, to: 0), far: far))
        case .randomBytes:
            let count = Int.random(in: 1...200, using: &random)
            datagrams.append(Datagram(bytes: random.octets(count), far: far))
        }
    }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams.removeAll() }
        return datagrams
    }
}
