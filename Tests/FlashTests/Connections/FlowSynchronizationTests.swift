import Flash
import Meetings
import RTMFP
import Testing

/// Barriers across flows, and what a server makes of flows and messages that are out of the ordinary (RFC 7425 §5).
@Suite struct FlowSynchronizationTests {
    let meeting: Meeting
    let near: Endpoint
    let session: SessionHandle
    /// The server's control flow, as the client sees it.
    let answer: FlowHandle

    init() throws {
        meeting = try Meeting()
        _ = try meeting.connect()
        near = meeting.client.endpoint
        session = try #require(meeting.client.session)
        answer = try #require(meeting.client.receivedFlows.first?.flow)
    }

    var now: Instant { meeting.world.now }
    /// What was called at the server, by name.
    var called: [String] {
        meeting.server.log.compactMap { if case .called(let command) = $0 { command.name } else { nil } }
    }

    private func open(_ metadata: [UInt8] = FlowMetadata(streamID: 0).encoded) throws -> FlowHandle {
        try #require(near.openFlow(on: session, metadata: metadata, association: answer, at: now))
    }

    private func call(_ name: String, on flow: FlowHandle) {
        near.write(Command(name).message().encoded, on: flow, at: now)
    }

    private func synchronize(_ syncID: UInt32, _ count: UInt32, timestamp: UInt32 = 0, on flow: FlowHandle) {
        var message = UserControl.flowSynchronization(syncID: syncID, count: count).message
        message.timestamp = timestamp
        near.write(message.encoded, on: flow, at: now)
    }

    @Test func aFlowWaitsAtABarrier() throws {
        let (first, second) = (try open(), try open())
        synchronize(8, 2, on: first)
        call("after", on: first)
        call("before", on: second)
        meeting.world.run()
        #expect(called == ["before"])
        synchronize(8, 2, on: second)
        meeting.world.run()
        #expect(called == ["before", "after"])
        call("more", on: first)
        meeting.world.run()
        #expect(called == ["before", "after", "more"])
    }

    /// RFC 7425 Figure 2.
    @Test func twoBarriersInARow() throws {
        let (first, second) = (try open(), try open())
        for name in ["m1", "m2", "m4"] { call(name, on: first) }
        synchronize(8, 2, on: first)
        synchronize(13, 2, on: first)
        call("m7", on: first)
        meeting.world.run()
        call("m3", on: second)
        synchronize(8, 2, on: second)
        call("m5", on: second)
        synchronize(13, 2, on: second)
        call("m6", on: second)
        meeting.world.run()
        #expect(called.prefix(5) == ["m1", "m2", "m4", "m3", "m5"])
        #expect(Set(called.suffix(2)) == ["m6", "m7"])
        #expect(called.count == 7)
    }

    @Test(arguments: [(1, 0), (0, 0), (1, .max)] as [(UInt32, UInt32)]) func nobodyWaitsForOne(
        _ count: UInt32,
        _ timestamp: UInt32
    )
        throws
    {
        let flow = try open()
        synchronize(9, count, timestamp: timestamp, on: flow)
        call("after", on: flow)
        meeting.world.run()
        #expect(called == ["after"])
    }

    @Test func theControlFlowDoesNotWaitForAFlowThatEnds() throws {
        let control = try #require(meeting.client.receivedFlows.first?.received.association)
        let other = try open()
        call("other", on: other)
        synchronize(8, 2, on: control)
        call("after", on: control)
        meeting.world.run()
        #expect(called == ["other"])
        near.close(other, at: now)
        meeting.world.run()
        #expect(called == ["other", "after"])
    }

    @Test func aFlowThatWaitsDoesNotStopOthers() throws {
        let flow = try open()
        synchronize(8, 1_000, on: flow)
        meeting.world.run()
        let id = try #require(meeting.client.connection?.call("f", at: now))
        meeting.world.run()
        #expect(called == ["f"])
        #expect(id > 0)
    }

