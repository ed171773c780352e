/// How connections and streams act on what the specification says: the one seam for deliberate faults above flows, as
/// `Conduct` is below.
///
/// The default implementations change nothing: whoever adopts this protocol states only the fault.
public protocol MessageConduct: Sendable {
    /// What is taken for true where the specification's rule says `holds`.
    func judges(_ rule: MessageRule, holds: Bool) -> Bool

    /// What goes out instead of a message of a stream: itself, a changed one, none or several.
    func sends(_ message: Message, of streamID: UInt32) -> [Message]

    /// What is processed instead of a message of a stream that came in.
    func receives(_ message: Message, of streamID: UInt32) -> [Message]

    /// The metadata of a flow that this end opens.
    func metadata(_ correct: [UInt8]) -> [UInt8]
}

extension MessageConduct {
    public func judges(_ rule: MessageRule, holds: Bool) -> Bool { holds }
    public func sends(_ message: Message, of streamID: UInt32) -> [Message] { [message] }
    public func receives(_ message: Message, of streamID: UInt32) -> [Message] { [message] }
    public func metadata(_ correct: [UInt8]) -> [UInt8] { correct }
}

/// The conduct that changes nothing.
public struct CorrectMessages: MessageConduct {
    /// Makes one.
    public init() {}
}
