internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of viewers who are introduced to each other.
extension ServerStory {
    static let introductions = [introduction] + otherIntroductions

    private static let introduction = ServerStory(
        name: "introduced",
        comment:
            "who looks for a viewer is told where it was seen, and where it says that it is; the viewer is told who looks for it",
        section: ["RFC 7425 §5.4.1", "RFC 7016 §3.5.1.4", "RFC 7016 §3.5.1.5", "RFC 7016 §3.5.1.6"],
        requirements: [
            "RFC7425-5.4.1-02", "RFC7016-3.5.1.4-02", "RFC7016-3.5.1.5-02", "RFC7016-3.5.1.5-03", "RFC7016-3.5.1.6-01",
            "RFC7016-3.5.1.6-03", "RFC7016-3.5.1.6-04", "RDV-011",
        ],
        faults: [
            Fault(
                name: "redirect.tag",
                error: .mismatch,
                requirements: ["RFC7016-3.5.1.4-02"],
                reason: "the Redirect has the tag of no IHello",
                place: ["act": "redirect"],
                end: "bob",
                change: .octets { [$0[0], $0[1] ^ 1] + $0.dropFirst(2) }
            ),
            Fault(
                name: "redirect.empty",
                error: .value,
                requirements: ["RFC7016-3.5.1.6-03"],
                reason: "the Redirect has no addresses",
                place: ["act": "redirect"],
                end: "bob",
                change: .cut(to: 17)
            ),
            Fault(
                name: "redirect.truncated",
                error: .truncated,
                requirements: ["RFC7016-2.3.5-01"],
                reason: "the Redirect ends within an address",
                place: ["act": "redirect"],
                end: "bob",
                change: .cut(to: 20)
            ),
            Fault(
                name: "redirect.observed",
                error: .value,
                requirements: ["RFC7016-3.5.1.6-03"],
                reason: "the address at which the viewer was seen is another",
                place: ["act": "redirect"],
                end: "bob",
                change: .octets([192, 0, 2, 1], [192, 0, 2, 9])
            ),
            Fault(
                name: "redirect.end",
                error: .mismatch,
                requirements: ["RFC7016-3.5.1.4-02"],
                reason: "the Redirect goes to the viewer that is looked for",
                place: ["act": "redirect"],
                end: "bob",
                change: .member("end", "alice")
            ),
            Fault(
                name: "forward.tag",
                error: .mismatch,
                requirements: ["RFC7016-3.5.1.5-03"],
                reason: "what is forwarded has the tag of no IHello",
                place: ["act": "forward"],
                end: "alice",
                change: .octets { $0.dropLast() + [2] }
            ),
            Fault(
                name: "forward.reply",
                error: .value,
                requirements: ["RFC7016-3.5.1.5-03"],
                reason: "the reply address is the server's",
                place: ["act": "forward"],
                end: "alice",
                change: .octets([192, 0, 2, 2], [192, 0, 2, 80])
            ),
            Fault(
                name: "forward.discriminator",
                error: .value,
                requirements: ["RFC7016-3.5.1.5-03"],
                reason: "the endpoint discriminator is another",
                place: ["act": "forward"],
                end: "alice",
                change: .octets { $0.prefix(34) + [$0[34] ^ 1] + $0.dropFirst(35) }
            ),
            Fault(
                name: "forward.end",
                error: .missing,
                requirements: ["RFC7016-3.5.1.5-02"],
                reason: "it is forwarded to who looks, not to the viewer that is looked for",
                place: ["act": "forward"],
                end: "alice",
                change: .member("end", "bob")
            ),
        ]
    ) { scene in
        try scene.join("alice")
        try scene.tell("alice", ["192.0.2.1:40001", "10.0.0.7:50001"])
        try scene.join("bob")
        let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
        try scene.expectIntroduction(of: "alice", to: "bob", tag, at: ["10.0.0.7:50001"])
    }

