public import RTMFP
internal import Synchronization

/// A registry that keeps its lists to itself; a rendezvous and any number of trackers may share it.
public final class InMemoryRegistry: Registry, PeerDirectory {
    private struct Entry {
        let peerID: PeerID
        let host: SocketAddress.IP?
    }

    private struct Content {
        var resources: Set<ResourceName> = []
        /// The head of a list is the end of its array, where adding costs nothing.
        var lists: [ResourceName: [Entry]] = [:]
        var random: any RandomNumberGenerator & Sendable

        mutating func remove(_ resource: ResourceName, lastWhere matches: (Entry) -> Bool) {
            guard let index = lists[resource]?.lastIndex(where: matches) else { return }
            lists[resource]?.remove(at: index)
            if lists[resource]?.isEmpty ?? false { lists[resource] = nil }
        }
    }

    private let content: Mutex<Content>

    /// Makes an empty one.
    ///
    /// - Parameter random: where it comes from which peers of many are told.
    public init(random: any RandomNumberGenerator & Sendable) {
        content = Mutex(Content(random: random))
    }

    /// Every resource that ever had a peer.
    public var resources: Set<ResourceName> { content.withLock { $0.resources } }

    /// The peers of a resource, most recently connected first.
    public func peers(of resource: ResourceName) -> [PeerID] {
        content.withLock { $0.lists[resource]?.reversed().map(\.peerID) ?? [] }
    }

    /// How many peers a resource has.
    public func count(of resource: ResourceName) -> Int {
        content.withLock { $0.lists[resource]?.count ?? 0 }
    }

    public func register(_ registration: Registration) -> RegistrationOutcome {
        content.withLock { content in
            content.resources.insert(registration.resource)
            content.lists[registration.resource, default: []]
                .append(Entry(peerID: registration.peerID, host: registration.host))
        }
        return .registered
    }

    public func unregister(_ registration: Registration) {
        content.withLock { $0.remove(registration.resource) { $0.peerID == registration.peerID } }
    }

    public func stop() {
        content.withLock { $0.lists.removeAll() }
    }

    public func peers(
        of resource: ResourceName,
        atMost size: Int,
        _ done: @escaping @Sendable (Result<[PeerID], RegistryUnavailable>) -> Void
    ) {
        let chosen = content.withLock { content -> [PeerID] in
            guard let list = content.lists[resource], size > 0 else { return [] }
            guard size < list.count else { return list.reversed().map(\.peerID) }
            let start = Int.random(in: 0..<list.count, using: &content.random)
            return (start..<(start + size)).map { list[$0 < list.count ? $0 : $0 - list.count].peerID }
        }
        done(.success(chosen))
    }

    public func count(
        of resource: ResourceName,
        _ done: @escaping @Sendable (Result<Int, RegistryUnavailable>) -> Void
    ) {
        done(.success(count(of: resource)))
    }

    public func remove(
        _ peerID: PeerID,
        from resource: ResourceName,
        askedBy host: SocketAddress.IP?,
        _ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void
    ) {
        content.withLock { content in
            content.remove(resource) { entry in
                entry.peerID == peerID && (host == nil || entry.host == nil || entry.host == host)
            }
        }
        done(.success(()))
    }

    public func check(_ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void) {
        done(.success(()))
    }
}
