import Capture
import Foundation
import JSONSchema
import Testing

@Suite("Messages of the captures of other implementations")
struct StoredMessageTests {
    @Test("are those that an independent decoder put together", arguments: StoredCapture.all)
    func messages(_ capture: StoredCapture) throws {
        let packets = try decoded(capture)
        let ours = packets.flatMap { packet in (packet["messages"]?.elements ?? []).map { (packet, $0) } }
        let theirs = try lines(Array(try Data(contentsOf: URL(fileURLWithPath: capture.messages)))).map(JSON.init)
        // It kept the first 120 messages, and counted all.
        let count = try #require(theirs.last?["messages"])
        #expect(count == .number(Double(ours.count)))
        #expect(packets.last?["summary"]?["messages"] == count)
        #expect(!theirs.dropLast().isEmpty)
        let frames = firstFrames(packets)
        let candidates = Dictionary(grouping: ours) { packet, message in
            place(packet, message["flowID"], message["sequenceNumbers"]?["from"])
        }
        for their in theirs.dropLast() {
            let (source, destination) = (their["src"] ?? .null, their["dst"] ?? .null)
            let key = [source, destination, their["session_id"], their["flow_id"], their["seq_first"]]
            // Session IDs repeat: of several sessions between two addresses, the frame tells which is meant. It is that of
            // the last fragment; another one may have made the message whole.
            let sent = (candidates[key] ?? []).map { packet, message in
                (packet, message, frames[place(packet, message["flowID"], message["sequenceNumbers"]?["to"])])
            }
            let (packet, message, last) = try #require(sent.first { $0.2 == their["last_frame"] }, "\(their)")
            var agreement = Agreement()
            agreement.message(their, message, in: packet, lastFragmentIn: last)
            #expect(agreement.differences == [], "frame \(their["last_frame"]?.number ?? 0)")
        }
    }

    /// Where a fragment stands: between whom, in which session and flow, with which number.
    private func place(_ packet: JSON, _ flowID: JSON?, _ number: JSON?) -> [JSON?] {
        [packet["source"], packet["destination"], packet["sessionID"], flowID, number]
    }

    /// The frames in which fragments came first.
    private func firstFrames(_ packets: [JSON]) -> [[JSON?]: JSON] {
        var frames: [[JSON?]: JSON] = [:]
        for packet in packets {
            for chunk in packet["chunks"]?.elements ?? [] where chunk["userData"] != nil {
                let place = place(packet, chunk["flowID"], chunk["sequenceNumber"])
                frames[place] = frames[place] ?? packet["frame"]
            }
        }
        return frames
    }

    @Test("leave no gap but where their senders abandoned something", arguments: StoredCapture.all)
    func gaps(_ capture: StoredCapture) throws {
        let packets = try decoded(capture)
        let missing = packets.flatMap { $0["missing"]?.elements ?? [] }
        for gap in missing {
            let numbers = (gap["sequenceNumbers"]?["from"]?.number ?? 0)...(gap["sequenceNumbers"]?["to"]?.number ?? 0)
            // No fragment that carries octets, of this flow or another of this number, may be what we took for missing.
            #expect(packets.contains { packet in forwards(packet, gap["flowID"], past: numbers.upperBound) })
        }
        let expected = ["cumulus-hls-p2p": 2, "echo-hostname-epd": 52, "static-redirector": 16][capture.name] ?? 0
        #expect(packets.last?["summary"]?["missingFragments"] == .number(Double(expected)))
    }

    private func decoded(_ capture: StoredCapture) throws -> [JSON] {
        var output: [UInt8] = []
        _ = try CaptureDecoding(path: capture.pcap, keysPath: capture.keys, format: .json).run { output += $0 }
        return try lines(output).map(JSON.init)
    }

    private func forwards(_ packet: JSON, _ flowID: JSON?, past number: Double) -> Bool {
        (packet["chunks"]?.elements ?? []).contains { chunk in
            chunk["flowID"] == flowID
                && (chunk["forwardSequenceNumber"]?.number ?? 0 >= number
                    || chunk["abandon"]?.isTrue == true && chunk["sequenceNumber"] == .number(number))
        }
    }
}

extension Agreement {
    /// A message, the packet of ours that completed it, and the frame of its last fragment.
    fileprivate mutating func message(
        _ theirs: JSON,
        _ ours: JSON,
        in packet: JSON,
        lastFragmentIn frame: JSON?
    ) {
        for (name, value) in theirs.members {
            switch name {
            case "session_id": same(name, value, packet["sessionID"])
            case "src": same(name, value, packet["source"])
            case "dst": same(name, value, packet["destination"])
            case "last_frame": same(name, value, frame)
            case "flow_id": same(name, value, ours["flowID"])
            // It forgets a flow when its sender's address changes; ours belongs to the session.
            case "metadata" where value == .null: check(name, ours["metadata"] != nil)
            case "metadata": same(name, value, ours["metadata"])
            case "assoc" where value == .null && theirs["metadata"] == .null: break
            case "assoc": same(name, value, ours["association"] ?? .null)
            case "seq_first": same(name, value, ours["sequenceNumbers"]?["from"])
            case "seq_last": same(name, value, ours["sequenceNumbers"]?["to"])
            case "len": same(name, value, ours["length"])
            case "data": octets(value.string ?? "", ours["octets"]?.string ?? "")
            case "tc": rtmp(value, ours["rtmp"] ?? .null)
            default: check("no rule for \(name)", false)
            }
        }
        check("octets are as many as said", ours["octets"]?.string?.count == Int(ours["length"]?.number ?? 0) * 2)
    }

    /// What an RTMP message says.
    private mutating func rtmp(_ theirs: JSON, _ ours: JSON) {
        let names = ["DataAMF3": "Data Extended", "CommandAMF3": "Command Extended", "UserControl": "User Control"]
        for (name, value) in theirs.members {
            switch name {
            case "type": same(name, value, ours["code"])
            case "name": same(name, .string(names[value.string ?? ""] ?? value.string ?? ""), ours["name"])
            case "timestamp": same(name, value, ours["timestamp"])
            case "payload_len": same(name, value, ours["payloadLength"])
            case "amf": same(name, .array(value.elements.map(Agreement.plain)), ours["values"])
            case "event": same(name, value, ours["event"])
            case "event_data": same(name, value, ours["eventData"])
            default: check("no rule for \(name)", false)
            }
        }
    }

    /// Its way to write values as ours.
    private static func plain(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): .array(elements.map(plain))
        case .object(let members) where members.count == 1 && members["__bytes"] != nil:
            .object(["octets": members["__bytes"] ?? .null])
        case .object(let members) where members.count == 1 && members["__ecma_array"] != nil:
            plain(members["__ecma_array"] ?? .null)
        case .object(let members): .object(members.mapValues(plain))
        default: value
        }
    }

    /// Of long messages it shows the first octets only.
    private mutating func octets(_ theirs: String, _ ours: String) {
        let isCut = theirs.hasSuffix("...")
        let shown = isCut ? String(theirs.dropLast(3)) : theirs
        check("data", isCut ? ours.hasPrefix(shown) && ours.count > shown.count : ours == shown)
    }
}
