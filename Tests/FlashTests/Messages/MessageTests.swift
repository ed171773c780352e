import Flash
import RTMFP
import Testing

/// Flow metadata, messages, user control events and commands (RFC 7425 §5.1, §5.2, §5.3).
@Suite struct MessageTests {
    @Test(arguments: [
        ("", "signature"), ("54", "signature"), ("4743", "signature"), ("5443", "flags"), ("544300", "streamIDPresent"),
        ("544304", "streamID"), ("544304 8880 8000", "streamID"),
    ])
    func metadataThatMustBeRejected(_ text: String, _ field: String) throws {
        let octets = try octets(text)
        #expect(thrown { () throws(WireError) in _ = try FlowMetadata(decoding: octets) }?.path == [field])
    }

    @Test func theGreatestStreamIDIsAccepted() throws {
        let metadata = FlowMetadata(streamID: FlowMetadata.maximumStreamID, receiveIntent: .networkArrivalOrder)
        #expect(try FlowMetadata(decoding: metadata.encoded) == metadata)
    }

    @Test func everyTypeButThoseOfChunkStreamsIsAccepted() {
        for type in UInt8.min...UInt8.max {
            let error = thrown { () throws(WireError) in _ = try Message(decoding: [type, 0, 0, 0, 0]) }
            #expect((error == nil) == ![1, 2, 3, 5, 6].contains(type))
        }
    }

    @Test func timestampsHave32Bits() throws {
        let message = Message(.video, timestamp: 0xffff_fffe, [1])
        #expect(message.encoded == [9, 0xff, 0xff, 0xff, 0xfe, 1])
        #expect(try Message(decoding: message.encoded) == message)
    }

    static let events: [UserControl] = [
        .streamBegin(streamID: 5), .streamEOF(streamID: .max), .flowSynchronization(syncID: 8, count: 2),
        .setKeepalive(serverPeriod: 15_000, peerPeriod: 10_000), .other(event: 3, [0, 0, 0, 1]),
    ]

    @Test(arguments: events) func eventsComeBack(_ event: UserControl) throws {
        #expect(try UserControl(decoding: event.message) == event)
        #expect(try UserControl(decoding: Message(decoding: event.message.encoded)) == event)
    }

    @Test(arguments: events) func eventsThatAreCutOffAreErrors(_ event: UserControl) throws {
        guard case .other = event else {
            let cut = Message(.userControl, Array(event.message.payload.dropLast()))
            #expect(thrown { () throws(WireError) in _ = try UserControl(decoding: cut) } != nil)
            return
        }
    }

    @Test func anErrorTellsTheOffsetInTheMessage() {
        let message = Message(.commandExtended, [0, 2, 0, 1, 0x61, 0, 0])
        #expect(
            thrown { () throws(WireError) in _ = try Command(decoding: message) }
                == WireError(.truncated(needed: 8, available: 1), offset: 11, path: ["[1]", "number"])
        )
        #expect(
            thrown { () throws(WireError) in _ = try Command(decoding: Message(.commandExtended, [])) }?.offset == 5
        )
        #expect(
            thrown { () throws(WireError) in _ = try Command(decoding: Message(.commandExtended, [3])) }?.offset == 5
        )
    }

    @Test func commandsThatEndEarlyAreAccepted() throws {
        let command = try Command(decoding: Message(.command, [AMF0Value.string("close")].encoded))
        #expect(command == Command("close"))
        let second = try Command(decoding: Message(.command, [AMF0Value.string("close"), .number(3)].encoded))
        #expect(second == Command("close", transactionID: 3))
    }

    @Test(arguments: [[], [AMF0Value.number(1)], [.string("a"), .string("b")]])
    func whatIsNoCommandIsAnError(_ values: [AMF0Value]) {
        #expect(thrown { () throws(WireError) in _ = try Command(decoding: Message(.command, values.encoded)) } != nil)
    }
}
