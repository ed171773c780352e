import Capture
import Foundation
import Testing

@testable import Conformance

/// What is beside a failure's capture is what was left there, or the capture is refused.
struct CompanionTests {
    private typealias Failure = FailureReplayTests.Failure
    private typealias Bench = FailureReplayTests.Bench

    /// A case that leaves both companions behind.
    private static let id = "peer/push/window"

    private func capture(_ bench: Bench) throws -> String {
        let failure = try Failure(Self.id)
        return try #require(bench.run(failure.subject, in: failure.arena).capture)
    }

    private func refusal(_ capture: String) -> String? {
        do {
            _ = try FailureReplay(path: capture)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("A companion that was changed is refused", arguments: Companion.allCases)
    func changed(_ companion: Companion) throws {
        let bench = Bench()
        let capture = try capture(bench)
        let place = companion.path(beside: capture)
        let whole = try Data(contentsOf: URL(fileURLWithPath: place))
        // A digit at the end of the first line's first number, half of the file, another line, and nothing.
        let digit = try #require(whole.firstIndex { (UInt8(ascii: "1")...UInt8(ascii: "8")).contains($0) })
        var other = whole
        other[digit] += 1
        for changed in [other, whole.dropLast(whole.count / 2), whole + Data("{}\n".utf8), Data()] {
            try changed.write(to: URL(fileURLWithPath: place))
            #expect(
                refusal(capture)
                    == "\(place) is not what was left beside \(capture): it was changed, or belongs to another capture"
            )
        }
        try whole.write(to: URL(fileURLWithPath: place))
        #expect(refusal(capture) == nil)
    }

    @Test(
        "A capture whose packets are others than were left there is refused",
        arguments: ["peer/push/window", "tracker/cors/peers", "rendezvous/netconnection/connect-result"]
    )
    func otherPackets(_ id: String) throws {
        let failure = try Failure(id)
        let bench = Bench()
        let capture = try #require(bench.run(failure.subject, in: failure.arena).capture)
        let comment = try #require(SectionComment.read(path: capture))
        let file = try CaptureFile(path: capture)
        var packets: [CapturedPacket] = []
        while let packet = try file.nextPacket() { packets.append(packet) }
        func refusal(of packets: some Sequence<CapturedPacket>) throws -> String? {
            let writer = try CaptureWriter(path: capture, comment: comment)
            for packet in packets { try writer.write(packet) }
            try writer.close()
            return self.refusal(capture)
        }
        #expect(try refusal(of: packets) == nil)
        let last = try #require(packets.last)
        var changed = last
        switch last {
        case .datagram(var datagram):
            datagram.payload[0] ^= 1
            changed = .datagram(datagram)
        case .segment(var segment):
            segment.sequenceNumber &+= 1
            changed = .segment(segment)
        }
        for others in [packets.dropLast() + [changed], packets.dropLast(), packets + [last], []] {
            #expect(try refusal(of: others) != nil)
        }
        for index in packets.indices {
            var fewer = packets
            fewer.remove(at: index)
            #expect(try refusal(of: fewer) != nil, "without packet \(index + 1)")
        }
    }

    @Test("A companion of another capture is refused, even of the same case", arguments: Companion.allCases)
    func exchanged(_ companion: Companion) throws {
        let failure = try Failure(Self.id)
        let (bench, other) = (Bench(), Bench())
        let capture = try capture(bench)
        var options = Checker.Options()
        (options.captures, options.seed) = (other.folder.path, 77)
        let foreign = Checker(arena: failure.arena, survey: .assumed, options: options).runBlocking(failure.subject)
        let place = companion.path(beside: capture)
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.copyItem(
            atPath: companion.path(beside: try #require(foreign.capture)),
            toPath: place
        )
        #expect(refusal(capture)?.contains("is not what was left beside") == true)
    }

    @Test("A companion where none was left is refused")
    func added() throws {
        let failure = try Failure("rendezvous/chunk/unknown-chunk-before-ihello-ignored")
        for companion in Companion.allCases {
            let bench = Bench()
            let capture = try #require(bench.run(failure.subject, in: failure.arena).capture)
            let place = companion.path(beside: capture)
            guard !FileManager.default.fileExists(atPath: place) else { continue }
            try Data("{}\n".utf8).write(to: URL(fileURLWithPath: place))
            #expect(refusal(capture)?.contains("is not what was left beside") == true)
        }
    }

    @Test("A capture and its companions may have another name, and the keys may be gone")
    func renamed() throws {
        let bench = Bench()
        let capture = try capture(bench)
        let other = bench.folder.appendingPathComponent("of a bug report.pcapng").path
        for suffix in [""] + Companion.allCases.map({ $0.path(beside: "") }) {
            try FileManager.default.moveItem(atPath: capture + suffix, toPath: other + suffix)
        }
        #expect(try FailureReplay(path: other)?.run(command: "")?.verdict.isRed == true)
        try FileManager.default.removeItem(atPath: Companion.keys.path(beside: other))
        #expect(try FailureReplay(path: other)?.run(command: "")?.verdict.isRed == true)
        try FileManager.default.removeItem(atPath: Companion.events.path(beside: other))
        #expect(refusal(other)?.hasSuffix(", which was left beside \(other), is missing") == true)
    }

    @Test(
        "What an earlier run left beside a capture goes",
        arguments: ["rendezvous/chunk/unknown-chunk-before-ihello-ignored", "rendezvous/netconnection/connect-result"]
    )
    func stale(_ id: String) throws {
        let failure = try Failure(id)
        let (bench, fresh) = (Bench(), Bench())
        try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
        let name = id.replacing("/", with: ".") + ".pcapng"
        for companion in Companion.allCases {
            try Data("{}\n".utf8).write(to: bench.folder.appendingPathComponent(companion.path(beside: name)))
        }
        let capture = try #require(bench.run(failure.subject, in: failure.arena).capture)
        #expect(try FailureReplay(path: capture)?.run(command: "")?.verdict.isRed == true)
        #expect(fresh.run(failure.subject, in: failure.arena).capture != nil)
        let files = try [bench, fresh].map {
            try FileManager.default.contentsOfDirectory(atPath: $0.folder.path).sorted()
        }
        #expect(files[0] == files[1])
    }

    @Test("What has no end, or is no file, is not read", arguments: Companion.allCases, ["/dev/zero", "/"])
    func endless(_ companion: Companion, _ place: String) throws {
        let bench = Bench()
        let capture = try capture(bench)
        let path = companion.path(beside: capture)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: place)
        #expect(refusal(capture) == "\(path), which is beside \(capture), cannot be read")
    }

    @Test("Nothing of a capture that could not be completed stays behind")
    func incomplete() throws {
        let failure = try Failure(Self.id)
        let bench = Bench()
        let capture = bench.folder.appendingPathComponent(Self.id.replacing("/", with: ".") + ".pcapng")
        try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: capture.path, withDestinationPath: "/dev/full")
        let result = bench.run(failure.subject, in: failure.arena)
        #expect(result.capture == nil)
        #expect(result.note?.contains("No space left on device") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) == [])
    }

