import Capture
import Foundation
import RTMFP
import Testing

@Suite("Redacted captures")
struct RedactionTests {
    private struct Redacted {
        var capture: TemporaryFile
        var keys: String
        var packets: [DecodedPacket] = []
        var counts: CaptureRedaction.Counts

        init(_ stored: StoredCapture, seed: UInt64 = 1) throws {
            capture = try TemporaryFile([], name: "redacted.pcapng")
            keys = capture.path + ".keys.jsonl"
            var random = SeededGenerator(seed: seed, name: "redaction")
            let redaction = CaptureRedaction(keys: try KeyLog(path: stored.keys), random: &random)
            counts = try redaction.run(stored.pcap, to: capture.path, keys: keys)
            packets = try RedactionTests.decoded(capture.path, keys)
        }
    }

    private static func decoded(_ path: String, _ keys: String) throws -> [DecodedPacket] {
        let decoder = PacketDecoder(keys: try KeyLog(path: keys))
        let file = try CaptureFile(path: path)
        var packets: [DecodedPacket] = []
        while let datagram = try file.next() { packets.append(decoder.decode(datagram)) }
        return packets
    }

    private static func contains(_ octets: [UInt8], _ part: [UInt8]) -> Bool {
        Data(octets).range(of: Data(part)) != nil
    }

    @Test("hold no address and no key of those who took part, wherever they stood", arguments: StoredCapture.all)
    func nothingSecret(_ stored: StoredCapture) throws {
        let before = try Self.decoded(stored.pcap, stored.keys)
        let redacted = try Redacted(stored)
        var addresses = Set(before.flatMap { [$0.datagram.source, $0.datagram.destination] })
        let logged = try KeyLog(path: stored.keys).directions
        addresses.formUnion(logged.map(\.farAddress))
        for chunk in before.flatMap({ $0.contents?.chunks ?? [] }).map(\.chunk) {
            if case .responderRedirect(let redirect) = chunk {
                addresses.formUnion(redirect.redirectDestinations.map(\.socket))
            }
        }
        let texts = Set(addresses.map { String("\($0)".prefix { $0 != ":" }) })
        try #require(!texts.isEmpty)
        let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: redacted.capture.path)))
        let keys = [UInt8](try Data(contentsOf: URL(fileURLWithPath: redacted.keys)))
        let plain = redacted.packets.flatMap { $0.contents?.plain ?? [] }
        for text in texts {
            for octets in [file, keys, plain] { #expect(!Self.contains(octets, Array(text.utf8)), "\(text)") }
        }
        for address in addresses where address.octets != [0, 0, 0, 0] {
            #expect(!redacted.packets.contains { $0.datagram.source.ip == address.ip })
            #expect(!redacted.packets.contains { $0.datagram.destination.ip == address.ip })
        }
        for direction in logged {
            var secrets = [direction.protection.key]
            if case .hmac(let key, _) = direction.protection.verification { secrets.append(key) }
            for secret in secrets {
                let digits = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                #expect(!Self.contains(keys, Array(digits.utf8)))
                #expect(!Self.contains(file, secret))
                #expect(!Self.contains(file, Array(digits.utf8)))
            }
        }
        // The keys that were real open nothing of what was in a session.
        let opened = try Self.decoded(redacted.capture.path, stored.keys)
        #expect(!opened.contains { $0.contents?.key == .session })
    }

    @Test(
        "say the same otherwise: every chunk that was verified, at its time, of its length",
        arguments: StoredCapture.all
    )
    func sameOtherwise(_ stored: StoredCapture) throws {
        let before = try Self.decoded(stored.pcap, stored.keys).filter { $0.contents != nil }
        let redacted = try Redacted(stored)
        #expect(redacted.counts.written == before.count)
        try #require(redacted.packets.count == before.count)
        for (old, new) in zip(before, redacted.packets) {
            #expect(new.status == .verified)
            #expect(new.datagram.time == old.datagram.time)
            #expect(new.sessionID == old.sessionID)
            #expect(new.contents?.sequenceNumber == old.contents?.sequenceNumber)
            #expect(new.contents?.header == old.contents?.header)
            #expect(new.contents?.chunks.map(\.length) == old.contents?.chunks.map(\.length))
            #expect(new.datagram.payload.count == old.datagram.payload.count)
        }
        let pairs = { (packets: [DecodedPacket]) in
            packets.map { packet in packets.firstIndex { $0.datagram.source == packet.datagram.source } }
        }
        #expect(pairs(before) == pairs(redacted.packets))
    }

    @Test("were worth redacting: messages name addresses of those who took part")
    func addressesInMessages() throws {
        let stored = StoredCapture(name: "cumulus-hls-p2p")
        let plain = try Self.decoded(stored.pcap, stored.keys).flatMap { $0.contents?.plain ?? [] }
        #expect(Self.contains(plain, Array("10.77.5.2:40001".utf8)))
        let redacted = try Redacted(stored)
        let address = try #require(redacted.packets.map(\.datagram.source).first { $0.port == 40_001 })
        #expect(Self.contains(redacted.packets.flatMap { $0.contents?.plain ?? [] }, Array("\(address)".utf8)))
    }

    @Test("are other ones each time")
    func unlinkable() throws {
        let one = try Redacted(StoredCapture(name: "tc-play"))
        let other = try Redacted(StoredCapture(name: "tc-play"), seed: 2)
        #expect(one.packets.map(\.datagram.source.ip) != other.packets.map(\.datagram.source.ip))
        #expect(try KeyLog(path: one.keys).directions != KeyLog(path: other.keys).directions)
    }
}
