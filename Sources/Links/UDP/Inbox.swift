import Dispatch
import NIOCore
import RTMFP
import Synchronization

/// Hands datagrams from an event loop to the one thread that waits for them.
///
/// Bounded by octets: what does not fit is dropped and counted, as a full socket buffer drops it.
final class Inbox: Sendable {
    private struct State {
        var datagrams: CircularBuffer<ReceivedDatagram> = []
        var octets = 0
        var dropped = 0
        var complaint: LinkError?
        var end: LinkError?
        var isAwaited = false
    }

    private let state = Mutex(State())
    private let arrival = DispatchSemaphore(value: 0)
    private let limit: Int

    /// Makes an inbox that holds up to `limit` octets.
    init(limit: Int) {
        self.limit = limit
    }

    /// The number of datagrams dropped for want of room.
    var dropped: Int { state.withLock { $0.dropped } }

    /// Puts in a batch.
    func append(_ batch: [ReceivedDatagram]) {
        announce { state in
            for datagram in batch {
                let cost = Inbox.cost(datagram)
                if state.octets + cost <= limit {
                    state.octets += cost
                    state.datagrams.append(datagram)
                } else {
                    state.dropped += 1
                }
            }
        }
    }

    /// Has the next call of `next(until:)` that finds no datagram throw `error`, once.
    func complain(_ error: LinkError) {
        announce { $0.complaint = error }
    }

    /// Has every call of `next(until:)` that finds no datagram throw `error` from now on; the first end counts.
    func end(_ error: LinkError) {
        announce { state in
            if state.end == nil { state.end = error }
        }
    }

    /// The next datagram, waiting for it until `deadline`.
    func next(until deadline: Instant) throws(LinkError) -> ReceivedDatagram? {
        while true {
            let outcome = state.withLock { state -> Result<ReceivedDatagram?, LinkError> in
                state.isAwaited = false
                if let datagram = state.datagrams.popFirst() {
                    state.octets -= Inbox.cost(datagram)
                    return .success(datagram)
                }
                if let complaint = state.complaint.take() { return .failure(complaint) }
                if let end = state.end { return .failure(end) }
                state.isAwaited = true
                return .success(nil)
            }
            if let datagram = try outcome.get() { return datagram }
            let left = deadline - .monotonic
            guard left > .zero else { return nil }
            // A signal left over from a wait that timed out only costs one more turn.
            _ = arrival.wait(timeout: .now() + .nanoseconds(Int(min(left, .seconds(60)).nanoseconds)))
        }
    }

    private func announce(_ change: (inout State) -> Void) {
        let isAwaited = state.withLock { state in
            change(&state)
            defer { state.isAwaited = false }
            return state.isAwaited
        }
        if isAwaited { arrival.signal() }
    }

    /// An empty datagram takes room too.
    private static func cost(_ datagram: ReceivedDatagram) -> Int {
        datagram.bytes.count + 64
    }
}
