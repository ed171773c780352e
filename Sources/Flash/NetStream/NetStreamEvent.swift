/// What a stream has to tell its owner.
public enum NetStreamEvent: Hashable, Sendable {
    /// The far end asks to publish: `NetStream.acceptPublish` or `refusePublish` answers.
    case publishRequested(name: String, type: String)
    /// The far end asks to play: `NetStream.acceptPlay` or `refusePlay` answers.
    case playRequested(name: String, arguments: [AMF0Value])
    /// What the far end had asked for has ended; the stream may be closed as well.
    case stopped(NetStream.Activity)
    /// The far end wants the media held back, or to go on.
    case paused(Bool)
    /// Whether the far end wants media of that type.
    case wanted(MessageType, Bool)

    /// The far end begins to send (RFC 7425 §5.4.2).
    case begun
    /// The far end has sent all.
    case ended
    /// The far end tells what became of what this end asked for.
    case status(Status)
    /// Any other command.
    case command(Command)
    /// Audio, video or data.
    case message(Message)
    /// The stream is closed, by the far end or with its connection; the last event.
    case closed
}
