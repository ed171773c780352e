public import RTMFP

/// How a connection comes to its end (RFC 7425 §5.3.6).
extension NetConnection {
    /// Closes the connection in an orderly fashion: what was sent still arrives (RFC 7425 §5.3.6).
    ///
    /// `NetConnectionEvent.closed` follows when the far end has closed as well.
    public func close(at now: Instant) {
        pass(to: now)
        guard state != .closing, state != .closed else { return }
        closeSendingFlows()
        state = .closing
        if farControl == nil { finish(.near) }
    }

    /// Terminates the connection abruptly: rejects the control flow as well (RFC 7425 §5.3.6).
    public func abort(at now: Instant) {
        pass(to: now)
        guard state != .closed else { return }
        abandon(.near)
    }

    /// The far end has rejected one of this end's flows.
    func rejected(_ flow: FlowHandle) {
        if flow == nearControl {
            guard conduct.judges(.rejectionEndsConnection, holds: true) else { return }
            nearControl = nil
            abandon(state == .closing ? .near : .rejected)
        } else {
            for stream in streams.values { stream.rejected(flow) }
        }
    }

    func farClosed() {
        guard conduct.judges(.farCloseAnswered, holds: true) else { return }
        finish(state == .closing ? .near : .far)
    }

    private func closeSendingFlows() {
        if let nearControl { flows.endpoint.close(nearControl, at: now) }
        for stream in streams.values { stream.closeFlows(at: now) }
    }

    /// Ends the connection without waiting for the far end.
    func abandon(_ closure: Closure) {
        finish(closure)
        flows.rejectAll(at: now)
    }

    /// Ends the connection; tells what becomes of the streams first.
    func finish(_ closure: Closure) {
        guard state != .closed else { return }
        closeSendingFlows()
        state = .closed
        for id in streams.keys.sorted() {
            if let stream = streams[id] { close(stream) }
        }
        streams.removeAll()
        calls.removeAll()
        tell(.closed(closure))
    }

    /// Takes a stream out of use.
    func close(_ stream: NetStream) {
        if stream.serves {
            for event in stream.stopped() { tell(.stream(stream, event)) }
        }
        stream.isClosed = true
        tell(.stream(stream, .closed))
    }
}
