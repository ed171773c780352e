import Flash
import HLSP2P
import RTMFP

/// swarm-algorithm §4.4: playlists from peers.
extension SwarmStallCases {
    static let playlists: [Case] = [
        .peer(
            "playlist/from-peers",
            "Who is fed takes the playlist from peers.",
            ["SWARM-015"],
            level: .should,
            saboteurs: ["playlist-over-http-always"]
        ) { stage in
            _ = try stage.fed()
            try stage.pass(.seconds(3))
            let mark = stage.playlistRequests.count
            try stage.pass(.seconds(12))
            let count = stage.playlistRequests.count - mark
            try require(count <= 3, expected: "3 requests in 12 s at most", actual: "\(count) requests")
        },
        .peer(
            "playlist/over-http-without-peers",
            "Where peers send no playlist, it is loaded over HTTP.",
            ["SWARM-016"],
            level: .should,
            saboteurs: ["playlist-from-the-cache-always"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(3))
            for puppet in upstream { puppet.manner.attachesPlaylist = false }
            let mark = stage.playlistRequests.count
            try stage.wait(until: "a request for the playlist", within: .seconds(8)) {
                stage.playlistRequests.count > mark
            }
        },
        .peer(
            "playlist/over-http-after-an-error",
            "After pushPieceError the playlist is loaded over HTTP, until a piece brings one.",
            ["SWARM-017"],
            level: .should,
            saboteurs: ["playlist-from-the-cache-always"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(3))
            let future = stage.web.origin.newest(at: stage.now) + 3
            upstream[0].manner.pushes = { _ in false }
            upstream[1].manner.pushes = { _ in false }
            upstream[0].push("pushPieceError", [AMFMember("uri", .string(stage.segmentURL(future)))])
            let mark = stage.playlistRequests.count
            try stage.wait(until: "a request for the playlist", within: .seconds(5)) {
                stage.playlistRequests.count > mark
            }
        },
        .peer(
            "playlist/never-back",
            "A playlist from a peer that is older than the one at hand is not taken.",
            ["SWARM-014"],
            saboteurs: ["older-playlist-taken"]
        ) { stage in
            var manner = Manner()
            manner.edit = { members, subtype in
                guard subtype == "pushPiece" else { return true }
                let old = MediaPlaylist(
                    targetDuration: 2,
                    mediaSequence: 11,
                    segments: [.init(uri: "11.ts", duration: 2)]
                )
                members = members.map { $0.name == "idxData" ? AMFMember("idxData", .byteArray(old.octets)) : $0 }
                return true
            }
            let upstream = try stage.candidates(2)
            upstream[1].manner = manner
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try stage.feeding(upstream)
            let puppet = try stage.guest("D")
            try puppet.beFed(
                after: stage.web.origin.newest(at: stage.now),
                Assignment(id: 2, count: 3, offset: 3_500, length: 1_000)
            )
            try given { try stage.wait(until: "three pieces", within: .seconds(12)) { puppet.pushed.count >= 3 } }
            for piece in puppet.pushed {
                guard let sequence = piece["idxData"]?.octets.flatMap(MediaPlaylist.mediaSequence) else { continue }
                try require(sequence > 11, expected: "no playlist of media sequence 11", actual: piece.summary)
            }
        },
        .peer(
            "playlist/unusable",
            "A piece counts even if the playlist with it cannot be used.",
            ["PEER-123"],
            level: .should,
            saboteurs: ["unusable-playlist-takes-the-piece"]
        ) { stage in
            var manner = Manner()
            manner.edit = { members, subtype in
                guard subtype == "pushPiece" else { return true }
                members = members.map {
                    $0.name == "idxData" ? AMFMember("idxData", .byteArray(Array("#EXTM3U\n#EXT".utf8))) : $0
                }
                return true
            }
            _ = try stage.fed(manner)
            try stage.pass(.seconds(3))
            let puppet = try stage.guest("D")
            let newest = stage.web.origin.newest(at: stage.now) - 1
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(newest), id: .null)))
            }
            try answer.require("result", is: .boolean(true))
        },
    ]
}
