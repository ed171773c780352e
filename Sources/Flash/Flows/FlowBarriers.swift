internal import RTMFP

/// The barriers of one flow association tree (RFC 7425 §5.2).
///
/// A flow that comes to a barrier waits until as many as the barrier counts have come to it.
struct FlowBarriers {
    private struct Barrier {
        var count: UInt32
        var arrived: UInt32 = 0
        var waiting: Set<FlowHandle> = []
    }

    /// Barriers at most that are not complete; beyond them nobody waits.
    static let maximumBarriers = 1_024

    private var barriers: [UInt32: Barrier] = [:]

    /// A flow came to a barrier.
    ///
    /// - Parameter waits: whether the flow waits there; one in network arrival order only counts.
    /// - Returns: the flows that need not wait any longer; nil if the barrier is not complete yet.
    mutating func arrive(_ flow: FlowHandle, syncID: UInt32, count: UInt32, waits: Bool) -> Set<FlowHandle>? {
        guard barriers[syncID] != nil || barriers.count < FlowBarriers.maximumBarriers else { return [] }
        var barrier = barriers[syncID] ?? Barrier(count: count)
        barrier.arrived += 1
        if barrier.arrived >= min(count, barrier.count) {
            barriers[syncID] = nil
            return barrier.waiting
        }
        if waits { barrier.waiting.insert(flow) }
        barriers[syncID] = barrier
        return nil
    }

    /// A flow came to its end, and `others` are those that do not wait anywhere.
    ///
    /// - Returns: the flows that would wait for ever, as too few are left that could come to their barriers.
    mutating func end(_ flow: FlowHandle, others: Int) -> Set<FlowHandle> {
        var released: Set<FlowHandle> = []
        for (syncID, var barrier) in barriers {
            barrier.waiting.remove(flow)
            if UInt64(barrier.arrived) + UInt64(others) < UInt64(barrier.count) {
                released.formUnion(barrier.waiting)
                barriers[syncID] = nil
            } else {
                barriers[syncID] = barrier
            }
        }
        return released
    }
}
