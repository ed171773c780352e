import Flash
import HLSP2P
import RTMFP
import Testing

/// The envelope on the wire (peer-protocol §3.4 to §4.4).
@Suite struct EnvelopeTests {
    static let ping = """
        0f 00 00 00 00 00 02 00 06 63 6d 64 4d 73 67 11 0a 0b 01 13 5f 5f 73 75 62 74 79 70 65 06 09 70
        69 6e 67 0d 70 69 6e 67 49 64 04 00 15 65 78 74 65 72 6e 61 6c 49 44 01 11 5f 5f 6d 73 67 5f 69
        64 04 07 0d 5f 5f 74 79 70 65 06 0b 5f 5f 72 65 71 01
        """
    static let confirm = """
        0f 00 00 00 00 00 02 00 06 63 6d 64 4d 73 67 11 0a 0b 01 1d 5f 5f 72 65 73 70 5f 63 6f 6e 66 69
        72 6d 03 11 5f 5f 6d 73 67 5f 69 64 04 08 13 5f 5f 73 75 62 74 79 70 65 06 15 67 6f 50 75 73 68
        4d 6f 64 65 1b 5f 5f 72 65 73 70 5f 6d 73 67 5f 69 64 04 0c 01
        """
    static let pushPiece = """
        0f 00 00 00 00 00 02 00 06 63 6d 64 4d 73 67 11 0a 0b 01 13 5f 5f 73 75 62 74 79 70 65 06 13 70
        75 73 68 50 69 65 63 65 07 75 72 69 06 1f 68 74 74 70 3a 2f 2f 68 2f 61 2f 31 2e 74 73 0d 6f 66
        66 73 65 74 04 00 05 69 64 04 00 13 63 68 75 6e 6b 53 69 7a 65 04 ff ff ff ff 09 64 61 74 61 0c
        05 47 40 0f 69 64 78 44 61 74 61 01 25 69 73 46 72 6f 6d 53 74 61 62 6c 65 53 6f 75 72 63 65 03
        19 6c 61 73 74 55 73 65 64 54 69 6d 65 04 ff ff ff ff 11 6c 61 73 74 53 69 7a 65 04 ff ff ff ff
        11 5f 5f 6d 73 67 5f 69 64 04 03 19 5f 5f 72 65 71 5f 6d 73 67 5f 69 64 04 ff ff ff ff 0d 5f 5f
        74 79 70 65 06 0d 5f 5f 72 65 73 70 1d 5f 5f 63 61 72 65 5f 63 6f 6e 66 69 72 6d 03 23 5f 5f 71
        75 65 75 65 5f 74 69 6d 65 73 74 61 6d 70 08 01 42 74 ce ab 9f e0 00 00 21 5f 5f 73 65 6e 64 5f
        74 69 6d 65 73 74 61 6d 70 08 01 42 74 ce ab 9f e0 00 00 01
        """

    static func octets(_ hex: String) -> [UInt8] {
        hex.split { $0 == " " || $0 == "\n" }.compactMap { UInt8($0, radix: 16) }
    }

    static func read(_ object: [AMFMember<AMF3Value>], as form: Command.Form = .extended) throws -> Envelope {
        let message = DataMessage("cmdMsg", [.avmplus(.anonymous(object))], form: form).message()
        return try Envelope.reading(message).get()
    }

    /// The examples of peer-protocol §3.6.
    @Test func theExamplesAreWrittenOctetByOctet() throws {
        let ping = Request.ping(pingID: .integer(0), externalID: .null)
        #expect(Envelope(id: 7, .request, ping.subtype, ping.members).message().encoded == Self.octets(Self.ping))
        let answered = Envelope(id: 12, .response(to: 3, wantsConfirm: true), "goPushMode")
        #expect(answered.confirm(id: 8).message().encoded == Self.octets(Self.confirm))
        let piece = Piece(
            uri: "http://h/a/1.ts",
            id: 0,
            offset: 0,
            chunkSize: nil,
            content: [0x47, 0x40],
            isFromStableSource: true,
            playlist: nil
        )
        let push = Push.pushPiece(piece, PushTiming())
        var envelope = Envelope(id: 3, .response(to: -1, wantsConfirm: true), push.subtype, push.members)
        envelope.queuedAt = 1_429_867_200_000
        envelope.sentAt = 1_429_867_200_000
        #expect(envelope.message().encoded == Self.octets(Self.pushPiece))
    }

