import Flash
import HLSP2P
import RTMFP

/// A `cmdMsg` that the peer under test has said to a puppet, with all that its envelope holds.
///
/// Every form that a receiver has to understand is understood (peer-protocol §3.4, §3.5): what is judged is what it
/// means, never how it came.
struct PeerWord {
    /// What a message is, by the presence of keys alone (peer-protocol §4.2).
    enum Kind: Equatable {
        case request
        case response(to: Int)
        case push
        case confirm(of: Int)
    }

    let at: Instant
    /// The receiving flow that brought it.
    let flow: FlowHandle
    let message: Message
    /// The members of the envelope, those of the operation included.
    let members: [AMFMember<AMF3Value>]
    /// What followed the handler's name.
    let argumentCount: Int
    /// Whether the envelope was AMF3.
    let isAMF3: Bool

    /// Reads a data message; nil if it is no `cmdMsg` with an object.
    init?(_ message: Message, on flow: FlowHandle, at now: Instant) {
        guard message.type == .data || message.type == .dataExtended,
            let data = try? DataMessage(decoding: message), data.handler == Envelope.handler,
            let first = data.arguments.first
        else { return nil }
        switch first {
        case .avmplus(.object(let object)):
            members = object.sealed + (object.dynamic ?? [])
            isAMF3 = true
        case .object(let plain), .ecmaArray(let plain):
            members = plain.map { AMFMember($0.name, $0.value.inAMF3) }
            isAMF3 = false
        default:
            return nil
        }
        self.message = message
        self.flow = flow
        at = now
        argumentCount = data.arguments.count
    }

    /// A member; of those that repeat the last, and none that is undefined.
    subscript(name: String) -> AMF3Value? {
        let value = members.last { $0.name == name }?.value
        return value == .undefined ? nil : value
    }

    var id: Int? { self["__msg_id"]?.whole }
    var type: String? { self["__type"]?.characters }
    var subtype: String { self["__subtype"]?.characters ?? "" }
    var uri: String? { self["uri"]?.characters }
    var wantsConfirm: Bool { self["__care_confirm"] == .boolean(true) }

    var kind: Kind {
        if let answered = self["__req_msg_id"] {
            return answered.whole == -1 ? .push : .response(to: answered.whole ?? .min)
        }
        if self["__resp_confirm"] != nil { return .confirm(of: self["__resp_msg_id"]?.whole ?? .min) }
        return .request
    }

    var isConfirm: Bool { if case .confirm = kind { true } else { false } }
    var isRequest: Bool { kind == .request }

    /// Whether it answers the request with that number.
    func answers(_ id: Int) -> Bool { kind == .response(to: id) }

    /// One line for the transcript.
    var summary: String {
        let what =
            switch kind {
            case .request: "request"
            case .response(let id): "response to \(id)"
            case .push: "push"
            case .confirm(let id): "confirm of \(id)"
            }
        let rest = members.filter { !$0.name.hasPrefix("__") }.prefix(8)
            .map { "\($0.name)=\($0.value.short)" }.joined(separator: " ")
        return "\(what) \(subtype) #\(id.map(String.init) ?? "?") \(rest)"
    }
}

extension AMF3Value {
    /// A whole number, in either of the two forms.
    var whole: Int? {
        switch self {
        case .integer(let integer): Int(integer)
        case .double(let double): Int(exactly: double)
        default: nil
        }
    }

    var characters: String? { if case .string(let string) = self { string } else { nil } }
    var octets: [UInt8]? { if case .byteArray(let octets) = self { octets } else { nil } }
    var isDate: Bool { if case .date = self { true } else { false } }

    /// An int as the original writes it.
    static func int(_ number: Int) -> AMF3Value {
        (-0x1000_0000...0x0fff_ffff).contains(number) ? .integer(Int32(number)) : .double(Double(number))
    }

    /// A few characters for people.
    var short: String {
        switch self {
        case .undefined: "undefined"
        case .null: "null"
        case .boolean(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let string): "“\(string.prefix(60))”"
        case .date(let milliseconds): "date \(milliseconds)"
        case .byteArray(let octets): "\(octets.count) octets"
        default: "…"
        }
    }
}

extension AMF0Value {
    fileprivate var inAMF3: AMF3Value {
        switch self {
        case .avmplus(let value): value
        case .number(let number): .double(number)
        case .boolean(let flag): .boolean(flag)
        case .string(let string): .string(string)
        case .date(let milliseconds, _): .date(milliseconds: milliseconds)
        case .null: .null
        default: .undefined
        }
    }
}
