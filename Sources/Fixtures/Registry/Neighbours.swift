import HLSP2P
import RTMFP

/// Which peers are connected to another rendezvous, as far as was asked lately: bounded, whoever asks for whatever.
///
/// What was learned is kept in two generations, the older of which is forgotten as a whole.
struct Neighbours {
    /// Peers in a generation at most: while it is full, nobody else is asked about.
    static let capacity = 10_000
    /// Seconds that a generation lasts.
    static let lifetime = 5
    /// Seconds after which the question about a peer that is nowhere may be repeated.
    private static let patience = 1

    private struct Knowledge {
        /// nil as long as nobody has the peer.
        var address: SocketAddress?
        /// When the question was put.
        var asked: Int
    }

    private var young: [PeerID: Knowledge] = [:]
    private var old: [PeerID: Knowledge] = [:]
    private var begun = 0

    /// The rendezvous of a peer if it is known, and whether it is time to ask.
    mutating func rendezvous(of peerID: PeerID, at now: Int) -> (SocketAddress?, mayAsk: Bool) {
        turn(at: now)
        if let knowledge = young[peerID] ?? old[peerID] {
            if let address = knowledge.address { return (address, false) }
            if now < knowledge.asked + Self.patience { return (nil, false) }
        }
        guard young.count < Self.capacity else { return (nil, false) }
        young[peerID] = Knowledge(asked: now)
        return (nil, true)
    }

    /// Remembers an answer; nil for none.
    mutating func learn(_ address: SocketAddress?, of peerID: PeerID, at now: Int) {
        turn(at: now)
        guard young.count < Self.capacity || young[peerID] != nil else { return }
        young[peerID] = Knowledge(address: address, asked: now)
    }

    private mutating func turn(at now: Int) {
        guard now >= begun + Self.lifetime || now < begun else { return }
        old = now < begun + 2 * Self.lifetime ? young : [:]
        young = [:]
        begun = now
    }
}
