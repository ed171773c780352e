import Flash
import RTMFP

/// RFC 7016 §3.5.5, §3.6.2: how a client sends on its flows, and how its sessions end.
enum ClientSendingCases {
    static let all: [Case] = [
        .client(
            "flow/unacknowledged-data-repeated",
            "What is not acknowledged is sent again, unchanged, and the flow's options with it.",
            ["RFC7016-3.6.2.6-01", "RFC7016-2.3.11.1.1-02", "RFC7016-3.6.1.2-07"],
            needs: [.netConnection],
            saboteurs: ["client-sends-once", "client-sends-options-once"],
            setting: .cold,
            .startup { probe in
                let session = try given { try probe.receive().open() }
                session.ear.manner = .silent
                let flow = try session.waitFor("a fragment that is sent again", within: .seconds(8)) {
                    session.ear.flows.values.first { $0.firstRepetition != nil }
                } otherwise: {
                    let count = session.ear.flows.values.reduce(0) { $0 + $1.fragments.count }
                    return "\(count) fragments, each of them once"
                }
                guard let (first, again) = flow.firstRepetition else { return }
                try requireEqual(again.userData, first.userData, "user data")
                try require(
                    again.options == first.options,
                    expected: "the options of the first time",
                    actual: again.options.map { "\($0.count) options" } ?? "none"
                )
                session.ear.manner = .prompt
                try session.acknowledge(Array(session.ear.flows.keys))
                try session.ping()
            }
        ),
        .connecting(
            "flow/closed-window-stops-flow",
            "A flow whose receiver has no room sends nothing until there is room again.",
            ["RFC7016-3.6.2.3-01", "RFC7016-3.6.2.9-01"],
            saboteurs: ["client-ignores-window"]
        ) { connection in
            let session = connection.session
            session.ear.blocks = 0
            try session.acknowledge([connection.controlID])
            do {
                try session.ping()
            } catch let unmet as Unmet {
                guard session.isClosedByFarEnd else { throw unmet }
                throw Inconclusive(reason: "it closes the session of a server that has no room")
            }
            let sent = connection.farControl?.fragments.count ?? 0
            try given { try connection.accept() }
            try session.peer.wait(.milliseconds(600))
            let new = connection.farControl?.fragments.dropFirst(sent).filter { !$0.flags.abandon } ?? []
            try require(new.isEmpty, expected: "no fragment", actual: "\(new.count) fragments")
            session.ear.blocks = 64
            try session.acknowledge([connection.controlID])
            do {
                try connection.expect("what waited for room", within: .seconds(4)) {
                    (connection.farControl?.fragments.count ?? 0) > sent ? () : nil
                }
            } catch is Unmet {
                throw Inconclusive(reason: "it has nothing to say once it was let in")
            }
        },
        .client(
            "session/close-acknowledged",
            "A Session Close Request of the server's is answered with a Session Close Acknowledgement.",
            ["RFC7016-3.5.5-05", "RFC7016-2.3.18-01"],
            saboteurs: ["client-leaves-close-unanswered"],
            setting: .cold,
            .startup { probe in
                let session = try given { try probe.receive().open() }
                try given { try session.ping() }
                try session.peer.ask("a Session Close Acknowledgement") {
                    try session.say([.sessionCloseRequest])
                } _: { [nearSessionID = session.nearSessionID] heard in
                    heard.sessionID == nearSessionID && heard.chunks.contains(.sessionCloseAcknowledgement)
                        ? () : nil
                }
            }
        ),
    ]
}

extension FarFlow {
    /// The first fragment that came twice, and its second coming.
    fileprivate var firstRepetition: (first: HeardFragment, again: HeardFragment)? {
        for (index, again) in fragments.enumerated() {
            if let first = fragments[..<index].first(where: { $0.sequenceNumber == again.sequenceNumber }) {
                return (first, again)
            }
        }
        return nil
    }
}
