import RTMFP

/// Writes packets for people to read: a line of what it is, then a line a chunk and a line a field, indented.
public struct FieldText {
    /// Octets of which a text shows no more than these.
    private static let mostOctets = 32
    /// Characters of a value of a message of which a text shows no more than these.
    private static let mostCharacters = 200

    private var text = ""

    /// Starts with nothing.
    public init() {}

    /// Appends a packet and the messages that it completes.
    public mutating func packet(_ packet: DecodedPacket, _ events: [FlowEvent] = []) {
        let datagram = packet.datagram
        text += "\(datagram.frame)  \(decimalSeconds(datagram.time.nanoseconds))  "
        text += "\(datagram.source) > \(datagram.destination)  \(datagram.payload.count) octets  \(packet.summary)\n"
        for field in packet.field.children + events.fields {
            switch field.name {
            case "header": line("Header: " + FieldText.joined(field.children), 1)
            case "chunks": for chunk in field.children { self.chunk(chunk) }
            case "messages", "missing": for event in field.children { self.event(event) }
            case "padding": line("Padding: \(FieldText.scalar(field.value) ?? "")", 1)
            case "checksum", "hmac": line("\(field.name): \(FieldText.scalar(field.value) ?? "")", 1)
            default: break
            }
        }
        text += "\n"
    }

    /// Octets that wait to be taken.
    var count: Int { text.utf8.count }

    /// Appends the counts; `isComplete` tells whether the capture could be read to its end.
    public mutating func summary(_ summary: DecodeSummary, _ counts: CaptureCounts, isComplete: Bool) {
        text += "\(summary.packets) packets: \(summary.verified) verified, \(summary.failed) failed"
        text += ", \(summary.notCovered) not covered by keys, \(summary.notRTMFP) not RTMFP\n"
        for chunk in summary.chunks { line("\(chunk.count)  \(chunk.name)", 1) }
        if summary.malformedChunks > 0 { line("\(summary.malformedChunks) malformed chunks among them", 1) }
        if summary.messages > 0 { line("\(summary.messages) messages", 1) }
        if summary.missingFragments > 0 { line("\(summary.missingFragments) fragments missing", 1) }
        if summary.incompleteMessages > 0 { line("\(summary.incompleteMessages) messages not whole", 1) }
        text += "\(counts.frames) frames"
        let others = [
            (counts.otherProtocols, "not UDP"), (counts.truncated, "truncated"), (counts.malformed, "malformed"),
            (counts.fragments, "fragments"), (counts.incomplete, "incomplete packets"),
            (counts.overlapping, "packets of overlapping fragments"),
        ]
        text += others.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
        text += isComplete ? "\n" : ", and the capture breaks off there\n"
    }

    /// Takes out what has been written, in UTF-8.
    public mutating func take() -> [UInt8] {
        defer { text.removeAll(keepingCapacity: true) }
        return Array(text.utf8)
    }

    private mutating func chunk(_ chunk: Field) {
        line("\(chunk.name) (at \(chunk.offset ?? 0), \(chunk.length ?? 0) octets)", 1)
        for field in chunk.children where field.name != "code" {
            self.field(field, 2)
        }
    }

    private mutating func event(_ event: Field) {
        line("\(event.name):", 1)
        for field in event.children { self.field(field, 2) }
    }

    private mutating func field(_ field: Field, _ depth: Int) {
        if let value = FieldText.scalar(field.value) {
            line("\(field.name): \(value)", depth)
        } else if field.children.allSatisfy({ FieldText.scalar($0.value) != nil }) {
            line("\(field.name): \(FieldText.joined(field.children))", depth)
        } else {
            line("\(field.name):", depth)
            for child in field.children { self.field(child, depth + 1) }
        }
    }

    private mutating func line(_ content: String, _ depth: Int) {
        text += String(repeating: "    ", count: depth) + content + "\n"
    }

    private static func joined(_ fields: [Field]) -> String {
        fields.compactMap { field in
            switch field.value {
            case .flag(let flag): flag ? field.name : nil
            default: scalar(field.value).map { "\(field.name) \($0)" }
            }
        }.joined(separator: ", ")
    }

    /// A value of a message as JSON has it, as much of it as people want to read.
    private static func written(_ value: MessageValue) -> String {
        var json = FieldJSON()
        json.value(value)
        let text = printable(String(decoding: json.take(), as: UTF8.self))
        return text.count > mostCharacters ? "\(text.prefix(mostCharacters))…" : text
    }

    private static func printable(_ text: String) -> String {
        text.unicodeScalars.map { $0.properties.isPrintable ? "\($0)" : $0.escaped(asASCII: true) }.joined()
    }

    /// A value on one line; nil for parts. Control characters, which may come from the wire, are escaped.
    private static func scalar(_ value: Field.Value) -> String? {
        switch value {
        case .text(let text): printable(text)
        case .number(let number): String(number)
        case .time(let nanoseconds): decimalSeconds(nanoseconds)
        case .flag(let flag): flag ? "true" : "false"
        case .octets(let octets):
            if octets.isEmpty {
                "(empty)"
            } else if octets.count <= mostOctets {
                octets.hexadecimal
            } else {
                Array(octets.prefix(mostOctets)).hexadecimal + "… (\(octets.count) octets)"
            }
        case .values(let values):
            values.map(written).joined(separator: ", ")
        case .parts, .list: nil
        }
    }
}

extension Unicode.Scalar.Properties {
    /// Whether a terminal shows it and does nothing else.
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

extension [UInt8] {
    /// Two digits an octet.
    package var hexadecimal: String {
        var digits: [UInt8] = []
        digits.append(hexadecimal: self)
        return String(decoding: digits, as: UTF8.self)
    }
}

extension DecodedPacket {
    /// The status, and what opened the packet.
    fileprivate var summary: String {
        switch status {
        case .verified:
            let proof = if case .hmac = contents?.proof { "HMAC" } else { "checksum" }
            let number = contents?.sequenceNumber.map { ", sequence number \($0)" } ?? ""
            let key = contents?.key.rawValue ?? ""
            return "session ID \(hexadecimal(sessionID ?? 0)), \(key) key, \(proof) verified\(number)"
        case .failed(let reason): return "FAILED: \(reason)"
        case .notCovered: return "session ID \(hexadecimal(sessionID ?? 0)), not covered by keys"
        case .notRTMFP: return "not RTMFP"
        }
    }
}
