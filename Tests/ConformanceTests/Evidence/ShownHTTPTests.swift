import Arenas
import Capture
import Fixtures
import Foundation
import RTMFP
import Testing
import Wireshark

@testable import Conformance

/// Wireshark's programs see in a failure's capture what was said over HTTP, and TCP that has nothing to complain of.
@Suite(.enabled(if: Wireshark.isInstalled))
struct ShownHTTPTests {
    /// What tshark shows of a packet.
    private struct Packet {
        var method: String
        var target: String
        var status: String
        var comment: String
        var complaint: String
        var checksum: String
        var connection: String
        var isUDP: Bool
    }

    private static func packets(_ capture: String, port: UInt16) throws -> [Packet] {
        let fields = [
            "http.request.method", "http.request.uri", "http.response.code", "frame.comment", "tcp.analysis.flags",
            "tcp.checksum.status", "tcp.stream", "udp.port",
        ]
        let shown = try Wireshark.fields(
            fields,
            ["-r", capture, "-d", "tcp.port==\(port),http", "-o", "tcp.check_checksum:TRUE"]
        )
        return shown.map { fields in
            Packet(
                method: fields[0],
                target: fields[1],
                status: fields[2],
                comment: fields[3],
                complaint: fields[4],
                checksum: fields[5],
                connection: fields[6],
                isUDP: !fields[7].isEmpty
            )
        }
    }

    private func capture(_ id: String, _ folder: URL) throws -> CaseResult {
        let failure = try FailureReplayTests.Failure(id)
        var options = Checker.Options()
        options.captures = folder.path
        return Checker(arena: failure.arena, survey: .assumed, options: options).runBlocking(failure.subject)
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func requireSound(_ packets: [Packet], _ result: CaseResult) {
        for packet in packets where !packet.isUDP {
            #expect(packet.complaint.isEmpty, "\(result.id)")
            #expect(packet.checksum == "1", "\(result.id)")
        }
        let comments = packets.map(\.comment).filter { !$0.isEmpty }
        #expect(comments.count == 1, "\(comments)")
        #expect(comments.first?.hasPrefix("\(result.id): expected \(result.expected ?? "")") == true)
    }

    @Test(arguments: [
        "tracker/cors/peers", "tracker/http/keep-alive", "tracker/http/pipelined",
        "tracker/concurrency/many-connections",
        "tracker/abuse/content-without-end", "tracker/http/broken-off", "tracker/registration/at-the-head",
    ])
    func whatATrackerWasAskedAndWhatItAnswered(_ id: String) throws {
        try withFolder { folder in
            let result = try capture(id, folder)
            let packets = try Self.packets(try #require(result.capture), port: TrackerWorld.address.port)
            requireSound(packets, result)
            #expect(packets.contains { $0.method == "GET" && $0.target.hasPrefix("/get_peers?") })
            #expect(packets.contains { $0.status.hasPrefix("200") })
        }
    }

    @Test func everyExchangeOfTheTranscript() throws {
        try withFolder { folder in
            let result = try capture("tracker/cors/peers", folder)
            let packets = try Self.packets(try #require(result.capture), port: TrackerWorld.address.port)
            let shown = packets.flatMap { packet in
                (packet.method.isEmpty ? [] : ["\(packet.method) \(packet.target)"])
                    + (packet.status.isEmpty ? [] : [packet.status])
            }
            // What is written to the registry goes elsewhere.
            let told = result.transcript.filter { $0.text.contains("HTTP/1.1") }.map { line in
                let words = line.text.split(separator: " ")
                return line.sent ? words.prefix(2).joined(separator: " ") : String(words[1].prefix(3))
            }
            #expect(shown == told)
            #expect(packets.first { !$0.comment.isEmpty }?.status == "200", "a response without a field is at fault")
        }
    }

    @Test func severalConnectionsAreSeveral() throws {
        try withFolder { folder in
            let result = try capture("tracker/concurrency/many-connections", folder)
            let packets = try Self.packets(try #require(result.capture), port: TrackerWorld.address.port)
            #expect(Set(packets.filter { !$0.isUDP }.map(\.connection)).count > 10)
        }
    }

    @Test(arguments: ["peer/tracker/query-for-2", "peer/tracker/ignores-duplicates", "peer/push/window"])
    func whatAPeerAskedAndWasAnswered(_ id: String) throws {
        try withFolder { folder in
            let result = try capture(id, folder)
            let packets = try Self.packets(try #require(result.capture), port: 8080)
            requireSound(packets, result)
            #expect(packets.contains { $0.method == "GET" && $0.target == StageWeb.playlistPath })
            #expect(packets.contains { $0.method == "GET" && $0.target.hasPrefix(StageWeb.trackerPath) })
            #expect(packets.contains { $0.status == "200" })
            #expect(packets.contains { $0.isUDP })
        }
    }

    @Test func theRequestThatShowsTheFaultOfAPeerIsMarked() throws {
        try withFolder { folder in
            let result = try capture("peer/tracker/query-for-2", folder)
            let packets = try Self.packets(try #require(result.capture), port: 8080)
            let guilty = try #require(packets.first { !$0.comment.isEmpty })
            #expect(guilty.target.hasPrefix(StageWeb.trackerPath))
            #expect(result.actual.map { guilty.target.contains($0) } == true)
        }
    }
}
