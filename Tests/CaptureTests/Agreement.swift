import JSONSchema

/// Holds our JSON of a packet against what the independent decoder wrote about it.
///
/// Every member that it wrote must have a rule here, so nothing goes uncompared. Names differ, because ours are those of
/// the RFCs: the rules are the list of what is what.
struct Agreement {
    /// Where the two do not agree.
    private(set) var differences: [String] = []

    /// Its names of chunks for ours.
    static let chunkNames = [
        "IHello": "IHello", "Forwarded IHello": "FIHello", "RHello": "RHello", "Responder Redirect": "Redirect",
        "RHello Cookie Change": "RHello Cookie Change", "IIKeying": "IIKeying", "RIKeying": "RIKeying",
        "Ping": "Ping", "Ping Reply": "Ping Reply", "User Data": "User Data", "Next User Data": "Next User Data",
        "Ack Ranges": "Range Ack", "Buffer Probe": "Buffer Probe", "Flow Exception Report": "Flow Exception Report",
        "Session Close Request": "Close", "Session Close Ack": "Close Ack",
        // No RFC defines this type; one library sends it.
        "ECN Report (experimental)": "chunk 0xec",
    ]

    /// `plain` is the decrypted packet, which our JSON does not repeat.
    mutating func packet(_ theirs: JSON, _ ours: JSON, plain: String) {
        let header = ours["header"]
        for (name, value) in theirs.members {
            switch name {
            case "frame": same(name, value, ours["frame"])
            // Both are seconds; it wrote microseconds, ours has nanoseconds, and a Double holds neither exactly.
            case "time":
                let apart = (value.number ?? 0) - (ours["time"]?.number ?? 0)
                check(name, abs(apart) < 0.000_001)
            case "src": same(name, value, ours["source"])
            case "dst": same(name, value, ours["destination"])
            case "len": same(name, value, ours["length"])
            case "ip_tos": same(name, value, ours["trafficClass"])
            case "session_id": same(name, value, ours["sessionID"])
            case "key": same(name, value, ours["key"])
            case "checksum": same(name, value, ours["checksum"])
            // How an odd last octet counts: RFC 7425 §4.7.3.1's way, the only one that we verify.
            case "checksum_variant": same(name, value, .string("odd-byte-low (RFC 7425)"))
            case "hmac": same(name, value, ours["hmac"])
            case "sseq": same(name, value, ours["sessionSequenceNumber"])
            case "flags_byte": same(name, value, header?["flags"])
            case "flags": headerFlags(value, header ?? .null)
            case "mode": same(name, value, header?["mode"])
            case "timestamp": same(name, value, header?["timestamp"])
            case "timestamp_echo": same(name, value, header?["timestampEcho"])
            case "padding": same(name, value, ours["padding"])
            case "plaintext": same(name, value, .string(plain))
            case "chunks": pairs(name, value, ours["chunks"]) { $0.chunk($1, $2) }
            default: check("no rule for \(name)", false)
            }
        }
    }

