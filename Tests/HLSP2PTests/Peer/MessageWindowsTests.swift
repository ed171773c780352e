import Flash
import HLSP2P
import RTMFP
import Testing

/// Windows, confirms and timeouts (peer-protocol §5).
@Suite final class MessageWindowsTests {
    var windows = MessageWindows(clock: WallClock(millisecondsAtOrigin: 1_000_000))
    var now = Instant.origin

    static func piece(_ number: Int, size: Int = 1) -> Push {
        let content = [UInt8](repeating: UInt8(number), count: size)
        return .pushPiece(
            Piece(
                uri: "/\(number).ts",
                id: 0,
                offset: 0,
                chunkSize: size,
                content: content[...],
                isFromStableSource: true,
                playlist: nil
            ),
            PushTiming()
        )
    }

    static let hasChunk = Request.hasChunk(uri: "/1.ts", id: .null)
    static let ping = Request.ping(pingID: .integer(0), externalID: .null)
    static let pong = Response.ping(pingID: .integer(0), externalID: .null)

    static func envelope(_ id: Int, answering request: Int, _ response: Response) -> Envelope {
        Envelope(
            id: id,
            .response(to: request, wantsConfirm: response.wantsConfirm),
            response.subtype,
            response.members
        )
    }

    static func envelope(_ id: Int, _ request: Request) -> Envelope {
        Envelope(id: id, .request, request.subtype, request.members)
    }

    /// What was said since the last time, in short.
    func said() -> [String] {
        windows.takeEnvelopes().map { envelope in
            switch envelope.kind {
            case .request: "\(envelope.id) \(envelope.subtype)?"
            case .response(let id, _): "\(envelope.id) \(envelope.subtype) to \(id)"
            case .confirm(let id): "\(envelope.id) confirms \(id) \(envelope.subtype)"
            }
        }
    }

