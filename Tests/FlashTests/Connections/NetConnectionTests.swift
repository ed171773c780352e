import Flash
import Meetings
import RTMFP
import Testing

/// NetConnection: connecting, calling, closing (RFC 7425 §5.3).
@Suite struct NetConnectionTests {
    let meeting: Meeting

    init() throws {
        meeting = try Meeting()
    }

    var clientLog: [String] { meeting.client.log.map(brief) }
    var serverLog: [String] { meeting.server.log.map(brief) }

    @Test func aClientConnects() throws {
        let (client, server) = try meeting.connect()
        #expect(serverLog == ["connectRequested app/instance"])
        #expect(clientLog == ["connected NetConnection.Connect.Success"])
        #expect(client.state == .connected)
        #expect(server.state == .connected)
        guard case .connectRequested(let request) = meeting.server.log.first else { return }
        #expect(request["tcUrl"]?.string == "rtmfp://server.example/app/instance")
        #expect(request["fpad"]?.boolean == false)
        #expect(request.arguments == [.string("extra")])
        #expect(request.command.transactionID == 1)
    }

    /// The control flows are what RFC 7425 §5.3.1 and §5.3.2 say.
    @Test func controlFlowsAreForStream0AndTheReturnIsAssociated() throws {
        _ = try meeting.connect()
        let control = try #require(meeting.server.receivedFlows.first?.received)
        #expect(control.metadata == [0x54, 0x43, 0x04, 0x00])
        #expect(control.association == nil)
        let answer = try #require(meeting.client.receivedFlows.first?.received)
        #expect(answer.metadata == [0x54, 0x43, 0x04, 0x00])
        #expect(answer.association?.session == meeting.client.session)
        #expect(meeting.client.receivedFlows.count == 1)
    }

    @Test func theServerMayAnswerLater() throws {
        var request: ConnectRequest?
        meeting.server.answers = { _, event, _ in if case .connectRequested(let new) = event { request = new } }
        let (client, server) = try meeting.connect()
        #expect(client.state == .connecting)
        #expect(request != nil)
        server.accept(details: [AMFMember("more", .number(7))], at: meeting.world.now)
        meeting.world.run()
        guard case .connected(let status) = meeting.client.log.first else {
            Issue.record("not connected")
            return
        }
        #expect(status.details == [AMFMember("objectEncoding", .number(0)), AMFMember("more", .number(7))])
    }

    @Test func aRefusedClientGetsToKnowWhy() throws {
        meeting.server.answers = { connection, event, now in
            if case .connectRequested = event { connection.reject("no", at: now) }
        }
        let (client, server) = try meeting.connect()
        #expect(clientLog == ["rejected NetConnection.Connect.Rejected", "closed near"])
        #expect(serverLog.last == "closed near")
        #expect(client.state == .closed)
        #expect(server.state == .closed)
    }

