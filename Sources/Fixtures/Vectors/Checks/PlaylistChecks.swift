internal import HLSP2P

extension VectorKind {
    /// Playlists and URLs, as the swarm reads them.
    static let playlists: [VectorKind] = [
        VectorKind("playlist") { vector in
            let text = try vector.inputFields().string("text")
            let playlist = try vector.accepted {
                guard let playlist = MediaPlaylist(Array(text.utf8)) else { throw VectorRefusal(.syntax) }
                return playlist
            }
            guard let playlist else { return }
            try vector.compare([
                "targetDuration": playlist.targetDuration.map(JSONValue.double) ?? .null,
                "mediaSequence": .decimal(UInt64(playlist.mediaSequence)), "isEnded": .bool(playlist.isEnded),
                "segments": .array(
                    playlist.segments.map { .object(["uri": .string($0.uri), "duration": .double($0.duration)]) }
                ),
            ])
            guard let again = MediaPlaylist(playlist.octets) else {
                throw VectorMismatch("written again", expected: "a playlist", actual: "none")
            }
            try require("written again", playlist, again)
        },
        VectorKind("media-sequence") { vector in
            let octets = Array(try vector.inputFields().string("text").utf8)
            let number = try vector.accepted {
                guard let number = MediaPlaylist.mediaSequence(of: octets) else { throw VectorRefusal(.missing) }
                return number
            }
            guard let number else { return }
            try vector.compare(["mediaSequence": .decimal(UInt64(number))])
        },
        VectorKind("chunk-path") { vector in
            try vector.compare(["path": .string(try vector.inputFields().string("url").chunkPath)])
        },
        VectorKind("reference-resolution") { vector in
            let input = try vector.inputFields()
            guard let base = WebAddress(try input.string("base")) else {
                throw VectorFormatError("\(input.place)/base", "is no URL")
            }
            try vector.compare(["url": .string(base.resolving(try input.string("reference")))])
        },
    ]
}
