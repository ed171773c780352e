public import RTMFP

/// What the end that asks does.
extension NetStream {
    /// How a server is to keep what is published.
    public enum PublishType: String, Hashable, Sendable {
        case live, record, append
    }

    /// Asks to publish. `NetStream.Publish.Start` or `NetStream.Publish.BadName` answers.
    public func publish(_ name: String, type: PublishType = .live, at now: Instant) {
        guard !serves, !isClosed else { return }
        activity = .publishing(name: name)
        send(Command("publish", [.string(name), .string(type.rawValue)]), at: now)
    }

    /// Asks to play. `NetStream.Play.Start` answers.
    ///
    /// - Parameter arguments: what follows the name.
    public func play(_ name: String, _ arguments: [AMF0Value] = [], at now: Instant) {
        guard !serves, !isClosed else { return }
        activity = .playing(name: name)
        send(Command("play", [.string(name)] + arguments), at: now)
    }

    /// Ends what was asked for; the stream can be used again.
    public func stop(at now: Instant) {
        guard !serves, !isClosed, activity != .idle else { return }
        activity = .idle
        send(Command("closeStream"), at: now)
    }

    /// Asks the server to hold the media back, or to go on.
    public func pause(_ flag: Bool, at now: Instant) {
        guard !serves else { return }
        send(Command("pause", [.boolean(flag)]), at: now)
    }

    /// The server has told the stream ID: sends what has waited for it.
    func began(id: UInt32, at now: Instant) {
        self.id = id
        let waiting = queue
        queue.removeAll()
        for message in waiting { send(message, at: now) }
    }
}
