import Flash
import HLSP2P
import RTMFP

/// peer-protocol §3.4 and §3.5: the forms in which a message may come.
enum PeerFormCases {
    static let all: [Case] = forms + values + ignored + classes

    typealias Members = Puppet.Members

    /// A message in a form of its own.
    struct Form: Sendable {
        let name: String
        let title: String
        let row: String
        let level: Case.Level
        let message: @Sendable (Int) -> Message

        init(
            _ name: String,
            _ title: String,
            _ row: String,
            _ level: Case.Level,
            _ message: @escaping @Sendable (Int) -> Message
        ) {
            self.name = name
            self.title = title
            self.row = row
            self.level = level
            self.message = message
        }
    }

    /// The usual opening: a puppet with a session, before anything was cached.
    static func puppet(_ stage: Stage) throws -> Puppet {
        let puppet = try newcomer(stage)
        try given { try puppet.ping(1) }
        return puppet
    }

    private static func newcomer(_ stage: Stage) throws -> Puppet {
        try stage.begin()
        return try stage.guest("P")
    }

    static func plainPing(_ id: Int, _ pingID: AMF3Value = .integer(4)) -> Members {
        Puppet.request("ping", [AMFMember("pingId", pingID), AMFMember("externalID", .null)], id: id)
    }

    /// Pings in various forms, all of which must be answered.
    private static let forms: [Case] =
        ([
            Form("type-15", "cmdMsg may come as type 15.", "PEER-034", .must, { Puppet.message(plainPing($0)) }),
            Form(
                "type-18",
                "cmdMsg may come as type 18.",
                "PEER-034",
                .must,
                { DataMessage("cmdMsg", [.avmplus(.anonymous(plainPing($0)))], form: .plain).message() }
            ),
            Form(
                "more-arguments",
                "What follows the first argument is ignored.",
                "PEER-034",
                .must,
                { id in
                    DataMessage(
                        "cmdMsg",
                        [.avmplus(.anonymous(plainPing(id))), .number(7), .string("more")],
                        form: .extended
                    ).message()
                }
            ),
            Form(
                "doubles",
                "Numbers may be doubles.",
                "PEER-038",
                .must,
                { id in
                    var members = plainPing(id, .double(4))
                    members.removeAll { $0.name == "__msg_id" }
                    return Puppet.message(members + [AMFMember("__msg_id", .double(Double(id)))])
                }
            ),
            Form(
                "string-references",
                "Strings may be references to strings before.",
                "PEER-040",
                .must,
                {
                    Puppet.message(
                        [AMFMember("hint", .string("ping")), AMFMember("note", .string("__req"))] + plainPing($0)
                    )
                }
            ),
            Form(
                "members-in-reverse",
                "The order of members means nothing.",
                "PEER-043",
                .must,
                { Puppet.message(plainPing($0).reversed()) }
            ),
            Form(
                "members-by-name",
                "The order of members means nothing.",
                "PEER-043",
                .must,
                { Puppet.message(plainPing($0).sorted { $0.name < $1.name }) }
            ),
            Form(
                "undefined-member",
                "An undefined member is an absent one.",
                "PEER-044",
                .must,
                { Puppet.message(plainPing($0) + [AMFMember("__req_msg_id", .undefined)]) }
            ),
            Form(
                "unknown-members",
                "Unknown members are ignored.",
                "PEER-045",
                .must,
                { id in
                    let more: Members = [
                        AMFMember("foo", .string("bar")), AMFMember("list", .array(AMF3Array([.integer(1)]))),
                        AMFMember("inner", .anonymous([AMFMember("deep", .null)])),
                    ]
                    return Puppet.message(more + plainPing(id) + more)
                }
            ),
            Form(
                "amf0-object",
                "An envelope may be an AMF0 object.",
                "PEER-046",
                .should,
                { id in
                    let members: [AMFMember<AMF0Value>] = [
                        AMFMember("__subtype", .string("ping")), AMFMember("pingId", .number(4)),
                        AMFMember("externalID", .null), AMFMember("__msg_id", .number(Double(id))),
                        AMFMember("__type", .string("__req")),
                    ]
                    return DataMessage("cmdMsg", [.object(members)], form: .extended).message()
                }
            ),
            Form(
                "amf0-object-with-amf3-members",
                "Members of an AMF0 object may be AMF3.",
                "PEER-046",
                .should,
                { id in
                    DataMessage(
                        "cmdMsg",
                        [.object(plainPing(id).map { AMFMember($0.name, AMF0Value.avmplus($0.value)) })],
                        form: .extended
                    ).message()
                }
            ),
            Form(
                "class-name",
                "An envelope may have a class name and sealed members.",
                "PEER-046",
                .should,
                { id in
                    let object = AMF3Object(className: "Envelope", sealed: plainPing(id), dynamic: nil)
                    return DataMessage("cmdMsg", [.avmplus(.object(object))], form: .extended).message()
                }
            ),
            Form(
                "timestamp",
                "The timestamp of a message means nothing.",
                "PEER-034",
                .must,
                { id in
                    var message = Puppet.message(plainPing(id))
                    message.timestamp = 0xffff_fff0
                    return message
                }
            ),
            Form(
                "repeated-member",
                "Of members that repeat the last counts.",
                "PEER-043",
                .observed,
                { id in Puppet.message([AMFMember("pingId", .integer(9))] + plainPing(id)) }
            ),
        ] as [Form]).map { form in
            .peer(
                "form/\(form.name)",
                form.title,
                [form.row],
                level: form.level,
                needs: [],
                saboteurs: ["\(form.name)-lost"]
            ) {
                stage in
                // The usual form is no foundation of the case that is about it.
                let puppet = form.name == "type-15" ? try newcomer(stage) : try puppet(stage)
                let id = puppet.makeID()
                puppet.note(true, "ping \(id), \(form.name)")
                puppet.say(form.message(id))
                let answer = try puppet.response(to: id)
                try answer.require("pingId", is: .integer(4))
            }
        }

