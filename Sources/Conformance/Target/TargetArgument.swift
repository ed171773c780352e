import Foundation
public import Links
public import RTMFP

/// A target as a user names it: `host:port`, `rtmfp://host[:port][/app]` or `http://host[:port]`.
public struct TargetArgument: Sendable, Hashable, CustomStringConvertible {
    /// What to expect there.
    public enum Scheme: Sendable, Hashable {
        /// Whatever answers.
        case any
        /// RTMFP over UDP.
        case rtmfp
        /// HTTP over TCP.
        case http
    }

    /// What is wrong with the argument, or with the name in it.
    public struct Malformed: Error, Sendable, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// What to expect there.
    public let scheme: Scheme
    /// A name, an IPv4 address or an IPv6 address without brackets.
    public let host: String
    /// The port; 1935 for RTMFP and 80 for HTTP unless said otherwise.
    public let port: UInt16
    /// As the user wrote it.
    public let description: String

    /// Reads the argument.
    ///
    /// - Throws: `Malformed` if it is none of the three forms.
    public init(_ argument: String) throws(Malformed) {
        description = argument
        var rest = Substring(argument)
        if let colon = argument.range(of: "://") {
            switch argument[..<colon.lowerBound].lowercased() {
            case "rtmfp": scheme = .rtmfp
            case "http": scheme = .http
            default:
                throw Malformed(description: "'\(argument)' has an unknown scheme; there are rtmfp and http")
            }
            rest = argument[colon.upperBound...]
            rest = rest.prefix { $0 != "/" && $0 != "?" }
        } else {
            scheme = .any
        }
        let usage = "'\(argument)' is not host:port, rtmfp://host[:port][/app] or http://host[:port]"
        let (host, port) = Self.split(rest)
        self.host = host
        guard !host.isEmpty, !host.contains("/") else { throw Malformed(description: usage) }
        if let port {
            guard let number = UInt16(port), number != 0 else {
                throw Malformed(description: "'\(argument)': '\(port)' is not a port")
            }
            self.port = number
        } else {
            guard scheme != .any else { throw Malformed(description: usage) }
            self.port = scheme == .http ? 80 : 1935
        }
    }

    private static func split(_ text: Substring) -> (host: String, port: String?) {
        if text.first == "[", let end = text.firstIndex(of: "]") {
            let after = text[text.index(after: end)...]
            return (
                String(text[text.index(after: text.startIndex)..<end]),
                after.first == ":" ? String(after.dropFirst()) : nil
            )
        }
        guard let colon = text.lastIndex(of: ":") else { return (String(text), nil) }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    /// The URI to open sessions for.
    public var uri: String {
        guard scheme == .rtmfp else { return "rtmfp://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
        return description
    }

    /// The authority of an HTTP URI for the target (RFC 9110 §4.2.1): host, and port unless it is 80.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }

    /// Looks the host up.
    ///
    /// - Parameter family: the only family to accept; nil for the first address of any.
    /// - Throws: `Malformed` if it has no such address.
    public func resolve(_ family: AddressFamily? = nil) throws(Malformed) -> SocketAddress {
        var hints = addrinfo()
        hints.ai_family = family.map { $0 == .v4 ? AF_INET : AF_INET6 } ?? AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { freeaddrinfo(list) }
        guard status == 0 else {
            throw Malformed(description: "'\(host)' does not resolve: \(String(cString: gai_strerror(status)))")
        }
        var entry = list
        while let current = entry?.pointee {
            if let address = Self.address(current, port: port) { return address }
            entry = current.ai_next
        }
        throw Malformed(description: "'\(host)' has no address to use")
    }

    private static func address(_ entry: addrinfo, port: UInt16) -> SocketAddress? {
        guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET:
            var address = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return withUnsafeBytes(of: &address) { SocketAddress(octets: Array($0), port: port) }
        case AF_INET6:
            var address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: &address) { SocketAddress(octets: Array($0), port: port) }
        default:
            return nil
        }
    }
}
