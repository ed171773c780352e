import Capture
import RTMFP

/// RFC 7016 §2.3, §2.3.1 and §3.4: types of chunks, and packets in fragments.
enum RecordedChunkCases {
    static let all: [Case] = [
        .recorded(
            "chunk/defined-types",
            "What RFC 7016 has a chunk for is said with its type code.",
            ["RFC7016-2.3-02"],
            level: .should,
            accepts: [
                .init(
                    "types of its own beside defined ones",
                    "RFC 7016 §2.3: “A receiver MUST ignore a chunk having an unrecognized chunk type code.”"
                )
            ],
            saboteurs: ["ping-reply-under-another-type"]
        ) { implementation in
            var hasOwn = false
            for packet in try implementation.sent.evidence("packet of it") {
                let own = packet.chunks.filter { if case .unknown = $0 { true } else { false } }
                hasOwn = hasOwn || !own.isEmpty
                try packet.require(
                    own.isEmpty || own.count < packet.chunks.count,
                    expected: "a chunk of a type that RFC 7016 defines",
                    actual: "there is only \(own.map(\.name).joined(separator: ", "))"
                )
            }
            if hasOwn { throw Settled(alternative: "types of its own beside defined ones") }
        },
        .recorded(
            "chunk/last-fragment-marked",
            "All fragments of a packet but the last say that more follow.",
            ["RFC7016-2.3.1-02"],
            saboteurs: ["last-fragment-not-marked"]
        ) { implementation in
            for series in try implementation.fragmentSeries().evidence("Packet Fragment of it") {
                guard let last = series.highest, series.isWhole else { continue }
                for (packet, fragment) in series.fragments {
                    try packet.require(
                        fragment.moreFragments == (fragment.fragmentNumber != last),
                        expected: "more fragments marked on all but number \(last) of packet \(series.packetID)",
                        actual: "on number \(fragment.fragmentNumber) they "
                            + (fragment.moreFragments ? "are" : "are not")
                    )
                }
            }
        },
        .recorded(
            "chunk/fragments-numbered-from-0",
            "The fragments of a packet are numbered from 0, without a gap.",
            ["RFC7016-2.3.1-03"],
            saboteurs: ["fragments-numbered-from-1", "fragment-number-skipped", "fragments-with-different-ids"]
        ) { implementation in
            for series in try implementation.fragmentSeries().evidence("Packet Fragment of it") {
                guard let (packet, final) = series.fragments.first(where: { !$0.1.moreFragments }) else { continue }
                let numbers = Set(series.fragments.map(\.1.fragmentNumber))
                let missing = (0...min(final.fragmentNumber, 1 << 16)).first { !numbers.contains($0) }
                try packet.require(
                    missing == nil,
                    expected: "fragments 0 to \(final.fragmentNumber) of packet \(series.packetID)",
                    actual: "number \(missing ?? 0) was never sent"
                )
            }
        },
        .recorded(
            "chunk/fragments-share-packet-id",
            "All fragments of a packet have one packet ID, and the next packet has another.",
            ["RFC7016-2.3.1-04"],
            saboteurs: ["fragments-with-different-ids", "packet-id-used-again"]
        ) { implementation in
            let all = try implementation.fragmentSeries().evidence("Packet Fragment of it")
            for series in all {
                var octets: [UInt64: [UInt8]] = [:]
                for (packet, fragment) in series.fragments {
                    let known = octets.updateValue(fragment.packetFragment, forKey: fragment.fragmentNumber)
                    try packet.require(
                        known == nil || known == fragment.packetFragment,
                        expected: "another packet ID for another packet",
                        actual:
                            "fragment \(fragment.fragmentNumber) of packet \(series.packetID) comes twice and differs"
                    )
                }
            }
            // A series without a beginning goes on where one without an end breaks off.
            let open = Set(all.filter { $0.fragments.allSatisfy(\.1.moreFragments) }.compactMap(\.next))
            for torn in all {
                guard let (packet, first) = torn.fragments.first, let lowest = torn.lowest, lowest > 0 else { continue }
                try packet.require(
                    !open.contains(FragmentSeries.Place(packet, lowest)),
                    expected: "the packet ID of the fragments before it",
                    actual: "number \(first.fragmentNumber) has packet ID \(torn.packetID)"
                )
            }
        },
        .recorded(
            "chunk/fragments-not-empty",
            "No fragment of a packet is empty.",
            ["RFC7016-2.3.1-05"],
            saboteurs: ["empty-fragment-sent"]
        ) { implementation in
            for series in try implementation.fragmentSeries().evidence("Packet Fragment of it") {
                for (packet, fragment) in series.fragments {
                    try packet.require(
                        !fragment.packetFragment.isEmpty,
                        expected: "octets of the packet",
                        actual: "fragment \(fragment.fragmentNumber) of packet \(series.packetID) has none"
                    )
                }
            }
        },
        .recorded(
            "chunk/fragments-at-startup-only",
            "Packets are sent in fragments only during startup.",
            ["RFC7016-3.4-01"],
            level: .should,
            saboteurs: ["session-packet-in-fragments", "user-data-in-fragments"]
        ) { implementation in
            for packet in try implementation.sentInSessions.evidence("session packet of it") {
                try packet.require(
                    packet.packetFragments.isEmpty,
                    expected: "no Packet Fragment in a session",
                    actual: "it carries one"
                )
            }
        },
        .recorded(
            "chunk/user-data-not-in-fragments",
            "User data is divided into fragments of messages, not of packets.",
            ["RFC7016-3.4-02"],
            saboteurs: ["user-data-in-fragments"]
        ) { implementation in
            _ = try implementation.transmissions.evidence("user data of it")
            for series in implementation.fragmentSeries() {
                guard let whole = series.packet, let (packet, _) = series.fragments.last else { continue }
                try packet.require(
                    !whole.chunks.contains { $0.isData },
                    expected: "no user data in a packet that is sent in fragments",
                    actual: "packet \(series.packetID) is \(summary(whole))"
                )
            }
        },
        .recorded(
            "chunk/fragments-keep-the-mode",
            "Packets that carry fragments have the mode of the fragmented packet.",
            ["RFC7016-3.4-08"],
            saboteurs: ["fragments-in-another-mode"]
        ) { implementation in
            let wholes = implementation.fragmentSeries().compactMap { series in series.packet.map { (series, $0) } }
            for (series, whole) in try wholes.evidence("packet of it in fragments") {
                for (packet, _) in series.fragments {
                    try packet.require(
                        packet.header.mode == whole.header.mode,
                        expected: "mode \(whole.header.mode.rawValue), the fragmented packet's",
                        actual: "the mode is \(packet.header.mode.rawValue)"
                    )
                }
            }
        },
        .recorded(
            "congestion/fragments-rate-limited",
            "No more than four packets and 4380 octets of fragments are sent to an endpoint within 200 ms.",
            ["RFC7016-3.4-11"],
            level: .should,
            saboteurs: ["fragments-at-once"]
        ) { implementation in
            let carriers = try implementation.sent.filter { !$0.packetFragments.isEmpty }
                .evidence("Packet Fragment of it")
            for (_, packets) in Dictionary(grouping: carriers, by: \.datagram.destination) {
                var start = 0
                for (index, packet) in packets.enumerated() {
                    // A fifth less than 200 ms: the time of capture is not that of sending.
                    while packet.time - packets[start].time >= .milliseconds(160) { start += 1 }
                    let octets = packets[start...index].reduce(0) { $0 + $1.length }
                    try packet.require(
                        index - start < 4 && octets <= 4380,
                        expected: "at most 4 packets and 4380 octets",
                        actual: "it is packet \(index - start + 1) and octet \(octets) of them"
                    )
                }
            }
        },
    ]
}