    private static let values: [Case] = [
        .peer(
            "form/date-by-reference",
            "A Date may be a reference to a Date before.",
            ["PEER-041"],
            needs: [],
            saboteurs: ["references-lost"]
        ) { stage in
            let puppet = try puppet(stage)
            let id = puppet.makeID()
            let time = 1_429_867_200_000.0
            // The envelope is object 0.
            let members: Members = [
                AMFMember("earlier", .date(milliseconds: time)), AMFMember("start_time", .reference(1)),
                AMFMember("id", .string("DefaultP2PNetwork9")),
            ]
            puppet.say(Puppet.request("speedTest", members, id: id))
            try puppet.response(to: id).require("start_time", is: .date(milliseconds: time))
        },
        .peer(
            "form/undefined-echo",
            "hasChunk whose id is undefined is answered.",
            ["PEER-044"],
            needs: [],
            saboteurs: ["undefined-id-lost"]
        ) { stage in
            let puppet = try puppet(stage)
            let members: Members = [AMFMember("uri", .string("http://h/none.ts")), AMFMember("id", .undefined)]
            let id = puppet.ask("hasChunk", members)
            try puppet.response(to: id).require("result", is: .boolean(false))
        },
        .peer(
            "form/four-mebibytes",
            "A message of 4 MiB is taken.",
            ["PEER-031"],
            needs: [],
            saboteurs: ["large-messages-lost"]
        ) { stage in
            let puppet = try puppet(stage)
            let slice = Assignment(id: 0, count: 1, offset: 0, length: -1)
            let id = puppet.push(90, slice) { members in
                members.removeAll { $0.name == "data" || $0.name == "chunkSize" }
                members.append(AMFMember("data", .byteArray([UInt8](repeating: 0x47, count: 4 << 20))))
                members.append(AMFMember("chunkSize", .int(4 << 20)))
            }
            try puppet.confirm(of: id, within: .seconds(30))
        },
    ]

    /// What a message is, is told by the presence of keys (peer-protocol §4.2).
    private static let classes: [Case] = [
        .peer(
            "form/confirm-with-a-type",
            "A message with __resp_confirm is a confirm, whatever its __type says.",
            ["PEER-054"],
            needs: [],
            saboteurs: ["type-decides"]
        ) { stage in
            let puppet = try puppet(stage)
            puppet.say(
                plainPing(500) + [
                    AMFMember("__resp_confirm", .boolean(true)), AMFMember("__resp_msg_id", .int(9_999)),
                ]
            )
            try puppet.ping(8)
            let answered = puppet.words.first { $0.answers(500) }
            try require(answered == nil, expected: "no answer to a confirm", actual: answered?.summary ?? "")
        },
        .peer(
            "form/response-with-the-type-of-a-request",
            "A message with __req_msg_id is a response, whatever its __type says.",
            ["PEER-054"],
            needs: [],
            saboteurs: ["type-decides"]
        ) { stage in
            let puppet = try puppet(stage)
            puppet.say(plainPing(501) + [AMFMember("__req_msg_id", .int(9_999))])
            try puppet.ping(8)
            let answered = puppet.words.first { $0.answers(501) }
            try require(answered == nil, expected: "no answer to a response", actual: answered?.summary ?? "")
        },
        .peer(
            "form/ids-in-any-order",
            "Numbers of messages need not grow.",
            ["PEER-058"],
            needs: [],
            saboteurs: ["ids-must-grow"]
        ) { stage in
            let puppet = try puppet(stage)
            for id in [905, 903, 904] {
                puppet.say(plainPing(id))
                try puppet.response(to: id)
            }
        },
        .peer(
            "form/same-request-again",
            "A request that comes again with its number does no harm.",
            ["PEER-078"],
            needs: [],
            saboteurs: ["dies-of-repetition"]
        ) { stage in
            let puppet = try puppet(stage)
            puppet.say(plainPing(905))
            try puppet.response(to: 905)
            puppet.say(plainPing(905))
            let session = puppet.session
            try puppet.ping(8)
            try require(puppet.session == session, expected: "the same session", actual: "another")
        },
    ]
}
