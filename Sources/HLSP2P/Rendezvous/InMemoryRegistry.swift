/// A registry that keeps its lists to itself.
public final class InMemoryRegistry: Registry {
    /// Every resource that ever had a peer.
    public private(set) var resources: Set<ResourceName> = []
    private var lists: [ResourceName: [PeerID]] = [:]

    /// Makes an empty one.
    public init() {}

    /// The peers of a resource, most recently connected first.
    public func peers(of resource: ResourceName) -> [PeerID] {
        // The head of the list is the end of the array, where adding costs nothing.
        lists[resource]?.reversed() ?? []
    }

    /// How many peers a resource has.
    public func count(of resource: ResourceName) -> Int { lists[resource]?.count ?? 0 }

    public func register(_ registration: Registration) -> RegistrationOutcome {
        resources.insert(registration.resource)
        lists[registration.resource, default: []].append(registration.peerID)
        return .registered
    }

    public func unregister(_ registration: Registration) {
        remove(registration.peerID, from: registration.resource)
    }

    /// Takes one occurrence of a peer off a list, as the tracker does when a viewer's page says that it goes.
    public func remove(_ peerID: PeerID, from resource: ResourceName) {
        guard let index = lists[resource]?.lastIndex(of: peerID) else { return }
        lists[resource]?.remove(at: index)
        if lists[resource]?.isEmpty ?? false { lists[resource] = nil }
    }

    public func stop() {
        lists.removeAll()
    }
}
