import Links
import RTMFP
import Synchronization

/// A network that makes no two links with one local address.
final class UnrepeatedAddresses: Network {
    private let network: any Network
    private let used = Mutex<Set<SocketAddress>>([])

    init(of network: any Network) {
        self.network = network
    }

    func makeLink(_ reach: Reach) throws -> any Link {
        // Kept open until a new address has come up, so that the system does not offer them again.
        var rejected: [any Link] = []
        defer { rejected.forEach { $0.close() } }
        while true {
            let link = try network.makeLink(reach)
            if rejected.count >= 200 || used.withLock({ $0.insert(link.localAddress).inserted }) { return link }
            rejected.append(link)
        }
    }
}
