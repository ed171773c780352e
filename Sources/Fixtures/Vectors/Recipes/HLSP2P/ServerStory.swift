internal import HLSP2P
internal import RTMFP

/// A story of a server: what it is told, and what it must not answer.
struct ServerStory: Sendable {
    /// A change to something that the server does.
    struct Fault: Sendable {
        var name: String
        var error: VectorErrorClass
        var requirements: [String]
        var reason: String
        /// What the step means, as far as that tells it from others; the first such step is changed.
        var place: [String: JSONValue]
        /// Towards whom.
        var end: String
        var change: Change
    }

    /// What stands there instead.
    enum Change: Sendable {
        /// Octets of a message, or of a chunk's payload.
        case octets(@Sendable ([UInt8]) -> [UInt8])
        /// Text of a response.
        case body(@Sendable (String) -> String)
        /// The ID of another end stands in the place of an end's.
        case identified(String, as: String)
        /// That one is on the list as well.
        case listed(String)
        /// Another value of a member of the step.
        case member(String, JSONValue)
    }

    var name: String
    var comment: String
    var section: [String]
    var requirements: [String]
    /// Who is there.
    var clients = ["alice", "bob"]
    var twins: Set<String> = []
    var faults: [Fault] = []
    var happen: @Sendable (ServerScene) throws -> Void

    /// What happens.
    func play() throws -> ServerTranscript {
        let scene = try ServerScene(clients, twins: twins)
        try happen(scene)
        return try scene.transcript()
    }
}

extension ServerStory.Change {
    /// Text of a message in place of other text of the same length.
    static func text(_ old: String, _ new: String) -> ServerStory.Change {
        .octets { replacing(Array(old.utf8), by: Array(new.utf8), in: $0) }
    }

    /// Octets in place of others.
    static func octets(_ old: [UInt8], _ new: [UInt8]) -> ServerStory.Change {
        .octets { replacing(old, by: new, in: $0) }
    }

    /// Only so many octets.
    static func cut(to count: Int) -> ServerStory.Change { .octets { Array($0.prefix(count)) } }

    private static func replacing(_ old: [UInt8], by new: [UInt8], in octets: [UInt8]) -> [UInt8] {
        var octets = octets
        if let range = octets.firstRange(of: old) { octets.replaceSubrange(range, with: new) }
        return octets
    }
}

extension ServerTranscript {
    /// The ID of an end.
    func id(of end: String) throws -> PeerID {
        guard let certificate = ends.first(where: { $0.name == end })?.certificate,
            let id = PeerID(try Certificate(certificate).fingerprint)
        else { throw VectorFormatError("/ends", "has nobody called \(end)") }
        return id
    }

    /// The number of the first step of the server's that means that; nil if there is none.
    func step(_ place: [String: JSONValue], to end: String) throws -> Int? {
        var reading = try ServerTranscriptReading(self)
        for (number, step) in steps.enumerated() {
            let meaning = try reading.meaning(of: step)
            let isThere = place.allSatisfy { meaning.value(at: $0.key) == $0.value }
            if isThere, step.isOut, step.end == end { return number }
        }
        return nil
    }
}
