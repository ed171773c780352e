import Flash
import HLSP2P

/// Scripts and messages to begin with.
enum PeerSeeds {
    /// A message of every operation, as this project writes it.
    @Sendable static func messages() -> [[UInt8]] {
        envelopes.map { $0.message().encoded }
    }

    /// Lives of a peer.
    @Sendable static func scripts() -> [[UInt8]] {
        [
            joining, joining + pushed, joining + stalled, joining + feeding, joining + feeding + dismissing,
            joining.dropLast(2) + supervised, joining.dropLast(4) + confused, alone, strange,
        ]
        .map { $0.flatMap(\.octets) }
            + messages().filter { $0.count < 256 }.map { joining.flatMap(\.octets) + PeerStep.message(0, $0).octets }
    }

    private static var envelopes: [Envelope] {
        let uri = "http://origin/live/2.ts"
        let whole = Assignment(id: 1, count: 2, offset: 500, length: -1)
        let piece = Piece(
            uri: uri,
            id: 1,
            offset: 500,
            chunkSize: 504,
            content: [1, 2, 3, 4],
            isFromStableSource: true,
            playlist: Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:2\n".utf8)
        )
        let requests: [Request] = [
            .hasChunk(uri: uri, id: .null), .hasChunk(uri: nil, id: .string("1")), .getPiece(uri: uri, whole),
            .goPushMode(uri: uri, whole), .goPushMode2(uri: uri, whole, externalID: .integer(1)), .pausePush,
            .resumePush(uri: uri), .stopPush(externalID: .string("1")), .ping(pingID: .integer(1), externalID: .null),
            .speedTest(start: 1_000, id: "test"), .close,
        ]
        let responses: [Response] = [
            .hasChunk(ChunkAnswer(uri: uri, result: true, id: .null, averageChunkSize: 1_000, averagedChunks: 3)),
            .getPiece(piece), .noPiece, .goPushMode(result: true), .goPushMode2(result: true, externalID: .integer(1)),
            .stopPush(externalID: .string("1")), .ping(pingID: .integer(1), externalID: .null),
            .speedTest(start: 1_000, id: "test"),
        ]
        let pushes: [Push] = [
            .pushPiece(piece, PushTiming(lastUsedTime: 5, lastSize: 4)), .pushPieceError(uri: uri),
        ]
        return requests.map { Envelope(id: 1, .request, $0.subtype, $0.members) }
            + responses.map {
                Envelope(id: 2, .response(to: 1, wantsConfirm: $0.wantsConfirm), $0.subtype, $0.members)
            }
            + pushes.map {
                var envelope = Envelope(
                    id: 3,
                    .response(to: Envelope.unsolicited, wantsConfirm: $0.isWindowed),
                    $0.subtype,
                    $0.members
                )
                (envelope.queuedAt, envelope.sentAt, envelope.opacity) = (1_000, 2_000, .integer(7))
                return envelope
            }
            + [Envelope(id: 4, .confirm(of: 2), "goPushMode")]
    }

    private static let second: PeerStep = .pass(250, scale: 2)

    /// The tracker names two peers, which have the second segment, deliver it and agree to push.
    private static let joining: [PeerStep] = [
        .playlist, .http(0, .whole, particular: 1), .rendezvous(isThere: true), .http(0, .whole, particular: 3),
        .session(0, .ready), .session(1, .ready), .segment(1), .http(0, .more, particular: 0),
        .http(0, .whole, particular: 0), .segment(2), .answer(0, isPositive: true), .answer(1, isPositive: true),
        .answer(0, isPositive: true), .answer(1, isPositive: true), .answer(0, isPositive: true),
        .answer(1, isPositive: true),
    ]

    /// The next segments are pushed, one of them before it is asked for, and one by one peer alone.
    private static let pushed: [PeerStep] = [
        .segment(3), .push(0, 3, isAgreed: true), .push(1, 3, isAgreed: true), second, .push(1, 4, isAgreed: true),
        .push(0, 4, isAgreed: true), .segment(4), .playlist, second, .segment(5), .push(0, 5, isAgreed: true), second,
        second, second, second, second, .answer(1, isPositive: true), second, second, second, second,
        .http(0, .whole, particular: 0), .session(0, .lost), .segment(6), .http(0, .more, particular: 0),
        .http(0, .whole, particular: 0), .http(0, .whole, particular: 12), .session(2, .ready), .session(3, .ready),
        .answer(2, isPositive: true), .answer(2, isPositive: true),
    ]

