internal import Flash
internal import HLSP2P
internal import RTMFP

extension VectorKind {
    /// What peers say to each other.
    static let peers: [VectorKind] = [
        VectorKind("peer-message") { vector in
            let octets = try vector.inputFields().octets("message")
            let envelope = try vector.accepted {
                let message = try Message(decoding: octets)
                switch Envelope.reading(message) {
                case .success(let envelope): return envelope
                case .failure(let fault): throw message.refusal(fault)
                }
            }
            guard let envelope else { return }
            try vector.compare(envelope.vectorMembers)
            // What is written again says the same.
            let again = try Message(decoding: envelope.message().encoded)
            guard case .success(let copy) = Envelope.reading(again) else {
                throw VectorMismatch("written again", expected: "an envelope", actual: "none")
            }
            for (name, value) in copy.vectorMembers {
                try vector.compare("\(name), written again", envelope.vectorMembers[name] ?? .null, value)
            }
        }
    ]
}

extension Message {
    /// Why this is no envelope, as finely as it can be told: the envelope tells some of it in words, some not at all.
    func refusal(_ fault: EnvelopeFault) -> any Error {
        let data: DataMessage
        do throws(WireError) {
            data = try DataMessage(decoding: self)
        } catch {
            if case .illegal = error.reason, error.path == ["handler"] { return VectorRefusal(.type) }
            return fault == .notData ? fault : error
        }
        switch fault {
        case .noObject where data.arguments.isEmpty: return VectorRefusal(.missing)
        case .incomplete:
            guard case .avmplus(.object(let object))? = data.arguments.first else { return fault }
            for member in object.sealed + (object.dynamic ?? []) where ["__msg_id", "__subtype"].contains(member.name) {
                switch member.value {
                case .double where member.name == "__msg_id": return VectorRefusal(.value)
                case .undefined, .null: return fault
                case .integer where member.name == "__msg_id": continue
                case .string where member.name == "__subtype": continue
                default: return VectorRefusal(.type)
                }
            }
            return fault
        default: return fault
        }
    }
}

extension Envelope {
    /// The envelope and its operation in the vectors' notation.
    var vectorMembers: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "id": .integer(id), "type": type.map(JSONValue.string) ?? .null, "subtype": .string(subtype),
            "requestID": .null, "confirmedID": .null, "wantsConfirm": false, "needsConfirm": .bool(needsConfirm),
            "opacity": opacity.map { JSONValue($0.withWholeNumbers) } ?? .null,
            "queuedAt": queuedAt.map(JSONValue.double) ?? .null, "sentAt": sentAt.map(JSONValue.double) ?? .null,
            "operation": .null,
        ]
        let operation: [AMFMember<AMF3Value>]?
        switch kind {
        case .request:
            members["class"] = "request"
            operation = Request(self)?.members
        case .response(let request, let wantsConfirm):
            members["class"] = request == Envelope.unsolicited ? "push" : "response"
            members["requestID"] = request == .min ? .null : .integer(request)
            members["wantsConfirm"] = .bool(wantsConfirm)
            operation = request == Envelope.unsolicited ? Push(self)?.members : Response(self)?.members
        case .confirm(let response):
            members["class"] = "confirm"
            members["confirmedID"] = response == .min ? .null : .integer(response)
            operation = nil
        }
        members["operation"] = .optional(operation) { members in
            .object(Dictionary(members.map { ($0.name, JSONValue($0.value.withWholeNumbers)) }) { _, last in last })
        }
        return members
    }
}

extension AMF3Value {
    /// The value, a double that is a whole number as an integer where that can be: receivers take both alike.
    fileprivate var withWholeNumbers: AMF3Value {
        guard case .double(let double) = self, let integer = Int32(exactly: double),
            (-0x1000_0000...0x0fff_ffff).contains(integer)
        else { return self }
        return .integer(integer)
    }
}
