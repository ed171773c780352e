/// The part that an end has in a session (RFC 7016 §3.5).
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// It sent the IIKeying.
    case initiator
    /// It sent the RIKeying.
    case responder

    /// The other end's part.
    public var other: Role { self == .initiator ? .responder : .initiator }

    /// The mode of the packets that this end sends in the session (RFC 7016 §2.2.4).
    public var mode: PacketMode { self == .initiator ? .initiator : .responder }
}
