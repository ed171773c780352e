extension Requirements {
    /// The swarm: what a peer decides, and when.
    static let hlsp2pSwarm = """
        § swarm-algorithm | 2
        SWARM-001 | MUST | peer | swarm | active-peer | -
        = Divides chunks into N pieces with offset floor(avg/N)*i, len floor(avg/N), and -1 for the last.
        ! offsets or lengths do not follow the formula for the avgChunkSize given

        SWARM-002 | MUST | peer | swarm | active-peer | -
        = Takes as basis the avgChunkSize of the positive answer with the greatest calFrom.
        ! other answer's size used

        SWARM-003 | SHOULD | peer | swarm | passive | -
        = Keeps its division for its whole life.
        ! offset or len for the same client change between requests

        SWARM-004 | MUST | peer | swarm | passive | -
        = Makes the pieces requested from its upstream peers tile the chunk without gap or overlap.
        ! sum of slices does not cover the segment exactly once

        SWARM-005 | MUST | peer | swarm | unit | -
        = Does not enter the swarm with a non-positive size basis.
        ! negative or zero-length division requested

        SWARM-006 | MUST | peer | swarm | active-peer | -
        = Works with N = 1 (one piece, offset 0, len -1).
        ! fails or requests other slices

        § swarm-algorithm | 3
        SWARM-007 | MUST | peer | swarm | active-peer | -
        = Identifies chunks by URL path only.
        ! hasChunk for the same path on another host or with another query is answered false

        SWARM-008 | SHOULD | peer | swarm | unit | -
        = Compares paths exactly, case-sensitively, without percent normalisation.
        ! differently encoded paths match

        § swarm-algorithm | 4.1
        SWARM-009 | SHOULD | peer | swarm | active-peer | -
        = Keeps about 60 chunks, dropping the oldest.
        ! chunk requested shortly after being newest is gone, or memory grows without bound

        SWARM-010 | MUST | peer | swarm | unit | -
        = Regards a chunk as complete only if its size is known and the pieces add up to it.
        ! hasChunk true for a chunk with a missing piece

        § swarm-algorithm | 4.3
        SWARM-011 | MUST | peer | swarm | active-peer | -
        = Marks chunks completed by HTTP repair as not stable.
        ! hasChunk true for a repaired chunk

        SWARM-012 | MUST | peer | swarm | active-peer | -
        = Passes on the stability flag received with a chunk.
        ! isFromStableSource of relayed chunks differs from the upstream's

        SWARM-013 | MUST | peer | swarm | active-peer | -
        = Marks HTTP chunks as not stable while a return to P2P is in progress.
        ! hasChunk true for them

        § swarm-algorithm | 4.4
        SWARM-014 | MUST | peer | swarm | unit | -
        = Adopts a playlist from peers only if its media sequence is not lower than the current one.
        ! goes back to an older playlist

        SWARM-015 | SHOULD | peer | swarm | passive | -
        = Serves playlist reloads from the peer-supplied copy when it is younger than the target duration and not in
          CDN mode.
        ! HTTP playlist loads continue at full rate in steady push mode

        SWARM-016 | SHOULD | peer | swarm | active-peer | -
        = Returns to HTTP playlist loading when the peer-supplied copy is older than the target duration.
        ! playlist freezes when the checker sends idxData null

        SWARM-017 | SHOULD | peer | swarm | active-peer | -
        = Stops using peer playlists after pushPieceError until the next pushPiece with idxData.
        ! no HTTP playlist load after pushPieceError

        § swarm-algorithm | 5.1
        SWARM-018 | SHOULD | peer | swarm | passive | -
        = Loads the first segment by plain HTTP.
        ! first segment waits for peers

        SWARM-019 | MUST | peer | swarm | active-peer | -
        = Falls back to HTTP when the rendezvous server does not answer within 15000 ms.
        ! no segment loads after the first

        § swarm-algorithm | 5.1 | Q-032
        SWARM-020 | MUST | peer | swarm | active-peer | -
        = Falls back to HTTP when the rendezvous connection fails or is rejected.
        ! playback stops after the first segment

        § swarm-algorithm | 5.2
        SWARM-021 | SHOULD | peer | swarm | passive | -
        = Uses configured source servers in rotation, replacing only the authority of the URL.
        ! path or query changed, or only one server used

        SWARM-022 | MUST | peer | swarm | active-peer | -
        = Tolerates an HTTP failure of one segment by going on with the next.
        ! playback stops at a 404 segment

        § swarm-algorithm | 5.3
        SWARM-023 | MUST | peer | swarm | active-peer | -
        = Filters its own ID out of tracker answers.
        ! play of its own ID

        SWARM-024 | SHOULD | peer | swarm | active-peer | -
        = Asks every connected peer hasChunk for the segment wanted, with id null, at initial search.
        ! some connected peers are not asked

        SWARM-025 | SHOULD | peer | swarm | active-peer | -
        = Uses exactly the first N peers that answer positively.
        ! more or other peers receive getPiece

        SWARM-026 | MUST | peer | swarm | active-peer | -
        = Uses HTTP if fewer than N peers qualify and it does not support partial use.
        ! stall instead of HTTP

        § swarm-algorithm | 5.3 | Q-036
        SWARM-027 | SHOULD | peer | swarm | unit | -
        = Does not end the initial search before the tracker has answered.
        ! falls to CDN because one incoming peer connected early

        § swarm-algorithm | 6.1
        SWARM-028 | MUST | peer | swarm | passive | -
        = Requests each piece of the first chunk from a different upstream peer.
        ! two pieces of one chunk pulled from the same peer while N are available

        § swarm-algorithm | 6.2
        SWARM-029 | MUST | peer | swarm | active-peer | -
        = Pushes only to peers in push mode.
        ! pushPiece to a peer that never asked, paused or stopped

        § swarm-algorithm | 6.3
        SWARM-030 | MUST | peer | swarm | active-peer | -
        = Relays slices for downstream divisions different from its own.
        ! slice cut at its own piece boundaries

        SWARM-031 | SHOULD | peer | swarm | active-peer | -
        = Relays a slice as soon as its bytes are available, before the chunk is complete.
        ! bounded slice delivered only after the whole chunk

        § swarm-algorithm | 6.3 | Q-025
        SWARM-032 | MUST | peer | swarm | active-peer | -
        = Continues to serve other downstream peers while one waits for its resume chunk.
        ! others receive nothing until it resolves

        § swarm-algorithm | 6.3
        SWARM-033 | SHOULD | peer | swarm | active-peer | -
        = Skips a chunk that will not complete once a newer one is complete, and reports it.
        ! pushing stops for good behind a missing chunk

        § swarm-algorithm | 6.4
        SWARM-034 | MUST | peer | swarm | active-peer | -
        = Ignores pushed pieces for chunks it is not loading from peers.
        ! corrupted segment when the checker pushes a piece of an HTTP-loaded chunk

        SWARM-035 | MUST | peer | swarm | active-peer | -
        = Ignores a pushed piece whose id it already holds for that chunk.
        ! data replaced by the later push

        § swarm-algorithm | 7.1
        SWARM-036 | SHOULD | peer | swarm | active-peer | -
        = Pings upstream peers whose piece is missing after 4000 ms.
        ! no ping within 6 s of withheld pieces

        SWARM-037 | MUST | peer | swarm | active-peer | -
        = Completes a stalled segment by HTTP no later than 17 s plus download time after requesting it.
        ! no HTTP request for the withheld segment

        SWARM-038 | SHOULD | peer | swarm | active-peer | -
        = Treats an upstream peer that does not answer ping within 4000 ms as failed.
        ! keeps waiting for it

        SWARM-039 | SHOULD | peer | swarm | active-peer | -
        = Treats an upstream peer reporting lastUsedTime of at least one target duration as slow when stalled.
        ! no replacement

        SWARM-040 | SHOULD | peer | swarm | active-peer | -
        = Sends speedTest to answering upstream peers at stage 2 and treats more than 3000 ms or no answer as
          failed.
        ! no speedTest, or peer kept after a 5 s answer

        SWARM-041 | SHOULD | peer | swarm | active-peer | -
        = Pauses the remaining upstream peers while re-homing failed pieces.
        ! no pausePush to healthy upstream peers

        § swarm-algorithm | 7.2
        SWARM-042 | MUST | peer | swarm | active-peer | -
        = Completes the first swarm chunk by HTTP if pieces are missing after one target duration.
        ! stall when the checker withholds getPiece answers

        § swarm-algorithm | 7.3
        SWARM-043 | MUST | peer | swarm | active-peer | -
        = Completes segments by HTTP at once after losing an upstream peer.
        ! stall after the checker closes the session

        § swarm-algorithm | 8.2
        SWARM-044 | SHOULD | peer | swarm | active-peer | -
        = Probes repair candidates in the order ping, hasChunk, goPushMode2, each round with one new request id.
        ! other order or reused ids

        SWARM-045 | SHOULD | peer | swarm | active-peer | -
        = Waits at most 10000 ms per repair round.
        ! longer waits on a silent candidate

        § swarm-algorithm | 8.2 | Q-006
        SWARM-046 | MUST | peer | swarm | active-peer | -
        = Ends the repair or tries others when a goPushMode2 answer is missing.
        ! no further repair activity and permanent HTTP completion

        § swarm-algorithm | 8.2 | Q-010
        SWARM-047 | SHOULD | peer | swarm | active-peer | -
        = Can use a connected candidate again in a later repair.
        ! candidate is never probed again in the same session

        § swarm-algorithm | 8.2
        SWARM-048 | SHOULD | peer | swarm | active-peer | -
        = Queries the tracker at most once per 10000 ms during repair.
        ! queries in quick succession

        SWARM-049 | SHOULD | peer | swarm | active-peer | -
        = Stops asking for more peers 30000 ms after a repair began.
        ! queries continue indefinitely

        SWARM-050 | SHOULD | peer | swarm | active-peer | -
        = Hands the failed peer's id, offset and len unchanged to its replacement.
        ! different slice in goPushMode2

        § swarm-algorithm | 8.3
        SWARM-051 | MUST | peer | swarm | active-peer | -
        = Resumes paused upstream peers after a successful repair with its newest complete chunk.
        ! paused peers never get resumePush

        SWARM-052 | MUST | peer | swarm | active-peer | -
        = Goes to CDN mode when a repair fails, and stops its upstream peers.
        ! neither stopPush nor HTTP loading

        § swarm-algorithm | 8.4
        SWARM-053 | MUST | peer | swarm | active-peer | -
        = Does not lose the segment when an HTTP repair fails: it skips it and goes on.
        ! player waits for ever (Q-038)

        SWARM-054 | MAY | peer | swarm | passive | -
        = Uses Range requests for missing pieces.
        ! none (the original never does)

        § swarm-algorithm | 9
        SWARM-055 | SHOULD | peer | swarm | active-peer | -
        = Waits at least 30000 ms in CDN mode before trying P2P again.
        ! hasChunk or ping rounds earlier

        SWARM-056 | SHOULD | peer | swarm | active-peer | -
        = Tries to return to P2P when 30000 ms have passed, it has no downstream peers and peers are available.
        ! stays on HTTP for minutes with enough stable peers present

        SWARM-057 | MUST | peer | swarm | active-peer | -
        = Continues HTTP loading during an attempt to return.
        ! stall during the attempt

        SWARM-058 | MUST | peer | swarm | active-peer | -
        = Stops (stopPush) peers that accepted when an attempt to return fails.
        ! they keep pushing

        § swarm-algorithm | 10
        SWARM-059 | SHOULD | peer | swarm | active-peer | -
        = Closes sessions without push relations after more than 60 s.
        ! idle session is still open after 3 minutes

        § swarm-algorithm | 1.3
        SWARM-060 | SHOULD | peer | swarm | active-peer | -
        = Retries a silent HTTP source up to 4 times with growing timeouts before giving up.
        ! gives up at once or never

        § swarm-algorithm | 12
        SWARM-061 | MUST | peer | swarm | unit | -
        = Splits the rendezvous URL at its last slash into connect URL and resource name.
        ! registers under another name
        """
}
