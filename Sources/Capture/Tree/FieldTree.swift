import RTMFP

/// Grows a tree of fields.
struct FieldTree: FieldSink {
    /// The fields so far.
    private(set) var fields: [Field] = []

    mutating func number(_ name: String, _ number: UInt64) {
        fields.append(Field(name, .number(number)))
    }

    mutating func text(_ name: String, _ text: String) {
        fields.append(Field(name, .text(text)))
    }

    mutating func word(_ name: String, _ word: String) {
        text(name, word)
    }

    mutating func flag(_ name: String, _ flag: Bool) {
        fields.append(Field(name, .flag(flag)))
    }

    mutating func octets(_ name: String, _ octets: [UInt8]) {
        fields.append(Field(name, .octets(octets)))
    }

    mutating func time(_ name: String, _ time: Instant) {
        fields.append(Field(name, .time(time.nanoseconds)))
    }

    mutating func address(_ name: String, _ address: SocketAddress) {
        fields.append(Field(name, .text("\(address)")))
    }

    mutating func sessionID(_ name: String, _ sessionID: UInt32) {
        fields.append(Field(name, .text(hexadecimal(sessionID))))
    }

    mutating func values(_ name: String, _ values: [MessageValue]) {
        fields.append(Field(name, .values(values)))
    }

    mutating func parts(_ name: String, at place: FieldPlace?, _ body: (inout FieldTree) -> Void) {
        fields.append(Field(name, .parts(FieldTree.fields(body)), offset: place?.offset, length: place?.length))
    }

    mutating func list(_ name: String, _ body: (inout FieldTree) -> Void) {
        fields.append(Field(name, .list(FieldTree.fields(body))))
    }

    mutating func element(_ kind: String, at place: FieldPlace?, _ body: (inout FieldTree) -> Void) {
        parts(kind, at: place, body)
    }

    /// The fields that `body` writes.
    static func fields(_ body: (inout FieldTree) -> Void) -> [Field] {
        var tree = FieldTree()
        body(&tree)
        return tree.fields
    }
}
