internal import RTMFP

extension VectorKind {
    /// The chunks of RFC 7016 §2.3, a kind each.
    static let chunks: [VectorKind] = [
        chunk("ihello", .initiatorHello),
        chunk("fihello", .forwardedInitiatorHello),
        chunk("rhello", .responderHello),
        chunk("redirect", .responderRedirect),
        chunk("cookie-change", .responderHelloCookieChange),
        chunk("iikeying", .initiatorInitialKeying),
        chunk("rikeying", .responderInitialKeying),
        chunk("ping", .ping),
        chunk("ping-reply", .pingReply),
        chunk(
            "user-data",
            .userData,
            omission: "whether a flow is accepted is not run: flows are not implemented yet"
        ),
        chunk("next-user-data", .nextUserData),
        chunk("bitmap-ack", .bitmapAcknowledgement),
        chunk("range-ack", .rangeAcknowledgement),
        chunk("buffer-probe", .bufferProbe),
        chunk("flow-exception-report", .flowExceptionReport),
        chunk("close", .sessionCloseRequest),
        chunk("close-ack", .sessionCloseAcknowledgement),
        chunk("packet-fragment", .packetFragment),
    ]

    private static func chunk(_ name: String, _ type: ChunkType, omission: String? = nil) -> VectorKind {
        VectorKind("chunk-\(name)", omission: omission) { vector in
            let payload = try vector.inputFields().octets("payload")
            var writer = ByteWriter()
            Chunk.unknown(type: type.rawValue, payload: payload).encode(into: &writer)
            let octets = [PacketHeader(.initiator).flags] + writer.bytes
            let decoded = try vector.accepted {
                let packet = try Packet(octets)
                try require("chunks", 1, packet.chunks.count)
                if case .malformed(_, _, let error)? = packet.chunks.first { throw error }
                return packet
            }
            guard let decoded, let chunk = decoded.chunks.first else { return }
            var members = try chunk.members
            members["canonical"] = .bool(decoded.encoded == octets)
            try vector.compare(members, except: ["flow"])
        }
    }
}

extension Chunk {
    /// The fields of the chunk in the vectors' notation.
    var members: [String: JSONValue] {
        get throws {
            switch self {
            case .initiatorHello(let chunk):
                ["endpointDiscriminator": .octets(chunk.endpointDiscriminator), "tag": .octets(chunk.tag)]
            case .forwardedInitiatorHello(let chunk):
                [
                    "endpointDiscriminator": .octets(chunk.endpointDiscriminator),
                    "replyAddress": .object(chunk.replyAddress.members), "tag": .octets(chunk.tag),
                ]
            case .responderHello(let chunk):
                [
                    "tagEcho": .octets(chunk.tagEcho), "cookie": .octets(chunk.cookie),
                    "responderCertificate": .octets(chunk.responderCertificate),
                ]
            case .responderRedirect(let chunk):
                [
                    "tagEcho": .octets(chunk.tagEcho),
                    "redirectDestinations": .array(chunk.redirectDestinations.map { .object($0.members) }),
                ]
            case .responderHelloCookieChange(let chunk):
                ["oldCookie": .octets(chunk.oldCookie), "newCookie": .octets(chunk.newCookie)]
            case .initiatorInitialKeying(let chunk):
                [
                    "initiatorSessionID": .sessionID(chunk.initiatorSessionID),
                    "cookieEcho": .octets(chunk.cookieEcho),
                    "initiatorCertificate": .octets(chunk.initiatorCertificate),
                    "sessionKeyInitiatorComponent": .octets(chunk.sessionKeyInitiatorComponent),
                    "signature": .octets(chunk.signature),
                ]
            case .responderInitialKeying(let chunk):
                [
                    "responderSessionID": .sessionID(chunk.responderSessionID),
                    "sessionKeyResponderComponent": .octets(chunk.sessionKeyResponderComponent),
                    "signature": .octets(chunk.signature),
                ]
            case .ping(let chunk): ["message": .octets(chunk.message)]
            case .pingReply(let chunk): ["messageEcho": .octets(chunk.messageEcho)]
            case .sessionCloseRequest, .sessionCloseAcknowledgement: [:]
            case .packetFragment(let chunk):
                [
                    "moreFragments": .bool(chunk.moreFragments), "packetID": .decimal(chunk.packetID),
                    "fragmentNumber": .decimal(chunk.fragmentNumber), "packetFragment": .octets(chunk.packetFragment),
                ]
            default: try flowMembers
            }
        }
    }

    private var flowMembers: [String: JSONValue] {
        get throws(VectorMismatch) {
            switch self {
            case .userData(let chunk):
                [
                    "flowID": .decimal(chunk.flowID), "sequenceNumber": .decimal(chunk.sequenceNumber),
                    "fsnOffset": .decimal(chunk.fsnOffset), "options": .optional(chunk.options, JSONValue.init),
                    "userData": .octets(chunk.userData),
                ].merging(chunk.flags.members) { first, _ in first }
            case .nextUserData(let chunk):
                ["options": .optional(chunk.options, JSONValue.init), "userData": .octets(chunk.userData)]
                    .merging(chunk.flags.members) { first, _ in first }
            case .bitmapAcknowledgement(let chunk):
                [
                    "flowID": .decimal(chunk.flowID), "bufferBlocksAvailable": .decimal(chunk.bufferBlocksAvailable),
                    "cumulativeAcknowledgement": .decimal(chunk.cumulativeAcknowledgement),
                    "ranges": JSONValue(chunk.ranges),
                ]
            case .rangeAcknowledgement(let chunk):
                [
                    "flowID": .decimal(chunk.flowID), "bufferBlocksAvailable": .decimal(chunk.bufferBlocksAvailable),
                    "cumulativeAcknowledgement": .decimal(chunk.cumulativeAcknowledgement),
                    "ranges": JSONValue(chunk.ranges),
                ]
            case .bufferProbe(let chunk): ["flowID": .decimal(chunk.flowID)]
            case .flowExceptionReport(let chunk):
                ["flowID": .decimal(chunk.flowID), "exceptionCode": .decimal(chunk.exceptionCode)]
            default: throw VectorMismatch("chunk", expected: "a chunk with fields", actual: name)
            }
        }
    }
}
