import Foundation
import RTMFP

/// An address as the system's calls want it.
struct SystemAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Room for an address that a call fills in.
    init() {}

    init(_ address: SocketAddress) {
        let octets = address.octets
        switch address.ip {
        case .v4:
            var system = sockaddr_in()
            system.sin_family = sa_family_t(AF_INET)
            system.sin_port = address.port.bigEndian
            withUnsafeMutableBytes(of: &system.sin_addr) { $0.copyBytes(from: octets) }
            withUnsafeMutableBytes(of: &storage) { to in withUnsafeBytes(of: system) { to.copyMemory(from: $0) } }
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
        case .v6:
            var system = sockaddr_in6()
            system.sin6_family = sa_family_t(AF_INET6)
            system.sin6_port = address.port.bigEndian
            withUnsafeMutableBytes(of: &system.sin6_addr) { $0.copyBytes(from: octets) }
            withUnsafeMutableBytes(of: &storage) { to in withUnsafeBytes(of: system) { to.copyMemory(from: $0) } }
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
    }

    /// AF_INET or AF_INET6.
    var family: Int32 { Int32(storage.ss_family) }

    /// What it says; nil if it is neither IPv4 nor IPv6.
    var address: SocketAddress? {
        withUnsafeBytes(of: storage) { octets in
            switch family {
            case AF_INET:
                let system = octets.loadUnaligned(as: sockaddr_in.self)
                let ip = withUnsafeBytes(of: system.sin_addr) { Array($0) }
                return SocketAddress(octets: ip, port: UInt16(bigEndian: system.sin_port))
            case AF_INET6:
                let system = octets.loadUnaligned(as: sockaddr_in6.self)
                let ip = withUnsafeBytes(of: system.sin6_addr) { Array($0) }
                return SocketAddress(octets: ip, port: UInt16(bigEndian: system.sin6_port))
            default: return nil
            }
        }
    }

    func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        withUnsafePointer(to: storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    mutating func withMutablePointer<T>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> T
    ) -> T {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var count = length
        defer { length = count }
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &count) }
        }
    }

    /// The address that a socket is bound to.
    static func name(of descriptor: Int32) -> SocketAddress? {
        var name = SystemAddress()
        guard name.withMutablePointer({ getsockname(descriptor, $0, $1) }) == 0 else { return nil }
        return name.address
    }
}
