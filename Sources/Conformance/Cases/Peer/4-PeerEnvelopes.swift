import Flash
import HLSP2P
import RTMFP

/// peer-protocol §3.3 to §4 and §6.14: the messages that a peer says, in exchanges that go as they should.
enum PeerEnvelopeCases {
    /// Exchanges in which a peer says something of everything.
    enum Scene: Sendable {
        /// A puppet asks it for everything, and is fed.
        case asked
        /// Puppets feed it.
        case fed
    }

    static let all: [Case] = [
        judged(
            "id-and-subtype",
            "Every message has __msg_id and __subtype.",
            "PEER-048",
            [.asked, .fed],
            ["subtype-missing", "id-missing"]
        ) { words in
            words.first { ($0.id ?? -1) < 0 || $0["__subtype"]?.characters == nil }?.summary
        },
        judged(
            "type-of-requests",
            "Requests have __type __req.",
            "PEER-049",
            [.fed],
            ["requests-without-type"]
        ) { words in
            words.first { $0.isRequest && $0.type != "__req" }.map {
                "\($0.summary) with __type \($0.type ?? "missing")"
            }
        },
        judged(
            "type-of-responses",
            "Responses and pushes have __type __resp.",
            "PEER-049",
            [.asked],
            ["responses-without-type"]
        ) { words in
            words.first { !$0.isRequest && !$0.isConfirm && $0.type != "__resp" }
                .map { "\($0.summary) with __type \($0.type ?? "missing")" }
        },
        judged(
            "confirms-have-no-type",
            "Confirms have no __type.",
            "PEER-050",
            [.fed],
            ["confirms-with-type"],
            level: .observed
        ) { words in
            words.first { $0.isConfirm && $0.type != nil }?.summary
        },
        judged(
            "pushes-answer-nothing",
            "Pushes have __req_msg_id -1.",
            "PEER-052",
            [.asked],
            ["pushes-answer-something"]
        ) { words in
            words.first { ["pushPiece", "pushPieceError"].contains($0.subtype) && !$0.isConfirm && $0.kind != .push }?
                .summary
        },
        judged(
            "known-operations",
            "Only operations of the protocol are said.",
            "PEER-126",
            [.asked, .fed],
            ["says-internal-subtype"]
        ) { words in
            words.first { !operations.contains($0.subtype) }?.summary
        },
        judged(
            "requests-look-like-requests",
            "Requests hold neither __req_msg_id nor __resp_confirm.",
            "PEER-053",
            [.fed],
            ["requests-look-like-responses"]
        ) { words in
            let asking: Set<String> = ["hasChunk", "getPiece", "goPushMode"]
            return words.first { $0.type == "__req" && asking.contains($0.subtype) && !$0.isRequest }?.summary
        },
        judged(
            "ids-are-used-once",
            "No number is used for two messages.",
            "PEER-056",
            [.asked, .fed],
            ["ids-repeat"]
        ) { words in
            // The same message again is a repetition, which is known of the original (Q-001, Q-002).
            words.first { word in
                words.contains { $0.id == word.id && ($0.subtype, "\($0.kind)") != (word.subtype, "\(word.kind)") }
            }?.summary
        },
        judged(
            "ids-without-gaps",
            "Messages are numbered 0, 1, 2 by one counter.",
            "PEER-057",
            [.asked],
            ["ids-with-gaps"],
            level: .should
        ) { words in
            let ids = Set(words.compactMap(\.id))
            return ids == Set(0..<ids.count)
                ? nil : "numbers \(ids.sorted().prefix(40).map(String.init).joined(separator: ", "))"
        },
        judged(
            "need-confirm",
            "Nothing but the answer to goPushMode has __need_confirm.",
            "PEER-060",
            [.asked],
            ["need-confirm-everywhere"],
            level: .should
        ) { words in
            words.first { $0["__need_confirm"] != nil && $0.subtype != "goPushMode" }?.summary
        },
        judged(
            "one-argument",
            "cmdMsg has one argument, an object.",
            "PEER-032",
            [.asked, .fed],
            ["two-arguments"]
        ) { words in
            words.first { $0.argumentCount != 1 }.map { "\($0.argumentCount) arguments: \($0.summary)" }
        },
        judged(
            "type-15",
            "Messages are of type 15 with format 0.",
            "PEER-033",
            [.asked],
            ["says-type-18"],
            level: .observed
        ) { words in
            words.first { $0.message.type != .dataExtended }.map { "type \($0.message.type.rawValue): \($0.summary)" }
        },
        judged(
            "byte-arrays",
            "Pieces are AMF3 byte arrays.",
            "PEER-037",
            [.asked],
            ["pieces-as-strings"]
        ) { words in
            words.first { word in
                guard word["result"] != .boolean(false), !word.isConfirm else { return false }
                return word.subtype == "pushPiece" && word.kind == .push && word["data"]?.octets == nil
                    || word.subtype == "getPiece" && word["content"]?.octets == nil
            }?.summary
        },
        judged(
            "one-flow",
            "All messages come in order on one flow.",
            "PEER-030",
            [.asked],
            ["two-flows"]
        ) { words in
            Set(words.map(\.flow)).count > 1 ? "\(Set(words.map(\.flow)).count) flows" : nil
        },
        judged(
            "wants-confirms",
            "Answers to hasChunk, getPiece, goPushMode, goPushMode2 and stopPush, and pieces, want a confirm.",
            "PEER-073",
            [.asked],
            ["confirm-not-wanted"]
        ) { words in
            let wanting: Set<String> = ["hasChunk", "getPiece", "goPushMode", "goPushMode2", "stopPush", "pushPiece"]
            return words.first { wanting.contains($0.subtype) && !$0.isRequest && !$0.isConfirm && !$0.wantsConfirm }?
                .summary
        },
        judged(
            "wants-no-confirms",
            "Answers to ping and speedTest want no confirm.",
            "PEER-074",
            [.asked],
            ["confirm-of-ping-wanted"]
        ) { words in
            words.first { ["ping", "speedTest", "pushPieceError"].contains($0.subtype) && $0.wantsConfirm }?.summary
        },
        judged(
            "dates-of-pieces",
            "Pushed pieces have __queue_timestamp and __send_timestamp, as Dates.",
            "PEER-101",
            [.asked],
            ["send-timestamp-missing", "queue-timestamp-a-number"]
        ) { words in
            pieces(words).first {
                !($0["__queue_timestamp"]?.isDate ?? false) || !($0["__send_timestamp"]?.isDate ?? false)
            }?
            .summary
        },
        judged(
            "data-of-pieces",
            "Pushed pieces have data.",
            "PEER-102",
            [.asked],
            ["data-null", "data-missing"]
        ) { words in
            pieces(words).first { $0["data"] == nil || $0["data"] == .null }?.summary
        },
        judged(
            "chunk-size-of-pieces",
            "Pushed pieces tell the size of the segment, or -1.",
            "PEER-104",
            [.asked],
            ["chunk-size-of-the-piece", "chunk-size-missing"]
        ) { stage, words in
            pieces(words).first { word in
                guard let number = word.segment, let size = word["chunkSize"]?.whole else { return true }
                return size != -1 && size != stage.web.origin.octets(of: number).count
            }.map { "chunkSize \($0["chunkSize"]?.short ?? "missing") in \($0.summary)" }
        },
        judged(
            "playlist-sound",
            "idxData is null, or a playlist with a media sequence.",
            "PEER-121",
            [.asked],
            ["playlist-empty"]
        ) { words in
            words.first { word in
                guard let value = word["idxData"], value != .null else { return false }
                return value.octets.flatMap(MediaPlaylist.mediaSequence) == nil
            }?.summary
        },
        judged(
            "playlist-unmodified",
            "idxData is what the origin has served.",
            "PEER-122",
            [.asked],
            ["playlist-modified", "playlist-empty"]
        ) { stage, words in
            let newest = stage.web.origin.newest(at: stage.now)
            let served = (StageOrigin.head...newest).map {
                stage.web.origin.playlist(at: stage.web.origin.publication(of: $0) + .milliseconds(1))
            }
            return words.first { word in word["idxData"]?.octets.map { !served.contains($0) } ?? false }?.summary
        },
        judged(
            "sound-requests",
            "getPiece names a piece that there can be.",
            "PEER-090",
            [.fed],
            ["piece-beyond-count"]
        ) { words in
            words.first { word in
                guard word.isRequest, word.subtype == "getPiece" else { return false }
                guard let id = word["id"]?.whole, let count = word["count"]?.whole, let offset = word["offset"]?.whole,
                    let length = word["len"]?.whole
                else { return true }
                return id < 0 || id >= count || offset < 0 || length < -1
            }?.summary
        },
    ]

