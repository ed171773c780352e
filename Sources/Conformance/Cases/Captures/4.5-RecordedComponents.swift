import Capture
import RTMFP

/// RFC 7425 §4.5: keying components that were sent.
enum RecordedComponentCases {
    static let all: [Case] = [
        .recorded(
            "flash-crypto/component-has-its-part",
            "A keying component brings an ephemeral key, or extra randomness, and as initiator's a choice of group.",
            ["RFC7425-4.5.2-02"],
            saboteurs: ["component-of-other-types"]
        ) { implementation in
            for component in try implementation.components() {
                let brings = component.has(.ephemeralPublicKey)
                let salts = component.has(.extraRandomness)
                try component.options.require(
                    component.options.options != nil && (brings || salts)
                        && (component.isInitiator || !component.has(.groupSelect)),
                    expected: "options of types 0d, or 0e" + (component.isInitiator ? " and 1d" : ", and not 1d"),
                    actual: "the component is \(hex(component.options.encoded, limit: 24))"
                )
            }
        },
        .recorded(
            "flash-crypto/no-ephemeral-key-beside-static",
            "Who has a static key in its certificate sends no ephemeral one.",
            ["RFC7425-4.5.2.1-01"],
            saboteurs: ["ephemeral-key-beside-static"]
        ) { implementation in
            let fixed = try implementation.components().filter { component in
                !(component.certificate?.canonical.values(of: Certificate.OptionType.staticPublicKey.rawValue) ?? [])
                    .isEmpty
            }
            for component in try fixed.evidence("keying component of it beside a static key") {
                try component.options.require(
                    !component.has(.ephemeralPublicKey),
                    expected: "no option of type 0d",
                    actual: "there is one"
                )
            }
        },
        .recorded(
            "flash-crypto/one-ephemeral-key",
            "A keying component has at most one ephemeral key.",
            ["RFC7425-4.5.2.1-03"],
            saboteurs: ["two-ephemeral-keys"]
        ) { implementation in
            for component in try implementation.components() {
                let count = component.values(.ephemeralPublicKey).count
                try component.options.require(
                    count <= 1,
                    expected: "one ephemeral key or none",
                    actual: "there are \(count)"
                )
            }
        },
        .recorded(
            "flash-crypto/group-select-without-key",
            "An initiator selects a group or sends an ephemeral key, not both.",
            ["RFC7425-4.5.2.3-02"],
            saboteurs: ["group-select-beside-key"]
        ) { implementation in
            let initiators = try implementation.components().filter(\.isInitiator)
            for component in try initiators.evidence("keying component of it as initiator") {
                try component.options.require(
                    !component.has(.groupSelect) || !component.has(.ephemeralPublicKey),
                    expected: "an option of type 1d or of type 0d",
                    actual: "there are both"
                )
            }
        },
        .recorded(
            "flash-crypto/one-group-select",
            "An initiator selects at most one group.",
            ["RFC7425-4.5.2.3-03"],
            saboteurs: ["two-group-selects"]
        ) { implementation in
            let selecting = try implementation.components().filter { $0.isInitiator && $0.has(.groupSelect) }
            for component in try selecting.evidence("choice of group by it") {
                let count = component.values(.groupSelect).count
                try component.options.require(count == 1, expected: "one choice of group", actual: "there are \(count)")
            }
        },
        .recorded(
            "flash-crypto/hmac-length-legal",
            "The HMAC length is 4 to 32, and 0 of exactly those who will not send HMACs.",
            ["RFC7425-4.5.2.4-02"],
            saboteurs: ["hmac-length-33", "hmac-length-0-but-sent"]
        ) { implementation in
            let offers = try implementation.components().flatMap { component in
                component.values(.hmacNegotiation).map { (component, $0) }
            }
            for (component, value) in try offers.evidence("option about HMACs by it") {
                var reader = ByteReader(value.span)
                let flags = NegotiationFlags(rawValue: (try? reader.uint8("flags")) ?? 0)
                let length = try? reader.vlu("hmacLength")
                let sends = flags.contains(.willSendAlways) || flags.contains(.willSendOnRequest)
                try component.options.require(
                    length.map { sends ? (4...32).contains($0) : $0 == 0 } ?? false,
                    expected: sends ? "a length of 4 to 32" : "a length of 0",
                    actual: "the option's value is \(hex(value, limit: 8))"
                )
            }
        },
        .recorded(
            "flash-crypto/reserved-fields-zero",
            "Reserved bits of negotiations and of flows' metadata are sent as zero.",
            ["RFC7425-3-01"],
            level: .should,
            saboteurs: ["reserved-negotiation-flags-set", "reserved-metadata-flags-set"]
        ) { implementation in
            var seen = 0
            for component in (try? implementation.components()) ?? [] {
                for value in component.values(.hmacNegotiation) + component.values(.sequenceNumberNegotiation) {
                    seen += 1
                    let bits = (value.first ?? 0) & 0xf8
                    try component.options.require(
                        bits == 0,
                        expected: "the bits f8 of negotiation flags 0",
                        actual: "they are \(hex([bits]))"
                    )
                }
            }
            for (sent, metadata) in implementation.sendingFlows.flatMap(\.metadata)
            where metadata.starts(with: Array("TC".utf8)) && metadata.count > 2 {
                seen += 1
                let bits = metadata[2] & 0xfa
                try sent.require(
                    bits == 0,
                    expected: "the bits fa of metadata flags 0",
                    actual: "they are \(hex([bits]))"
                )
            }
            if seen == 0 { throw Inconclusive(reason: "the capture shows no reserved bits of it") }
        },
    ]
}

extension RecordedImplementation.Component {
    /// The values of the options of a type.
    fileprivate func values(_ type: KeyingComponent.OptionType) -> [[UInt8]] {
        (options.options ?? []).values(of: type.rawValue)
    }

    fileprivate func has(_ type: KeyingComponent.OptionType) -> Bool { !values(type).isEmpty }
}
