public import RTMFP

/// IPv4 or IPv6.
public enum AddressFamily: Hashable, Sendable, CaseIterable {
    case v4
    case v6
}

extension SocketAddress {
    /// The family of the address.
    public var family: AddressFamily {
        switch ip {
        case .v4: .v4
        case .v6: .v6
        }
    }

    /// The family's loopback address, 127.0.0.1 or ::1; port 0 asks for any free one.
    public static func loopback(_ family: AddressFamily, port: UInt16 = 0) -> SocketAddress {
        switch family {
        case .v4: .loopback(port: port)
        case .v6: SocketAddress(.v6(high: 0, low: 1), port: port)
        }
    }

    /// The family's unspecified address, 0.0.0.0 or ::, which binds to every interface; port 0 asks for any free one.
    public static func unspecified(_ family: AddressFamily, port: UInt16 = 0) -> SocketAddress {
        switch family {
        case .v4: SocketAddress(.v4(0), port: port)
        case .v6: SocketAddress(.v6(high: 0, low: 0), port: port)
        }
    }

    /// Why no datagram of `length` octets can go here from a socket of `family`; nil if it may be tried.
    ///
    /// These are the destinations that make a system call fail for sure. Addresses come from the wire, and a socket
    /// that is shared by many must not fail because one of them is nonsense.
    func obstacle(from family: AddressFamily, length: Int) -> LinkError? {
        let limit = family == .v4 ? 65_507 : 65_527
        guard length <= limit else { return .tooLong(octets: length, limit: limit) }
        guard self.family == family else {
            return .unreachable(self, reason: "it is an address of the other family")
        }
        guard port != 0 else { return .unreachable(self, reason: "port 0 is nobody's") }
        switch ip {
        case .v4(0xffff_ffff):
            return .unreachable(self, reason: "it is the broadcast address")
        case .v6(let high, _) where high & 0xffc0_0000_0000_0000 == 0xfe80_0000_0000_0000:
            return .unreachable(self, reason: "a link-local address needs a scope")
        default:
            return nil
        }
    }
}
