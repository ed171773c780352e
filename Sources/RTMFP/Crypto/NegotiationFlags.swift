/// What one end says it will do, and wants the other to do, about HMACs or session sequence numbers
/// (RFC 7425 §4.5.2.4, §4.5.2.5).
public struct NegotiationFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    /// Makes a set of flags; the five reserved ones are kept but mean nothing.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// SND: the sender will send it.
    public static let willSendAlways = NegotiationFlags(rawValue: 4)
    /// SOR: the sender will send it if the other end requests it.
    public static let willSendOnRequest = NegotiationFlags(rawValue: 2)
    /// REQ: the sender would very much like the other end to send it.
    public static let request = NegotiationFlags(rawValue: 1)

    /// Whether an end with these flags sends, given the other end's (RFC 7425 §4.6.4, §4.6.6).
    public func sends(to far: NegotiationFlags) -> Bool {
        contains(.willSendAlways) || contains(.willSendOnRequest) && far.contains(.request)
    }

    /// Whether an end with these flags may come to send.
    var offers: Bool { !isDisjoint(with: [.willSendAlways, .willSendOnRequest]) }

    /// These flags without what means nothing to an end with the flags `far`.
    func answer(to far: NegotiationFlags) -> NegotiationFlags {
        var flags = self
        if !far.contains(.request) { flags.remove(.willSendOnRequest) }
        if !far.offers { flags.remove(.request) }
        return flags
    }
}
