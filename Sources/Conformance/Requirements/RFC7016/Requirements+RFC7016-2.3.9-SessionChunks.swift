extension Requirements {
    /// RFC 7016 §2.3.9 to §2.3.18: chunks of open sessions.
    static let rfc7016SessionChunks = """
        § RFC 7016 | 2.3.9
        RFC7016-2.3.9-01 | FACT | either | chunk | active-server | degraded
        = Ping is only valid in an established session in mode 1/2; payload is an arbitrary, possibly empty,
          message.
        ? Ping payload sizes 0,1,10,300 -> replies with identical payload
        ! empty reply or size limit below ~900 bytes

        RFC7016-2.3.9-02 | SHOULD | receiver | timers | active-server | degraded
        = A Ping is answered as immediately as practical.
        ? measure: reply within RTT + 50 ms on loopback
        ! reply delayed to a timer tick (>200 ms)

        § RFC 7016 | 2.3.10
        RFC7016-2.3.10-01 | FACT | receiver | chunk | active-server | interop-fatal
        = Ping Reply carries the Ping message unaltered.
        ? Ping 'hello-ping' -> 41 'hello-ping'
        ! empty or altered echo (breaks mobility verification and PMTU discovery)

        § RFC 7016 | 2.3.11
        RFC7016-2.3.11-01 | FACT | sender | flow | active-server | interop-fatal
        = User Data flags: OPT 0x80, FRA 0x30 (0 whole,1 begin,2 end,3 middle), ABN 0x02, FIN 0x01, others reserved.
        ? send a message as begin/middle/end -> delivered once complete
        ! FRA values swapped

        RFC7016-2.3.11-02 | FACT | sender | flow | active-server | interop-fatal
        = After flags: VLU flowID, VLU sequence number, VLU fsnOffset, options if OPT, then data.
        ? vector userdata-open-flow -> acked
        ! field order wrong

        RFC7016-2.3.11-03 | FACT | sender | flow | active-server | interop-fatal
        = forwardSequenceNumber = sequenceNumber - fsnOffset.
        ? seq 10, fsnOffset 5 after seq 1 -> Ack cum=5, range 10..10
        ! fsn taken as the offset itself, or cum jumps to 10

        RFC7016-2.3.11-04 | FACT | sender | flow | passive | interop-fatal
        = A multi-fragment message is 1-begin, zero or more 3-middle, 2-end with contiguous sequence numbers.
        ? server message larger than MTU: FRA sequence and consecutive numbers
        ! other pattern

        RFC7016-2.3.11-05 | MUST | sender | flow | passive | interop-fatal
        = Sequence numbers of a multi-fragment message are contiguous.
        ? collect the fragments of one large server message: begin..end numbers are consecutive with no other
          message's fragment between
        ! interleaved messages within a flow

        RFC7016-2.3.11-06 | MUST | receiver | flow | active-server | degraded
        = User data of a chunk with ABN set is ignored.
        ? open flow, send seq n ABN=1 with a 'createStream' command as data -> no _result; seq acked
        ! command executed

        RFC7016-2.3.11-07 | FACT | sender | flow | active-server | degraded
        = FIN marks the last sequence number of the flow.
        ? close client stream flow with FIN -> acked; later data on higher seq of that flow not delivered
        ! data above the FIN sequence number is delivered

        RFC7016-2.3.11-08 | FACT | sender | flow | passive | degraded
        = Fragments get contiguous increasing sequence numbers in a flow.
        ? no gaps in a loss-free capture
        ! gaps without loss

        RFC7016-2.3.11-09 | SHOULD | sender | flow | passive | cosmetic
        = The first sequence number of a flow is 1.
        ? first User Data of each server flow has seq 1
        ! starts elsewhere

        RFC7016-2.3.11-10 | MUST | sender | flow | passive | interop-fatal
        = The first sequence number of a flow is greater than zero.
        ? no server User Data chunk ever carries sequence number 0
        ! a flow starts at sequence number 0

        RFC7016-2.3.11-11 | MUST | receiver | flow | active-server | degraded
        = A receiver copes with a flow whose first received sequence number is not 1 (reordering or other start).
        ? open a flow with seq 7, fsnOffset 1 -> Ack cum=7 (0..6 are covered by FSN 6) and the data is delivered
        ! no ack or wrong cum

        RFC7016-2.3.11-12 | FACT | either | flow | unit | degraded
        = Sequence numbers are unbounded and never wrap.
        ? feed the receiver seq 2^32+5 with fsnOffset 1 on a fresh flow -> Ack cum = 2^32+5
        ! Ack names 5 instead of 2^32+5

        RFC7016-2.3.11-13 | MUST NOT | sender | flow | passive | degraded
        = fsnOffset is not zero unless ABN is set.
        ? scan all User Data chunks of the target: fsnOffset 0 only together with ABN
        ! fsnOffset 0 on a data chunk

        RFC7016-2.3.11-14 | MUST NOT | sender | flow | passive | interop-fatal
        = fsnOffset is not greater than the sequence number.
        ? scan all User Data chunks of the target: fsnOffset <= sequence number
        ! negative FSN

        RFC7016-2.3.11-15 | FACT | receiver | flow | active-server | security
        = A chunk with fsnOffset greater than the sequence number is malformed and ignored.
        ? vector userdata-fsnoffset-gt-seq followed by Ping -> no ack movement, Ping Reply
        ! huge FSN from unsigned underflow: all data acked

        RFC7016-2.3.11-16 | FACT | sender | flow | passive | degraded
        = Numbers at or below the FSN will never be (re)sent.
        ? no User Data with seq <= an earlier announced FSN of that flow (except ABN FSN updates)
        ! retransmission below FSN

        RFC7016-2.3.11-17 | FACT | receiver | flow | active-server | degraded
        = An ABN chunk may still carry options and counts as a received sequence number.
        ? open a flow with an ABN chunk carrying metadata (FSN update style) -> flow exists and is acked
        ! flow not created

        RFC7016-2.3.11-18 | FACT | receiver | flow | active-server | degraded
        = Empty userData (zero-length message) is legal.
        ? whole fragment with no data -> acked, no error
        ! treated as abandon or flow rejected

        § RFC 7016 | 2.3.11.1
        RFC7016-2.3.11.1-01 | MUST | either | options | active-server | interop-fatal
        = Both User Data options (0x00 metadata, 0x0a return association) are supported.
        ? connect flow with metadata; stream flow with metadata+association -> accepted
        ! association ignored or misparsed

        RFC7016-2.3.11.1-02 | MUST | receiver | options | active-server | degraded
        = A flow carrying an option type below 8192 that is not understood is rejected.
        ? vector userdata-unknown-low-option -> 5e (code 0) then Ack
        ! flow accepted

        RFC7016-2.3.11.1-03 | MUST | receiver | options | active-server | degraded
        = A flow option of type 8192 or more that is not understood is ignored.
        ? vector userdata-unknown-high-option -> Ack without exception
        ! flow rejected

        RFC7016-2.3.11.1-04 | FACT | receiver | options | active-server | interop-fatal
        = Options may come in any order.
        ? association option before metadata -> accepted
        ! first option assumed to be metadata

        § RFC 7016 | 2.3.11.1.1
        RFC7016-2.3.11.1.1-01 | MUST | sender | flow | passive | interop-fatal
        = Every flow has metadata.
        ? first chunk of every server flow has option 0x00
        ! a target flow opens without option 0x00

        RFC7016-2.3.11.1.1-02 | MUST | sender | flow | active-server | interop-fatal
        = The metadata option is sent with the first User Data chunk of the flow in each packet until the flow is
          acknowledged.
        ? withhold Acks for the server's return flow -> every (re)transmitted packet for that flow starts with OPT
          and metadata
        ! metadata only in the very first packet

        RFC7016-2.3.11.1.1-03 | SHOULD NOT | sender | flow | passive | cosmetic
        = Metadata is not sent more than once per flow per packet.
        ? in every target packet each flow's metadata option appears at most once
        ! repeated in Next User Data

        RFC7016-2.3.11.1.1-04 | SHOULD NOT | sender | flow | active-server | cosmetic
        = Metadata is not sent once the flow has been acknowledged.
        ? after Ack, further packets of that flow have OPT=0
        ! metadata repeated in packets after the flow was acknowledged

        RFC7016-2.3.11.1.1-05 | SHOULD NOT | sender | flow | passive | cosmetic
        = Metadata does not exceed 512 bytes.
        ? metadata option values of all target flows are <= 512 bytes
        ! metadata value above 512 bytes

        RFC7016-2.3.11.1.1-06 | MAY | sender | flow | active-server | degraded
        = Metadata may be empty (zero bytes).
        ? flow with metadata option of length 1 (type only): not 'missing metadata'; profile then decides (RFC7425:
          unknown signature -> reject)
        ! empty metadata crashes the target or is treated as an absent option

        RFC7016-2.3.11.1.1-07 | FACT | either | flow | active-server | degraded
        = Metadata does not change over the life of a flow; a later different value is not re-applied.
        ? open TC stream-0 flow, then send metadata for stream 5 on the same flow -> still treated as stream 0
        ! stream id switched

        § RFC 7016 | 2.3.11.1.2
        RFC7016-2.3.11.1.2-01 | FACT | sender | flow | active-server | interop-fatal
        = The return association option value is the VLU id of a flow sent by the other end.
        ? server's return control flow names the checker's flow id (try id 2, 5 and 300)
        ! own flow id or constant used

        RFC7016-2.3.11.1.2-02 | MUST | sender | flow | active-server | interop-fatal
        = If there is an association it is sent with the first User Data chunk of the flow in each packet until
          acknowledged.
        ? withhold Acks -> option 0x0a present in each retransmission
        ! missing on retransmission

        RFC7016-2.3.11.1.2-03 | SHOULD NOT | sender | flow | passive | cosmetic
        = The association option is not sent more than once per flow per packet, nor after acknowledgement.
        ? in every target packet each flow carries 0x0a at most once
        ! association option twice for one flow in a packet, or after the flow was acknowledged

        RFC7016-2.3.11.1.2-04 | MUST NOT | sender | flow | passive | degraded
        = A flow indicates at most one association.
        ? no option list of the target has two 0x0a options and no flow ever shows two different values
        ! two 0x0a options

        RFC7016-2.3.11.1.2-05 | MUST | sender | flow | passive | degraded
        = The association is indicated on the first transmission and cannot be added later.
        ? first transmitted chunk of each associated flow already has 0x0a; unassociated flows never gain one
        ! first chunk lacks the association and a later one carries it

        RFC7016-2.3.11.1.2-06 | MUST | receiver | flow | active-server | security
        = A new receiving flow whose association does not name one of the receiver's F_OPEN sending flows is
          rejected.
        ? open a stream flow with association 999 -> 5e code 0 + Ack
        ! flow accepted

        RFC7016-2.3.11.1.2-07 | FACT | receiver | flow | active-server | degraded
        = Association ids are in the receiver's sending-flow number space, not the sender's.
        ? associate to the checker's own control flow id when it differs from any server flow id -> rejected
        ! flow accepted although the id names one of the opener's own flows

        RFC7016-2.3.11.1.2-08 | SHOULD NOT | sender | flow | active-server | cosmetic
        = The association option is not sent once the flow has been acknowledged.
        ? Ack the server's return flow, trigger another message on it -> OPT=0 (no 0x0a)
        ! 0x0a still present after an Ack

        § RFC 7016 | 2.3.12
        RFC7016-2.3.12-01 | FACT | sender | flow | active-server | interop-fatal
        = Next User Data has only flags, options if OPT, and data; it inherits flow id and FSN and takes the next
          sequence number.
        ? vector userdata-figure3 shape with commands -> all delivered, Ack covers all
        ! sequence or flow wrong

        RFC7016-2.3.12-02 | MUST | sender | flow | passive | interop-fatal
        = Next User Data follows a User Data or Next User Data chunk in the same packet.
        ? in every target packet a 0x11 chunk is preceded by a 0x10 or 0x11 chunk
        ! first data chunk of a packet is 0x11

        RFC7016-2.3.12-03 | FACT | receiver | flow | active-server | security
        = An orphan Next User Data chunk is ignored.
        ? packet with only 0x11 -> no ack, session alive
        ! applied to last flow of an earlier packet, or crash

        RFC7016-2.3.12-04 | FACT | receiver | flow | active-server | degraded
        = It refers to the most recent data chunk of the packet even if other chunk types lie between.
        ? [User Data seq 5][Ping][Next User Data] -> 5 and 6 acked
        ! lost association

        RFC7016-2.3.12-05 | FACT | receiver | flow | unit | degraded
        = FSN stays that of the preceding User Data (its own fsnOffset is not re-applied to the new number).
        ? seq 10 fsnOffset 2 then Next: FSN 8 for both
        ! FSN advanced by one each time

        RFC7016-2.3.12-06 | FACT | sender | flow | active-server | interop-fatal
        = Next User Data may carry FIN, ABN and FRA bits of its own.
        ? [begin][next end] -> message delivered
        ! flags inherited

        § RFC 7016 | 2.3.13
        RFC7016-2.3.13-01 | FACT | receiver | ack | active-server | degraded
        = Bitmap Ack payload: VLU flow id, VLU buffer blocks, VLU cumAck, bitmap bytes.
        ? feed a bitmap shaped like vector bitmap-ack-figure4 ack to a streaming server with known losses -> only
          the missing numbers are retransmitted
        ! bitmap ignored: acked data retransmitted, window stalls

        RFC7016-2.3.13-02 | FACT | receiver | ack | unit | degraded
        = Bit 0 (LSB) of the first bitmap byte is cumAck+2; bit 7 is cumAck+9.
        ? vector bitmap-ack-figure4
        ! MSB-first or off by one

        RFC7016-2.3.13-03 | SHOULD | receiver | ack | active-server | cosmetic
        = The more compact of Bitmap and Range Ack is chosen.
        ? create alternating losses (5 holes) -> Bitmap shorter; record choice
        ! always Range Ack

        RFC7016-2.3.13-04 | MUST NOT | receiver | ack | active-server | degraded
        = cumulativeAck is not less than the highest FSN received for the flow.
        ? send seq 10 fsn 9 with 2..9 missing -> cumAck >= 9
        ! Ack still reports cumAck 1 with 2..9 missing

        RFC7016-2.3.13-05 | FACT | receiver | ack | passive | degraded
        = bufferBlocksAvailable counts 1024-byte blocks.
        ? fresh flow advertises >= 1; compare with 65536 bytes = 64
        ! bytes instead of blocks

        RFC7016-2.3.13-06 | FACT | sender | ack | active-server | degraded
        = Acks are accepted in either encoding at any time.
        ? alternate 0x50 and 0x51 acks for one flow -> transfer proceeds
        ! 0x50 unsupported

        RFC7016-2.3.13-07 | FACT | receiver | ack | active-server | degraded
        = Acks are only valid in mode 1/2 packets of an established session.
        ? Ack in a mode 3 packet -> no effect
        ! fragments named by an Ack in a mode 3 packet leave the retransmission queue

        § RFC 7016 | 2.3.14
        RFC7016-2.3.14-01 | FACT | receiver | ack | active-server | interop-fatal
        = Range Ack payload: VLU flow id, VLU blocks, VLU cumAck, then pairs (#holes-1, #received-1) as VLUs.
        ? lose packets 17,19,20 of a client flow -> ack bytes as vector range-ack-figure5 shape
        ! off-by-one in either count

        RFC7016-2.3.14-02 | FACT | sender | ack | active-server | degraded
        = A truncated last range does not invalidate the chunk: complete ranges still count.
        ? Range Ack ending in 01 83 -> preceding ranges honoured
        ! whole ack dropped

        RFC7016-2.3.14-03 | FACT | sender | ack | active-server | security
        = Truncation before cumAck invalidates the chunk.
        ? 51 0002 05 7f -> ignored, no crash
        ! crash or cum=0 applied

        RFC7016-2.3.14-04 | MUST NOT | receiver | ack | active-server | degraded
        = cumulativeAck is not less than the highest FSN received.
        ? on a client flow send seq 10 with fsnOffset 1 (fsn 9) while 2..9 are missing -> Range Ack cumAck >= 9
        ! cumAck below 9

        RFC7016-2.3.14-05 | FACT | sender | ack | active-server | security
        = Ranges far beyond anything sent are harmless.
        ? Range Ack with received-1 = 2^40 -> server survives, CPU bounded, unsent data still delivered
        ! hang (loop over range), or unsent data dropped

        RFC7016-2.3.14-06 | SHOULD | receiver | ack | active-server | cosmetic
        = Range Ack is chosen only when it is the more compact encoding.
        ? lose every second packet of 12 on a client flow: Bitmap needs 2 bytes, ranges 10 -> record which of
          0x50/0x51 is sent
        ! Range Ack although Bitmap is shorter

        § RFC 7016 | 2.3.15
        RFC7016-2.3.15-01 | FACT | sender | flow | active-server | degraded
        = Buffer Probe payload is a VLU flow id; sent by the flow's sender.
        ? zero window on a server flow -> 18 <flow> arrives
        ! absent or with extra bytes

        RFC7016-2.3.15-02 | SHOULD | receiver | flow | active-server | interop-fatal
        = A Buffer Probe is answered immediately with an Ack.
        ? 18 <checker control flow> -> Ack for it within 50 ms, no user data needed
        ! no ack, or session closed

        § RFC 7016 | 2.3.16
        RFC7016-2.3.16-01 | FACT | receiver | flow | active-server | interop-fatal
        = Flow Exception Report payload: VLU flow id, VLU exception code.
        ? reject provoked by missing metadata -> 5e <flow> 00
        ! layout wrong

        RFC7016-2.3.16-02 | SHOULD | receiver | flow | active-server | degraded
        = The report precedes every Ack of a rejected flow.
        ? keep sending on a rejected flow -> each Ack packet has 5e before 51 for that flow
        ! exception only once

        RFC7016-2.3.16-03 | MUST | receiver | flow | active-server | cosmetic
        = Automatic rejections use exception code 0.
        ? missing metadata / bad association / unknown low option -> code 0
        ! non-zero code

        RFC7016-2.3.16-04 | MAY | receiver | flow | untestable | cosmetic
        = The application may use any code, including 0.
        - application choice

        § RFC 7016 | 2.3.17
        RFC7016-2.3.17-01 | FACT | either | close | active-server | interop-fatal
        = Session Close Request has an empty payload and is valid in open or closing sessions in mode 1/2.
        ? send 0c 0000 -> 4c
        ! no answer, or an answer other than 4c / closing sequence

        RFC7016-2.3.17-02 | FACT | receiver | close | active-server | degraded
        = A Close chunk with unexpected payload bytes is still a Close (or ignored), never a crash.
        ? 0c 0004 .... -> 4c or silence; server alive
        ! crash, or session left half-open

        § RFC 7016 | 2.3.18
        RFC7016-2.3.18-01 | FACT | either | close | active-server | degraded
        = Session Close Acknowledgement has an empty payload and tells that its sender has terminated the session.
        ? answer to 0c is 4c 0000
        ! 0c answered with 0c
        """
}
