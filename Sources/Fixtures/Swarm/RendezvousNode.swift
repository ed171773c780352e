import HLSP2P
import Links
import RTMFP

/// The reference rendezvous, with a registry that others read.
final class RendezvousNode: DatagramNode {
    let endpoint: Endpoint
    let rendezvous: Rendezvous

    init(
        _ registry: InMemoryRegistry,
        seed: UInt64,
        keyLog: (@Sendable (KeyLogEntry) -> Void)? = nil
    ) throws {
        var random = SeededGenerator(seed: seed, name: "rendezvous")
        let identity = try Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
        var configuration = Configuration(identity: identity)
        configuration.keyLog = keyLog
        endpoint = Endpoint(configuration: configuration, random: random)
        rendezvous = Rendezvous(on: endpoint, registry: registry, random: random)
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint.receive(datagram, from: far, at: now)
        handleEvents(at: now)
    }

    func advance(to now: Instant) {
        endpoint.advance(to: now)
        handleEvents(at: now)
    }

    var nextDeadline: Instant? { endpoint.nextDeadline }

    func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    private func handleEvents(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { return }
            for event in events { rendezvous.handle(event, at: now) }
        }
    }
}