    private static let otherIntroductions = [
        ServerStory(
            name: "introduced.silent-about-address",
            comment: "a viewer that has told no addresses is introduced at the one where it was seen",
            section: ["RFC 7425 §5.3.3", "RFC 7425 §5.4.1", "RFC 7016 §3.5.1.6"],
            requirements: ["RFC7016-3.5.1.6-01", "RFC7016-3.5.1.6-03", "RDV-011"]
        ) { scene in
            try scene.join("alice")
            let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
            try scene.expectIntroduction(of: "alice", to: "bob", tag)
        },
        ServerStory(
            name: "introduced.addresses",
            comment:
                "addresses of a command of type 17, one of IPv6 in brackets; what is no address is skipped",
            section: ["RFC 7425 §5.3.3", "RFC 7425 §5.4.1"],
            requirements: ["RFC7425-5.3.3-08", "RFC7425-5.3.3-10", "RFC7425-5.3.3-11", "RDV-011"]
        ) { scene in
            try scene.join("alice")
            let told = ["garbage", "10.0.0.7:50001", "10.0.0.8", "[2001:db8::7]:50001", ":1", "10.0.0.9:99999"]
            try scene.tell("alice", told, form: .extended)
            scene.expectAdvice("alice")
            let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
            try scene.expectIntroduction(
                of: "alice",
                to: "bob",
                tag,
                at: ["10.0.0.7:50001", "[2001:db8::7]:50001"]
            )
        },
        ServerStory(
            name: "introduced.replaced",
            comment: "the addresses that are told later stand in the place of those told before",
            section: ["RFC 7425 §5.3.3"],
            requirements: ["RFC7425-5.3.3-12"],
            faults: [
                Fault(
                    name: "former",
                    error: .value,
                    requirements: ["RFC7425-5.3.3-12"],
                    reason: "the Redirect has the address that was told before",
                    place: ["act": "redirect"],
                    end: "bob",
                    change: .octets([10, 0, 0, 8], [10, 0, 0, 7])
                )
            ]
        ) { scene in
            try scene.join("alice")
            try scene.tell("alice", ["10.0.0.7:50001"])
            try scene.tell("alice", ["10.0.0.8:50001"])
            let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
            try scene.expectIntroduction(of: "alice", to: "bob", tag, at: ["10.0.0.8:50001"], only: true)
        },
        ServerStory(
            name: "introduced.again",
            comment: "each IHello is answered and forwarded, whether the same again or that of somebody else",
            section: ["RFC 7016 §3.5.1.5", "RFC 7016 §3.5.1.6"],
            requirements: ["RFC7016-3.5.1.5-04", "RDV-011"],
            clients: ["alice", "bob", "carol"]
        ) { scene in
            try scene.join("alice")
            let other = [UInt8](repeating: 2, count: 16)
            for (tag, end) in [(ServerScene.firstTag, "bob"), (ServerScene.firstTag, "bob"), (other, "carol")] {
                let tag = try scene.seek(try scene.id(of: "alice").octets, by: end, tag: tag)
                try scene.expectIntroduction(of: "alice", to: end, tag)
            }
        },
        ServerStory(
            name: "introduced.odd",
            comment: "an IHello with an option that nobody knows, and a tag of 3 octets, is forwarded as it is",
            section: ["RFC 7016 §2.3.3", "RFC 7016 §3.5.1.5"],
            requirements: ["RFC7016-2.3.3-05", "RFC7016-2.3.3-06", "RFC7016-3.5.1.5-03"],
            faults: [
                Fault(
                    name: "rebuilt",
                    error: .value,
                    requirements: ["RFC7016-2.3.3-05"],
                    reason: "the option is left out",
                    place: ["act": "forward"],
                    end: "alice",
                    change: .octets { [34] + $0[1..<35] + $0[38...] }
                ),
                Fault(
                    name: "padded",
                    error: .mismatch,
                    requirements: ["RFC7016-2.3.3-06"],
                    reason: "the tag is made longer",
                    place: ["act": "forward"],
                    end: "alice",
                    change: .octets { $0 + [0] }
                ),
            ]
        ) { scene in
            try scene.join("alice")
            let options: [UInt8] = [2, 0x63, 7]
            let id = try scene.id(of: "alice").octets
            let tag = try scene.seek(id, options, by: "bob", tag: [7, 8, 9])
            try scene.expectIntroduction(of: "alice", to: "bob", tag, options: options)
        },
        ServerStory(
            name: "introduced.unknown",
            comment: "who looks for somebody who is not there is told nothing, nor is anybody else",
            section: ["RFC 7425 §5.4.1", "RFC 7016 §3.5.1.4", "tracker-protocol §8.8"],
            requirements: ["RFC7425-5.4.1-03", "RFC7016-3.5.1.4-03"]
        ) { scene in
            try scene.join("alice")
            try scene.join("bob")
            let tag = try scene.seek([UInt8](repeating: 0x5a, count: 32), by: "bob")
            for end in ["alice", "bob"] {
                scene.forbid(end, ["act": "redirect", "tag": .hex(tag)], "RFC 7016 §3.5.1.4")
                scene.forbid(end, ["act": "forward", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            }
            try scene.isAlive("bob")
        },
        ServerStory(
            name: "introduced.not-connected",
            comment: "nobody is introduced who has a session, but was refused",
            section: ["RFC 7425 §5.4.1"],
            requirements: ["RFC7425-5.4.1-03", "RDV-008"]
        ) { scene in
            try scene.open("alice")
            try scene.connect("alice", [])
            try scene.join("bob")
            let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
            scene.forbid("bob", ["act": "redirect", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            scene.forbid("alice", ["act": "forward", "tag": .hex(tag)], "RFC 7425 §5.4.1")
        },
        ServerStory(
            name: "introduced.usurped",
            comment: "somebody else with the ID of a viewer does not take its place, whether it is accepted or not",
            section: ["RFC 7425 §5.3"],
            requirements: ["RFC7425-5.3-02"],
            clients: ["alice", "bob", "mallory"],
            twins: ["mallory"]
        ) { scene in
            try scene.join("alice")
            try scene.open("mallory")
            try scene.connect("mallory")
            try scene.join("bob")
            let tag = try scene.seek(try scene.id(of: "alice").octets, by: "bob")
            try scene.expectIntroduction(of: "alice", to: "bob", tag)
            try scene.isAlive("alice")
        },
    ]
}
