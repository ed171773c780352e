extension [FlowEvent] {
    /// The members `messages` and `missing`, each only if there is something to tell.
    var fields: [Field] {
        guard !isEmpty else { return [] }
        var messages: [Field] = []
        var missing: [Field] = []
        for event in self {
            switch event {
            case .message(let message): messages.append(Field("Message", .parts(message.fields)))
            case .missing(let flow, let numbers):
                missing.append(Field("Missing fragments", .parts(flow.fields + [Field.numbers(numbers)])))
            }
        }
        return [("messages", messages), ("missing", missing)].filter { !$0.1.isEmpty }
            .map { Field($0.0, .list($0.1)) }
    }
}

extension FlowMessage {
    fileprivate var fields: [Field] {
        flow.fields + [
            Field.numbers(sequenceNumbers),
            Field("length", .number(UInt64(octets.count))),
            Field("octets", .octets(octets)),
        ]
    }
}

extension CapturedFlow {
    fileprivate var fields: [Field] {
        var fields = [Field("flowID", .number(flowID))]
        if let metadata { fields.append(Field("metadata", .octets(metadata))) }
        if let association { fields.append(Field("association", .number(association))) }
        return fields
    }
}

extension Field {
    fileprivate static func numbers(_ numbers: ClosedRange<UInt64>) -> Field {
        let ends = [Field("from", .number(numbers.lowerBound)), Field("to", .number(numbers.upperBound))]
        return Field("sequenceNumbers", .parts(ends))
    }
}
