internal import HLSP2P
internal import RTMFP

extension Recipe {
    /// What whole peers go through, from their first `connect` on.
    static let peerTranscripts = Recipe(
        "hlsp2p",
        "peer-transcript",
        "Peers that join a swarm, from the connection with the rendezvous to the first pieces",
        specification: [
            "tracker-protocol §8.1", "tracker-protocol §3", "peer-protocol §2", "peer-protocol §3", "RFC 7425 §5.3",
            "RFC 7425 §5.4",
        ],
        notes: [
            "What one peer goes through, in order, at the level of sessions, flows and messages. `peer` is who it is and what it was told: its address and certificate, whose fingerprint is its `id`; the URL of the `rendezvous`, and the name of the `resource`; the playlist, the tracker, N, and the milliseconds since 1970 at which the transcript begins. `ends` are who else is there, with addresses and certificates. Times `at` are in milliseconds since the beginning.",
            "Steps with an `end` are between the peer and that end: with `in` they reach the peer, with `out` the peer does them. `open`: it asks for a session, by an IHello with this endpoint `discriminator`. `opened`: the session is open, whoever has asked for it. `message`: on the flow with this number; the first of a flow shows the flow's `metadata`, and the flow that it is in return to as `association` (null: none). `finish`: the sender closes the flow; `reject`: the receiver rejects it, with an exception `code`; `close`: the session is closed. Flows are numbered as they appear, in all sessions together; the numbers are only names.",
            "Here the level of messages ends: what RTMFP says to open a session (Hello, Redirect, the forwarded Hello of an introduction, keying), to get messages across, and to keep a session alive, is in ../rtmfp/transcript-*.json.",
            "Steps without an `end` are about HTTP and the player, as in swarm-transcript files: its player wants the `playlist` or a `segment`, an HTTP `response` has come; the peer makes a `request`, gives an `answer` to its player, or is in another `mode`.",
            "Messages are RTMP messages as on the flow: type, timestamp, payload. `expected` has the IDs of the `ends`, and for each step the section that it shows, the stream that it is on (`connection`: that with the rendezvous; `public` or `private`, with who publishes it), the `streamID` in its flow's metadata, and what the message says: commands, user control events and others as in the files of flash/, messages between peers as in peer-message files.",
            "To use a transcript: give the peer the certificate, or replace both IDs by your own wherever they occur; put it with virtual time behind these inputs; compare what it does by kind, flow, command or operation, and by the order on each flow. Between flows there is no order. Members of the command object, descriptions, stream IDs, numbers of messages and delays are free where the specification leaves them open.",
            "An invalid transcript has one step changed: the peer must not act upon it. `reason` names the steps of the valid twin that must not follow; that the peer rejects the flow, or ends the session, may. What else follows is of no meaning.",
        ]
    ) {
        var batch = Batch("peer-transcript", ["peer-protocol §2.2"], [])
        for story in PeerStory.all {
            batch.section = story.section
            batch.requirements = story.requirements
            batch.provenance = provenance(story.captured)
            let transcript = try story.play()
            let twin = batch.valid(story.name, story.comment, transcript.input, try transcript.expected())
            for refusal in story.refusals {
                // What was captured was the rendezvous, and here it says something else.
                let isCaptured = refusal.place.end != PeerTranscript.rendezvous
                batch.provenance = provenance(isCaptured ? story.captured : nil)
                try batch.refuse(transcript, twin, refusal)
            }
        }
        return batch
    }

    private static func provenance(_ captured: String?) -> JSONValue {
        .object(["confirmation": "played"].merging(captured.map { ["detail": JSONValue.string($0)] } ?? [:]) { $1 })
    }
}

extension Batch {
    /// Adds an invalid transcript.
    fileprivate mutating func refuse(
        _ transcript: PeerTranscript,
        _ twin: Twin,
        _ refusal: PeerStory.Refusal
    ) throws {
        guard let number = try transcript.step(at: refusal.place),
            case .far(_, .message(_, _, let octets)) = transcript.steps[number].content
        else { throw VectorFormatError("\(twin.id).\(refusal.name)", "changes nothing that is there") }
        func flow(_ place: PeerStory.Place) throws -> JSONValue {
            guard let step = try transcript.step(at: place),
                case .message(let flow, _, _)? = transcript.steps[step].act?.act
            else { throw VectorFormatError("\(twin.id).\(refusal.name)", "names a flow that is not there") }
            return .integer(flow)
        }
        let own = transcript.role.id.description
        let other = try PeerTranscriptReading(transcript).ids.last?.description ?? own
        let (field, value): (String, JSONValue) =
            switch refusal.change {
            case .message(let change): ("message", .hex(change(octets)))
            case .name(let name): ("message", .hex(octets.dropLast(64) + Array(name(own, other).utf8)))
            case .metadata(let metadata): ("metadata", .hex(metadata))
            case .association(let place): ("association", try place.map(flow) ?? .null)
            case .flow(let place): ("flow", try flow(place))
            }
        let forbidden = transcript.consequences(of: number).map { "\($0)" }.joined(separator: ", ")
        guard !forbidden.isEmpty else { throw VectorFormatError("\(twin.id).\(refusal.name)", "has no consequence") }
        try edited(
            twin,
            refusal.name,
            .replace("/steps/\(number)/\(field)", value),
            refusal.error,
            because: "step \(number): \(refusal.reason). Of the twin, must not follow: \(forbidden)",
            requirements: refusal.requirements
        )
    }
}
