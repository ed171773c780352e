import Arenas
import Capture
import Conformance
import Fixtures
import Foundation
import RTMFP

/// What the target about failures begins with: cases of each role that fails, as they leave it behind.
enum FailureSeeds {
    private static let ids = [
        "rendezvous/netconnection/connect-result", "client/netconnection/connect-comes-first", "peer/push/window",
        "tracker/cors/peers",
    ]

    /// What stands in comments for the digest of the lines, which are about to change.
    static let digest = String(repeating: "0", count: 2 * SHA256.digestSize)

    /// What stands in comments for the digest of the packets, of which most are others.
    static let packetDigest = String(repeating: "1", count: 2 * SHA256.digestSize)

    /// What all of the captures hold, whatever is said about them: something that nobody can open.
    static let datagrams = (0..<3).map { number in
        CapturedDatagram(
            frame: number + 1,
            time: Instant(nanoseconds: Int64(number) * 1_000_000),
            source: .loopback(port: 1935),
            destination: .loopback(port: 50_000),
            payload: [UInt8](repeating: UInt8(number), count: 40)
        )
    }

    /// A comment, the connections, and the lines of the file beside the capture.
    @Sendable static func all() -> [[UInt8]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = Checker.Options()
        options.captures = folder.path
        return ids.compactMap { seed($0, options) }
    }

    /// What a case leaves behind where the first of its saboteurs is met; nil if there is no such case any more.
    private static func seed(_ id: String, _ options: Checker.Options) -> [UInt8]? {
        guard let subject = Suite.all.first(where: { $0.id == id }), let name = subject.saboteurs.first else {
            return nil
        }
        let arena: any Arena =
            switch subject.role {
            case .client: SimulatedClients(kind: .reference(Saboteur.client(named: name)))
            case .peer: SimulatedPeers(saboteur: PeerSaboteur.named(name))
            case .tracker:
                SimulatedTrackers(
                    kind: .reference(TrackerSaboteur.named(name)),
                    hasRendezvous: false,
                    hasRegistry: false
                )
            default: SimulatedServers.reference(Saboteur.named(name))
            }
        // A tracker's is as if there were nothing but HTTP, so that the connections are all there is.
        let survey = subject.role == .tracker ? (try? Checker(arena: arena).survey) ?? .assumed : .assumed
        let result = Checker(arena: arena, survey: survey, options: options).runBlocking(subject)
        guard let capture = result.capture, let comment = SectionComment.read(path: capture),
            let packets = try? packets(of: capture)
        else { return nil }
        let lines = FileManager.default.contents(atPath: "\(capture).events.jsonl") ?? Data()
        let changed = comment.replacing(SHA256.hash([UInt8](lines)).hexadecimal, with: digest)
            .replacing(PacketDigest(of: packets).hexadecimal, with: packetDigest)
        let segments = packets.compactMap { packet in
            if case .segment(let segment) = packet { segment } else { nil }
        }
        return Array("\(changed)\n".utf8)
            + FuzzedConnections.lines(subject.role == .tracker ? segments : []) + lines
    }

    private static func packets(of capture: String) throws -> [CapturedPacket] {
        let file = try CaptureFile(path: capture)
        var packets: [CapturedPacket] = []
        while let packet = try file.nextPacket() { packets.append(packet) }
        return packets
    }
}
