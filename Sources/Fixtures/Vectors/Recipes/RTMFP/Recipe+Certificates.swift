internal import RTMFP

extension Recipe {
    /// Certificates option by option: before and after a Marker, at their limits, against the rules.
    static let certificate = Recipe(
        "rtmfp",
        "certificate",
        "Certificates, option by option",
        specification: ["RFC 7425 §4.3"],
        notes: ["As in certificate.json. The keys are no real ones: a certificate does not tell."]
    ) {
        var batch = Batch(
            "certificate",
            ["RFC 7425 §4.3.3"],
            ["RFC7425-4.3.1-01", "RFC7425-4.3.2-01", "RFC7425-4.3.3-02"]
        )
        let group = optionOctets(0x15, [2])
        func add(_ name: String, _ comment: String, _ content: CertificateContent) -> Batch.Twin {
            batch.valid(name, comment, ["certificate": .hex(content.encoded)], content.members)
        }
        for ids in [[1], [2], [127], [128], [16384], [.max], [2, 5, 14], [14, 2], [2, 2]] as [[UInt64]] {
            batch.requirements = ["RFC7425-4.3.3.4-01"]
            _ = add(
                "groups-\(ids.map(String.init).joined(separator: "-"))",
                "ephemeral groups \(ids)",
                CertificateContent(groups: ids)
            )
        }
        for (id, count) in [(2, 0), (2, 1), (2, 127), (2, 128), (14, 256), (16, 512), (128, 4), (.max, 4)]
            as [(UInt64, Int)]
        {
            batch.requirements = ["RFC7425-4.3.3.5-01", "RFC7425-4.3.3.5-02"]
            _ = add(
                "static-\(id)-\(count)",
                "a static key of \(count) octets in group \(id)",
                CertificateContent(keys: [(id, filler(count))])
            )
        }
        batch.requirements = ["RFC7425-4.3.3.5-04"]
        _ = add("static-two", "static keys in two groups", CertificateContent(keys: [(2, filler(3)), (14, filler(4))]))
        for count in [0, 1, 125, 126, 127, 255] {
            batch.requirements = ["RFC7425-4.3.3.1-02"]
            _ = add(
                "hostname-\(count)",
                "a hostname of \(count) octets",
                CertificateContent(hostname: filler(count), groups: [2])
            )
        }
        for count in [0, 16, 64, 128] {
            batch.requirements = ["RFC7425-4.3.3.3-01"]
            _ = add(
                "randomness-\(count)",
                "\(count) octets of randomness",
                CertificateContent(groups: [2], others: [(0x0e, filler(count))])
            )
        }
        for type in [0x01, 0x09, 0x14, 0x16, 0x7f, 0x80, 8192, .max] as [UInt64] {
            batch.requirements = ["RFC7425-4.3.3-01"]
            _ = add(
                "unknown-\(type)",
                "an unknown option of type \(type), which is hashed",
                CertificateContent(groups: [2], others: [(type, [1, 2])])
            )
        }
        batch.requirements = ["RFC7425-4.3.3.2-01"]
        _ = add("ancillary", "accepts ancillary data", CertificateContent(ancillary: true, groups: [2]))
        _ = add(
            "everything",
            "all of it",
            CertificateContent(
                hostname: Array("example.com".utf8),
                ancillary: true,
                groups: [2, 14],
                others: [(0x0e, filler(16))]
            )
        )
        let behind: [(String, String, [UInt8])] = [
            ("hostname", "RFC7425-4.3.3.1-01", optionOctets(0x00, Array("example.com".utf8))),
            ("ancillary", "RFC7425-4.3.3.2-02", optionOctets(0x0a, [])),
            ("group", "RFC7425-4.3.3.4-02", optionOctets(0x15, [5])),
            ("static", "RFC7425-4.3.3.5-03", optionOctets(0x1d, [5, 1, 2])), ("marker", "RFC7425-4.3.1-03", [0]),
            ("unknown", "RFC7425-4.3.1-02", optionOctets(0x7f, [9])),
        ]
        for (name, row, octets) in behind {
            batch.requirements = Array(Set(["RFC7425-4.3.1-02", row])).sorted()
            let content = CertificateContent(groups: [2], behind: [0] + octets)
            let twin = add("behind-\(name)", "\(name) behind the Marker, where it means nothing", content)
            guard octets.count > 1 else { continue }
            try batch.edited(
                twin,
                "cut",
                .cut("/certificate", to: content.encoded.count - 1),
                .truncated,
                because: "what stands behind the Marker is no sequence of Options",
                requirements: ["RFC7425-3-03"]
            )
        }
        let plain = add("plain", "a hostname and a group", CertificateContent(hostname: filler(3), groups: [2]))
        let octets = CertificateContent(hostname: filler(3), groups: [2]).encoded
        for cut in [1, 2, 3, 4, 6, 7] {
            try batch.edited(
                plain,
                "cut-\(cut)",
                .cut("/certificate", to: cut),
                .truncated,
                because: "ends within an Option",
                requirements: ["RFC7425-3-03"]
            )
        }
        for (name, edit, why, row) in [
            (
                "two-hostnames", .splice("/certificate", at: 0, count: 0, optionOctets(0, filler(3))),
                "there are two hostnames", "RFC7425-4.3.3.1-02"
            ),
            (
                "both", .splice("/certificate", at: octets.count, count: 0, optionOctets(0x1d, [2, 5])),
                "there are a static key and a group", "RFC7425-4.3.3.4-04"
            ),
        ] as [(String, Batch.Edit, String, String)] {
            try batch.edited(plain, name, edit, .combination, because: why, requirements: [row])
        }
        let authentic = Batch.Twin(
            id: plain.id,
            input: plain.input,
            section: ["RFC 7425 §4.3.1", "RFC 7425 §4.3.4"],
            requirements: plain.requirements
        )
        for (name, edit, content, why, row) in [
            (
                "neither", .splice("/certificate", at: octets.count - group.count, count: group.count, []),
                CertificateContent(hostname: filler(3)), "there is no key and no group", "RFC7425-4.3.4-01"
            ),
            (
                "marker-first", .splice("/certificate", at: 0, count: 0, [0]), CertificateContent(),
                "everything stands behind the Marker, so that there is no key and no group", "RFC7425-4.3.1-02"
            ),
        ] as [(String, Batch.Edit, CertificateContent, String, String)] {
            try batch.edited(
                authentic,
                name,
                edit,
                .combination,
                because: "\(why): it is authentic, but keying with it cannot complete, so it may be refused at once",
                requirements: [row],
                accepting: content.members
            )
        }
        return batch
    }

