internal import HLSP2P

extension Recipe {
    /// What a rendezvous is told by viewers, and what it answers.
    static let rendezvousTranscripts = serverTranscripts(
        part: "rendezvous",
        "Rendezvous whom viewers connect to, ask for others, and publish to",
        ["RFC 7425 §5.3", "RFC 7425 §5.4.1", "RFC 7016 §3.5.1", "tracker-protocol §8"],
        ServerStory.rendezvous
    )

    /// What a tracker is asked while viewers come to a rendezvous and go, and what it answers.
    static let trackerTranscripts = serverTranscripts(
        part: "tracker",
        "Trackers that are asked who is there, while viewers come and go",
        [
            "tracker-protocol §1", "tracker-protocol §2", "tracker-protocol §3", "tracker-protocol §4",
            "tracker-protocol §5",
        ],
        ServerStory.tracker
    )

    private static func serverTranscripts(
        part: String,
        _ title: String,
        _ specification: [String],
        _ stories: [ServerStory]
    ) -> Recipe {
        Recipe(
            "hlsp2p",
            "server-transcript",
            part: part,
            title,
            specification: specification,
            notes: [
                "What a rendezvous and the tracker that tells its lists are told, in order, and what they answer. `server` is where the rendezvous is, its certificate, and whether clients of the root application need to name a resource (`needsResource`). `ends` are its clients, with addresses and certificates, whose fingerprints are their IDs. Times `at` are in milliseconds since the beginning.",
                "Steps with `in` are what a client, the `end`, does; those with `out` are what one server did towards it. `open`: the client opens a session, by an IHello with this endpoint `discriminator`; `opened`: it is open. `message`: on the flow with this number; the first of a flow shows the flow's `metadata`, and the flow that it is in return to as `association` (null: none). `finish`: the sender closes the flow; `reject`: the receiver rejects it, with an exception `code`; `close`: the session is closed. `seek`: the client sends the rendezvous an IHello for somebody else; `redirect`: it gets a Responder Redirect; `forward`: a Forwarded IHello comes in its session; each with the `payload` of the chunk. `silent`: from here on nothing comes from the client, and nothing gets to it. `request`: somebody at the client's address asks the tracker something; `response`: the answer to that. Numbers of flows and of requests are only names.",
                "`demands` are what of the answers matters, and all that does. Some are of what the specification only recommends; the requirements tell. A demand is about whatever the server does towards `end` after the step `after`, up to the end of the transcript, and that means what `is` says: each member of `is` stands in the meaning of the step. There have to be `least` of such steps, and no more than `most` (null: any number; 0 and 0: it must not happen); and each of them has to mean what `with` says besides. A member of `is` or `with` is a value that the meaning has to have, or an object of bounds: `oneOf` those values; a number, or an array of numbers, of at least `least`; a number, or an array of numbers, of the stream that this client was `given` in answer to its `createStream` with that transaction ID; an array that holds everything that it `includes`, nothing that is not `among` those, and `count` different elements.",
                "Between demands there is no order, and between the answers to several steps none either: the specification leaves that open. What no demand is about may be there, may be otherwise, or may be missing: further members of an information object, descriptions, further commands and user control events, advice of keepalive periods, how often something is said that may be repeated. So may be whatever has `least` 0 and another `most`: if it is there, it has to be right.",
                "Whatever the demands say, a server's flow is in return to the control flow of the client, the first that it began for stream 0, and is for stream 0 or one that the client was given; `_result` and `_error` answer a call that is not answered yet (`connect` and `createStream` are calls whatever their transaction ID, others with another than 0), but for an `_error` with the transaction ID 0, which is nobody's answer; a Redirect has the tag of an IHello of that client, a Forwarded IHello that of any; a response answers a request.",
                "`expected` has the IDs of the ends; what each step means; and for each demand the numbers of the steps that it is about. The meaning of a step: `act`, what is done. Of messages, `streamID` of the flow; of commands, the name (`command`) and the `transaction` ID, and of the first value after the command object (or of the object, if nothing follows), as far as they are there, the members `level`, `code` and `objectEncoding`, a `number`, or for an array the members `farID` of its elements (`participants`); of user control events, `event` and `parameters`; of other messages, `type`, `payload` and, of data, the `handler`. Of a Redirect and a Forwarded IHello, the `tag`, the `addresses` (of the latter the reply address), the `endpointDiscriminator`. Of a response, `request`, `status`, the `origin` that may read it, and `peers` if the body is a JSON array, `number` if it is a whole number. What a client says that cannot be read means nothing: null.",
                "To use a transcript: let clients with these certificates, or with others whose IDs you put in place of these wherever they occur, do the steps with `in` at their times, and later if the server is slow; number what comes back as you like; read it by meaning; check the demands. Where a client uses the number of a stream that it was given, use the one that your server gives. What is published may get lost before the player is there: then have the publisher say it again until it comes, and count what comes of that once. When somebody has gone, lists are asked for a second later at the earliest: no answer waits until a registry has taken it off. Of an invalid transcript one step of the server's is changed: a checker that accepts it cannot tell.",
            ]
        ) {
            var batch = Batch("server-transcript.\(part)", specification, [])
            batch.provenance = .object(["confirmation": "played"])
            for story in stories {
                batch.section = story.section
                batch.requirements = story.requirements
                let transcript = try story.play()
                let twin = batch.valid(story.name, story.comment, transcript.input, try transcript.expected())
                for fault in story.faults { try batch.fault(transcript, twin, fault) }
            }
            return batch
        }
    }
}

extension Batch {
    /// Adds an invalid transcript.
    fileprivate mutating func fault(_ transcript: ServerTranscript, _ twin: Twin, _ fault: ServerStory.Fault) throws {
        guard let number = try transcript.step(fault.place, to: fault.end) else {
            throw VectorFormatError("\(twin.id).\(fault.name)", "changes nothing that is there")
        }
        let (field, value): (String, JSONValue) =
            switch (fault.change, transcript.steps[number].content) {
            case (.member(let name, let value), _): (name, value)
            case (.octets(let change), .out(.act(.message(_, _, let octets)))): ("message", .hex(change(octets)))
            case (.octets(let change), .out(.redirect(let payload))),
                (.octets(let change), .out(.forward(let payload))):
                ("payload", .hex(change(payload)))
            case (.body(let change), .out(.response(let response))): ("body", .string(change(response.body)))
            case (.identified(let name, let other), .out(.act(.message(_, _, let octets)))):
                (
                    "message",
                    .string(
                        hexadecimal(octets).replacing(
                            hexadecimal(try transcript.id(of: name).description.utf8),
                            with: hexadecimal(try transcript.id(of: other).description.utf8)
                        )
                    )
                )
            case (.listed(let name), .out(.response(let response))):
                ("body", .string("[\"\(try transcript.id(of: name))\",\(response.body.dropFirst())"))
            default: throw VectorFormatError("\(twin.id).\(fault.name)", "cannot be changed so")
            }
        try edited(
            twin,
            fault.name,
            .replace("/steps/\(number)/\(field)", value),
            fault.error,
            because: "step \(number): \(fault.reason)",
            requirements: fault.requirements
        )
    }
}
