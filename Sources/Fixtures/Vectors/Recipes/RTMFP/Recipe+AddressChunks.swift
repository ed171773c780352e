extension Recipe {
    /// IHellos that were forwarded, with reply addresses of every sort.
    static let forwardedHello = Recipe(
        "rtmfp",
        "chunk-fihello",
        "Forwarded Initiator Hello, field by field",
        specification: ["RFC 7016 §2.3.3"],
        notes: ["The payload of a chunk of that type, without type and length."]
    ) {
        var batch = Batch("chunk-fihello", ["RFC 7016 §2.3.3"], ["RFC7016-2.3.3-01"])
        func add(_ name: String, _ discriminator: Int, _ host: Host, _ origin: UInt8, _ tag: Int) throws {
            let (address, members) = addressLayout(host, port: 50001, origin: origin)
            let layout = Layout()
                .counted("the discriminator", filler(discriminator))
                .field("the reply address", address.octets)
                .field("the tag", filler(tag, from: 3))
            let twin = batch.valid(
                name,
                "a discriminator of \(discriminator) octets, \(host.text), a tag of \(tag)",
                ["payload": .hex(layout.octets)],
                [
                    "endpointDiscriminator": .hex(filler(discriminator)), "replyAddress": .object(members),
                    "tag": .hex(filler(tag, from: 3)), "canonical": true,
                ]
            )
            guard name.hasPrefix("short") else { return }
            try batch.truncations(
                of: twin,
                "/payload",
                Layout()
                    .counted("the discriminator", filler(discriminator))
                    .field("the flags of the address", Array(address.octets.prefix(1)))
                    .field("the IP address", Array(address.octets.dropFirst().dropLast(2)))
                    .field("the port", Array(address.octets.suffix(2))),
                requirements: ["RFC7016-2.3.3-01", "RFC7016-2.1.5-05"]
            )
            try batch.edited(
                twin,
                "overrun",
                .splice("/payload", at: 0, count: 1, [0x7f]),
                .truncated,
                because: "the discriminator is said to have 127 octets, more than there are",
                requirements: ["RFC7016-2-05"]
            )
        }
        try add("short-v4", 3, hosts[0], 2, 4)
        try add("short-v6", 3, hosts[4], 2, 4)
        for host in hosts {
            for origin in 0...3 { try add("\(host.name).\(origin)", 34, host, UInt8(origin), 16) }
        }
        for count in [0, 1, 127, 128, 400] {
            try add("discriminator-\(count)", count, hosts[0], 2, 16)
            try add("tag-\(count)", 34, hosts[0], 2, count)
        }
        return batch
    }

    /// Redirects to none, one and many addresses.
    static let redirect = Recipe(
        "rtmfp",
        "chunk-redirect",
        "Responder Redirect, field by field",
        specification: ["RFC 7016 §2.3.5"],
        notes: ["The payload of a chunk of that type, without type and length."]
    ) {
        var batch = Batch("chunk-redirect", ["RFC 7016 §2.3.5"], ["RFC7016-2.3.5-01"])
        for tag in [0, 1, 16, 127, 128] {
            for count in [0, 1, 2, 9, 20] {
                let addresses = (0..<count).map { index in
                    addressLayout(hosts[index % hosts.count], port: UInt16(1935 + index), origin: UInt8(index % 4))
                }
                let octets = addresses.flatMap(\.0.octets)
                let layout = Layout().counted("the tag", filler(tag)).field("the addresses", octets)
                batch.requirements = count == 0 ? ["RFC7016-2.3.5-03"] : ["RFC7016-2.3.5-01"]
                let twin = batch.valid(
                    "tag-\(tag).addresses-\(count)",
                    "a tag of \(tag) octets and \(count) addresses",
                    ["payload": .hex(layout.octets)],
                    [
                        "tagEcho": .hex(filler(tag)),
                        "redirectDestinations": .array(addresses.map { .object($0.1) }), "canonical": true,
                    ]
                )
                guard tag == 1, (1...2).contains(count) else { continue }
                let last = addresses[count - 1].0
                for cut in 1..<last.octets.count {
                    try batch.edited(
                        twin,
                        "cut-\(cut)",
                        .cut("/payload", to: layout.octets.count - last.octets.count + cut),
                        .truncated,
                        because: "ends \(cut) octets into its last address",
                        requirements: ["RFC7016-2.1.5-05"]
                    )
                }
                try batch.edited(
                    twin,
                    "family",
                    .splice("/payload", at: layout.octets.count - last.octets.count, count: 1, [0x82]),
                    .truncated,
                    because: "the last address is said to be of IPv6, for which there are too few octets",
                    requirements: ["RFC7016-2.1.5-05"]
                )
            }
        }
        return batch
    }
}
