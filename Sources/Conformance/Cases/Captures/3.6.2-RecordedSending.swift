import Capture
import RTMFP

/// RFC 7016 §3.6.2, §2.3.11: how the fragments of a flow follow each other.
enum RecordedSendingCases {
    static let all: [Case] = [
        .recorded(
            "flow/messages-in-contiguous-fragments",
            "A message is a whole fragment, or one that begins it, others within it and one that ends it, numbered in a row.",
            ["RFC7016-2.3.11-04", "RFC7016-2.3.11-05"],
            saboteurs: ["message-without-end", "message-without-begin"]
        ) { implementation in
            for flow in try implementation.sendingFlows.evidence("user data of it") {
                let known = Dictionary(flow.transmissions.map { ($0.number, $0) }) { first, _ in first }
                for (number, sent) in known.sorted(by: { $0.key < $1.key }) where sent.hasData {
                    guard let next = known[number &+ 1], next.hasData else { continue }
                    try next.require(
                        sent.isFollowedInMessage == next.continuesMessage,
                        expected: sent.isFollowedInMessage
                            ? "the message of number \(number) to go on" : "another message to begin",
                        actual: "after “\(sent.control)”, number \(next.number) is “\(next.control)”"
                    )
                }
            }
        },
        .recorded(
            "flow/numbers-without-gaps",
            "Fragments have contiguous sequence numbers.",
            ["RFC7016-2.3.11-08"],
            level: .should,
            saboteurs: ["number-left-out"]
        ) { implementation in
            let flows = implementation.wholeFlows.filter { $0.hasAllPackets ?? true }
            for flow in try flows.evidence("flow of it from its beginning, with nothing lost before the capture") {
                let sent = Set(flow.transmissions.map(\.number))
                let forward = flow.transmissions.map(\.forward).max() ?? 0
                // Below data only: what is abandoned before it was sent may leave the last numbers of a flow out.
                let highest = flow.transmissions.filter(\.hasData).map(\.number).max()
                guard let highest, let last = flow.transmissions.last, highest > forward,
                    highest - forward < 1 << 20
                else { continue }
                for number in ((forward + 1)...highest).lazy.filter({ !sent.contains($0) }).prefix(16) {
                    // A number that the capture missed arrives in the end; one that was never given out does not.
                    let reports = flow.acknowledgements.filter { $0.highest > number }
                    try last.require(
                        reports.count < 3 || reports.contains { $0.contains(number) },
                        expected: "number \(number) of flow \(flow.id) sent before, or abandoned",
                        actual: "it was never sent, and \(reports.count) acknowledgements miss it"
                    )
                }
            }
        },
        .recorded(
            "flow/nothing-below-forward-number",
            "No fragment with a number up to the Forward Sequence Number is sent any more.",
            ["RFC7016-2.3.11-16"],
            saboteurs: ["sent-below-forward-number"]
        ) { implementation in
            for flow in try implementation.sendingFlows.evidence("user data of it") {
                var forward: UInt64 = 0
                var announced: RecordedPacket?
                for sent in flow.transmissions {
                    // A chunk that is abandoned says again that nothing comes.
                    if sent.hasData, let announced, sent.packet.isKnownToFollow(announced) {
                        try sent.require(
                            sent.number > forward,
                            expected: "numbers above \(forward) on flow \(flow.id), as frame "
                                + "\(announced.datagram.frame) says",
                            actual: "number \(sent.number) is sent"
                        )
                    }
                    if sent.forward > forward { (forward, announced) = (sent.forward, sent.packet) }
                }
            }
        },
        .recorded(
            "flow/numbers-not-reused",
            "A sequence number stands for one fragment, whose octets never change.",
            ["RFC7016-3.6.1.2-03"],
            saboteurs: ["number-used-again"]
        ) { implementation in
            for flow in try implementation.sendingFlows.evidence("user data of it") {
                var known: [UInt64: RecordedFlow.Transmission] = [:]
                for sent in flow.transmissions where sent.hasData {
                    guard let first = known.updateValue(sent, forKey: sent.number) else { continue }
                    try sent.require(
                        first.fragment.userData == sent.fragment.userData,
                        expected: "number \(sent.number) of flow \(flow.id) as in frame \(first.packet.datagram.frame)",
                        actual: "it is \(hex(sent.fragment.userData, limit: 12)), not "
                            + hex(first.fragment.userData, limit: 12)
                    )
                }
            }
        },
        .recorded(
            "flow/lower-numbers-first",
            "Fragments are sent in the order of their numbers.",
            ["RFC7016-3.6.1.2-04"],
            level: .should,
            saboteurs: ["higher-numbers-first"]
        ) { implementation in
            let flows = implementation.sendingFlows.filter { $0.hasAllPackets ?? true }
            for flow in try flows.evidence("user data of it with nothing lost before the capture") {
                let answers = flow.acknowledgements.map(\.packet.number)
                var known: Set<UInt64> = []
                var highest: RecordedFlow.Transmission?
                var inverted: [RecordedFlow.Transmission] = []
                for sent in flow.transmissions where sent.hasData && known.insert(sent.number).inserted {
                    guard let before = highest, sent.number < before.number else {
                        highest = sent
                        continue
                    }
                    // What was lost before the capture seems to be sent late. Without session sequence numbers, only what
                    // comes before any acknowledgement is certainly no repetition.
                    let (first, second) = (before.packet, sent.packet)
                    let isRepetition =
                        flow.hasAllPackets == nil
                        && answers.count(upTo: first.number) != answers.count(upTo: second.number)
                    if !isRepetition, first === second || second.isKnownToFollow(first) { inverted.append(sent) }
                }
                guard let first = inverted.first else { continue }
                let others = "\(inverted.count - 1) others of \(known.count)"
                try first.require(
                    inverted.count * 10 <= known.count,
                    expected: "lower numbers of flow \(flow.id) first",
                    actual: "number \(first.number) and \(others) come after higher ones"
                )
            }
        },
        .recorded(
            "flow/contiguous-fragments-compact",
            "Of contiguous fragments in one packet, those after the first are in Next User Data chunks.",
            ["RFC7016-3.6.2.3.2-01"],
            level: .should,
            saboteurs: ["next-user-data-unused"]
        ) { implementation in
            var pairs: [(RecordedPacket, DataFragment)] = []
            for packet in implementation.sentInSessions {
                for (first, second) in zip(packet.fragments, packet.fragments.dropFirst())
                where second.goesOn(from: first) {
                    pairs.append((packet, second))
                }
            }
            for (packet, second) in try pairs.evidence("contiguous fragments of it in one packet") {
                let isNext = if case .nextUserData = packet.chunks[second.chunk] { true } else { false }
                try packet.require(
                    isNext,
                    expected: "a Next User Data chunk with number \(second.sequenceNumber) of flow \(second.flowID)",
                    actual: "it is User Data"
                )
            }
        },
        .recorded(
            "flow/final-number-last",
            "A flow ends with a fragment that is marked as final; no number is above it.",
            ["RFC7016-3.6.2.11-01"],
            saboteurs: ["data-after-final"]
        ) { implementation in
            let finals = implementation.sendingFlows.compactMap { flow in
                flow.transmissions.first { $0.fragment.flags.final }.map { (flow, $0) }
            }
            for (flow, final) in try finals.evidence("flow of it that ends") {
                for sent in flow.transmissions {
                    try sent.require(
                        sent.number <= final.number,
                        expected: "no number above \(final.number), the final one of flow \(flow.id)",
                        actual: "number \(sent.number) is sent"
                    )
                }
            }
        },
    ]
}

extension RecordedFlow.Transmission {
    /// Which part of its message it is.
    var control: FragmentControl { fragment.flags.fragmentControl }

    /// Whether the next number belongs to the same message.
    var isFollowedInMessage: Bool { control == .begin || control == .middle }

    /// Whether the number before belongs to the same message.
    var continuesMessage: Bool { control == .middle || control == .end }
}

extension DataFragment {
    /// Whether Next User Data could carry it after `other`.
    fileprivate func goesOn(from other: DataFragment) -> Bool {
        flowID == other.flowID && forwardSequenceNumber == other.forwardSequenceNumber
            && sequenceNumber == other.sequenceNumber &+ 1
    }
}
