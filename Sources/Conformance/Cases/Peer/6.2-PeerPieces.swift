import Flash
import HLSP2P
import RTMFP

/// peer-protocol §6.2: pieces that are asked for one at a time.
extension PeerRequestCases {
    static let pieces: [Case] = [
        piece("whole", "len -1 means all up to the end.", "PEER-084", 0, { _ in -1 }),
        piece("head", "The first octets of a segment can be had.", "PEER-084", 0, { _ in 1_000 }),
        piece("middle", "Octets from within a segment can be had.", "PEER-084", 1_234, { _ in 2_000 }),
        piece("tail", "The last octets of a segment can be had.", "PEER-084", 3_000, { _ in -1 }),
        piece("beyond", "A piece that is longer than the segment ends with it.", "PEER-086", 4_000, { _ in 60_000 }),
        piece("nothing", "A piece of no length is empty.", "PEER-084", 100, { _ in 0 }),
        piece("after-the-end", "A piece after the end is empty, and a success.", "PEER-085", 1 << 20, { _ in 500 }),
        piece("after-the-end-to-the-end", "Also with len -1.", "PEER-085", 1 << 20, { _ in -1 }),
        piece("at-the-end", "A piece at the very end is empty, and a success.", "PEER-085", -2, { _ in 500 }),
        .peer(
            "request/piece-doubles",
            "getPiece whose numbers are doubles is answered as any other.",
            ["PEER-038"],
            saboteurs: ["double-offsets-lost"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let id = puppet.ask(
                "getPiece",
                [
                    AMFMember("uri", .string(stage.segmentURL(held[0]))), AMFMember("id", .double(0)),
                    AMFMember("count", .double(2)), AMFMember("offset", .double(10)), AMFMember("len", .double(500)),
                ]
            )
            let answer = try puppet.response(to: id)
            let octets = stage.web.origin.octets(of: held[0])
            try requireEqual(answer["content"]?.octets ?? [], Array(octets[10..<510]), "content")
        },
        .peer(
            "request/piece-negative-integer",
            "len -1 is a negative number in 29 bits.",
            ["PEER-039"],
            saboteurs: ["negative-integers-misread"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let slice = Assignment(id: 1, count: 2, offset: 4_000, length: -1)
            let answer = try puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(held[0]), slice)))
            let octets = stage.web.origin.octets(of: held[0])
            try requireEqual(answer["content"]?.octets ?? [], Array(octets[4_000...]), "content")
        },
    ]

    /// A piece of a segment that the peer holds. An offset of -2 stands for the segment's length.
    private static func piece(
        _ name: String,
        _ title: String,
        _ row: String,
        _ offset: Int,
        _ length: @escaping @Sendable (Int) -> Int
    ) -> Case {
        .peer(
            "request/piece-\(name)",
            title,
            [row, "PEER-087"],
            saboteurs: pieceSaboteurs(name)
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let octets = stage.web.origin.octets(of: held[0])
            let start = offset == -2 ? octets.count : offset
            let slice = Assignment(id: 1, count: 2, offset: start, length: length(octets.count))
            let answer = try puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(held[0]), slice)))
            try answer.require("result", is: .boolean(true))
            guard let content = answer["content"]?.octets else {
                throw Unmet(expected: "content", actual: answer.summary)
            }
            try requireEqual(content, Array(octets[slice.range(in: octets.count)]), "content")
            try answer.require("id", is: .int(1))
            try answer.require("chunkOffset", is: .int(start))
            try answer.require("chunkSize", is: .int(octets.count))
            try require(answer.segment == held[0], expected: "the uri of the segment", actual: answer.summary)
        }
    }

    private static func pieceSaboteurs(_ name: String) -> [String] {
        let common = [
            "get-piece-unanswered", "piece-without-chunk-size", "piece-id-not-repeated", "piece-refused",
            "piece-offset-not-repeated", "piece-without-uri",
        ]
        switch name {
        case "after-the-end", "after-the-end-to-the-end", "at-the-end": return common + ["empty-piece-refused"]
        case "nothing": return common + ["empty-piece-refused"]
        case "beyond": return common + ["short-piece-padded", "piece-altered"]
        default: return common + ["piece-altered"]
        }
    }

    /// Requests for pieces that cannot be had: answered with result false, and without content.
    static let refusals: [Case] = [
        refusal(
            "unknown-segment",
            "of an unknown segment",
            "PEER-088",
            Assignment(id: 0, count: 2, offset: 0, length: 9)
        ) { stage, _ in
            "http://\(stage.authority)/hlsp2p-check/none.ts"
        },
        refusal(
            "id-is-count",
            "whose id is count",
            "PEER-089",
            Assignment(id: 2, count: 2, offset: 0, length: 9),
            level: .should
        ) { stage, held in
            stage.segmentURL(held[0])
        },
        refusal(
            "id-beyond-count",
            "whose id is beyond count",
            "PEER-089",
            Assignment(id: 9, count: 2, offset: 0, length: 9),
            level: .should
        ) { stage, held in
            stage.segmentURL(held[0])
        },
        .peer(
            "request/piece-while-loading",
            "A piece of a segment that has not come yet is refused.",
            ["PEER-088"],
            saboteurs: ["refusal-with-content", "refusal-unanswered", "get-piece-unanswered"]
        ) { stage in
            let stuck = try stage.loading()
            let puppet = try stage.guest("P")
            let slice = Assignment(id: 0, count: 2, offset: 0, length: 100)
            try requireRefusal(puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(stuck), slice))))
        },
    ]

    private static func refusal(
        _ name: String,
        _ what: String,
        _ row: String,
        _ slice: Assignment,
        level: Case.Level = .must,
        _ uri: @escaping @Sendable (Stage, [Int]) -> String
    ) -> Case {
        .peer(
            "request/piece-\(name)",
            "getPiece \(what) gets result false, and no content.",
            [row],
            level: level,
            saboteurs: ["refusal-with-content", "refusal-unanswered", "get-piece-unanswered"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            try requireRefusal(puppet.response(to: puppet.ask(.getPiece(uri: uri(stage, held), slice))))
            try puppet.ping(8)
        }
    }

    private static func requireRefusal(_ answer: PeerWord) throws {
        try answer.require("result", is: .boolean(false))
        try require(answer["content"] == nil, expected: "no content", actual: answer.summary)
    }
}
