import Capture
import RTMFP

/// RFC 7016 §2.2, RFC 7425 §4.7: datagrams, packet headers, padding, and how packets are protected.
enum RecordedPacketCases {
    static let all: [Case] = [
        .recorded(
            "packet/one-packet-a-datagram",
            "A datagram carries one packet.",
            ["RFC7016-2.2.1-02"],
            saboteurs: ["two-packets-in-datagram"]
        ) { implementation in
            _ = try implementation.sent.evidence("packet of it")
            for datagram in implementation.unverified {
                guard let prefix = datagram.verifiedPrefix else { continue }
                throw try implementation.breach(
                    datagram,
                    expected: "nothing after the packet",
                    actual:
                        "the first \(prefix) of \(datagram.datagram.payload.count) octets are a packet by themselves"
                )
            }
        },
        .recorded(
            "checksum-crypto/sessions-encrypted",
            "Session packets are encrypted.",
            ["RFC7016-2.2.3-01"],
            level: .should,
            saboteurs: ["session-in-the-clear"]
        ) { implementation in
            _ = try implementation.sentInSessions.evidence("session packet of it that its keys open")
            for datagram in implementation.unverified {
                guard let packet = datagram.clearPacket else { continue }
                throw try implementation.breach(
                    datagram,
                    expected: "a packet under the session's key",
                    actual: "it can be read without any: \(summary(packet))"
                )
            }
        },
        .recorded(
            "packet/time-critical-marks-data",
            "Only a packet that carries user data is marked as time critical.",
            ["RFC7016-2.2.4-08"],
            level: .should,
            saboteurs: ["time-critical-acknowledgements"]
        ) { implementation in
            let marked = implementation.sentInSessions.filter(\.header.timeCritical)
            for packet in try marked.evidence("packet of it that is marked as time critical") {
                try packet.require(
                    !packet.fragments.isEmpty,
                    expected: "user data in a packet that is marked as time critical",
                    actual: "it carries \(packet.chunks.map(\.name).joined(separator: ", "))"
                )
            }
        },
        .recorded(
            "packet/has-a-chunk",
            "A packet contains at least one chunk.",
            ["RFC7016-2.2.4-18"],
            level: .should,
            saboteurs: ["empty-packet"]
        ) { implementation in
            for packet in try implementation.sent.evidence("packet of it") {
                try packet.require(!packet.chunks.isEmpty, expected: "a chunk", actual: "it has none")
            }
        },
        .recorded(
            "checksum-crypto/padding-of-ones",
            "At most 15 octets 0xff fill up the last block.",
            ["RFC7425-4.7.2-04", "RFC7016-2.2.4-21"],
            saboteurs: ["padding-of-zeros", "padding-counts-itself", "padding-of-a-block"]
        ) { implementation in
            for packet in try implementation.sent.evidence("packet of it") {
                // Three zeros and more read as empty Padding chunks.
                let zeros = packet.chunks.reversed().prefix { $0 == .padding(ones: false, []) }.count
                try packet.require(
                    zeros == 0 && packet.padding.allSatisfy { $0 == 0xff },
                    expected: "padding of octets 0xff",
                    actual: "the packet ends with \(hex(Array(packet.contents.plain.suffix(8))))"
                )
                try packet.require(
                    packet.padding.count < 16,
                    expected: "at most 15 octets of padding",
                    actual: "there are \(packet.padding.count)"
                )
            }
        },
        .recorded(
            "flow/data-fits-the-path",
            "A packet with user data does not exceed the path MTU: 1500 octets with the headers of UDP and IP.",
            ["RFC7016-3.6.2.2-01"],
            accepts: [
                .init(
                    "larger packets within one machine",
                    "RFC 7016 §3.6.2.2: “the packet will not exceed the path MTU”, and that of a loopback path is larger."
                )
            ],
            saboteurs: ["oversized-data"]
        ) { implementation in
            let data = try implementation.sentInSessions.filter { !$0.fragments.isEmpty }.evidence("user data of it")
            for packet in data {
                let header = packet.datagram.source.octets.count == 4 ? 28 : 48
                guard packet.length + header > 1500 else { continue }
                if packet.datagram.isLocal { throw Settled(alternative: "larger packets within one machine") }
                try packet.require(
                    false,
                    expected: "at most 1500 octets with the headers of UDP and IP",
                    actual: "there are \(packet.length + header)"
                )
            }
        },
        .recorded(
            "checksum-crypto/sequence-numbers-unique",
            "No session sequence number is used twice.",
            ["RFC7425-4.7.3.3-03"],
            saboteurs: ["session-sequence-number-repeated"]
        ) { implementation in
            let sessions = implementation.sessions.filter { $0.sent.contains { $0.contents.sequenceNumber != nil } }
            for session in try sessions.evidence("session sequence number of it") {
                // In the order of sending, equal numbers are neighbours. Networks may duplicate a packet.
                for (packet, next) in zip(session.sent, session.sent.dropFirst()) {
                    guard let number = next.contents.sequenceNumber, number == packet.contents.sequenceNumber,
                        packet.contents.plain != next.contents.plain
                    else { continue }
                    let later = packet.number > next.number ? packet : next
                    try later.require(
                        false,
                        expected: "a session sequence number that no packet before it had",
                        actual: "\(number) was that of frame \(min(packet.datagram.frame, next.datagram.frame)), too"
                    )
                }
            }
        },
    ]
}

extension DecodedPacket {
    /// The packet that a datagram holds that was not encrypted at all; nil if it does not look like one.
    fileprivate var clearPacket: Packet? {
        guard let packet = try? Packet(Array(datagram.payload.dropFirst(4))), packet.header.mode != .forbidden,
            !packet.chunks.isEmpty, packet.padding.allSatisfy({ $0 == 0xff }),
            packet.chunks.allSatisfy({ chunk in
                switch chunk {
                case .unknown, .malformed: false
                default: true
                }
            })
        else { return nil }
        return packet
    }
}

extension RecordedImplementation {
    /// A breach by a datagram that is no packet: the exchange is told up to the packet before it.
    fileprivate func breach(_ datagram: DecodedPacket, expected: String, actual: String) throws -> Breach {
        let sent = try sent.evidence("packet of it")
        return Breach(
            expected: expected,
            actual: actual,
            packet: sent.last { $0.time <= datagram.datagram.time } ?? sent[0],
            frame: datagram.datagram.frame
        )
    }
}

extension CapturedDatagram {
    /// Whether it never left the machine.
    fileprivate var isLocal: Bool {
        switch source.ip {
        case .v4(let address): address >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }
}
