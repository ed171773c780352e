import RTMFP

/// What the target says about flows in one session, and how the probe acknowledges it.
///
/// Unless told otherwise the probe acknowledges every packet with user data at once, with a buffer that is never full.
final class Ear {
    /// How what comes is acknowledged.
    enum Manner {
        /// Every packet at once.
        case prompt
        /// Only by the case itself.
        case silent
    }

    /// How what comes is acknowledged.
    var manner = Manner.prompt
    /// The buffer that acknowledgements advertise, in blocks of 1024 octets.
    var blocks: UInt64 = 64
    /// Whether acknowledgements carry the echo of the target's timestamp, so that it can measure the round trip.
    var echoesTimestamps = false
    /// By how many ticks of 4 ms the echoes are too old: the round trip seems longer by that.
    var echoLag: UInt16 = 0
    /// Whether acknowledgements say that the probe receives time-critical data from others (RFC 7016 §3.5.2.1).
    var timeCriticalReverse = false

    /// The flows that the target sends on.
    private(set) var flows: [UInt64: FarFlow] = [:]
    /// What the target has acknowledged, in order.
    private(set) var acknowledgements: [HeardAcknowledgement] = []
    private var lastTimestamp: (value: UInt16, at: Instant)?
    private var heardPackets = 0

    /// The flow that the target opened in answer to flow `id` of the probe's; nil before there is one.
    func flow(answering id: UInt64) -> FarFlow? {
        flows.values.filter { $0.association == id }.min { $0.id < $1.id }
    }

    /// Takes a packet of the session in.
    ///
    /// - Parameter index: which of the packets that its peer has heard it is.
    /// - Returns: the flows of which it brought fragments.
    func hear(_ heard: Heard, index: Int) -> [UInt64] {
        if let timestamp = heard.packet?.header.timestamp { lastTimestamp = (timestamp, heard.at) }
        acknowledgements += heard.acknowledgements(packet: index)
        var touched: [UInt64] = []
        for fragment in heard.fragments(packet: index) {
            flows[fragment.flowID, default: FarFlow(openedBy: fragment)].hear(fragment)
            if touched.last != fragment.flowID { touched.append(fragment.flowID) }
        }
        return touched
    }

    /// What a packet with acknowledgements has in its header besides what every packet has.
    func complete(_ header: PacketHeader, at now: Instant) -> PacketHeader {
        var header = header
        header.timeCriticalReverse = timeCriticalReverse
        if echoesTimestamps, let lastTimestamp {
            let ticks = UInt16(truncatingIfNeeded: (now - lastTimestamp.at).nanoseconds / 4_000_000)
            header.timestampEcho = lastTimestamp.value &+ ticks &- echoLag
        }
        return header
    }

    /// The acknowledgement of all that has come on a flow.
    func acknowledgement(of id: UInt64) -> Chunk {
        let received = flows[id]?.received ?? SequenceNumbers()
        return .rangeAcknowledgement(
            RangeAcknowledgement(
                flowID: id,
                bufferBlocksAvailable: blocks,
                cumulativeAcknowledgement: received.cumulative,
                ranges: received.beyond
            )
        )
    }
}
