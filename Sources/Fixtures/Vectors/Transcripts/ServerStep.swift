internal import HLSP2P
internal import RTMFP

/// A step of what a rendezvous and a tracker that share their lists are told, and what they answer: sessions, flows,
/// introductions, HTTP. How sessions come about, and how flows get across, is left out (RFC 7016).
struct ServerStep: Equatable {
    /// An HTTP request to the tracker.
    struct Request: Equatable {
        /// Tells requests from each other.
        var id: Int
        var method: String
        var target: String
        var fields: [HTTPField] = []
        var body = ""
    }

    /// The answer to a request.
    struct Response: Equatable {
        var request: Int
        var status: Int
        var fields: [HTTPField]
        var body: String
    }

    /// What a client does.
    enum Input: Equatable {
        /// Opens a session with the server, or does something about a session or flows.
        case act(PeerStep.Act)
        /// Sends the server an IHello for somebody else: the chunk's payload.
        case seek([UInt8])
        /// From now on nothing comes from it, and nothing gets to it.
        case silent
        /// Asks the tracker something.
        case request(Request)
    }

    /// What the server does towards a client.
    enum Output: Equatable {
        /// The session is open; or the server does something about it, or about flows.
        case act(PeerStep.Act)
        /// Answers an IHello by a Redirect: the chunk's payload.
        case redirect([UInt8])
        /// Forwards an IHello of somebody else: the payload of the FIHello.
        case forward([UInt8])
        /// The tracker answers.
        case response(Response)
    }

    enum Content: Equatable {
        case `in`(Input)
        case out(Output)
    }

    /// Milliseconds since the transcript began.
    var at: TranscriptStep.Time
    /// The client.
    var end: String
    var content: Content

    /// Whether the server does it.
    var isOut: Bool {
        if case .out = content { true } else { false }
    }

    /// What is done about the session or flows; nil if it is something else.
    var act: PeerStep.Act? {
        switch content {
        case .in(.act(let act)), .out(.act(let act)): act
        default: nil
        }
    }
}