    private mutating func headerFlags(_ theirs: JSON, _ header: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "TC": same(name, value, header["timeCritical"])
            case "TCR": same(name, value, header["timeCriticalReverse"])
            case "TS": same(name, value, .bool(header["timestamp"] != nil))
            case "TSE": same(name, value, .bool(header["timestampEcho"] != nil))
            case "MOD":
                let modes = ["forbidden", "initiator", "responder", "startup"]
                same(name, .string(modes[Int(value.number ?? 0) & 3]), header["mode"])
            default: check("no rule for flag \(name)", false)
            }
        }
    }

    private mutating func chunk(_ theirs: JSON, _ ours: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "type": same(name, value, ours["code"])
            case "name": same(name, Agreement.chunkNames[value.string ?? ""].map(JSON.string), ours["type"])
            // It counts the payload, ours type and length, too.
            case "length": same(name, value, ours["length"]?.number.map { .number($0 - 3) })
            // Ours does not keep the payload of chunks that have none to understand.
            case "raw" where ours["payload"] == nil: same(name, value, .string(""))
            case "flags": dataFlags(value, ours)
            case "flags_byte": same(name, value, .number(Agreement.dataFlags(ours)))
            case "options": pairs(name, value, ours["options"]) { $0.option($1, $2) }
            case "epd_options": options(name, value, ours["endpointDiscriminatorOptions"])
            case "certificate_options":
                options(name, value, ours["responderCertificateOptions"] ?? ours["initiatorCertificateOptions"])
            case "skic_options": options(name, value, ours["sessionKeyInitiatorComponentOptions"])
            case "skrc_options": options(name, value, ours["sessionKeyResponderComponentOptions"])
            case "reply_address": address(value, ours["replyAddress"] ?? .null)
            case "addresses": pairs(name, value, ours["redirectDestinations"]) { $0.address($1, $2) }
            case "message": same(name, value, ours["message"] ?? ours["messageEcho"])
            // In octets; a block is 1024.
            case "buffer_bytes_available":
                same(name, value, ours["bufferBlocksAvailable"]?.number.map { .number($0 * 1024) })
            case "ranges":
                pairs(name, value, ours["ranges"]) { agreement, theirs, ours in
                    agreement.same(name, theirs, .array([ours["from"] ?? .null, ours["to"] ?? .null]))
                }
            default:
                guard let our = Agreement.sameValues[name] else { return check("no rule for \(name)", false) }
                same(name, value, ours[our])
            }
        }
    }

    /// Members of chunks that differ in name only.
    private static let sameValues = [
        "raw": "payload", "epd": "endpointDiscriminator", "tag": "tag", "tag_echo": "tagEcho", "cookie": "cookie",
        "responder_certificate": "responderCertificate", "initiator_certificate": "initiatorCertificate",
        "cookie_echo": "cookieEcho", "old_cookie": "oldCookie", "new_cookie": "newCookie", "signature": "signature",
        "initiator_session_id": "initiatorSessionID", "responder_session_id": "responderSessionID",
        "skic": "sessionKeyInitiatorComponent", "skrc": "sessionKeyResponderComponent",
        "flow_id": "flowID", "sequence_number": "sequenceNumber", "fsn_offset": "fsnOffset",
        "fsn": "forwardSequenceNumber", "data": "userData", "exception": "exceptionCode",
        "buffer_blocks": "bufferBlocksAvailable", "cumulative_ack": "cumulativeAck",
    ]

    private mutating func dataFlags(_ theirs: JSON, _ ours: JSON) {
        for (name, value) in theirs.members {
            switch name {
            case "OPT": same(name, value, .bool(ours["options"] != nil))
            case "FRA": same(name, value, ours["fragmentControl"])
            case "ABN": same(name, value, ours["abandon"])
            case "FIN": same(name, value, ours["final"])
            default: check("no rule for flag \(name)", false)
            }
        }
    }

    /// RFC 7016 §2.3.11, put together again: ours shows the flags one by one.
    private static func dataFlags(_ ours: JSON) -> Double {
        let parts = ["whole", "begin", "end", "middle"]
        let fragmentControl = parts.firstIndex(of: ours["fragmentControl"]?.string ?? "") ?? 0
        return (ours["options"] == nil ? 0 : 128) + Double(fragmentControl * 16)
            + (ours["abandon"]?.isTrue == true ? 2 : 0) + (ours["final"]?.isTrue == true ? 1 : 0)
    }

    private mutating func address(_ theirs: JSON, _ ours: JSON) {
        let origins = ["unknown", "reported", "observed", "relay"]
        let port = Int(theirs["port"]?.number ?? -1)
        same("address", .string("\(theirs["addr"]?.string ?? ""):\(port)"), ours["address"])
        // The low two bits of the flags are the origin; its words for it, "local" and "remote/observed", are not the
        // RFC's. All addresses in these captures are of IPv4.
        let flags = Int(theirs["flags"]?.number ?? 0)
        same("address.flags", .string(origins[flags & 3]), ours["origin"])
        same("address.family", theirs["family"], .number(4))
        check("members of address", Set(theirs.members.keys) == ["flags", "family", "origin", "addr", "port"])
    }

    mutating func same(_ name: String, _ theirs: JSON?, _ ours: JSON?) {
        check("\(name): \(String(describing: theirs)), ours \(String(describing: ours))", theirs == ours)
    }

    mutating func check(_ name: String, _ holds: Bool) {
        if !holds { differences.append(name) }
    }

    private mutating func options(_ name: String, _ theirs: JSON, _ ours: JSON?) {
        pairs(name, theirs, ours) { $0.option($1, $2) }
    }

    private mutating func pairs(
        _ name: String,
        _ theirs: JSON,
        _ ours: JSON?,
        _ compare: (inout Agreement, JSON, JSON) -> Void
    ) {
        let elements = ours?.elements ?? []
        check("\(name): \(theirs.elements.count), ours \(elements.count)", theirs.elements.count == elements.count)
        for (their, our) in zip(theirs.elements, elements) { compare(&self, their, our) }
    }
}
