extension Requirements {
    /// RFC 7425 §5.3: NetConnection.
    static let rfc7425NetConnection = """
        § RFC 7425 | 5.3
        RFC7425-5.3-01 | MUST NOT | client | netconnection | active-peer | security
        = A client certificate (peer ID) is not used for more than one server connection.
        ? connect twice -> different fingerprints
        ! re-used peer ID

        RFC7425-5.3-02 | FACT | server | netconnection | active-server | security
        = A second connection with an already connected peer ID from another address does not take over the first.
        ? two clients with the same certificate -> second refused or first kept working
        ! first client silently evicted

        RFC7425-5.3-03 | FACT | either | netconnection | active-server | degraded
        = An exception on a NetConnection control sending flow means the other end closed the connection and its
          streams.
        ? 5e for the server control flow -> server closes all flows of this connection; session may idle
        ! connection considered alive

        § RFC 7425 | 5.3.1
        RFC7425-5.3.1-01 | FACT | client | netconnection | active-peer | interop-fatal
        = The client EPD contains the URI as ancillary data.
        ? IHello EPD of the connecting client = option 0x0a with the full rtmfp URI
        ! missing or partial URI

        RFC7425-5.3.1-02 | FACT | client | netconnection | active-peer | interop-fatal
        = The control flow has stream id 0, receive intent 0, no association; 'connect' is the first command.
        ? checker-server sees 54 43 04 00 without 0x0a option and a type 20 (or 17) connect
        ! other stream id, RXI set, an association, or a first command other than connect

        RFC7425-5.3.1-03 | FACT | server | netconnection | active-server | interop-fatal
        = The server accepts the control flow on any flow id.
        ? flow id 7 -> _result
        ! only id 2

        § RFC 7425 | 5.3.2
        RFC7425-5.3.2-01 | FACT | server | netconnection | active-server | interop-fatal
        = The server opens a return flow with stream id 0 associated to the client's control flow and answers
          _result or _error with the same transaction id.
        ? connect tid 1 -> type 20/17 '_result' 1 on a flow with metadata 54 43 04 00 and association = client's
          flow id
        ! no association, wrong association (lowest flow id), wrong tid

        RFC7425-5.3.2-02 | FACT | client | netconnection | active-peer | degraded
        = The first stream-0 return flow associated to the control flow is the canonical one for later associations.
        ? checker opens two return flows; peer's stream flows associate to the first
        ! association names the second flow, or the lowest flow id

        RFC7425-5.3.2-03 | MAY | client | netconnection | active-server | degraded
        = The client may open further stream-0 flows associated to the server's control flow.
        ? second stream-0 flow with association; send createStream on it -> _result
        ! rejected

        RFC7425-5.3.2-04 | FACT | server | netconnection | active-server | degraded
        = A refused connect is answered with _error (NetConnection.Connect.Rejected etc.) before closing.
        ? connect to a bad app (if configured) -> _error delivered reliably
        ! silence or 0c before the message

        RFC7425-5.3.2-05 | FACT | server | netconnection | active-server | security
        = Commands before connect, malformed AMF, or a second connect do not crash the server.
        ? createStream first; connect without object; connect twice; AMF truncated -> error/close of this connection
          only
        ! crash

        § RFC 7425 | 5.3.3
        RFC7425-5.3.3-01 | MUST | client | netconnection | active-peer | interop-fatal
        = After a successful connect the client sends setPeerInfo.
        ? checker-server: setPeerInfo arrives within 1 s of _result
        ! never (server may refuse introduction)

        RFC7425-5.3.3-02 | FACT | client | netconnection | active-peer | interop-fatal
        = setPeerInfo = command, tid 0, Null, zero or more address strings.
        ? decode the client's setPeerInfo: string, number 0, null, strings only
        ! object instead of Null, numbers

        RFC7425-5.3.3-03 | SHOULD | client | netconnection | active-peer | degraded
        = It lists all directly connected interface (and proxy) addresses.
        ? list contains the peer's LAN address:port
        ! empty although addresses exist

        RFC7425-5.3.3-04 | MAY | client | netconnection | active-server | degraded
        = The list may be empty.
        ? setPeerInfo without addresses -> introduction of this client still works
        ! treated as missing

        RFC7425-5.3.3-05 | SHOULD NOT | client | netconnection | active-peer | cosmetic
        = No link-local or loopback addresses.
        ? no 127/8, ::1, fe80::/10, 169.254/16
        ! listed

        RFC7425-5.3.3-06 | SHOULD | client | netconnection | active-peer | cosmetic
        = Type 20 if AMF0 was negotiated, type 17 if AMF3.
        ? negotiate objectEncoding 0 and 3 -> type 20 / 17
        ! reverse

        RFC7425-5.3.3-07 | MUST | sender | netconnection | active-server | interop-fatal
        = A type 17 payload starts with format selector 0.
        ? server's type 17 messages start with 00; checker's 11 00 ... accepted
        ! missing selector

        RFC7425-5.3.3-08 | FACT | server | netconnection | active-server | degraded
        = Type 17 with selector 0 followed by AMF0 objects is understood.
        ? createStream as type 17 -> _result
        ! ignored

        RFC7425-5.3.3-09 | FACT | server | netconnection | active-server | degraded
        = Type 17 with another selector is ignored.
        ? selector 1 -> no effect, no crash
        ! parsed anyway

        RFC7425-5.3.3-10 | FACT | either | netconnection | active-server | degraded
        = IPv6 addresses are bracketed, port decimal after the colon.
        ? '[2001:db8:1::2]:50002' -> appears as IPv6 in Redirect
        ! dropped or misparsed

        RFC7425-5.3.3-11 | FACT | server | netconnection | active-server | security
        = Unparsable strings in the list are skipped.
        ? 'garbage','1.2.3.4:99999','10.9.8.7:1234' -> only the last is used, server alive
        ! crash or all dropped

        RFC7425-5.3.3-12 | FACT | server | netconnection | active-server | degraded
        = A later setPeerInfo replaces the earlier list.
        ? second setPeerInfo -> Redirect shows only new addresses
        ! accumulates

        RFC7425-5.3.3-13 | SHOULD | server | netconnection | untestable | cosmetic
        = Client is assumed NATed iff its observed address is not in the list.
        - internal inference; may show in keepalive values

        RFC7425-5.3.3-14 | SHOULD | client | netconnection | active-peer | cosmetic
        = Type 17 is used for setPeerInfo when AMF3 was negotiated.
        ? answer connect with objectEncoding 3 -> record type (17 expected; librtmfp sends AMF0 arguments in either
          type)
        ! type 20 after an objectEncoding 3 _result, or a type 17 message without its leading 00 format byte

        § RFC 7425 | 5.3.4
        RFC7425-5.3.4-01 | FACT | server | netconnection | active-server | degraded
        = Set Keepalive Timers = type 4, event 41, two 32-bit millisecond periods, on stream 0.
        ? if sent: payload 10 bytes, plausible values (5000..600000)
        ! seconds instead of ms

        RFC7425-5.3.4-02 | MAY | server | netconnection | untestable | cosmetic
        = The server may choose and resend periods at will.
        - permission; record whether sent after setPeerInfo

        RFC7425-5.3.4-03 | MUST | client | netconnection | active-peer | security
        = The client enforces its own minimum periods.
        ? send 1 ms / 1 ms -> peer pings not more often than its minimum
        ! ping flood

        RFC7425-5.3.4-04 | SHOULD | client | netconnection | active-peer | degraded
        = Minimum is at least 5 s.
        ? send Set Keepalive 1 ms/1 ms -> Ping spacing >= 5 s
        ! faster

        RFC7425-5.3.4-05 | MAY | client | netconnection | untestable | cosmetic
        = The client may define maxima.
        - permission

        RFC7425-5.3.4-06 | SHOULD | client | netconnection | active-peer | degraded
        = Server period applies to the server session, peer period to P2P sessions.
        ? send 6000/20000: server pings every 6 s, P2P session every 20 s
        ! one value used for both

        RFC7425-5.3.4-07 | FACT | client | netconnection | active-peer | cosmetic
        = The timestamp of Set Keepalive Timers is ignored.
        ? send it with timestamp 0xffffffff -> periods applied
        ! ignored

        RFC7425-5.3.4-08 | MAY | server | netconnection | active-peer | degraded
        = Set Keepalive Timers may be sent more than once.
        ? send 6000 then 9000 -> the later value governs
        ! first value kept

        § RFC 7425 | 5.3.5
        RFC7425-5.3.5-01 | FACT | either | netconnection | active-server | interop-fatal
        = Additional stream flows are associated to the other side's canonical control flow.
        ? server stream flows carry association = client's control flow id
        ! associated to stream flow or none

        § RFC 7425 | 5.3.5.1
        RFC7425-5.3.5.1-01 | FACT | client | netconnection | active-server | interop-fatal
        = Client stream flows: stream id from createStream, association to the server's control flow.
        ? open a stream flow with association to the server's stream-0 flow -> accepted; without association ->
          record
        ! associated flow rejected

        RFC7425-5.3.5.1-02 | MAY | client | netconnection | active-server | degraded
        = Any number of flows for any stream id (incl. 0) at any time.
        ? five flows for one stream -> accepted
        ! limited to one

        RFC7425-5.3.5.1-03 | FACT | server | netconnection | active-server | degraded
        = A flow for a stream id that was never created is rejected without harming the connection.
        ? stream 99 flow -> 5e; control flow alive
        ! session closed

        § RFC 7425 | 5.3.5.2
        RFC7425-5.3.5.2-01 | FACT | server | netconnection | active-server | interop-fatal
        = Server stream flows: same stream id, associated to the client's control flow.
        ? play -> flows with metadata 54 43 04 <id> or 05, association = client control flow
        ! association missing

        RFC7425-5.3.5.2-02 | MAY | server | netconnection | untestable | cosmetic
        = Any number of server flows.
        - permission

        § RFC 7425 | 5.3.5.3
        RFC7425-5.3.5.3-01 | MAY | either | netconnection | active-server | degraded
        = A non-control sending flow may be closed any time without meaning for the stream.
        ? FIN on the audio flow of a publish, new audio flow -> stream continues
        ! stream unpublished

        RFC7425-5.3.5.3-02 | MAY | either | netconnection | active-server | degraded
        = A non-control receiving flow may be rejected any time.
        ? 5e for one server stream flow -> rest continues
        ! session closed

        RFC7425-5.3.5.3-03 | SHOULD | receiver | netconnection | active-server | cosmetic
        = Rejections use exception code 0.
        ? exception codes sent by the target are 0
        ! a code other than 0

        RFC7425-5.3.5.3-04 | SHOULD NOT | sender | netconnection | active-server | degraded
        = A rejected stream flow is not replaced by a new one.
        ? 5e for the audio flow -> no new flow for audio of that stream
        ! replacement flow (loop)

        RFC7425-5.3.5.3-05 | SHOULD | receiver | netconnection | passive | cosmetic
        = Rejecting one flow of a stream means rejecting all of that stream's flows.
        ? when the target rejects one flow of a stream, all flows of that stream get 5e
        ! partial rejection

        § RFC 7425 | 5.3.6
        RFC7425-5.3.6-01 | FACT | either | netconnection | active-server | degraded
        = Orderly close: close control and stream sending flows; the other end then closes its own.
        ? FIN all client flows -> server sends FIN on its flows (all complete), session may stay or close
        ! server flows stay open

        RFC7425-5.3.6-02 | FACT | either | netconnection | active-server | degraded
        = Abrupt: reject control flows or close the session.
        ? 5e on server control flow or 0c -> server frees connection (publish ends)
        ! ghost connection

        RFC7425-5.3.6-03 | FACT | server | netconnection | active-server | degraded
        = Client disappearance is eventually detected.
        ? stop answering -> publish ends for subscribers within the documented timeout (record)
        ! ghost for ever

        § RFC 7425 | 5.3.7
        RFC7425-5.3.7-01 | FACT | server | netconnection | active-server | interop-fatal
        = createStream returns _result with a numeric stream id != 0.
        ? createStream tid 2 -> _result 2 Null <n>, n >= 1
        ! stream id 0, a string, or _error

        RFC7425-5.3.7-02 | FACT | server | netconnection | active-server | degraded
        = play leads to StreamBegin (type 4 event 0) and NetStream.Play.* onStatus on stream flows.
        ? play -> 04 .. 0000 <stream id> (figure shows it on the stream's flow; stream-0 flow tolerated), onStatus
          Play.Reset/Start
        ! no StreamBegin or no onStatus on a flow of that stream

        RFC7425-5.3.7-03 | FACT | server | netconnection | active-server | degraded
        = publish leads to NetStream.Publish.Start or BadName.
        ? publish -> onStatus on a flow of that stream
        ! no onStatus for publish

        RFC7425-5.3.7-04 | FACT | server | netconnection | active-server | degraded
        = Audio/video/data messages from a publisher reach a player with type, payload and relative timestamps
          intact.
        ? publish types 8,9,18 and 15; second client plays -> same payload
        ! payload or type altered, timestamps not monotonic

        RFC7425-5.3.7-05 | FACT | server | netconnection | active-server | cosmetic
        = Unknown RPC names get _error (tid>0) and do not close the connection.
        ? call 'noSuchMethod' tid 9 -> _error 9
        ! close or silence
        """
}
