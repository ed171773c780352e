import RTMFP

/// Takes what a packet consists of, field by field, in order: what writes JSON, or grows a tree.
///
/// Packets write themselves into a sink, so that output that needs no tree pays for none.
protocol FieldSink {
    mutating func number(_ name: String, _ number: UInt64)
    mutating func text(_ name: String, _ text: String)
    /// One of few words, without anything that JSON would have to escape.
    mutating func word(_ name: String, _ word: String)
    mutating func flag(_ name: String, _ flag: Bool)
    mutating func octets(_ name: String, _ octets: [UInt8])
    mutating func time(_ name: String, _ time: Instant)
    mutating func address(_ name: String, _ address: SocketAddress)
    mutating func sessionID(_ name: String, _ sessionID: UInt32)
    mutating func values(_ name: String, _ values: [MessageValue])
    /// Parts of different names, which `body` writes.
    mutating func parts(_ name: String, at place: FieldPlace?, _ body: (inout Self) -> Void)
    /// Any number of elements, which `body` writes.
    mutating func list(_ name: String, _ body: (inout Self) -> Void)
    /// An element of a list; `kind` says what it is, and its parts are what `body` writes.
    mutating func element(_ kind: String, at place: FieldPlace?, _ body: (inout Self) -> Void)
}

/// Where a field begins, in octets from the first octet of the decrypted packet, and how many it takes.
struct FieldPlace {
    var offset: Int
    var length: Int
}

extension FieldSink {
    mutating func number(_ name: String, _ number: Int) {
        self.number(name, UInt64(clamping: number))
    }

    mutating func parts(_ name: String, _ body: (inout Self) -> Void) {
        parts(name, at: nil, body)
    }

    mutating func element(_ kind: String, _ body: (inout Self) -> Void) {
        element(kind, at: nil, body)
    }
}
