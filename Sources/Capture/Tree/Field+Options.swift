import RTMFP

/// The options of the Flash profile, and those of data chunks, each with what its value says.
extension Field {
    /// RFC 7425 §4.4.
    static func discriminator(_ encoded: [UInt8]) -> [Field] {
        optionSequence("endpointDiscriminator", encoded) { type, value in
            switch EndpointDiscriminator.OptionType(rawValue: type) {
            case .requiredHostname: ("Required Hostname", [text(value)])
            case .ancillaryData: ("Ancillary Data", [text(value)])
            case .fingerprint: ("Fingerprint", [])
            case nil: nil
            }
        }
    }

    /// RFC 7425 §4.3.
    static func certificate(_ name: String, _ encoded: [UInt8]) -> [Field] {
        var fields = optionSequence(name, encoded) { type, value in
            switch Certificate.OptionType(rawValue: type) {
            case .hostname: ("Hostname", [text(value)])
            case .acceptsAncillaryData: ("Accepts Ancillary Data", [])
            case .extraRandomness: ("Extra Randomness", [])
            case .supportedEphemeralGroup: ("Supported Ephemeral Diffie-Hellman Group", key(value, hasKey: false))
            case .staticPublicKey: ("Static Diffie-Hellman Public Key", key(value, hasKey: true))
            case nil: nil
            }
        }
        if let certificate = try? Certificate(decoding: encoded) {
            fields.append(Field("fingerprint", .octets(certificate.fingerprint)))
        }
        return fields
    }

    /// RFC 7425 §4.5.
    static func keyingComponent(_ name: String, _ encoded: [UInt8]) -> [Field] {
        optionSequence(name, encoded) { type, value in
            switch KeyingComponent.OptionType(rawValue: type) {
            case .ephemeralPublicKey: ("Ephemeral Diffie-Hellman Public Key", key(value, hasKey: true))
            case .extraRandomness: ("Extra Randomness", [])
            case .groupSelect: ("Diffie-Hellman Group Select", key(value, hasKey: false))
            case .hmacNegotiation: ("HMAC Negotiation", negotiation(value, hasLength: true))
            case .sequenceNumberNegotiation:
                ("Session Sequence Number Negotiation", negotiation(value, hasLength: false))
            case nil: nil
            }
        }
    }

    /// The Option List of a data chunk, if it has one (RFC 7016 §2.3.11.1).
    static func flowOptions(_ options: [Option]?) -> [Field] {
        guard let options else { return [] }
        let fields = options.map { option in
            describe(option) { type, value in
                switch type {
                case 0x00: ("User's Per-Flow Metadata", flashMetadata(value))
                case 0x0a: ("Return Flow Association", number("flowID", value))
                default: nil
                }
            }
        }
        return [Field("options", .list(fields))]
    }

    private typealias Describe = (_ type: UInt64, _ value: [UInt8]) -> (name: String, parts: [Field])?

    private static func optionSequence(_ name: String, _ encoded: [UInt8], _ known: Describe) -> [Field] {
        let field = Field(name, .octets(encoded))
        do {
            let options = try [Option](sequence: encoded)
            return [field, Field("\(name)Options", .list(options.map { describe($0, known) }))]
        } catch {
            return [field, Field("\(name)Malformed", .text("\(error)"))]
        }
    }

    private static func describe(_ option: Option, _ known: Describe) -> Field {
        switch option {
        case .marker:
            return Field("Marker", .parts([]))
        case .value(let type, let value):
            let (name, parts) = known(type, value) ?? ("Option", [])
            return Field(name, .parts([Field("code", .number(type)), Field("value", .octets(value))] + parts))
        }
    }

    private static func text(_ octets: [UInt8]) -> Field {
        Field("text", .text(String(decoding: octets, as: UTF8.self)))
    }

    private static func key(_ value: [UInt8], hasKey: Bool) -> [Field] {
        var reader = ByteReader(value.span)
        guard let group = try? reader.vlu("groupID") else { return [] }
        let fields = [Field("groupID", .number(group))]
        return hasKey ? fields + [Field("publicKeyLength", .number(UInt64(reader.remaining)))] : fields
    }

    private static func negotiation(_ value: [UInt8], hasLength: Bool) -> [Field] {
        var reader = ByteReader(value.span)
        guard let octet = try? reader.uint8("flags") else { return [] }
        let flags = NegotiationFlags(rawValue: octet)
        let fields = [
            Field("willSendAlways", .flag(flags.contains(.willSendAlways))),
            Field("willSendOnRequest", .flag(flags.contains(.willSendOnRequest))),
            Field("request", .flag(flags.contains(.request))),
        ]
        guard hasLength, let length = try? reader.vlu("hmacLength") else { return fields }
        return fields + [Field("hmacLength", .number(length))]
    }

    private static func number(_ name: String, _ value: [UInt8]) -> [Field] {
        var reader = ByteReader(value.span)
        return (try? reader.vlu("number")).map { [Field(name, .number($0))] } ?? []
    }

    /// The metadata of a flow of RTMP messages (RFC 7425 §5.1.1); nothing for any other.
    private static func flashMetadata(_ value: [UInt8]) -> [Field] {
        var reader = ByteReader(value.span)
        guard value.starts(with: Array("TC".utf8)), (try? reader.uint16("signature")) != nil,
            let flags = try? reader.uint8("flags")
        else { return [] }
        let fields = [
            Field("signature", .text("TC")),
            Field("flags", .number(UInt64(flags))),
            Field("streamIDPresent", .flag(flags & 0x04 != 0)),
            Field("receiveIntent", .text(flags & 0x01 == 0 ? "original queuing order" : "network arrival order")),
        ]
        guard flags & 0x04 != 0, let streamID = try? reader.vlu("streamID") else { return fields }
        return fields + [Field("streamID", .number(streamID))]
    }
}
