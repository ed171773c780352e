extension Recipe {
    /// Addresses of both families, origins and ports at their limits.
    static let address = Recipe(
        "rtmfp",
        "address",
        "Addresses, boundary by boundary",
        specification: ["RFC 7016 §2.1.5"],
        notes: [
            "Flags (0x80: IPv6; 0x7c: reserved; 0x03: origin), 4 or 16 octets, a port.",
            "`ip` is written as RFC 5952 says. Reserved flags are ignored, and make the octets not canonical.",
        ]
    ) {
        var batch = Batch("address", ["RFC 7016 §2.1.5"], ["RFC7016-2.1.5-01", "RFC7016-2.1.5-02"])
        for host in hosts {
            for origin in 0...3 {
                let (layout, members) = addressLayout(host, port: 1935, origin: UInt8(origin))
                let twin = batch.valid(
                    "\(host.name).origin-\(origin)",
                    "\(host.text), origin \(origin)",
                    ["octets": .hex(layout.octets)],
                    outcome(members, layout.octets.count)
                )
                guard origin == 2, host.name.hasSuffix("documentation") else { continue }
                try batch.truncations(of: twin, "/octets", layout, requirements: ["RFC7016-2.1.5-05", "RFC7016-2-05"])
            }
            for port in [0, 1, 255, 256, 32767, 32768, 65535] {
                let (layout, members) = addressLayout(host, port: UInt16(port), origin: 1)
                batch.valid(
                    "\(host.name).port-\(port)",
                    "port \(port)",
                    ["octets": .hex(layout.octets)],
                    outcome(members, layout.octets.count)
                )
            }
        }
        batch.requirements = ["RFC7016-2-04"]
        for bit in 2...6 {
            for host in [hosts[0], hosts[4]] {
                let (layout, members) = addressLayout(host, port: 1935, origin: 2, reserved: 1 << UInt8(bit))
                batch.valid(
                    "\(host.name).reserved-\(bit)",
                    "the reserved flag 0x\(String(1 << bit, radix: 16)) is set, which is ignored",
                    ["octets": .hex(layout.octets)],
                    outcome(members, layout.octets.count, canonical: false)
                )
            }
        }
        return batch
    }

    /// A host in octets and as a text.
    struct Host {
        let name: String
        let octets: [UInt8]
        let text: String
    }

    static let hosts: [Host] = [
        Host(name: "v4-documentation", octets: [192, 0, 2, 1], text: "192.0.2.1"),
        Host(name: "v4-zero", octets: [0, 0, 0, 0], text: "0.0.0.0"),
        Host(name: "v4-ones", octets: [255, 255, 255, 255], text: "255.255.255.255"),
        Host(name: "v4-loopback", octets: [127, 0, 0, 1], text: "127.0.0.1"),
        Host(
            name: "v6-documentation",
            octets: [0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
            text: "2001:db8:1::2"
        ),
        Host(name: "v6-zero", octets: [UInt8](repeating: 0, count: 16), text: "::"),
        Host(name: "v6-loopback", octets: [UInt8](repeating: 0, count: 15) + [1], text: "::1"),
        Host(
            name: "v6-ones",
            octets: [UInt8](repeating: 255, count: 16),
            text: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        ),
        Host(
            name: "v6-two-gaps",
            octets: [0xfd, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0xab, 0xcd],
            text: "fd00:0:0:5::abcd"
        ),
    ]

    /// The octets of an address, and its members in the vectors' notation.
    static func addressLayout(
        _ host: Host,
        port: UInt16,
        origin: UInt8,
        reserved: UInt8 = 0
    ) -> (Layout, [String: JSONValue]) {
        let layout = Layout()
            .field("the flags", [(host.octets.count == 16 ? 0x80 : 0) | reserved | origin])
            .field("the IP address", host.octets)
            .field("the port", bigEndian(UInt64(port), 2))
        return (layout, ["ip": .string(host.text), "port": .integer(Int(port)), "origin": .integer(Int(origin))])
    }

    private static func outcome(
        _ members: [String: JSONValue],
        _ consumed: Int,
        canonical: Bool = true
    ) -> [String: JSONValue] {
        members.merging(["consumed": .integer(consumed), "canonical": .bool(canonical)]) { first, _ in first }
    }
}
