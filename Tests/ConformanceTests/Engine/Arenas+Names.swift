import Arenas
import Fixtures

extension SimulatedServers {
    /// The reference, or what the saboteur of that name has made of it.
    static func reference(_ saboteur: String?) -> SimulatedServers {
        reference(saboteur.flatMap(Saboteur.named))
    }
}

extension SimulatedClients {
    /// The reference client, or what the saboteur of that name has made of it.
    static func reference(_ saboteur: String? = nil) -> SimulatedClients {
        SimulatedClients(kind: .reference(saboteur.flatMap(Saboteur.client(named:))))
    }
}

extension SimulatedPeers {
    /// The reference peer, or what the saboteur of that name has made of it.
    static func reference(_ saboteur: String? = nil) -> SimulatedPeers {
        SimulatedPeers(saboteur: saboteur.flatMap(PeerSaboteur.named))
    }
}
