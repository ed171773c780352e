/// Puts fragmented packets together again (RFC 7016 §3.4), within limits.
struct FragmentReassembly {
    /// Which fragments belong together.
    struct Key: Hashable {
        /// The session; nil before there is one.
        var session: SessionHandle?
        /// Where the fragments came from; nil within a session, whose address may change.
        var source: SocketAddress?
        /// The packet ID.
        var packetID: UInt64
    }

    fileprivate struct Buffer {
        var mode: PacketMode
        var fragments: [UInt64: [UInt8]] = [:]
        var finalNumber: UInt64?
        var size = 0
        var since: Instant
        var progressedAt: Instant
    }

    /// Fragments of a packet at most: small ones cost memory beyond their octets.
    private static let maximumFragments = 1024

    private var buffers: [Key: Buffer] = [:]
    private var sweptAt: Instant?

    /// From one look for what takes too long to the next, while no fragments come.
    private static let sweepPeriod = Interval.seconds(2)

    /// When to look for what takes too long; nil if nothing is under reassembly.
    var nextSweep: Instant? { buffers.isEmpty ? nil : sweptAt.map { $0 + FragmentReassembly.sweepPeriod } }

    /// Packets under reassembly.
    var count: Int { buffers.count }

    /// Octets of all their fragments.
    var octets: Int { buffers.values.reduce(0) { $0 + $1.size } }

    /// Takes a fragment that came in a packet of mode `mode`; gives the packet when it is complete.
    mutating func add(
        _ fragment: PacketFragment,
        in mode: PacketMode,
        for key: Key,
        at now: Instant,
        limits: Configuration,
        conduct: any Conduct
    ) -> (packet: [UInt8], mode: PacketMode)? {
        guard conduct.judges(.fragmentNotEmpty, holds: !fragment.packetFragment.isEmpty) else { return nil }
        sweep(at: now, conduct)
        if buffers[key] == nil {
            let free = buffers.count < limits.maximumReassemblies
            guard conduct.judges(.fragmentBufferFree, holds: free) else { return nil }
        }
        var buffer = buffers[key] ?? Buffer(mode: mode, since: now, progressedAt: now)
        guard conduct.judges(.fragmentModeMatches, holds: buffer.mode == mode) else { return nil }
        let number = fragment.fragmentNumber
        guard buffer.fragments[number] == nil, number <= buffer.finalNumber ?? .max else { return nil }

        buffer.size += fragment.packetFragment.count
        let fits =
            buffer.size <= limits.maximumReassembledPacket
            && buffer.fragments.count < FragmentReassembly.maximumFragments
        guard conduct.judges(.fragmentWithinSizeLimit, holds: fits) else {
            buffers[key] = nil
            return nil
        }
        buffer.fragments[number] = fragment.packetFragment
        buffer.progressedAt = now
        if !fragment.moreFragments { buffer.finalNumber = number }
        guard let packet = buffer.complete else {
            buffers[key] = buffer
            return nil
        }
        buffers[key] = nil
        return (packet, buffer.mode)
    }

    /// Forgets what belongs to `session`.
    mutating func forget(_ session: SessionHandle) {
        guard !buffers.isEmpty else { return }
        buffers = buffers.filter { $0.key.session != session }
    }

    /// Discards what takes too long; not more often than a few times a second, so that a flood pays for itself.
    mutating func sweep(at now: Instant, _ conduct: any Conduct) {
        if let sweptAt, now - sweptAt < .milliseconds(250) { return }
        sweptAt = now
        let lifetime = conduct.interval(.fragmentedPacketLifetime, .seconds(60))
        let patience = conduct.interval(.fragmentProgress, .seconds(2))
        buffers = buffers.filter { now - $0.value.since <= lifetime && now - $0.value.progressedAt <= patience }
    }
}

extension FragmentReassembly.Buffer {
    /// The whole packet, if no fragment is missing.
    fileprivate var complete: [UInt8]? {
        guard let finalNumber, UInt64(fragments.count) == finalNumber &+ 1 else { return nil }
        var packet: [UInt8] = []
        packet.reserveCapacity(size)
        for number in 0...finalNumber {
            guard let fragment = fragments[number] else { return nil }
            packet += fragment
        }
        return packet
    }
}