/// The fragments of one packet.
private struct FragmentSeries {
    /// Between whom, and where in a series.
    struct Place: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var sessionID: UInt32
        var number: UInt64

        /// The packet ID as number, for a series as such.
        init(_ packet: RecordedPacket, _ number: UInt64) {
            source = packet.datagram.source
            destination = packet.datagram.destination
            sessionID = packet.sessionID
            self.number = number
        }
    }

    var packetID: UInt64
    var fragments: [(RecordedPacket, PacketFragment)]

    var lowest: UInt64? { fragments.map(\.1.fragmentNumber).min() }

    /// Where a series that begins with 0 would go on.
    var next: Place? {
        guard lowest == 0, let highest, highest < .max, let (packet, _) = fragments.first else { return nil }
        return Place(packet, highest + 1)
    }

    var highest: UInt64? { fragments.map(\.1.fragmentNumber).max() }

    /// Whether the last fragment was captured: one says that it is, or nothing is missing after the last.
    var isWhole: Bool {
        if fragments.contains(where: { !$0.1.moreFragments }) { return true }
        guard let packet = joined else { return false }
        return !packet.chunks.isEmpty && packet.padding.allSatisfy { $0 == 0xff }
    }

    /// The packet, if all of it was captured.
    var packet: Packet? { isWhole ? joined : nil }

    /// What the fragments from number 0 on make up.
    private var joined: Packet? {
        let octets = Dictionary(fragments.map { ($0.1.fragmentNumber, $0.1.packetFragment) }) { first, _ in first }
        var whole: [UInt8] = []
        for number in 0..<UInt64(octets.count) {
            guard let part = octets[number] else { return nil }
            whole += part
        }
        return try? Packet(whole)
    }
}

extension RecordedPacket {
    fileprivate var packetFragments: [PacketFragment] {
        chunks.compactMap { if case .packetFragment(let fragment) = $0 { fragment } else { nil } }
    }
}

extension RecordedImplementation {
    /// The fragments of each packet that it sent in fragments, in the order of sending.
    fileprivate func fragmentSeries() -> [FragmentSeries] {
        var series: [FragmentSeries] = []
        var places: [FragmentSeries.Place: Int] = [:]
        for packet in sent {
            for fragment in packet.packetFragments {
                let place = FragmentSeries.Place(packet, fragment.packetID)
                if let index = places[place] {
                    series[index].fragments.append((packet, fragment))
                } else {
                    places[place] = series.count
                    series.append(FragmentSeries(packetID: fragment.packetID, fragments: [(packet, fragment)]))
                }
            }
        }
        return series
    }
}

extension Chunk {
    /// Whether it carries user data.
    fileprivate var isData: Bool {
        switch self {
        case .userData, .nextUserData: true
        default: false
        }
    }
}
