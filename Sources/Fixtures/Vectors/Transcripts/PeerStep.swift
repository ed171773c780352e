internal import HLSP2P
internal import RTMFP

/// A step of what a whole peer goes through, from its first `connect` on: HTTP, the player, and flows with the rendezvous
/// and with other peers. How sessions come about, and how flows get across, is left out (RFC 7016).
struct PeerStep: Equatable {
    /// How a flow begins.
    struct Opening: Equatable {
        var metadata: [UInt8]
        /// The number of the flow that it is in return to.
        var association: Int?
    }

    /// What one end does towards the other.
    enum Act: Equatable {
        /// Asks for a session with whom the discriminator selects.
        case open(discriminator: [UInt8])
        /// The session is open, whoever has asked for it.
        case opened
        /// Says something on a flow of its own, which begins with it if there is an opening.
        case message(flow: Int, Opening?, [UInt8])
        /// Closes a flow of its own.
        case finish(flow: Int)
        /// Rejects a flow of the other end.
        case reject(flow: Int, code: UInt64)
        /// Closes the session.
        case close
    }

    enum Content: Equatable {
        /// Something of HTTP or of the player reaches the peer.
        case `in`(SwarmStep.Input)
        /// The peer does something about HTTP or its player.
        case out(SwarmStep.Output)
        /// Another end does something that reaches the peer.
        case far(String, Act)
        /// The peer does something towards another end.
        case near(String, Act)
    }

    /// Milliseconds since the transcript began.
    var at: TranscriptStep.Time
    var content: Content

    /// More flows than this a transcript cannot have.
    static let maximumFlows = 10_000

    /// Whether the peer does it.
    var isOut: Bool {
        switch content {
        case .out, .near: true
        case .in, .far: false
        }
    }

    /// The other end and what is done; nil if it is about HTTP or the player.
    var act: (end: String, act: Act)? {
        switch content {
        case .far(let end, let act), .near(let end, let act): (end, act)
        case .in, .out: nil
        }
    }
}
