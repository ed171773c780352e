import HLSP2P
import Redis
import Synchronization

/// Takes those off the lists, some resources at a time, whose rendezvous have disappeared and for whom nobody asks: a list
/// of a resource that a living rendezvous holds, or that a tracker is asked for, needs no sweeping.
///
/// It goes through the set of all names, over and over, so that each list has its turn; entries without a lease, as
/// components of the original write them, stay.
final class RegistrySweep: Sendable {
    /// Names of a step, about, as Redis counts them.
    private static let step = 500

    private let cursor = Mutex("0")

    /// Sweeps the next resources.
    func proceed(_ store: RedisStore, now: Int) {
        let from = cursor.withLock(\.self)
        store.submit(["SSCAN", ResourceName.reserved, from, "COUNT", "\(Self.step)"]) { [self, weak store] result in
            guard let store, case .success(let reply) = result, let parts = reply.elements, parts.count == 2,
                let next = parts[0].octets, let names = parts[1].elements
            else { return }
            cursor.withLock { $0 = String(decoding: next, as: UTF8.self) }
            for name in names {
                let text = name.octets.flatMap { String(validating: $0, as: UTF8.self) }
                guard let scripts = text.flatMap(ResourceName.init).flatMap(RegistryScripts.init) else { continue }
                Self.sweep(scripts, store, now)
            }
        }
    }

    /// Goes on as long as there is something left: a script by itself takes little off, so that Redis can do other things.
    private static func sweep(_ scripts: RegistryScripts, _ store: RedisStore, _ now: Int, before: Int64 = .max) {
        store.submit(scripts.sweep(now: now)) { [weak store] result in
            guard let store, case .success(let reply) = result, let left = reply.integer, left > 0, left < before
            else { return }
            sweep(scripts, store, now, before: left)
        }
    }
}
