internal import Flash
internal import RTMFP

/// A stream that is published, or that somebody would like to play.
struct RelayedStream {
    /// A client that plays the stream.
    struct Player {
        let stream: NetStream
        var isPaused = false
        /// Types of messages that the client does not want.
        var unwanted: Set<MessageType> = []
    }

    /// Octets that are kept for late players at most; what exceeds them is only relayed.
    static let maximumKept = 1 << 20

    private(set) var publisher: NetStream?
    private var players: [Player] = []
    /// What late players get first: data that the publisher has set, by handler.
    private var frames: [String: Message] = [:]
    /// What late players need in order to decode: how the codecs are set up, by type.
    private var setups: [MessageType: Message] = [:]
    private let mediaLifetime: Interval

    init(mediaLifetime: Interval) {
        self.mediaLifetime = mediaLifetime
    }

    /// Whether nobody publishes or plays it.
    var isIdle: Bool { publisher == nil && players.isEmpty }

    mutating func publish(_ stream: NetStream, _ name: String, at now: Instant) {
        publisher = stream
        for player in players { announce(name, to: player.stream, at: now) }
    }

    mutating func unpublish(_ stream: NetStream, at now: Instant) {
        guard publisher === stream else { return }
        publisher = nil
        frames.removeAll()
        setups.removeAll()
        for player in players {
            // After all media, which go over other flows.
            player.stream.synchronize(at: now)
            player.stream.notify(Status("NetStream.Play.UnpublishNotify", "The stream is no longer published"), at: now)
        }
    }

    mutating func add(_ stream: NetStream, _ name: String, at now: Instant) {
        players.append(Player(stream: stream))
        guard publisher != nil else { return }
        announce(name, to: stream, at: now)
        for handler in frames.keys.sorted() { frames[handler].map { _ = stream.send($0, at: now) } }
        for type in [MessageType.audio, .video] { setups[type].map { _ = stream.send($0, at: now) } }
    }

    mutating func remove(_ stream: NetStream) {
        players.removeAll { $0.stream === stream }
    }

    mutating func change(_ stream: NetStream, _ body: (inout Player) -> Void) {
        for index in players.indices where players[index].stream === stream { body(&players[index]) }
    }

    /// Passes a message on, type, timestamp and payload as they are; what a slow player cannot take is lost to it.
    mutating func relay(_ message: Message, from stream: NetStream, at now: Instant) {
        guard publisher === stream, let message = keep(message) else { return }
        let expiry = message.type.isMedia && !message.setsUpCodec ? MessageExpiry(lifetime: mediaLifetime) : .never
        for player in players {
            let isHeldBack = player.isPaused && message.type.isMedia || player.unwanted.contains(message.type)
            if !isHeldBack || message.setsUpCodec { player.stream.send(message, expiry: expiry, at: now) }
        }
    }

    private func hasRoom(for message: Message) -> Bool {
        // A handler has a name of its own; its octets and those of the message's header are taken for 64 more.
        let kept = (Array(frames.values) + setups.values).reduce(0) { $0 + $1.payload.count + 64 }
        return kept + message.payload.count <= RelayedStream.maximumKept
    }

    private func announce(_ name: String, to stream: NetStream, at now: Instant) {
        stream.notify(Status("NetStream.Play.PublishNotify", "\(name) is now published"), at: now)
    }

    /// Remembers what late players need.
    ///
    /// - Returns: what to pass on; nil for nothing. Data that is set loses the command that set it.
    private mutating func keep(_ message: Message) -> Message? {
        if message.setsUpCodec {
            setups[message.type] = nil
            if hasRoom(for: message) { setups[message.type] = message }
        }
        guard message.type == .data || message.type == .dataExtended, let data = try? DataMessage(decoding: message),
            let handler = data.arguments.first?.string
        else { return message }
        switch data.handler {
        case "@setDataFrame":
            let frame = DataMessage(handler, Array(data.arguments.dropFirst()), form: data.form)
            let plain = frame.message(timestamp: message.timestamp)
            frames[handler] = nil
            if hasRoom(for: plain) { frames[handler] = plain }
            return plain
        case "@clearDataFrame":
            frames[handler] = nil
            return nil
        default:
            return message
        }
    }
}

extension Message {
    /// Whether it is what a decoder has to get before anything else: the sequence header of AVC or AAC, or that of an
    /// enhanced codec.
    var setsUpCodec: Bool {
        guard payload.count >= 2 else { return false }
        switch type {
        case .video:
            let isEnhanced = payload[0] & 0x80 != 0
            return isEnhanced ? payload[0] & 0x0f == 0 : payload[0] & 0x0f == 7 && payload[1] == 0
        case .audio:
            let codec = payload[0] >> 4
            return codec == 9 ? payload[0] & 0x0f == 0 : codec == 10 && payload[1] == 0
        default:
            return false
        }
    }
}
