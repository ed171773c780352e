extension Requirements {
    /// RFC 7016 §3.6.3: the receiving end of a flow.
    static let rfc7016Receiving = """
        § RFC 7016 | 3.6.3.1
        RFC7016-3.6.3.1-01 | FACT | receiver | flow | active-server | interop-fatal
        = A User Data chunk for an unknown flow id starts a new receiving flow.
        ? new id + metadata -> Ack
        ! ignored

        RFC7016-3.6.3.1-02 | MUST | receiver | flow | active-server | degraded
        = A new flow without metadata is rejected.
        ? new id without options -> 5e 0 + Ack
        ! accepted or ignored silently

        RFC7016-3.6.3.1-03 | MUST | receiver | flow | active-server | degraded
        = An association to a non-existing sending flow is rejected.
        ? association 999 -> 5e 0 + Ack
        ! accepted

        RFC7016-3.6.3.1-04 | MUST | receiver | flow | active-server | degraded
        = An association to a sending flow that is not F_OPEN is rejected.
        ? reject the server's control flow (5e) so it closes, then open a flow associated to it -> 5e
        ! accepted

        RFC7016-3.6.3.1-05 | MUST | receiver | flow | active-server | degraded
        = An unrecognised option below 8192 at open is rejected.
        ? open a flow with metadata, valid association and option 0x1fff -> 5e code 0 + Ack
        ! accepted

        RFC7016-3.6.3.1-06 | FACT | receiver | ack | active-server | degraded
        = The opening chunk is acknowledged at once (ACK_NOW).
        ? Ack within 50 ms of the first chunk of a flow
        ! 200 ms delay or none

        RFC7016-3.6.3.1-07 | FACT | receiver | flow | active-server | degraded
        = A rejected flow is still processed far enough to ack and to complete.
        ? FIN on a rejected flow -> acked
        ! ids leak

        § RFC 7016 | 3.6.3.2
        RFC7016-3.6.3.2-01 | MUST | receiver | flow | active-server | degraded
        = An unrecognised option below 8192 on a later chunk of an open flow also rejects it.
        ? established stream flow, later chunk with option 0x1ff0 -> 5e
        ! ignored

        RFC7016-3.6.3.2-02 | FACT | receiver | ack | active-server | cosmetic
        = ACK_NOW when the flow is not RF_OPEN.
        ? data on rejected flow -> Ack < 50 ms
        ! delayed

        RFC7016-3.6.3.2-03 | FACT | receiver | ack | active-server | cosmetic
        = ACK_NOW when the last advertised window was below 2 blocks.
        ? fill the buffer (publish to a paused/stalled consumer) -> immediate acks
        ! delayed

        RFC7016-3.6.3.2-04 | FACT | receiver | ack | active-server | cosmetic
        = ACK_NOW on an abandoned chunk.
        ? ABN chunk -> Ack < 50 ms
        ! delayed

        RFC7016-3.6.3.2-05 | FACT | receiver | ack | active-server | degraded
        = ACK_NOW if there was a gap before the chunk.
        ? gap then another packet -> each acked < 50 ms
        ! delayed

        RFC7016-3.6.3.2-06 | FACT | receiver | ack | active-server | interop-fatal
        = ACK_NOW on a duplicate.
        ? resend seq n -> Ack < 50 ms
        ! no ack (sender keeps retransmitting)

        RFC7016-3.6.3.2-07 | FACT | receiver | ack | active-server | cosmetic
        = ACK_NOW on first receipt of the final sequence number.
        ? FIN chunk -> Ack < 50 ms
        ! delayed

        RFC7016-3.6.3.2-08 | FACT | receiver | flow | active-server | interop-fatal
        = Numbers 0..FSN and the chunk's own number are added to SEQUENCE_SET (nothing more).
        ? vector receiver-fsn-skips-only-to-fsn
        ! over-acknowledgement

        RFC7016-3.6.3.2-09 | FACT | receiver | ack | active-server | degraded
        = ACK_NOW if the chunk creates a gap.
        ? seq n+2 without n+1 -> Ack with range < 50 ms
        ! delayed

        RFC7016-3.6.3.2-10 | FACT | receiver | ack | active-server | degraded
        = Otherwise a delayed ack fires after 200 ms.
        ? one in-order packet -> Ack between 0 and 200 ms (+20 ms slack)
        ! later than 250 ms

        RFC7016-3.6.3.2-11 | FACT | receiver | ack | active-server | degraded
        = Two packets with user data force an ack.
        ? second in-order packet -> Ack < 50 ms covering both
        ! waits 200 ms

        RFC7016-3.6.3.2-12 | FACT | receiver | flow | active-server | interop-fatal
        = Data in a chunk already in SEQUENCE_SET is not delivered twice.
        ? resend createStream chunk -> one _result
        ! two _results

        RFC7016-3.6.3.2-13 | FACT | receiver | flow | active-server | degraded
        = Chunks at or below the FSN are duplicates and are not delivered.
        ? after FSN 5 send data seq 4 -> no delivery, Ack
        ! delivered

        RFC7016-3.6.3.2-14 | FACT | receiver | flow | active-server | degraded
        = RF_FINAL_SN is set by the first FIN seen.
        ? second FIN with another number -> ignored
        ! flow end moves

        § RFC 7016 | 3.6.3.3
        RFC7016-3.6.3.3-01 | MUST NOT | receiver | flow | active-server | degraded
        = Partially received messages are not delivered (unless specially arranged).
        ? begin+middle only, flow closed with FIN -> no command executed
        ! partial delivery

        RFC7016-3.6.3.3-02 | SHOULD | receiver | flow | active-server | degraded
        = Abandoned message segments are removed from RECV_BUFFER.
        ? send begin of a 60 KiB message, then abandon it by FSN -> advertised window recovers
        ! window stays reduced for ever

        RFC7016-3.6.3.3-03 | FACT | receiver | flow | active-server | degraded
        = A segment not starting with begin at or below the CSN is abandoned.
        ? middle/end fragments with the begin skipped by FSN -> dropped, next message delivered
        ! stall or garbage

        RFC7016-3.6.3.3-04 | FACT | receiver | flow | active-server | interop-fatal
        = Messages are delivered in ascending order up to the CSN.
        ? two queued commands A,B whose packets arrive B then A -> responses in order A,B
        ! B first

        RFC7016-3.6.3.3-05 | FACT | receiver | flow | active-server | degraded
        = A new begin while a previous message is incomplete abandons the previous one.
        ? begin A (1), begin B (2), end B (3) all received -> B delivered, A dropped
        ! A and B concatenated

        RFC7016-3.6.3.3-06 | FACT | receiver | flow | active-server | degraded
        = Message size is bounded only by policy: a 16 MiB-1 RTMP message must be possible when resources permit.
        ? publish a 1 MiB data message -> relayed intact
        ! truncated / session closed

        § RFC 7016 | 3.6.3.4
        RFC7016-3.6.3.4-01 | SHOULD | receiver | ack | active-server | degraded
        = All sequence numbers seen are acknowledged.
        ? send seq 1..20 with random losses: union of acked numbers equals the set sent
        ! missing numbers

        § RFC 7016 | 3.6.3.4.1
        RFC7016-3.6.3.4.1-01 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: new flow.
        ? first chunk of a new flow -> Ack within 50 ms
        ! delayed to 200 ms

        RFC7016-3.6.3.4.1-02 | SHOULD | receiver | ack | active-server | cosmetic
        = Immediate ack: flow not RF_OPEN.
        ? second chunk on a rejected flow -> 5e+Ack within 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-03 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: gap existed before the chunk.
        ? with seq 3 missing send seq 5 -> Ack within 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-04 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: chunk leaves a gap.
        ? send seq 3 while 2 is missing -> Ack with a range within 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-05 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: Buffer Probe.
        ? Buffer Probe for an open flow -> Ack within 50 ms
        ! none or session closed

        RFC7016-3.6.3.4.1-06 | SHOULD | receiver | ack | active-server | cosmetic
        = Immediate ack: previous advertisement was below two blocks.
        ? drive the advertised window to 1 block, send one more chunk -> Ack within 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-07 | SHOULD | receiver | ack | active-server | cosmetic
        = Immediate ack: after the chunk less than 1024 bytes of buffer remain (listed here but absent from the step
          list in 3.6.3.2).
        ? fill the receive buffer to within 1 KiB -> Ack < 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-08 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: duplicate sequence number.
        ? resend the last chunk -> Ack within 50 ms
        ! no ack

        RFC7016-3.6.3.4.1-09 | SHOULD | receiver | ack | active-server | cosmetic
        = Immediate ack: first receipt of the final sequence number.
        ? send ABN+FIN -> Ack within 50 ms
        ! delayed

        RFC7016-3.6.3.4.1-10 | SHOULD | receiver | ack | active-server | degraded
        = Immediate ack: every second packet containing user data.
        ? two in-order data packets 10 ms apart after an idle second -> Ack within 50 ms of the second
        ! only at 200 ms

        RFC7016-3.6.3.4.1-11 | SHOULD | receiver | ack | active-server | cosmetic
        = Pending acks are consolidated into a packet that carries another ack.
        ? data on flows A and B in separate packets -> one packet with both acks
        ! two packets

        RFC7016-3.6.3.4.1-12 | SHOULD | receiver | ack | passive | cosmetic
        = Pending acks are piggybacked on outgoing user data if they fit.
        ? _result packet also carries the Ack of the command
        ! separate packet

        RFC7016-3.6.3.4.1-13 | SHOULD | receiver | ack | active-server | degraded
        = No ack is delayed beyond 200 ms.
        ? single packet -> <= 200 ms (+20 ms)
        ! longer

        § RFC 7016 | 3.6.3.4.2
        RFC7016-3.6.3.4.2-01 | FACT | receiver | ack | active-server | degraded
        = An obligatory first ack is truncated to fit the path MTU; piggybacked ones are postponed instead.
        ? create > 700 isolated gaps on one flow -> Ack packet <= MTU and still parses as a prefix of ranges
        ! oversized packet or no ack

        § RFC 7016 | 3.6.3.4.3
        RFC7016-3.6.3.4.3-01 | SHOULD | receiver | ack | active-server | cosmetic
        = The most compact of the two ack formats is used.
        ? create 5 alternating holes: compare length of the ack sent with both possible encodings
        ! longer encoding used

        RFC7016-3.6.3.4.3-02 | FACT | receiver | ack | active-server | cosmetic
        = For a rejected flow the exception chunk is assembled before the ack in the same packet.
        ? data on a rejected flow: one packet with 5e then 51 for the flow
        ! separate packets or reverse order

        § RFC 7016 | 3.6.3.4.5
        RFC7016-3.6.3.4.5-01 | FACT | receiver | ack | active-server | cosmetic
        = All ready flows are acked when ACK_NOW is set; counters are then reset.
        ? two flows with pending acks + one trigger -> both acked
        ! second flow waits

        § RFC 7016 | 3.6.3.5
        RFC7016-3.6.3.5-01 | MUST | receiver | flow | active-server | interop-fatal
        = At least one block is advertised while delivery is not suspended and capacity is non-zero.
        ? overfill with an incomplete huge message -> Acks still say >= 1 block
        ! 0 advertised: deadlock

        RFC7016-3.6.3.5-02 | FACT | receiver | flow | unit | degraded
        = Advertisements are rounded up to 1024-byte blocks.
        ? vectors rwnd-1-0-run (1 block), rwnd-1025-0-run (2 blocks)
        ! rounded down

        RFC7016-3.6.3.5-03 | RECOMMENDED | receiver | flow | unit | degraded
        = bufferBlocksAvailable = CEIL((capacity - buffered)/1024) with the one-block floor.
        ? vectors rwnd-65536-0-run .. rwnd-65536-65536-susp
        ! constant value regardless of buffering

        RFC7016-3.6.3.5-04 | FACT | receiver | flow | active-server | degraded
        = A suspended receiver (user paused) may advertise zero.
        ? Flow Sync hold (count never reached) while flooding the flow -> window shrinks, possibly to 0
        ! unbounded buffering while advertising a full window

        § RFC 7016 | 3.6.3.6
        RFC7016-3.6.3.6-01 | FACT | receiver | flow | active-server | interop-fatal
        = A Buffer Probe for an unknown flow is ignored.
        ? 18 777 -> silence, session alive
        ! session closed

        RFC7016-3.6.3.6-02 | FACT | receiver | flow | active-server | interop-fatal
        = A Buffer Probe for a known flow (open, rejected or lingering) triggers an immediate ack.
        ? 18 for the control flow -> Ack
        ! none, or session closed

        § RFC 7016 | 3.6.3.7
        RFC7016-3.6.3.7-01 | FACT | receiver | flow | active-server | cosmetic
        = Rejecting discards the receive buffer, sets code 0 for automatic rejection, and acks at once.
        ? automatic rejection (missing metadata): 5e code 0 + Ack within 50 ms; buffered data never delivered
        ! non-zero code or late

        RFC7016-3.6.3.7-02 | FACT | receiver | flow | active-server | security
        = Data of a rejected flow is never delivered.
        ? commands on a rejected flow -> no effect
        ! executed

        § RFC 7016 | 3.6.3.8
        RFC7016-3.6.3.8-01 | FACT | receiver | flow | active-server | degraded
        = A flow is complete when all numbers 0..final were received; then ack at once and linger.
        ? FIN with a gap -> not complete; fill the gap -> complete
        ! complete despite gap

        RFC7016-3.6.3.8-02 | SHOULD | receiver | flow | active-server | degraded
        = RF_COMPLETE_LINGER lasts 120 s: retransmissions are acked, no new flow is created.
        ? 60 s after completion resend the FIN chunk -> Ack without exception; resend the opening chunk -> Ack, no
          new flow
        ! new flow/exception

        RFC7016-3.6.3.8-03 | FACT | receiver | flow | active-server | cosmetic
        = After 120 s the id may start a new flow.
        ? at 135 s re-open the same id with metadata -> works as a new flow
        ! id dead for ever
        """
}
