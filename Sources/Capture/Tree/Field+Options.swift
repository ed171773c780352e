import RTMFP

/// The options of the Flash profile, and those of data chunks, each with what its value says.
extension FieldSink {
    /// RFC 7425 §4.4.
    mutating func discriminator(_ encoded: [UInt8]) {
        optionSequence("endpointDiscriminator", encoded) { type in
            switch EndpointDiscriminator.OptionType(rawValue: type) {
            case .requiredHostname: ("Required Hostname", .text)
            case .ancillaryData: ("Ancillary Data", .text)
            case .fingerprint: ("Fingerprint", .opaque)
            case nil: nil
            }
        }
    }

    /// RFC 7425 §4.3.
    mutating func certificate(_ name: String, _ encoded: [UInt8]) {
        optionSequence(name, encoded) { type in
            switch Certificate.OptionType(rawValue: type) {
            case .hostname: ("Hostname", .text)
            case .acceptsAncillaryData: ("Accepts Ancillary Data", .opaque)
            case .extraRandomness: ("Extra Randomness", .opaque)
            case .supportedEphemeralGroup: ("Supported Ephemeral Diffie-Hellman Group", .group)
            case .staticPublicKey: ("Static Diffie-Hellman Public Key", .publicKey)
            case nil: nil
            }
        }
        if let certificate = try? Certificate(decoding: encoded) { octets("fingerprint", certificate.fingerprint) }
    }

    /// RFC 7425 §4.5.
    mutating func keyingComponent(_ name: String, _ encoded: [UInt8]) {
        optionSequence(name, encoded) { type in
            switch KeyingComponent.OptionType(rawValue: type) {
            case .ephemeralPublicKey: ("Ephemeral Diffie-Hellman Public Key", .publicKey)
            case .extraRandomness: ("Extra Randomness", .opaque)
            case .groupSelect: ("Diffie-Hellman Group Select", .group)
            case .hmacNegotiation: ("HMAC Negotiation", .negotiationWithLength)
            case .sequenceNumberNegotiation: ("Session Sequence Number Negotiation", .negotiation)
            case nil: nil
            }
        }
    }

    /// The Option List of a data chunk, if it has one (RFC 7016 §2.3.11.1).
    mutating func flowOptions(_ options: [Option]?) {
        guard let options else { return }
        list("options") { sink in
            for option in options {
                sink.option(option) { type in
                    switch type {
                    case 0x00: ("User's Per-Flow Metadata", .flowMetadata)
                    case 0x0a: ("Return Flow Association", .flowID)
                    default: nil
                    }
                }
            }
        }
    }

    private mutating func optionSequence(_ name: String, _ encoded: [UInt8], _ known: (UInt64) -> KnownOption?) {
        octets(name, encoded)
        do {
            let options = try [Option](sequence: encoded)
            list("\(name)Options") { sink in
                for option in options { sink.option(option, known) }
            }
        } catch {
            text("\(name)Malformed", "\(error)")
        }
    }

    private mutating func option(_ option: Option, _ known: (UInt64) -> KnownOption?) {
        switch option {
        case .marker: element("Marker") { _ in }
        case .value(let type, let value):
            let (name, form) = known(type) ?? ("Option", .opaque)
            element(name) { sink in
                sink.number("code", type)
                sink.octets("value", value)
                form.write(value, to: &sink)
            }
        }
    }
}

/// An option's title, and what its value is.
private typealias KnownOption = (name: String, form: OptionForm)

/// What the value of an option is.
private enum OptionForm {
    case opaque
    case text
    case group
    case publicKey
    case negotiation
    case negotiationWithLength
    case flowID
    case flowMetadata

    /// Writes what a value says; nothing if it is not of this form.
    func write(_ value: [UInt8], to sink: inout some FieldSink) {
        var reader = ByteReader(value.span)
        switch self {
        case .opaque: break
        case .text: sink.text("text", String(decoding: value, as: UTF8.self))
        case .group:
            if let group = try? reader.vlu("groupID") { sink.number("groupID", group) }
        case .publicKey:
            guard let group = try? reader.vlu("groupID") else { return }
            sink.number("groupID", group)
            sink.number("publicKeyLength", reader.remaining)
        case .negotiation, .negotiationWithLength:
            guard let octet = try? reader.uint8("flags") else { return }
            let flags = NegotiationFlags(rawValue: octet)
            sink.flag("willSendAlways", flags.contains(.willSendAlways))
            sink.flag("willSendOnRequest", flags.contains(.willSendOnRequest))
            sink.flag("request", flags.contains(.request))
            guard self == .negotiationWithLength, let length = try? reader.vlu("hmacLength") else { return }
            sink.number("hmacLength", length)
        case .flowID:
            if let flowID = try? reader.vlu("number") { sink.number("flowID", flowID) }
        case .flowMetadata:
            OptionForm.writeMetadata(value, to: &sink)
        }
    }

    /// The metadata of a flow of RTMP messages (RFC 7425 §5.1.1); nothing for any other.
    private static func writeMetadata(_ value: [UInt8], to sink: inout some FieldSink) {
        var reader = ByteReader(value.span)
        guard (try? reader.uint16("signature")) == 0x5443, let flags = try? reader.uint8("flags") else { return }
        sink.text("signature", "TC")
        sink.number("flags", UInt64(flags))
        sink.flag("streamIDPresent", flags & 0x04 != 0)
        sink.text("receiveIntent", flags & 0x01 == 0 ? "original queuing order" : "network arrival order")
        if flags & 0x04 != 0, let streamID = try? reader.vlu("streamID") { sink.number("streamID", streamID) }
    }
}
