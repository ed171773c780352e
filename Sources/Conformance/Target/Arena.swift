public import Links
import RTMFP

/// Where cases meet a target.
public protocol Arena: Sendable {
    /// A network and the target on it, for one run of one case.
    ///
    /// A live arena gives the same target each time; a simulated one builds a new world, whose randomness and virtual
    /// time depend on `seed` alone.
    func enter(seed: UInt64) throws -> Ground
    /// How the target is named on the command line that repeats a case; empty for the embedded reference.
    var targetArgument: String { get }
    /// How the target is named for people.
    var targetName: String { get }
    /// The option of that command line that takes `targetArgument`.
    var targetOption: String { get }
    /// Whether only one case can run at a time.
    var isSerial: Bool { get }
    /// Takes away what cases have left behind; called when a run is over, however it ended.
    func leave() throws
}

extension Arena {
    public var targetName: String { targetArgument }
    public var targetOption: String { "--target" }
    public var isSerial: Bool { false }
    public func leave() throws {}
}

/// A network and the target on it; used by one thread.
public struct Ground {
    /// The network.
    public var network: any Network
    /// The target; for clients, which nobody finds before they come, the address that they are called to.
    public var target: Target
    /// Where clients come from, if those are judged.
    public var clients: (any ClientSource)?
    /// The tracker, if one is judged.
    public var tracker: TrackerSite?
    /// Where a peer is judged, if one is.
    public var stage: (any StageWorld)?

    /// Makes a ground with a server on it.
    public init(network: any Network, target: Target) {
        self.network = network
        self.target = target
    }

    /// Makes a ground that clients come to.
    public init(network: any Network, clients: any ClientSource) {
        self.network = network
        self.clients = clients
        target = Target(.loopback(port: 0))
    }

    /// Makes a ground with a tracker on it, and beside it a rendezvous if there is one.
    public init(network: any Network, target: Target?, tracker: TrackerSite) {
        self.network = network
        self.target = target ?? Target(.loopback(port: 0))
        self.tracker = tracker
    }

    /// Makes a ground on which a peer meets everybody whom it has to do with.
    public init(stage: any StageWorld) {
        network = UDPNetwork.loopback
        target = Target(.loopback(port: 0))
        self.stage = stage
    }
}

/// A target that listens somewhere, reached over a network.
///
/// It hands out no local address twice: a target that still holds a session of an earlier case from an address rightly
/// refuses another one from there (RFC 7016 §3.5.1.1.2).
public struct LiveArena: Arena {
    private let network: any Network
    private let target: Target
    public let targetArgument: String
    public let targetName: String

    /// Makes the arena; `targetArgument` is what the user wrote after `--target`.
    public init(network: any Network, target: Target, targetArgument: String) {
        self.network = UnrepeatedAddresses(of: network)
        self.target = target
        targetName = targetArgument
        self.targetArgument = targetArgument.isEmpty ? "" : targetArgument.quoted
    }

    public func enter(seed: UInt64) throws -> Ground {
        Ground(network: network, target: target)
    }
}
