/// A value of a member of an operation (peer-protocol §3.5), in both formats.
enum PeerValue {
    case string(String)
    case integer(Int)
    case bytes([UInt8])
    case boolean(Bool)
    case date(Double)
    case null
    case undefined
    /// A number that is written as a double.
    case double(Double)
    /// Nothing that an operation can have.
    case array

    var amf3: AMFSpelling {
        switch self {
        case .string(let text): AMF3.string(text)
        case .integer(let value):
            (-0x1000_0000...0x0fff_ffff).contains(value) ? AMF3.integer(value) : AMF3.double(Double(value))
        case .bytes(let octets): AMF3.byteArray(octets)
        case .boolean(let flag): AMF3.boolean(flag)
        case .date(let milliseconds): AMF3.date(milliseconds)
        case .null: AMF3.null
        case .undefined: AMF3.undefined
        case .double(let value): AMF3.double(value)
        case .array: AMF3.array([])
        }
    }

    /// The value in AMF0; nil if there is no form for it.
    var amf0: AMFSpelling? {
        switch self {
        case .string(let text): AMF0.string(text)
        case .integer(let value): AMF0.number(Double(value))
        case .bytes: nil
        case .boolean(let flag): AMF0.boolean(flag)
        case .date(let milliseconds): AMF0.date(milliseconds)
        case .null: AMF0.null
        case .undefined: AMF0.undefined
        case .double(let value): AMF0.number(value)
        case .array: AMF0.strictArray([])
        }
    }

    /// The same number as a double; other values as they are.
    var asDouble: PeerValue {
        if case .integer(let value) = self { .double(Double(value)) } else { self }
    }
}

/// An operation of peer-protocol §6, and what a receiver makes of it.
struct PeerOperation {
    /// A member.
    struct Member {
        let name: String
        let value: PeerValue
        /// What counts if it is absent; nil if the operation needs it.
        let absent: PeerValue?
        /// A value of a wrong type, which counts as absent; nil if there is none.
        let wrong: PeerValue?
        /// Values of the right type that the operation cannot have.
        var senseless: [PeerValue] = []
        /// Why a receiver may take the absent member for something else than `absent`; nil if it must not.
        var leave: String?

        /// The member, which the original needs: without it the message is lost there.
        var needed: Member {
            var member = self
            member.leave = "the original needs \(name), and loses the message: it may be ignored"
            return member
        }
    }

    /// What a message says about its class.
    enum Class {
        case request
        case response(wantsConfirm: Bool)
        case push(wantsConfirm: Bool)
    }

    let name: String
    let section: String
    let requirements: [String]
    let kind: Class
    let members: [Member]
    /// What a receiver makes of the operation if it lacks what it needs; nil if it ignores it.
    var substitute: [(String, PeerValue)]?

    /// The keys of the envelope around the members.
    var keys: (before: [(String, PeerValue)], after: [(String, PeerValue)]) {
        let before: [(String, PeerValue)] = [("__subtype", .string(name)), ("__msg_id", .integer(7))]
        switch kind {
        case .request: return (before, [("__type", .string("__req"))])
        case .response(let wantsConfirm):
            return (before, [("__req_msg_id", .integer(5)), ("__type", .string("__resp"))] + confirmKeys(wantsConfirm))
        case .push(let wantsConfirm):
            return (
                before, [("__req_msg_id", .integer(-1)), ("__type", .string("__resp"))] + confirmKeys(wantsConfirm)
            )
        }
    }

    private func confirmKeys(_ wantsConfirm: Bool) -> [(String, PeerValue)] {
        wantsConfirm ? [("__care_confirm", .boolean(true))] + timeKeys : []
    }

    /// When a piece was queued and sent: pieces that are pushed need both.
    private var timeKeys: [(String, PeerValue)] {
        guard case .push = kind else { return [] }
        return [
            ("__queue_timestamp", .date(PeerOperation.queuedAt)),
            ("__send_timestamp", .date(PeerOperation.queuedAt + 5)),
        ]
    }

    private static let queuedAt: Double = 1_429_867_200_000

    /// What comes out of a message with `members` that is otherwise like this.
    func expected(_ members: [(String, PeerValue)]?, type: JSONValue? = nil) -> [String: JSONValue] {
        var expected: [String: JSONValue] = [
            "id": 7, "type": "__req", "subtype": .string(name), "class": "request", "requestID": .null,
            "confirmedID": .null,
            "wantsConfirm": false, "needsConfirm": false, "opacity": .null, "queuedAt": .null, "sentAt": .null,
        ]
        switch kind {
        case .request: break
        case .response(let wantsConfirm):
            expected["class"] = "response"
            expected["requestID"] = 5
            expected["type"] = "__resp"
            expected["wantsConfirm"] = .bool(wantsConfirm)
        case .push(let wantsConfirm):
            expected["class"] = "push"
            expected["requestID"] = -1
            expected["type"] = "__resp"
            expected["wantsConfirm"] = .bool(wantsConfirm)
            if wantsConfirm {
                expected["queuedAt"] = .integer(Int(PeerOperation.queuedAt))
                expected["sentAt"] = .integer(Int(PeerOperation.queuedAt) + 5)
            }
        }
        if let type { expected["type"] = type }
        expected["operation"] = .optional(members) { members in
            .object(Dictionary(members.map { ($0.0, $0.1.amf3.value) }) { _, last in last })
        }
        return expected
    }

    /// The octets of a message with an object of AMF3.
    static func message(_ members: [(String, PeerValue)]) -> [UInt8] {
        message(AMF0.amf3(AMF3.object(members.map { ($0.0, $0.1.amf3) })))
    }

    /// The octets of a message: type 15, a format selector, the handler and its argument.
    static func message(_ argument: AMFSpelling) -> [UInt8] { header + argument.octets }

    /// What stands before the argument.
    static let header: [UInt8] = [0x0f, 0, 0, 0, 0, 0] + AMF0.string("cmdMsg").octets
}
