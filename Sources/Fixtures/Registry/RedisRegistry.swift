import Flash
import Foundation
public import HLSP2P
public import RTMFP
public import Redis
import Synchronization

/// A registry in Redis, which rendezvous and trackers on several hosts may share, also with components of the original.
///
/// Peers that this registry has registered are kept in the lists as long as their sessions last: their leases are
/// renewed, and those that Redis has lost are put back. Whoever disappears, its peers disappear when the leases end. What
/// could not be taken off while Redis was away is taken off when it is back.
public final class RedisRegistry: Registry, PeerDirectory {
    /// What a registry may be told.
    public struct Options: Sendable {
        /// How Redis is used; its `interval` is that of renewing leases.
        public var store = RedisStore.Options()
        /// How long a peer stays in the list without word from its rendezvous.
        public var lease = Duration.seconds(120)
        /// The clock: seconds since the beginning of 1970. Those of all who share the registry must agree, roughly.
        public var now: @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }

        /// The default options.
        public init() {}
    }

    private struct Content {
        /// Registrations that Redis has confirmed, by ticket.
        var held: [UInt64: Registration] = [:]
        /// Peers to take off the lists as soon as Redis can be reached, and how long that is worth while.
        var owed: [(registration: Registration, until: Int)] = []
        var outcomes: [(Registration, RegistrationOutcome)] = []
        var notify: @Sendable () -> Void = {}
        /// Where this rendezvous can be reached by the clients of others.
        var rendezvous: SocketAddress?
        var neighbours = Neighbours()
        var isStopped = false
    }

    private let store: RedisStore
    private let options: Options
    private let content: Mutex<Content>
    /// Held while it is decided and said which peers stay: who has just been taken off must not be put back by a renewal
    /// that was decided before.
    private let order = Mutex(())
    private let sweep = RegistrySweep()

    /// Starts it; Redis need not be there yet.
    public init(_ address: RedisAddress, options: Options = Options()) {
        let renewal = Renewal()
        store = RedisStore(address, options: options.store) { renewal.registry?.renewInOrder() }
        self.options = options
        content = Mutex(Content())
        renewal.registry = self
    }

    /// Tells others where clients that seek a peer of this rendezvous reach it; never, for a tracker alone.
    public func isReached(at rendezvous: SocketAddress) {
        content.withLock { $0.rendezvous = rendezvous }
    }

    // MARK: Registry

    public func register(_ registration: Registration) -> RegistrationOutcome {
        guard let scripts = RegistryScripts(registration.resource) else {
            return .failed("The resource has a name that the registry cannot hold")
        }
        store.submit(["SADD", ResourceName.reserved, registration.resource.text]) { [self] result in
            guard case .success(let reply) = result, reply.errorText == nil else {
                return conclude(registration, result, mayStand: false)
            }
            if let told = whereabouts(of: registration.peerID) { store.submit(told) }
            let command = scripts.register(registration.peerID, host: registration.host, until: leaseEnd)
            store.submit(command) { [self] result in conclude(registration, result, mayStand: true) }
        }
        return .pending
    }

    public func unregister(_ registration: Registration) {
        order.withLock { _ in
            content.withLock { _ = $0.held.removeValue(forKey: registration.ticket) }
            takeOff(registration)
        }
    }

    public func rendezvous(of peerID: PeerID) -> [SocketAddress] {
        let (known, mayAsk) = content.withLock { $0.neighbours.rendezvous(of: peerID, at: now) }
        if mayAsk {
            store.submit(["GET", Self.whereaboutsKey(peerID)]) { [self] result in
                guard case .success(let reply) = result else { return }
                let address = reply.octets.flatMap { SocketAddress(presentation: String(decoding: $0, as: UTF8.self)) }
                content.withLock { content in
                    let isElsewhere = address != content.rendezvous
                    content.neighbours.learn(isElsewhere ? address : nil, of: peerID, at: now)
                }
            }
        }
        return known.map { [$0] } ?? []
    }

    /// Waits until Redis has taken everything in, and ends.
    public func stop() {
        let left = content.withLock { content in
            content.isStopped = true
            defer {
                content.held.removeAll()
                content.owed.removeAll()
            }
            return content.held.values + content.owed.map(\.registration)
        }
        for registration in left { takeOff(registration) }
        store.stop()
    }

    public func whenOutcomes(_ notify: @escaping @Sendable () -> Void) {
        content.withLock { $0.notify = notify }
    }

    public func takeOutcomes() -> [(Registration, RegistrationOutcome)] {
        content.withLock { content in
            defer { content.outcomes.removeAll() }
            return content.outcomes
        }
    }

    /// - Parameter mayStand: whether Redis was asked to enter the peer.
    private func conclude(
        _ registration: Registration,
        _ result: Result<RedisReply, RedisFailure>,
        mayStand: Bool
    ) {
        let outcome: RegistrationOutcome
        switch result {
        case .success(let reply):
            outcome = reply.errorText.map { .failed("The registry refuses: \($0)") } ?? .registered
        case .failure(let failure):
            // It may have been carried out all the same.
            if case .lost = failure, mayStand { owe(registration) }
            outcome = .failed("The registry cannot be asked")
        }
        let notify = content.withLock { content in
            if outcome == .registered { content.held[registration.ticket] = registration }
            content.outcomes.append((registration, outcome))
            return content.notify
        }
        notify()
    }

    private func takeOff(_ registration: Registration) {
        guard let scripts = RegistryScripts(registration.resource) else { return }
        store.insist(scripts.unregister(registration.peerID)) { [self] result in
            switch result {
            case .success(let reply):
                // A server that is busy, or a proxy that has lost its servers, says so in an error.
                if let text = reply.errorText, !text.contains("WRONGTYPE") { owe(registration) }
            case .failure: owe(registration)
            }
        }
        guard let rendezvous = content.withLock({ $0.rendezvous }) else { return }
        store.insist(Self.forgetWhereabouts(of: registration.peerID, at: rendezvous))
    }

    /// Takes back what was told of a peer, unless it has gone to another rendezvous since.
    private static func forgetWhereabouts(of peerID: PeerID, at rendezvous: SocketAddress) -> RedisCommand {
        .script(
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0",
            keys: [Array(whereaboutsKey(peerID).utf8)],
            [Array("\(rendezvous)".utf8)]
        )
    }

    /// Takes a peer off later.
    private func owe(_ registration: Registration) {
        let end = leaseEnd
        content.withLock { content in
            guard !content.isStopped else { return }
            content.owed.append((registration, end))
        }
    }

    // MARK: Leases

    /// Called when Redis has been reached, and at intervals.
    private func renewInOrder() {
        order.withLock { _ in renew() }
        sweep.proceed(store, now: now)
    }

    private func renew() {
        let now = now
        let (held, owed) = content.withLock { content in
            defer { content.owed.removeAll() }
            return (content.held.values.sorted { $0.ticket < $1.ticket }, content.owed.filter { $0.until > now })
        }
        for (registration, _) in owed { takeOff(registration) }
        for (resource, registrations) in Dictionary(grouping: held, by: \.resource) {
            guard let scripts = RegistryScripts(resource) else { continue }
            store.insist(["SADD", ResourceName.reserved, resource.text])
            for start in stride(from: 0, to: registrations.count, by: Self.renewedAtOnce) {
                let some = registrations[start..<min(start + Self.renewedAtOnce, registrations.count)]
                store.insist(scripts.renew(some.map(\.peerID), until: leaseEnd, now: now))
                for told in some.compactMap({ whereabouts(of: $0.peerID) }) { store.insist(told) }
            }
        }
    }

    /// Leases that one script renews at most: Redis does nothing else meanwhile.
    private static let renewedAtOnce = 250

    /// Tells others where the clients that seek a peer find it; nil for a tracker alone.
    private func whereabouts(of peerID: PeerID) -> RedisCommand? {
        guard let rendezvous = content.withLock({ $0.rendezvous }) else { return nil }
        return ["SETEX", Self.whereaboutsKey(peerID), "\(options.lease.components.seconds)", "\(rendezvous)"]
    }

    private static func whereaboutsKey(_ peerID: PeerID) -> String {
        "\(ResourceName.reservedPrefix)rendezvous:\(peerID)"
    }

    private var now: Int { options.now() }
    private var leaseEnd: Int { now + Int(options.lease.components.seconds) }

    // MARK: PeerDirectory

    public func peers(
        of resource: ResourceName,
        atMost size: Int,
        _ done: @escaping @Sendable (Result<[PeerID], RegistryUnavailable>) -> Void
    ) {
        guard let scripts = RegistryScripts(resource) else { return done(.success([])) }
        let start = Int.random(in: 0..<1 << 31)
        store.submit(scripts.peers(atMost: size, start: start, now: now)) { result in
            done(
                Self.value(of: result, wrongType: []) { reply in
                    reply.elements?.compactMap { element in
                        element.octets.flatMap(PeerID.init(digits:))
                    }
                }
            )
        }
    }

    public func count(
        of resource: ResourceName,
        _ done: @escaping @Sendable (Result<Int, RegistryUnavailable>) -> Void
    ) {
        guard let scripts = RegistryScripts(resource) else { return done(.success(0)) }
        store.submit(scripts.count(now: now)) { result in
            done(Self.value(of: result, wrongType: 0) { $0.integer.map(Int.init) })
        }
    }

    public func remove(
        _ peerID: PeerID,
        from resource: ResourceName,
        askedBy host: SocketAddress.IP?,
        _ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void
    ) {
        guard let scripts = RegistryScripts(resource) else { return done(.success(())) }
        store.submit(scripts.remove(peerID, askedBy: host)) { result in
            done(Self.value(of: result, wrongType: ()) { _ in () })
        }
    }

    public func check(_ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void) {
        // A command that every server and proxy carries out, and that touches one key.
        store.submit(["EXISTS", ResourceName.reserved]) { result in
            done(Self.value(of: result, wrongType: ()) { $0.integer.map { _ in () } })
        }
    }

    /// What an answer means; a key that holds something else than a list is no resource.
    private static func value<T>(
        of result: Result<RedisReply, RedisFailure>,
        wrongType: T,
        _ read: (RedisReply) -> T?
    ) -> Result<T, RegistryUnavailable> {
        switch result {
        case .success(let reply):
            if let text = reply.errorText {
                return text.contains("WRONGTYPE") ? .success(wrongType) : .failure(RegistryUnavailable(text))
            }
            return read(reply).map { .success($0) } ?? .failure(RegistryUnavailable("Redis answers something else."))
        case .failure(let failure):
            return .failure(RegistryUnavailable(failure.description))
        }
    }
}

/// What the store's thread calls; the registry owns the store, not the other way round.
private final class Renewal: Sendable {
    private let content = Mutex<WeakRegistry>(WeakRegistry())

    var registry: RedisRegistry? {
        get { content.withLock { $0.registry } }
        set { content.withLock { $0.registry = newValue } }
    }
}

private struct WeakRegistry {
    weak var registry: RedisRegistry?
}