    @Test func callsAreAnswered() throws {
        meeting.server.answers = { connection, event, now in
            switch event {
            case .connectRequested: connection.accept(at: now)
            case .called(let command) where command.name == "echo":
                connection.answer(command, command.arguments, at: now)
            case .called(let command):
                connection.fail(command, Status("NetConnection.Call.Failed", level: .error), at: now)
            default: break
            }
        }
        let (client, server) = try meeting.connect()
        let first = try #require(client.call("echo", [.string("a"), .string("b")], at: meeting.world.now))
        let second = try #require(client.call("nonsense", at: meeting.world.now))
        client.send(Command("nonsense"), at: meeting.world.now)
        server.send(Command("unasked", [.string("x")]), at: meeting.world.now)
        server.send(Command("_result", transactionID: 99, [.null]), at: meeting.world.now)
        meeting.world.run()
        #expect(serverLog.dropFirst() == ["called echo [\"a\", \"b\"]", "called nonsense []", "called nonsense []"])
        #expect(
            Set(clientLog.dropFirst()) == [
                "answered \(first) result [\"a\", \"b\"]", "answered \(second) error [\"NetConnection.Call.Failed\"]",
                "called unasked [\"x\"]",
            ]
        )
    }

    @Test func theServerMayCallAsWell() throws {
        let (client, server) = try meeting.connect()
        let id = try #require(server.call("question", at: meeting.world.now))
        meeting.world.run()
        guard case .called(let command)? = meeting.client.log.last else {
            Issue.record("not called")
            return
        }
        client.answer(command, [.string("yes")], at: meeting.world.now)
        meeting.world.run()
        #expect(serverLog.last == "answered \(id) result [\"yes\"]")
    }

    @Test func peerInfoAndKeepalive() throws {
        let (client, server) = try meeting.connect()
        let addresses = ["192.0.2.129:50001", "[2001:db8:1::2]:50002"].compactMap(SocketAddress.init(presentation:))
        client.setPeerInfo(addresses, at: meeting.world.now)
        server.adviseKeepalive(server: .seconds(15), peer: .milliseconds(1), at: meeting.world.now)
        meeting.world.run()
        client.setPeerInfo([], at: meeting.world.now)
        meeting.world.run()
        #expect(
            serverLog.dropFirst() == [
                "peerInfo [\"192.0.2.129:50001\", \"[2001:db8:1:0:0:0:0:2]:50002\"]", "peerInfo []",
            ]
        )
        #expect(clientLog.last == "keepalive 15000 5000")
    }

    /// RFC 7425 §5.3.4: each period for its sessions, and the latest counts.
    @Test func keepalivePeriodsAreKept() throws {
        let (_, server) = try meeting.connect()
        let peer = try Party(meeting.world, port: 50_002, seed: 5)
        meeting.client.open(to: peer, at: meeting.world.now)
        meeting.world.run()
        // What the client sends in a minute in which nobody says anything: Pings, and replies to the others' Pings.
        func sent(to far: Party) -> Int {
            let before = meeting.world.sent.count
            meeting.world.run(.seconds(60))
            return meeting.world.sent.dropFirst(before).count { $0 == (meeting.client.address, far.address) }
        }
        #expect((1...4).contains(sent(to: meeting.server)))
        server.adviseKeepalive(server: .seconds(6), peer: .seconds(12), at: meeting.world.now)
        #expect((9...12).contains(sent(to: meeting.server)))
        #expect((4...6).contains(sent(to: peer)))
        server.adviseKeepalive(server: .seconds(20), peer: .milliseconds(1), at: meeting.world.now)
        #expect((2...5).contains(sent(to: meeting.server)))
        #expect((11...13).contains(sent(to: peer)))
    }

    /// What librtmfp sends: no command object.
    @Test func peerInfoWithoutCommandObject() throws {
        let (client, _) = try meeting.connect()
        client.send(
            Command("setPeerInfo", object: .string("10.9.8.7:1234"), [.string("garbage"), .string("1.2.3.4:99999")]),
            at: meeting.world.now
        )
        meeting.world.run()
        #expect(serverLog.last == "peerInfo [\"10.9.8.7:1234\"]")
    }

    /// RFC 7425 §5.3.3: type 20 after AMF0 was negotiated, type 17 after AMF3.
    @Test(arguments: [(0, Command.Form.plain), (3, .extended)])
    func theEncodingDecidesTheFormOfCommands(_ encoding: Double, _ form: Command.Form) throws {
        meeting.client.members = [AMFMember("objectEncoding", .number(encoding))]
        let (client, _) = try meeting.connect()
        #expect(client.form == form)
        client.setPeerInfo([], at: meeting.world.now)
        _ = client.call("f", at: meeting.world.now)
        meeting.world.run()
        let commands = try meeting.server.messages.map { try Command(decoding: Message(decoding: $0.bytes)) }
        #expect(commands.map(\.name) == ["connect", "setPeerInfo", "f"])
        #expect(commands.map(\.form) == [.plain, form, form])
    }

    @Test func anOrderlyCloseByTheClient() throws {
        let (client, server) = try meeting.connect()
        client.send(Command("last", [.string("words")]), at: meeting.world.now)
        client.close(at: meeting.world.now)
        meeting.world.run()
        #expect(serverLog.suffix(2) == ["called last [\"words\"]", "closed far"])
        #expect(clientLog.last == "closed near")
        #expect(client.state == .closed)
        #expect(server.state == .closed)
        #expect(meeting.client.endedFlows.count == 1)
        #expect(meeting.client.rejectedFlows.isEmpty)
    }

    @Test func anOrderlyCloseByTheServer() throws {
        let (_, server) = try meeting.connect()
        server.close(at: meeting.world.now)
        meeting.world.run()
        #expect(clientLog.last == "closed far")
        #expect(serverLog.last == "closed near")
    }

    @Test func anAbruptEnd() throws {
        let (client, _) = try meeting.connect()
        client.abort(at: meeting.world.now)
        #expect(client.takeEvents().map(brief) == ["closed near"])
        meeting.world.run()
        #expect(serverLog.last == "closed rejected")
    }

    @Test func theSessionEnds() throws {
        let (client, _) = try meeting.connect()
        meeting.client.endpoint.abort(client.session, at: meeting.world.now)
        meeting.world.run()
        #expect(clientLog.last == "closed session(RTMFP.CloseReason.aborted)")
        #expect(serverLog.last == "closed session(RTMFP.CloseReason.farClosed)")
    }

    @Test func lossesDoNotMatter() throws {
        meeting.world.loses = { $0 % 3 == 0 }
        meeting.client.open(to: meeting.server, at: meeting.world.now)
        meeting.world.run(.seconds(60))
        let client = try #require(meeting.client.connection)
        for number in 0..<50 { client.send(Command("n", [.string("\(number)")]), at: meeting.world.now) }
        meeting.world.run(.seconds(120))
        #expect(serverLog.dropFirst() == (0..<50).map { "called n [\"\($0)\"]" }[...])
    }
}
