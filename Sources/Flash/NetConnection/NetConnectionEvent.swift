public import RTMFP

/// What a NetConnection has to tell its owner.
public enum NetConnectionEvent {
    /// Server: the client wants to connect; `NetConnection.accept` or `reject` answers, at once or later.
    case connectRequested(ConnectRequest)
    /// Client: the server has accepted (`_result`).
    case connected(Status)
    /// Client: the server has refused (`_error`), and will close.
    case rejected(Status)
    /// The far end calls: `NetConnection.answer` or `fail` answers if the command has a transaction ID.
    case called(Command)
    /// The far end has answered the call that `NetConnection.call` gave the transaction ID of.
    case answered(transactionID: Double, Answer)
    /// The far end tells something about the connection (`onStatus`).
    case status(Status)
    /// Server: the client tells at which addresses it may be reached; replaces what it told before (RFC 7425 §5.3.3).
    case peerInfo([SocketAddress])
    /// Client: the server advises keepalive periods, for its own session and for all others; not below the client's
    /// minimum (RFC 7425 §5.3.4). `Endpoint.setKeepalive` sets them.
    case keepalive(server: Interval, peer: Interval)
    /// Server: the client has made a stream.
    case streamCreated(NetStream)
    /// Something has happened on a stream.
    case stream(NetStream, NetStreamEvent)
    /// The connection is closed; the last event.
    case closed(NetConnection.Closure)
}

/// What a client says in its `connect` command (RFC 7425 §5.3.1).
public struct ConnectRequest: Hashable, Sendable {
    /// The command as a whole.
    public var command: Command

    /// The members of the command object.
    public subscript(name: String) -> AMF0Value? { command.object[name] }

    /// What follows the command object.
    public var arguments: [AMF0Value] { command.arguments }

    /// The application: what comes after the host in the URI.
    public var app: String? { self["app"]?.string }

    /// Which AMF the client would like: 0, or 3.
    public var objectEncoding: Double { self["objectEncoding"]?.number ?? 0 }
}

/// The answer to a call.
public enum Answer: Hashable, Sendable {
    /// `_result`, and what follows the command object.
    case result([AMF0Value])
    /// `_error`, and what follows the command object.
    case error([AMF0Value])
}
