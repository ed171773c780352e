import Flash
import HLSP2P
import RTMFP

/// What a puppet has agreed to push, and how far it is.
struct Feeding {
    var slice: Assignment?
    /// The number of the last segment that was handled.
    var position = 0
    var isOn = false
    /// Whether it was on before a pause.
    var isPaused = false
    /// The number of the `goPushMode` response whose confirm starts the pushing.
    var awaited: Int?
    /// The push that was not confirmed.
    var unconfirmed: Int?

    mutating func stop() {
        self = Feeding()
    }
}

/// What a puppet does by itself as an upstream peer: answers, and pushes each segment when it is published.
extension Puppet {
    /// How long after its publication a segment is pushed.
    static let pushDelay = Interval.milliseconds(50)

    /// When the next segment is due.
    var nextFeed: Instant? {
        guard feeding.isOn, feeding.unconfirmed == nil else { return nil }
        return stage.web.origin.publication(of: feeding.position + 1) + Puppet.pushDelay
    }

    /// Pushes what is due, one piece at a time.
    func feed() {
        while feeding.isOn, feeding.unconfirmed == nil, let slice = feeding.slice, let due = nextFeed, due <= now {
            feeding.position += 1
            guard manner.pushes(feeding.position) else { continue }
            feeding.unconfirmed = push(feeding.position, slice)
        }
    }

    func respond(to word: PeerWord) {
        if word.wantsConfirm, manner.confirms { confirm(word) }
        switch word.kind {
        case .request
        where manner.answers.contains(word.subtype) || word.subtype == "pausePush"
            || word.subtype == "resumePush":
            answer(word)
        case .confirm(let id):
            if id == feeding.unconfirmed { feeding.unconfirmed = nil }
            if id == feeding.awaited {
                feeding.awaited = nil
                feeding.isOn = true
            }
            feed()
        default:
            break
        }
    }

    /// Answers a request as a peer does that has everything which is published.
    func answer(_ word: PeerWord) {
        let external = AMFMember("externalID", word["externalID"] ?? .null)
        switch word.subtype {
        case "hasChunk":
            let number = StageOrigin.number(of: "/" + (word.uri ?? "").chunkPath)
            let has = manner.offers && (number.map { $0 <= stage.web.origin.newest(at: now) } ?? false)
            answer(
                word,
                wantsConfirm: true,
                [
                    AMFMember("uri", word["uri"] ?? .null), AMFMember("result", .boolean(has)),
                    AMFMember("id", word["id"] ?? .null), AMFMember("outPeerNumber", .int(0)),
                    AMFMember("avgChunkSize", .int(has ? manner.average : -1)),
                    AMFMember("calFrom", .int(has ? manner.averagedFrom : 0)),
                ]
            )
        case "getPiece":
            answer(word, wantsConfirm: true, piece(word) ?? [AMFMember("result", .boolean(false))])
        case "goPushMode":
            begin(word, offset: "offset", length: "len")
            answer(word, wantsConfirm: true, [AMFMember("result", .boolean(true))])
        case "goPushMode2":
            begin(word, offset: "chunkOffset", length: "chunkLen")
            answer(word, wantsConfirm: true, [AMFMember("result", .boolean(true)), external])
            feeding.isOn = true
            feed()
        case "pausePush":
            feeding.isPaused = feeding.isOn
            feeding.isOn = false
        case "resumePush":
            if let number = StageOrigin.number(of: "/" + (word.uri ?? "").chunkPath) {
                feeding.position = max(feeding.position, number)
            }
            feeding.isOn = feeding.slice != nil
            feed()
        case "stopPush":
            feeding.stop()
            answer(word, wantsConfirm: true, [external])
        case "ping":
            answer(word, wantsConfirm: false, [AMFMember("pingId", word["pingId"] ?? .null), external])
        case "speedTest":
            answer(
                word,
                wantsConfirm: false,
                [AMFMember("start_time", word["start_time"] ?? .null), AMFMember("id", word["id"] ?? .null)]
            )
        default:
            break
        }
    }

    private func begin(_ word: PeerWord, offset: String, length: String) {
        guard let id = word["id"]?.whole, let start = word[offset]?.whole, let octets = word[length]?.whole else {
            return
        }
        feeding.slice = Assignment(id: id, count: word["count"]?.whole ?? -1, offset: start, length: octets)
        feeding.position = StageOrigin.number(of: "/" + (word.uri ?? "").chunkPath) ?? stage.web.origin.newest(at: now)
    }

    /// The members of a positive answer to `getPiece`; nil if there is none.
    func piece(_ word: PeerWord) -> Members? {
        guard let uri = word.uri, let number = StageOrigin.number(of: "/" + uri.chunkPath),
            number <= stage.web.origin.newest(at: now), let offset = word["offset"]?.whole,
            let length = word["len"]?.whole, offset >= 0
        else { return nil }
        let octets = stage.web.origin.octets(of: number)
        let slice = Assignment(id: 0, count: 1, offset: offset, length: length)
        let playlist = manner.attachesPlaylist ? stage.web.origin.playlist(at: now) : nil
        return [
            AMFMember("result", .boolean(true)), AMFMember("uri", .string(uri)),
            AMFMember("id", word["id"] ?? .null),
            AMFMember("content", .byteArray(Array(octets[slice.range(in: octets.count)]))),
            AMFMember("chunkOffset", .int(offset)), AMFMember("chunkSize", .int(octets.count)),
            AMFMember("isFromStableSource", .boolean(manner.isStable)),
            AMFMember("idxData", playlist.map(AMF3Value.byteArray) ?? .null),
        ]
    }
}
