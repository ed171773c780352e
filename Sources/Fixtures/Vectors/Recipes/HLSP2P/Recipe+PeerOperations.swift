extension Recipe {
    static let peerNotes = [
        "A message of a flow: type 15, a timestamp, format selector 0, the handler `cmdMsg`, the envelope; or one of the other forms that a receiver has to accept.",
        "`class` is told by the presence of keys alone; `requestID` and `confirmedID` are null where they are absent or no integers.",
        "`operation` is what the receiver reads, absent members at what they count as; null if it ignores the message. Whole numbers are integers, however they came.",
        "Absent are, too, members that are undefined or of a wrong type. In their place count: null for what is echoed, `idxData`, and the `uri` of hasChunk; false for Booleans; -1 for `count`, `avgChunkSize`, `lastUsedTime` and `lastSize`; 0 for `outPeerNumber` and `calFrom`. Where another choice is open, or the message may be ignored (operation null), the test is acceptable.",
        "`operation` of an answer to getPiece without a piece is `{\"result\": false}`: fetch it elsewhere. Where `result` is true and something else is missing, the test is acceptable: ignoring the message is as good.",
    ]

    /// Every operation, each member absent, undefined and of a wrong type, in every form.
    static let peerOperations: [Recipe] =
        ([
            ("requests", "Requests of peers, member by member", PeerOperation.requests),
            ("responses", "Responses of peers, member by member", PeerOperation.responses),
            ("pushes", "Pushes of peers, member by member", PeerOperation.pushes),
        ] as [(String, String, [PeerOperation])]).map { part, title, operations in
            Recipe("hlsp2p", "peer-message", part: part, title, specification: ["peer-protocol §6"], notes: peerNotes) {
                var batch = Batch("peer-\(part)", [], [])
                for operation in operations { add(operation, to: &batch) }
                return batch
            }
        }

    private static func add(_ operation: PeerOperation, to batch: inout Batch) {
        batch.section = ["peer-protocol §\(operation.section)"]
        batch.requirements = operation.requirements
        let (before, after) = operation.keys
        let members = operation.members.map { ($0.name, $0.value) }
        let all = before + members + after
        let whole = operation.expected(members)
        func add(
            _ name: String,
            _ comment: String,
            _ message: [UInt8],
            _ expected: [String: JSONValue],
            leave: String? = nil
        ) {
            let id = "\(operation.name).\(name)"
            let comment = "\(operation.name): \(comment)"
            if let leave {
                batch.acceptable(id, comment, ["message": .hex(message)], expected, because: leave)
            } else {
                batch.valid(id, comment, ["message": .hex(message)], expected)
            }
        }
        add("whole", "all members", PeerOperation.message(all), whole)
        for form in forms(all) {
            batch.requirements = form.row.map { [$0] } ?? operation.requirements
            add(form.name, form.comment, form.message, whole, leave: form.leave)
        }
        batch.section = ["peer-protocol §\(operation.section)", "peer-protocol §8"]
        for member in operation.members {
            let rest = all.filter { $0.0 != member.name }
            let isOfPiece = operation.substitute != nil && member.absent == nil && member.name != "result"
            let leave =
                isOfPiece ? "without \(member.name) there is no piece: the message may be ignored" : member.leave
            let lacking: [(String, PeerValue)]?
            if let absent = member.absent {
                lacking = members.map { $0.0 == member.name ? ($0.0, absent) : $0 }
            } else {
                lacking = operation.substitute
            }
            batch.requirements = operation.requirements
            add(
                "no-\(member.name)",
                "\(member.name) is absent",
                PeerOperation.message(rest),
                operation.expected(lacking),
                leave: leave
            )
            func with(_ value: PeerValue) -> [UInt8] {
                PeerOperation.message(all.map { $0.0 == member.name ? ($0.0, value) : $0 })
            }
            batch.requirements = ["PEER-044"]
            add(
                "undefined-\(member.name)",
                "\(member.name) is undefined, which is as if it were absent",
                with(.undefined),
                operation.expected(lacking),
                leave: leave
            )
            batch.requirements = ["PEER-124"]
            if let wrong = member.wrong {
                add(
                    "wrong-\(member.name)",
                    "\(member.name) is of a wrong type, which is as if it were absent",
                    with(wrong),
                    operation.expected(lacking),
                    leave: leave
                )
            }
            for (index, value) in member.senseless.enumerated() {
                add(
                    "senseless-\(member.name)-\(index)",
                    "\(member.name) has a value that makes no sense",
                    with(value),
                    operation.expected(operation.substitute),
                    leave: isOfPiece ? leave : nil
                )
            }
        }
        batch.section = ["peer-protocol §4.2"]
        batch.requirements = ["PEER-049", "PEER-055"]
        let untyped = all.filter { $0.0 != "__type" }
        add(
            "no-type",
            "__type is absent, so that it is ignored",
            PeerOperation.message(untyped),
            operation.expected(nil, type: .null)
        )
        for type in ["__confirm", "", "__REQ"] {
            add(
                "type-\(type.isEmpty ? "empty" : type.lowercased())\(type == "__REQ" ? "-upper" : "")",
                "__type is another one, so that it is ignored",
                PeerOperation.message(untyped + [("__type", .string(type))]),
                operation.expected(nil, type: .string(type))
            )
        }
    }

    /// A form of a message.
    private struct Form {
        let name: String
        let comment: String
        /// The requirement that it is about; nil for those of the operation.
        let row: String?
        /// Why a receiver need not accept it; nil if it has to.
        let leave: String?
        let message: [UInt8]

        init(_ name: String, _ comment: String, _ row: String? = nil, leave: String? = nil, _ message: [UInt8]) {
            self.name = name
            self.comment = comment
            self.row = row
            self.leave = leave
            self.message = message
        }
    }

    /// The same message in every form that a receiver has to accept, or should.
    private static func forms(_ all: [(String, PeerValue)]) -> [Form] {
        let spelled = all.map { ($0.0, $0.1.amf3) }
        let twice = [("__subtype", PeerValue.string("other"))] + all
        let declared = "a receiver SHOULD accept declared members and names of classes"
        let plainObject = "a receiver SHOULD accept objects of AMF0"
        var forms = [
            Form("reversed", "members in another order", "PEER-043", PeerOperation.message(all.reversed())),
            Form("doubles", "numbers as doubles", "PEER-038", PeerOperation.message(all.map { ($0.0, $0.1.asDouble) })),
            Form(
                "unknown",
                "members that nobody knows",
                "PEER-045",
                PeerOperation.message([("future", .integer(1)), ("data2", .bytes([1]))] + all)
            ),
            Form("twice", "a name twice: the last one counts", nil, PeerOperation.message(twice)),
            Form(
                "sealed",
                "declared members",
                leave: declared,
                PeerOperation.message(AMF0.amf3(AMF3.object("", spelled)))
            ),
            Form(
                "class",
                "an object of a class",
                leave: declared,
                PeerOperation.message(AMF0.amf3(AMF3.object("a.Message", spelled)))
            ),
            Form(
                "followed",
                "an argument more, which is ignored",
                "PEER-032",
                PeerOperation.message(all) + AMF0.number(1).octets
            ),
            Form(
                "mixed",
                "an object of AMF0 with members in AMF3",
                "PEER-046",
                leave: plainObject,
                PeerOperation.message(AMF0.object(spelled.map { ($0.0, AMF0.amf3($0.1)) }))
            ),
            Form(
                "plain",
                "type 18, without a format selector",
                "PEER-034",
                [0x12] + PeerOperation.message(all).dropFirst().prefix(4) + PeerOperation.message(all).dropFirst(6)
            ),
        ]
        let plain = all.compactMap { member in member.1.amf0.map { (member.0, $0) } }
        if plain.count == all.count {
            forms.append(
                Form(
                    "amf0",
                    "an object of AMF0",
                    "PEER-046",
                    leave: plainObject,
                    PeerOperation.message(AMF0.object(plain))
                )
            )
            forms.append(
                Form(
                    "amf0-array",
                    "an array of AMF0 with members",
                    "PEER-046",
                    leave: "the specification names no array with members as an envelope",
                    PeerOperation.message(AMF0.ecmaArray(plain))
                )
            )
        }
        return forms
    }
}
