import Capture
import Conformance
import Fixtures
import Foundation
import Links
import RTMFP

/// Measures what `BENCHMARKS.md` states: `make bench`; with `side-by-side`, only the comparison with others.
@main
struct Benchmarks {
    static func main() throws {
        if CommandLine.arguments.dropFirst().contains("side-by-side") {
            return try SideBySide.run()
        }
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "swarms" { return try Swarms.run(Array(arguments.dropFirst())) }
        if arguments.first == "stories" { return try Swarms.tellStories(Array(arguments.dropFirst())) }
        if arguments.first == "swarms-rtmfp" { return try Swarms.runWithRTMFP(Array(arguments.dropFirst())) }
        if arguments.first == "swarm-live" { return try LiveSwarms.run(Array(arguments.dropFirst())) }
        let stopwatch = Stopwatch(repetitions: 7)
        if arguments.first == "pieces" { return try PieceRelay.measure(stopwatch) }
        try decoding(stopwatch)
        sealing(stopwatch)
        try handshakes(stopwatch)
        try cases(stopwatch)
        try PieceRelay.measure(stopwatch)
        try LiveSwarms.run([])
        try SideBySide.run()
    }

    /// The packets of a recorded echo session with HMACs and sequence numbers, over and over.
    private static func decoding(_ stopwatch: Stopwatch) throws {
        let datagrams = try datagrams(of: "captures/echoback-hmac-sseq.pcap")
        let keys = try KeyLog(path: "captures/echoback-hmac-sseq.keys.jsonl")
        let plain = plainPackets(datagrams, keys)
        stopwatch.measure("decode without decryption", unit: "packets") {
            var chunks = 0
            for _ in 0..<200 {
                for packet in plain {
                    chunks += (try? Packet(packet))?.chunks.count ?? 0
                }
            }
            precondition(chunks > 0)
            return plain.count * 200
        }
        let average = datagrams.reduce(0) { $0 + $1.payload.count } / max(1, datagrams.count)
        stopwatch.measure("decode with decryption and HMAC (\(average) octets on average)", unit: "packets") {
            var verified = 0
            for _ in 0..<40 {
                let decoder = PacketDecoder(keys: keys)
                for datagram in datagrams where decoder.decode(datagram).status == .verified { verified += 1 }
            }
            precondition(verified == datagrams.count * 40)
            return verified
        }
        try withRepeated("captures/echoback-hmac-sseq.pcap", times: 100) { path in
            try stopwatch.measure("capture file, read and decoded with decryption", unit: "packets") {
                let decoder = PacketDecoder(keys: keys)
                let file = try CaptureFile(path: path)
                var verified = 0
                while let datagram = try file.next() {
                    if decoder.decode(datagram).status == .verified { verified += 1 }
                }
                precondition(verified == datagrams.count * 100)
                return verified
            }
            let decoding = CaptureDecoding(
                path: path,
                keysPath: "captures/echoback-hmac-sseq.keys.jsonl",
                format: .json
            )
            try stopwatch.measure("the same, flows reassembled and written as JSON", unit: "packets") {
                var octets = 0
                let problems = try decoding.run { octets += $0.count }
                precondition(problems.isEmpty && octets > 0)
                return datagrams.count * 100
            }
        }
    }

    /// Lets `body` read a capture file with the frames of another, so many times over.
    private static func withRepeated(_ path: String, times: Int, _ body: (String) throws -> Void) throws {
        // What precedes the first frame of a pcap file.
        let header = 24
        let capture = try Data(contentsOf: URL(fileURLWithPath: path))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pcap")
        var repeated = capture.prefix(header)
        for _ in 0..<times { repeated += capture.dropFirst(header) }
        try repeated.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }

    private static func datagrams(of path: String) throws -> [CapturedDatagram] {
        let file = try CaptureFile(path: path)
        var datagrams: [CapturedDatagram] = []
        while let datagram = try file.next() {
            datagrams.append(datagram)
        }
        return datagrams
    }

    private static func plainPackets(_ datagrams: [CapturedDatagram], _ keys: KeyLog) -> [[UInt8]] {
        let decoder = PacketDecoder(keys: keys)
        return datagrams.compactMap { decoder.decode($0).contents?.plain }
    }

    private static func sealing(_ stopwatch: Stopwatch) {
        let sessions: [(String, PacketProtection)] = [
            ("checksum", PacketProtection(key: [UInt8](repeating: 7, count: 16))),
            (
                "HMAC and sequence number",
                PacketProtection(
                    key: [UInt8](repeating: 7, count: 16),
                    verification: .hmac(key: [UInt8](repeating: 9, count: 32), length: 16),
                    sequenceNumbers: true
                )
            ),
        ]
        for (name, protection) in sessions {
            for size in [60, 1180] {
                let packet = [UInt8](repeating: 0x5a, count: size)
                let sealer = PacketSealer(protection)
                stopwatch.measure("encrypt \(size) octets, \(name)", unit: "packets") {
                    for _ in 0..<50_000 { _ = sealer.seal(packet, to: 1) }
                    return 50_000
                }
            }
        }
    }

    /// Both ends of every handshake in this thread, over a simulated network: the cost of the state machines and of
    /// the cryptography, without the kernel's.
    private static func handshakes(_ stopwatch: Stopwatch) throws {
        for group in [DiffieHellmanGroup.modp1024, .modp2048] {
            var random = SystemRandomNumberGenerator()
            let server = Endpoint(
                configuration: Configuration(identity: try .ephemeral(groups: [group], using: &random)),
                random: random
            )
            let client = Endpoint(
                configuration: Configuration(identity: try .ephemeral(groups: [group], using: &random)),
                random: random
            )
            var round: UInt16 = 1
            stopwatch.measure("handshakes, both ends in one thread, group \(group.rawValue)", unit: "handshakes") {
                for _ in 0..<200 {
                    round = round &+ 1 | 1
                    open(
                        client,
                        server,
                        from: SocketAddress(.v4(0x0a00_0000 | UInt32.random(in: 2...0xff_fffe)), port: round)
                    )
                }
                return 200
            }
        }
    }

    private static func open(_ client: Endpoint, _ server: Endpoint, from address: SocketAddress) {
        let home = SocketAddress(.v4(0x0a00_0001), port: 1935)
        let handle = client.open(
            to: [home],
            endpointDiscriminator: EndpointDiscriminator(uri: "rtmfp://10.0.0.1/").encoded,
            at: .origin
        )
        for _ in 0..<2 {
            for datagram in client.takeDatagrams() { server.receive(datagram.bytes, from: address, at: .origin) }
            for datagram in server.takeDatagrams() { client.receive(datagram.bytes, from: home, at: .origin) }
        }
        precondition(client.state(of: handle) == .open)
        client.abort(handle, at: .origin)
        for datagram in client.takeDatagrams() { server.receive(datagram.bytes, from: address, at: .origin) }
        _ = client.takeEvents()
        _ = server.takeEvents()
    }

    private static func cases(_ stopwatch: Stopwatch) throws {
        let reference = try ReferenceDeployment()
        defer { reference.stop() }
        for jobs in [1, 8] {
            try Stopwatch(repetitions: 3).measure(
                "cases against the reference over loopback, \(jobs) at a time",
                unit: "cases"
            ) {
                let checker = try Checker(target: "\(reference.address)", options: .init(jobs: jobs))
                let results = checker.run(Suite.rendezvous)
                precondition(results.allSatisfy { $0.verdict == .passed })
                return results.count
            }
        }
    }
}
