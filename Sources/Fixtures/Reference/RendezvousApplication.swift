public import Flash
public import HLSP2P
public import RTMFP

/// The rendezvous as what a reference does with its endpoint: viewers register, are introduced to each other, and may
/// publish and play.
public final class RendezvousApplication: Application {
    private let random: any RandomNumberGenerator & Sendable
    private let registry: any Registry
    private var rendezvous: Rendezvous?

    /// Makes one.
    ///
    /// - Parameters:
    ///   - random: where the order of participants comes from.
    ///   - registry: where viewers are registered.
    public init(random: any RandomNumberGenerator & Sendable, registry: any Registry) {
        self.random = random
        self.registry = registry
    }

    public func start(on endpoint: Endpoint, conduct: any MessageConduct) {
        rendezvous = Rendezvous(on: endpoint, registry: registry, random: random, conduct: conduct)
    }

    public func handle(_ event: Event, of endpoint: Endpoint, at now: Instant) {
        rendezvous?.handle(event, at: now)
    }

    public func advance(_ endpoint: Endpoint, to now: Instant) {
        for (registration, outcome) in registry.takeOutcomes() {
            rendezvous?.complete(registration, outcome, at: now)
        }
    }

    public func stop(at now: Instant) {
        rendezvous?.stop(at: now)
    }
}
