import JSONSchema

extension Agreement {
    /// Its names of options for the titles of RFC 7425 §4.3.3, §4.4.2, §4.5.2 and RFC 7016 §2.3.11.1.
    private static let optionNames = [
        "hostname": "Hostname", "accepts_ancillary_data": "Accepts Ancillary Data",
        "extra_randomness": "Extra Randomness",
        "supported_ephemeral_dh_group": "Supported Ephemeral Diffie-Hellman Group",
        "static_dh_public_key": "Static Diffie-Hellman Public Key",
        "required_hostname": "Required Hostname", "ancillary_data": "Ancillary Data", "fingerprint": "Fingerprint",
        "ephemeral_dh_public_key": "Ephemeral Diffie-Hellman Public Key",
        "dh_group_select": "Diffie-Hellman Group Select", "hmac_negotiation": "HMAC Negotiation",
        "session_sequence_negotiation": "Session Sequence Number Negotiation",
        "metadata": "User's Per-Flow Metadata", "return_flow_association": "Return Flow Association",
    ]

    /// An option of any kind.
    mutating func option(_ theirs: JSON, _ ours: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "type": same(name, value, ours["code"])
            case "name": same(name, Agreement.optionNames[value.string ?? ""].map(JSON.string), ours["type"])
            case "value": same(name, value, ours["value"])
            case "text": same(name, value, ours["text"])
            case "group": same(name, value, ours["groupID"])
            case "public_key_len": same(name, value, ours["publicKeyLength"])
            case "hmac_length": same(name, value, ours["hmacLength"])
            case "flow_id": same(name, value, ours["flowID"])
            case "flags": negotiation(value, ours)
            case "flags_byte":
                let flags = [("willSendAlways", 4.0), ("willSendOnRequest", 2), ("request", 1)]
                let octet = flags.reduce(0) { $0 + (ours[$1.0]?.isTrue == true ? $1.1 : 0) }
                same(name, value, .number(octet))
            case "tc": flashMetadata(value, ours)
            default: check("no rule for option's \(name)", false)
            }
        }
    }

    private mutating func negotiation(_ theirs: JSON, _ ours: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "send_always": same(name, value, ours["willSendAlways"])
            case "send_on_request": same(name, value, ours["willSendOnRequest"])
            case "request": same(name, value, ours["request"])
            default: check("no rule for flag \(name)", false)
            }
        }
    }

    private mutating func flashMetadata(_ theirs: JSON, _ ours: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "signature": same(name, value, ours["signature"])
            case "flags": same(name, value, ours["flags"])
            case "sid": same(name, value, ours["streamIDPresent"])
            // It has the bit the wrong way round: a receive intent of 0, as in flags 04, is the original queuing order
            // (RFC 7425 §5.1.1), and only 1 means as soon as possible.
            case "rxi_asap": same(name, value, .bool(ours["receiveIntent"] == .string("original queuing order")))
            case "stream_id": same(name, value, ours["streamID"])
            default: check("no rule for metadata's \(name)", false)
            }
        }
    }
}