    @Test(arguments: [ping, confirm, pushPiece]) func theExamplesAreReadAgain(_ hex: String) throws {
        let message = try Message(decoding: Self.octets(hex))
        let envelope = try Envelope.reading(message).get()
        #expect(envelope.message() == message)
    }

    static let requests: [Request] = [
        .hasChunk(uri: "http://h/1.ts", id: .null),
        .hasChunk(uri: "http://h/1.ts", id: .string("P2PNetworkRepairer_1")),
        .getPiece(uri: "/1.ts", Assignment(id: 1, count: 2, offset: 1_000_000_000, length: -1)),
        .goPushMode(uri: "/1.ts", Assignment(id: 0, count: 2, offset: 0, length: 7)),
        .goPushMode2(uri: "/1.ts", Assignment(id: 0, count: -1, offset: 0, length: 7), externalID: .string("x")),
        .pausePush, .resumePush(uri: "/1.ts"), .stopPush(externalID: .string("")),
        .ping(pingID: .integer(3), externalID: .string("x")), .speedTest(start: 5, id: "DefaultP2PNetwork1"), .close,
    ]

    @Test(arguments: requests) func requestsAreReadAgain(_ request: Request) throws {
        let written = Envelope(id: 5, .request, request.subtype, request.members)
        let read = try Envelope.reading(written.message()).get()
        #expect(read == written)
        #expect(Request(read) == request)
        #expect(Response(read) == nil)
        #expect(Push(read) == nil)
    }

    static let piece = Piece(
        uri: "/1.ts",
        id: 1,
        offset: 2,
        chunkSize: 9,
        content: [1, 2, 3],
        isFromStableSource: true,
        playlist: [35]
    )
    static let responses: [Response] = [
        .hasChunk(ChunkAnswer(uri: "/1.ts", result: true, id: .string("x"), averageChunkSize: 9, averagedChunks: 3)),
        .getPiece(piece), .noPiece, .goPushMode(result: true), .goPushMode2(result: false, externalID: .string("x")),
        .stopPush(externalID: .string("")), .ping(pingID: .integer(4), externalID: .null),
        .speedTest(start: 8, id: "DefaultP2PNetwork1"),
    ]

    @Test(arguments: responses) func responsesAreReadAgain(_ response: Response) throws {
        let kind = Envelope.Kind.response(to: 4, wantsConfirm: response.wantsConfirm)
        let written = Envelope(id: 5, kind, response.subtype, response.members)
        let read = try Envelope.reading(written.message()).get()
        #expect(read == written)
        #expect(Response(read) == response)
        #expect(Request(read) == nil)
    }

    @Test(arguments: [Push.pushPiece(piece, PushTiming(lastUsedTime: 3, lastSize: 4)), .pushPieceError(uri: "/1.ts")])
    func pushesAreReadAgain(_ push: Push) throws {
        let written = Envelope(id: 5, .response(to: -1, wantsConfirm: push.isWindowed), push.subtype, push.members)
        let read = try Envelope.reading(written.message()).get()
        #expect(Push(read) == push)
        #expect(Response(read) == nil)
    }

    /// A class of messages is told by what is there, in order: `__req_msg_id`, then `__resp_confirm` (§4.2).
    @Test func classesAreToldByPresence() throws {
        var members = [
            AMFMember("__msg_id", AMF3Value.double(3)), AMFMember("__subtype", .string("hasChunk")),
            AMFMember("__type", .string("__req")),
        ]
        #expect(try Self.read(members).kind == .request)
        members.append(AMFMember("__resp_confirm", .undefined))
        #expect(try Self.read(members).kind == .request)
        members.append(AMFMember("__resp_confirm", .boolean(false)))
        members.append(AMFMember("__resp_msg_id", .integer(9)))
        #expect(try Self.read(members).kind == .confirm(of: 9))
        members.append(AMFMember("__req_msg_id", .integer(-1)))
        #expect(try Self.read(members).kind == .response(to: -1, wantsConfirm: false))
    }

    @Test func theLastOfRepeatedMembersCountsAndUndefinedIsAbsent() throws {
        let envelope = try Self.read([
            AMFMember("uri", .string("/1.ts")), AMFMember("__msg_id", .integer(1)), AMFMember("id", .undefined),
            AMFMember("__subtype", .string("hasChunk")), AMFMember("__type", .string("__req")),
            AMFMember("foo", .array(AMF3Array([.integer(1)]))), AMFMember("uri", .string("/2.ts")),
            AMFMember("__msg_id", .integer(2)),
        ])
        #expect(envelope.id == 2)
        #expect(Request(envelope) == .hasChunk(uri: "/2.ts", id: .null))
    }

