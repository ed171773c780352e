import Capture
import Foundation
import JSONSchema
import Testing

@Suite("Captures of other implementations")
struct StoredCaptureTests {
    @Test("decode with every packet verified, to the counts of an independent decoder", arguments: StoredCapture.all)
    func counts(_ capture: StoredCapture) throws {
        var output: [UInt8] = []
        let decoding = CaptureDecoding(path: capture.pcap, keysPath: capture.keys, format: .json)
        let problems = try decoding.run { output += $0 }
        #expect(problems == [])

        let ours = lines(output)
        let last = try #require(ours.last)
        let summary = try #require(try JSON(last)["summary"])
        let theirs = try #require(try expectations(capture).last)
        #expect(summary["packets"] == theirs["packets"])
        #expect(summary["verified"] == theirs["verified"])
        #expect(summary["packets"] == summary["verified"])
        #expect(summary["failed"] == .number(0))
        #expect(summary["malformedChunks"] == .number(0))
        let theirChunks = (theirs["chunks"]?.members ?? [:]).map { (Agreement.chunkNames[$0] ?? "unnamed \($0)", $1) }
        #expect(summary["chunks"]?.members == Dictionary(uniqueKeysWithValues: theirChunks))
        #expect(summary["packets"] == .number(Double(ours.count - 1)))
    }

    @Test("agree with an independent decoder in every field of the first packets", arguments: StoredCapture.all)
    func fields(_ capture: StoredCapture) throws {
        let file = try CaptureFile(path: capture.pcap)
        let decoder = PacketDecoder(keys: try KeyLog(path: capture.keys))
        let expected = try expectations(capture).dropLast()
        #expect(!expected.isEmpty && expected.count <= 50)
        for theirs in expected {
            let datagram = try file.next()
            let packet = decoder.decode(try #require(datagram))
            var json = FieldJSON()
            json.line(packet)
            var agreement = Agreement()
            let plain = packet.contents?.plain.map { String(format: "%02x", $0) }.joined() ?? ""
            agreement.packet(theirs, try JSON(json.take()), plain: plain)
            #expect(agreement.differences == [], "frame \(packet.datagram.frame)")
        }
    }

    @Test("read as text, too, a heading for each packet", arguments: StoredCapture.all)
    func text(_ capture: StoredCapture) throws {
        var output: [UInt8] = []
        _ = try CaptureDecoding(path: capture.pcap, keysPath: capture.keys).run { output += $0 }
        let headings = lines(output)
            .filter { String(decoding: $0, as: UTF8.self).contains(" verified") && $0.first != UInt8(ascii: " ") }
        let file = try CaptureFile(path: capture.pcap)
        var count = 0
        while try file.next() != nil { count += 1 }
        #expect(headings.count == count + 1, "the packets, and the summary")
    }

    private func expectations(_ capture: StoredCapture) throws -> [JSON] {
        try lines(Array(try Data(contentsOf: URL(fileURLWithPath: capture.expected)))).map(JSON.init)
    }
}
