import Flash
import HLSP2P
import RTMFP

/// What a puppet says.
extension Puppet {
    typealias Members = [AMFMember<AMF3Value>]

    /// Says a message on the private stream; false if there is none.
    @discardableResult
    func say(_ message: Message) -> Bool {
        guard let flow = privateServed?.returns.first?.flow, privateServed?.isOpen ?? false else { return false }
        return endpoint.write(message.encoded, on: flow, at: stage.now)
    }

    /// Says an envelope with these members, in the original's encoding.
    @discardableResult
    func say(_ members: Members) -> Bool {
        note(true, "says " + members.map { "\($0.name)=\($0.value.short)" }.joined(separator: " "))
        return say(Puppet.message(members))
    }

    /// The message that carries an envelope in the original's encoding.
    static func message(_ members: Members) -> Message {
        DataMessage(Envelope.handler, [.avmplus(.anonymous(members))], form: .extended).message()
    }

    /// A number for a message.
    func makeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    /// The members of a request.
    static func request(_ subtype: String, _ members: Members, id: Int) -> Members {
        [AMFMember("__subtype", .string(subtype))] + members
            + [AMFMember("__msg_id", .int(id)), AMFMember("__type", .string("__req"))]
    }

    /// The members of a response, or of a push if that is to -1.
    static func response(_ subtype: String, to: Int, wantsConfirm: Bool, _ members: Members, id: Int) -> Members {
        [AMFMember("__subtype", .string(subtype))] + members + [
            AMFMember("__msg_id", .int(id)), AMFMember("__req_msg_id", .int(to)),
            AMFMember("__type", .string("__resp")),
        ] + (wantsConfirm ? [AMFMember("__care_confirm", .boolean(true))] : [])
    }

    /// Asks something; gives the number of the request.
    @discardableResult
    func ask(_ subtype: String, _ members: Members = []) -> Int {
        let id = makeID()
        say(Puppet.request(subtype, members, id: id))
        return id
    }

    /// Asks something of the protocol.
    @discardableResult
    func ask(_ request: Request) -> Int { ask(request.subtype, request.members) }

    /// Pushes a piece of a segment; gives the number of the push.
    @discardableResult
    func push(_ number: Int, _ slice: Assignment, _ change: (inout Members) -> Void = { _ in }) -> Int {
        let octets = stage.web.origin.octets(of: number)
        let playlist = manner.attachesPlaylist ? stage.web.origin.playlist(at: stage.now) : nil
        var members: Members = [
            AMFMember("uri", .string(stage.segmentURL(number))), AMFMember("offset", .int(slice.offset)),
            AMFMember("id", .int(slice.id)), AMFMember("chunkSize", .int(octets.count)),
            AMFMember("data", .byteArray(Array(octets[slice.range(in: octets.count)]))),
            AMFMember("idxData", playlist.map(AMF3Value.byteArray) ?? .null),
            AMFMember("isFromStableSource", .boolean(manner.isStable)),
            AMFMember("lastUsedTime", .int(manner.lastUsedTime)), AMFMember("lastSize", .int(-1)),
        ]
        change(&members)
        return push("pushPiece", members)
    }

    /// Pushes something that wants to be confirmed; gives its number.
    @discardableResult
    func push(_ subtype: String, _ members: Members) -> Int {
        let id = makeID()
        let time = AMF3Value.date(milliseconds: stage.milliseconds)
        var all = Puppet.response(subtype, to: -1, wantsConfirm: subtype == "pushPiece", members, id: id)
        if subtype == "pushPiece" {
            all += [AMFMember("__queue_timestamp", time), AMFMember("__send_timestamp", time)]
        }
        guard manner.edit(&all, subtype) else { return id }
        say(all)
        return id
    }

    /// Confirms a response or push, or what it says in its stead.
    func confirm(_ word: PeerWord, _ change: (inout Members) -> Void = { _ in }) {
        var members: Members = [
            AMFMember("__resp_confirm", .boolean(true)), AMFMember("__msg_id", .int(makeID())),
            AMFMember("__subtype", .string(word.subtype)), AMFMember("__resp_msg_id", .int(word.id ?? -2)),
        ]
        if let opacity = word["__opacity"] { members.append(AMFMember("__respOpacity", opacity)) }
        change(&members)
        say(members)
    }

    /// Answers a request.
    func answer(_ word: PeerWord, wantsConfirm: Bool, _ members: Members) {
        let id = makeID()
        var all = Puppet.response(word.subtype, to: word.id ?? -2, wantsConfirm: wantsConfirm, members, id: id)
        if word.subtype == "goPushMode" {
            all.append(AMFMember("__need_confirm", .boolean(true)))
            feeding.awaited = id
        }
        guard manner.edit(&all, word.subtype) else { return }
        say(all)
    }
}
