internal import HLSP2P
internal import RTMFP
internal import Synchronization

extension VectorKind {
    /// What the tracker is asked, what it answers, and what clients make of that.
    static let trackers: [VectorKind] = [
        VectorKind("form-fields") { vector in
            let fields = FormFields(try vector.inputFields().string("text").utf8)
            try vector.compare([
                "pairs": .array(fields.pairs.map { .array([.octets($0.name), .octets($0.value)]) })
            ])
        },
        VectorKind("resource-name") { vector in
            let text = try vector.inputFields().string("name")
            let length = (1...ResourceName.maximumLength).contains(text.utf8.count)
            try vector.holds(ResourceName(text) != nil, else: length ? .value : .length)
        },
        VectorKind("peer-id") { vector in
            let text = try vector.inputFields().string("text")
            let peer = try vector.accepted {
                guard let peer = PeerID(text: text) else { throw VectorRefusal(.syntax) }
                return peer
            }
            guard let peer else { return }
            try vector.compare(["octets": .octets(peer.octets)])
            try vector.compare("written", .string(text), .string(peer.description))
        },
        VectorKind("tracker-answer") { vector in
            let peers = TrackerAnswer.peers(Array(try vector.inputFields().string("body").utf8))
            try vector.compare(["peers": .array(peers.map { .string($0.description) })])
        },
        VectorKind("tracker-exchange") { vector in try TrackerExchange(vector).run() },
    ]
}

/// A request to a tracker whose lists are known.
private struct TrackerExchange {
    let vector: Vector
    private let registry = InMemoryRegistry(random: SeededGenerator(seed: 1))
    private let resources: [ResourceName]
    private let response: HTTPResponse

    init(_ vector: Vector) throws {
        self.vector = vector
        let input = try vector.inputFields()
        let registered = try input.fields("registered")
        var resources: [ResourceName] = []
        for name in registered.members.keys.sorted() {
            guard let resource = ResourceName(name) else {
                throw VectorFormatError(registered.place, "has no resource \(name)")
            }
            resources.append(resource)
            // The newest stands first.
            for text in try registered.strings(name).reversed() {
                guard let peer = PeerID(text: text) else {
                    throw VectorFormatError(registered.place, "has no peer \(text)")
                }
                _ = registry.register(Registration(ticket: 0, peerID: peer, resource: resource))
            }
        }
        self.resources = resources
        let request = HTTPRequest(
            try input.string("method"),
            try input.string("target"),
            body: Array(try input.string("body").utf8)
        )
        let answer = Mutex<HTTPResponse?>(nil)
        Tracker(directory: registry, log: { _ in }).answer(request) { response in answer.withLock { $0 = response } }
        guard let response = answer.withLock({ $0 }) else {
            throw VectorMismatch("answer", expected: "at once", actual: "none")
        }
        self.response = response
    }

    func run() throws {
        let expected = try vector.expectedFields()
        let statuses: [Int] = try expected.list("statuses") { value throws(VectorFormatError) in
            guard case .integer(let status) = value else {
                throw VectorFormatError(expected.place, "has a status that is none")
            }
            return status
        }
        guard statuses.contains(response.status) else {
            throw VectorMismatch("status", expected: "\(statuses)", actual: "\(response.status)")
        }
        for (name, value) in try expected.fields("fields").members {
            let actual = response.fields.first { $0.isNamed(name) }.map { JSONValue.string($0.value) }
            try vector.compare(name, value, actual ?? .null)
        }
        if response.status == 200 {
            if let peers = expected["peers"] { try check(try VectorFields(peers, "\(expected.place)/peers")) }
            if let body = expected["body"] {
                try vector.compare("body", body, .string(String(decoding: response.body, as: UTF8.self)))
            }
        }
        let after = Dictionary(
            uniqueKeysWithValues: resources.map { resource in
                (resource.text, JSONValue.array(registry.peers(of: resource).map { .string($0.description) }))
            }
        )
        try vector.compare("after", expected["after"] ?? .null, .object(after))
    }

    /// So many different ones of those.
    private func check(_ expected: VectorFields) throws {
        guard case .array(let elements) = try JSONValue(parsing: response.body) else {
            throw VectorMismatch("body", expected: "an array", actual: String(decoding: response.body, as: UTF8.self))
        }
        let count: Int = try expected.integer("count")
        try require("peers", count, elements.count)
        try require("different peers", count, Set(elements).count)
        let known = Set(try expected.array("of"))
        try require("unknown peers", [], elements.filter { !known.contains($0) })
    }
}
