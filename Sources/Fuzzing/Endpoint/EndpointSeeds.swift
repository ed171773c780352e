import RTMFP

/// Scripts to begin with.
enum EndpointSeeds {
    /// Lives of an endpoint that begin without a session.
    @Sendable static func startup() -> [[UInt8]] {
        startupLives + chunks().map { EndpointStep.startup(0, toSession: false, [3] + $0).octets }
    }

    /// Lives of an endpoint that begin with a session of the first far end.
    @Sendable static func session() -> [[UInt8]] {
        sessionLives + chunks().map { EndpointStep.session(0, isMoved: false, [1] + $0).octets }
    }

    static let startupLives = scripts([introducing, proving, crowded, inviting, fragmenting, repeating])

    static let sessionLives = scripts([
        flowing, gapped, filling, writing, refusing, acknowledging, moving, pinging, closing, aborting, closed, odd,
        forwarding, overriding,
    ])

    private static func scripts(_ lives: [[EndpointStep]]) -> [[UInt8]] { lives.map { $0.flatMap(\.octets) } }

    /// The chunks of the vectors, as far as they fit into a step.
    private static func chunks() -> [[UInt8]] { Seeds.of("rtmfp/chunk")().filter { $0.count < 255 } }

    private static let moment: EndpointStep = .pass(100, scale: 1)
    private static let second: EndpointStep = .pass(125, scale: 3)
    private static let minutes: EndpointStep = .pass(130, scale: 10)

    private static let introducing: [EndpointStep] = [
        .hello(0, .near, of: 0), .hello(1, .other, of: 2), .open(2), .hello(1, .other, of: 2), second,
        .datagram(3, [1, 2, 3]), .startup(3, toSession: false, [3, 0x30, 0, 0]), minutes,
    ]

    /// Cookies that are too old, somebody else's, or nobody's.
    private static let proving: [EndpointStep] = [
        .hello(0, .near, of: 0), .hello(1, .near, of: 1), .keying(0, .forged, isZero: false),
        .keying(2, .forged, isZero: false), .keying(2, .stolen, isZero: false), .keying(2, .own, isZero: false),
        .keying(1, .own, isZero: true), .keying(1, .own, isZero: false), .keying(1, .own, isZero: false), minutes,
        .keying(0, .first, isZero: false), .keying(0, .own, isZero: false), second,
    ]

    /// More far ends than there is room for; one comes again.
    private static let crowded: [EndpointStep] = [
        .open(0), .open(1), .open(2), .open(3), .open(1), second, .close(0, isAcknowledgement: true), .open(3),
        .owner(1, .close, amount: 0), .open(0), minutes, .open(0),
    ]

    /// The endpoint opens sessions itself.
    private static let inviting: [EndpointStep] = [
        .invite(0, .answered), .invite(1, .left), .invite(2, .ignored), .invite(3, .answered), second,
        .invite(2, .redirected), .open(1), .data(0, flow: 2, form: 0, skipping: 0), .owner(0, .write, amount: 4),
        second, .acknowledge(0, .all), minutes, .invite(2, .redirected), second, .open(0), .open(1), .open(2), .open(3),
        .invite(3, .answered),
    ]

    private static let fragmenting: [EndpointStep] = [
        .fragments(0, .halves, amount: 1), .fragments(1, .many, amount: 6), .fragments(2, .nested, amount: 2),
        .fragments(0, .first, amount: 1), .fragments(0, .first, amount: 2), .fragments(0, .first, amount: 3),
        .fragments(1, .first, amount: 4), .fragments(2, .halves, amount: 5), second,
    ]

    private static let repeating: [EndpointStep] = [
        .hello(0, .near, of: 0), .again(0, isLate: false), .again(1, isLate: false), .open(0), .again(0, isLate: true),
        .again(1, isLate: false), .again(0, isLate: false), second, .again(0, isLate: false), .invite(1, .answered),
        .again(1, isLate: false),
    ]

    /// A client connects; then messages in pieces.
    private static let flowing: [EndpointStep] = [
        .data(0, flow: 2, form: 0, skipping: 0), moment, .acknowledge(0, .all), .data(0, flow: 2, form: 5, skipping: 0),
        moment, .data(0, flow: 2, form: 7, skipping: 0), .data(0, flow: 2, form: 6, skipping: 0), moment,
        .data(0, flow: 2, form: 12, skipping: 0), .again(0, isLate: false), .again(0, isLate: false), moment,
        .data(0, flow: 3, form: 12, skipping: 0), .data(0, flow: 4, form: 12, skipping: 0),
        .data(0, flow: 5, form: 12, skipping: 0), .data(0, flow: 6, form: 12, skipping: 0),
        .data(0, flow: 2, form: 28, skipping: 0), second, minutes,
    ]

