import Dispatch
import NIOCore
import RTMFP
import Synchronization

/// Hands datagrams from the thread that sends them to an event loop, which writes all that wait with one flush.
///
/// Bounded: whoever puts in more than the socket takes waits for it.
final class Outbox: Sendable {
    private struct State {
        var datagrams: [Datagram] = []
        var isDraining = false
        var isAwaited = false
        var isClosed = false
    }

    private static let limit = 1024
    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let inbox: Inbox

    /// Makes an outbox that tells `inbox` of datagrams that could not be sent.
    init(complainingTo inbox: Inbox) {
        self.inbox = inbox
    }

    /// Puts in a datagram for `channel`.
    func append(_ datagram: Datagram, for channel: any Channel) {
        while true {
            let (hasRoom, mustStart) = state.withLock { state in
                if state.isClosed { return (true, false) }
                state.isAwaited = state.datagrams.count >= Outbox.limit
                if state.isAwaited { return (false, false) }
                state.datagrams.append(datagram)
                defer { state.isDraining = true }
                return (true, !state.isDraining)
            }
            if mustStart {
                channel.eventLoop.execute { self.drain(into: channel) }
            }
            if hasRoom { return }
            room.wait()
        }
    }

    /// Writes what waits, as long as `channel` takes it; to be called on its event loop.
    func drain(into channel: any Channel) {
        var hasWritten = false
        while channel.isWritable, let batch = nextBatch() {
            for datagram in batch {
                write(datagram, to: channel)
            }
            hasWritten = true
        }
        if hasWritten { channel.flush() }
    }

    /// Lets go of whoever waits for room, for good.
    func close() {
        let isAwaited = state.withLock { state in
            state.isClosed = true
            state.datagrams = []
            defer { state.isAwaited = false }
            return state.isAwaited
        }
        if isAwaited { room.signal() }
    }

    /// Everything that waits; nil if nothing does, and then the next datagram starts a new drain.
    private func nextBatch() -> [Datagram]? {
        let (batch, isAwaited) = state.withLock { state in
            state.isDraining = !state.datagrams.isEmpty
            defer {
                state.datagrams = []
                state.isAwaited = false
            }
            return (state.datagrams, state.isAwaited)
        }
        if isAwaited { room.signal() }
        return batch.isEmpty ? nil : batch
    }

    private func write(_ datagram: Datagram, to channel: any Channel) {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenFailure { [inbox] error in
            // NIO gives up the channel after every failure but these two, which concern one datagram.
            switch error {
            case ChannelError.writeMessageTooLarge:
                inbox.complain(.tooLong(octets: datagram.bytes.count, limit: datagram.bytes.count - 1))
            case ChannelError.writeHostUnreachable:
                inbox.complain(.unreachable(datagram.far, reason: "no route to host"))
            default:
                inbox.end(LinkError(failure: error, towards: datagram.far))
            }
        }
        do {
            let far = try NIOCore.SocketAddress(datagram.far)
            let data = channel.allocator.buffer(bytes: datagram.bytes)
            channel.write(AddressedEnvelope(remoteAddress: far, data: data), promise: promise)
        } catch {
            promise.fail(error)
        }
    }
}
