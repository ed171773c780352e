public import Flash

/// What one peer says to another: the only argument of the handler `cmdMsg` (peer-protocol §4).
///
/// The keys of the envelope are properties; what belongs to the operation is in `members`.
public struct Envelope: Hashable, Sendable {
    /// Which class a message is of, told by the presence of keys alone (peer-protocol §4.2).
    public enum Kind: Hashable, Sendable {
        case request
        /// The answer to the request called `to`, or a push if that is -1.
        case response(to: Int, wantsConfirm: Bool)
        /// The response called `of` has arrived.
        case confirm(of: Int)
    }

    /// `__msg_id`
    public var id: Int
    /// What `__req_msg_id`, `__resp_confirm` and what belongs to them say.
    public var kind: Kind
    /// `__type`; confirms have none.
    public var type: String?
    /// `__subtype`: the operation.
    public var subtype: String
    /// `__opacity` of a response, which the confirm repeats as `__respOpacity`.
    public var opacity: AMF3Value?
    /// `__need_confirm`
    public var needsConfirm = false
    /// `__queue_timestamp`, milliseconds since the beginning of 1970.
    public var queuedAt: Double?
    /// `__send_timestamp`, in the same unit.
    public var sentAt: Double?
    /// All other members, in order; of those that repeat the last counts.
    public var members: [AMFMember<AMF3Value>]

    /// The handler that all messages call.
    public static let handler = "cmdMsg"
    /// `__type` of requests.
    public static let requestType = "__req"
    /// `__type` of responses and pushes.
    public static let responseType = "__resp"
    /// `__req_msg_id` of pushes.
    public static let unsolicited = -1

    /// Makes one with the `__type` that belongs to its kind.
    public init(id: Int, _ kind: Kind, _ subtype: String, _ members: [AMFMember<AMF3Value>] = []) {
        self.id = id
        self.kind = kind
        self.subtype = subtype
        self.members = members
        type =
            switch kind {
            case .request: Envelope.requestType
            case .response: Envelope.responseType
            case .confirm: nil
            }
    }

    /// A member of the operation; one that is undefined counts as absent.
    public subscript(name: String) -> AMF3Value? {
        let value = members.last { $0.name == name }?.value
        return value == .undefined ? nil : value
    }

    /// The confirm of a response (peer-protocol §5.3).
    public func confirm(id: Int) -> Envelope {
        var confirm = Envelope(id: id, .confirm(of: self.id), subtype)
        confirm.opacity = opacity
        return confirm
    }
}

/// The keys of the envelope.
enum EnvelopeKey {
    static let id = "__msg_id"
    static let type = "__type"
    static let subtype = "__subtype"
    static let answered = "__req_msg_id"
    static let wantsConfirm = "__care_confirm"
    static let needsConfirm = "__need_confirm"
    static let isConfirm = "__resp_confirm"
    static let confirmed = "__resp_msg_id"
    static let queuedAt = "__queue_timestamp"
    static let sentAt = "__send_timestamp"
    static let opacity = "__opacity"
    static let confirmedOpacity = "__respOpacity"

    static let all: Set<String> = [
        id, type, subtype, answered, wantsConfirm, needsConfirm, isConfirm, confirmed, queuedAt, sentAt, opacity,
        confirmedOpacity,
    ]
}