    private static let gapped: [EndpointStep] = [
        .data(0, flow: 2, form: 12, skipping: 0), .data(0, flow: 2, form: 12, skipping: 2),
        .data(0, flow: 2, form: 12, skipping: 1), .data(0, flow: 2, form: 14, skipping: 1), moment,
        .data(0, flow: 2, form: 28, skipping: 0), .data(0, flow: 2, form: 30, skipping: 0), second,
        .data(0, flow: 3, form: 28, skipping: 3), .data(0, flow: 3, form: 12, skipping: 0),
    ]

    /// More than a flow, and a session, may hold.
    private static let filling: [EndpointStep] =
        (0..<3).flatMap { flow -> [EndpointStep] in
            [.data(0, flow: flow + 2, form: 12, skipping: 0)]
                + (0..<8).map { _ in .data(0, flow: flow + 2, form: 5, skipping: 1) }
                + [.data(0, flow: flow + 2, form: 5, skipping: 0)]
                + (0..<12).map { _ in .data(0, flow: flow + 2, form: 7, skipping: 0) } + [moment]
        }

    private static let writing: [EndpointStep] = [
        .owner(0, .write, amount: 124), .owner(0, .write, amount: 124), moment, .acknowledge(0, .last),
        .acknowledge(0, .last), .acknowledge(0, .last),
        moment, .acknowledge(0, .all), second, .acknowledge(0, .tooMuch), .owner(0, .write, amount: 121), second,
        .acknowledge(0, .all), minutes,
    ]

    private static let refusing: [EndpointStep] = [
        .owner(0, .write, amount: 30), moment, .acknowledge(0, .full), .owner(0, .write, amount: 30), second, second,
        .acknowledge(0, .all), moment, .odd(0, .exception, flow: 1), .owner(0, .write, amount: 30), second,
    ]

    private static let acknowledging: [EndpointStep] = [
        .data(0, flow: 2, form: 12, skipping: 0), .pass(250, scale: 0), .pass(99, scale: 0),
        .data(0, flow: 2, form: 12, skipping: 0),
        .pass(99, scale: 0), .data(0, flow: 2, form: 12, skipping: 0), .data(0, flow: 2, form: 12, skipping: 0),
        .pass(250, scale: 0), .odd(0, .probe, flow: 2),
        .odd(0, .probe, flow: 3),
    ]

    private static let moving: [EndpointStep] = [
        .ping(0, .ask, at: 1), .ping(0, .ask, at: 1), .ping(0, .ask, at: 2), .ping(0, .misplaced, at: 2),
        .ping(0, .unasked, at: 2), .ping(0, .answer, at: 1), moment, .ping(0, .ask, at: 0), second,
        .ping(0, .ask, at: 0), .ping(0, .answer, at: 0), second, .ping(0, .answer, at: 1), minutes,
    ]

    private static let pinging: [EndpointStep] = [
        .owner(0, .ping, amount: 3), .ping(0, .answer, at: 0), .ping(0, .answer, at: 0), .ping(0, .unasked, at: 1),
        .ping(0, .ask, at: 0), minutes,
    ]

    private static let closing: [EndpointStep] = [
        .data(0, flow: 2, form: 0, skipping: 0), moment, .close(0, isAcknowledgement: false),
        .close(0, isAcknowledgement: false), .data(0, flow: 2, form: 0, skipping: 0), second, second, minutes,
    ]

    private static let aborting: [EndpointStep] = [
        .owner(0, .write, amount: 9), .owner(0, .abort, amount: 0), second, .open(0),
        .close(0, isAcknowledgement: true), .close(0, isAcknowledgement: true), .open(0), .owner(0, .write, amount: 9),
        .owner(0, .abort, amount: 0),
    ]

    private static let closed: [EndpointStep] = [
        .owner(0, .close, amount: 0), .ping(0, .ask, at: 0), .data(0, flow: 2, form: 0, skipping: 0), second, second,
        .close(0, isAcknowledgement: false), second, minutes,
    ]

    private static let odd: [EndpointStep] = [
        .odd(0, .ownMode, flow: 2), .odd(0, .standardKey, flow: 2), .data(0, flow: 2, form: 12, skipping: 0),
        .odd(0, .ownMode, flow: 2), moment, .session(0, isMoved: true, [1]), second,
    ]

    private static let forwarding: [EndpointStep] = [
        .hello(0, .forwarded, of: 1), .hello(1, .other, of: 0), .data(0, flow: 2, form: 0, skipping: 0), moment,
        .hello(1, .other, of: 0), second,
    ]

    private static let overriding: [EndpointStep] = [
        .data(0, flow: 2, form: 0, skipping: 0), .keying(0, .own, isZero: false), .hello(0, .near, of: 0),
        .keying(0, .own, isZero: false), .open(0), second,
    ]
}