    /// Nobody pushes, and the silent are left.
    private static let stalled: [PeerStep] = [
        .segment(3), .pass(250, scale: 4), .pass(250, scale: 4), .pass(250, scale: 4),
        .http(0, .unavailable, particular: 0),
        .pass(250, scale: 3), .http(0, .cutOff, particular: 0), .segment(4), .http(0, .whole, particular: 0),
        .pass(250, scale: 8), .segment(5), .http(0, .notFound, particular: 0), .http(0, .failed, particular: 0),
    ]

    /// One that never agreed to push answers a ping, and its speed is tested.
    private static let supervised: [PeerStep] = [
        .answer(0, isPositive: true), .segment(3), .pass(250, scale: 4), .pong(0), .pong(1), .pass(250, scale: 4),
        .pong(0),
        .pass(250, scale: 4), .answer(1, isPositive: false), .pass(250, scale: 4), .http(0, .whole, particular: 0),
    ]

    /// One delivers the piece without saying what it answers.
    private static let confused: [PeerStep] = [
        .stray(0, to: 255, operation: 1), .stray(0, to: 255, operation: 2), .answer(1, isPositive: false),
        .http(0, .whole, particular: 0),
    ]

    /// A third peer comes, asks for what is there, and is pushed to.
    private static let feeding: [PeerStep] = [
        .session(2, .appeared), .session(2, .ready), .ask(2, operation: 0, 2), .ask(2, operation: 1, 2),
        .ask(2, operation: 2, 2), .confirm(2, isRight: true), .confirm(2, isRight: true), .confirm(2, isRight: true),
        .push(0, 3, isAgreed: true),
        .push(1, 3, isAgreed: true), .push(0, 4, isAgreed: true), .push(1, 4, isAgreed: true),
        .confirm(2, isRight: true), .confirm(2, isRight: true),
        .ask(2, operation: 4, 0), .push(0, 5, isAgreed: true), .push(1, 5, isAgreed: true), .ask(2, operation: 5, 4),
        .ask(2, operation: 7, 0), .ask(2, operation: 8, 0), .confirm(2, isRight: true), .push(1, 6, isAgreed: true),
        .confirm(2, isRight: false), .confirm(2, isRight: true), .push(0, 6, isAgreed: true),
        .push(0, 7, isAgreed: true),
        .push(1, 7, isAgreed: true), .confirm(2, isRight: false), .confirm(2, isRight: true),
    ]

    /// It asks twice over, stops, and goes; what it says afterwards is of no effect.
    private static let dismissing: [PeerStep] = [
        .ask(2, operation: 3, 3), .ask(2, operation: 3, 3), .confirm(2, isRight: true), .ask(2, operation: 6, 0),
        .confirm(2, isRight: true),
        .ask(2, operation: 9, 0), .ask(2, operation: 0, 2), .session(0, .lost), .push(0, 6, isAgreed: false),
        .confirm(2, isRight: true),
    ]

    /// Neither rendezvous nor tracker: segments come from the origin.
    private static let alone: [PeerStep] = [
        .playlist, .http(0, .whole, particular: 1), .segment(1), .http(0, .whole, particular: 0), .segment(2),
        .rendezvous(isThere: false), .http(0, .more, particular: 0), .http(0, .more, particular: 0),
        .http(0, .whole, particular: 0), .segment(3), .http(0, .unavailable, particular: 0), second,
        .http(0, .whole, particular: 0), .segment(4), .cancel(0), .playlist,
    ]

    /// Peers come that nobody has asked for, answer what was not asked, and push unasked.
    private static let strange: [PeerStep] = [
        .session(0, .appeared), .stray(0, to: 0, operation: 1), .stray(0, to: 255, operation: 0), .session(0, .ready),
        .push(0, 1, isAgreed: false), .ask(0, operation: 1, 1), .confirm(0, isRight: true), .ask(0, operation: 2, 9),
        .confirm(0, isRight: true),
        .rendezvous(isThere: true), .http(0, .whole, particular: 17), .segment(1), .segment(2), .segment(3),
        .session(0, .lost), .confirm(0, isRight: true), .session(0, .appeared), .pass(250, scale: 9),
    ]
}
