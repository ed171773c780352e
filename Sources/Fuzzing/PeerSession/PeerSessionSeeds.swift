import Flash

/// Scripts to begin with.
enum PeerSessionSeeds {
    /// Lives of a peer's sessions.
    @Sendable static func scripts() -> [[UInt8]] {
        lives
            + PeerSeeds.messages().filter { $0.count < 256 }.map {
                (coming + [.message(0, flow: 1, isAnswer: true, $0)]).flatMap(\.octets)
            }
    }

    static let lives = [
        coming + asking, coming + leaving, coming + closing, coming + rejecting, coming + silent, strange, halfway,
        seeking, seeking + feeding, returning, confused,
    ].map { $0.flatMap(\.octets) }

    private static let moment: PeerSessionStep = .pass(100, scale: 1)
    private static let second: PeerSessionStep = .pass(125, scale: 3)

    /// A far end comes by itself: all four streams are up.
    private static let coming: [PeerSessionStep] = [
        .open(0), .play(0, flow: 0, .everybody), .acknowledge(0), .answer(0, flow: 0, .begin),
        .answer(0, flow: 0, .start), .acknowledge(0), .play(0, flow: 1, .own), .acknowledge(0),
        .answer(0, flow: 1, .start), .answer(0, flow: 2, .start), .answer(0, flow: 3, .start), .acknowledge(0),
    ]

    /// The peer has a segment, and is asked for it.
    private static let asking: [PeerSessionStep] =
        [.player(.playlist, amount: 0), .player(.served, amount: 1), .player(.segment, amount: 1)]
        + (0..<4).map { _ in .player(.served, amount: 1) }
        + (0..<4).flatMap { place -> [PeerSessionStep] in
            (0..<10).flatMap {
                [.ask(0, flow: place, operation: $0), .acknowledge(0), .ask(0, flow: place, operation: 20)]
            }
        } + [second, .ask(0, flow: 2, operation: 10), moment]

    /// It takes its stream back, and comes again.
    private static let leaving: [PeerSessionStep] = [
        .end(0, flow: 1), moment, .play(0, flow: 2, .everybody), .play(0, flow: 3, .own), .acknowledge(0), moment,
        .command(0, flow: 3, .closeStream), .pass(250, scale: 6), .open(0), .play(0, flow: 0, .own),
    ]

    private static let closing: [PeerSessionStep] = [
        .ask(0, flow: 2, operation: 0), .close(0, isAcknowledgement: false), .close(0, isAcknowledgement: false),
        .ask(0, flow: 2, operation: 0), second, .open(0), .play(0, flow: 1, .own), .acknowledge(0),
        .close(0, isAcknowledgement: true), second,
    ]

    private static let rejecting: [PeerSessionStep] = [
        .reject(0, flow: 3), .ask(0, flow: 1, operation: 0), .reject(0, flow: 0), .reject(0, flow: 1), second,
        .answer(0, flow: 1, .failed), second,
    ]

    private static let silent: [PeerSessionStep] = [.pass(250, scale: 9), .ask(0, flow: 1, operation: 0)]

    /// Streams that nobody may have, and flows that are none.
    private static let strange: [PeerSessionStep] = [
        .open(0), .play(0, flow: 0, .foreign), .play(0, flow: 1, .nonsense), .acknowledge(0), moment,
        .begin(0, flow: 2, [1, 2, 3]), .begin(0, flow: 3, []), .open(1), .play(1, flow: 0, .own),
        .play(1, flow: 1, .foreign), .acknowledge(1), .play(1, flow: 2, .own), .command(1, flow: 0, .barrier),
        .command(1, flow: 1, .barrier), .command(1, flow: 0, .status), .message(1, flow: 5, isAnswer: false, [20, 0]),
        second,
    ]

    /// Only the stream for everybody is played; what is said back finds no other.
    private static let halfway: [PeerSessionStep] = [
        .open(0), .play(0, flow: 0, .everybody), .acknowledge(0), .answer(0, flow: 0, .start),
        .answer(0, flow: 1, .start), .acknowledge(0), .answer(0, flow: 2, .start), .answer(0, flow: 1, .start),
        .ask(0, flow: 0, operation: 0), .ask(0, flow: 1, operation: 0), .ask(0, flow: 2, operation: 0), second,
        .acknowledge(0), .command(0, flow: 0, .play),
    ]

    /// The rendezvous accepts the peer, and the tracker names two others.
    private static let seeking: [PeerSessionStep] =
        [
            .accept(3), .acknowledge(3), .answer(3, flow: 0, .connected), .answer(3, flow: 0, .keepalive),
            .acknowledge(3), .player(.playlist, amount: 0), .player(.served, amount: 1), .player(.segment, amount: 1),
        ] + (0..<4).map { _ in .player(.served, amount: 3) }
        + (0..<2).flatMap { far -> [PeerSessionStep] in
            [
                .accept(far), .acknowledge(far), .answer(far, flow: 0, .start), .acknowledge(far),
                .answer(far, flow: 1, .start), .play(far, flow: 0, .everybody), .play(far, flow: 1, .own),
                .acknowledge(far), .answer(far, flow: 0, .start), .answer(far, flow: 1, .start),
            ]
        } + [.player(.segment, amount: 2), moment]

    /// They have the segment, and deliver it.
    private static let feeding: [PeerSessionStep] =
        (0..<3).flatMap { _ in
            (0..<2).flatMap { far -> [PeerSessionStep] in
                (0..<3).map { .ask(far, flow: $0, operation: 10) } + [.acknowledge(far)]
            }
        } + [second, .close(3, isAcknowledgement: true), second, .pass(250, scale: 7)]

    private static let returning: [PeerSessionStep] = [
        .open(0), .play(0, flow: 1, .own), .open(0), .play(0, flow: 1, .own), .again(0), .pass(250, scale: 6),
        .open(1), .open(2), .open(3), .accept(3), .accept(0), second,
    ]

    private static let confused: [PeerSessionStep] = [
        .open(0), .answer(0, flow: 0, .start), .play(0, flow: 1, .own), .acknowledge(0), .answer(0, flow: 0, .refused),
        .answer(0, flow: 0, .failed), .answer(0, flow: 1, .unpublished), .answer(0, flow: 1, .senseless),
        .command(0, flow: 1, .publish), .command(0, flow: 1, .unknown), .command(0, flow: 1, .deleteStream),
        .command(0, flow: 1, .pause), second, .accept(3), .answer(3, flow: 0, .refused), second, .pass(250, scale: 7),
        .accept(3),
    ]
}
