import Flash
import RTMFP

/// RFC 7016 §2.3.11, §3.6.3: what a client makes of the server's flows.
///
/// The message that a client certainly acts on is the _result of its `connect`: whoever got it goes on and says something.
enum ClientReceivingCases {
    static let all: [Case] = [
        admitted(
            "fragments-make-a-message",
            "A message in three fragments, begin, middle and end, is delivered as one.",
            ["RFC7016-2.3.11-01", "RFC7016-3.6.1.2-01"],
            ["client-loses-fragments"]
        ) { flow, parts in
            try flow.deliver(
                packets: [
                    [flow.fragment(parts[0], .begin)], [flow.fragment(parts[1], .middle)],
                    [flow.fragment(parts[2], .end)],
                ],
                upTo: 3
            )
        },
        admitted(
            "fragments-in-any-order",
            "The fragments of a message may arrive in any order.",
            ["RFC7016-3.6.1.2-02", "RFC7016-3.6.3.3-04"],
            ["client-loses-fragments", "client-loses-what-is-reordered"]
        ) { flow, parts in
            let begin = flow.fragment(parts[0], .begin, number: 1)
            let middle = flow.fragment(parts[1], .middle, number: 2)
            let end = flow.fragment(parts[2], .end, number: 3)
            try flow.deliver(packets: [[end], [middle], [begin]], upTo: 3)
        },
        admitted(
            "next-user-data-continues-flow",
            "Next User Data belongs to the flow of the chunk before it, with the next sequence number.",
            ["RFC7016-2.3.12-01", "RFC7016-2.3.12-06"],
            ["client-loses-fragments", "client-ignores-next-user-data"]
        ) { flow, parts in
            let first = flow.fragment(parts[0], .begin)
            try flow.deliver([first, flow.next(parts[1], .middle), flow.next(parts[2], .end)], upTo: 3)
        },
        admitted(
            "first-number-need-not-be-1",
            "A flow may begin with any sequence number: the forward sequence number says what is not to come.",
            ["RFC7016-2.3.11-11", "RFC7016-3.6.2.7.1-02"],
            ["client-ignores-forward-number"]
        ) { flow, parts in
            try flow.deliver([flow.fragment(parts.flatMap(\.self), number: 5, forward: 4)], upTo: 5)
        },
        admitted(
            "options/unknown-option-from-8192-ignored",
            "An option of a type of 8192 or more that nobody knows is ignored.",
            ["RFC7016-2.3.11.1-03"],
            ["client-rejects-high-options"]
        ) { flow, parts in
            let options = flow.startupOptions + [.value(type: 8192, [1, 2, 3])]
            try flow.deliver([flow.fragment(parts.flatMap(\.self), options: options)], upTo: 1)
        },
        rejected(
            "options/unknown-option-below-8192-rejects-flow",
            "A flow that opens with an option of a type below 8192 that nobody knows is rejected.",
            ["RFC7016-2.3.11.1-02", "RFC7016-3.6.3.1-05"],
            ["client-ignores-low-options"]
        ) { [.metadata(FlowMetadata(streamID: 0).encoded), .association($0), .value(type: 0x1ffe, [1])] },
        rejected(
            "flow/flow-without-metadata-rejected",
            "A flow that opens without metadata is rejected.",
            ["RFC7016-3.6.3.1-02", "RFC7016-2.3.16-01"],
            ["client-requires-no-metadata"]
        ) { [.association($0)] },
        rejected(
            "flow/association-to-no-flow-rejected",
            "A flow that names a flow of the client's that does not exist is rejected.",
            ["RFC7016-2.3.11.1.2-06", "RFC7016-3.6.3.1-03"],
            ["client-association-unchecked"]
        ) { [.metadata(FlowMetadata(streamID: 0).encoded), .association($0 &+ 1_000)] },
        .connected(
            "ack/what-was-received-is-acknowledged",
            "An acknowledgement names all numbers that were received and no others.",
            ["RFC7016-3.6.3.4-01", "RFC7016-2.3.14-01"],
            saboteurs: ["client-acknowledges-gaps"]
        ) { connection in
            let flow = connection.control
            let note = Command("hlsp2pCheckNote").message().encoded
            let next = flow.nextNumber
            let chunk = flow.fragment(note, number: next)
            let heard = try flow.deliver([flow.fragment(note, number: next + 1)], upTo: next + 1)
            try require(
                !heard.covers(next),
                expected: "no acknowledgement of number \(next), which was not sent",
                actual: heard.summary
            )
            let last = try flow.deliver([chunk], upTo: next)
            try require(last.cumulative >= next + 1, expected: "0…\(next + 1)", actual: last.summary)
        },
        .connected(
            "ack/buffer-probe-answered",
            "A Buffer Probe for a flow is answered with an acknowledgement.",
            ["RFC7016-2.3.15-02", "RFC7016-3.6.3.6-02"],
            saboteurs: ["client-ignores-buffer-probes"]
        ) { connection in
            let flow = connection.control
            let mark = flow.acknowledgements.count
            for attempt in 1...3 {
                try connection.session.say([.bufferProbe(BufferProbe(flowID: flow.id))])
                do {
                    try flow.expectAcknowledgement("an acknowledgement for the Buffer Probe", since: mark)
                    return
                } catch let unmet as Unmet {
                    if attempt == 3 { throw unmet }
                }
            }
        },
    ]

    /// A case in which the _result of `connect`, in three parts, is said in a certain way, and must be understood.
    private static func admitted(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ say: @escaping @Sendable (ProbeFlow, [[UInt8]]) throws -> Void
    ) -> Case {
        .connecting(
            name.contains("/") ? name : "flow/\(name)",
            title,
            requirements,
            saboteurs: saboteurs
        ) { connection in
            let octets = connection.acceptance().message().encoded
            let third = octets.count / 3
            let parts = [octets[..<third], octets[third..<(2 * third)], octets[(2 * third)...]].map(Array.init)
            let count = connection.said.count
            try say(connection.control, parts)
            do {
                try connection.expect("something that only a client says that was let in", within: .seconds(3)) {
                    connection.said.count > count ? () : nil
                }
            } catch let unmet as Unmet {
                try given { try connection.session.requireTalkative() }
                throw unmet
            }
        }
    }

    /// A case about a flow that a client must reject.
    private static func rejected(
        _ id: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ options: @escaping @Sendable (_ controlID: UInt64) -> [Option]
    ) -> Case {
        .connected(id, title, requirements, saboteurs: saboteurs) { connection in
            let flow = connection.session.flow(id: 19, options: options(connection.controlID))
            try connection.session.requireRejected(flow)
            try connection.requireStanding("after a flow that was rejected")
        }
    }
}

extension ProbeSession {
    /// Makes sure that another client says something when it is let in as usual.
    fileprivate func requireTalkative() throws {
        let connection = try probe.receive().open().expectConnect()
        let count = connection.said.count
        try connection.accept()
        try connection.expect("something that only a client says that was let in", within: .seconds(3)) {
            connection.said.count > count ? () : nil
        }
    }
}
