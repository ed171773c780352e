/// Names one session of one endpoint, from the begin of opening it; never used again.
public struct SessionHandle: Hashable, Comparable, Sendable {
    /// Counts the endpoint's sessions from 1.
    public let number: UInt64

    /// Whether `left` was named before `right`.
    public static func < (left: SessionHandle, right: SessionHandle) -> Bool {
        left.number < right.number
    }
}

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

/// Where a session stands (RFC 7016 §3.5).
public enum SessionState: String, Hashable, Sendable, CaseIterable {
    /// S_IHELLO_SENT
    case helloSent
    /// S_KEYING_SENT
    case keyingSent
    /// S_OPEN
    case open
    /// S_NEARCLOSE
    case nearClose
    /// S_FARCLOSE_LINGER
    case farCloseLinger
}
