public import Flash

extension Envelope {
    /// The message for a flow: data with a format selector, the envelope in AMF3 (peer-protocol §3.4).
    public func message(timestamp: UInt32 = 0) -> Message {
        DataMessage(Envelope.handler, [.avmplus(.anonymous(object))], form: .extended).message(timestamp: timestamp)
    }

    /// All members, those of the envelope included.
    public var object: [AMFMember<AMF3Value>] {
        var all: [AMFMember<AMF3Value>] = []
        func add(_ name: String, _ value: AMF3Value?) {
            if let value { all.append(AMFMember(name, value)) }
        }
        if case .confirm(let confirmed) = kind {
            add(EnvelopeKey.isConfirm, .boolean(true))
            add(EnvelopeKey.id, .number(id))
            add(EnvelopeKey.type, type.map(AMF3Value.string))
            add(EnvelopeKey.subtype, .string(subtype))
            add(EnvelopeKey.confirmed, .number(confirmed))
            add(EnvelopeKey.confirmedOpacity, opacity)
            return all + members
        }
        add(EnvelopeKey.subtype, .string(subtype))
        all += members
        add(EnvelopeKey.id, .number(id))
        if case .response(let request, let wantsConfirm) = kind {
            add(EnvelopeKey.answered, .number(request))
            add(EnvelopeKey.type, type.map(AMF3Value.string))
            if wantsConfirm { add(EnvelopeKey.wantsConfirm, .boolean(true)) }
            if needsConfirm { add(EnvelopeKey.needsConfirm, .boolean(true)) }
            add(EnvelopeKey.opacity, opacity)
            add(EnvelopeKey.queuedAt, queuedAt.map { .date(milliseconds: $0) })
            add(EnvelopeKey.sentAt, sentAt.map { .date(milliseconds: $0) })
        } else {
            add(EnvelopeKey.type, type.map(AMF3Value.string))
        }
        return all
    }
}
