extension Recipe {
    /// Keying components option by option.
    static let keyingComponent = Recipe(
        "rtmfp",
        "keying-component",
        "Session keying components, option by option",
        specification: ["RFC 7425 §4.5"],
        notes: [
            "`options` are all options in order. An option that is absent is null, or all flags clear and length 0."
        ]
    ) {
        var batch = Batch("keying-component", ["RFC 7425 §4.5.2"], ["RFC7425-4.5.2-02"])
        @discardableResult
        func add(_ name: String, _ comment: String, _ content: ComponentContent) -> Batch.Twin {
            batch.valid(name, comment, ["component": .hex(content.octets)], content.members)
        }
        for flags in 0...7 as ClosedRange<UInt8> {
            let offers = flags & 6 != 0
            batch.requirements = ["RFC7425-4.5.2.4-01", "RFC7425-4.5.2.4-02"]
            for length in offers ? [4, 10, 31, 32] : [0] {
                let twin = add(
                    "hmac-\(flags)-\(length)",
                    "HMAC flags \(flags), length \(length)",
                    ComponentContent(hmac: (flags, UInt64(length)))
                )
                guard length == 4 || length == 0 else { continue }
                for wrong in offers ? [0, 1, 3, 33, 127, 128, .max] : [1, 4, 32, .max] as [UInt64] {
                    try batch.edited(
                        twin,
                        "length-\(wrong)",
                        .splice("/component", at: 0, count: 4, optionOctets(0x1a, [flags] + base128(wrong))),
                        .value,
                        because: offers
                            ? "an HMAC has 4 to 32 octets, not \(wrong)"
                            : "who sends no HMAC has to say length 0, not \(wrong)",
                        requirements: ["RFC7425-4.5.2.4-02", "RFC7425-4.5.2.4-03"]
                    )
                }
            }
            batch.requirements = ["RFC7425-4.5.2.5-01"]
            add("sequence-\(flags)", "sequence number flags \(flags)", ComponentContent(sequence: flags))
        }
        for (group, count) in [(1, 1), (2, 128), (14, 256), (127, 3), (128, 3), (.max, 0)] as [(UInt64, Int)] {
            batch.requirements = ["RFC7425-4.5.2-02", "RFC7425-4.5.2.1-02"]
            add(
                "key-\(group)-\(count)",
                "an ephemeral key of \(count) octets in group \(group)",
                ComponentContent(key: (group, filler(count)))
            )
            batch.requirements = ["RFC7425-4.5.2.3-01"]
            add("select-\(group)", "group \(group) is selected", ComponentContent(select: group))
        }
        batch.requirements = ["RFC7425-4.5.2.2-01"]
        for count in [0, 1, 15, 16, 63, 64, 127, 128] {
            add("randomness-\(count)", "\(count) octets of randomness", ComponentContent(randomness: filler(count)))
        }
        batch.requirements = ["RFC7425-4.5.2-01", "RFC7425-4.5.1-02"]
        for type in [0x00, 0x0f, 0x19, 0x7f, 0x80, .max] as [UInt64] {
            add(
                "unknown-\(type)",
                "an unknown option of type \(type)",
                ComponentContent(hmac: (0, 0), others: [(type, [7])])
            )
        }
        batch.section = ["RFC 7016 §2.1.3", "RFC 7425 §4.5.1"]
        add("markers", "Markers are empty Options, and mean nothing", ComponentContent(sequence: 2, markers: 2))
        batch.section = ["RFC 7425 §4.5.2"]
        add("empty", "nothing is said", ComponentContent())
        batch.requirements = ["RFC7425-4.5.2.1-03"]
        let whole = ComponentContent(key: (2, filler(5)), hmac: (2, 10), sequence: 2, randomness: filler(16))
        let octets = whole.octets
        let keyed = add("whole", "all that a responder says", whole)
        try batch.edited(
            keyed,
            "second-key",
            .splice("/component", at: octets.count, count: 0, optionOctets(0x0d, [2, 9])),
            .combination,
            because: "there are two ephemeral keys",
            requirements: ["RFC7425-4.5.2.1-03"]
        )
        batch.requirements = ["RFC7425-4.5.2.3-03"]
        let selection = ComponentContent(select: 2, randomness: filler(16))
        let selecting = add("selecting", "a group is selected, with randomness", selection)
        try batch.edited(
            selecting,
            "second-selection",
            .splice("/component", at: 0, count: 0, optionOctets(0x1d, [14])),
            .combination,
            because: "two groups are selected",
            requirements: ["RFC7425-4.5.2.3-03"]
        )
        // Ends of options are no truncations.
        var ends: Set<Int> = [0]
        var end = 0
        while end < octets.count {
            end += 1 + Int(octets[end])
            ends.insert(end)
        }
        for cut in 1..<octets.count where !ends.contains(cut) {
            try batch.edited(
                keyed,
                "cut-\(cut)",
                .cut("/component", to: cut),
                .truncated,
                because: "ends within an Option",
                requirements: ["RFC7425-3-03"]
            )
        }
        for (twin, content, name, type) in [
            (keyed, whole, "hmac", 0x1a), (keyed, whole, "sequence", 0x1e), (keyed, whole, "key", 0x0d),
            (selecting, selection, "select", 0x1d),
        ] as [(Batch.Twin, ComponentContent, String, UInt64)] {
            guard let place = content.place(of: type) else { continue }
            try batch.edited(
                twin,
                "empty-\(name)",
                .splice("/component", at: place.lowerBound, count: place.count, optionOctets(type, [])),
                .truncated,
                because: "the option has no value, and needs one",
                requirements: ["RFC7425-3-03"]
            )
        }
        return batch
    }

