/// Which piece of every chunk a peer is to deliver (peer-protocol §6.2, swarm-algorithm §2).
public struct Assignment: Hashable, Sendable {
    /// The index of the piece, from 0.
    public var id: Int
    /// Into how many pieces a chunk is divided; -1 if that is not told.
    public var count: Int
    /// Where the piece begins, in octets.
    public var offset: Int
    /// Octets of the piece; -1 for all up to the end of the chunk.
    public var length: Int

    /// `count` where it is not told.
    public static let uncounted = -1
    /// `length` of the last piece.
    public static let toTheEnd = -1

    /// Makes one.
    public init(id: Int, count: Int, offset: Int, length: Int) {
        self.id = id
        self.count = count
        self.offset = offset
        self.length = length
    }

    /// Whether it can be cut out of a chunk.
    public var isSound: Bool { id >= 0 && offset >= 0 && length >= Assignment.toTheEnd }

    /// The octets of a chunk of `size` octets that belong to the piece; empty if the chunk ends before it.
    public func range(in size: Int) -> Range<Int> {
        let start = min(max(offset, 0), size)
        guard length >= 0 else { return start..<size }
        return start..<(start + min(length, size - start))
    }
}
