import RTMFP

/// Between which addresses RTMFP is known to travel.
struct KnownPaths {
    private struct Path: Hashable {
        var first: SocketAddress
        var second: SocketAddress
    }

    /// Bounds what a capture of very many addresses can make us remember.
    static let most = 65536

    private var covered: Set<Path> = []
    private var addresses: Set<SocketAddress> = []

    /// The keys cover what travels between these two, in either direction.
    mutating func cover(_ one: SocketAddress, _ other: SocketAddress) {
        guard covered.count < KnownPaths.most else { return }
        covered.insert(Path(first: one, second: other))
        covered.insert(Path(first: other, second: one))
    }

    /// RTMFP was seen at this address.
    mutating func note(_ address: SocketAddress) {
        if addresses.count < KnownPaths.most { addresses.insert(address) }
    }

    /// Whether the keys cover what travels from one to the other.
    func covers(_ source: SocketAddress, _ destination: SocketAddress) -> Bool {
        covered.contains(Path(first: source, second: destination))
    }

    /// Whether RTMFP was seen at this address.
    func knows(_ address: SocketAddress) -> Bool {
        addresses.contains(address)
    }
}
