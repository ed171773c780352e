import Capture
import RTMFP
import Testing

@Suite("Capture files")
struct CaptureFileTests {
    private static let frames = (0..<3).map { index in
        TestFrame(
            octets: NetworkPackets.ethernet(NetworkPackets.ipv4(NetworkPackets.udp([UInt8(index)]))),
            nanoseconds: 1_795_381_105_123_456_789 + Int64(index)
        )
    }

    @Test("keep nanoseconds where they have them, in either byte order", arguments: [false, true])
    func nanoseconds(swapped: Bool) throws {
        let reading = try Reading(PcapWriter.pcap(CaptureFileTests.frames, nanoseconds: true, swapped: swapped))
        #expect(reading.datagrams.map(\.time.nanoseconds) == CaptureFileTests.frames.map(\.nanoseconds))
        #expect(reading.payloads == [[0], [1], [2]])
    }

    @Test("have microseconds otherwise", arguments: [false, true])
    func microseconds(swapped: Bool) throws {
        let reading = try Reading(PcapWriter.pcap(CaptureFileTests.frames, swapped: swapped))
        #expect(reading.datagrams.map(\.time.nanoseconds) == [Int64](repeating: 1_795_381_105_123_456_000, count: 3))
    }

    @Test("may be pcapng, with several interfaces of one link type")
    func pcapng() throws {
        let frames = CaptureFileTests.frames.enumerated().map { (interface: $0 % 2, $1) }
        let reading = try Reading(PcapWriter.pcapng(frames, linkTypes: [1, 1]))
        #expect(reading.error == nil)
        #expect(reading.datagrams.map(\.time.nanoseconds) == CaptureFileTests.frames.map(\.nanoseconds))
        #expect(reading.payloads == [[0], [1], [2]])
    }

    @Test("of interfaces with different link types end in one clear error")
    func mixedLinkTypes() throws {
        let reading = try Reading(PcapWriter.pcapng([(0, CaptureFileTests.frames[0])], linkTypes: [1, 101]))
        let error = try #require(reading.error)
        #expect("\(error)".contains("type 101"))
        #expect("\(error)".contains("different from the type of the first interface"))
    }

    @Test("that break off give what came before, then one error", arguments: 1...70)
    func brokenOff(missing: Int) throws {
        let whole = PcapWriter.pcap(CaptureFileTests.frames)
        let record = 16 + CaptureFileTests.frames[0].octets.count
        let reading = try Reading(Array(whole.dropLast(missing)))
        let left = 3 - (missing + record - 1) / record
        #expect(reading.payloads.count == left)
        guard case .damaged(_, left, _) = reading.error else {
            #expect(missing % record == 0 && reading.error == nil)
            return
        }
    }

    @Test(
        "that are no captures are refused",
        arguments: ["GIF89a, for example, and more", "x", "{\"event\":\"open\"}\n"]
    )
    func foreign(_ content: String) throws {
        let reading = try Reading(Array(content.utf8))
        guard case .notACapture = reading.error else {
            Issue.record("\(String(describing: reading.error))")
            return
        }
    }

    @Test("that are empty or absent are refused")
    func emptyOrAbsent() throws {
        guard case .empty = try Reading([]).error else {
            Issue.record("an empty file was not called empty")
            return
        }
        #expect(throws: CaptureError.cannotOpen(path: "/nowhere/at.all", reason: "No such file or directory")) {
            try CaptureFile(path: "/nowhere/at.all")
        }
        #expect(throws: CaptureError.cannotOpen(path: "/", reason: "Is a directory")) {
            try CaptureFile(path: "/")
        }
    }

    @Test("without a frame have no datagrams")
    func noFrames() throws {
        let reading = try Reading(PcapWriter.pcap([]))
        #expect(reading.error == nil)
        #expect(reading.counts == CaptureCounts())
    }
}
