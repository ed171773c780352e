internal import Flash
internal import RTMFP

/// The four streams with one far peer, over one session (peer-protocol §2).
///
/// There may be none: a session without streams is kept for a while, since the far peer may be about to subscribe.
final class PeerStreams {
    /// Who it is.
    let peer: PeerID
    /// The streams over the session.
    let connection: PeerConnection
    /// Whether the swarm algorithm knows of it, which is when the private stream for it is published.
    var isRecorded = false
    /// When the session is closed if there are no streams by then.
    var idleDeadline: Instant?
    /// S1: this end plays the far peer's public stream.
    var publicSubscription: NetStream?
    /// S3: this end plays what the far peer publishes for it.
    var privateSubscription: NetStream?
    /// S2: the far peer plays this end's public stream.
    var publicPublications: [NetStream] = []
    /// S4: the far peer plays what this end publishes for it.
    var privatePublication: NetStream?
    /// Whether what the far peer publishes for this end has started.
    var hasStarted = false
    /// What was said before the far peer played the private stream.
    var held: [Envelope] = []

    static let maximumHeld = 64

    init(_ peer: PeerID, _ connection: PeerConnection) {
        self.peer = peer
        self.connection = connection
    }

    /// Whether messages can be sent and will be answered (peer-protocol §2.3).
    var isReady: Bool { isRecorded && privatePublication != nil && hasStarted }

    /// Whether a stream is one of those that must stay open.
    func owns(_ stream: NetStream) -> Bool {
        stream === publicSubscription || stream === privateSubscription || stream === privatePublication
            || publicPublications.contains { $0 === stream }
    }

    /// Closes all streams, and forgets them.
    func closeStreams(at now: Instant) {
        let all = [publicSubscription, privateSubscription, privatePublication].compactMap(\.self) + publicPublications
        publicSubscription = nil
        privateSubscription = nil
        privatePublication = nil
        publicPublications = []
        hasStarted = false
        held = []
        for stream in all where !stream.isClosed { connection.close(stream, at: now) }
    }
}
