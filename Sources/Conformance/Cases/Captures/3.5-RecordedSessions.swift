import Capture
import RTMFP

/// RFC 7016 §3.5: what passes between two endpoints besides flows.
enum RecordedSessionCases {
    static let all: [Case] = [
        .recorded(
            "redirect/redirector-opens-nothing",
            "A redirector opens no session to those who open sessions to it.",
            ["RFC7016-3.5.1.4-04"],
            level: .should,
            saboteurs: ["redirector-initiates"]
        ) { implementation in
            let redirects = implementation.startup.filter {
                if case .responderRedirect = $0.chunk { true } else { false }
            }
            _ = try redirects.evidence("Redirect of it")
            let askers = implementation.heardStartup.compactMap { heard -> SocketAddress? in
                if case .initiatorHello = heard.chunk { heard.packet.datagram.source } else { nil }
            }
            let known = Set(askers)
            for startup in implementation.startup {
                let opens =
                    switch startup.chunk {
                    case .initiatorHello, .initiatorInitialKeying: true
                    default: false
                    }
                try startup.require(
                    !opens || !known.contains(startup.packet.datagram.destination),
                    expected: "no session opened to an endpoint that asks it for others",
                    actual: "it sends \(startup.chunk.name) to \(startup.packet.datagram.destination)"
                )
            }
        },
        .recorded(
            "timers/packet-without-timestamp-counts",
            "A packet without a timestamp counts like any other.",
            ["RFC7016-3.5.2.2-09"],
            level: .may,
            saboteurs: ["packets-without-timestamp-ignored"]
        ) { implementation in
            var seen = false
            for flow in implementation.sessions.flatMap(\.receivingFlows) {
                let numbers = Dictionary(grouping: flow.transmissions.filter(\.hasData), by: \.number)
                let bare = numbers.filter { $0.value.allSatisfy { $0.packet.header.timestamp == nil } }
                guard let last = flow.acknowledgements.last, !bare.isEmpty else { continue }
                seen = true
                guard let (number, ignored) = bare.filter({ !last.contains($0.key) }).min(by: { $0.key < $1.key }),
                    let sent = ignored.last
                else { continue }
                // Another one that was sent later has arrived, so this one has not merely been late.
                try sent.require(
                    last.highest < number || bare.contains { last.contains($0.key) },
                    expected: "number \(number) of flow \(flow.id) acknowledged in the end",
                    actual: "only numbers that came with a timestamp were"
                )
            }
            guard seen else { throw Inconclusive(reason: "no user data was sent to it without a timestamp") }
        },
        .recorded(
            "timers/ping-reply-answers-ping",
            "A Ping Reply is sent only in answer to a Ping.",
            ["RFC7016-3.5.4-04"],
            saboteurs: ["ping-reply-unasked"]
        ) { implementation in
            var replies = 0
            for session in implementation.sessions where session.isWhole {
                var asked: Set<[UInt8]> = []
                for (packet, isSent) in session.exchange {
                    for chunk in packet.chunks {
                        switch chunk {
                        case .ping(let ping) where !isSent: asked.insert(ping.message)
                        case .pingReply(let reply) where isSent:
                            replies += 1
                            try packet.require(
                                asked.contains(reply.messageEcho),
                                expected: "a Ping with the same message before the reply",
                                actual: "nobody sent a Ping with \(hex(reply.messageEcho, limit: 16))"
                            )
                        default: break
                        }
                    }
                }
            }
            if replies == 0 { throw Inconclusive(reason: "the capture shows no Ping Reply of it") }
        },
        .recorded(
            "timers/mtu-probe-pads-before-ping",
            "In a probe of the path MTU, the Ping comes after the Padding.",
            ["RFC7016-3.5.4.3-02", "RFC7016-3.5.4.3-03"],
            level: .should,
            saboteurs: ["mtu-probe-pings-first"]
        ) { implementation in
            let probes = implementation.sentInSessions.compactMap { packet -> (RecordedPacket, Int, Int)? in
                let ping = packet.chunks.firstIndex { if case .ping = $0 { true } else { false } }
                let padding = packet.chunks.firstIndex {
                    if case .padding(_, let octets) = $0 { !octets.isEmpty } else { false }
                }
                guard let ping, let padding, packet.chunks.count == 2 else { return nil }
                return (packet, padding, ping)
            }
            for (packet, padding, ping) in try probes.evidence("probe of the path MTU by it") {
                try packet.require(padding < ping, expected: "Padding, then Ping", actual: "the Ping comes first")
            }
        },
    ]
}
