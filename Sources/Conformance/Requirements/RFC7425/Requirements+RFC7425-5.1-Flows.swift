extension Requirements {
    /// RFC 7425 §5.1, §5.2: flow metadata and messages.
    static let rfc7425Flows = """
        § RFC 7425 | 5.1
        RFC7425-5.1-01 | FACT | either | tinCan-messages | active-server | degraded
        = Message type is 8 bit, timestamp 32 bit wrapping, payload up to 16777215 bytes, stream id up to 16777215
          (RTMP limits).
        ? publish messages with timestamps near 2^32 -> relayed with wraparound
        ! 24-bit truncation

        RFC7425-5.1-02 | SHOULD NOT | sender | tinCan-messages | passive | cosmetic
        = Types 1,2,3,5,6 are not sent in RTMFP flows.
        ? no message of type 1,2,3,5,6 in any TC flow of the target
        ! e.g. Set Chunk Size or Window Ack Size

        RFC7425-5.1-03 | MUST | receiver | tinCan-messages | active-server | degraded
        = Types 1,2,3,5,6 are ignored.
        ? send types 1,2,3,5,6 (also with short payloads) on the control flow, then createStream -> _result
        ! group join side effect, crash or close

        § RFC 7425 | 5.1.1
        RFC7425-5.1.1-01 | FACT | either | tinCan-messages | passive | interop-fatal
        = Each TC flow carries messages of exactly one stream id.
        ? stream commands arrive on flows whose metadata has that id
        ! stream id in message

        RFC7425-5.1.1-02 | FACT | either | tinCan-messages | active-server | interop-fatal
        = TC metadata: 'T','C', flags (SID 04, RXI 01), VLU stream id.
        ? 54 43 04 00 control flow accepted
        ! other layout

        RFC7425-5.1.1-03 | FACT | either | tinCan-messages | active-server | interop-fatal
        = Several flows may serve one stream id (audio, video, data).
        ? publish audio and video on two flows of the same stream -> both relayed
        ! second flow rejected

        RFC7425-5.1.1-04 | FACT | receiver | tinCan-messages | active-server | interop-fatal
        = RXI is only a hint; both values are acceptable.
        ? stream flow with metadata 54 43 05 <id> -> accepted
        ! rejected as unknown flow

        RFC7425-5.1.1-05 | MUST | receiver | tinCan-messages | active-server | degraded
        = A receiver taking network-order delivery copes with out-of-order messages.
        ? RXI=1 flow, audio seq reordered -> no crash; late audio dropped or relayed
        ! crash

        RFC7425-5.1.1-06 | MUST | sender | tinCan-messages | passive | interop-fatal
        = streamIDPresent is set and the stream id present.
        ? every TC metadata of the target has flag 0x04 and a stream id
        ! missing

        RFC7425-5.1.1-07 | SHOULD | receiver | tinCan-messages | active-server | degraded
        = A TC flow without streamIDPresent is rejected.
        ? metadata 54 43 00 -> 5e
        ! accepted as stream 0

        RFC7425-5.1.1-08 | SHOULD | receiver | tinCan-messages | active-server | degraded
        = Unknown metadata signatures are rejected.
        ? metadata 'XX' 04 00 -> 5e
        ! accepted or session closed

        RFC7425-5.1.1-09 | FACT | receiver | tinCan-messages | active-server | degraded
        = Stream ids above 127 (2-byte VLU) work.
        ? open more than 127 streams or use P2P id 2000001 -> flow accepted
        ! 1-byte id assumed

        RFC7425-5.1.1-10 | MUST | sender | tinCan-messages | passive | interop-fatal
        = The stream id VLU follows the flags byte in every TC flow metadata sent.
        ? metadata length >= 4 and VLU parses to the end
        ! VLU missing or trailing bytes

        § RFC 7425 | 5.1.2
        RFC7425-5.1.2-01 | FACT | either | tinCan-messages | active-server | interop-fatal
        = Flow message = 1-byte type, 4-byte big-endian timestamp, payload to the end.
        ? connect command accepted
        ! RTMP-style 3-byte timestamp

        RFC7425-5.1.2-02 | FACT | receiver | tinCan-messages | active-server | degraded
        = Messages shorter than 5 bytes are not TC messages: ignored.
        ? flow messages of 0,1,4 bytes on the control flow, then createStream -> _result
        ! crash or close

        § RFC 7425 | 5.2
        RFC7425-5.2-01 | FACT | either | tinCan-messages | unit | degraded
        = Flow Sync = type 4, event 34, 32-bit syncID, 32-bit count (10-byte payload).
        ? vector tc-flow-sync
        ! other layout

        RFC7425-5.2-02 | MUST | sender | tinCan-messages | passive | cosmetic
        = count is at least 1.
        ? count field of every Flow Sync from the target >= 1
        ! 0

        RFC7425-5.2-03 | SHOULD | sender | tinCan-messages | passive | cosmetic
        = count is at least 2.
        ? count field of every Flow Sync from the target >= 2
        ! 1

        RFC7425-5.2-04 | SHOULD | receiver | tinCan-messages | active-server | degraded
        = Receipt suspends delivery of that flow until count messages with the syncID arrived in the association
          tree.
        ? flows F1,F2: Sync(8,2) on F1, command on F1, wait 500 ms, Sync(8,2) on F2 -> command acts only after the
          second Sync
        ! command acts immediately (barrier ignored)

        RFC7425-5.2-05 | FACT | receiver | tinCan-messages | active-server | degraded
        = count 1 (or 0) does not block.
        ? Sync(9,1) then command -> acts at once
        ! flow blocked for ever

        RFC7425-5.2-06 | FACT | receiver | tinCan-messages | active-server | degraded
        = A barrier whose partner flow is rejected or closed does not wedge the connection.
        ? Sync(8,2) on F1, then FIN F2 without sync -> control flow still works
        ! NetConnection stuck

        RFC7425-5.2-07 | SHOULD NOT | sender | tinCan-messages | untestable | cosmetic
        = Flow Sync is used only when needed.
        - intent

        RFC7425-5.2-08 | FACT | receiver | tinCan-messages | active-server | cosmetic
        = The timestamp of a Flow Sync message is ignored.
        ? Sync(9,1) with timestamp 0xffffffff, then a command -> acts at once
        ! message dropped or delayed because of the timestamp
        """
}
