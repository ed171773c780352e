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
}

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

    /// An ephemeral public key and the ID of its group (RFC 7425 §4.5.2.1).
    public struct EphemeralKey: Hashable, Sendable {
        /// The group's ID.
        public var group: UInt64
        /// The public key, most significant octet first.
        public var publicKey: [UInt8]

        /// Makes a key.
        public init(group: UInt64, publicKey: [UInt8]) {
            self.group = group
            self.publicKey = publicKey
        }
    }

    /// The ephemeral public key; of an end whose certificate has no static one.
    public var ephemeralKey: EphemeralKey?
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

    /// Makes a component of any of its options.
    public init(
        ephemeralKey: EphemeralKey? = nil,
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

    /// Reads a component; unknown options and Markers are ignored.
    ///
    /// - Throws: `KeyingError.malformed`, or `.component` for two ephemeral keys, two group selections, or an HMAC
    ///   length that its flags do not permit.
    public init(_ encoded: [UInt8]) throws(KeyingError) {
        self.init()
        var keys: [EphemeralKey] = []
        var selections: [UInt64] = []
        do {
            for case .value(let type, let value) in try [Option](sequence: encoded) {
                var reader = ByteReader(value.span)
                switch OptionType(rawValue: type) {
                case .ephemeralPublicKey:
                    keys.append(EphemeralKey(group: try reader.vlu("groupID"), publicKey: reader.rest()))
                case .extraRandomness:
                    extraRandomness = extraRandomness ?? reader.rest()
                case .groupSelect:
                    selections.append(try reader.vlu("groupID"))
                case .hmacNegotiation:
                    hmac = NegotiationFlags(rawValue: try reader.uint8("flags"))
                    hmacLength = try reader.vlu("hmacLength")
                case .sequenceNumberNegotiation:
                    sequenceNumbers = NegotiationFlags(rawValue: try reader.uint8("flags"))
                case nil:
                    break
                }
            }
        } catch {
            throw .malformed(error.within("keyingComponent"))
        }
        guard keys.count <= 1 else { throw .component("more than one ephemeral public key") }
        guard selections.count <= 1 else { throw .component("more than one group selection") }
        ephemeralKey = keys.first
        groupSelect = selections.first
        let sends = hmac.contains(.willSendAlways) || hmac.contains(.willSendOnRequest)
        guard sends ? (4...32).contains(hmacLength) : hmacLength == 0 || (4...32).contains(hmacLength) else {
            throw .component("an HMAC length of \(hmacLength)")
        }
    }

    /// The component's Options, in the order in which the Flash Player sends them.
    public var options: [Option] {
        var options: [Option] = []
        func add(_ type: OptionType, _ value: [UInt8]?) {
            if let value { options.append(.value(type: type.rawValue, value)) }
        }
        add(.groupSelect, groupSelect.map(Option.groupID))
        add(.extraRandomness, extraRandomness)
        add(.hmacNegotiation, [hmac.rawValue] + Option.groupID(hmacLength))
        add(.sequenceNumberNegotiation, [sequenceNumbers.rawValue])
        add(.ephemeralPublicKey, ephemeralKey.map { Option.groupID($0.group) + $0.publicKey })
        return options
    }

    /// The component's octets.
    public var encoded: [UInt8] { options.encoded }
}
