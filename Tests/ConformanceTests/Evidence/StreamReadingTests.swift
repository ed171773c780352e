import Capture
import Links
import RTMFP
import Testing

@testable import Conformance

/// What went over connections is shown as segments, and taken out of them again.
struct StreamReadingTests {
    private static let tracker = SocketAddress(.v4(0x0a00_0001), port: 8080)
    private static func near(_ number: UInt16) -> SocketAddress { .loopback(port: 40_000 + number) }

    /// What happens on a few connections.
    struct Story: Sendable, CustomStringConvertible {
        var description: String
        var dealings: [(stream: Int, dealing: Tape.Dealing)]
    }

    private static func opened(_ number: Int) -> (Int, Tape.Dealing) {
        (number, .opened(near: near(UInt16(number)), far: tracker))
    }

    private static let long = (0..<100_001).map { UInt8(truncatingIfNeeded: $0) }

    static let stories = [
        Story(
            description: "a request and its response",
            dealings: [opened(0), (0, .said([1, 2])), (0, .heard([3])), (0, .finished), (0, .ended)]
        ),
        Story(
            description: "requests one after the other, responses in pieces",
            dealings: [
                opened(0), (0, .said([1])), (0, .said([2])), (0, .heard([3, 4])), (0, .heard([5])), (0, .ended),
                (0, .said([6])),
            ]
        ),
        Story(
            description: "several connections, of which some stay open",
            dealings: [
                opened(0), opened(1), (1, .said([1])), (0, .said([2])), opened(2), (0, .heard([3])), (1, .heard([4])),
                (0, .finished), (1, .ended),
            ]
        ),
        Story(
            description: "more than a segment holds",
            dealings: [opened(0), (0, .said(long)), (0, .heard(long)), (0, .heard([7])), (0, .finished)]
        ),
    ]

    /// The segments of a story, as `ShownTape` shows it, and what is read from them.
    private static func segments(_ dealings: [(stream: Int, dealing: Tape.Dealing)]) -> [CapturedSegment] {
        let tape = Tape()
        for (stream, dealing) in dealings {
            tape.add(.dealt(stream: stream, dealing), at: .origin)
        }
        return ShownTape(tape, links: [], offset: .zero).packets.compactMap { packet in
            if case .segment(let segment) = packet.packet { segment } else { nil }
        }
    }

    private static func read(_ segments: [CapturedSegment]) throws -> [String] {
        var reading = StreamReading(tracker)
        let dealings = try segments.flatMap { try reading.take($0) }
        #expect(reading.isComplete)
        return dealings.map { "\($0)" }
    }

    @Test(arguments: stories)
    func storiesAreReadAgain(_ story: Story) throws {
        #expect(try Self.read(Self.segments(story.dealings)) == story.dealings.map { "\($0)" })
    }

    @Test func howAConnectionBreaksIsToldElsewhere() throws {
        let segments = Self.segments([Self.opened(0), (0, .said([1])), (0, .broke(reason: "the far end reset it"))])
        #expect(segments.last?.control.contains(.reset) == true)
        #expect(segments.last?.source == Self.tracker)
        #expect(try Self.read(segments).count == 2)
    }

    @Test func anAddressMayBeUsedAgain() throws {
        let again = Tape.Dealing.opened(near: Self.near(0), far: Self.tracker)
        let dealings: [(stream: Int, dealing: Tape.Dealing)] = [
            Self.opened(0), (0, .said([1])), (0, .ended), (0, .finished), (1, again), (1, .said([2])),
        ]
        #expect(try Self.read(Self.segments(dealings)) == dealings.map { "\($0)" })
    }

    @Test(arguments: stories)
    func noSegmentMayBeMissingDoubledOrDamaged(_ story: Story) throws {
        let segments = Self.segments(story.dealings)
        for index in segments.indices where !segments[index].payload.isEmpty {
            var (missing, doubled, damaged) = (segments, segments, segments)
            missing.remove(at: index)
            doubled.insert(segments[index], at: index)
            damaged[index].isIntact = false
            #expect(throws: StreamReading.Damage.self) { try Self.read(doubled) }
            #expect(throws: StreamReading.Damage.self) { try Self.read(damaged) }
            // That the last thing said is missing, nothing in the segments tells, but the acknowledgement.
            #expect(throws: StreamReading.Damage.self) { try Self.read(missing) }
        }
        let handshake = try #require(segments.firstIndex { $0.control == [.synchronize, .acknowledgement] })
        var headless = segments
        headless.remove(at: handshake)
        #expect(throws: StreamReading.Damage.self) { try Self.read(headless) }
    }

    @Test func whatIsNotPushedIsNotWhole() throws {
        var segments = Self.segments([Self.opened(0), (0, .said(Self.long))])
        segments.removeAll { $0.control.contains(.push) }
        var reading = StreamReading(Self.tracker)
        for segment in segments.dropLast() { _ = try reading.take(segment) }
        #expect(!reading.isComplete)
    }

    @Test func whatIsNeverPushedHasAnEnd() throws {
        var reading = StreamReading(Self.tracker)
        let payload = [UInt8](repeating: 0, count: 60_000)
        var segments = Self.segments([Self.opened(0), (0, .said([1]))])
        for segment in segments.prefix(3) { _ = try reading.take(segment) }
        segments[3].control = .acknowledgement
        segments[3].payload = payload
        #expect(throws: StreamReading.Damage.self) {
            for _ in 0...(Tape.mostOctets / payload.count) {
                _ = try reading.take(segments[3])
                segments[3].sequenceNumber &+= UInt32(payload.count)
            }
        }
    }

    @Test func othersMatterNot() throws {
        var segments = Self.segments([Self.opened(0), (0, .said([1]))])
        for index in segments.indices where segments[index].destination == Self.tracker {
            segments[index].destination.port = 9
        }
        for index in segments.indices where segments[index].source == Self.tracker { segments[index].source.port = 9 }
        #expect(try Self.read(segments) == [])
    }

    @Test func aRefusedAttemptIsShownAndNoConnection() throws {
        let tape = Tape()
        tape.add(.unconnected(to: Self.tracker, from: nil, .refused(Self.tracker)), at: .origin)
        let shown = ShownTape(tape, links: [], offset: .zero)
        #expect(shown.packets.count == 2)
        #expect(shown.packets.last?.place == 0)
        #expect(shown.lines.map(\.what) == [.unconnected])
        let segments = shown.packets.compactMap { packet in
            if case .segment(let segment) = packet.packet { segment } else { nil }
        }
        #expect(try Self.read(segments) == [])
    }
}
