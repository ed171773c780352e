internal import Flash
internal import HLSP2P
internal import RTMFP

/// A step of what a peer goes through: something that reaches it, or something that it does.
struct SwarmStep: Equatable {
    /// What reaches a peer.
    enum Input: Equatable {
        /// The rendezvous has accepted it, or is gone.
        case rendezvous(isThere: Bool)
        /// Its player asks for the playlist, or for a segment.
        case playlist(id: Int)
        case segment(id: Int, url: String)
        /// Its player does not want that any longer.
        case unwanted(id: Int)
        /// An HTTP response has come as a whole; without a status, there is none.
        case response(request: Int, status: Int?, body: [UInt8])
        /// A far peer has subscribed; the four streams with it are up; or the session with it has ended.
        case appeared(PeerID)
        case ready(PeerID)
        case lost(PeerID)
        /// A far peer says something.
        case message(PeerID, [UInt8])
    }

    /// What a peer does.
    enum Output: Equatable {
        /// It makes an HTTP request, or gives one up.
        case request(WebRequest)
        case abandon(request: Int)
        /// It answers its player; nil if that cannot be had.
        case answer(id: Int, [UInt8]?)
        /// Its segments come from elsewhere.
        case mode(SwarmMode)
        /// It opens a session, says something, or closes the session.
        case connect(PeerID)
        case message(PeerID, [UInt8])
        case disconnect(PeerID)
    }

    enum Content: Equatable {
        case `in`(Input)
        case out(Output)
    }

    /// Milliseconds since the transcript began.
    var at: TranscriptStep.Time
    var content: Content

    /// What reaches the peer; nil of what it does.
    var input: Input? {
        if case .in(let input) = content { input } else { nil }
    }

    /// What the peer does; nil of what reaches it.
    var output: Output? {
        if case .out(let output) = content { output } else { nil }
    }

    /// The octets of the message, if it is one.
    var message: [UInt8]? {
        switch content {
        case .in(.message(_, let octets)), .out(.message(_, let octets)): octets
        default: nil
        }
    }
}

extension SwarmStep {
    /// The operations, and where in peer-protocol they stand.
    static let sections = [
        "hasChunk": "6.1", "getPiece": "6.2", "goPushMode": "6.3", "goPushMode2": "6.4", "pushPiece": "6.5",
        "pushPieceError": "6.6", "pausePush": "6.7", "resumePush": "6.8", "stopPush": "6.9", "ping": "6.10",
        "speedTest": "6.11", "close": "6.12",
    ]

    /// The section of the specification that the step shows.
    var section: String {
        switch content {
        case .in(.rendezvous): "tracker-protocol §8.1"
        case .in(.playlist), .out(.mode): "swarm-algorithm §5.1"
        case .in(.segment), .in(.unwanted), .out(.answer): "swarm-algorithm §5.1"
        case .in(.response), .out(.abandon): "swarm-algorithm §5.2"
        case .out(.request(let request)):
            request.url.contains("/get_peers") ? "tracker-protocol §3" : "swarm-algorithm §5.2"
        case .in(.appeared): "peer-protocol §2.5"
        case .in(.ready): "peer-protocol §2.3"
        case .in(.lost), .out(.disconnect): "peer-protocol §2.6"
        case .out(.connect): "peer-protocol §2.2"
        case .in(.message), .out(.message):
            envelope?.section ?? "peer-protocol §8"
        }
    }

    /// What the message says; nil if the step is none, or is not to be read.
    var envelope: Envelope? {
        guard let message, let decoded = try? Message(decoding: message),
            case .success(let envelope) = Envelope.reading(decoded)
        else { return nil }
        return envelope
    }

    /// Whether the message is a confirm.
    var isConfirm: Bool {
        if case .confirm? = envelope?.kind { true } else { false }
    }
}

extension Envelope {
    /// The section of the specification that the message shows.
    var section: String {
        if case .confirm = kind { return "peer-protocol §6.13" }
        return "peer-protocol §\(SwarmStep.sections[subtype] ?? "8")"
    }
}

extension SwarmStep.Input {
    /// The number of a request of the player's; nil if it is none.
    var id: Int? {
        switch self {
        case .playlist(let id), .segment(let id, _): id
        default: nil
        }
    }
}

extension SwarmStep.Output {
    /// What a member wants done for it; nil of events that do not show outside.
    init?(_ output: PeerOutput) {
        switch output {
        case .http(let request): self = .request(request)
        case .cancel(let request): self = .abandon(request: request)
        case .answer(let id, .data(let octets)): self = .answer(id: id, octets)
        case .answer(let id, .unavailable): self = .answer(id: id, nil)
        case .event(.mode(let mode)): self = .mode(mode)
        case .event: return nil
        }
    }
}
