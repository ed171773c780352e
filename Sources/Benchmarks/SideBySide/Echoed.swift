import Links
import RTMFP

/// Sends messages on a flow to an echo server for as long as it runs, and counts the octets that come back.
final class Echoed: DatagramNode {
    /// Octets on their way there and back at most, so that neither end's queues grow without bound; more than the
    /// product of any bandwidth and delay on a loopback interface.
    private static let underway = 4 << 20

    private let endpoint: Endpoint
    private let server: SocketAddress
    private let message: [UInt8]
    private let tally: Tally
    private var hasBegun = false
    private var flow: FlowHandle?
    private var sent = 0
    private var received = 0

    init(server: SocketAddress, size: Int, identity: Identity, tally: Tally) {
        endpoint = Endpoint(configuration: Configuration(identity: identity), random: SystemRandomNumberGenerator())
        self.server = server
        message = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        self.tally = tally
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint.receive(datagram, from: far, at: now)
        proceed(at: now)
    }

    func advance(to now: Instant) {
        if hasBegun {
            endpoint.advance(to: now)
        } else {
            hasBegun = true
            let discriminator = EndpointDiscriminator(uri: "rtmfp://\(server)/")
            endpoint.open(to: [server], endpointDiscriminator: discriminator.encoded, at: now)
        }
        proceed(at: now)
    }

    var nextDeadline: Instant? { hasBegun ? endpoint.nextDeadline : .origin }

    func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    private func proceed(at now: Instant) {
        for event in endpoint.takeEvents() {
            switch event {
            case .opened(let session, _):
                flow = endpoint.openFlow(on: session, metadata: Array("load".utf8), at: now)
            case .openFailed(_, let reason):
                tally.fail("\(server): \(reason)")
            case .closed(_, let reason):
                tally.fail("\(server): \(reason)")
            case .message(_, let echo):
                guard echo.bytes == message else {
                    tally.fail("\(server) did not send back what it was sent")
                    return
                }
                received += echo.bytes.count
                tally.add(echo.bytes.count)
            default: break
            }
        }
        guard let flow else { return }
        while sent - received < Echoed.underway, endpoint.write(message, on: flow, at: now) { sent += message.count }
    }
}
