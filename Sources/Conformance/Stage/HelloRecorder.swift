import RTMFP
import Synchronization

/// Takes note of the endpoint discriminators of IHellos that come to an endpoint.
final class HelloRecorder: Conduct {
    private let heard = Mutex<[[UInt8]]>([])

    /// The endpoint discriminators, in order.
    var discriminators: [[UInt8]] { heard.withLock { $0 } }

    func receives(_ packet: IncomingPacket) -> IncomingPacket? {
        for hello in packet.packet.chunks.compactMap(\.asIHello) {
            heard.withLock { if $0.count < 10_000 { $0.append(hello.endpointDiscriminator) } }
        }
        return packet
    }
}
