import RTMFP

/// RFC 7425 §4.5: session keying components.
enum ComponentCases {
    static let all: [Case] = [
        .opens(
            "rendezvous/flash-crypto/unknown-keying-option-ignored",
            "A keying option of an unknown type is ignored, but goes into the keys as it is.",
            ["RFC7425-4.5.2-01", "RFC7425-4.6.3-03", "RFC7016-2.3.7-05"],
            saboteurs: ["unknown-keying-option-refused", "keys-over-known-options"]
        ) { plan, probe in
            plan.componentOptions = [.value(type: 0x7e, probe.octets(6))]
        },
        .opens(
            "rendezvous/flash-crypto/marker-in-keying-component",
            "A Marker in a keying component means nothing.",
            ["RFC7425-4.5.1-02"],
            level: .observed,
            saboteurs: ["keying-marker-refused", "keys-over-known-options"]
        ) { plan, _ in
            plan.componentOptions = [.marker]
        },
        .opens(
            "rendezvous/flash-crypto/ephemeral-initiator",
            "An initiator with an ephemeral key opens a session.",
            ["RFC7425-4.6.1-01"],
            saboteurs: ["ephemeral-initiator-refused"]
        ) { plan, _ in
            plan.identity = .ephemeralKey
        },
        Case(
            "rendezvous/flash-crypto/keying-options-in-any-order",
            "The options of a keying component may come in any order.",
            ["RFC7425-4.5.1-01"],
            saboteurs: ["keying-order-fixed"],
            setting: .opened,
            .startup { probe in
                let peer = try probe.peer()
                var keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                keying.chunk.sessionKeyInitiatorComponent = Array(keying.component.options.reversed()).encoded
                try probe.session(keying, probe.exchange(keying, from: peer), on: peer).ping()
            }
        ),
        Case(
            "rendezvous/flash-crypto/ephemeral-responder-sends-key",
            "A responder without static key sends an ephemeral one, in the group that the initiator chose.",
            ["RFC7425-4.5.2.1-02", "RFC7425-4.5.2.1-04"],
            needs: [.sessions, .ephemeralKeys],
            saboteurs: ["ephemeral-key-other-group", "static-server-key", "responder-component-repeated"],
            .startup { probe in
                let peer = try probe.newPeer()
                let keying = try given { try probe.keying(for: probe.greet(from: peer)) }
                let answer = try given { try probe.exchange(keying, from: peer) }
                let key = try probe.component(of: answer).ephemeralKey
                try require(
                    key?.group == keying.pair.group.rawValue,
                    expected: "an ephemeral key in group \(keying.pair.group.rawValue)",
                    actual: key.map { "a key in group \($0.group)" } ?? "none"
                )
            }
        ),
        Case(
            "rendezvous/flash-crypto/ephemeral-keys-are-fresh",
            "Every session has an ephemeral key, or salt, of its own.",
            ["RFC7425-4.5.2.1-05", "RFC7425-4.5.2.2-01"],
            saboteurs: ["responder-component-repeated"],
            setting: .opened,
            .startup { probe in
                let first = try probe.open(from: probe.newPeer()).answer.sessionKeyResponderComponent
                let second = try probe.open(from: probe.newPeer()).answer.sessionKeyResponderComponent
                try require(first != second, expected: "two different keying components", actual: "the same twice")
            }
        ),
        Case(
            "rendezvous/flash-crypto/responder-uses-ephemeral-keys",
            "A server uses ephemeral keys, so that what was recorded stays secret.",
            ["RFC7425-7-03"],
            level: .should,
            saboteurs: ["static-server-key", "responder-component-repeated"],
            .startup { probe in
                let certificate = try probe.certificate(of: probe.greet(from: probe.peer()))
                try require(
                    certificate.staticKeys.isEmpty,
                    expected: "ephemeral groups in the certificate",
                    actual: "static keys"
                )
            }
        ),
        .refuses(
            "rendezvous/flash-crypto/truncated-keying-option-refused",
            "An IIKeying whose keying component has an option that does not fit is ignored.",
            ["RFC7425-3-04", "RFC7016-3.5.1.1.2-11"],
            saboteurs: ["truncated-component-accepted"]
        ) { keying in
            keying.chunk.sessionKeyInitiatorComponent += [0x20, 0x0e]
        },
        .refuses(
            "rendezvous/flash-crypto/component-without-key-refused",
            "An IIKeying whose keying component selects no Diffie-Hellman key is ignored.",
            ["RFC7016-3.5.1.1.2-11"],
            saboteurs: ["component-without-key-accepted"]
        ) { keying in
            var component = keying.component
            component.groupSelect = nil
            keying.chunk.sessionKeyInitiatorComponent = component.encoded
        },
        .refuses(
            "rendezvous/flash-crypto/group-without-key-refused",
            "A selection of a group in which the initiator's certificate has no key is not acceptable.",
            ["RFC7425-4.5.2.3-04"],
            saboteurs: ["group-select-unchecked"],
            change: { keying in
                var component = keying.component
                component.groupSelect = DiffieHellmanGroup.modp2048.rawValue
                keying.chunk.sessionKeyInitiatorComponent = component.encoded
            },
            plan: { plan, _ in plan.group = .modp1024 }
        ),
        .refuses(
            "rendezvous/flash-crypto/unknown-group-refused",
            "A selection of a group that does not exist is not acceptable.",
            ["RFC7425-4.5.2.3-04"],
            saboteurs: ["group-select-unchecked"]
        ) { keying in
            var component = keying.component
            component.groupSelect = 99
            keying.chunk.sessionKeyInitiatorComponent = component.encoded
        },
        hmacLengthRefused(0), hmacLengthRefused(3), hmacLengthRefused(33),
    ]

    private static func hmacLengthRefused(_ length: UInt64) -> Case {
        .refuses(
            "rendezvous/flash-crypto/hmac-of-\(length)-octets-refused",
            "An end that will send HMACs of fewer than 4 or more than 32 octets is not acceptable.",
            ["RFC7425-4.5.2.4-03"],
            saboteurs: ["hmac-length-of-any-size"],
            plan: { plan, _ in
                plan.hmac = .willSendAlways
                plan.hmacLength = length
            }
        )
    }
}
