/// A piece of a chunk as it travels, pulled or pushed (peer-protocol §6.2, §6.5).
public struct Piece: Hashable, Sendable {
    /// The URL under which the sender holds the chunk.
    public var uri: String
    /// The index of the piece in the receiver's division.
    public var id: Int
    /// Where it begins in the chunk, in octets.
    public var offset: Int
    /// Octets of the whole chunk; nil as long as the sender does not know.
    public var chunkSize: Int?
    /// The octets; empty if the chunk ends before `offset`. Pieces of one chunk share its storage, however many peers
    /// they wait for.
    public var content: ArraySlice<UInt8>
    /// Whether the chunk came to the sender by a chain that is not in the middle of a change (swarm-algorithm §4.3).
    public var isFromStableSource: Bool
    /// The sender's playlist; nil if it has none (peer-protocol §6.14).
    public var playlist: [UInt8]?

    /// Makes one.
    public init(
        uri: String,
        id: Int,
        offset: Int,
        chunkSize: Int?,
        content: ArraySlice<UInt8>,
        isFromStableSource: Bool,
        playlist: [UInt8]?
    ) {
        self.uri = uri
        self.id = id
        self.offset = offset
        self.chunkSize = chunkSize
        self.content = content
        self.isFromStableSource = isFromStableSource
        self.playlist = playlist
    }
}

/// How long the pusher's pieces take, by its own account (peer-protocol §6.5).
public struct PushTiming: Hashable, Sendable {
    /// Milliseconds between transmission and confirm of the piece before; nil before the first.
    public var lastUsedTime: Int?
    /// Octets of the piece before; nil before the first.
    public var lastSize: Int?

    /// Makes one.
    public init(lastUsedTime: Int? = nil, lastSize: Int? = nil) {
        self.lastUsedTime = lastUsedTime
        self.lastSize = lastSize
    }
}
