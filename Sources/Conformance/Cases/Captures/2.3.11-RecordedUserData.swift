import Capture
import RTMFP

/// RFC 7016 §2.3.11 to §2.3.13: what data chunks and their options say, each for itself.
enum RecordedUserDataCases {
    static let all: [Case] = [
        .recorded(
            "flow/first-number-is-1",
            "The first sequence number of a flow is 1.",
            ["RFC7016-2.3.11-09", "RFC7016-3.6.2-02"],
            level: .should,
            saboteurs: ["flow-begins-with-2", "flow-begins-with-0"]
        ) { implementation in
            let flows = implementation.wholeFlows.filter { $0.hasAllPackets ?? true }
            for flow in try flows.evidence("flow of it from its beginning, with nothing lost before the capture") {
                guard let first = flow.transmissions.min(by: { $0.number < $1.number }) else { continue }
                try first.require(first.number == 1, expected: "sequence number 1", actual: "it is \(first.number)")
            }
        },
        .recorded(
            "flow/no-number-0",
            "The sequence numbers of a flow are greater than 0.",
            ["RFC7016-2.3.11-10"],
            saboteurs: ["flow-begins-with-0"]
        ) { implementation in
            for sent in try implementation.transmissions.evidence("user data of it") {
                try sent.require(
                    sent.number > 0,
                    expected: "a number above 0",
                    actual: "flow \(sent.flow) has number 0"
                )
            }
        },
        .recorded(
            "flow/fsn-offset-0-abandons",
            "fsnOffset is 0 only in chunks that are marked as abandoned.",
            ["RFC7016-2.3.11-13"],
            saboteurs: ["fsn-offset-0-with-data", "flow-begins-with-0"]
        ) { implementation in
            for sent in try implementation.transmissions.evidence("user data of it") where sent.hasData {
                try sent.require(
                    sent.forward < sent.number,
                    expected: "fsnOffset above 0, or the abandon flag",
                    actual: "number \(sent.number) of flow \(sent.flow) has neither"
                )
            }
        },
        .recorded(
            "flow/fsn-offset-not-negative",
            "fsnOffset is not greater than the sequence number.",
            ["RFC7016-2.3.11-14"],
            saboteurs: ["fsn-offset-beyond-number"]
        ) { implementation in
            _ = try implementation.transmissions.evidence("user data of it")
            for packet in implementation.sentInSessions {
                for case .malformed(.userData, let payload, let error) in packet.chunks {
                    try packet.require(
                        error.path != ["fsnOffset"],
                        expected: "an fsnOffset up to the sequence number",
                        actual: "User Data \(hex(payload, limit: 12)): \(error)"
                    )
                }
            }
        },
        .recorded(
            "flow/abandoned-without-octets",
            "A fragment that is marked as abandoned carries no octets.",
            ["RFC7016-3.6.2.3-04"],
            saboteurs: ["abandoned-with-octets"]
        ) { implementation in
            let abandoned = implementation.transmissions.filter { !$0.hasData }
            for sent in try abandoned.evidence("abandoned fragment of it") {
                try sent.require(
                    sent.fragment.userData.isEmpty,
                    expected: "no octets",
                    actual: "number \(sent.number) of flow \(sent.flow) has \(sent.fragment.userData.count)"
                )
            }
        },
        .recorded(
            "flow/begins-with-metadata",
            "Every flow has metadata, sent with its first fragment.",
            ["RFC7016-2.3.11.1.1-01"],
            saboteurs: ["flow-without-metadata"]
        ) { implementation in
            for flow in try implementation.wholeFlows.evidence("flow of it from its beginning") {
                guard let first = flow.transmissions.first else { continue }
                try first.require(
                    !first.fragment.metadata.isEmpty,
                    expected: "an option 0x00 in the first chunk of flow \(flow.id)",
                    actual: "it has " + (first.fragment.options == nil ? "no options" : "other options only")
                )
            }
        },
        .recorded(
            "options/metadata-once-a-packet",
            "A packet carries a flow's metadata at most once.",
            ["RFC7016-2.3.11.1.1-03"],
            level: .should,
            saboteurs: ["metadata-twice-a-packet"]
        ) { implementation in
            try implementation.requireOnceAPacket("metadata", of: \.metadata)
        },
        .recorded(
            "options/metadata-up-to-512-octets",
            "Metadata does not exceed 512 octets.",
            ["RFC7016-2.3.11.1.1-05"],
            level: .should,
            saboteurs: ["metadata-of-513-octets"]
        ) { implementation in
            for (sent, value) in try implementation.sendingFlows.flatMap(\.metadata).evidence("metadata of it") {
                try sent.require(
                    value.count <= 512,
                    expected: "metadata of at most 512 octets",
                    actual: "that of flow \(sent.flow) has \(value.count)"
                )
            }
        },
        .recorded(
            "options/association-only-until-acknowledged",
            "A return flow association is sent at most once a packet, and no more once the flow is acknowledged.",
            ["RFC7016-2.3.11.1.2-03"],
            level: .should,
            saboteurs: ["association-twice-a-packet", "association-after-acknowledgement", "two-associations"]
        ) { implementation in
            try implementation.requireOnceAPacket("a return flow association", of: \.associations)
            for flow in implementation.sendingFlows {
                var acknowledged: [Instant] = []
                for event in flow.events {
                    switch event {
                    // The first may be lost behind the place of capture, or still be on its way.
                    case .acknowledged(let acknowledgement) where acknowledged.count < 3:
                        acknowledged.append(acknowledgement.packet.time)
                    case .acknowledged, .rejected: break
                    case .sent(let sent) where !sent.fragment.associations.isEmpty:
                        try sent.require(
                            acknowledged.count < 3 || sent.packet.time - acknowledged[2] <= .seconds(1),
                            expected: "no association once the flow was acknowledged",
                            actual: "flow \(flow.id) was acknowledged three times more than a second before"
                        )
                    case .sent: break
                    }
                }
            }
        },
        .recorded(
            "flow/one-association",
            "A flow indicates at most one return association.",
            ["RFC7016-2.3.11.1.2-04", "RFC7016-3.6.1.1-04"],
            saboteurs: ["two-associations", "association-changes"]
        ) { implementation in
            let flows = implementation.sendingFlows.filter {
                $0.transmissions.contains { !$0.fragment.associations.isEmpty }
            }
            for flow in try flows.evidence("flow of it with a return association") {
                var known: [UInt8]?
                for sent in flow.transmissions {
                    for value in sent.fragment.associations {
                        try sent.require(
                            known == nil || known == value,
                            expected: "the association \(hex(known ?? [])) of flow \(flow.id), and no other",
                            actual: "it is \(hex(value))"
                        )
                        known = value
                    }
                }
            }
        },
        .recorded(
            "flow/association-from-the-beginning",
            "A return association is indicated with the first fragment of a flow, and never added later.",
            ["RFC7016-2.3.11.1.2-05"],
            saboteurs: ["association-added-later"]
        ) { implementation in
            let flows = implementation.wholeFlows.filter {
                $0.transmissions.contains { !$0.fragment.associations.isEmpty }
            }
            for flow in try flows.evidence("flow of it with a return association, from its beginning") {
                guard let first = flow.transmissions.first,
                    let later = flow.transmissions.first(where: { !$0.fragment.associations.isEmpty })
                else { continue }
                try later.require(
                    !first.fragment.associations.isEmpty,
                    expected: "the return association of flow \(flow.id) with its first fragment",
                    actual: "only number \(later.number) has it"
                )
            }
        },
        .recorded(
            "flow/next-user-data-follows-data",
            "In each packet, the first fragment of a flow is in a User Data chunk, which Next User Data goes on from.",
            ["RFC7016-2.3.12-02", "RFC7016-3.6.2.3.2-02"],
            saboteurs: ["next-user-data-first"]
        ) { implementation in
            let isNext = { (chunk: Chunk) in if case .nextUserData = chunk { true } else { false } }
            let packets = implementation.sentInSessions.filter { $0.chunks.contains(where: isNext) }
            for packet in try packets.evidence("Next User Data of it") {
                let carried = Set(packet.fragments.map(\.chunk))
                let lost = packet.chunks.enumerated().first { isNext($0.element) && !carried.contains($0.offset) }
                try packet.require(
                    lost == nil,
                    expected: "User Data before Next User Data",
                    actual: "chunk \((lost?.offset ?? 0) + 1) is Next User Data, and no data chunk precedes it"
                )
            }
        },
        .recorded(
            "ack/window-in-blocks",
            "bufferBlocksAvailable counts blocks of 1024 octets.",
            ["RFC7016-2.3.13-05"],
            level: .observed,
            saboteurs: ["window-in-octets"]
        ) { implementation in
            let sent = implementation.sessions.flatMap(\.receivingFlows).flatMap(\.acknowledgements)
            for acknowledgement in try sent.evidence("acknowledgement of it") {
                // Nobody is known to keep 64 MiB for a flow; who counts octets says so of 64 KiB.
                try acknowledgement.packet.require(
                    acknowledgement.blocks < 65_536,
                    expected: "a number of blocks below 65536, which are 64 MiB",
                    actual: "it is \(acknowledgement.blocks)"
                )
            }
        },
    ]
}

extension RecordedFlow.Transmission {
    /// The flow that it belongs to.
    var flow: UInt64 { fragment.flowID }
}

extension RecordedImplementation {
    /// Fails if a packet carries an option of a flow more than once.
    fileprivate func requireOnceAPacket(_ name: String, of option: (DataFragment) -> [[UInt8]]) throws {
        let carriers = sentInSessions.filter { $0.fragments.contains { !option($0).isEmpty } }
        for packet in try carriers.evidence("option of it with \(name)") {
            var count: [UInt64: Int] = [:]
            for fragment in packet.fragments { count[fragment.flowID, default: 0] += option(fragment).count }
            let repeated = count.filter { $0.value > 1 }.min { $0.key < $1.key }
            try packet.require(
                repeated == nil,
                expected: "\(name) once for each flow",
                actual: "it comes \(repeated?.value ?? 0) times for flow \(repeated?.key ?? 0)"
            )
        }
    }
}
