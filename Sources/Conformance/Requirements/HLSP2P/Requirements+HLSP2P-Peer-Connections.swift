extension Requirements {
    /// The peer protocol: connections, streams, envelopes.
    static let hlsp2pPeerConnections = """
        § peer-protocol | 1
        PEER-001 | MUST | peer | peer | active-peer | -
        = Names its public stream with its own peer ID as 64 lowercase hexadecimal digits.
        ! play(<peer ID>) on the peer is rejected or never answered

        § peer-protocol | 2.2
        PEER-002 | MUST | peer | peer | active-peer | -
        = Publishes a private stream named after every far peer whose public subscription it accepts.
        ! after Play.Start on the public stream, play(<checker's ID>) gets no Play.Start

        PEER-003 | MUST | peer | peer | active-peer | -
        = Has the private stream for a far peer published no later than the moment it reports Play.Start on the
          public stream to that peer.
        ! immediate play of the private name fails although a later one would succeed

        PEER-004 | MUST | peer | peer | active-peer | -
        = Subscribes back to the public stream (name = far peer ID) of every peer whose public subscription it
          accepted.
        ! checker publishes its public stream, subscribes to the peer, and never sees a play of its own ID within 10
          s

        § peer-protocol | 2.2 step 3
        PEER-005 | MUST | peer | peer | active-peer | -
        = Plays the far peer's private stream, named with its own ID, after Play.Start of the far peer's public
          stream.
        ! only one subscriber control flow ever arrives from the peer

        § peer-protocol | 2.2
        PEER-006 | MUST | peer | peer | passive | -
        = Uses one RTMFP session for all streams with the same far peer.
        ! two concurrent sessions between the same two peer IDs persist after glare resolution

        PEER-007 | MUST | peer | peer | active-peer | -
        = Handles simultaneous mutual connection attempts as one session.
        ! duplicate plays of the same name or a rejected second attempt when both sides start at once

        PEER-008 | MUST | peer | peer | passive | -
        = Keeps all four streams of a session open until the session ends.
        ! the public subscription is closed once the private one is up

        § peer-protocol | 2.4
        PEER-009 | MUST | peer | peer | active-peer | -
        = Ends the whole session with a far peer when any stream of it is closed by the far side.
        ! continues to send cmdMsg or keeps its subscriptions after the checker closed one stream

        § peer-protocol | 2.3
        PEER-010 | MUST | peer | peer | passive | -
        = Sends no cmdMsg request to a far peer before its own private stream has that subscriber and its private
          subscription is started.
        ! a cmdMsg precedes the play of the sender's private stream

        PEER-011 | SHOULD | peer | peer | active-peer | -
        = Answers requests as soon as its subscription is up even if it does not yet regard the session as ready.
        ! a request sent right after Play.Start of the private stream is lost

        § peer-protocol | 2.4
        PEER-012 | SHOULD | peer | peer | active-peer | -
        = Abandons a connection attempt that is not ready after 10000 ms.
        ! subscription attempts to a silent peer are still open after 15 s

        PEER-013 | SHOULD | peer | peer | active-peer | -
        = Does not itself reconnect to a peer that failed, until evicted from a list of 1000.
        ! new attempts to the same dead ID after each tracker answer

        PEER-014 | SHOULD | peer | peer | active-peer | -
        = Accepts an incoming subscription from a peer on its failed list.
        ! a peer that once timed out is refused when it connects by itself

        § peer-protocol | 2.5 | Q-017
        PEER-015 | SHOULD | peer | peer | active-peer | -
        = Lets only the peer named by a private stream play it.
        ! a third peer gets Play.Start on a private stream not named after it

        § peer-protocol | 2.5 | Q-014
        PEER-016 | SHOULD | peer | peer | active-peer | -
        = Allows a later legitimate subscription to a private stream after refusing an earlier one.
        ! after a refused attempt the rightful subscriber is refused too

        § peer-protocol | 2.5
        PEER-017 | MAY | peer | peer | active-peer | -
        = Refuses new subscribers while it feeds more than 50 downstream peers.
        ! none (informative limit)

        PEER-018 | SHOULD | peer | peer | active-peer | -
        = Refuses a subscriber by rejecting or closing its control flow.
        ! refused subscriber's control flow stays open without any answer

        § peer-protocol | 2.1
        PEER-019 | MUST | peer | peer | passive | -
        = Never sends application messages on a public stream.
        ! cmdMsg on a return flow of a play of the publisher's own ID

        § peer-protocol | 3.2
        PEER-020 | MUST | peer | peer | passive | -
        = Sends every application message on a return flow of the private stream it publishes for the destination.
        ! data messages on the subscriber control flow or on another peer's stream

        § peer-protocol | 3.1 | RFC 7425 §5.4.1
        PEER-021 | MUST | peer | peer | passive | -
        = Uses a non-zero stream ID in the metadata of subscriber control flows.
        ! metadata 54 43 04 00 on a peer-to-peer play flow

        § peer-protocol | 3.1
        PEER-022 | MUST | peer | peer | active-peer | -
        = Accepts any non-zero stream ID on a subscriber control flow.
        ! rejects a play flow with stream ID 1 or one above 2000000

        § peer-protocol | 3.1 | RFC 7425 §5.4.2
        PEER-023 | MUST | peer | peer | passive | -
        = Associates publisher return flows with the subscriber's control flow and repeats its stream ID.
        ! return flow without association option or with a different stream ID

        § peer-protocol | 3.1
        PEER-024 | MUST | peer | peer | passive | -
        = Sends the stream name in play as an AMF0 String.
        ! stream name behind an avmplus marker

        PEER-025 | MUST | peer | peer | active-peer | -
        = Accepts play as TC type 20 and as type 17 with a leading zero byte.
        ! one of the two forms gets no answer

        PEER-026 | MUST | peer | peer | active-peer | -
        = Ignores extra arguments of play.
        ! play with an additional Number -2000 is rejected

        PEER-027 | MUST | peer | peer | active-peer | -
        = Reports an accepted subscription with onStatus code NetStream.Play.Start.
        ! StreamBegin or media arrives but no NetStream.Play.Start status

        § peer-protocol | 3.1 | RFC 7425 §5.4.2
        PEER-028 | SHOULD | peer | peer | passive | -
        = Sends a StreamBegin user control message on a return flow before other stream messages.
        ! no type 4 event 0 on any return flow

        § peer-protocol | 3.1
        PEER-029 | MUST | peer | peer | active-peer | -
        = Accepts several return flows for one subscription.
        ! messages on a second associated return flow are ignored or the flow is rejected

        § peer-protocol | 3.3
        PEER-030 | MUST | peer | peer | passive | -
        = Sends cmdMsg messages reliably and in order on one flow.
        ! abandoned sequence numbers on the data flow, or cmdMsg spread over several flows

        PEER-031 | MUST | peer | peer | active-peer | -
        = Receives application messages of several megabytes.
        ! a 4 MiB pushPiece is not confirmed

        § peer-protocol | 3.4
        PEER-032 | MUST | peer | peer | passive | -
        = Calls the handler cmdMsg with exactly one object argument.
        ! other handler name, missing or additional arguments

        PEER-033 | SHOULD | peer | peer | passive | -
        = Sends cmdMsg as TC type 15 with a zero format byte.
        ! type 18 on a session between AMF3 peers

        PEER-034 | MUST | peer | peer | active-peer | -
        = Accepts cmdMsg as TC type 15 (format 0) and type 18.
        ! one of the two forms is not processed

        PEER-035 | MUST | peer | peer | active-peer | -
        = Ignores a type 15 message with a non-zero format byte without ending the session.
        ! session closed after such a message

        PEER-036 | MUST | peer | peer | active-peer | -
        = Ignores data messages for handlers other than cmdMsg.
        ! session closed or error after onMetaData, |RtmpSampleAccess or cmdHello

        § peer-protocol | 3.5
        PEER-037 | MUST | peer | peer | passive | -
        = Encodes the envelope as an AMF3 object behind the avmplus marker when it carries byte arrays.
        ! pushPiece or getPiece response whose data is not an AMF3 ByteArray

        PEER-038 | MUST | peer | peer | active-peer | -
        = Accepts AMF3 integer and AMF3 double interchangeably for every numeric member.
        ! a request with double-encoded offset or msg id is not answered correctly

        PEER-039 | MUST | peer | peer | active-peer | -
        = Decodes negative AMF3 integers as 29-bit two's complement.
        ! len -1 is treated as 536870911

        PEER-040 | MUST | peer | peer | active-peer | -
        = Resolves AMF3 string references among names and values of one message.
        ! a message that reuses a name string by reference is misread

        PEER-041 | MUST | peer | peer | active-peer | -
        = Resolves AMF3 object references for Date and ByteArray values.
        ! pushPiece whose second timestamp is a reference to the first is not processed

        PEER-042 | MUST | peer | peer | unit | -
        = Starts AMF3 reference tables afresh for each message.
        ! references carried over from an earlier message

        PEER-043 | MUST | peer | peer | active-peer | -
        = Does not depend on the order of members.
        ! same request with permuted members gets a different reaction

        PEER-044 | MUST | peer | peer | active-peer | -
        = Treats an undefined member like an absent one.
        ! hasChunk with id undefined is not answered

        PEER-045 | MUST | peer | peer | active-peer | -
        = Ignores unknown members.
        ! a request with an extra member foo is not answered

        PEER-046 | SHOULD | peer | peer | active-peer | -
        = Accepts an envelope encoded as a plain AMF0 object.
        ! AMF0-encoded ping is not answered

        PEER-047 | SHOULD | peer | peer | active-peer | -
        = Ignores a cmdMsg whose argument is not an object.
        ! session closed after cmdMsg(42) or cmdMsg(null)

        § peer-protocol | 4.1
        PEER-048 | MUST | peer | peer | passive | -
        = Puts __msg_id and __subtype into every message.
        ! message without one of them

        PEER-049 | MUST | peer | peer | passive | -
        = Sets __type to __req on requests and __resp on responses and pushes.
        ! missing or other value

        § peer-protocol | 4.4
        PEER-050 | MUST | peer | peer | passive | -
        = Omits __type from confirms or at least never relies on it there.
        ! confirm recognised or produced by __type

        § peer-protocol | 4.1
        PEER-051 | MUST | peer | peer | active-peer | -
        = Sets __req_msg_id of a response to the __msg_id of the request answered.
        ! response id does not equal the request's

        PEER-052 | MUST | peer | peer | passive | -
        = Sets __req_msg_id to -1 in pushPiece and pushPieceError.
        ! other value or missing

        § peer-protocol | 4.2 | Q-050
        PEER-053 | MUST | peer | peer | passive | -
        = Never includes __req_msg_id or __resp_confirm in a request.
        ! request carrying one of them

        § peer-protocol | 4.2
        PEER-054 | MUST | peer | peer | active-peer | -
        = Classifies messages by presence of __req_msg_id, then __resp_confirm, else as request.
        ! a confirm that also has __type __req is treated as a request

        PEER-055 | MUST | peer | peer | active-peer | -
        = Ignores requests with an unknown __subtype and keeps the session.
        ! session closed or error answer

        § peer-protocol | 4.3
        PEER-056 | MUST | peer | peer | passive | -
        = Uses each __msg_id at most once per session, except for retransmissions of the identical message.
        ! two different messages with the same id

        PEER-057 | SHOULD | peer | peer | passive | -
        = Numbers messages 0,1,2,... per session with one counter for all classes.
        ! gaps, separate counters, or start other than 0

        PEER-058 | MUST | peer | peer | active-peer | -
        = Matches ids by equality only and does not require them to increase.
        ! messages arriving with ids 5,3,4 are dropped

        § peer-protocol | 4.1
        PEER-059 | MUST | peer | peer | active-peer | -
        = Copies __opacity of a response into __respOpacity of its confirm.
        ! confirm lacks __respOpacity or has another value

        PEER-060 | SHOULD | peer | peer | passive | -
        = Does not send __need_confirm except in goPushMode responses.
        ! member present elsewhere

        § peer-protocol | 5.1
        PEER-061 | SHOULD | peer | peer | passive | -
        = Has at most one unanswered windowed request per session.
        ! second windowed request before the answer to the first

        § peer-protocol | 5.1 | Q-001
        PEER-062 | MUST | peer | peer | active-peer | -
        = Does not retransmit an unanswered windowed request when an immediate answer (ping) arrives.
        ! the same __msg_id is seen twice after the checker answers a ping while holding back another answer

        § peer-protocol | 5.2
        PEER-063 | SHOULD | peer | peer | active-peer | -
        = Has at most one unconfirmed confirm-wanting response or push per session.
        ! second pushPiece arrives while the checker withholds the confirm of the first

        PEER-064 | MUST | peer | peer | active-peer | -
        = Continues with the next queued response when the outstanding one is confirmed.
        ! after a withheld confirm is finally sent (within 30 s) nothing more arrives
        """
}
