import Synchronization

/// Writes to a tracker's registry what the original's rendezvous would write (tracker-protocol §1), and remembers it, so
/// that everything can be taken away again.
public final class RegistryLedger: Sendable {
    /// The set of all names.
    static let names = "cumulus_app"

    private let access: any RegistryAccess
    /// Names used, whose keys and memberships are to go.
    private let used = Mutex<Set<String>>([])

    /// Writes through `access`.
    public init(_ access: any RegistryAccess) {
        self.access = access
    }

    /// Whether the registry answers.
    func check() throws {
        _ = try run("TYPE", Self.names)
    }

    /// Remembers that `resource` is used, be it that somebody else writes it; it is one of the checker's own.
    func note(_ resource: String) {
        used.withLock { _ = $0.insert(resource) }
    }

    /// Registers a peer, as the original does: the name into the set, the peer to the head of the list.
    func register(_ peerID: String, under resource: String) throws {
        note(resource)
        _ = try run("SADD", Self.names, resource)
        _ = try run("LPUSH", resource, peerID)
    }

    /// Takes one occurrence of a peer off a list.
    func unregister(_ peerID: String, from resource: String) throws {
        _ = try run("LREM", resource, "1", peerID)
    }

    /// The list of a resource, head first.
    func list(_ resource: String) throws -> [String] {
        guard case .array(let elements) = try run("LRANGE", resource, "0", "-1") else { return [] }
        return elements.map { element in
            if case .octets(let octets) = element { String(decoding: octets, as: UTF8.self) } else { "" }
        }
    }

    /// Whether the set of all names holds `resource`.
    func isNamed(_ resource: String) throws -> Bool {
        try run("SISMEMBER", Self.names, resource) == .integer(1)
    }

    /// Makes a key that is no list.
    func makeText(_ resource: String) throws {
        note(resource)
        _ = try run("SET", resource, "no list")
    }

    /// Takes away everything that is noted. What cannot be taken away now stays noted.
    public func restore() throws {
        try restore(used.withLock(\.self))
    }

    /// Takes away what is noted of these names.
    func restore(_ names: Set<String>) throws {
        for resource in used.withLock({ $0.intersection(names) }).sorted() {
            _ = try run("DEL", resource)
            _ = try run("SREM", Self.names, resource)
            used.withLock { _ = $0.remove(resource) }
        }
    }

    private func run(_ words: String...) throws -> RegistryReply {
        let reply = try access.run(words.map { Array($0.utf8) })
        if case .error(let text) = reply {
            throw RegistryFailure(description: "the registry refuses \(words.first ?? ""): \(text)")
        }
        return reply
    }
}
