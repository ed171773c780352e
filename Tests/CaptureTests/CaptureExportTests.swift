import Capture
import Foundation
import RTMFP
import Testing
import Wireshark

@Suite("Decrypted captures")
struct CaptureExportTests {
    private static let script = StoredCapture.folder.appendingPathComponent("../Scripts/rtmfp.lua").standardizedFileURL

    private static func exported(_ capture: StoredCapture) throws -> (file: TemporaryFile, CaptureExport.Counts) {
        let file = try TemporaryFile([], name: "decrypted.pcapng")
        return (file, try CaptureExport(path: capture.pcap, keysPath: capture.keys).run(to: file.path))
    }

    private static func decoded(_ capture: StoredCapture) throws -> [DecodedPacket] {
        let decoder = PacketDecoder(keys: try KeyLog(path: capture.keys))
        let file = try CaptureFile(path: capture.pcap)
        var packets: [DecodedPacket] = []
        while let datagram = try file.next() { packets.append(decoder.decode(datagram)) }
        return packets
    }

    @Test("hold each plain packet behind its header, at its time, between its addresses", arguments: StoredCapture.all)
    func header(_ capture: StoredCapture) throws {
        let (file, counts) = try Self.exported(capture)
        let packets = try Self.decoded(capture)
        #expect(counts.decrypted == packets.count { $0.contents != nil })
        let written = try CaptureFile(path: file.path)
        for packet in packets {
            let datagram = try #require(try written.next())
            #expect(datagram.time == packet.datagram.time)
            #expect(datagram.source == packet.datagram.source)
            #expect(datagram.destination == packet.datagram.destination)
            guard let contents = packet.contents else {
                #expect(datagram.payload == packet.datagram.payload)
                continue
            }
            #expect(datagram.payload.starts(with: Array("RTMFPx1\0".utf8)))
            #expect(Array(datagram.payload.dropFirst(22)) == contents.plain)
        }
        #expect(try written.next() == nil)
    }

    @Test(
        "are shown by tshark chunk by chunk, with the same flows, numbers and names",
        .enabled(if: Wireshark.isInstalled),
        arguments: StoredCapture.all
    )
    func tshark(_ capture: StoredCapture) throws {
        let (file, _) = try Self.exported(capture)
        let fields = ["rtmfp.chunk.type", "rtmfp.flow", "rtmfp.sequence", "rtmfp.message.name", "_ws.lua.error"]
        let output = try Wireshark.tshark(
            ["-X", "lua_script:\(Self.script.path)", "-r", file.path, "-T", "fields", "-E", "occurrence=a"]
                + fields.flatMap { ["-e", $0] }
        )
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let packets = try Self.decoded(capture)
        try #require(lines.count == packets.count)
        for (line, packet) in zip(lines, packets) {
            let shown = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(shown.count == fields.count)
            let chunks = (packet.contents?.chunks ?? []).map(\.chunk)
            let types = chunks.map { ($0.type < 16 ? "0x0" : "0x") + String($0.type, radix: 16) }
            #expect(shown[0] == types.joined(separator: ","))
            let fragments = packet.contents?.fragments ?? []
            #expect(shown[2] == fragments.map { "\($0.sequenceNumber)" }.joined(separator: ","))
            let flows = Self.flows(chunks, fragments)
            #expect(shown[1] == flows.map(String.init).joined(separator: ","))
            #expect(shown[3] == Self.names(fragments).joined(separator: ","))
            #expect(shown[4].isEmpty)
        }
    }

    /// The flow of every chunk that names or continues one, in the order of the chunks.
    private static func flows(_ chunks: [Chunk], _ fragments: [DataFragment]) -> [UInt64] {
        chunks.enumerated().compactMap { index, chunk in
            switch chunk {
            case .userData, .nextUserData: fragments.first { $0.chunk == index }?.flowID
            case .rangeAcknowledgement(let body): body.flowID
            case .bitmapAcknowledgement(let body): body.flowID
            case .bufferProbe(let body): body.flowID
            case .flowExceptionReport(let body): body.flowID
            default: nil
            }
        }
    }

    /// What commands and data that begin in a fragment are called.
    private static func names(_ fragments: [DataFragment]) -> [String] {
        fragments.compactMap { fragment in
            let octets = fragment.userData
            guard [.whole, .begin].contains(fragment.flags.fragmentControl), !fragment.flags.abandon,
                let type = octets.first, [15, 17, 18, 20].contains(type)
            else { return nil }
            let start = type == 15 || type == 17 ? 6 : 5
            guard octets.count >= start + 3, octets[start] == 2 else { return nil }
            let length = Int(octets[start + 1]) << 8 | Int(octets[start + 2])
            let name = octets.dropFirst(start + 3).prefix(length)
            return length > 0 && name.count == length ? String(decoding: name, as: UTF8.self) : nil
        }
    }
}