    /// Either form, either AMF (§3.4, §3.5).
    @Test(arguments: [Command.Form.plain, .extended]) func objectsInAMF0AreRead(_ form: Command.Form) throws {
        let object = AMF0Value.object([
            AMFMember("__msg_id", .number(7)), AMFMember("__subtype", .string("ping")),
            AMFMember("__type", .avmplus(.string("__req"))), AMFMember("pingId", .number(0)),
            AMFMember("externalID", .null),
        ])
        let envelope = try Envelope.reading(DataMessage("cmdMsg", [object], form: form).message()).get()
        #expect(Request(envelope) == .ping(pingID: .double(0), externalID: .null))
    }

    /// What Cumulus relayed between original clients is understood.
    @Test func capturedMessagesAreRead() throws {
        let lines = try CapturedExchange.of(.peer).filter { $0.capture.contains("hls") }.flatMap { try $0.lines() }
        let envelopes = lines.compactMap { try? Envelope.reading($0.message).get() }
        #expect(envelopes.count == 6)
        #expect(envelopes.map(\.id).sorted() == [1, 1, 2, 2, 3, 3])
        #expect(envelopes.allSatisfy { Request($0) == .hasChunk(uri: nil, id: .null) })
    }

    static let senseless: [(Message, EnvelopeFault)] = [
        (Message(.audio, [1]), .notData), (DataMessage("onMetaData").message(), .otherHandler("onMetaData")),
        (DataMessage("cmdHello", form: .extended).message(), .otherHandler("cmdHello")),
        (DataMessage("cmdMsg").message(), .noObject), (DataMessage("cmdMsg", [.number(42)]).message(), .noObject),
        (DataMessage("cmdMsg", [.null], form: .extended).message(), .noObject),
        (DataMessage("cmdMsg", [.avmplus(.anonymous([]))]).message(), .incomplete),
    ]

    @Test(arguments: senseless) func senselessMessagesAreValues(_ message: Message, _ fault: EnvelopeFault) {
        #expect(Envelope.reading(message) == .failure(fault))
    }

    /// A value that is given back, as `__opacity` in the confirm, must mean the same there.
    @Test func membersThatReferToWhatTheyAreInAreUndecodable() {
        let opacity = AMF3Value.array(AMF3Array([.dictionary(AMF3Dictionary([.init(.null, .reference(0))]))]))
        let members = [
            AMFMember("__msg_id", AMF3Value.integer(1)), AMFMember("__subtype", .string("ping")),
            AMFMember("__opacity", opacity),
        ]
        let message = DataMessage("cmdMsg", [.avmplus(.anonymous(members))]).message()
        guard case .failure(.undecodable) = Envelope.reading(message) else {
            Issue.record("read")
            return
        }
    }

    @Test func anotherFormatIsUndecodable() {
        let message = Message(.dataExtended, [1] + DataMessage("cmdMsg", [.null]).message().payload)
        guard case .failure(.undecodable) = Envelope.reading(message) else {
            Issue.record("decoded")
            return
        }
    }

    /// Every octet of a message may be anything: that is read as something else, or is a fault, and never traps.
    @Test(arguments: [ping, confirm, pushPiece]) func damagedMessagesDoNoHarm(_ hex: String) throws {
        let octets = Self.octets(hex)
        var random = SeededGenerator(seed: 5)
        for position in octets.indices {
            for _ in 0..<8 {
                var damaged = octets
                damaged[position] = UInt8.random(in: 0...255, using: &random)
                if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random)) }
                guard let message = try? Message(decoding: damaged),
                    let envelope = try? Envelope.reading(message).get()
                else { continue }
                _ = (Request(envelope), Response(envelope), Push(envelope))
            }
        }
    }

    /// Numbers that no int can be are not taken for one.
    @Test(arguments: [AMF3Value.double(.nan), .double(.infinity), .double(1e300), .double(0.5), .string("1"), .null])
    func senselessNumbersAreNoNumbers(_ value: AMF3Value) {
        let envelope = Envelope(
            id: 1,
            .request,
            "getPiece",
            [
                AMFMember("uri", .string("/1.ts")), AMFMember("id", value), AMFMember("count", .integer(2)),
                AMFMember("offset", .integer(0)), AMFMember("len", .integer(1)),
            ]
        )
        #expect(Request(envelope) == nil)
    }
}
