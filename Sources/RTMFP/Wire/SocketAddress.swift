/// An IPv4 or IPv6 address and a UDP port.
public struct SocketAddress: Hashable, Sendable {
    /// The address: 4 octets for IPv4, 16 for IPv6, most significant first.
    public enum IP: Hashable, Sendable {
        case v4(UInt32)
        case v6(high: UInt64, low: UInt64)
    }

    /// The address.
    public var ip: IP
    /// The UDP port.
    public var port: UInt16

    /// Makes an address from its parts.
    public init(_ ip: IP, port: UInt16) {
        self.ip = ip
        self.port = port
    }

    /// The IPv4 loopback address 127.0.0.1 with a port.
    public static func loopback(port: UInt16) -> SocketAddress {
        SocketAddress(.v4(0x7f00_0001), port: port)
    }

    /// The octets of the IP address, 4 or 16, most significant first.
    public var octets: [UInt8] {
        var writer = ByteWriter(reserving: 16)
        switch ip {
        case .v4(let value):
            writer.uint32(value)
        case .v6(let high, let low):
            for part in [high, low] {
                writer.uint32(UInt32(part >> 32))
                writer.uint32(UInt32(truncatingIfNeeded: part))
            }
        }
        return writer.bytes
    }

    /// Makes an address from 4 or 16 octets; nil for any other number.
    public init?(octets: some Collection<UInt8>, port: UInt16) {
        switch octets.count {
        case 4:
            ip = .v4(octets.reduce(0) { $0 << 8 | UInt32($1) })
        case 16:
            let high = octets.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            let low = octets.suffix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            ip = .v6(high: high, low: low)
        default:
            return nil
        }
        self.port = port
    }
}

extension SocketAddress: CustomStringConvertible {
    /// `192.0.2.1:1935` or `[2001:db8:0:0:0:0:0:1]:1935`.
    public var description: String {
        switch ip {
        case .v4:
            return "\(octets.map(String.init).joined(separator: ".")):\(port)"
        case .v6(let high, let low):
            let groups = [high, low].flatMap { part in
                [48, 32, 16, 0].map { String(UInt16(truncatingIfNeeded: part >> $0), radix: 16) }
            }
            return "[\(groups.joined(separator: ":"))]:\(port)"
        }
    }
}

/// Where an address was learned, as the Address structure tells it (RFC 7016 §2.1.5).
public enum AddressOrigin: UInt8, Hashable, Sendable, CaseIterable {
    case unknown = 0
    /// Reported by the end itself: one of its local interfaces.
    case reported = 1
    /// Seen by somebody else, such as a rendezvous server: behind a translator, the outside.
    case observed = 2
    /// A relay, proxy or introducer.
    case relay = 3
}

/// The Address structure: an IP address, a port and where they were learned (RFC 7016 §2.1.5).
public struct Address: Hashable, Sendable {
    /// IP address and port.
    public var socket: SocketAddress
    /// Where the address was learned.
    public var origin: AddressOrigin

    /// Makes an Address.
    public init(_ socket: SocketAddress, origin: AddressOrigin) {
        self.socket = socket
        self.origin = origin
    }

    /// Reads an Address; reserved flags are ignored.
    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        let flags = try reader.uint8("flags")
        let octets = try reader.bytes(flags & 0x80 == 0 ? 4 : 16, "ipAddress")
        let port = try reader.uint16("port")
        guard let socket = SocketAddress(octets: octets, port: port),
            let origin = AddressOrigin(rawValue: flags & 0x03)
        else {
            throw WireError(.illegal("not an address"), offset: start, path: ["address"])
        }
        self.socket = socket
        self.origin = origin
    }

    /// Appends this Address.
    public func encode(into writer: inout ByteWriter) {
        let octets = socket.octets
        writer.uint8((octets.count == 16 ? 0x80 : 0) | origin.rawValue)
        writer.raw(octets)
        writer.uint16(socket.port)
    }
}
