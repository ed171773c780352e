import Capture
import Fixtures
import Flash
import HLSP2P
import RTMFP
import Testing

/// The small swarms that are recorded.
@Suite struct SwarmStoryTests {
    @Test(arguments: SwarmStory.all.map(\.name)) func aStoryShowsWhatItSays(_ name: String) throws {
        let story = try #require(SwarmStory.all.first { $0.name == name })
        let recording = try story.record()
        #expect(recording.outcome.complaints == [])
        #expect(operations(in: recording).isSuperset(of: story.operations))
        #expect(recording.datagrams.reduce(0) { $0 + $1.payload.count } < 200_000)
    }

    @Test func whoIsCutOffComesBack() throws {
        let story = try #require(SwarmStory.all.first { $0.name == "swarm-cdn-and-back" })
        let modes = try story.record().events.compactMap { event in
            if case .mode(let mode) = event { mode } else { nil }
        }
        #expect(modes == [.p2p, .cdn, .p2p])
    }

    @Test func aStoryIsTheSameEveryTime() throws {
        let story = try #require(SwarmStory.all.first)
        let (first, second) = (try story.record(), try story.record())
        #expect(first.datagrams == second.datagrams)
        #expect(first.keys == second.keys)
    }

    /// The operations of all messages between peers.
    private func operations(in recording: SwarmStory.Recording) -> Set<String> {
        let decoder = PacketDecoder(keys: KeyLog(recording.keys.flatMap(LoggedDirection.both)))
        var reassembler = FlowReassembler()
        var operations: Set<String> = []
        for datagram in recording.datagrams {
            for event in reassembler.add(decoder.decode(datagram)) {
                guard case .message(let message) = event, let decoded = try? Message(decoding: message.octets),
                    case .success(let envelope) = Envelope.reading(decoded)
                else { continue }
                operations.insert(envelope.subtype)
            }
        }
        return operations
    }
}