    @Test func oneRequestIsUnansweredAtATime() {
        windows.ask(Self.hasChunk, at: now)
        windows.ask(.stopPush(externalID: .string("x")), at: now)
        windows.ask(Self.ping, at: now)
        #expect(said() == ["0 hasChunk?", "2 ping?"])
        // An immediate answer does not make the unanswered request be sent again.
        #expect(
            windows.receive(Self.envelope(0, answering: 2, Self.pong), at: now) == .response(Self.pong, to: Self.ping)
        )
        #expect(said().isEmpty)
        let answer = Response.hasChunk(ChunkAnswer(uri: "/1.ts", result: false, id: .null))
        #expect(
            windows.receive(Self.envelope(1, answering: 0, answer), at: now) == .response(answer, to: Self.hasChunk)
        )
        #expect(said() == ["3 confirms 1 hasChunk", "1 stopPush?"])
        // A second answer is confirmed, and is nothing new.
        #expect(windows.receive(Self.envelope(1, answering: 0, answer), at: now) == nil)
        #expect(said() == ["4 confirms 1 hasChunk"])
    }

    @Test func oneResponseIsUnconfirmedAtATime() {
        windows.push(Self.piece(1), at: now)
        windows.push(Self.piece(2), at: now)
        windows.answer(.speedTest(start: 1, id: "a"), to: 7, at: now)
        windows.answer(Self.pong, to: 8, at: now)
        windows.push(.pushPieceError(uri: "/3.ts"), at: now)
        #expect(said() == ["0 pushPiece to -1", "3 ping to 8", "4 pushPieceError to -1"])
        func confirm(_ id: Int) -> Envelope { Envelope(id: 9, .confirm(of: id), "pushPiece") }
        // Confirms of what is not outstanding are ignored.
        #expect(windows.receive(confirm(1), at: now) == nil)
        #expect(said().isEmpty)
        _ = windows.receive(confirm(0), at: now)
        #expect(said() == ["1 pushPiece to -1"])
        _ = windows.receive(confirm(1), at: now)
        #expect(said() == ["2 speedTest to 7"])
        _ = windows.receive(confirm(1), at: now)
        #expect(said().isEmpty)
    }

    @Test func piecesTellHowLongTheOneBeforeTook() throws {
        windows.push(Self.piece(1, size: 5), at: now)
        let first = try #require(windows.takeEnvelopes().first)
        #expect(first["lastUsedTime"] == .integer(-1))
        #expect(first["lastSize"] == .integer(-1))
        now = now + .milliseconds(1_500)
        windows.push(Self.piece(2, size: 6), at: now)
        now = now + .milliseconds(500)
        _ = windows.receive(Envelope(id: 0, .confirm(of: 0), "pushPiece"), at: now)
        let second = try #require(windows.takeEnvelopes().first)
        #expect(second["lastUsedTime"] == .integer(2_000))
        #expect(second["lastSize"] == .integer(5))
        #expect(second.queuedAt == 1_001_500)
        #expect(second.sentAt == 1_002_000)
    }

    /// Pushing after `goPushMode` starts with a confirm that names the operation.
    @Test(arguments: ["goPushMode", "goPushMode2", ""]) func confirmsNameTheOperation(_ subtype: String) {
        #expect(windows.receive(Self.envelope(4, .close), at: now) == .request(.close, id: 4))
        windows.answer(.goPushMode(result: true), to: 4, at: now)
        #expect(windows.takeEnvelopes().map(\.needsConfirm) == [true])
        let confirmed = windows.receive(Envelope(id: 1, .confirm(of: 0), subtype), at: now)
        #expect(confirmed == (subtype == "goPushMode" ? .confirmed(.goPushMode(result: true), to: 4) : nil))
    }

    @Test(arguments: [hasChunk, .stopPush(externalID: .null)]) func repeatedRequests(_ request: Request) {
        #expect(windows.receive(Self.envelope(4, request), at: now) == .request(request, id: 4))
        windows.answer(.stopPush(externalID: .null), to: 4, at: now)
        #expect(windows.receive(Self.envelope(4, request), at: now) == nil)
        _ = windows.receive(Envelope(id: 9, .confirm(of: 0), "stopPush"), at: now)
        #expect(windows.receive(Self.envelope(4, request), at: now) == .request(request, id: 4))
    }

    /// What starts pushing is not done twice, but is answered again.
    @Test func aRepeatedGoPushModeIsAnsweredAgain() {
        let request = Request.goPushMode(uri: "/1.ts", Assignment(id: 0, count: 1, offset: 0, length: -1))
        #expect(windows.receive(Self.envelope(4, request), at: now) == .request(request, id: 4))
        windows.answer(.goPushMode(result: true), to: 4, at: now)
        _ = windows.receive(Envelope(id: 9, .confirm(of: 0), "goPushMode"), at: now)
        _ = windows.takeEnvelopes()
        #expect(windows.receive(Self.envelope(4, request), at: now) == nil)
        #expect(said() == ["1 goPushMode to 4"])
    }

    @Test(arguments: [true, false]) func unansweredMessagesEndTheSession(_ isRequest: Bool) {
        if isRequest { windows.ask(Self.hasChunk, at: now) } else { windows.push(Self.piece(1), at: now) }
        windows.ask(Self.ping, at: now)
        #expect(windows.nextDeadline == now + .seconds(30))
        windows.advance(to: now + .milliseconds(29_999))
        #expect(!windows.isDead)
        windows.advance(to: now + .seconds(30))
        #expect(windows.isDead)
    }

    @Test func immediateMessagesMayStayUnanswered() {
        windows.ask(Self.ping, at: now)
        windows.ask(.pausePush, at: now)
        #expect(windows.nextDeadline == nil)
    }

    /// A flood of requests whose answers nobody confirms ends with the session, not with memory.
    @Test func floodsAreBounded() {
        for id in 0..<1_000 where !windows.isDead {
            guard case .request? = windows.receive(Self.envelope(id, Self.hasChunk), at: now) else { continue }
            windows.answer(.stopPush(externalID: .null), to: id, at: now)
        }
        #expect(windows.isDead)
    }

    @Test func responsesToNothingAreConfirmedAlone() {
        let answer = Self.envelope(3, answering: 77, .noPiece)
        #expect(windows.receive(answer, at: now) == nil)
        #expect(said() == ["0 confirms 3 getPiece"])
        #expect(windows.receive(Self.envelope(4, answering: 77, Self.pong), at: now) == nil)
        #expect(said().isEmpty)
    }

    /// A push that makes no sense is confirmed all the same: the far end would wait for that.
    @Test func senselessPushesAreConfirmed() {
        var push = Envelope(id: 3, .response(to: -1, wantsConfirm: true), "pushPiece")
        #expect(windows.receive(push, at: now) == nil)
        push.opacity = .string("o")
        #expect(windows.receive(push, at: now) == nil)
        let confirms = windows.takeEnvelopes()
        #expect(confirms.map(\.kind) == [.confirm(of: 3), .confirm(of: 3)])
        #expect(confirms.map(\.opacity) == [nil, .string("o")])
    }
}
