import Synchronization

/// All that a saboteur could have got at in one exchange of the correct peer, in order; so that it is known without
/// another exchange whether a saboteur would have changed anything.
///
/// An exchange follows from its seed and from what the peer does. A fault that answers every question as the correct
/// conduct does, and lets everything pass that is said and heard, leaves the exchange as it is, to the octet: the first
/// difference would have been here.
public final class Rehearsal: Sendable {
    /// Something that a fault was asked or shown; says whether the fault lets it be.
    typealias Act = @Sendable (PeerFault) -> Bool

    /// The acts of each time that the peer set out.
    private let appearances = Mutex<[[Act]]>([])

    /// Makes an empty one.
    public init() {}

    /// Whether the exchange would have been the same with what the saboteur makes of the peer.
    public func isUnchanged(by saboteur: PeerSaboteur) -> Bool {
        appearances.withLock { $0 }.allSatisfy { acts in
            let fault = saboteur.fault
            return acts.allSatisfy { $0(fault) && !fault.isDead }
        }
    }

    /// The peer sets out.
    func begin() {
        appearances.withLock { $0.append([]) }
    }

    func note(_ act: @escaping Act) {
        appearances.withLock { appearances in
            guard let last = appearances.indices.last else { return }
            appearances[last].append(act)
        }
    }
}
