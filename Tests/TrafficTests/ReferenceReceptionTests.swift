import Capture
import Foundation
import RTMFP
import Testing
import Traffic

@Suite("The reference, fed with captures")
struct ReferenceReceptionTests {
    private static let captures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../captures").standardizedFileURL

    static let names = [
        "buffer-probe", "cumulus-hls-p2p", "cumulus-librtmfp-p2p", "echo-hostname-epd", "echoback-hmac-sseq",
        "echoback-none", "echoback-sseq-only", "go-echo", "lossy-echo", "mobility-and-cookie-change", "orderly-close",
        "p2p-glare", "p2p-intro-tcserver", "static-redirector", "tc-play",
    ]
    static let swarms = [
        "swarm-cdn-and-back", "swarm-churn", "swarm-joining", "swarm-push", "swarm-repair",
    ]

    @Test("delivers what real implementations, and swarms of the reference, sent", arguments: names + swarms)
    func captured(_ name: String) throws {
        let path = Self.captures.appendingPathComponent(name).path
        let capture = Self.swarms.contains(name) ? "\(path).pcapng" : "\(path).pcap"
        let reception = try ReferenceReception(path: capture, keysPath: "\(path).keys.jsonl")
        #expect(reception.problems == [])
        #expect(reception.findings.count >= 2)
        #expect(reception.findings.allSatisfy { $0.messages > 0 })
        for finding in reception.findings { #expect(finding.difference == nil, "\(finding.sender)") }
    }

    @Test(
        "does not deliver a flow that it must refuse: where a sender begins one with an option that must be known",
        arguments: [true, false]
    )
    func refuses(_ hasUnknown: Bool) throws {
        let world = ProxyWorld()
        let client = SocketAddress(.v4(0x0a00_0009), port: 40_000)
        var random = SeededGenerator(seed: 4, name: "ends")
        let configuration = Configuration(identity: try .ephemeral(groups: [.modp1024], using: &random))
        let endpoint = world.add(client, configuration, conduct: Stray(type: hasUnknown ? 0x21 : 0x4001))
        _ = world.add(ProxyWorld.server, configuration)
        let discriminator = EndpointDiscriminator(uri: "rtmfp://server/").encoded
        let session = endpoint.open(to: [ProxyWorld.listen], endpointDiscriminator: discriminator, at: world.now)
        world.run()
        let flow = try #require(endpoint.openFlow(on: session, metadata: [1], at: world.now))
        endpoint.write([1, 2, 3], on: flow, at: world.now)
        world.run()

        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = (folder.appendingPathComponent("c.pcapng").path, folder.appendingPathComponent("k.jsonl").path)
        let writer = try CaptureWriter(path: paths.0)
        for datagram in world.captured { try writer.write(datagram) }
        try writer.close()
        let log = try KeyLogWriter(path: paths.1)
        for entry in world.keys { try log.write(entry) }
        try log.close()
        let findings = try ReferenceReception(path: paths.0, keysPath: paths.1).findings
        let dialogue = try #require(RecordedDialogues(path: paths.0, keysPath: paths.1).all.first)
        let flowID = try #require(dialogue.flows.first).flowID
        let finding = try #require(findings.first { $0.sender == client })
        #expect(finding.messages == 1)
        let refused = "it delivers 0 messages of flow \(flowID), where the capture holds 1"
        #expect(finding.difference == (hasUnknown ? refused : nil))
    }

    /// Adds an option to everything that begins a flow.
    private struct Stray: Conduct {
        var type: UInt64

        func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
            var packet = packet
            packet.packet.chunks = packet.packet.chunks.map { chunk in
                guard case .userData(var data) = chunk, let options = data.options else { return chunk }
                data.options = options + [.value(type: type, [])]
                return .userData(data)
            }
            return [packet]
        }
    }
}
