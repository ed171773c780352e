public import Links
public import RTMFP

/// Says again what the initiator of a recorded session said, to a live implementation, and compares the answers.
///
/// The session is new: its ID, tag, cookie, keys, times and acknowledgements are made on the spot. Messages, their flows
/// and their order are those of the recording; what was said after an answer waits for that answer.
public final class DialoguePlayer: DatagramNode {
    /// What a replay may be told.
    public struct Options: Sendable {
        /// How many times as fast as recorded; nil for as fast as the answers come.
        public var speed: Double?
        /// How long to wait for an answer.
        public var patience = Interval.seconds(5)
        /// How long to listen for more after the last step.
        public var settling = Interval.milliseconds(300)
        /// What to do with messages that the recording does not have.
        public var unexpected = UnexpectedPolicy.report
        /// Is told the keys of the session.
        public var keyLog: (@Sendable (KeyLogEntry) -> Void)?

        /// The default options.
        public init() {}
    }

    enum Stage {
        case new
        case opening
        case playing
        case settling(until: Instant)
        case over
    }

    let dialogue: RecordedDialogue
    let options: Options
    let endpoint: Endpoint
    private let target: SocketAddress
    private let order: ReplayOrder
    private let place: Int
    private let tell: (ReplayLine) -> Void
    private let end: (ReplayOutcome) -> Void
    var stage = Stage.new
    var session: SessionHandle?
    var opened = Instant.origin
    /// The next step.
    var next = 0
    /// By when the answer that is waited for must have come.
    var deadline = Instant.origin
    /// When a message that did not fit is tried again.
    var retry: Instant?
    var book: ReplayBook

    /// Prepares to replay.
    ///
    /// - Parameters:
    ///   - order: what other sessions of the recording are kept in order with, and this session's place there.
    ///   - random: where the session's secrets come from.
    ///   - tell: hears each message as it is said or heard.
    ///   - end: hears once what has become of it.
    /// - Throws: `KeyingError` if no identity can be made.
    public init(
        _ dialogue: RecordedDialogue,
        to target: SocketAddress,
        options: Options,
        order: (ReplayOrder, place: Int) = (ReplayOrder(), 0),
        random: some RandomNumberGenerator & Sendable,
        tell: @escaping (ReplayLine) -> Void,
        end: @escaping (ReplayOutcome) -> Void
    ) throws {
        var random = random
        var configuration = Configuration(identity: try dialogue.freshIdentity(using: &random))
        if let offer = dialogue.offer {
            configuration.hmac = offer.hmac
            configuration.hmacLength = offer.hmacLength
            configuration.sequenceNumbers = offer.sequenceNumbers
        }
        configuration.answersForwardedHello = false
        configuration.keyLog = options.keyLog
        self.dialogue = dialogue
        self.target = target
        self.options = options
        (self.order, place) = order
        self.tell = tell
        self.end = end
        book = ReplayBook(dialogue)
        endpoint = Endpoint(configuration: configuration, random: random)
    }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint.receive(datagram, from: far, at: now)
        proceed(at: now)
    }

    public func advance(to now: Instant) {
        if case .new = stage {
            guard isDue(dialogue.frame) else {
                retry = now + DialoguePlayer.pause
                return
            }
            retry = nil
            stage = .opening
            deadline = now + options.patience
            session = endpoint.open(
                to: [target],
                endpointDiscriminator: dialogue.endpointDiscriminator,
                at: now
            )
        }
        endpoint.advance(to: now)
        proceed(at: now)
    }

    public var nextDeadline: Instant? {
        switch stage {
        case .new: retry ?? .origin
        case .opening: [deadline, endpoint.nextDeadline].compactMap(\.self).min()
        case .playing: [deadline, retry, nextDue, endpoint.nextDeadline].compactMap(\.self).min()
        case .settling(let until): [until, endpoint.nextDeadline].compactMap(\.self).min()
        case .over: endpoint.nextDeadline
        }
    }

    public func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    /// Closes the session; a replay that is not over ends.
    public func leave(at now: Instant) {
        finish(.interrupted, at: now)
    }

    /// How long to wait before something that is not due, or does not fit, is tried again.
    static let pause = Interval.milliseconds(5)

    /// Whether no other session has an earlier step before it.
    func isDue(_ frame: Int) -> Bool {
        order.reached(frame, by: place)
        return order.isDue(frame, of: place)
    }

    /// Lets other sessions go on, whatever this one still waits for.
    func letOthersPass() {
        order.reached(.max, by: place)
    }

    /// Ends the replay with an outcome, once.
    func finish(_ outcome: ReplayOutcome, at now: Instant) {
        if case .over = stage { return }
        stage = .over
        letOthersPass()
        if let session { endpoint.close(session, at: now) }
        end(outcome)
    }

    func note(_ text: String, isSent: Bool, isUnexpected: Bool = false, at now: Instant) {
        let milliseconds = (now - opened).milliseconds
        tell(ReplayLine(milliseconds: milliseconds, isSent: isSent, text: text, isUnexpected: isUnexpected))
    }
}

extension RecordedDialogue {
    /// An identity of the kind that the initiator had.
    fileprivate func freshIdentity(using random: inout some RandomNumberGenerator) throws(KeyingError) -> Identity {
        let certificate = try? Certificate(decoding: self.certificate)
        let fixed = (certificate?.staticKeys.keys.sorted() ?? []).compactMap(DiffieHellmanGroup.init(rawValue:))
        guard fixed.isEmpty else { return try .fixed(groups: fixed, using: &random) }
        let chosen = offer?.ephemeralKey.flatMap { DiffieHellmanGroup(rawValue: $0.group) }
        let others: [DiffieHellmanGroup] = [.modp2048, .modp1536, .modp1024]
        return try .ephemeral(groups: [chosen].compactMap(\.self) + others.filter { $0 != chosen }, using: &random)
    }
}
