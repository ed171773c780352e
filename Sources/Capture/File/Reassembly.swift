import RTMFP

/// Puts fragmented IP packets together again, within bounds.
///
/// A fragment that repeats an earlier one octet for octet is ignored; any other overlap gives the packet up, its later
/// fragments included (RFC 5722 §4). A packet is also given up when it is older than `longestAge` by the capture's
/// clock, and the oldest when there are more than `mostPackets` or more than `mostOctets`.
struct Reassembly {
    /// What fragments of one packet have in common.
    private struct Key: Hashable {
        var source: SocketAddress.IP
        var destination: SocketAddress.IP
        var identification: UInt32
        /// Distinguishes packets in IPv4 only.
        var protocolNumber: UInt8
    }

    private struct Piece {
        var offset: Int
        var octets: [UInt8]
        var end: Int { offset + octets.count }
    }

    private struct Pending {
        var first: Instant
        /// Ascending, without overlap.
        var pieces: [Piece] = []
        var received = 0
        /// Known once the last fragment has come.
        var total: Int?
        var overlapping = false
        var header: IPPacket
    }

    /// What a fragment led to.
    enum Outcome {
        case pending
        case complete(IPPacket, [UInt8])
    }

    static let longestAge = Interval.seconds(30)
    static let mostPackets = 256
    static let mostOctets = 4 << 20
    /// What a piece costs beside its octets.
    private static let overhead = 64

    private var packets: [Key: Pending] = [:]
    /// Keys of `packets`, oldest first.
    private var order: [Key] = []
    private var held = 0

    /// Packets that were given up for other reasons than overlaps.
    private(set) var incomplete = 0
    /// Packets that were given up because fragments overlap.
    private(set) var overlapping = 0

    /// Takes a fragment, a packet of `frame` whose `fragment` is not nil.
    mutating func add(
        _ packet: IPPacket,
        _ fragment: IPPacket.Fragment,
        in frame: Span<UInt8>,
        at time: Instant
    ) throws(FrameFault) -> Outcome {
        expire(at: time)
        let piece = Piece(offset: fragment.offset, octets: frame.copy(packet.payload))
        guard !piece.octets.isEmpty, piece.end <= 65535, !fragment.moreFollow || piece.octets.count % 8 == 0 else {
            throw .malformed
        }
        let isVersion4 = if case .v4 = packet.source { true } else { false }
        let key = Key(
            source: packet.source,
            destination: packet.destination,
            identification: fragment.identification,
            protocolNumber: isVersion4 ? packet.nextHeader : 0
        )
        var pending = packets[key] ?? start(key, packet, at: time)
        guard !pending.overlapping else { return .pending }
        // Taken out so that the pieces have one owner and are changed in place.
        packets[key] = nil
        let before = cost(pending)
        insert(piece, isLast: !fragment.moreFollow, into: &pending)
        if fragment.offset == 0 { pending.header = packet }
        held += cost(pending) - before
        packets[key] = pending
        guard !pending.overlapping, pending.received == pending.total else {
            makeRoom()
            return .pending
        }
        remove(key)
        return .complete(pending.header, pending.pieces.flatMap(\.octets))
    }

    /// Gives up everything: the capture has ended.
    mutating func finish() {
        while let oldest = order.first { giveUp(oldest) }
    }

    private mutating func start(_ key: Key, _ packet: IPPacket, at time: Instant) -> Pending {
        order.append(key)
        return Pending(first: time, header: packet)
    }

    private mutating func insert(_ piece: Piece, isLast: Bool, into pending: inout Pending) {
        let index = pending.pieces.lastIndex { $0.offset <= piece.offset }
        if let index, pending.pieces[index].offset == piece.offset, pending.pieces[index].octets == piece.octets,
            isLast == (pending.total == piece.end)
        {
            return
        }
        let next = index.map { $0 + 1 } ?? 0
        let overlaps =
            index.map { pending.pieces[$0].end > piece.offset } ?? false
            || next < pending.pieces.count && pending.pieces[next].offset < piece.end
            || isLast && (pending.total != nil || (pending.pieces.last?.end ?? 0) > piece.end)
            || pending.total.map { piece.end > $0 } ?? false
        guard !overlaps else {
            overlapping += 1
            pending.overlapping = true
            pending.pieces = []
            return
        }
        if isLast { pending.total = piece.end }
        pending.received += piece.octets.count
        pending.pieces.insert(piece, at: next)
    }

    private func cost(_ pending: Pending) -> Int {
        pending.overlapping ? 0 : pending.received + pending.pieces.count * Reassembly.overhead
    }

    private mutating func expire(at time: Instant) {
        while let oldest = order.first, let pending = packets[oldest],
            time - pending.first > Reassembly.longestAge
        {
            giveUp(oldest)
        }
    }

    private mutating func makeRoom() {
        while let oldest = order.first, order.count > Reassembly.mostPackets || held > Reassembly.mostOctets {
            giveUp(oldest)
        }
    }

    private mutating func giveUp(_ key: Key) {
        if packets[key]?.overlapping == false { incomplete += 1 }
        remove(key)
    }

    private mutating func remove(_ key: Key) {
        if let pending = packets.removeValue(forKey: key) { held -= cost(pending) }
        order.removeAll { $0 == key }
    }
}
