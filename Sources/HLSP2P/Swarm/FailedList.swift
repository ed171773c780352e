/// Peers that this client does not connect to by itself: those that failed, the oldest going first when there are too
/// many (peer-protocol §2.4).
struct FailedList {
    private var order: [PeerID] = []
    private var members: Set<PeerID> = []

    mutating func insert(_ peer: PeerID) {
        guard members.insert(peer).inserted else { return }
        order.append(peer)
        if order.count > SwarmConfiguration.failedLimit { members.remove(order.removeFirst()) }
    }

    func contains(_ peer: PeerID) -> Bool { members.contains(peer) }
}
