import Fixtures
import RTMFP
import Testing

@testable import Capture
@testable import Conformance

/// Who took part in a recording, and what belongs together.
struct RecordingTests {
    @Test("Everybody who sent something is told apart, whatever addresses it used")
    func implementations() throws {
        let counts = [
            "tc-play": 3, "cumulus-hls-p2p": 3, "p2p-glare": 3, "echo-hostname-epd": 4, "static-redirector": 3,
            "go-echo": 2,
        ]
        for (name, count) in counts {
            #expect(try StoredCaptures.recording(name).implementations.count == count, "\(name)")
        }
        // One port before IIKeying, another after it, a third during the session.
        let mobile = try StoredCaptures.recording("mobility-and-cookie-change").implementations
        #expect(mobile.map(\.addresses.count) == [4, 1] || mobile.map(\.addresses.count) == [3, 1])
    }

    @Test("Sessions are seen from both ends, with their flows")
    func sessions() throws {
        let implementations = Recording(RecordedSaboteur.referenceRecording).implementations
        #expect(implementations.map(\.sessions.count) == [2, 2, 2])
        let viewer = implementations[0]
        #expect(viewer.sessions.allSatisfy { $0.isInitiator && $0.isWhole })
        #expect(viewer.sessions[0].sendingFlows.map(\.id) == [2, 3, 4, 5, 6])
        #expect(viewer.sessions[0].receivingFlows.map(\.id) == [2])
        #expect(viewer.sessions[0].sendingFlows[1].messages.count == 3)
        let server = implementations[1]
        #expect(server.sessions.allSatisfy { !$0.isInitiator })
        #expect(server.sessions[0].sendingFlows[0].acknowledgements.count == 11)
        // A certificate that came in fragments is there like any other.
        #expect(try server.certificates().first?.encoded.count ?? 0 > 1_800)
    }

    @Test("Of a long recording it is known after which frame nothing is looked at; one that just fits has none")
    func long() throws {
        var packet = try #require(RecordedSaboteur.referenceRecording.first)
        packet.contents = nil
        packet.datagram.payload = Array(repeating: 0, count: Recording.mostOctets / 4)
        let packets = (1...6).map { frame in
            var packet = packet
            packet.datagram.frame = frame * 10
            return packet
        }
        #expect(Recording(packets).lastFrame == 40)
        #expect(Recording(packets.prefix(4)).lastFrame == nil)
    }

    @Test("A recording that begins within a session is judged by what it shows")
    func tail() {
        let packets = RecordedSaboteur.referenceRecording.drop { $0.datagram.frame < 12 }
        let implementations = Recording(packets).implementations
        #expect(implementations.allSatisfy { !$0.sessions.isEmpty })
        #expect(implementations.flatMap(\.sessions).contains { !$0.isWhole })
        let results = Judge(Recording(packets), command: "").run(Suite.capture)
        #expect(results.allSatisfy { !$0.verdict.isRed && $0.verdict != .error })
    }

    @Test(
        "Packets are put into the order of sending by sequence numbers, or else by timestamps",
        arguments: [true, false]
    )
    func order(_ hasNumbers: Bool) {
        var packets = RecordedSaboteur.referenceRecording.compactMap { RecordedPacket($0, number: $0.datagram.frame) }
            .filter { $0.isInSession && ($0.contents.sequenceNumber != nil) == hasNumbers }
        packets = packets.filter { $0.contents.direction == packets.first?.contents.direction }
        let numbers = packets.map(\.number)
        #expect(packets.count >= (hasNumbers ? 20 : 1))
        #expect(inOrderOfSending(packets).map(\.number) == numbers)
        #expect(inOrderOfSending(packets.reversed()).map(\.number) == numbers)
    }

    @Test("Whatever packets say, every case comes to a verdict", arguments: 1...40 as ClosedRange<UInt64>)
    func hostile(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let packets = RecordedSaboteur.referenceRecording.map { packet in
            guard Int.random(in: 0..<3, using: &random) == 0, let contents = packet.contents else { return packet }
            var plain = contents.plain
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                plain[Int.random(in: plain.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            return packet.saying(plain)
        }
        let results = Judge(Recording(packets), command: "").run(Suite.capture)
        #expect(!results.isEmpty)
        #expect(results.allSatisfy { $0.verdict != .error })
    }

    @Test("Nothing comes of nothing")
    func empty() {
        let recording = Recording([])
        #expect(recording.implementations.isEmpty)
        #expect(Judge(recording, command: "").run(Suite.capture).isEmpty)
    }

    @Test("What repeats a case names whom it judges; others are left out")
    func only() {
        let recording = Recording(RecordedSaboteur.named("ping-reply-unasked")?.recording ?? [])
        let subject = Suite.capture.filter { $0.id == "capture/timers/ping-reply-answers-ping" }
        let all = Judge(recording, command: "judge it").run(subject)
        #expect(all.map(\.verdict).filter(\.isRed).count == 1)
        #expect(all.first?.reproduce == "judge it 'capture/timers/ping-reply-answers-ping' --only '10.0.0.2:40002'")
        let one = Judge(recording, only: ["10.0.0.2:40002"], command: "judge it")
        #expect(one.targets == ["10.0.0.2:40002"])
        #expect(one.run(subject).map(\.verdict) == [.failed])
    }
}

extension DecodedPacket {
    /// The packet with other octets in it.
    fileprivate func saying(_ plain: [UInt8]) -> DecodedPacket {
        var (packet, reader) = (self, ByteReader(plain.span))
        guard var contents, let header = try? PacketHeader(from: &reader) else { return self }
        contents.plain = plain
        contents.header = header
        contents.chunks = []
        while let chunk = Packet.nextChunk(&reader) { contents.chunks.append(chunk) }
        contents.padding = reader.remaining
        packet.contents = contents
        return packet
    }
}