    /// Which of two certificates prevails, for all pairs of some.
    static let certificatePrecedence = Recipe(
        "rtmfp",
        "certificate-precedence",
        "Certificates in order",
        specification: ["RFC 7425 §4.3.6"],
        notes: ["`near` prevails if it is not greater than `far`: octet by octet, a prefix before what it begins."]
    ) {
        var batch = Batch("certificate-precedence", ["RFC 7425 §4.3.6"], ["RFC7425-4.3.6-01"])
        let ascending: [[UInt8]] = [
            [], [0x00], [0x00, 0x00], [0x00, 0xff], [0x01], [0x7f], [0x7f, 0x00], [0x80], [0xff], [0xff, 0xff],
        ]
        for (left, near) in ascending.enumerated() {
            for (right, far) in ascending.enumerated() {
                batch.valid(
                    "\(left)-\(right)",
                    left == right
                        ? "equal ones" : left < right ? "the near one is the smaller" : "the near one is the greater",
                    ["near": .hex(near), "far": .hex(far)],
                    ["nearPrevails": .bool(left <= right)]
                )
            }
        }
        return batch
    }
}

/// What a certificate says.
struct CertificateContent {
    var hostname: [UInt8]?
    var ancillary = false
    var groups: [UInt64] = []
    var keys: [(UInt64, [UInt8])] = []
    var others: [(UInt64, [UInt8])] = []
    /// A Marker, and what stands behind it.
    var behind: [UInt8] = []

    var canonicalSection: [UInt8] {
        var options = others
        if let hostname { options.append((0x00, hostname)) }
        if ancillary { options.append((0x0a, [])) }
        options += keys.map { (0x1d, base128($0.0) + $0.1) }
        options += groups.map { (0x15, base128($0)) }
        return options.flatMap { optionOctets($0.0, $0.1) }
    }

    var encoded: [UInt8] { canonicalSection + behind }

    var fingerprint: [UInt8] { SHA256.hash(canonicalSection) }

    var members: [String: JSONValue] {
        [
            "canonicalSection": .hex(canonicalSection), "fingerprint": .hex(fingerprint),
            "hostname": hostname.map(JSONValue.hex) ?? .null, "acceptsAncillaryData": .bool(ancillary),
            "ephemeralGroups": .array(groups.map(JSONValue.decimal)),
            "staticKeys": .object(Dictionary(keys.map { ("\($0.0)", .hex($0.1)) }) { first, _ in first }),
        ]
    }
}
