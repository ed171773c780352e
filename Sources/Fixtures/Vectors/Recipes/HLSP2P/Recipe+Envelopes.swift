extension Recipe {
    /// Envelopes: classes, keys, confirms, and what is none.
    static let envelopes = Recipe(
        "hlsp2p",
        "peer-message",
        part: "envelopes",
        "Envelopes of peers: classes, confirms, and what is none",
        specification: ["peer-protocol §3.4", "peer-protocol §4"],
        notes: peerNotes
    ) {
        var batch = Batch("envelope", ["peer-protocol §4.2"], ["PEER-054"])
        addExamples(to: &batch)
        addClasses(to: &batch)
        addConfirms(to: &batch)
        try addMalformed(to: &batch)
        return batch
    }

    private static func outcome(_ changes: [String: JSONValue]) -> [String: JSONValue] {
        let base: [String: JSONValue] = [
            "id": 7, "type": .null, "subtype": "ping", "class": "request", "requestID": .null, "confirmedID": .null,
            "wantsConfirm": false, "needsConfirm": false, "opacity": .null, "queuedAt": .null, "sentAt": .null,
            "operation": .null,
        ]
        return base.merging(changes) { $1 }
    }

    private static let echoed: JSONValue = .object([
        "pingId": .object(["null": true]), "externalID": .object(["null": true]),
    ])

    /// The worked examples of peer-protocol §3.6, octet by octet.
    private static func addExamples(to batch: inout Batch) {
        batch.section = ["peer-protocol §3.6"]
        batch.requirements = ["PEER-033", "PEER-037"]
        batch.valid(
            "example-ping",
            "the ping of the specification",
            [
                "message": .hex(
                    PeerOperation.message([
                        ("__subtype", .string("ping")), ("pingId", .integer(0)), ("externalID", .null),
                        ("__msg_id", .integer(7)),
                        ("__type", .string("__req")),
                    ])
                )
            ],
            outcome([
                "type": "__req",
                "operation": .object(["pingId": .object(["integer": 0]), "externalID": .object(["null": true])]),
            ])
        )
        batch.valid(
            "example-confirm",
            "the confirm of the specification",
            [
                "message": .hex(
                    PeerOperation.message([
                        ("__resp_confirm", .boolean(true)), ("__msg_id", .integer(8)),
                        ("__subtype", .string("goPushMode")),
                        ("__resp_msg_id", .integer(12)),
                    ])
                )
            ],
            outcome(["id": 8, "subtype": "goPushMode", "class": "confirm", "confirmedID": 12])
        )
    }

    private static func addClasses(to batch: inout Batch) {
        batch.section = ["peer-protocol §4.2"]
        batch.requirements = ["PEER-054"]
        let base: [(String, PeerValue)] = [("__msg_id", .integer(7)), ("__subtype", .string("ping"))]
        func add(_ name: String, _ comment: String, _ members: [(String, PeerValue)], _ changes: [String: JSONValue]) {
            batch.valid(name, comment, ["message": .hex(PeerOperation.message(base + members))], outcome(changes))
        }
        let answers: [String: JSONValue] = ["type": "__resp", "class": "response", "operation": echoed]
        for request in [0, 1, 0x0fff_ffff, 0x1000_0000] {
            add(
                "response-\(request)",
                "the answer to request \(request)",
                [("__req_msg_id", .integer(request)), ("__type", .string("__resp"))],
                answers.merging(["requestID": .integer(request)]) { $1 }
            )
        }
        for (name, value) in [
            ("null", .null), ("string", .string("5")), ("fraction", .double(0.5)), ("nan", .double(.nan)),
        ] as [(String, PeerValue)] {
            add(
                "response-\(name)",
                "an answer to what is no number",
                [("__req_msg_id", value), ("__type", .string("__resp"))],
                answers
            )
        }
        add(
            "response-undefined",
            "__req_msg_id is undefined, as if it were absent",
            [("__req_msg_id", .undefined), ("__type", .string("__req"))],
            ["type": "__req", "operation": echoed]
        )
        add(
            "response-and-confirm",
            "both keys: a response",
            [("__req_msg_id", .integer(5)), ("__resp_confirm", .boolean(true)), ("__type", .string("__resp"))],
            answers.merging(["requestID": 5]) { $1 }
        )
        add(
            "request-with-response-type",
            "no key, so that it is a request, of which the type is wrong",
            [("__type", .string("__resp"))],
            ["type": "__resp"]
        )
        add(
            "response-with-request-type",
            "a response, of which the type is wrong",
            [("__req_msg_id", .integer(5)), ("__type", .string("__req"))],
            ["type": "__req", "class": "response", "requestID": 5]
        )
        batch.section = ["peer-protocol §4.1", "peer-protocol §5.3"]
        for (name, value) in [
            ("true", .boolean(true)), ("false", .boolean(false)), ("one", .integer(1)), ("null", .null),
        ] as [(String, PeerValue)] {
            let wants = name == "true"
            batch.requirements = [wants ? "PEER-066" : "PEER-067"]
            add(
                "care-\(name)",
                "__care_confirm is \(name)",
                [("__req_msg_id", .integer(5)), ("__type", .string("__resp")), ("__care_confirm", value)],
                answers.merging(["requestID": 5, "wantsConfirm": .bool(wants)]) { $1 }
            )
        }
        batch.section = ["peer-protocol §4.1"]
        batch.requirements = ["PEER-060"]
        add(
            "need-confirm",
            "__need_confirm, which is for information",
            [("__req_msg_id", .integer(5)), ("__type", .string("__resp")), ("__need_confirm", .boolean(true))],
            answers.merging(["requestID": 5, "needsConfirm": true]) { $1 }
        )
        batch.section = ["peer-protocol §4.1"]
        batch.requirements = ["PEER-059"]
        for (name, value, notation) in [
            ("string", .string("o"), ["string": "o"]), ("integer", .integer(9), ["integer": 9]),
            ("null", .null, ["null": true]),
        ] as [(String, PeerValue, [String: JSONValue])] {
            add(
                "opacity-\(name)",
                "__opacity, which a confirm repeats",
                [("__req_msg_id", .integer(5)), ("__type", .string("__resp")), ("__opacity", value)],
                answers.merging(["requestID": 5, "opacity": .object(notation)]) { $1 }
            )
        }
        batch.section = ["peer-protocol §4.3"]
        batch.requirements = ["PEER-058"]
        for id in [0, 1, 127, 128, 0x0fff_ffff, 0x1000_0000, 0x7fff_ffff] {
            let members: [(String, PeerValue)] = [
                ("__msg_id", .integer(id)), ("__subtype", .string("ping")), ("__type", .string("__req")),
            ]
            batch.valid(
                "id-\(id)",
                "message \(id)",
                ["message": .hex(PeerOperation.message(members))],
                outcome(["id": .integer(id), "type": "__req", "operation": echoed])
            )
        }
        batch.acceptable(
            "id-\(1 << 40)",
            "message \(1 << 40)",
            [
                "message": .hex(
                    PeerOperation.message([
                        ("__msg_id", .integer(1 << 40)), ("__subtype", .string("ping")), ("__type", .string("__req")),
                    ])
                )
            ],
            outcome(["id": .integer(1 << 40), "type": "__req", "operation": echoed]),
            because: "IDs are integers of 32 bits in the original"
        )
        batch.section = ["peer-protocol §4.2"]
        batch.requirements = ["PEER-055", "PEER-126"]
        for name in ["", "PING", "cmdHello", "__internal_subtype", "pushPiece"] {
            let members: [(String, PeerValue)] = [
                ("__msg_id", .integer(7)), ("__subtype", .string(name)), ("__type", .string("__req")),
            ]
            batch.valid(
                "unknown-\(name.isEmpty ? "empty" : name.lowercased())",
                "a request for \(name), which is none",
                ["message": .hex(PeerOperation.message(members))],
                outcome(["subtype": .string(name), "type": "__req"])
            )
        }
        batch.section = ["peer-protocol §4.1"]
        batch.requirements = ["PEER-101"]
        for (name, value, expected) in [
            ("date", .date(1_429_867_200_000), 1_429_867_200_000), ("number", .double(1_429_867_200_000), .null),
            ("nan", .date(.nan), .null), ("null", .null, .null),
        ] as [(String, PeerValue, JSONValue)] {
            add(
                "times-\(name)",
                "timestamps that are \(name == "date" ? "dates" : "no dates")",
                [
                    ("__req_msg_id", .integer(-1)), ("__type", .string("__resp")), ("__queue_timestamp", value),
                    ("__send_timestamp", value),
                ],
                ["type": "__resp", "class": "push", "requestID": -1, "queuedAt": expected, "sentAt": expected]
            )
        }
    }

    private static func addConfirms(to batch: inout Batch) {
        batch.section = ["peer-protocol §6.13"]
        batch.requirements = ["PEER-050", "PEER-054", "PEER-068"]
        for operation in PeerOperation.responses + PeerOperation.pushes {
            let name: String
            if case .push = operation.kind { name = "push-\(operation.name)" } else { name = operation.name }
            let members: [(String, PeerValue)] = [
                ("__resp_confirm", .boolean(true)), ("__msg_id", .integer(8)), ("__subtype", .string(operation.name)),
                ("__resp_msg_id", .integer(12)),
            ]
            let expected = outcome(["id": 8, "subtype": .string(operation.name), "class": "confirm", "confirmedID": 12])
            batch.valid(
                "confirm-\(name)",
                "the confirm of \(operation.name)",
                ["message": .hex(PeerOperation.message(members))],
                expected
            )
            batch.valid(
                "confirm-\(name)-typed",
                "the same with a type, on which nothing depends",
                ["message": .hex(PeerOperation.message(members + [("__type", .string("__confirm"))]))],
                expected.merging(["type": "__confirm"]) { $1 }
            )
            batch.valid(
                "confirm-\(name)-opacity",
                "the same with what the response had",
                ["message": .hex(PeerOperation.message(members + [("__respOpacity", .string("o"))]))],
                expected.merging(["opacity": .object(["string": "o"])]) { $1 }
            )
        }
        for (name, value) in [("false", .boolean(false)), ("null", .null), ("integer", .integer(0))]
            as [(String, PeerValue)]
        {
            let members: [(String, PeerValue)] = [
                ("__resp_confirm", value), ("__msg_id", .integer(8)), ("__subtype", .string("getPiece")),
                ("__resp_msg_id", .integer(12)),
            ]
            batch.valid(
                "confirm-is-\(name)",
                "__resp_confirm is there, whatever it is",
                ["message": .hex(PeerOperation.message(members))],
                outcome(["id": 8, "subtype": "getPiece", "class": "confirm", "confirmedID": 12])
            )
        }
        batch.requirements = ["PEER-065"]
        let members: [(String, PeerValue)] = [
            ("__resp_confirm", .boolean(true)), ("__msg_id", .integer(8)), ("__subtype", .string("getPiece")),
        ]
        batch.valid(
            "confirm-of-nothing",
            "a confirm that does not say of what",
            ["message": .hex(PeerOperation.message(members))],
            outcome(["id": 8, "subtype": "getPiece", "class": "confirm"])
        )
    }

    private static func addMalformed(to batch: inout Batch) throws {
        batch.section = ["peer-protocol §3.4", "peer-protocol §8"]
        batch.requirements = ["PEER-124"]
        let members: [(String, PeerValue)] = [
            ("__msg_id", .integer(7)), ("__subtype", .string("ping")), ("__type", .string("__req")),
        ]
        let octets = PeerOperation.message(members)
        let twin = batch.valid(
            "sound",
            "a ping",
            ["message": .hex(octets)],
            outcome(["type": "__req", "operation": echoed])
        )
        let start = PeerOperation.header.count
        // The argument begins after the handler; without it there is an envelope no more than with half of it.
        for cut in 1..<octets.count where cut != start && cut != 6 {
            try batch.edited(
                twin,
                "cut-\(cut)",
                .cut("/message", to: cut),
                .truncated,
                because: "ends after \(cut) of \(octets.count) octets"
            )
        }
        func whole(_ name: String, _ argument: [UInt8], _ error: VectorErrorClass, _ why: String, _ row: String) throws
        {
            // No more than what differs is edited.
            let new = octets[..<start] + argument
            let same = zip(octets, new).prefix { $0 == $1 }.count
            let rest = zip(octets[same...].reversed(), new[same...].reversed()).prefix { $0 == $1 }.count
            try batch.edited(
                twin,
                name,
                .splice(
                    "/message",
                    at: same,
                    count: octets.count - same - rest,
                    Array(new[same..<(new.count - rest)])
                ),
                error,
                because: why,
                requirements: [row]
            )
        }
        for (name, value) in [
            ("null", AMF0.null), ("number", AMF0.number(1)), ("string", AMF0.string("x")),
            ("array", AMF0.strictArray([])), ("undefined", AMF0.undefined),
        ] {
            try whole("argument-\(name)", value.octets, .type, "the argument is no object but \(name)", "PEER-047")
        }
        for (name, value) in [("null", AMF3.null), ("array", AMF3.array([])), ("string", AMF3.string("x"))] {
            try whole(
                "argument-amf3-\(name)",
                [0x11] + value.octets,
                .type,
                "the argument is no object but \(name) in AMF3",
                "PEER-047"
            )
        }
        try whole("no-argument", [], .missing, "there is no argument", "PEER-047")
        for key in ["__msg_id", "__subtype"] {
            for (name, wrong) in [
                ("absent", nil), ("undefined", .undefined), ("null", .null), ("bytes", .bytes([1])),
                ("other", key == "__msg_id" ? .string("7") : .integer(7)),
            ] as [(String, PeerValue?)] {
                let changed = members.compactMap { $0.0 == key ? wrong.map { (key, $0) } : $0 }
                let argument = AMF3.object(changed.map { ($0.0, $0.1.amf3) })
                try whole(
                    "\(key.dropFirst(2).replacing("_", with: "-"))-\(name)",
                    [0x11] + argument.octets,
                    ["bytes", "other"].contains(name) ? .type : .missing,
                    "\(key) is \(name == "other" ? "of another type" : name)",
                    "PEER-048"
                )
            }
        }
        try whole(
            "id-fraction",
            [0x11]
                + AMF3.object(members.map { ($0.0, $0.0 == "__msg_id" ? AMF3.double(0.5) : $0.1.amf3) }).octets,
            .value,
            "__msg_id is no whole number",
            "PEER-048"
        )
        for handler in ["onMetaData", "|RtmpSampleAccess", "cmdHello", "cmdmsg", "cmdMs", ""] {
            try batch.edited(
                twin,
                "handler-\(handler.isEmpty ? "empty" : String(handler.utf8.count))-\(handler.hasPrefix("c") ? "c" : "o")",
                .splice("/message", at: 6, count: 9, AMF0.string(handler).octets),
                .value,
                because: "the handler is \(handler)",
                requirements: ["PEER-036"]
            )
        }
        for selector in [1, 2, 3, 255] as [UInt8] {
            try batch.edited(
                twin,
                "selector-\(selector)",
                .splice("/message", at: 5, count: 1, [selector]),
                .value,
                because: "the format selector is not 0",
                requirements: ["PEER-035"]
            )
        }
        for type in [8, 9, 17, 20, 22] as [UInt8] {
            try batch.edited(
                twin,
                "type-\(type)",
                .splice("/message", at: 0, count: 1, [type]),
                .type,
                because: "type \(type) is no data",
                requirements: ["PEER-034"]
            )
        }
        try batch.edited(
            twin,
            "type-5",
            .splice("/message", at: 0, count: 1, [5]),
            .value,
            because: "type 5 is ignored in flows",
            requirements: ["RFC7425-5.1-03"]
        )
        try batch.edited(
            twin,
            "handler-number",
            .splice("/message", at: 6, count: 9, AMF0.number(1).octets),
            .type,
            because: "the handler is a number",
            requirements: ["PEER-036"]
        )
    }
}
