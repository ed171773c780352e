public import Flash
internal import RTMFP

/// Why something that came on a stream is no envelope. None of it harms the session (peer-protocol §8).
public enum EnvelopeFault: Error, Hashable, Sendable {
    /// A message that calls no handler at all.
    case notData
    /// Data for another handler, as `onMetaData`.
    case otherHandler(String)
    /// The AMF cannot be decoded, or the format selector is not 0.
    case undecodable(String)
    /// The argument is not an object, or there is none.
    case noObject
    /// `__msg_id` or `__subtype` is missing, or of another type.
    case incomplete
}

extension Envelope {
    /// How much a stranger's message may hold: an envelope has a dozen members, and none stands within another.
    private static let limits = AMFLimits(maximumDepth: 8, maximumValues: 512)

    /// Reads what came on a stream: data of type 15 or 18, in AMF3 or AMF0 (peer-protocol §3.4, §3.5).
    public static func reading(_ message: Message) -> Result<Envelope, EnvelopeFault> {
        guard message.type == .data || message.type == .dataExtended else { return .failure(.notData) }
        let data: DataMessage
        do throws(WireError) {
            data = try DataMessage(decoding: message, limits: limits)
        } catch {
            return .failure(.undecodable("\(error)"))
        }
        guard data.handler == handler else { return .failure(.otherHandler(data.handler)) }
        guard let members = data.arguments.first?.envelopeMembers else { return .failure(.noObject) }
        // What an envelope holds is taken out of it, and given back in others.
        guard !members.contains(where: \.value.hasReferences) else {
            return .failure(.undecodable("a member refers to what it is in"))
        }
        return Envelope(members).map(Result.success) ?? .failure(.incomplete)
    }

    /// Reads an object; nil if one of the keys that every message has is missing.
    public init?(_ object: [AMFMember<AMF3Value>]) {
        var keys: [String: AMF3Value] = [:]
        for member in object where EnvelopeKey.all.contains(member.name) {
            keys[member.name] = member.value == .undefined ? nil : member.value
        }
        guard let id = keys[EnvelopeKey.id]?.integral, let subtype = keys[EnvelopeKey.subtype]?.text else { return nil }
        let kind: Kind
        if let answered = keys[EnvelopeKey.answered] {
            let wantsConfirm = keys[EnvelopeKey.wantsConfirm] == .boolean(true)
            // What names no request at all answers none, which is not the same as a push.
            kind = .response(to: answered.integral ?? .min, wantsConfirm: wantsConfirm)
        } else if keys[EnvelopeKey.isConfirm] != nil {
            kind = .confirm(of: keys[EnvelopeKey.confirmed]?.integral ?? .min)
        } else {
            kind = .request
        }
        self.init(id: id, kind, subtype, object.filter { !EnvelopeKey.all.contains($0.name) })
        type = keys[EnvelopeKey.type]?.text
        opacity = keys[EnvelopeKey.opacity] ?? keys[EnvelopeKey.confirmedOpacity]
        needsConfirm = keys[EnvelopeKey.needsConfirm] == .boolean(true)
        queuedAt = keys[EnvelopeKey.queuedAt]?.date
        sentAt = keys[EnvelopeKey.sentAt]?.date
    }
}

extension AMF0Value {
    /// The members of an object in either format, as AMF3 values.
    fileprivate var envelopeMembers: [AMFMember<AMF3Value>]? {
        switch self {
        case .avmplus(.object(let object)): object.sealed + (object.dynamic ?? [])
        case .object(let members), .typedObject(_, let members), .ecmaArray(let members):
            members.map { AMFMember($0.name, $0.value.inAMF3) }
        default: nil
        }
    }

    /// The same value in AMF3, if it is a simple one: no others occur in an envelope.
    private var inAMF3: AMF3Value {
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
