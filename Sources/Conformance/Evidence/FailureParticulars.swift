import Capture
import HLSP2P
import RTMFP

/// What is written about the run of a failed case, as JSON in the comment on its capture.
struct FailureParticulars: Codable, Sendable {
    /// The case's id.
    var `case`: String
    /// The case's own seed: with it, the case says the same again, octet for octet.
    var seed: UInt64
    var verdict: String
    var expected: String?
    var actual: String?
    var uri: String
    var target: String
    /// What a user had called it.
    var name: String?
    var capabilities: [String]
    /// `echo`, or the object encoding of a NetConnection server.
    var dialect: String?
    var pings: String?
    var followsRedirects: Bool?
    /// The stream that a client offers to peers.
    var streamName: String?
    /// Factor on every wait with a peer.
    var scale: Double?
    var roundTripNanoseconds: Int64
    var patienceNanoseconds: Int64
    var budgetNanoseconds: Int64
    /// How long a client may take to come.
    var arrivalNanoseconds: Int64?
    /// The wall clock minus the clock of the run.
    var clockOffsetNanoseconds: Int64
    /// When the first link was made, or a peer's world was entered, by the clock of the run.
    var startNanoseconds: Int64
    /// Where a peer had its HTTP requests answered.
    var authority: String?
    /// A peer that was there already.
    var acquaintance: Acquaintance?
    /// The links' addresses, in order of appearance.
    var links: [String]
    /// The addresses at which the capture shows the links, where those are others.
    var shownLinks: [String]?
    /// Whether the tape held all that passed; nil if it did.
    var isWhole: Bool?
    /// The `PacketDigest` of the capture, in digits.
    var packets = ""
    /// The SHA-256 of each file that was left beside the capture, in digits, by the companion's name.
    var digests: [String: String] = [:]

    /// A tracker, in words.
    var tracker: Site?

    /// A tracker, and how it was judged.
    struct Site: Codable, Sendable {
        var address: String
        var authority: String
        /// What the names had in common that were made up.
        var mark: String
        var hasRendezvous: Bool
        var hasRegistry: Bool
        var way: String
        var listsWitness: Bool

        init(_ site: TrackerSite, _ survey: Survey) {
            address = site.address.description
            (authority, mark, hasRendezvous) = (site.authority, site.mark, site.hasRendezvous)
            hasRegistry = site.registry != nil
            (way, listsWitness) = (survey.way.rawValue, survey.listsWitness)
        }

        /// The tracker of which a playback tells; nil if its address is none.
        func value(_ playback: Playback) -> TrackerSite? {
            SocketAddress(text: address).map { address in
                TrackerSite(
                    streams: playback.streams,
                    address: address,
                    authority: authority,
                    registry: hasRegistry ? RegistryLedger(playback.registry, mark: mark) : nil,
                    hasRendezvous: hasRendezvous,
                    mark: mark
                )
            }
        }
    }

    /// A peer that was there already, in words.
    struct Acquaintance: Codable, Sendable {
        var id: String
        var rendezvous: String
        var connectURL: String

        init(_ acquaintance: PeerAcquaintance) {
            id = acquaintance.id.description
            rendezvous = acquaintance.rendezvous.description
            connectURL = acquaintance.connectURL
        }

        var value: PeerAcquaintance? {
            guard let id = PeerID(text: id), let rendezvous = SocketAddress(text: rendezvous) else { return nil }
            return PeerAcquaintance(id, at: rendezvous, connectURL: connectURL)
        }
    }

    init(_ result: CaseResult, _ run: CaseRun, _ ground: Ground, _ tape: Tape, clockOffset: Interval) {
        let survey = run.survey
        `case` = result.id
        seed = run.seed
        verdict = result.verdict.rawValue
        expected = result.expected.map { FailureParticulars.beginning(of: $0) }
        actual = result.actual.map { FailureParticulars.beginning(of: $0) }
        uri = ground.target.uri
        target = "\(ground.target.address)"
        name = run.arena.targetName.isEmpty ? nil : FailureParticulars.beginning(of: run.arena.targetName)
        capabilities = survey.capabilities.map(\.rawValue).sorted()
        dialect = survey.dialect.map(FailureParticulars.name)
        pings = survey.pings.rawValue
        followsRedirects = survey.followsRedirects
        streamName = survey.streamName
        scale = run.scale
        roundTripNanoseconds = survey.roundTrip.nanoseconds
        patienceNanoseconds = run.timing.patience.nanoseconds
        budgetNanoseconds = run.timing.budget.nanoseconds
        arrivalNanoseconds = (ground.clients?.patience ?? ground.stage?.patience)?.nanoseconds
        clockOffsetNanoseconds = clockOffset.nanoseconds
        startNanoseconds = tape.start?.nanoseconds ?? 0
        authority = tape.authority
        acquaintance = ground.stage?.acquaintance.map(Acquaintance.init)
        tracker = ground.tracker.map { Site($0, survey) }
        isWhole = tape.isWhole ? nil : false
        links = tape.links.map(\.description)
    }

    /// What the survey had found.
    var survey: Survey {
        var survey = Survey(
            roundTrip: Interval(nanoseconds: roundTripNanoseconds),
            capabilities: Set(capabilities.compactMap(Capability.init)),
            dialect: dialect.flatMap(FailureParticulars.dialect),
            obstacle: nil
        )
        survey.pings = pings.flatMap(Pings.init) ?? survey.pings
        survey.followsRedirects = followsRedirects ?? survey.followsRedirects
        survey.streamName = streamName ?? survey.streamName
        survey.way = tracker.flatMap { TrackerWay(rawValue: $0.way) } ?? survey.way
        survey.listsWitness = tracker?.listsWitness ?? survey.listsWitness
        return survey
    }

    /// Factor on every wait with a peer.
    var waitScale: Double { scale.flatMap { $0 > 0 && $0 <= 1_000 ? $0 : nil } ?? 1 }

    var timing: Timing {
        var timing = Timing(roundTrip: Interval(nanoseconds: roundTripNanoseconds))
        timing.patience = Interval(nanoseconds: patienceNanoseconds)
        timing.budget = Interval(nanoseconds: budgetNanoseconds)
        return timing
    }

    /// A day and a little: what a case waits for at most, with the largest factor on its waits.
    private static let longest = Interval.seconds(100_000)

    /// Whether a case may take as long as this says: a clock that is wound by hand goes on for as long.
    var isInTime: Bool {
        let intervals = [Interval(nanoseconds: roundTripNanoseconds), timing.patience, timing.budget, arrival]
        return intervals.allSatisfy { $0 >= .seconds(0) && $0 <= FailureParticulars.longest }
    }

    var arrival: Interval { arrivalNanoseconds.map { Interval(nanoseconds: $0) } ?? timing.patience }
    var start: Instant { Instant(nanoseconds: startNanoseconds) }

    /// As much of a text for people as fits into a comment beside others of its kind.
    private static func beginning(of text: String) -> String {
        let most = 2_000
        return text.utf8.count <= most ? text : String(decoding: text.utf8.prefix(most), as: UTF8.self) + "…"
    }

    private static func name(_ dialect: Dialect) -> String {
        switch dialect {
        case .echo: "echo"
        case .netConnection(let encoding): "\(encoding)"
        }
    }

    /// The dialect that goes by a name.
    private static func dialect(_ name: String) -> Dialect? {
        name == "echo" ? .echo : Double(name).map { .netConnection(objectEncoding: $0) }
    }
}
