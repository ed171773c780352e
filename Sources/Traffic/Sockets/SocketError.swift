public import RTMFP

/// Why a UDP socket cannot be had; one sentence.
public struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address that it should have, or reach.
    public var address: SocketAddress
    /// The operating system's reason.
    public var reason: String

    /// One sentence.
    public var description: String { "no UDP socket for \(address): \(reason)" }
}
