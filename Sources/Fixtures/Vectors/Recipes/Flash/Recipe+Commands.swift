extension Recipe {
    /// The commands of NetConnection and NetStream, in both forms, each whole, and cut off within each value.
    static let command = Recipe(
        "flash",
        "command",
        "Commands of NetConnection and NetStream",
        specification: ["RFC 7425 §5.3", "RFC 7425 §5.4"],
        notes: [
            "Name, transaction ID, command object and arguments as AMF0 values. Type 20 holds them as they are; type 17 holds a format selector, which is 0, before them."
        ]
    ) {
        var batch = Batch("command", [], [])
        for (name, section, row, values) in commands {
            batch.section = ["RFC 7425 §\(section)"]
            batch.requirements = [row]
            let octets = values.flatMap(\.octets)
            for (form, type, before) in [("plain", 20, []), ("extended", 17, [0])] as [(String, UInt8, [UInt8])] {
                let header: [UInt8] = [type, 0, 0, 0x01, 0x02] + before
                let twin = batch.valid(
                    "\(name).\(form)",
                    "\(name), type \(type)",
                    ["message": .hex(header + octets)],
                    ["type": .integer(Int(type)), "timestamp": 258, "values": .array(values.map(\.value))]
                )
                // A command that ends between two values is accepted.
                var start = header.count
                for (index, value) in values.enumerated() {
                    for cut in [1, value.octets.count - 1] where cut > 0 && cut < value.octets.count {
                        try batch.edited(
                            twin,
                            "cut-\(start + cut)",
                            .cut("/message", to: start + cut),
                            .truncated,
                            because: "ends within value \(index)",
                            requirements: ["RFC7425-5.3.2-05"]
                        )
                        if value.octets.count == 2 { break }
                    }
                    start += value.octets.count
                }
                guard name == "createStream" else { continue }
                try batch.edited(
                    twin,
                    "name-null",
                    .splice("/message", at: header.count, count: values[0].octets.count, [0x05]),
                    .type,
                    because: "the name is null",
                    requirements: ["RFC7425-5.3.2-05"]
                )
                try batch.edited(
                    twin,
                    "name-number",
                    .splice("/message", at: header.count, count: values[0].octets.count, AMF0.number(1).octets),
                    .type,
                    because: "the name is a number",
                    requirements: ["RFC7425-5.3.2-05"]
                )
                try batch.edited(
                    twin,
                    "transaction-string",
                    .splice("/message", at: header.count + values[0].octets.count, count: 9, AMF0.string("1").octets),
                    .type,
                    because: "the transaction ID is a string",
                    requirements: ["RFC7425-5.3.2-05"]
                )
                try batch.edited(
                    twin,
                    "type-data",
                    .splice("/message", at: 0, count: 1, [18]),
                    .type,
                    because: "data is no command",
                    requirements: ["RFC7425-5.1.2-01"]
                )
                guard type == 17 else { continue }
                for selector in [1, 3, 255] as [UInt8] {
                    try batch.edited(
                        twin,
                        "selector-\(selector)",
                        .splice("/message", at: 5, count: 1, [selector]),
                        .value,
                        because: "the format selector is not 0",
                        requirements: ["RFC7425-5.3.3-07", "RFC7425-5.3.3-09"]
                    )
                }
                try batch.edited(
                    twin,
                    "no-selector",
                    .cut("/message", to: 5),
                    .truncated,
                    because: "there is no format selector",
                    requirements: ["RFC7425-5.3.3-07"]
                )
            }
        }
        return batch
    }

    private static let commands: [(String, String, String, [AMFSpelling])] = {
        func call(_ name: String, _ id: Double, _ object: AMFSpelling = AMF0.null, _ arguments: AMFSpelling...)
            -> [AMFSpelling]
        {
            [AMF0.string(name), AMF0.number(id), object] + arguments
        }
        func status(_ level: String, _ code: String, _ more: [(String, AMFSpelling)] = []) -> AMFSpelling {
            AMF0.object(
                [("level", AMF0.string(level)), ("code", AMF0.string(code)), ("description", AMF0.string("Words."))]
                    + more
            )
        }
        let connecting = AMF0.object([
            ("app", AMF0.string("")), ("flashVer", AMF0.string("WIN 13,0,0,214")), ("swfUrl", AMF0.undefined),
            ("tcUrl", AMF0.string("rtmfp://192.0.2.1:19350")),
            ("fpad", AMF0.boolean(false)), ("capabilities", AMF0.number(235)), ("audioCodecs", AMF0.number(3575)),
            ("videoCodecs", AMF0.number(252)),
            ("videoFunction", AMF0.number(1)), ("pageUrl", AMF0.undefined), ("objectEncoding", AMF0.number(3)),
        ])
        let participants = AMF3.array([
            AMF3.object([
                ("protocol", AMF3.string("rtmfp")),
                ("farID", AMF3.string(String(repeating: "0123456789abcdef", count: 4))),
            ])
        ])
        let success = status("status", "NetConnection.Connect.Success", [("objectEncoding", AMF0.number(3))])
        return [
            ("connect", "5.3.1", "RFC7425-5.3.1-02", call("connect", 1, connecting)),
            ("connect-resource", "5.3.1", "RDV-016", call("connect", 1, connecting, AMF0.string("channel"))),
            ("connect-result", "5.3.2", "RDV-009", call("_result", 1, AMF0.null, success)),
            (
                "connect-rejected", "5.3.2", "RDV-008",
                call("_error", 1, AMF0.null, status("error", "NetConnection.Connect.Rejected"))
            ),
            ("setPeerInfo-none", "5.3.3", "RFC7425-5.3.3-04", call("setPeerInfo", 0)),
            (
                "setPeerInfo", "5.3.3", "RFC7425-5.3.3-02",
                call("setPeerInfo", 0, AMF0.null, AMF0.string("192.0.2.1:50001"), AMF0.string("[2001:db8::1]:50001"))
            ),
            ("createStream", "5.3.7", "RFC7425-5.3.7-01", call("createStream", 2)),
            ("createStream-result", "5.3.7", "RFC7425-5.3.7-01", call("_result", 2, AMF0.null, AMF0.number(1))),
            ("deleteStream", "5.3.7", "RFC7425-5.3.7-01", call("deleteStream", 0, AMF0.null, AMF0.number(1))),
            (
                "publish", "5.3.7", "RFC7425-5.3.7-03",
                call("publish", 0, AMF0.null, AMF0.string("stream"), AMF0.string("live"))
            ),
            (
                "publish-start", "5.3.7", "RFC7425-5.3.7-03",
                call("onStatus", 0, AMF0.null, status("status", "NetStream.Publish.Start"))
            ),
            (
                "publish-bad-name", "5.3.7", "RFC7425-5.3.7-03",
                call("onStatus", 0, AMF0.null, status("error", "NetStream.Publish.BadName"))
            ),
            ("play", "5.4.1", "RFC7425-5.4.1-06", call("play", 0, AMF0.null, AMF0.string("stream"))),
            (
                "play-arguments", "5.3.7", "PEER-026",
                call(
                    "play",
                    0,
                    AMF0.null,
                    AMF0.string("stream"),
                    AMF0.number(-2000),
                    AMF0.number(-1000),
                    AMF0.boolean(true)
                )
            ),
            (
                "play-peer", "5.4.1", "PEER-024",
                call("play", 0, AMF0.null, AMF0.string(String(repeating: "0123456789abcdef", count: 4)))
            ),
            (
                "play-reset", "5.4.2", "PEER-027",
                call("onStatus", 0, AMF0.null, status("status", "NetStream.Play.Reset"))
            ),
            (
                "play-start", "5.4.2", "PEER-027",
                call("onStatus", 0, AMF0.null, status("status", "NetStream.Play.Start"))
            ),
            (
                "play-failed", "5.4.2", "RFC7425-5.4.2-03",
                call("onStatus", 0, AMF0.null, status("error", "NetStream.Play.Failed"))
            ),
            ("pause", "5.3.7", "RFC7425-5.3.7-02", call("pause", 0, AMF0.null, AMF0.boolean(true), AMF0.number(1500))),
            ("closeStream", "5.4.3", "RFC7425-5.4.3-01", call("closeStream", 0)),
            ("receiveAudio", "5.3.7", "RFC7425-5.3.7-02", call("receiveAudio", 0, AMF0.null, AMF0.boolean(false))),
            ("receiveVideo", "5.3.7", "RFC7425-5.3.7-02", call("receiveVideo", 0, AMF0.null, AMF0.boolean(true))),
            ("getParticipants", "5.3", "RDV-012", call("getParticipants", 3, AMF0.null, AMF0.string("channel"))),
            ("getParticipants-result", "5.3", "RDV-012", call("_result", 3, AMF0.null, AMF0.amf3(participants))),
            ("getParticipants-none", "5.3", "RDV-012", call("_result", 3, AMF0.null, AMF0.amf3(AMF3.array([])))),
            (
                "unknown-method", "5.3.7", "RDV-013",
                call("_error", 4, AMF0.null, status("error", "NetConnection.Call.Failed"))
            ),
            (
                "participantChanged", "5.3", "RDV-019",
                call("participantChanged", 0, AMF0.null, AMF0.string(String(repeating: "0123456789abcdef", count: 4)))
            ),
            ("greatest-transaction", "5.3.2", "RFC7425-5.3.2-01", call("call", 9_007_199_254_740_992)),
        ]
    }()
}
