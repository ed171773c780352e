/// A session keying component of the Flash profile (RFC 7425 §4.5): what an end adds to the session's keys.
public struct KeyingComponent: Hashable, Sendable {
    /// The option types of a keying component (RFC 7425 §4.5.2).
    public enum OptionType: UInt64, Sendable {
        case ephemeralPublicKey = 0x0d
        case extraRandomness = 0x0e
        case hmacNegotiation = 0x1a
        case groupSelect = 0x1d
        case sequenceNumberNegotiation = 0x1e
    }

    /// The ephemeral public key; of an end whose certificate has no static one (RFC 7425 §4.5.2.1).
    public var ephemeralKey: DiffieHellmanPublicKey?
    /// The ID of the group that an initiator with static keys selects (RFC 7425 §4.5.2.3).
    public var groupSelect: UInt64?
    /// A salt, 16 to 64 octets advised (RFC 7425 §4.5.2.2).
    public var extraRandomness: [UInt8]?
    /// About HMACs; absent is no flag set (RFC 7425 §4.5.2.4).
    public var hmac: NegotiationFlags
    /// Octets of the HMACs that the sender may send: 4 to 32, or 0 if it will send none.
    public var hmacLength: UInt64
    /// About session sequence numbers; absent is no flag set (RFC 7425 §4.5.2.5).
    public var sequenceNumbers: NegotiationFlags
    private var repeated: KeyingError?

    /// Makes a component of any of its options.
    public init(
        ephemeralKey: DiffieHellmanPublicKey? = nil,
        groupSelect: UInt64? = nil,
        extraRandomness: [UInt8]? = nil,
        hmac: NegotiationFlags = [],
        hmacLength: UInt64 = 0,
        sequenceNumbers: NegotiationFlags = []
    ) {
        self.ephemeralKey = ephemeralKey
        self.groupSelect = groupSelect
        self.extraRandomness = extraRandomness
        self.hmac = hmac
        self.hmacLength = hmacLength
        self.sequenceNumbers = sequenceNumbers
    }

    /// Reads a component whose options keep the rules; unknown ones and Markers are ignored.
    ///
    /// - Throws: `KeyingError.malformed` for what is not a sequence of Options, or `objection`.
    public init(_ encoded: [UInt8]) throws(KeyingError) {
        do {
            try self.init(decoding: encoded)
        } catch {
            throw .malformed(error)
        }
        if let objection { throw objection }
    }

    /// Reads a component that may break rules, which `objection` then says; of repeated options the first counts.
    public init(decoding encoded: [UInt8]) throws(WireError) {
        self.init()
        var seen: Set<OptionType> = []
        do {
            for case .value(let type, let value) in try [Option](sequence: encoded) {
                guard let type = OptionType(rawValue: type) else { continue }
                let isFirst = seen.insert(type).inserted
                var reader = ByteReader(value.span)
                switch type {
                case .ephemeralPublicKey:
                    let key = try DiffieHellmanPublicKey(value)
                    if isFirst { ephemeralKey = key } else { repeated = .component("more than one ephemeral key") }
                case .extraRandomness:
                    if isFirst { extraRandomness = value }
                case .groupSelect:
                    let group = try reader.vlu("groupID")
                    if isFirst { groupSelect = group } else { repeated = .component("more than one group selection") }
                case .hmacNegotiation:
                    let flags = NegotiationFlags(rawValue: try reader.uint8("flags"))
                    let length = try reader.vlu("hmacLength")
                    if isFirst { (hmac, hmacLength) = (flags, length) }
                case .sequenceNumberNegotiation:
                    let flags = NegotiationFlags(rawValue: try reader.uint8("flags"))
                    if isFirst { sequenceNumbers = flags }
                }
            }
        } catch {
            throw error.within("keyingComponent")
        }
    }

    /// The rule that the component breaks by itself; nil if there is none.
    ///
    /// More than one ephemeral key or group selection (RFC 7425 §4.5.2.1, §4.5.2.3), or an HMAC length other than 4 to 32
    /// of an end that may send HMACs, other than 0 of one that will not (§4.5.2.4).
    public var objection: KeyingError? {
        if let repeated { return repeated }
        let legal = hmac.offers ? (4...32).contains(hmacLength) : hmacLength == 0
        return legal ? nil : .hmacLength("an HMAC length of \(hmacLength) with the flags \(hmac.rawValue)")
    }

    /// The component's Options, in the order in which the Flash Player sends them.
    public var options: [Option] {
        var options: [Option] = []
        func add(_ type: OptionType, _ value: [UInt8]?) {
            if let value { options.append(.value(type: type.rawValue, value)) }
        }
        // Some initiators look for the negotiation at the beginning of the answer; who selects a group is the initiator.
        add(.groupSelect, groupSelect.map(Option.groupID))
        if groupSelect != nil { add(.extraRandomness, extraRandomness) }
        add(.hmacNegotiation, [hmac.rawValue] + Option.groupID(hmacLength))
        add(.sequenceNumberNegotiation, [sequenceNumbers.rawValue])
        if groupSelect == nil { add(.extraRandomness, extraRandomness) }
        add(.ephemeralPublicKey, ephemeralKey?.encoded)
        return options
    }

    /// The component's octets.
    public var encoded: [UInt8] { options.encoded }
}