    @Test("Nonsense that a capture tells the digest of does no harm")
    func hostile() throws {
        let bench = Bench()
        let capture = try capture(bench)
        let events = URL(fileURLWithPath: Companion.events.path(beside: capture))
        let text = try String(contentsOf: events, encoding: .utf8)
        let original = try #require(try Companion.events.digest(beside: capture))
        let octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let place = try #require(octets.firstRange(of: Data(original.utf8)))
        func replay(_ lines: String) throws {
            try lines.write(to: events, atomically: true, encoding: .utf8)
            var changed = octets
            let digest = try #require(try Companion.events.digest(beside: capture))
            changed.replaceSubrange(place, with: Data(digest.utf8))
            try changed.write(to: URL(fileURLWithPath: capture))
            _ = try FailureReplay(path: capture)?.run(command: "")
        }
        for (word, other) in [
            ("\"link\":1", "\"link\":-9223372036854775808"), ("\"at\":", "\"at\":9"), ("\"frame\":", "\"frame\":-"),
        ] {
            try? replay(text.replacing(word, with: other))
        }
        for lines in ["{}\n" + text, String(repeating: "{}\n", count: Tape.mostEntries + 2)] {
            #expect(throws: FailureReplay.Incomplete.self) { try replay(lines) }
        }
        try replay(text)
    }
}
