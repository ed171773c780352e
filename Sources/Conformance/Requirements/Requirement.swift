/// One row of the registry: one thing that a specification demands, permits or states, and how it could be seen.
public struct Requirement: Sendable, Hashable, Identifiable {
    /// Stable and unique: `RFC7016-2.3.4-03`, `TRK-015`.
    public let id: String
    /// The text that it is taken from: `RFC 7016`, `RFC 7425`, a document of hls-p2p such as `tracker-protocol`, or
    /// `practice` for what implementations do beyond any text.
    public let specification: String
    /// The section of that text; empty for practice and for whole documents.
    public let section: String
    /// Another place that says the same: a section of an RFC, or a known defect of the original (`Q-004`).
    public let related: String?
    /// The word that makes it binding.
    public let keyword: Keyword
    /// Who has to keep it.
    public let actor: Actor
    /// The part of the protocol that it belongs to.
    public let area: Area
    /// What it says, in one sentence.
    public let statement: String
    /// How it can be seen whether it is kept.
    public let testability: Testability
    /// Why nothing can show whether it is kept; nil where something can.
    public let untestableReason: String?
    /// How a test could go about it.
    public let testIdea: String?
    /// What a violation looks like.
    public let violation: String?
    /// What a violation does; nil where that was not judged.
    public let severity: Severity?

    /// The place of the text, as one cites it: `RFC 7016 §2.3.4`.
    public var citation: String {
        section.isEmpty ? specification : "\(specification) §\(section)"
    }
}

extension Requirement {
    /// The words of RFC 2119, and FACT for what the text states as the way things are.
    public enum Keyword: String, Sendable, Hashable, CaseIterable, Codable {
        case must = "MUST"
        case mustNot = "MUST NOT"
        case shall = "SHALL"
        case required = "REQUIRED"
        case should = "SHOULD"
        case shouldNot = "SHOULD NOT"
        case recommended = "RECOMMENDED"
        case may = "MAY"
        case optional = "OPTIONAL"
        case fact = "FACT"
    }

    /// Who has to keep a requirement.
    public enum Actor: String, Sendable, Hashable, CaseIterable, Codable {
        case either, sender, receiver, initiator, responder, forwarder, redirector
        case client, server, peer, tracker, rendezvous, checker
    }

    /// A part of the protocol; coverage is counted by it.
    public enum Area: String, Sendable, Hashable, CaseIterable, Codable {
        case packet
        case checksumCrypto = "checksum-crypto"
        case chunk, options, startup, redirect, introduction, session, mobility, timers, close
        case flashCrypto = "flash-crypto"
        case congestion, flow, ack
        case tinCanMessages = "tinCan-messages"
        case netConnection = "netconnection"
        case peerNetStream = "netstream-p2p"
        case groups
        case rendezvous, tracker, peer, swarm, checker
    }

    /// How it can be seen whether a requirement is kept.
    public enum Testability: String, Sendable, Hashable, CaseIterable, Codable {
        /// By talking to a server.
        case activeServer = "active-server"
        /// By talking to a peer that plays the client.
        case activePeer = "active-peer"
        /// By talking to a tracker.
        case activeTracker = "active-tracker"
        /// By reading traffic, without saying anything.
        case passive
        /// Only from within the implementation.
        case unit
        /// Not at all; `Requirement.untestableReason` says why.
        case untestable
    }

    /// What a violation does.
    public enum Severity: String, Sendable, Hashable, CaseIterable, Codable {
        /// Implementations cannot work together.
        case interopFatal = "interop-fatal"
        /// It endangers somebody.
        case security
        /// It works, but worse.
        case degraded
        /// Nobody suffers.
        case cosmetic
    }
}
