/// All that is needed to decrypt a session from its datagrams.
public struct KeyLogEntry: Hashable, Sendable {
    /// The near end's part.
    public var role: Role
    /// Where the far end is.
    public var address: SocketAddress
    /// The session ID of datagrams to this end.
    public var nearSessionID: UInt32
    /// The session ID of datagrams to the far end.
    public var farSessionID: UInt32
    /// Protects what this end sends.
    public var sending: PacketProtection
    /// Protects what the far end sends.
    public var receiving: PacketProtection
    /// The keys of which these were made.
    public var keys: SessionKeys

    /// Makes an entry.
    public init(
        role: Role,
        address: SocketAddress,
        nearSessionID: UInt32,
        farSessionID: UInt32,
        sending: PacketProtection,
        receiving: PacketProtection,
        keys: SessionKeys
    ) {
        self.role = role
        self.address = address
        self.nearSessionID = nearSessionID
        self.farSessionID = farSessionID
        self.sending = sending
        self.receiving = receiving
        self.keys = keys
    }
}
