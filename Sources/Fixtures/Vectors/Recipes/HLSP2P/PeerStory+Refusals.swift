/// What makes invalid transcripts of the one that tells all.
extension PeerStory {
    /// Of how the rendezvous answers `connect`.
    static let connectionRefusals = [
        Refusal(
            name: "connect.other-transaction",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the result is that of another call",
            place: .rendezvous(),
            change: .message { replacing([0x3f, 0xf0], by: [0x40, 0x00], in: $0) }
        ),
        Refusal(
            name: "connect.no-return",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01", "RFC7425-5.3.2-02"],
            reason: "the flow is not in return to the client's",
            place: .rendezvous(),
            change: .association(nil)
        ),
        Refusal(
            name: "connect.signature",
            error: .value,
            requirements: ["RFC7425-5.1.1-08"],
            reason: "the flow's metadata have another signature",
            place: .rendezvous(),
            change: .metadata([0x54, 0x44, 0x04, 0x00])
        ),
        Refusal(
            name: "connect.no-stream-id",
            error: .value,
            requirements: ["RFC7425-5.1.1-07"],
            reason: "the flow's metadata hold no stream ID",
            place: .rendezvous(),
            change: .metadata([0x54, 0x43, 0x00])
        ),
        Refusal(
            name: "connect.cut",
            error: .truncated,
            requirements: ["RFC7425-5.3.2-05"],
            reason: "the result ends within its information object",
            place: .rendezvous(),
            change: .message { Array($0.dropLast(3)) }
        ),
        Refusal(
            name: "connect.type",
            error: .value,
            requirements: ["RFC7425-5.1-03"],
            reason: "the message is of a type that does not belong into a flow",
            place: .rendezvous(),
            change: .message { [0x05] + $0.dropFirst() }
        ),
    ]

    /// Of how Bob subscribes.
    static let subscriptionRefusals = [
        Refusal(
            name: "play.other-name",
            error: .mismatch,
            requirements: ["PEER-001", "PEER-015"],
            reason: "the stream is that of somebody else",
            place: .bob("public", of: "peer"),
            change: .name { own, _ in neighbour(of: own) }
        ),
        Refusal(
            name: "play.upper-case",
            error: .mismatch,
            requirements: ["PEER-001"],
            reason: "the name is the peer's ID in capital letters",
            place: .bob("public", of: "peer"),
            change: .name { own, _ in own.uppercased() }
        ),
        Refusal(
            name: "play.stream-0",
            error: .value,
            requirements: ["PEER-021", "RFC7425-5.4.1-04"],
            reason: "the subscriber's flow has the stream ID 0",
            place: .bob("public", of: "peer"),
            change: .metadata([0x54, 0x43, 0x04, 0x00])
        ),
        Refusal(
            name: "play.publish",
            error: .order,
            requirements: ["RFC7425-5.4.1-06"],
            reason: "it publishes where it has to play",
            place: .bob("public", of: "peer"),
            change: .message {
                replacing([0, 4] + Array("play".utf8), by: [0, 7] + Array("publish".utf8), in: $0)
            }
        ),
        Refusal(
            name: "play.returning",
            error: .order,
            requirements: ["RFC7425-5.4.1-05"],
            reason: "the subscriber's flow is in return to a flow, as only a publisher's is",
            place: .bob("public", of: "peer"),
            change: .association(PeerStory.Place(end: "bob", stream: "public", publisher: "bob", isOut: true))
        ),
        Refusal(
            name: "play.private-of-another",
            error: .mismatch,
            requirements: ["PEER-015"],
            reason: "the private stream is that for somebody else",
            place: .bob("private", of: "peer"),
            change: .name { _, other in neighbour(of: other) }
        ),
    ]

    /// Of what Bob says on the streams that he publishes.
    static let streamRefusals = [
        Refusal(
            name: "public.not-started",
            error: .value,
            requirements: ["PEER-005"],
            reason: "the public stream is said to have become something else",
            place: .bob("public", of: "bob", "Play.Start"),
            change: .message { replacing(Array("Play.Start".utf8), by: Array("Play.Stare".utf8), in: $0) }
        ),
        Refusal(
            name: "public.no-return",
            error: .order,
            requirements: ["PEER-023", "RFC7425-5.4.2-01"],
            reason: "the publisher's flow is not in return to the subscriber's",
            place: .bob("public", of: "bob"),
            change: .association(nil)
        ),
        Refusal(
            name: "private.not-started",
            error: .value,
            requirements: ["PEER-010"],
            reason: "the private stream is said to have become something else",
            place: .bob("private", of: "bob", "Play.Start"),
            change: .message { replacing(Array("Play.Start".utf8), by: Array("Play.Stare".utf8), in: $0) }
        ),
        Refusal(
            name: "private.return-of-public",
            error: .order,
            requirements: ["PEER-010", "PEER-023"],
            reason:
                "the publisher's flow is in return to the subscription to the public stream, which starts a second time",
            place: .bob("private", of: "bob"),
            change: .association(PeerStory.Place(end: "bob", stream: "public", publisher: "bob", isOut: true))
        ),
        Refusal(
            name: "hasChunk.public",
            error: .order,
            requirements: ["PEER-019", "PEER-020"],
            reason: "the message comes on the public stream",
            place: .bob("private", of: "bob", "hasChunk"),
            change: .flow(.bob("public", of: "bob"))
        ),
        Refusal(
            name: "hasChunk.on-subscription",
            error: .order,
            requirements: ["PEER-020"],
            reason: "the message comes on the subscriber's flow",
            place: .bob("private", of: "bob", "hasChunk"),
            change: .flow(.bob("private", of: "peer"))
        ),
        Refusal(
            name: "hasChunk.format",
            error: .value,
            requirements: ["PEER-035"],
            reason: "the format selector is not 0",
            place: .bob("private", of: "bob", "hasChunk"),
            change: .message { Array($0.prefix(5)) + [1] + $0.dropFirst(6) }
        ),
        Refusal(
            name: "hasChunk.handler",
            error: .missing,
            requirements: ["PEER-032"],
            reason: "the handler is called without an argument",
            place: .bob("private", of: "bob", "hasChunk"),
            change: .message { Array($0.prefix(15)) }
        ),
    ]

    /// An ID that differs in its last digit.
    private static func neighbour(of id: String) -> String { id.dropLast() + (id.hasSuffix("0") ? "1" : "0") }

    private static func replacing(_ old: [UInt8], by new: [UInt8], in octets: [UInt8]) -> [UInt8] {
        var octets = octets
        if let range = octets.firstRange(of: old) { octets.replaceSubrange(range, with: new) }
        return octets
    }
}