    private static let operations: Set<String> = [
        "hasChunk", "getPiece", "goPushMode", "goPushMode2", "pausePush", "resumePush", "stopPush", "ping", "speedTest",
        "close", "pushPiece", "pushPieceError",
    ]

    private static func pieces(_ words: [PeerWord]) -> [PeerWord] {
        words.filter { $0.subtype == "pushPiece" && !$0.isConfirm }
    }

    private static func judged(
        _ name: String,
        _ title: String,
        _ row: String,
        _ scenes: [Scene],
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ fault: @escaping @Sendable ([PeerWord]) -> String?
    ) -> Case {
        judged(name, title, row, scenes, saboteurs, level: level) { _, words in fault(words) }
    }

    /// A case that looks at all that the peer says in some scenes.
    private static func judged(
        _ name: String,
        _ title: String,
        _ row: String,
        _ scenes: [Scene],
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ fault: @escaping @Sendable (Stage, [PeerWord]) -> String?
    ) -> Case {
        .peer("envelope/\(name)", title, [row], level: level, saboteurs: saboteurs) { stage in
            // One stage has room for one scene: whoever is fed can be asked as well.
            let speakers = scenes.contains(.fed) ? try fed(stage) : try asked(stage)
            if scenes == [.asked, .fed] { try converse(speakers[0], stage) }
            for puppet in speakers {
                let words = puppet.words
                guard !words.isEmpty else { throw Inconclusive(reason: "the peer has said nothing") }
                if let found = fault(stage, words) { throw Unmet(expected: title, actual: found) }
            }
        }
    }

