public import RTMFP

extension Command {
    /// The addresses of a `setPeerInfo` command (RFC 7425 §5.3.3).
    ///
    /// What is no address is left out. Some implementations send no command object, so that an address stands there.
    var peerAddresses: [SocketAddress] {
        ([object] + arguments).compactMap { $0.string.flatMap(SocketAddress.init(presentation:)) }
    }

    /// The `setPeerInfo` command for `addresses`.
    static func setPeerInfo(_ addresses: [SocketAddress], form: Form) -> Command {
        Command("setPeerInfo", addresses.map { .string($0.description) }, form: form)
    }
}

extension SocketAddress {
    /// Reads `192.0.2.1:1935` or `[2001:db8::1]:1935`; nil if it is neither, or the port is 0.
    public init?(presentation text: String) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = UInt16(digits: text[text.index(after: colon)...]), port != 0
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard let octets = SocketAddress.octets(ipv6: host.dropFirst().dropLast()) else { return nil }
            self.init(octets: octets, port: port)
        } else {
            guard let octets = SocketAddress.octets(ipv4: host) else { return nil }
            self.init(octets: octets, port: port)
        }
    }

    private static func octets(ipv4 text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { UInt8(digits: $0) }
        return parts.count == 4 && octets.count == 4 ? octets : nil
    }

    private static func octets(ipv6 text: Substring) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard let head = halves.first.flatMap({ groups($0, endsAddress: halves.count == 1) }) else { return nil }
        guard halves.count > 1 else { return head.count == 16 ? head : nil }
        guard halves.count == 2, let tail = groups(halves[1], endsAddress: true) else { return nil }
        // `::` stands for a group of zeros at least.
        let missing = 16 - head.count - tail.count
        return missing >= 2 ? head + [UInt8](repeating: 0, count: missing) + tail : nil
    }

    /// Groups of 16 bits in hexadecimal between colons; the last of an address may be an IPv4 address.
    private static func groups(_ text: Substring, endsAddress: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var octets: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if endsAddress, index == parts.count - 1, let last = self.octets(ipv4: part) {
                octets += last
            } else {
                guard part.utf8.count <= 4, part.first?.isHexDigit ?? false, let group = UInt16(part, radix: 16) else {
                    return nil
                }
                octets += [UInt8(group >> 8), UInt8(group & 0xff)]
            }
        }
        return octets
    }
}

extension FixedWidthInteger {
    /// Reads decimal digits and nothing else, no sign either.
    fileprivate init?(digits text: Substring) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self.init(text, radix: 10)
    }
}
