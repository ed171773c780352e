/// One rule of the specification, and how to see from outside whether an implementation keeps it.
///
/// A case is data and one closure. What every case needs, its setting provides: a valid exchange before the body, and
/// a valid exchange after it, so that a dead target passes nothing (see `Setting` and `Aftermath`).
public struct Case: Sendable, Identifiable {
    /// How binding the rule is.
    public enum Level: String, Sendable, Hashable, CaseIterable, Codable {
        case must = "MUST"
        case should = "SHOULD"
        case may = "MAY"
        /// Common practice beyond the text: reported, never a failure of the run.
        case observed
    }

    /// The kind of implementation that the case judges.
    public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
        case rendezvous
        case client
        case tracker
        case peer
        case capture
    }

    /// A legal outcome other than the plain one, with the sentence that permits it.
    public struct Alternative: Sendable, Hashable {
        /// What the body calls it.
        public let name: String
        /// The sentence of the specification that permits it.
        public let sentence: String

        init(_ name: String, _ sentence: String) {
            self.name = name
            self.sentence = sentence
        }
    }

    /// Meaningful, stable and never used for anything else: `rendezvous/startup/rhello-echoes-tag`.
    public let id: String
    /// The rule as a sentence.
    public let title: String
    /// The rows of the requirement registry that the case claims.
    public let requirements: [String]
    /// How binding the rule is.
    public let level: Level
    /// The kind of implementation that the case judges.
    public let role: Role
    /// What the target must be capable of for the case to make sense.
    public let needs: Set<Capability>
    /// Legal outcomes other than the plain one; an implementation that shows one is *tolerated*.
    public let accepts: [Alternative]
    /// The deliberately wrong implementations that this case must turn red.
    public let saboteurs: [String]
    /// Whether the case runs while no other does, and after them: one that floods its target disturbs the others.
    public let isAlone: Bool
    /// The valid exchange that comes before the body.
    let setting: Setting
    /// The valid exchange that comes after the body.
    let aftermath: Aftermath
    let body: Body

    /// Whether other cases build on what this one judges.
    public var isFoundation: Bool { area == "foundation" }

    /// Makes a case.
    ///
    /// - Parameters:
    ///   - setting: nil for the usual one: `.session` within a session, before one what the aftermath does as well.
    ///   - aftermath: nil for what the setting did.
    init(
        _ id: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        role: Role = .rendezvous,
        needs: Set<Capability> = [],
        accepts: [Alternative] = [],
        saboteurs: [String],
        setting: Setting? = nil,
        aftermath: Aftermath? = nil,
        isAlone: Bool = false,
        _ body: Body
    ) {
        self.id = id
        self.title = title
        self.requirements = requirements
        self.level = level
        self.role = role
        self.accepts = accepts
        self.saboteurs = saboteurs
        self.isAlone = isAlone
        self.body = body
        let inSession = body.isInSession
        self.setting = setting ?? (inSession ? .session : aftermath == .handshake ? .opened : .greeted)
        self.aftermath = aftermath ?? (body.isReception ? .handshake : self.setting.usualAftermath)
        self.needs = inSession ? needs.union([.sessions]) : needs
    }

    /// The area of the specification, the second part of the id.
    public var area: String {
        let parts = id.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : id
    }
}

extension Case: CustomStringConvertible {
    /// The id: what a test log shows for this case.
    public var description: String { id }
}

/// The valid exchange that comes before a case's body.
enum Setting: Sendable {
    /// None: the case is about that exchange itself. Only for the foundations of the suite, and for cases that call
    /// clients in a way of their own.
    case cold
    /// An IHello was answered by an RHello; or a client was called, and its IHello has come; or a tracker was asked.
    case greeted
    /// A session was opened in the plainest way, from another address.
    case opened
    /// A session was opened as planned, by the end that opens sessions, and a Ping was answered on it.
    case session(@Sendable (inout HandshakePlan) -> Void)

    /// The same exchange again.
    var usualAftermath: Aftermath {
        switch self {
        case .cold, .greeted: .greeting
        case .opened: .handshake
        case .session: .ping
        }
    }

    /// A session in the plainest shape: Diffie-Hellman group 2, checksum, no sequence numbers.
    static let session = Setting.session { _ in }
}

/// The valid exchange that comes after a case's body.
enum Aftermath: Sendable {
    /// An IHello is answered by an RHello; or a tracker is asked the same again.
    case greeting
    /// A new session is opened, from another address; or a client goes on to open the session that it has begun.
    case handshake
    /// A Ping on the case's own session is answered.
    case ping
}

/// What a case does.
enum Body: Sendable {
    /// Says something before there is a session, and expects something.
    case startup(@Sendable (Probe) throws -> Void)
    /// Says something on an open session, and expects something.
    case session(@Sendable (ProbeSession) throws -> Void)
    /// Says something before there is a session that must have no effect.
    case startupIgnored(Effect = .anyAnswer, @Sendable (Probe) throws -> Void)
    /// Says something on an open session that must have no effect.
    case sessionIgnored(Effect = .anyAnswer, @Sendable (ProbeSession) throws -> Void)
    /// Says something to a client that is opening a session, and expects something.
    case reception(@Sendable (Reception) throws -> Void)
    /// Says something to a client that is opening a session that must have no effect.
    case receptionIgnored(Effect = .anyAnswer, @Sendable (Reception) throws -> Void)
    /// Says nothing: judges what a recording shows of an implementation.
    case recorded(@Sendable (RecordedImplementation) throws -> Void)
    /// Asks a tracker, and expects something.
    case tracker(@Sendable (TrackerProbe) throws -> Void)
    /// Directs everybody whom a peer has to do with, and expects something of it.
    case peer(@Sendable (Stage) throws -> Void)

    var expectsSilence: Bool {
        switch self {
        case .startup, .session, .reception, .recorded, .tracker, .peer: false
        case .startupIgnored, .sessionIgnored, .receptionIgnored: true
        }
    }

    var isInSession: Bool {
        switch self {
        case .startup, .startupIgnored, .reception, .receptionIgnored, .recorded, .tracker, .peer: false
        case .session, .sessionIgnored: true
        }
    }

    var isReception: Bool {
        switch self {
        case .reception, .receptionIgnored: true
        case .startup, .startupIgnored, .session, .sessionIgnored, .recorded, .tracker, .peer: false
        }
    }
}

/// What betrays that something was not ignored.
///
/// The engine proves silence by causality: the aftermath's exchange begins after the body has spoken; when it is
/// answered, nothing that shows an effect may have come before.
enum Effect: Sendable {
    /// Every packet but those that an idle target may send by itself, repetitions of a client's startup chunks included.
    case anyAnswer
    /// The packets for which the closure gives a reason.
    case particular(@Sendable (Heard) -> String?)
}
