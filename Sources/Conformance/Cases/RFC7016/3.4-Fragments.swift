import RTMFP

/// RFC 7016 §2.3.1, §3.4: packet fragmentation and reassembly.
enum FragmentCases {
    static let all: [Case] = [
        reassembled(
            "in-order",
            "The fragments of a packet are put together in the order of their numbers.",
            ["RFC7016-3.4-03"],
            ["fragments-ignored"],
            order: [0, 1, 2]
        ),
        reassembled(
            "out-of-order",
            "Fragments that arrive out of order are put together by their numbers.",
            ["RFC7016-2.3.1-06"],
            ["fragments-ignored", "fragments-in-order-only"],
            order: [2, 0, 1]
        ),
        reassembled(
            "duplicates-harmless",
            "A fragment that arrives twice does no harm.",
            ["RFC7016-3.4-16"],
            ["fragments-ignored", "duplicate-fragment-drops-packet"],
            order: [0, 0, 1, 1, 2]
        ),
        Case(
            "rendezvous/chunk/fragments-keyed-by-source",
            "Startup fragments from two addresses with one packet ID belong to two packets.",
            ["RFC7016-3.4-04"],
            level: .should,
            saboteurs: ["fragments-ignored", "fragments-not-keyed-by-source"],
            .startup { probe in
                let peers = [try probe.peer(), try probe.newPeer()]
                let packets = [try probe.helloPacket(), try probe.helloPacket()]
                let parts = packets.map { fragments(of: $0, id: 9, count: 2) }
                for part in 0..<2 {
                    for index in 0..<2 {
                        try peers[index].say([parts[index][part]])
                    }
                }
                for index in 0..<2 {
                    try probe.expectHello(echoing: packets[index], at: peers[index])
                }
            }
        ),
        Case(
            "rendezvous/chunk/slow-fragments-awaited",
            "A packet whose fragments come within a second of each other is awaited.",
            ["RFC7016-3.4-05"],
            level: .should,
            saboteurs: ["fragments-ignored", "slow-fragments-dropped"],
            .startup { probe in
                let peer = try probe.peer()
                let packet = try probe.helloPacket()
                for (index, part) in fragments(of: packet, id: 21, count: 3).enumerated() {
                    if index > 0 { try peer.wait(.milliseconds(800)) }
                    try peer.say([part])
                }
                try probe.expectHello(echoing: packet, at: peer)
            }
        ),
        Case(
            "rendezvous/chunk/empty-fragment-discarded",
            "A fragment without any octets is discarded; a later one with its number counts.",
            ["RFC7016-3.4-07"],
            saboteurs: ["fragments-ignored", "empty-fragment-accepted"],
            .startup { probe in
                let peer = try probe.peer()
                let packet = try probe.helloPacket()
                let parts = fragments(of: packet, id: 11, count: 2)
                try peer.say([parts[0]])
                let empty = PacketFragment(moreFragments: false, packetID: 11, fragmentNumber: 1, packetFragment: [])
                try peer.say([.packetFragment(empty)])
                try peer.say([parts[1]])
                try probe.expectHello(echoing: packet, at: peer)
            }
        ),
        Case(
            "rendezvous/chunk/fragments-share-a-mode",
            "A fragment in a packet of another mode than the first one's is discarded.",
            ["RFC7016-3.4-09"],
            saboteurs: ["fragment-mode-unchecked"],
            .startupIgnored { probe in
                let peer = try probe.peer()
                let parts = try fragments(of: probe.helloPacket(), id: 12, count: 2)
                try peer.say([parts[0]])
                try peer.say([parts[1]], header: PacketHeader(.initiator))
            }
        ),
        Case(
            "rendezvous/chunk/reassembled-packet-shares-mode",
            "A reassembled packet of another mode than its fragments' is discarded.",
            ["RFC7016-3.4-10"],
            saboteurs: ["reassembled-mode-unchecked"],
            .sessionIgnored { session in
                let inner = Packet(PacketHeader(.startup), try session.probe.helloPacket().chunks)
                for part in fragments(of: inner, id: 13, count: 2) {
                    try session.say([part])
                }
            }
        ),
        Case(
            "rendezvous/chunk/nested-fragments-bounded",
            "A reassembled packet that holds a fragment again does not exhaust the receiver.",
            ["RFC7016-3.4-15"],
            saboteurs: ["nested-fragment-kills"],
            .startup { probe in
                let peer = try probe.peer()
                var packet = try probe.helloPacket()
                for depth in 0..<20 {
                    let whole = PacketFragment(
                        moreFragments: false,
                        packetID: UInt64(100 + depth),
                        fragmentNumber: 0,
                        packetFragment: packet.encoded
                    )
                    packet = Packet(PacketHeader(.startup), [.packetFragment(whole)])
                }
                try peer.say(packet)
            }
        ),
        Case(
            "rendezvous/chunk/unfinished-packets-bounded",
            "Packets that are begun and never finished do not keep the receiver from answering.",
            ["RFC7016-3.4-13", "RFC7016-3.4-14"],
            level: .should,
            saboteurs: ["reassembly-floods-kill"],
            isAlone: true,
            .startup { probe in
                let peer = try probe.peer()
                for id in 0..<100 {
                    let begun = PacketFragment(
                        moreFragments: true,
                        packetID: UInt64(1000 + id),
                        fragmentNumber: UInt64(id % 3) * 0xffff_ffff,
                        packetFragment: probe.octets(64)
                    )
                    try peer.say([.packetFragment(begun)])
                }
            }
        ),
    ]

    private static func reassembled(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        order: [Int]
    ) -> Case {
        Case(
            "rendezvous/chunk/fragments-\(name)",
            title,
            requirements,
            saboteurs: saboteurs,
            .startup { probe in
                let peer = try probe.peer()
                let packet = try probe.helloPacket()
                let parts = fragments(of: packet, id: 7, count: 3)
                for part in order {
                    try peer.say([parts[part]])
                }
                try probe.expectHello(echoing: packet, at: peer)
            }
        )
    }

    /// A packet cut into `count` fragments of about the same size.
    private static func fragments(of packet: Packet, id: UInt64, count: Int) -> [Chunk] {
        let octets = packet.encoded
        let size = (octets.count + count - 1) / count
        return (0..<count).map { part in
            .packetFragment(
                PacketFragment(
                    moreFragments: part < count - 1,
                    packetID: id,
                    fragmentNumber: UInt64(part),
                    packetFragment: Array(octets.dropFirst(part * size).prefix(size))
                )
            )
        }
    }
}

extension Probe {
    /// Waits for the RHello that answers a packet's IHello, which was sent before.
    func expectHello(echoing packet: Packet, at peer: Peer) throws {
        let tag = packet.chunks.lazy.compactMap(\.asIHello).first?.tag
        _ = try peer.expect("an RHello to the IHello in the fragments", from: 0) { heard in
            heard.first(\.asRHello).flatMap { $0.tagEcho == tag ? $0 : nil }
        }
    }
}
