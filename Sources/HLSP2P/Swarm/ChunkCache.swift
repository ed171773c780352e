/// The chunks of a client, oldest first, and the newest playlist (swarm-algorithm §4).
public struct ChunkCache: Sendable {
    /// MAX_CHUNK_COUNT
    public static let maximumCount = 60
    /// Chunks at most if pushes arrive faster than segments are asked for.
    public static let hardLimit = 2 * maximumCount
    /// Octets at most, beyond the chunk that is being loaded.
    public static let maximumOctets = 512 << 20
    /// Chunks at most that peers have begun and not completed.
    public static let maximumIncomplete = 32

    /// The chunks in the order in which they were made.
    public private(set) var chunks: [MediaChunk] = []
    private var nextIndex = 0

    /// Makes an empty cache.
    public init() {}

    /// Octets of all chunks.
    public var octets: Int { chunks.reduce(0) { $0 + $1.octets } }

    /// The chunk that a URL names: the newest with its path (swarm-algorithm §3).
    public subscript(uri: String) -> MediaChunk? {
        place(of: uri).map { chunks[$0] }
    }

    /// The chunk with that index.
    public subscript(index: Int) -> MediaChunk? {
        get { place(index).map { chunks[$0] } }
        set {
            guard let place = place(index), let newValue else { return }
            chunks[place] = newValue
        }
    }

    /// The first chunk after an index.
    public func next(after index: Int) -> MediaChunk? {
        let place = chunks.firstIndex { $0.index > index }
        return place.map { chunks[$0] }
    }

    /// Makes a chunk, as the newest; chunks beyond the hard limit go.
    public mutating func make(_ uri: String, _ state: MediaChunk.State) -> Int {
        let chunk = MediaChunk(index: nextIndex, uri: uri, state: state)
        nextIndex += 1
        chunks.append(chunk)
        if chunks.count > ChunkCache.hardLimit { chunks.removeFirst() }
        while chunks.count > 1, octets > ChunkCache.maximumOctets { chunks.removeFirst() }
        return chunk.index
    }

    /// A segment is about to be loaded: drops the oldest chunk if there are more than enough.
    public mutating func evict() {
        if chunks.count > ChunkCache.maximumCount { chunks.removeFirst() }
    }

    /// Integer mean of the sizes of complete chunks, and how many those are (peer-protocol §6.1).
    public var average: (size: Int, count: Int)? {
        let complete = chunks.compactMap { $0.data?.count }
        guard !complete.isEmpty else { return nil }
        return (complete.reduce(0, +) / complete.count, complete.count)
    }

    /// Whether a peer may begin another chunk.
    var hasRoomForPushes: Bool {
        chunks.count { $0.state == .loadingFromPeers && !$0.isComplete } < ChunkCache.maximumIncomplete
    }

    /// The newest complete chunk.
    public var newestComplete: MediaChunk? { chunks.last(where: \.isComplete) }

    private func place(of uri: String) -> Int? {
        let path = uri.chunkPath
        return chunks.lastIndex { $0.path == path }
    }

    private func place(_ index: Int) -> Int? {
        guard let first = chunks.first else { return nil }
        // Without gaps, as long as only the oldest go.
        let place = index - first.index
        return chunks.indices.contains(place) && chunks[place].index == index ? place : nil
    }
}