    /// What an end says in its component.
    private struct ComponentContent {
        var select: UInt64?
        var key: (UInt64, [UInt8])?
        var hmac: (UInt8, UInt64)?
        var sequence: UInt8?
        var randomness: [UInt8]?
        var others: [(UInt64, [UInt8])] = []
        var markers = 0

        private var options: [(UInt64, [UInt8])] {
            var options: [(UInt64, [UInt8])] = []
            if let hmac { options.append((0x1a, [hmac.0] + base128(hmac.1))) }
            if let select { options.append((0x1d, base128(select))) }
            if let sequence { options.append((0x1e, [sequence])) }
            if let randomness { options.append((0x0e, randomness)) }
            if let key { options.append((0x0d, base128(key.0) + key.1)) }
            return options + others
        }

        /// Where the option of a type is; nil if there is none.
        func place(of type: UInt64) -> Range<Int>? {
            var end = markers
            for option in options {
                let start = end
                end += optionOctets(option.0, option.1).count
                if option.0 == type { return start..<end }
            }
            return nil
        }

        var octets: [UInt8] {
            [UInt8](repeating: 0, count: markers) + options.flatMap { optionOctets($0.0, $0.1) }
        }

        var members: [String: JSONValue] {
            let none = [JSONValue](repeating: .null, count: markers)
            return [
                "options": .array(none + options.map { .option($0.0, $0.1) }),
                "ephemeralKey": key.map { .object(["group": .decimal($0.0), "publicKey": .hex($0.1)]) } ?? .null,
                "groupSelect": select.map(JSONValue.decimal) ?? .null,
                "extraRandomness": randomness.map(JSONValue.hex) ?? .null,
                "hmac": negotiationFlags(hmac?.0 ?? 0), "hmacLength": .decimal(hmac?.1 ?? 0),
                "sequenceNumbers": negotiationFlags(sequence ?? 0),
            ]
        }
    }

    private static func negotiationFlags(_ flags: UInt8) -> JSONValue {
        .object([
            "willSendAlways": .bool(flags & 4 != 0), "willSendOnRequest": .bool(flags & 2 != 0),
            "request": .bool(flags & 1 != 0),
        ])
    }

    /// All flags of one end against all of the other.
    static let negotiation = Recipe(
        "rtmfp",
        "negotiation",
        "Who sends HMACs or session sequence numbers, flag by flag",
        specification: ["RFC 7425 §4.5.2.4", "RFC 7425 §4.5.2.5"],
        notes: ["An end sends them if it always will, or if it will on request and the other end requests them."]
    ) {
        var batch = Batch(
            "negotiation",
            ["RFC 7425 §4.6.4", "RFC 7425 §4.6.6"],
            ["RFC7425-4.6.4-02", "RFC7425-4.6.4-03", "RFC7425-4.6.6-04", "RFC7425-4.6.6-05"]
        )
        func sends(_ near: UInt8, to far: UInt8) -> Bool { near & 4 != 0 || near & 2 != 0 && far & 1 != 0 }
        for initiator in 0...7 as ClosedRange<UInt8> {
            for responder in 0...7 as ClosedRange<UInt8> {
                batch.valid(
                    "\(initiator)-\(responder)",
                    "flags \(initiator) of the initiator, \(responder) of the responder",
                    ["initiator": negotiationFlags(initiator), "responder": negotiationFlags(responder)],
                    [
                        "initiatorSends": .bool(sends(initiator, to: responder)),
                        "responderSends": .bool(sends(responder, to: initiator)),
                    ]
                )
            }
        }
        return batch
    }
}
