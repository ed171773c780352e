package import NIOCore
package import RTMFP

extension NIOCore.SocketAddress {
    /// The address as the sockets want it.
    package init(_ address: RTMFP.SocketAddress) throws {
        try self.init(packedIPAddress: ByteBuffer(bytes: address.octets), port: Int(address.port))
    }
}

extension RTMFP.SocketAddress {
    /// The address that a socket gave; nil if it is neither IPv4 nor IPv6.
    package init?(_ address: NIOCore.SocketAddress) {
        // The parts of sockaddr_in and sockaddr_in6 have the same places on every system: after the family's two octets
        // the port, then the IPv4 address, or flow information and the IPv6 address.
        let parts: (port: UInt16, ip: IP)? = unsafe address.withSockAddr { pointer, size in
            let raw = unsafe UnsafeRawBufferPointer(start: pointer, count: size)
            let port = unsafe UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
            switch address {
            case .v4:
                let value = unsafe UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
                return (port, .v4(value))
            case .v6:
                let high = unsafe UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                let low = unsafe UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
                return (port, .v6(high: high, low: low))
            case .unixDomainSocket:
                return nil
            }
        }
        guard let parts else { return nil }
        self.init(parts.ip, port: parts.port)
    }
}
