internal import Flash
internal import HLSP2P
internal import RTMFP

/// A story of a peer, from its first `connect` on.
struct PeerStory: Sendable {
    /// A change to something that reaches the peer and that it does something about.
    struct Refusal: Sendable {
        var name: String
        var error: VectorErrorClass
        var requirements: [String]
        var reason: String
        var place: Place
        var change: Change
    }

    /// A message that reaches the peer, or one of its own.
    struct Place: Sendable {
        /// Who says it.
        var end: String
        /// On which stream, whoever publishes that; nil for the connection.
        var stream: String?
        var publisher: String?
        /// Some ASCII text in it; nil for the first message.
        var text: String?
        /// Whether the peer says it.
        var isOut = false
        /// Whether it is the last of such, not the first.
        var isLast = false
    }

    /// What stands there instead.
    enum Change: Sendable {
        case message(@Sendable ([UInt8]) -> [UInt8])
        /// The stream of another name is played; those of the peer and of the other one are given.
        case name(@Sendable (_ own: String, _ other: String) -> String)
        case metadata([UInt8])
        /// The flow is in return to the flow of that message, or to none.
        case association(Place?)
        /// It comes on the flow of that message.
        case flow(Place)
    }

    var name: String
    var comment: String
    var section: [String]
    var requirements: [String]
    var seed: UInt64 = 3
    /// How long the stream has been live when the peer comes, in milliseconds.
    var began: TranscriptStep.Time = 6_000
    var rendezvous = RendezvousActor.Manner()
    /// The other peer; nil if there is none.
    var bob: NeighbourActor.Manner? = NeighbourActor.Manner()
    /// A third one.
    var carol: NeighbourActor.Manner?
    /// N, the number of pieces and of upstream peers.
    var peerCount = 1
    /// What of it occurs in captures.
    var captured: String?
    var refusals: [Refusal] = []
    /// What happens, beyond what everybody does by themselves.
    var happen: @Sendable (PeerScene) throws -> Void = { try $0.run(2_500) }

    /// What the peer goes through.
    func play() throws -> PeerTranscript {
        let neighbours = [("bob", bob), ("carol", carol)].compactMap { name, manner in
            manner.map { (name: name, manner: $0) }
        }
        let scene = try PeerScene(seed: seed, peerCount: peerCount, began: began, rendezvous, neighbours)
        try happen(scene)
        return scene.transcript
    }
}

extension PeerTranscript {
    /// The number of the step at a place; nil if there is none.
    func step(at place: PeerStory.Place) throws -> Int? {
        var reading = try PeerTranscriptReading(self)
        var found: Int?
        for (number, step) in steps.enumerated() {
            let outcome = try reading.read(step)
            guard let (end, act) = step.act, case .message(_, _, let octets) = act, end == place.end,
                step.isOut == place.isOut, outcome.stream == place.stream ?? "connection",
                place.publisher == nil || outcome.publisher == place.publisher,
                place.text.map({ octets.firstRange(of: Array($0.utf8)) != nil }) ?? true
            else { continue }
            found = number
            if !place.isLast { break }
        }
        return found
    }
}

extension PeerStory.Place {
    /// What the rendezvous says.
    static func rendezvous(_ text: String? = nil) -> PeerStory.Place {
        PeerStory.Place(end: PeerTranscript.rendezvous, text: text)
    }

    /// What Bob says on a stream that he publishes, or plays.
    static func bob(_ stream: String, of publisher: String, _ text: String? = nil) -> PeerStory.Place {
        PeerStory.Place(end: "bob", stream: stream, publisher: publisher, text: text)
    }
}

extension PeerScene {
    /// Closes the flow on which a message came.
    func finish(_ place: PeerStory.Place) throws {
        guard let step = try transcript.step(at: place),
            case .message(let flow, _, _)? = transcript.steps[step].act?.act
        else { throw VectorFormatError("transcript", "has no flow to be closed") }
        try perform(.finish(flow: flow), by: place.end)
    }
}
