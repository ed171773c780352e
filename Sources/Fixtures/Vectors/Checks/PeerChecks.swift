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
                case .failure(.undecodable):
                    // What the envelope only tells in words, the decoder of data tells as an error.
                    _ = try DataMessage(decoding: message)
                    throw EnvelopeFault.noObject
                case .failure(let fault): throw fault
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
