internal import Flash
internal import HLSP2P

extension TranscriptStory {
    static let all: [TranscriptStory] = [
        TranscriptStory(
            name: "alone",
            comment: "the first viewer: the tracker knows nobody else, segments come from the CDN",
            section: ["swarm-algorithm §5.1", "swarm-algorithm §5.3"],
            requirements: ["SWARM-018", "SWARM-023", "SWARM-026", "TRK-047"],
            seed: 1,
            peerCount: 1,
            subject: 0,
            acts: [(.joins, 9_000)]
        ),
        TranscriptStory(
            name: "no-rendezvous",
            comment: "the rendezvous is gone: segments come from the CDN for good",
            section: ["swarm-algorithm §5.1"],
            requirements: ["SWARM-018", "SWARM-020"],
            seed: 2,
            peerCount: 1,
            subject: 0,
            acts: [(.joins, 100), (.isRefused(0), 6_000)]
        ),
        TranscriptStory(
            name: "join",
            comment: "a viewer joins, with one upstream peer",
            section: ["peer-protocol §7.1", "swarm-algorithm §6.1"],
            requirements: ["SWARM-024", "SWARM-025", "SWARM-006", "PEER-092", "PEER-066", "TRK-047"],
            seed: 3,
            peerCount: 1,
            subject: 1,
            refusals: [
                Refusal(
                    "hasChunk.other-request",
                    "hasChunk",
                    .response,
                    .mismatch,
                    ["PEER-070"],
                    because: "the response is to a request that was never made",
                    confirm: .allowed
                ) { $0.answering(99) },
                Refusal(
                    "hasChunk.no-average",
                    "hasChunk",
                    .response,
                    .value,
                    ["SWARM-005"],
                    because: "the average is 0, and no basis for a division",
                    confirm: .due
                ) {
                    $0.with("avgChunkSize", .integer(0))
                },
                Refusal(
                    "hasChunk.cut",
                    "hasChunk",
                    .response,
                    .truncated,
                    ["PEER-124"],
                    because: "the message ends within its last member"
                ) { Array($0.message().encoded.dropLast(3)) },
                Refusal(
                    "hasChunk.handler",
                    "hasChunk",
                    .response,
                    .value,
                    ["PEER-036"],
                    because: "the message calls another handler"
                ) { envelope in
                    var octets = envelope.message().encoded
                    if let end = octets.firstRange(of: Array("cmdMsg".utf8))?.upperBound { octets[end - 1] ^= 1 }
                    return octets
                },
                Refusal(
                    "getPiece.other-request",
                    "getPiece",
                    .response,
                    .mismatch,
                    ["PEER-070"],
                    because: "the response is to a request that was never made",
                    confirm: .allowed
                ) { $0.answering(99) },
                Refusal(
                    "pushPiece.other-chunk",
                    "pushPiece",
                    .push,
                    .order,
                    ["SWARM-034"],
                    because: "the piece is of a chunk that is there already",
                    confirm: .due
                ) {
                    $0.with("uri", .string("http://origin.example/live/100.ts"))
                },
            ],
            acts: [(.joins, 6_000), (.joins, 2_500)]
        ),
        TranscriptStory(
            name: "feed",
            comment: "the same, as the upstream peer sees it",
            section: ["peer-protocol §7.1", "swarm-algorithm §6.3"],
            requirements: ["PEER-079", "PEER-084", "PEER-093", "PEER-103", "PEER-073"],
            seed: 3,
            peerCount: 1,
            subject: 0,
            refusals: [
                Refusal(
                    "goPushMode.other-confirm",
                    "goPushMode",
                    .confirm,
                    .mismatch,
                    ["PEER-065", "PEER-093"],
                    because: "the confirm is of a response that is not outstanding"
                ) { envelope in
                    var envelope = envelope
                    envelope.kind = .confirm(of: 99)
                    return envelope.message().encoded
                },
                Refusal(
                    "hasChunk.unknown",
                    "hasChunk",
                    .request,
                    .value,
                    ["PEER-055"],
                    because: "there is no such operation"
                ) { envelope in
                    var envelope = envelope
                    envelope.subtype = "hasChunks"
                    return envelope.message().encoded
                },
                Refusal(
                    "getPiece.no-uri",
                    "getPiece",
                    .request,
                    .missing,
                    ["PEER-124"],
                    because: "the request does not say of which chunk"
                ) { envelope in
                    var envelope = envelope
                    envelope.members.removeAll { $0.name == "uri" }
                    return envelope.message().encoded
                },
            ],
            acts: [(.joins, 6_000), (.joins, 2_500)]
        ),
        TranscriptStory(
            name: "join-two",
            comment: "a viewer joins, with two upstream peers that deliver a half each",
            section: ["peer-protocol §7.1", "swarm-algorithm §2"],
            requirements: ["SWARM-001", "SWARM-002", "SWARM-004", "SWARM-028", "PEER-092"],
            seed: 4,
            peerCount: 2,
            subject: 2,
            acts: [(.joins, 6_000), (.joins, 8_000), (.joins, 9_000)]
        ),
        TranscriptStory(
            name: "repair",
            comment: "an upstream peer dies, and another takes its place",
            section: ["peer-protocol §7.2", "swarm-algorithm §8.2"],
            requirements: ["SWARM-043", "SWARM-044", "SWARM-050", "SWARM-051"],
            seed: 2,
            peerCount: 2,
            subject: 3,
            acts: [(.joins, 1_000), (.joins, 5_000), (.joins, 5_000), (.joins, 7_000), (.leaves(2), 14_000)]
        ),
        TranscriptStory(
            name: "repair-late",
            comment:
                "the only upstream peer dies, and nobody else is there for a while: segments come over HTTP meanwhile",
            section: ["swarm-algorithm §8.2", "swarm-algorithm §8.4"],
            requirements: ["SWARM-043", "SWARM-044", "SWARM-048"],
            seed: 6,
            peerCount: 1,
            subject: 1,
            acts: [(.joins, 6_000), (.joins, 6_500), (.leaves(0), 14_000), (.joins, 12_000)]
        ),
        TranscriptStory(
            name: "fallback-and-return",
            comment: "the only upstream peer dies: segments come from the CDN, and from another peer after a while",
            section: ["swarm-algorithm §8.3", "swarm-algorithm §9"],
            requirements: ["SWARM-043", "SWARM-052", "SWARM-055", "SWARM-056"],
            seed: 6,
            peerCount: 1,
            subject: 1,
            acts: [(.joins, 6_000), (.joins, 6_500), (.leaves(0), 48_000), (.joins, 35_000)]
        ),
    ]
}

extension TranscriptStory.Refusal {
    fileprivate init(
        _ name: String,
        _ operation: String,
        _ kind: Kind,
        _ error: VectorErrorClass,
        _ requirements: [String],
        because reason: String,
        confirm: Confirm = .none,
        _ change: @escaping @Sendable (Envelope) -> [UInt8]
    ) {
        self.init(
            name: name,
            operation: operation,
            kind: kind,
            error: error,
            reason: reason,
            requirements: requirements,
            confirm: confirm,
            change: change
        )
    }
}

extension Envelope {
    /// The octets of this message with another value of a member.
    fileprivate func with(_ name: String, _ value: AMF3Value) -> [UInt8] {
        var envelope = self
        envelope.members = members.map { $0.name == name ? AMFMember(name, value) : $0 }
        return envelope.message().encoded
    }

    /// The octets of this response, as if to the request with that number.
    fileprivate func answering(_ request: Int) -> [UInt8] {
        var envelope = self
        if case .response(_, let wantsConfirm) = kind {
            envelope.kind = .response(to: request, wantsConfirm: wantsConfirm)
        }
        return envelope.message().encoded
    }
}
