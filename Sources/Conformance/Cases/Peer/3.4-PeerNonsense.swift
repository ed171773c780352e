import Flash
import HLSP2P
import RTMFP

/// peer-protocol §3.4, §4.2 and §8: what a receiver has to ignore.
extension PeerFormCases {
    /// Messages that must be ignored, before a ping that must be answered.
    static let ignored: [Case] =
        ([
            Form(
                "other-format",
                "A format selector other than 0",
                "PEER-035",
                .must,
                { id in
                    var message = Puppet.message(plainPing(id))
                    message.payload[0] = 3
                    return message
                }
            ),
            Form(
                "on-meta-data",
                "The handler onMetaData",
                "PEER-036",
                .must,
                { id in
                    DataMessage("onMetaData", [.avmplus(.anonymous(plainPing(id)))], form: .extended).message()
                }
            ),
            Form(
                "sample-access",
                "The handler |RtmpSampleAccess",
                "PEER-036",
                .must,
                { id in
                    DataMessage("|RtmpSampleAccess", [.boolean(true), .boolean(true)], form: .plain).message()
                }
            ),
            Form(
                "cmd-hello",
                "The handler cmdHello",
                "PEER-036",
                .must,
                { id in
                    DataMessage("cmdHello", [.avmplus(.anonymous(plainPing(id)))], form: .extended).message()
                }
            ),
            Form(
                "number",
                "A number instead of an object",
                "PEER-047",
                .should,
                { _ in
                    DataMessage("cmdMsg", [.number(42)], form: .extended).message()
                }
            ),
            Form(
                "null",
                "null instead of an object",
                "PEER-047",
                .should,
                { _ in
                    DataMessage("cmdMsg", [.null], form: .extended).message()
                }
            ),
            Form(
                "string",
                "A string instead of an object",
                "PEER-047",
                .should,
                { _ in
                    DataMessage("cmdMsg", [.avmplus(.string("ping"))], form: .extended).message()
                }
            ),
            Form(
                "array",
                "An array instead of an object",
                "PEER-047",
                .should,
                { _ in
                    DataMessage("cmdMsg", [.avmplus(.array(AMF3Array([.integer(1)])))], form: .extended).message()
                }
            ),
            Form(
                "nothing",
                "No argument at all",
                "PEER-047",
                .should,
                { _ in
                    DataMessage("cmdMsg", [], form: .extended).message()
                }
            ),
            Form(
                "no-msg-id",
                "A message without __msg_id",
                "PEER-124",
                .must,
                { id in
                    Puppet.message(plainPing(id).filter { $0.name != "__msg_id" })
                }
            ),
            Form(
                "no-subtype",
                "A message without __subtype",
                "PEER-124",
                .must,
                { id in
                    Puppet.message(plainPing(id).filter { $0.name != "__subtype" })
                }
            ),
            Form(
                "msg-id-is-a-string",
                "A message whose __msg_id is a string",
                "PEER-124",
                .must,
                { id in
                    Puppet.message(
                        plainPing(id).map { $0.name == "__msg_id" ? AMFMember("__msg_id", .string("\(id)")) : $0 }
                    )
                }
            ),
            Form(
                "cut-off",
                "A message that is cut off",
                "PEER-124",
                .must,
                { id in
                    var message = Puppet.message(plainPing(id))
                    message.payload.removeLast(message.payload.count / 2)
                    return message
                }
            ),
            Form("empty", "A message without content", "PEER-124", .must, { _ in Message(.dataExtended, []) }),
            Form(
                "dangling-reference",
                "A reference to nothing",
                "PEER-124",
                .must,
                { id in
                    Puppet.message([AMFMember("x", .reference(99))] + plainPing(id))
                }
            ),
            Form(
                "unknown-operation",
                "A request for an unknown operation",
                "PEER-055",
                .must,
                { id in
                    Puppet.message(Puppet.request("giveMeAll", [], id: id))
                }
            ),
            Form(
                "internal-subtype",
                "A request for __internal_subtype",
                "PEER-055",
                .must,
                { id in
                    Puppet.message(Puppet.request("__internal_subtype", [], id: id))
                }
            ),
            Form("audio", "A message of type 8", "PEER-124", .must, { _ in Message(.audio, [0xaf, 1, 2, 3]) }),
            Form(
                "unknown-type",
                "A message of type 99",
                "PEER-124",
                .must,
                { _ in Message(MessageType(rawValue: 99), [1, 2]) }
            ),
        ] as [Form]).map { form in
            .peer(
                "form/ignores-\(form.name)",
                "\(form.title) is ignored, and the session goes on.",
                [form.row],
                level: form.level,
                needs: [],
                saboteurs: ["dies-of-senseless-messages"]
            ) { stage in
                let puppet = try puppet(stage)
                let count = puppet.words.count
                let id = 70_000
                puppet.note(true, form.name)
                puppet.say(form.message(id))
                let session = puppet.session
                try puppet.ping(8)
                let answered = puppet.words.dropFirst(count).first { $0.answers(id) }
                try require(answered == nil, expected: "no answer to it", actual: answered?.summary ?? "")
                try require(puppet.session == session, expected: "the same session", actual: "another")
            }
        }
}
