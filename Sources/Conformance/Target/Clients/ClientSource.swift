public import Links
public import RTMFP

/// Gets clients under test to connect to the checker; used by one thread.
public protocol ClientSource: AnyObject {
    /// Opens the doors that `call` asks for, and has a client come to them.
    ///
    /// - Throws: `CannotCall` if clients cannot be called in that way, `Unreachable` if none comes any more.
    func call(_ call: Call) throws -> Visit

    /// Whether no client will come any more, so that it is useless to call.
    var isExhausted: Bool { get }

    /// How long a client may take from the call to its first datagram.
    var patience: Interval { get }
}

/// What a client is told when it is to connect.
public struct Call: Sendable, Hashable {
    /// Where it is to connect to.
    public enum Doors: Sendable, Hashable {
        /// One address, as such.
        case address
        /// A host name that has an IPv4 and an IPv6 address; the doors are in this order and have the same port.
        case name
        /// One address, and no word about the port: 1935 is meant (RFC 7425 §6.1).
        case standardPort
    }

    /// A stream to play from a peer, once it is connected.
    public struct Subscription: Sendable, Hashable {
        /// The peer's fingerprint, 32 octets.
        public var peerID: [UInt8]
        /// The name of the stream.
        public var streamName: String
    }

    /// Where it is to connect to.
    public var doors: Doors
    /// The path of the URI, with its first slash, as a user might write it.
    public var path: String
    /// What to play from a peer; nil for nothing.
    public var subscription: Subscription?

    /// Makes a call.
    public init(
        _ doors: Doors = .address,
        path: String = "/live/\(Survey.usualStreamName)",
        subscription: Subscription? = nil
    ) {
        self.doors = doors
        self.path = path
        self.subscription = subscription
    }
}

/// A client that was called.
public struct Visit {
    /// Where it comes to: links that nothing has been taken from.
    public var doors: [any Link]
    /// The URI that it was told; nil if that is not known.
    public var uri: String?
    /// The client itself.
    public var client: any VisitingClient

    /// Makes a visit.
    public init(doors: [any Link], uri: String?, client: any VisitingClient) {
        self.doors = doors
        self.uri = uri
        self.client = client
    }
}

/// A client as far as the checker has it in its hands.
public protocol VisitingClient: AnyObject {
    /// How it ended by itself; nil while it runs, or if nobody can know.
    var ending: ClientEnding? { get }

    /// Ends it.
    func end()
}

/// How a client ended by itself.
public enum ClientEnding: Sendable, Hashable, CustomStringConvertible {
    /// It left in order.
    case exited(status: Int32)
    /// It died of a signal.
    case crashed(signal: Int32)

    /// The words after “the client”.
    public var description: String {
        switch self {
        case .exited(let status): "ended with status \(status)"
        case .crashed(let signal): "died of signal \(signal)"
        }
    }
}

/// Why clients cannot be called in a certain way.
public struct CannotCall: Error, CustomStringConvertible {
    /// One sentence.
    public let description: String

    /// Makes the error.
    public init(_ description: String) {
        self.description = description
    }
}
