/// What became of the frames of a capture.
public struct CaptureCounts: Hashable, Sendable {
    /// Frames read.
    public var frames = 0
    /// Datagrams delivered.
    public var datagrams = 0
    /// Frames that hold something other than UDP over IP.
    public var otherProtocols = 0
    /// Frames of which the capture kept too little (its snapshot length).
    public var truncated = 0
    /// Frames whose headers contradict themselves.
    public var malformed = 0
    /// Frames that hold a fragment of an IP packet.
    public var fragments = 0
    /// Fragmented packets of which a part never came, came too late, or was given up to keep memory bounded.
    public var incomplete = 0
    /// Fragmented packets given up because their fragments overlap (RFC 5722).
    public var overlapping = 0

    /// Makes counts of nothing.
    public init() {}
}
