import HLSP2P
import RTMFP

/// What a deliberately wrong tracker does differently; every decision can be replaced alone.
struct TrackerFault: Sendable {
    /// What becomes of octets on a connection.
    enum Hearing: Sendable {
        case pass([UInt8])
        /// They are answered with these octets, and the connection ends.
        case answer(String)
        case end
        /// The process ends.
        case crash
    }

    /// What one run of a saboteur remembers.
    let memory = Memory()

    // The rendezvous beside the tracker.

    /// Gets at the rendezvous too.
    var rendezvous: @Sendable (inout Fault) -> Void = { _ in }
    /// Registers a peer under a name; false if that cannot be.
    var register: @Sendable (RegistryStore, String, String) -> Bool = { store, id, name in
        _ = store.run(["SADD", "cumulus_app", name])
        if case .error = store.run(["LPUSH", name, id]) { return false }
        return true
    }
    var unregister: @Sendable (RegistryStore, String, String) -> Void = { store, id, name in
        _ = store.run(["LREM", name, "1", id])
    }

    // What the tracker makes of its registry.

    var read: @Sendable (RegistryStore, String) -> [String] = { store, name in store.list(name) ?? [] }
    var choose: @Sendable (Selection, inout any RandomNumberGenerator & Sendable) -> [String] = { $0.window(&$1) }
    var count: @Sendable (RegistryStore, String) -> Int = { store, name in store.list(name)?.count ?? 0 }
    var remove: @Sendable (RegistryStore, String, String) -> Void = { store, id, name in
        _ = store.run(["LREM", name, "1", id])
    }

    // Requests and answers.

    /// Changes a request before the tracker sees it.
    var hears: @Sendable (inout HTTPRequest) -> Void = { _ in }
    /// Answers in place of the tracker; nil to let it answer.
    var answers: @Sendable (HTTPRequest, RegistryStore) -> HTTPResponse? = { _, _ in nil }
    /// Changes an answer.
    var says: @Sendable (HTTPRequest, inout HTTPResponse) -> Void = { _, _ in }
    /// Changes how a request is refused that is not whole.
    var refuses: @Sendable (inout HTTPResponse) -> Void = { _ in }
    /// Octets of content at most; nil for the tracker's own bound.
    var maximumBody: Int?

    // Octets. A memory belongs to one connection.

    var incoming: @Sendable ([UInt8], Memory) -> Hearing = { octets, _ in .pass(octets) }
    var outgoing: @Sendable ([UInt8], Memory) -> [UInt8] = { octets, _ in octets }
    /// Connections at a time at most.
    var connections = Int.max
    /// Whether a connection is served while others are open; told how many of them are older, and whether one of them
    /// has begun a request.
    var serves: @Sendable (_ older: Int, _ begun: Bool) -> Bool = { _, _ in true }
    /// Whether a connection ends after its first answer.
    var endsAfterAnswer = false
    /// Whether a connection ends when the client finishes sending.
    var endsWithClient = false
    /// Whether the process ends with a request that breaks off.
    var crashesWithClient = false
    /// How late answers come.
    var lag = Interval.zero
    /// Whether something is to be done in a millisecond, and does it.
    var isBusy: @Sendable () -> Bool = { false }
    var goesOn: @Sendable () -> Void = {}
}

extension TrackerFault {
    /// Changes answers to one path, or to all.
    mutating func rewrites(
        _ path: String? = nil,
        _ change: @escaping @Sendable (HTTPRequest, inout HTTPResponse) -> Void
    ) {
        says = { request, response in
            if path == nil || request.path == path { change(request, &response) }
        }
    }

    /// Answers requests to one path, or to all, with a status and nothing else, where `condition` holds.
    mutating func answers(
        _ status: Int,
        _ path: String? = nil,
        _ text: String = "",
        if condition: @escaping @Sendable (HTTPRequest, RegistryStore) -> Bool
    ) {
        answers = { request, store in
            guard path == nil || request.path == path, condition(request, store) else { return nil }
            return .plain(status, text)
        }
    }

    /// Ends the process at requests to one path, or to all, where `condition` holds.
    mutating func crashes(_ path: String? = nil, if condition: @escaping @Sendable (HTTPRequest) -> Bool) {
        let memory = memory
        answers = { request, _ in
            guard path == nil || request.path == path, condition(request) else { return nil }
            memory.isDead = true
            return .plain(500, "")
        }
    }

    /// Replaces text in what comes.
    mutating func replaces(_ text: String, with other: String) {
        incoming = { octets, _ in .pass(replacing(text, with: other, in: octets)) }
    }

    /// Replaces text in what goes.
    mutating func replacesSent(
        _ text: String,
        with other: String,
        if condition: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        outgoing = { octets, _ in
            condition(String(decoding: octets, as: UTF8.self)) ? replacing(text, with: other, in: octets) : octets
        }
    }
}

/// Octets in which every occurrence of a text is replaced.
func replacing(_ text: String, with other: String, in octets: [UInt8]) -> [UInt8] {
    let (from, to) = (Array(text.utf8), Array(other.utf8))
    guard !from.isEmpty, octets.count >= from.count else { return octets }
    var result: [UInt8] = []
    var index = 0
    while index < octets.count {
        if octets[index] == from[0], octets[index...].starts(with: from) {
            result += to
            index += from.count
        } else {
            result.append(octets[index])
            index += 1
        }
    }
    return result
}

extension HTTPRequest {
    /// The value of `size`; nil if there is none.
    var size: String? { query.text("size") }
    /// The value of `resourceID`; nil if there is none.
    var resource: String? { query.text("resourceID") }
    /// The fields of a form.
    var formFields: FormFields { FormFields(body) }
    /// Whether the content is said to be JSON.
    var isJSON: Bool { field("Content-Type")?.hasPrefix("application/json") ?? false }
}

extension HTTPResponse {
    /// An answer as the tracker's are, but for its content.
    static func plain(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status, "application/json", text, fields: [HTTPField("Access-Control-Allow-Origin", "*")])
    }

    /// The content.
    var text: String {
        get { String(decoding: body, as: UTF8.self) }
        set { body = Array(newValue.utf8) }
    }

    /// The strings of an array.
    var entries: [String] {
        get { text.split(separator: "\"").map(String.init).filter { $0.utf8.count == 64 } }
        set { text = "[" + newValue.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
    }

    /// Takes a header field away, or gives it another value.
    mutating func set(_ name: String, _ value: String?) {
        fields.removeAll { $0.isNamed(name) }
        if let value { fields.append(HTTPField(name, value)) }
    }
}
