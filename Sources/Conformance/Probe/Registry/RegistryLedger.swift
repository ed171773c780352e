import Synchronization

/// Writes to a tracker's registry what the original's rendezvous would write (tracker-protocol §1), and remembers it, so
/// that everything can be taken away again.
///
/// Whoever is killed takes nothing away. So every key expires by itself a while after it was last written, among them one
/// that stands for the run; and what runs that are over have left in the set of all names, the next run takes out.
public final class RegistryLedger: Sendable {
    /// The set of all names.
    static let names = "cumulus_app"
    /// With what all names begin that checkers make up: `hlsp2p-check-MARK-…`.
    static let prefix = "hlsp2p-check-"
    /// The resource of sessions for which it does not matter.
    static let usualResource = "hlsp2p-check"
    /// Seconds that a key stays without being written: no case takes nearly as long.
    static let lease = "900"

    private let access: any RegistryAccess
    private let mark: String
    private let used: Names

    /// Names used, whose keys and memberships are to go.
    private final class Names: Sendable {
        let set = Mutex<Set<String>>([])
    }

    /// Writes through `access`.
    ///
    /// - Parameter mark: What the names of resources have in common that this run makes up.
    public convenience init(_ access: any RegistryAccess, mark: String) {
        self.init(access, mark: mark, Names())
    }

    private init(_ access: any RegistryAccess, mark: String, _ used: Names) {
        self.access = access
        self.mark = mark
        self.used = used
    }

    /// The same ledger, which writes through something that stands before the registry.
    func over(_ layer: (any RegistryAccess) -> any RegistryAccess) -> RegistryLedger {
        RegistryLedger(layer(access), mark: mark, used)
    }

    /// Begins: makes known that this run goes on, and takes out the names of those that were killed.
    ///
    /// - Throws: If the registry does not answer.
    public func begin() throws {
        try goOn()
        guard case .array(let elements) = try run("SMEMBERS", Self.names) else { return }
        for case .octets(let octets) in elements {
            let name = String(decoding: octets, as: UTF8.self)
            guard name.hasPrefix(Self.prefix), let mark = name.dropFirst(Self.prefix.count).split(separator: "-").first
            else { continue }
            let isOver = try run("EXISTS", Self.key(of: String(mark))) == .integer(0)
            if isOver, try run("EXISTS", name) == .integer(0) { _ = try run("SREM", Self.names, name) }
        }
    }

    /// Ends: takes away everything that is noted, and the name of the resource that all sessions share. What cannot be
    /// taken away now stays noted.
    public func end() throws {
        try restore(used.set.withLock(\.self))
        _ = try run("SREM", Self.names, Self.usualResource)
        _ = try run("DEL", Self.key(of: mark))
    }

    /// The key that is there as long as a run goes on.
    private static func key(of mark: String) -> String { "\(prefix)\(mark)" }

    private func goOn() throws {
        _ = try run("SET", Self.key(of: mark), "goes on", "EX", Self.lease)
    }

    /// Remembers that `resource` is used, be it that somebody else writes it; it is one of the checker's own.
    func note(_ resource: String) {
        used.set.withLock { _ = $0.insert(resource) }
    }

    /// Registers a peer, as the original does: the name into the set, the peer to the head of the list.
    func register(_ peerID: String, under resource: String) throws {
        note(resource)
        _ = try run("SADD", Self.names, resource)
        _ = try run("LPUSH", resource, peerID)
        _ = try run("EXPIRE", resource, Self.lease)
        try goOn()
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
        _ = try run("SET", resource, "no list", "EX", Self.lease)
    }

    /// Takes away what is noted of these names.
    func restore(_ names: Set<String>) throws {
        for resource in used.set.withLock({ $0.intersection(names) }).sorted() {
            _ = try run("DEL", resource)
            _ = try run("SREM", Self.names, resource)
            used.set.withLock { _ = $0.remove(resource) }
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
