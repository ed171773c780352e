/// A media segment in the cache, whole or in pieces (swarm-algorithm §4).
public struct MediaChunk: Sendable {
    /// Where a chunk comes from (swarm-algorithm §4.2).
    public enum State: Hashable, Sendable {
        /// A placeholder of the initial peer search.
        case initial
        /// Pulled or pushed pieces are taken.
        case loadingFromPeers
        /// HTTP load or HTTP repair; pushed pieces are ignored.
        case loadingFromSource
        case loadFromSourceDone
        case loadFromPeersDone
    }

    /// A piece of it that has come.
    struct Part: Sendable {
        /// The index in this client's division.
        var id: Int
        var offset: Int
        var content: ArraySlice<UInt8>
    }

    /// The client's running number of the chunk: newer chunks have greater ones.
    public let index: Int
    /// The URL under which the chunk was first heard of here.
    public let uri: String
    /// By what it is known (swarm-algorithm §3).
    public let path: String
    /// Where it comes from.
    public var state: State
    /// Whether it came by a chain that is not in the middle of a change.
    public var isStable = false
    /// Whether it could not be had.
    public var isErroneous = false
    /// Octets of the whole; nil if not known.
    public internal(set) var size: Int?
    /// All of it, once it is complete.
    public private(set) var data: [UInt8]?
    /// What has come as long as it is not complete, in the order of offsets.
    private(set) var parts: [Part] = []

    /// Octets of a chunk at most; a larger one cannot be had from peers.
    public static let maximumSize = 64 << 20

    init(index: Int, uri: String, state: State) {
        self.index = index
        self.uri = uri
        self.state = state
        path = uri.chunkPath
    }

    /// Whether all of it is there.
    public var isComplete: Bool { data != nil }

    /// Octets that it holds.
    public var octets: Int { data?.count ?? parts.reduce(0) { $0 + $1.content.count } }

    /// Whether the piece of that index has come.
    func holds(_ assignment: Assignment) -> Bool {
        if let size, assignment.offset >= size { return true }
        return isComplete || parts.contains { $0.offset == assignment.offset }
    }

    /// Stores a piece; false if it is known, or does not belong into the chunk.
    mutating func insert(_ part: Part, isComplete: (Bool) -> Bool) -> Bool {
        guard data == nil, !part.content.isEmpty, !parts.contains(where: { $0.id == part.id }) else { return false }
        let (end, overflow) = part.offset.addingReportingOverflow(part.content.count)
        guard !overflow, part.offset >= 0, end <= size ?? MediaChunk.maximumSize else { return false }
        parts.insert(part, at: parts.firstIndex { $0.offset > part.offset } ?? parts.count)
        completeIfPossible(isComplete)
        return true
    }

    /// Forgets a piece.
    mutating func forget(_ id: Int) {
        parts.removeAll { $0.id == id }
    }

    /// Complete: the size is known, and the pieces add up to it (swarm-algorithm §4.1).
    mutating func completeIfPossible(_ judge: (Bool) -> Bool) {
        guard data == nil, let size else { return }
        var end = 0
        var addsUp = true
        for part in parts {
            addsUp = addsUp && part.offset == end
            end += part.content.count
        }
        guard judge(addsUp && end == size) else { return }
        var whole: [UInt8] = []
        whole.reserveCapacity(end)
        for part in parts { whole += part.content }
        data = whole
        parts = []
    }

    /// The whole has come from a source.
    mutating func complete(_ whole: [UInt8]) {
        size = whole.count
        data = whole
        parts = []
        state = .loadFromSourceDone
    }

    /// Forgets what has come.
    mutating func reset(_ state: State) {
        size = nil
        data = nil
        parts = []
        isErroneous = false
        self.state = state
    }

    /// The octets that a peer is to get, in the storage of the chunk; nil as long as they are not all there
    /// (peer-protocol §6.2).
    ///
    /// - Parameter judge: whether the range is taken for complete.
    func extract(_ assignment: Assignment, _ judge: (Bool) -> Bool = { $0 }) -> ArraySlice<UInt8>? {
        guard assignment.isSound else { return nil }
        if let data {
            return data[assignment.range(in: data.count)]
        }
        let available = partial(assignment)
        return judge(available != nil) ? available ?? [] : nil
    }

    /// A range of an incomplete chunk: only one with a length, whose octets have come.
    private func partial(_ assignment: Assignment) -> ArraySlice<UInt8>? {
        let (end, overflow) = assignment.offset.addingReportingOverflow(assignment.length)
        guard assignment.length >= 0, !overflow else { return nil }
        var found: ArraySlice<UInt8> = []
        var position = assignment.offset
        for part in parts where part.offset <= position && position < part.offset + part.content.count {
            let from = position - part.offset
            let to = min(part.content.count, end - part.offset)
            guard from < to else { break }
            let octets = part.content.dropFirst(from).prefix(to - from)
            // Often the one part is all.
            if found.isEmpty { found = octets } else { found += octets }
            position = part.offset + to
        }
        return position == end && assignment.length > 0 ? found : nil
    }
}
