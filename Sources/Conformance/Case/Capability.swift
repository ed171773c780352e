/// Something that a target may lack without being wrong; found out by the survey that opens every run.
public enum Capability: String, Sendable, Hashable, CaseIterable {
    /// The target opens sessions for the endpoint discriminator that the run uses.
    case sessions
    /// Its certificate offers Diffie-Hellman group 5 (RFC 7425 §4.2).
    case group5
    /// Its certificate offers Diffie-Hellman group 14 (RFC 7425 §4.2).
    case group14
    /// Its certificate has no static key: it makes a Diffie-Hellman key for each session (RFC 7425 §4.3.2).
    case ephemeralKeys
    /// It sends HMACs when asked to (RFC 7425 §4.6.4).
    case sendsHMAC
    /// It sends session sequence numbers when asked to (RFC 7425 §4.6.6).
    case sendsSequenceNumbers
    /// It answers messages on a flow with messages on a flow of its own: a NetConnection server, or an echo.
    case answers
    /// It answers `connect` and calls, as a NetConnection server does; or it says `connect`, as a client does (RFC 7425
    /// §5.3).
    case netConnection
    /// Its answers grow with what it is asked.
    case longAnswers
    /// It can be brought to send on several flows of one session.
    case severalFlows
    /// It lets clients publish streams (RFC 7425 §5.3.7).
    case streams
    /// It is a client that makes a stream once it is connected, and publishes or plays it (RFC 7425 §5.3.5).
    case asksForStreams
    /// It is a client that plays the stream that the run names to peers who ask for it (RFC 7425 §5.4.2).
    case offersStreams
    /// The checker may write to the tracker's registry.
    case registry
    /// Peers that connect to the run's rendezvous appear in the tracker.
    case sharedSessions = "shared-sessions"
    /// Peers can be registered, in one of these two ways, and appear in the tracker.
    case peers

    /// The checker has the peer set out, and is its rendezvous, tracker and origin.
    case staging

    /// What can be found out about trackers alone.
    public static let ofTrackers: Set<Capability> = [.registry, .sharedSessions, .peers]

    /// What is missing where a target lacks it.
    var want: String {
        switch self {
        case .registry: "a registry that the checker may write to (--redis)"
        case .sharedSessions: "a rendezvous that shares the tracker's registry (another --target)"
        case .peers: "a way to register peers (--redis, or a rendezvous that shares the tracker's registry)"
        case .staging: "a rendezvous, tracker and origin in the checker's hand (--exec or --listen)"
        default: rawValue
        }
    }
}
