/// A session packet under assembly.
struct PacketDraft {
    private(set) var chunks: [Chunk] = []
    /// Octets of chunks that still fit.
    private(set) var room: Int
    /// It carries user data of a time-critical flow.
    var isTimeCritical = false

    init(room: Int) {
        self.room = room
    }

    var isEmpty: Bool { chunks.isEmpty }

    /// Whether chunks of `octets` fit; whatever is alone in its packet does.
    func fits(_ octets: Int) -> Bool { isEmpty || octets <= room }

    mutating func append(_ chunk: Chunk) {
        chunks.append(chunk)
        room -= chunk.encodedLength
    }
}