    /// What waits is held back at its sender, not piled up.
    @Test func whatWaitsIsHeldBack() throws {
        let flow = try open()
        synchronize(8, 2, on: flow)
        let message = Command("f", [.string(String(repeating: "x", count: 60_000))]).message().encoded
        var written = 0
        for _ in 0..<500 {
            while near.write(message, on: flow, at: now) { written += 1 }
            meeting.world.run(.milliseconds(100))
        }
        #expect(called.isEmpty)
        #expect(written * message.count < 6 << 20)
        let other = try open()
        synchronize(8, 2, on: other)
        meeting.world.run(.seconds(60))
        #expect(called.count == written)
    }

    @Test func endlessBarriersDoNoHarm() throws {
        let flow = try open([0x54, 0x43, 0x05, 0x00])
        for syncID in 0..<2_000 {
            synchronize(UInt32(syncID), 2, on: flow)
            if syncID % 100 == 0 { meeting.world.run(.milliseconds(100)) }
        }
        call("after", on: flow)
        meeting.world.run()
        #expect(called.isEmpty || called == ["after"])
        #expect(meeting.client.connection?.call("f", at: now) != nil)
        meeting.world.run()
        #expect(called.contains("f"))
    }

    @Test(arguments: [
        [], [0x58, 0x58, 0x04, 0x00], [0x47, 0x43], [0x54, 0x43], [0x54, 0x43, 0x00], [0x54, 0x43, 0x04],
        [0x54, 0x43, 0x04, 99], [0x54, 0x43, 0x04, 0xff, 0xff, 0xff, 0xff, 0x7f],
    ])
    func flowsThatBelongNowhereAreRejected(_ metadata: [UInt8]) throws {
        let flow = try open(metadata)
        near.write(Command("lost").message().encoded, on: flow, at: now)
        meeting.world.run()
        #expect(meeting.client.rejectedFlows == [flow])
        #expect(called.isEmpty)
        #expect(meeting.server.connection?.state == .connected)
    }

    @Test func aSecondControlFlowWithoutAssociationIsRejected() throws {
        let flow = try #require(near.openFlow(on: session, metadata: FlowMetadata(streamID: 0).encoded, at: now))
        call("lost", on: flow)
        meeting.world.run()
        #expect(meeting.client.rejectedFlows == [flow])
    }

    /// RFC 7425 §5.1: ignored, and so is what cannot be understood.
    @Test(arguments: [
        [], [20], [20, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0], [3, 0, 0, 0, 0, 1], [5, 0, 0, 0, 0],
        [6, 0, 0, 0, 0, 0, 0, 0, 1, 2], [20, 0, 0, 0, 0], [20, 0, 0, 0, 0, 2, 0xff], [17, 0, 0, 0, 0],
        [17, 0, 0, 0, 0, 1, 2, 0, 1, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0], [4, 0, 0, 0, 0], [4, 0, 0, 0, 0, 0],
        [4, 0, 0, 0, 0, 0, 34, 0, 0, 0], [8, 0, 0, 0, 0, 1], [18, 0, 0, 0, 0, 1], [255, 0, 0, 0, 0],
    ])
    func messagesThatMakeNoSenseAreIgnored(_ message: [UInt8]) throws {
        let control = try #require(meeting.client.receivedFlows.first?.received.association)
        near.write(message, on: control, at: now)
        call("after", on: control)
        meeting.world.run()
        #expect(called == ["after"])
        #expect(meeting.server.connection?.state == .connected)
    }

    @Test func connectingTwiceIsAnError() throws {
        let id = try #require(meeting.client.connection?.call("connect", at: now))
        meeting.world.run()
        #expect(meeting.client.log.last.map(brief) == "answered \(id) error [\"NetConnection.Connect.Failed\"]")
    }

    @Test func nothingWorksBeforeConnecting() throws {
        let other = try Party(meeting.world, port: 50_001, seed: 9)
        other.open(to: meeting.server, at: now)
        meeting.world.run()
        let session = try #require(other.session)
        let metadata = FlowMetadata(streamID: 0).encoded
        let flow = try #require(other.endpoint.openFlow(on: session, metadata: metadata, at: now))
        let command = Command("createStream", transactionID: 5)
        other.endpoint.write(command.message().encoded, on: flow, at: now)
        meeting.world.run()
        let answer = try Command(decoding: Message(decoding: #require(other.messages.first?.bytes)))
        #expect(answer.name == "_error")
        #expect(answer.transactionID == 5)
        #expect(meeting.server.connection?.streams.isEmpty == true)
    }
}
