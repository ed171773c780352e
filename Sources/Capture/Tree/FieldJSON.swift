import RTMFP

/// Writes packets as JSON: parts become members, lists arrays, octets hexadecimal digits.
///
/// An element of a list becomes an object that begins with its kind as `type`; a chunk's offset and length follow.
/// Times are numbers of seconds with nine decimals. What numbers of RTMP messages JSON cannot write becomes an object:
/// `{"number":"-inf"}`.
public struct FieldJSON {
    /// What has been written, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    /// Whether what comes next follows something in the same object or array.
    private var follows = false

    /// Starts with nothing.
    public init() {}

    /// Appends a packet, and the messages that it completes, as one line with its end.
    public mutating func line(_ packet: DecodedPacket, _ events: [FlowEvent] = []) {
        object { json in
            packet.write(to: &json)
            events.write(to: &json)
        }
        bytes.append(UInt8(ascii: "\n"))
        follows = false
    }

    /// Appends the line that ends the output: an object with the member `summary`.
    ///
    /// `isComplete` tells whether the capture could be read to its end.
    public mutating func line(_ summary: DecodeSummary, _ counts: CaptureCounts, isComplete: Bool) {
        object { json in
            json.parts("summary") { json in
                summary.write(to: &json)
                counts.write(to: &json)
                json.flag("complete", isComplete)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
        follows = false
    }

    /// Takes out what has been written.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Forgets what has been written, and keeps the room for more.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends a value of an RTMP message.
    mutating func value(_ value: MessageValue) {
        switch value {
        case .null: bytes.append(text: "null")
        case .flag(let flag): bytes.append(text: flag ? "true" : "false")
        case .number(let number) where number.isFinite: bytes.append(text: "\(number)")
        case .number(let number): self.value(.object([MessageValue.Member("number", .text("\(number)"))]))
        case .text(let text): bytes.append(quoted: text)
        case .octets(let octets): bytes.append(quotedDigits: octets)
        case .list(let elements): array(elements)
        case .object(let members):
            object { json in
                for member in members {
                    json.separate()
                    json.bytes.append(quoted: member.name)
                    json.bytes.append(UInt8(ascii: ":"))
                    json.value(member.value)
                    json.follows = true
                }
            }
        }
    }

    private mutating func array(_ elements: [MessageValue]) {
        bytes.append(UInt8(ascii: "["))
        follows = false
        for element in elements {
            separate()
            value(element)
            follows = true
        }
        bytes.append(UInt8(ascii: "]"))
        follows = true
    }

    private mutating func object(_ body: (inout FieldJSON) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        follows = false
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        follows = true
    }

    private mutating func separate() {
        if follows { bytes.append(UInt8(ascii: ",")) }
        follows = true
    }

    /// A member's name; those of fields need no escapes.
    private mutating func name(_ name: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(text: name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}

extension FieldJSON: FieldSink {
    mutating func number(_ name: String, _ number: UInt64) {
        self.name(name)
        bytes.append(decimal: number)
    }

    mutating func text(_ name: String, _ text: String) {
        self.name(name)
        bytes.append(quoted: text)
    }

    mutating func word(_ name: String, _ word: String) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(text: word)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func flag(_ name: String, _ flag: Bool) {
        self.name(name)
        bytes.append(text: flag ? "true" : "false")
    }

    mutating func octets(_ name: String, _ octets: [UInt8]) {
        self.name(name)
        bytes.append(quotedDigits: octets)
    }

    mutating func time(_ name: String, _ time: Instant) {
        self.name(name)
        bytes.append(seconds: time.nanoseconds)
    }

    mutating func address(_ name: String, _ address: SocketAddress) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(address)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func sessionID(_ name: String, _ sessionID: UInt32) {
        self.name(name)
        bytes.append(quotedDigits: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sessionID >> UInt32($0)) })
    }

    mutating func values(_ name: String, _ values: [MessageValue]) {
        self.name(name)
        array(values)
    }

    mutating func parts(_ name: String, at place: FieldPlace?, _ body: (inout FieldJSON) -> Void) {
        self.name(name)
        object(body)
    }

    mutating func list(_ name: String, _ body: (inout FieldJSON) -> Void) {
        self.name(name)
        bytes.append(UInt8(ascii: "["))
        follows = false
        body(&self)
        bytes.append(UInt8(ascii: "]"))
        follows = true
    }

    mutating func element(_ kind: String, at place: FieldPlace?, _ body: (inout FieldJSON) -> Void) {
        separate()
        object { json in
            json.word("type", kind)
            if let place {
                json.number("offset", place.offset)
                json.number("length", place.length)
            }
            body(&json)
        }
    }
}
