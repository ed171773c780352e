import HLSP2P
import RTMFP
import Synchronization

/// The registry of a simulated world: rendezvous and tracker share a `RegistryStore`, with room for deliberate faults.
final class StoredRegistry: Registry, PeerDirectory {
    private let store: RegistryStore
    private let fault: TrackerFault
    private let random: Mutex<any RandomNumberGenerator & Sendable>
    private let hosts = Mutex<[String: SocketAddress.IP]>([:])

    init(_ store: RegistryStore, fault: TrackerFault, random: any RandomNumberGenerator & Sendable) {
        self.store = store
        self.fault = fault
        self.random = Mutex(random)
    }

    func register(_ registration: Registration) -> RegistrationOutcome {
        let name = registration.resource.text
        let id = registration.peerID.description
        hosts.withLock { $0[id + name] = registration.host }
        return fault.register(store, id, name) ? .registered : .failed("The name cannot be used.")
    }

    func unregister(_ registration: Registration) {
        fault.unregister(store, registration.peerID.description, registration.resource.text)
    }

    func stop() {
        guard case .array(let names) = store.run(["SMEMBERS", "cumulus_app"]) else { return }
        for name in names { _ = store.run(["DEL", name]) }
    }

    func peers(
        of resource: ResourceName,
        atMost size: Int,
        _ done: @escaping @Sendable (Result<[PeerID], RegistryUnavailable>) -> Void
    ) {
        let list = fault.read(store, resource.text)
        fault.memory["listed"] = UInt64(list.count)
        let chosen = random.withLock { random in
            fault.choose(Selection(store: store, list: list, size: size, resource: resource.text), &random)
        }
        done(.success(chosen.compactMap(PeerID.init(text:))))
    }

    func count(
        of resource: ResourceName,
        _ done: @escaping @Sendable (Result<Int, RegistryUnavailable>) -> Void
    ) {
        done(.success(fault.count(store, resource.text)))
    }

    func remove(
        _ peerID: PeerID,
        from resource: ResourceName,
        askedBy host: SocketAddress.IP?,
        _ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void
    ) {
        let id = peerID.description
        let known = hosts.withLock { $0[id + resource.text] }
        if known == nil || host == nil || known == host { fault.remove(store, id, resource.text) }
        done(.success(()))
    }

    func check(_ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void) {
        done(.success(()))
    }
}

/// What a tracker chooses from.
struct Selection {
    let store: RegistryStore
    /// Head first.
    let list: [String]
    let size: Int
    let resource: String

    /// As many as are wanted: a cyclic window that begins anywhere.
    func window(of list: [String]? = nil, _ random: inout any RandomNumberGenerator & Sendable) -> [String] {
        let list = list ?? self.list
        guard size > 0, !list.isEmpty else { return [] }
        guard size < list.count else { return list }
        let start = Int.random(in: 0..<list.count, using: &random)
        return (start..<(start + size)).map { list[$0 % list.count] }
    }
}
