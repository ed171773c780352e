import RTMFP

/// Replaces addresses, the same one always by the same other one, so that nobody without the secret can tell which it was.
///
/// IPv4 addresses that begin with the same octets still do afterwards, and each octet keeps its number of digits: what is
/// replaced in a text does not change its length. Ports stay.
final class AddressMask {
    private let mac: HMACSHA256

    init(secret: [UInt8]) {
        mac = HMACSHA256(key: secret)
    }

    /// As many octets as `octets`, which follow from them.
    func octets(_ octets: [UInt8], _ purpose: String) -> [UInt8] {
        var replaced: [UInt8] = []
        var block: UInt8 = 0
        while replaced.count < octets.count {
            replaced += mac.code(Array(purpose.utf8) + [block] + octets)
            block &+= 1
        }
        return Array(replaced.prefix(octets.count))
    }

    /// The address that stands for another.
    func address(_ address: SocketAddress) -> SocketAddress {
        SocketAddress(octets: ip(address.octets), port: address.port) ?? address
    }

    /// The same of an IP address, 4 octets or 16.
    func ip(_ octets: [UInt8]) -> [UInt8] {
        guard octets.count == 4 else { return [0xfd] + self.octets(octets, "IPv6").dropFirst() }
        return octets.indices.map { index in
            let range: ClosedRange<Int> = octets[index] < 10 ? 0...9 : octets[index] < 100 ? 10...99 : 100...255
            // A shuffle of the numbers with as many digits, of its own behind each prefix.
            let order = range.map { value in
                (mac.code(Array("IPv4".utf8) + octets.prefix(index) + [UInt8(value)]), value)
            }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
            return UInt8(order[Int(octets[index]) - range.lowerBound].1)
        }
    }

    /// Replaces every address that is written in octets, as text or, if it is one of `known`, in binary.
    ///
    /// What may be a part of an address at either end, whose rest is elsewhere, loses its digits.
    func masked(_ octets: [UInt8], known: [[UInt8]: [UInt8]], isPart: Bool) -> [UInt8] {
        var masked = octets
        var start = 0
        while start < octets.count {
            guard AddressMask.isOfAddress(octets[start]) else {
                start += 1
                continue
            }
            let end = octets[start...].firstIndex { !AddressMask.isOfAddress($0) } ?? octets.count
            let isAtEdge = isPart && (start == 0 || end == octets.count)
            masked.replaceSubrange(start..<end, with: text(Array(octets[start..<end]), isAtEdge: isAtEdge))
            start = end
        }
        guard !known.isEmpty, octets.count >= 4 else { return masked }
        // Few octets begin an address, and looking one up takes time.
        var begins = [Bool](repeating: false, count: 256)
        for first in known.keys.compactMap(\.first) { begins[Int(first)] = true }
        for length in [4, 16] where octets.count >= length {
            for start in 0...(octets.count - length) where begins[Int(octets[start])] {
                if let other = known[Array(octets[start..<(start + length)])] {
                    masked.replaceSubrange(start..<(start + length), with: other)
                }
            }
        }
        return masked
    }

    private static func isOfAddress(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    /// A run of hexadecimal digits, dots and colons, without what it says of an address.
    private func text(_ run: [UInt8], isAtEdge: Bool) -> [UInt8] {
        let dots = run.count { $0 == UInt8(ascii: ".") }
        let colons = run.count { $0 == UInt8(ascii: ":") }
        if isAtEdge, dots + colons > 0 || run.allSatisfy({ $0 < UInt8(ascii: "a") }) {
            return run.map { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") ? $0 : UInt8(ascii: "0") }
        }
        if colons >= 2 { return digits(run) }
        guard dots >= 3 else { return run }
        let host = run.prefix { $0 != UInt8(ascii: ":") }
        let parts = String(decoding: host, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in UInt8(part).flatMap { "\($0)" == part ? $0 : nil } }
        guard parts.count == 4, numbers.count == 4 else { return digits(run) }
        return Array(ip(numbers).map(String.init).joined(separator: ".").utf8) + run[host.endIndex...]
    }

    /// Other digits in the place of those that there are.
    private func digits(_ run: [UInt8]) -> [UInt8] {
        zip(run, octets(run, "text")).map { old, new in
            switch old {
            case UInt8(ascii: "."), UInt8(ascii: ":"): old
            default: UInt8(ascii: "0") + new % 10
            }
        }
    }
}
