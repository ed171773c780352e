extension Requirements {
    /// The peer protocol: requests and what answers them.
    static let hlsp2pPeerExchanges = """
        § peer-protocol | 5.2 | Q-002
        PEER-065 | MUST | peer | peer | active-peer | -
        = Ignores a confirm for an id that is not outstanding.
        ! a response is repeated after a bogus confirm

        § peer-protocol | 5.3
        PEER-066 | MUST | peer | peer | active-peer | -
        = Confirms every push and every matching response that has __care_confirm true.
        ! no confirm within 1 s

        PEER-067 | MUST | peer | peer | active-peer | -
        = Does not confirm messages without __care_confirm.
        ! confirm for a ping response, speedTest response or pushPieceError

        § peer-protocol | 5.3 | Q-051
        PEER-068 | MUST | peer | peer | active-peer | -
        = Repeats the response's __subtype and id in the confirm.
        ! confirm with other __subtype or __resp_msg_id

        § peer-protocol | 5.3
        PEER-069 | SHOULD | peer | peer | active-peer | -
        = Sends the confirm immediately, ahead of queued messages.
        ! confirm is delayed behind queued responses

        § peer-protocol | 5.3 | Q-055
        PEER-070 | SHOULD | peer | peer | active-peer | -
        = Confirms, but does not act on, a confirm-wanting response that matches no outstanding request.
        ! duplicate response remains unconfirmed, or is applied twice

        § peer-protocol | 5.4
        PEER-071 | MUST | peer | peer | active-peer | -
        = Answers ping immediately even while a response is unconfirmed.
        ! ping answer comes only after the checker confirms an earlier response

        PEER-072 | MUST | peer | peer | active-peer | -
        = Sends no answer to pausePush, resumePush and close.
        ! any message with __req_msg_id of such a request

        PEER-073 | MUST | peer | peer | passive | -
        = Sets __care_confirm on responses to hasChunk, getPiece, goPushMode, goPushMode2, stopPush and on
          pushPiece.
        ! member absent

        PEER-074 | MUST | peer | peer | passive | -
        = Does not set __care_confirm on responses to ping and speedTest and on pushPieceError.
        ! member true

        § peer-protocol | 5.5
        PEER-075 | SHOULD | peer | peer | active-peer | -
        = Closes the session when a windowed request is unanswered for 30000 ms from creation.
        ! streams still open 40 s after an unanswered hasChunk

        PEER-076 | SHOULD | peer | peer | active-peer | -
        = Closes the session when a queued response is unconfirmed for 30000 ms.
        ! streams still open 40 s after an unconfirmed pushPiece

        § peer-protocol | 5.5 | Q-005
        PEER-077 | MUST | peer | peer | active-peer | -
        = Does not let timers of an ended session affect a new session with the same peer.
        ! a session re-established within 30 s is closed without cause when the old timer is due

        § peer-protocol | 5.6
        PEER-078 | MUST | peer | peer | active-peer | -
        = Tolerates a repeated request with the same __msg_id.
        ! session closed or state corrupted (e.g. pieces pushed twice)

        § peer-protocol | 6.1
        PEER-079 | MUST | peer | peer | active-peer | -
        = Answers hasChunk with uri and id echoed and with result, avgChunkSize and calFrom.
        ! member missing or id not echoed (including null)

        PEER-080 | MUST | peer | peer | active-peer | -
        = Answers hasChunk positively only for a complete chunk from a stable source.
        ! result true for a chunk still loading or repaired by HTTP

        PEER-081 | MUST | peer | peer | active-peer | -
        = Gives a positive avgChunkSize with every positive hasChunk answer, equal to the truncated mean size of its
          complete chunks.
        ! avgChunkSize -1, 0 or inconsistent with the served chunks

        PEER-082 | SHOULD | peer | peer | active-peer | -
        = Gives avgChunkSize -1 and calFrom 0 when it has no complete chunk.
        ! other values before any chunk is cached

        PEER-083 | MAY | peer | peer | active-peer | -
        = Reports outPeerNumber as downstream plus idle peers.
        ! none (ignored by receivers)

        § peer-protocol | 6.2
        PEER-084 | MUST | peer | peer | active-peer | -
        = Answers getPiece for a complete chunk with bytes [offset, offset+len) or to the end if len is -1.
        ! content differs from the segment's bytes

        PEER-085 | MUST | peer | peer | active-peer | -
        = Returns an empty content with result true when offset is at or beyond the end of a complete chunk.
        ! failure or missing content

        PEER-086 | MUST | peer | peer | active-peer | -
        = Returns a short content when offset+len exceeds the chunk size.
        ! padding or failure

        PEER-087 | MUST | peer | peer | active-peer | -
        = Includes uri, id, chunkOffset and chunkSize (total size) in a positive getPiece answer.
        ! member missing or chunkSize equal to the piece size of a multi-piece chunk

        § peer-protocol | 6.2 | Q-003
        PEER-088 | MUST | peer | peer | active-peer | -
        = Answers getPiece for an unknown or unavailable range with result false and without content.
        ! no answer, or a content member in the negative answer

        § peer-protocol | 6.2 | Q-019
        PEER-089 | SHOULD | peer | peer | active-peer | -
        = Answers getPiece with id >= count with result false.
        ! no answer

        § peer-protocol | 6.2
        PEER-090 | MUST | peer | peer | passive | -
        = Never sends getPiece with id >= count, negative offset or len below -1.
        ! such a request

        PEER-091 | MUST | peer | peer | active-peer | -
        = Treats a negative or missing getPiece answer as a piece to be fetched elsewhere.
        ! player stalls permanently when the checker answers false

        § peer-protocol | 6.3
        PEER-092 | MUST | peer | peer | active-peer | -
        = Sends goPushMode with the same id, offset and len it used in getPiece, after a positive answer.
        ! no goPushMode, or different division

        § peer-protocol | 6.3 | Q-051
        PEER-093 | MUST | peer | peer | active-peer | -
        = Starts pushing after goPushMode only when its response has been confirmed.
        ! pushPiece arrives although the checker withheld the confirm

        § peer-protocol | 6.3
        PEER-094 | MUST | peer | peer | active-peer | -
        = Begins pushing with the first chunk after the uri of goPushMode, goPushMode2 or resumePush, never with
          that chunk.
        ! the named chunk itself is pushed, or the next one is skipped

        PEER-095 | MUST | peer | peer | active-peer | -
        = Catches up: pushes all complete newer chunks in order when a push relation starts.
        ! only chunks completed afterwards are pushed

        § peer-protocol | 6.4 | Q-021
        PEER-096 | MUST | peer | peer | active-peer | -
        = Reads chunkOffset and chunkLen (not offset and len) in goPushMode2 and accepts count -1.
        ! wrong slice pushed or request refused

        § peer-protocol | 6.4
        PEER-097 | MUST | peer | peer | active-peer | -
        = Echoes externalID exactly in goPushMode2, stopPush and ping responses.
        ! missing or altered externalID

        § peer-protocol | 6.4 | Q-006
        PEER-098 | MUST | peer | peer | active-peer | -
        = Answers goPushMode2 within 10 s.
        ! later or no answer

        § peer-protocol | 6.4
        PEER-099 | MUST | peer | peer | active-peer | -
        = Sends the goPushMode2 response before any push resulting from it.
        ! pushPiece precedes the response

        PEER-100 | MUST | peer | peer | active-peer | -
        = Accepts goPushMode2 for a uri it does not hold yet and starts pushing once a chunk with that path has
          entered its cache.
        ! refused, or never pushes

        § peer-protocol | 6.5 | Q-004
        PEER-101 | MUST | peer | peer | passive | -
        = Includes __queue_timestamp and __send_timestamp as AMF Dates in every pushPiece.
        ! absent, or encoded as numbers

        PEER-102 | MUST | peer | peer | passive | -
        = Never sends pushPiece with a null or missing data.
        ! data null, undefined or absent

        § peer-protocol | 6.5
        PEER-103 | MUST | peer | peer | active-peer | -
        = Pushes exactly the agreed slice of each chunk with the agreed id and offset.
        ! slice, id or offset differ from the agreement

        PEER-104 | MUST | peer | peer | passive | -
        = Sets chunkSize to the total size when known, else -1.
        ! 0, the piece size, or absent

        PEER-105 | MUST | peer | peer | active-peer | -
        = Pushes a last piece (len -1) only when the chunk is complete.
        ! a second, longer version of the same piece, or a truncated one

        PEER-106 | MUST | peer | peer | active-peer | -
        = Pushes chunks to one peer in its chunk order and each at most once.
        ! out of order or repeated (other than identical retransmission)

        PEER-107 | MUST | peer | peer | active-peer | -
        = Sends an empty piece when the agreed offset lies beyond the end of the chunk being propagated.
        ! nothing is sent for a chunk shorter than the offset

        PEER-108 | SHOULD | peer | peer | active-peer | -
        = Reports lastUsedTime as ms between transmission and confirm of its previous piece to that peer, -1 before
          the first.
        ! constant or unrelated values when the checker delays confirms

        PEER-109 | MUST | peer | peer | active-peer | -
        = Confirms pushPiece even if it discards the piece.
        ! unconfirmed push for a known or unwanted chunk

        § peer-protocol | 6.6
        PEER-110 | SHOULD | peer | peer | active-peer | -
        = Sends pushPieceError for a chunk it failed to obtain and will skip.
        ! downstream checker sees a gap without notice

        PEER-111 | MUST | peer | peer | active-peer | -
        = Accepts pushPieceError without confirming it.
        ! confirm sent or session closed

        § peer-protocol | 6.7
        PEER-112 | MUST | peer | peer | active-peer | -
        = Stops pushing after pausePush and keeps the piece assignment.
        ! pushPiece created after the pause, or a different slice after resume

        § peer-protocol | 6.8
        PEER-113 | MUST | peer | peer | active-peer | -
        = Continues after resumePush with chunks newer than both its position and the named chunk.
        ! old chunks are repeated, or nothing is pushed

        PEER-114 | MUST | peer | peer | active-peer | -
        = Waits for the named chunk if it does not hold it when resumePush arrives.
        ! pushes chunks older than the named one, or never resumes

        § peer-protocol | 6.9
        PEER-115 | MUST | peer | peer | active-peer | -
        = Stops pushing on stopPush and answers it, in any state.
        ! no answer, or pushes continue

        § peer-protocol | 6.10
        PEER-116 | MUST | peer | peer | active-peer | -
        = Echoes pingId and externalID (null included) in the ping response.
        ! member missing or changed

        § peer-protocol | 6.11
        PEER-117 | MUST | peer | peer | active-peer | -
        = Echoes start_time as an AMF Date and id in the speedTest response.
        ! start_time missing or turned into a number

        PEER-118 | SHOULD | peer | peer | active-peer | -
        = Keeps the queue position of the speedTest response behind unconfirmed pieces.
        ! speedTest answer overtakes queued pushes

        § peer-protocol | 6.12
        PEER-119 | MUST | peer | peer | active-peer | -
        = Closes its streams with the sender on receiving close, without an answer.
        ! streams stay open, or a response is sent

        PEER-120 | SHOULD | peer | peer | active-peer | -
        = Accepts and may initiate a new session with a peer that closed orderly.
        ! later connects are refused or never attempted

        § peer-protocol | 6.14 | Q-058
        PEER-121 | MUST | peer | peer | passive | -
        = Sends idxData only as null or as playlist bytes with a #EXT-X-MEDIA-SEQUENCE line.
        ! empty array or text without that line

        § peer-protocol | 6.14
        PEER-122 | MUST | peer | peer | passive | -
        = Sends playlist bytes unmodified.
        ! idxData differs from what the origin served

        PEER-123 | SHOULD | peer | peer | active-peer | -
        = Stores the piece even if the accompanying idxData is unusable.
        ! piece lost when the checker sends a bad playlist

        § peer-protocol | 8
        PEER-124 | MUST | peer | peer | active-peer | -
        = Survives malformed or hostile messages without affecting other sessions.
        ! crash or loss of unrelated sessions

        PEER-125 | MUST | peer | peer | unit | -
        = Bounds memory allocated on behalf of a far peer's declared sizes.
        ! allocation proportional to an unverified chunkSize

        § peer-protocol | 4.2
        PEER-126 | MUST | peer | peer | passive | -
        = Sends only the subtypes listed in peer-protocol section 6.
        ! other __subtype, including __internal_subtype

        § peer-protocol | 2.7 | RFC 7425 §5.4.1
        PEER-127 | MUST | peer | peer | passive | -
        = Opens a session to a peer ID with a fingerprint-only endpoint discriminator through the rendezvous server.
        ! ancillary or hostname option in the peer EPD, or no introduction

        § peer-protocol | 3.1 | Q-075
        PEER-128 | MUST | peer | peer | active-peer | -
        = Sends NetStream.Play.Start exactly once per accepted subscription.
        ! Play.Start repeated on the same subscription, or missing
        """
}
