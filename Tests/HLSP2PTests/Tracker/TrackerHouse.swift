import HLSP2P
import RTMFP
import Synchronization
import Testing

/// A tracker over a registry in memory, and what it has logged.
struct TrackerHouse {
    let directory = TestDirectory()
    private let tracker: Tracker
    private let log = Collected<String>()

    init(removesForAnybody: Bool = false) {
        tracker = Tracker(directory: directory, removesForAnybody: removesForAnybody) { [log] in log.add($0) }
    }

    var lines: [String] { log.all }

    /// Registers a peer whose ID follows from the number; gives the ID.
    func register(_ number: Int, _ resource: String = "film", host: SocketAddress.IP? = nil) throws -> String {
        let peerID = try #require(PeerID([UInt8](repeating: 0, count: 31) + [UInt8(number)]))
        let name = try #require(ResourceName(resource))
        _ = directory.inner.register(Registration(ticket: UInt64(number), peerID: peerID, resource: name, host: host))
        return peerID.description
    }

    func get(_ target: String) -> HTTPResponse { ask(HTTPRequest("GET", target)) }

    func post(_ target: String, _ form: String, from source: SocketAddress? = nil) -> HTTPResponse {
        ask(HTTPRequest("POST", target, body: Array(form.utf8), from: source))
    }

    /// Asks, and waits for no answer.
    func begin(_ target: String, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        tracker.answer(HTTPRequest("GET", target), done)
    }

    func ask(_ request: HTTPRequest) -> HTTPResponse {
        let collected = Collected<HTTPResponse>()
        tracker.answer(request) { collected.add($0) }
        #expect(collected.all.count == 1)
        return collected.all.first ?? HTTPResponse(0)
    }
}

/// A registry that can be away.
final class TestDirectory: PeerDirectory {
    let inner = InMemoryRegistry(random: SeededGenerator(seed: 1))
    let isAway = Mutex(false)
    /// Queries that wait to be answered, where they are not answered at once.
    private let held = Mutex<[@Sendable () -> Void]?>(nil)

    /// Queries for peers wait from now on.
    func holdsQueries() { held.withLock { $0 = [] } }
    /// How many wait.
    var heldQueries: Int { held.withLock { $0?.count ?? 0 } }
    /// Answers the oldest that waits.
    func proceed() { held.withLock { $0?.isEmpty ?? true ? nil : $0?.removeFirst() }?() }

    private var failure: RegistryUnavailable? {
        isAway.withLock { $0 } ? RegistryUnavailable("It is away.") : nil
    }

    func peers(
        of resource: ResourceName,
        atMost size: Int,
        _ done: @escaping @Sendable (Result<[PeerID], RegistryUnavailable>) -> Void
    ) {
        if let failure { return done(.failure(failure)) }
        let isHeld = held.withLock { held in
            held?.append { [inner] in inner.peers(of: resource, atMost: size, done) }
            return held != nil
        }
        if !isHeld { inner.peers(of: resource, atMost: size, done) }
    }

    func count(of resource: ResourceName, _ done: @escaping @Sendable (Result<Int, RegistryUnavailable>) -> Void) {
        if let failure { done(.failure(failure)) } else { inner.count(of: resource, done) }
    }

    func remove(
        _ peerID: PeerID,
        from resource: ResourceName,
        askedBy host: SocketAddress.IP?,
        _ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void
    ) {
        if let failure {
            done(.failure(failure))
        } else {
            inner.remove(peerID, from: resource, askedBy: host, done)
        }
    }

    func check(_ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void) {
        if let failure { done(.failure(failure)) } else { inner.check(done) }
    }
}

/// What was handed over, from whatever thread.
final class Collected<Element: Sendable>: Sendable {
    private let content = Mutex<[Element]>([])

    var all: [Element] { content.withLock(\.self) }
    func add(_ element: Element) { content.withLock { $0.append(element) } }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    func value(_ name: String) -> String? {
        fields.first { $0.isNamed(name) }?.value
    }

    /// The peer IDs of an answer that is an array of strings in the shortest form.
    var peers: [String]? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        let parts = text.dropFirst().dropLast().split(separator: ",")
        guard parts.allSatisfy({ $0.hasPrefix("\"") && $0.hasSuffix("\"") && $0.count == 66 }) else { return nil }
        return parts.map { String($0.dropFirst().dropLast()) }
    }
}
