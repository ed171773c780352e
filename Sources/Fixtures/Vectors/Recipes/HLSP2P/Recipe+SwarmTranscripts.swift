internal import Flash
internal import HLSP2P

extension Recipe {
    /// What peers go through in a swarm.
    static let swarmTranscripts = Recipe(
        "hlsp2p",
        "swarm-transcript",
        "Peers that join a swarm, feed others, repair, go to the CDN and come back",
        specification: ["peer-protocol §2", "peer-protocol §7", "swarm-algorithm §5", "tracker-protocol §3"],
        notes: [
            "What one peer goes through, in order; `peer` is who it is and what it was told: the playlist, the tracker, the name of the resource, N, and the milliseconds since 1970 at which the transcript begins. Times `at` are in milliseconds since then.",
            "Steps with `in` reach the peer: `rendezvous` accepts it or is gone; its player wants the `playlist` or a `segment`, or finds it `unwanted`; an HTTP `response` has come as a whole (status null: there is none); a far peer has `appeared` by playing its public stream; a far peer is `ready`, which is to say that the four streams with it are up (peer-protocol §2.3); the session with it is `lost`; a `message` of a far peer has come on its private stream.",
            "Steps with `out` are what the peer does: an HTTP `request`, which it may `abandon`; an `answer` to its player; the `mode` in which it is from now on; `connect` (it plays the far peer's public stream), a `message` on its own private stream for the far peer, and `disconnect`.",
            "Messages are RTMP messages: type, time, and the payload as on the flow. Bodies are `text`, or `octets`; segments are short and of no meaning.",
            "`expected` has for each step the section that it shows and what the message says, as in peer-message files. To use a transcript: put a peer with virtual time behind these inputs, and compare what it does by kind, operation and order; numbers of requests and messages, and delays that the specification leaves open, are this repository's choice.",
            "An invalid transcript has one message changed: the peer must not act upon it. `reason` names the steps of the valid twin that must not follow, and says whether a confirm may, or has to, all the same (peer-protocol §5.3). What else follows the step is of no meaning.",
        ]
    ) {
        var batch = Batch("swarm-transcript", ["swarm-algorithm §5.1"], [])
        batch.provenance = .object(["confirmation": "played"])
        for story in TranscriptStory.all {
            batch.section = story.section
            batch.requirements = story.requirements
            let scene = try SwarmScene(seed: story.seed, peerCount: story.peerCount)
            for (act, pause) in story.acts {
                try scene.perform(act)
                try scene.run(pause)
            }
            let transcript = scene.transcript(story.subject)
            let twin = batch.valid(story.name, story.comment, transcript.input, transcript.expected)
            for refusal in story.refusals { try batch.refuse(transcript, twin, refusal) }
        }
        return batch
    }
}

/// A story of a swarm, and the peer that it is told of.
struct TranscriptStory: Sendable {
    /// A change to the first message of an operation that reaches the peer and that it does something about.
    struct Refusal: Sendable {
        var name: String
        var operation: String
        var kind: Kind
        var error: VectorErrorClass
        var reason: String
        var requirements: [String]
        var confirm: Confirm
        /// The octets of the message instead.
        var change: @Sendable (Envelope) -> [UInt8]

        enum Kind: Sendable {
            case request, response, push, confirm
        }

        /// Whether the changed message is confirmed.
        enum Confirm: String, Sendable {
            case due = "the confirm is due all the same"
            case allowed = "a confirm may follow all the same"
            case none = "nor is there anything to confirm"
        }

        func fits(_ envelope: Envelope) -> Bool {
            guard envelope.subtype == operation else { return false }
            switch (envelope.kind, kind) {
            case (.request, .request), (.confirm, .confirm): return true
            case (.response(Envelope.unsolicited, _), .push): return true
            case (.response(let request, _), .response): return request != Envelope.unsolicited
            default: return false
            }
        }
    }

    var name: String
    var comment: String
    var section: [String]
    var requirements: [String]
    var seed: UInt64
    var peerCount: Int
    /// The number of the peer whose steps are told.
    var subject: Int
    var refusals: [Refusal] = []
    /// What happens, and for how many milliseconds time passes after each.
    var acts: [(act: SwarmScene.Act, pause: TranscriptStep.Time)]
}

extension Batch {
    /// Adds an invalid transcript.
    fileprivate mutating func refuse(
        _ transcript: SwarmTranscript,
        _ twin: Twin,
        _ refusal: TranscriptStory.Refusal
    ) throws {
        for (number, step) in transcript.steps.enumerated() {
            guard step.input != nil, let envelope = step.envelope, refusal.fits(envelope) else { continue }
            let followers = transcript.steps.indices.dropFirst(number + 1).prefix { index in
                transcript.steps[index].at == step.at && transcript.steps[index].output != nil
            }
            let forbidden = followers.filter { !transcript.steps[$0].isConfirm }
            guard !forbidden.isEmpty else { continue }
            let steps = forbidden.map { "\($0)" }.joined(separator: ", ")
            try edited(
                twin,
                refusal.name,
                .replace("/steps/\(number)/message", .hex(refusal.change(envelope))),
                refusal.error,
                because:
                    "step \(number): \(refusal.reason). Of the twin, must not follow: \(steps); \(refusal.confirm.rawValue)",
                requirements: refusal.requirements
            )
            return
        }
        throw VectorFormatError(twin.id, "has no \(refusal.operation) that the peer does something about")
    }
}
