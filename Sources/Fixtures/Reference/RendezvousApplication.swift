public import Flash
internal import HLSP2P
public import RTMFP

/// The rendezvous as what a reference does with its endpoint: viewers register, are introduced to each other, and may
/// publish and play.
public final class RendezvousApplication: Application {
    private let random: any RandomNumberGenerator & Sendable
    private let registry = InMemoryRegistry()
    private var rendezvous: Rendezvous?

    /// Makes one.
    ///
    /// - Parameter random: where the order of participants comes from.
    public init(random: any RandomNumberGenerator & Sendable) {
        self.random = random
    }

    public func start(on endpoint: Endpoint, conduct: any MessageConduct) {
        rendezvous = Rendezvous(on: endpoint, registry: registry, random: random, conduct: conduct)
    }

    public func handle(_ event: Event, of endpoint: Endpoint, at now: Instant) {
        rendezvous?.handle(event, at: now)
    }

    public func stop(at now: Instant) {
        rendezvous?.stop(at: now)
    }
}
