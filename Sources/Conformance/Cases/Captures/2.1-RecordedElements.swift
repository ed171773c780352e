import Capture
import RTMFP

/// RFC 7016 §2 and §2.1: reserved fields, Option Lists, addresses.
enum RecordedElementCases {
    static let all: [Case] = [
        .recorded(
            "packet/reserved-fields-zero",
            "Reserved bits of headers, chunks and addresses are sent as zero.",
            ["RFC7016-2-03"],
            level: .should,
            saboteurs: ["reserved-header-bits-set", "reserved-data-flags-set", "reserved-address-bits-set"]
        ) { implementation in
            for packet in try implementation.sent.evidence("packet of it") {
                try packet.require(
                    packet.header.reserved == 0,
                    expected: "the reserved bits of the packet header 0",
                    actual: "they are \(hex([packet.header.reserved]))"
                )
                for placed in packet.contents.chunks {
                    guard let (field, bits) = reserved(placed.chunk, packet.payload(placed)) else { continue }
                    try packet.require(bits == 0, expected: "\(field) 0", actual: "they are \(hex([bits]))")
                }
            }
        },
        .recorded(
            "options/list-ends-with-marker",
            "An Option List of User Data ends with a Marker.",
            ["RFC7016-2.1.4-01"],
            saboteurs: ["option-list-without-marker"]
        ) { implementation in
            var lists = 0
            for packet in implementation.sentInSessions {
                lists += packet.fragments.count { $0.options != nil }
                for case .malformed(let type, let payload, let error) in packet.chunks
                where type == .userData || type == .nextUserData {
                    try packet.require(
                        error.path.first != "options",
                        expected: "an Option List that ends with a Marker before the data",
                        actual: "\(type.name) \(hex(payload, limit: 24)): \(error)"
                    )
                }
            }
            guard lists > 0 else { throw Inconclusive(reason: "the capture shows no Option List of it") }
        },
        .recorded(
            "introduction/addresses-well-formed",
            "Addresses stand as flags, 4 or 16 octets and a port; a forwarded IHello names where it came from.",
            ["RFC7016-2.1.5-01"],
            saboteurs: ["address-octets-reversed", "address-torn"]
        ) { implementation in
            let carriers = implementation.sent.filter { !$0.addresses.isEmpty || $0.hasTornAddress }
            for packet in try carriers.evidence("address of it") {
                try packet.require(
                    !packet.hasTornAddress,
                    expected: "flags, 4 or 16 octets of address, and a port",
                    actual: "the chunk ends within an address"
                )
            }
            for (packet, address, source) in implementation.forwarded() {
                try packet.require(
                    address.socket == source,
                    expected: "the IHello's source as reply address: \(source)",
                    actual: "it is \(address.socket)"
                )
            }
        },
        .recorded(
            "introduction/observed-address-marked",
            "The source of an IHello that is forwarded is marked as an observed address.",
            ["RFC7016-2.1.5-02"],
            accepts: [
                .init("an unspecified origin", "RFC 7016 §2.1.5: “0: Unknown, unspecified, or \"other\"”.")
            ],
            saboteurs: ["observed-address-marked-local"]
        ) { implementation in
            for (packet, address, _) in try implementation.forwarded().evidence("IHello that it forwards") {
                if address.origin == .unknown { throw Settled(alternative: "an unspecified origin") }
                try packet.require(
                    address.origin == .observed,
                    expected: "origin 2: observed to be the source of a packet",
                    actual: "it is \(address.origin.rawValue): \(address.origin)"
                )
            }
        },
    ]

    /// The reserved bits of a chunk's flags or first address, and what they are called.
    private static func reserved(_ chunk: Chunk, _ payload: ArraySlice<UInt8>) -> (String, UInt8)? {
        switch chunk {
        case .userData, .nextUserData: ("the reserved bits of data flags", (payload.first ?? 0) & 0x4c)
        case .packetFragment: ("the reserved bits of fragment flags", (payload.first ?? 0) & 0x7f)
        case .responderRedirect(let redirect):
            ("the reserved bits of addresses", redirectFlags(redirect, payload).reduce(0) { $0 | $1 & 0x7c })
        case .forwardedInitiatorHello(let hello):
            // The address stands before the tag, which ends the chunk.
            (
                "the reserved bits of addresses",
                (payload.dropLast(hello.tag.count + 2 + hello.replyAddress.socket.octets.count).last ?? 0) & 0x7c
            )
        default: nil
        }
    }

    /// The flags of each address of a Redirect; they stand at its end.
    private static func redirectFlags(_ redirect: Redirect, _ payload: ArraySlice<UInt8>) -> [UInt8] {
        var rest = payload
        return redirect.redirectDestinations.reversed().compactMap { address in
            rest = rest.dropLast(2 + address.socket.octets.count)
            return rest.popLast()
        }
    }
}

extension RecordedPacket {
    /// The addresses in its chunks.
    fileprivate var addresses: [Address] {
        chunks.flatMap { chunk -> [Address] in
            switch chunk {
            case .responderRedirect(let redirect): redirect.redirectDestinations
            case .forwardedInitiatorHello(let hello): [hello.replyAddress]
            default: []
            }
        }
    }

    /// Whether a chunk of addresses could not be decoded.
    fileprivate var hasTornAddress: Bool {
        chunks.contains { chunk in
            guard case .malformed(let type, _, _) = chunk else { return false }
            return type == .responderRedirect || type == .forwardedInitiatorHello
        }
    }
}

extension RecordedImplementation {
    /// The reply addresses of the IHellos that it forwarded, and where those came from, of all whose coming was captured.
    fileprivate func forwarded() -> [(RecordedPacket, Address, SocketAddress)] {
        var sources: [[UInt8]: (number: Int, source: SocketAddress)] = [:]
        for heard in heardStartup {
            guard case .initiatorHello(let hello) = heard.chunk, sources[hello.tag] == nil else { continue }
            sources[hello.tag] = (heard.packet.number, heard.packet.datagram.source)
        }
        return sent.flatMap { packet in
            packet.chunks.compactMap { chunk in
                guard case .forwardedInitiatorHello(let hello) = chunk, let origin = sources[hello.tag],
                    origin.number < packet.number
                else { return nil }
                return (packet, hello.replyAddress, origin.source)
            }
        }
    }
}
