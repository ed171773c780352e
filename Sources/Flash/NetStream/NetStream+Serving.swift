public import RTMFP

/// What the end that serves does.
extension NetStream {
    /// Lets the far end publish.
    public func acceptPublish(details: [AMFMember<AMF0Value>] = [], at now: Instant) {
        guard serves, case .publishing(let name) = activity else { return }
        notify(Status("NetStream.Publish.Start", "\(name) is now published", details: details), at: now)
    }

    /// Does not let the far end publish, or not any longer.
    public func refusePublish(_ reason: String, at now: Instant) {
        guard serves, case .publishing(let name) = activity else { return }
        activity = .idle
        let details = [AMFMember("detail", AMF0Value.string(name))]
        notify(Status("NetStream.Publish.BadName", level: .error, reason, details: details), at: now)
    }

    /// Begins to play to the far end (RFC 7425 §5.3.7, §5.4.2): StreamBegin and the status events that come before media.
    public func acceptPlay(details: [AMFMember<AMF0Value>] = [], at now: Instant) {
        guard serves, let id, case .playing(let name) = activity else { return }
        send(UserControl.streamBegin(streamID: id).message, at: now)
        notify(Status("NetStream.Play.Reset", "Playing and resetting \(name)", details: details), at: now)
        notify(Status("NetStream.Play.Start", "Started playing \(name)", details: details), at: now)
        send(DataMessage("|RtmpSampleAccess", [.boolean(true), .boolean(true)]).message(), at: now)
    }

    /// Does not play to the far end: a server says so; a peer rejects the subscriber's flow (RFC 7425 §5.4.3).
    public func refusePlay(_ reason: String, at now: Instant) {
        guard serves, case .playing(let name) = activity else { return }
        activity = .idle
        if let subscriberFlow {
            flows.reject(subscriberFlow, at: now)
        } else {
            let details = [AMFMember("detail", AMF0Value.string(name))]
            notify(Status("NetStream.Play.Failed", level: .error, reason, details: details), at: now)
        }
    }

    /// Tells the far end what has become of its stream.
    public func notify(_ status: Status, at now: Instant) {
        send(status.command, at: now)
    }

    /// Tells the far end that no more media come, after all that were sent (RFC 7425 §5.2).
    public func end(at now: Instant) {
        guard serves, let id, case .playing = activity else { return }
        synchronize(at: now)
        send(UserControl.streamEOF(streamID: id).message, at: now)
    }
}
