public import RTMFP

/// What a client is sent to a server for.
public enum Errand: Hashable, Sendable {
    /// To connect, and close again.
    case connect
    /// To publish test media to the server under a name, for some time.
    case publish(String, Interval)
    /// To play from the server until so many frames of video and one of audio have come.
    case play(String, frames: Int)
    /// To be introduced to peers, and play test media to those who ask for that name; for some time.
    case offer(String, Interval)
    /// To be introduced to the peer with that ID, and play from it like from a server.
    case subscribe(String, peerID: [UInt8], frames: Int)
}

/// What has become of an errand.
public enum ErrandOutcome: Hashable, Sendable {
    /// It is done; what can be said of it.
    case done(String)
    /// It cannot be done, and why.
    case failed(String)
}