    private static func fed(_ stage: Stage) throws -> [Puppet] {
        let upstream = try stage.candidates(2)
        stage.web.name(upstream.map(\.id.description))
        try stage.begin()
        // Whatever is wrong with its messages: it has had the time to say them.
        try stage.pass(.seconds(8))
        return upstream
    }

    private static func asked(_ stage: Stage) throws -> [Puppet] {
        _ = try stage.cached()
        let puppet = try stage.guest("P")
        try converse(puppet, stage)
        return [puppet]
    }

    /// Asks for everything, without insisting on an answer.
    private static func converse(_ puppet: Puppet, _ stage: Stage) throws {
        let number = stage.held.first ?? StageOrigin.head - 1
        let uri = stage.segmentURL(number)
        let slice = Assignment(id: 0, count: 2, offset: 0, length: 1_000)
        let requests: [Request] = [
            .hasChunk(uri: uri, id: .null), .getPiece(uri: uri, slice), .ping(pingID: .int(1), externalID: .null),
            .speedTest(start: stage.milliseconds, id: "DefaultP2PNetwork1"),
            .goPushMode2(uri: uri, slice, externalID: .string("R1")),
        ]
        for request in requests {
            puppet.ask(request)
            try stage.pass(.milliseconds(100))
        }
        try stage.pass(.seconds(4))
        puppet.ask(.stopPush(externalID: .string("R2")))
        try stage.pass(.milliseconds(200))
        puppet.ask(.goPushMode(uri: uri, slice))
        try stage.pass(.milliseconds(300))
    }
}
