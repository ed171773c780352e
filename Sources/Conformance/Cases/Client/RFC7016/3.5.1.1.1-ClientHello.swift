import RTMFP

/// RFC 7016 §3.5.1.1.1: the initiator's IHello, its tag and its schedule.
enum ClientHelloCases {
    static let all: [Case] = [
        .client(
            "startup/tag-of-8-octets",
            "The tag has 8 octets at least.",
            ["RFC7016-3.5.1.1.1-03"],
            level: .should,
            saboteurs: ["tag-of-4-octets"],
            .reception { reception in
                let count = reception.hello.tag.count
                try require(count >= 8, expected: "a tag of 8 octets or more", actual: "\(count) octets")
            }
        ),
        .client(
            "startup/tags-unlike",
            "The tags of three attempts have nothing in common: no two agree in half of their octets.",
            ["RFC7016-3.5.1.1.1-03"],
            level: .should,
            saboteurs: ["tag-constant", "tag-with-constant-beginning"],
            setting: .cold,
            .startup { probe in
                var tags: [[UInt8]] = []
                for _ in 0..<3 {
                    let reception = try given { try probe.receive() }
                    try given { try reception.open().ping() }
                    tags.append(reception.hello.tag)
                }
                for (index, tag) in tags.enumerated() {
                    for other in tags[..<index] {
                        let alike = zip(tag, other).count { $0 == $1 }
                        try require(
                            2 * alike <= max(tag.count, other.count),
                            expected: "tags that nobody can guess",
                            actual: "\(hex(other)) and \(hex(tag))"
                        )
                    }
                }
            }
        ),
        .client(
            "startup/ihello-repeated",
            "An IHello that is not answered is sent again, with the same endpoint discriminator and tag.",
            ["RFC7016-3.5.1.1.1-05"],
            saboteurs: ["ihello-sent-once", "ihello-repeated-with-new-tag"],
            .reception { reception in
                let mark = reception.door.heard.count
                let again = try reception.door.expect("an IHello again", within: .seconds(6), from: mark) { heard in
                    heard.first(\.asIHello)
                }
                try requireEqual(again.payload, reception.hello.payload, "IHello")
            }
        ),
        .client(
            "startup/ihello-backoff",
            "From one IHello to the next it takes 1.5 seconds longer than before, at least.",
            ["RFC7016-3.5.1.1.1-05"],
            level: .should,
            saboteurs: ["ihello-sent-once", "hello-every-second", "hello-backoff-too-gentle"],
            .reception { reception in
                let times = try reception.times(of: "IHello", at: reception.door) { $0.first(\.asIHello) != nil }
                try requireBackoff(times, of: "IHello")
            }
        ),
        .client(
            "startup/nothing-before-rhello",
            "As long as no RHello has come, the client sends no IIKeying.",
            ["RFC7016-2.3.7-01"],
            saboteurs: ["iikeying-unasked"],
            .reception { reception in
                let door = reception.door
                try given { _ = try reception.expectHello(at: door, within: .seconds(6)) }
                try door.wait(.milliseconds(100))
                if let early = door.heard.first(where: { $0.first(\.asIIKeying) != nil }) {
                    throw Unmet(expected: "no IIKeying before an RHello", actual: early.summary)
                }
            }
        ),
        .client(
            "startup/every-address-of-a-name",
            "Where the host of the URI has several addresses, all of them are asked.",
            ["RFC7016-3.5.1.1.1-04", "RFC7425-6.1-02"],
            level: .should,
            saboteurs: ["first-address-only"],
            setting: .cold,
            .startup { probe in
                let (visit, doors) = try probe.call(Call(.name))
                // Whichever is asked first is up to the client.
                for door in doors {
                    do {
                        _ = try probe.receive(visit, at: door)
                    } catch let unmet as Unmet {
                        guard doors.contains(where: { $0.far != nil }) else { throw Obstructed(unmet: unmet) }
                        throw Unmet(expected: "an IHello at \(door.localAddress)", actual: unmet.actual)
                    }
                }
            }
        ),
    ]
}

extension Reception {
    /// When the client sent what is repeated as long as nobody answers: four times, or as often as it did in 12 seconds,
    /// but three times at least, or the case has failed.
    func times(of what: String, at peer: Peer, _ isIt: @escaping (Heard) -> Bool) throws -> [Instant] {
        let end = peer.now + .seconds(12)
        func times() -> [Instant] { peer.heard.filter(isIt).map(\.at) }
        while times().count < 4, try peer.hear(until: end) != nil {}
        let found = times()
        try require(
            found.count >= 3,
            expected: "three \(what)s or more within 12 s",
            actual: "\(found.count)"
        )
        return found
    }
}
