public import Flash
public import RTMFP

/// What the reference does with the sessions and flows of its endpoint.
///
/// Called from one place at a time, like the endpoint itself.
public protocol Application: AnyObject {
    /// Takes up its work at an endpoint; called once, before anything else.
    ///
    /// - Parameter conduct: deliberate faults above flows.
    func start(on endpoint: Endpoint, conduct: any MessageConduct)

    /// Acts on what has happened.
    func handle(_ event: Event, of endpoint: Endpoint, at now: Instant)

    /// When it wants to be advanced; nil for never.
    var nextDeadline: Instant? { get }

    /// Does what is due.
    func advance(_ endpoint: Endpoint, to now: Instant)

    /// Ends what goes on, in good order.
    func stop(at now: Instant)
}

extension Application {
    public func start(on endpoint: Endpoint, conduct: any MessageConduct) {}
    public var nextDeadline: Instant? { nil }
    public func advance(_ endpoint: Endpoint, to now: Instant) {}
    public func stop(at now: Instant) {}
}
