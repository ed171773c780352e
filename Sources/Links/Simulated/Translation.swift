import RTMFP

/// Under which address each end appears, and whom each address reaches.
struct Translation {
    private var outsides: [SocketAddress: SocketAddress] = [:]
    private var homes: [SocketAddress: SocketAddress] = [:]
    private var dead: Set<SocketAddress> = []

    /// The address under which the end at `home` appears.
    func outside(of home: SocketAddress) -> SocketAddress {
        outsides[home] ?? home
    }

    /// Where the end is that is reached under `outside`.
    func home(of outside: SocketAddress) -> SocketAddress? {
        homes[outside]
    }

    /// Whether somebody appeared under `outside` once, and is not reached there any more.
    func isDead(_ outside: SocketAddress) -> Bool {
        dead.contains(outside)
    }

    /// Has the end at `home` appear under `outside`.
    mutating func map(_ home: SocketAddress, to outside: SocketAddress, keepingOld: Bool) throws(LinkError) {
        guard homes[outside, default: home] == home else {
            throw .unavailable(outside, reason: "somebody has it already")
        }
        if let old = outsides.updateValue(outside, forKey: home), old != outside, !keepingOld {
            homes[old] = nil
            dead.insert(old)
        }
        homes[outside] = home
        dead.remove(outside)
    }

    /// Forgets the end at `home`.
    mutating func remove(_ home: SocketAddress) {
        outsides[home] = nil
        homes = homes.filter { $0.value != home }
    }
}
