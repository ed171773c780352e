public import RTMFP

/// A command: a call, its answer, or a stream's status (RFC 7425 §5.3).
public struct Command: Hashable, Sendable {
    /// Which of the two forms a command or data is sent in (RFC 7425 §5.3.3).
    public enum Form: Hashable, Sendable {
        /// AMF0 values: types 20 and 18.
        case plain
        /// A format selector, 0, and AMF0 values that may switch to AMF3: types 17 and 15.
        case extended
    }

    /// The command's name.
    public var name: String
    /// Which call an answer answers; 0 if none is wanted.
    public var transactionID: Double
    /// The command object; null for most.
    public var object: AMF0Value
    /// What follows the command object.
    public var arguments: [AMF0Value]
    /// The form that it came in, or is to be sent in.
    public var form: Form

    /// Makes a command.
    public init(
        _ name: String,
        transactionID: Double = 0,
        object: AMF0Value = .null,
        _ arguments: [AMF0Value] = [],
        form: Form = .plain
    ) {
        self.name = name
        self.transactionID = transactionID
        self.object = object
        self.arguments = arguments
        self.form = form
    }

    /// Decodes a message of type 20 or 17.
    ///
    /// A command that ends after its name or its transaction ID is accepted: some implementations send such.
    public init(decoding message: Message, limits: AMFLimits = AMFLimits()) throws(WireError) {
        guard message.type == .command || message.type == .commandExtended else {
            throw WireError(.otherType("\(message.type) is no command"), offset: 0, path: ["messageType"])
        }
        form = message.type == .command ? .plain : .extended
        let values = try message.values(form, limits: limits)
        guard let name = values.first?.string else {
            throw WireError(.otherType("is not a string"), offset: Message.headerLength, path: ["commandName"])
        }
        let transactionID = values.count > 1 ? values[1].number : 0
        guard let transactionID else {
            throw WireError(.otherType("is not a number"), offset: Message.headerLength, path: ["transactionID"])
        }
        self.name = name
        self.transactionID = transactionID
        object = values.count > 2 ? values[2] : .null
        arguments = Array(values.dropFirst(3))
    }

    /// Name, transaction ID, command object and arguments.
    public var values: [AMF0Value] {
        [.string(name), .number(transactionID), object] + arguments
    }

    /// The message for a flow.
    public func message(timestamp: UInt32 = 0) -> Message {
        Message(form == .plain ? .command : .commandExtended, timestamp: timestamp, form.payload(values))
    }
}

/// Data that belongs to a stream: the name of a handler, and its arguments.
public struct DataMessage: Hashable, Sendable {
    /// The name of the handler.
    public var handler: String
    /// The arguments.
    public var arguments: [AMF0Value]
    /// The form that it came in, or is to be sent in.
    public var form: Command.Form

    /// Makes data.
    public init(_ handler: String, _ arguments: [AMF0Value] = [], form: Command.Form = .plain) {
        self.handler = handler
        self.arguments = arguments
        self.form = form
    }

    /// Decodes a message of type 18 or 15.
    public init(decoding message: Message, limits: AMFLimits = AMFLimits()) throws(WireError) {
        guard message.type == .data || message.type == .dataExtended else {
            throw WireError(.illegal("\(message.type) is no data"), offset: 0, path: ["messageType"])
        }
        form = message.type == .data ? .plain : .extended
        let values = try message.values(form, limits: limits)
        guard let handler = values.first?.string else {
            throw WireError(.illegal("is not a string"), offset: Message.headerLength, path: ["handler"])
        }
        self.handler = handler
        arguments = Array(values.dropFirst())
    }

    /// The message for a flow.
    public func message(timestamp: UInt32 = 0) -> Message {
        let values = [.string(handler)] + arguments
        return Message(form == .plain ? .data : .dataExtended, timestamp: timestamp, form.payload(values))
    }
}

extension Message {
    /// The values of a payload in `form`.
    fileprivate func values(_ form: Command.Form, limits: AMFLimits) throws(WireError) -> [AMF0Value] {
        guard form == .extended else {
            return try [AMF0Value](amf0: payload, base: Message.headerLength, limits: limits)
        }
        guard payload.first == 0 else {
            throw WireError(
                payload.isEmpty ? .truncated(needed: 1, available: 0) : .illegal("must be 0"),
                offset: Message.headerLength,
                path: ["format"]
            )
        }
        return try [AMF0Value](amf0: payload.dropFirst(), base: Message.headerLength + 1, limits: limits)
    }
}

extension Command.Form {
    fileprivate func payload(_ values: [AMF0Value]) -> [UInt8] {
        (self == .plain ? [] : [0]) + values.encoded
    }
}
