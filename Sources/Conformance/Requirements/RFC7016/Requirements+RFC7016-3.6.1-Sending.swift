extension Requirements {
    /// RFC 7016 §3.6.1, §3.6.2: flows, and the sending end of one.
    static let rfc7016Sending = """
        § RFC 7016 | 3.6.1.1
        RFC7016-3.6.1.1-01 | MAY | sender | flow | active-server | interop-fatal
        = Any flow identifier may be chosen.
        ? open the control flow with ids 2, 0, 1, 300, 2^40 -> all work
        ! only id 2 works

        RFC7016-3.6.1.1-02 | MUST NOT | receiver | flow | active-server | interop-fatal
        = No meaning is attached to a flow id value.
        ? use id 7 for NetConnection and id 2 for a stream -> works, return flows associate to 7
        ! id 2 presumed to be NetConnection; association to the lowest id

        RFC7016-3.6.1.1-03 | FACT | either | flow | active-server | interop-fatal
        = Sending flow ids of the two ends are independent number spaces.
        ? checker uses the same id value as the server's flow -> no confusion
        ! Ack for wrong direction

        RFC7016-3.6.1.1-04 | MUST NOT | sender | flow | passive | degraded
        = A sending flow has at most one return association.
        ? no target flow shows two different return associations
        ! two

        RFC7016-3.6.1.1-05 | FACT | either | flow | active-server | degraded
        = Any number of flows may be associated in return to one receiving flow.
        ? three stream flows associated to the same server control flow -> all accepted
        ! second refused

        RFC7016-3.6.1.1-06 | FACT | either | flow | active-server | degraded
        = Closing one flow does not close its associated flows by itself.
        ? FIN on a stream flow -> control flow and session go on
        ! session closed

        § RFC 7016 | 3.6.1.2
        RFC7016-3.6.1.2-01 | FACT | receiver | flow | active-server | interop-fatal
        = Only complete messages are delivered.
        ? begin fragment only -> no reaction; end fragment later -> command executed once
        ! partial message processed

        RFC7016-3.6.1.2-02 | FACT | receiver | flow | active-server | interop-fatal
        = Original order is recovered from sequence numbers.
        ? send seq 3,2,1 of a fragmented command -> executed; two commands swapped in flight -> responses in queue
          order
        ! order lost

        RFC7016-3.6.1.2-03 | MUST | sender | flow | passive | interop-fatal
        = Sequence numbers of a message exceed those of all earlier messages of the flow.
        ? no sequence number of a target flow is ever re-used for different content (compare retransmissions byte
          for byte)
        ! reuse of numbers for new content

        RFC7016-3.6.1.2-04 | SHOULD | sender | flow | passive | degraded
        = Lower sequence numbers are sent first.
        ? first transmissions of a target flow appear in ascending sequence order
        ! systematic inversion

        RFC7016-3.6.1.2-05 | MUST | receiver | flow | active-server | degraded
        = A gap left by an abandoned message is detected.
        ? seq n abandoned via FSN, n+1 delivered -> later data flows on
        ! stall

        RFC7016-3.6.1.2-06 | SHOULD | sender | flow | passive | degraded
        = An abandoned message still consumes at least one sequence number.
        ? scan for FSN advance over unsent numbers
        ! numbers renumbered

        RFC7016-3.6.1.2-07 | FACT | sender | flow | active-server | interop-fatal
        = Unacknowledged fragments of non-abandoned messages are retransmitted until acknowledged.
        ? drop the server's _result (never ack) -> same seq, same bytes again
        ! never repeated, or repeated with other content/seq

        RFC7016-3.6.1.2-08 | MUST | receiver | flow | untestable | cosmetic
        = A gap indication is communicated to the receiving user.
        - API-level

        RFC7016-3.6.1.2-09 | FACT | either | flow | active-server | degraded
        = There is no ordering between flows.
        ? hold back a stream flow packet; control flow continues
        ! head-of-line blocking across flows

        § RFC 7016 | 3.6.1.3
        RFC7016-3.6.1.3-01 | SHOULD | receiver | ack | active-server | degraded
        = Every sequence number received is acknowledged, accepted flow or not.
        ? rejected flow data -> cumAck advances
        ! not acked

        RFC7016-3.6.1.3-02 | MUST NOT | receiver | ack | active-server | interop-fatal
        = Sequence numbers above the FSN that were not received are never acknowledged.
        ? seq 1 then seq 10 with fsnOffset 5 -> Ack 0..5 and 10 only
        ! cumAck 10 (silent data loss)

        RFC7016-3.6.1.3-03 | FACT | receiver | flow | active-server | degraded
        = A rejecting receiver sends the exception immediately before each Ack of that flow.
        ? keep sending on a rejected flow: each answering packet has 5e <flow> immediately before 51 <flow>
        ! ack without exception

        RFC7016-3.6.1.3-04 | FACT | either | flow | active-server | degraded
        = A completed flow id stays reserved for a time.
        ? after FIN/ack, retransmit the FIN chunk -> plain Ack, no exception, no new flow
        ! new flow started or 5e

        RFC7016-3.6.1.3-05 | SHOULD | sender | flow | active-server | degraded
        = On Flow Exception the sender closes the flow and abandons queued messages.
        ? 5e for a server stream flow -> server sends ABN/FIN for it and stops data
        ! keeps sending data

        RFC7016-3.6.1.3-06 | SHOULD | sender | flow | untestable | cosmetic
        = The sender tells its user about the exception.
        - API-level

        § RFC 7016 | 3.6.2
        RFC7016-3.6.2-01 | FACT | sender | flow | active-server | degraded
        = RX_BUFFER_SIZE is 65536 until the first Ack.
        ? withhold acks of a new server flow with much data -> at most 64 KiB outstanding
        ! more

        RFC7016-3.6.2-02 | FACT | sender | flow | passive | cosmetic
        = NEXT_SN starts at 1.
        ? first User Data of each target flow has sequence number 1
        ! other start

        § RFC 7016 | 3.6.2.1
        RFC7016-3.6.2.1-01 | FACT | sender | flow | active-server | degraded
        = A new flow id is not in use by another sending flow in F_OPEN, F_CLOSING or F_COMPLETE_LINGER.
        ? create/delete streams in a loop -> ids not re-used within 130 s
        ! id re-used at once

        RFC7016-3.6.2.1-02 | SHOULD NOT | sender | flow | active-server | cosmetic
        = No new return flow is opened to a receiving flow that is not RF_OPEN.
        ? close control flow, then trigger server push -> no new associated flow
        ! new flow opened

        RFC7016-3.6.2.1-03 | FACT | sender | flow | active-server | degraded
        = A flow can begin without data by an FSN Update carrying startup options.
        ? open flow with ABN chunk + metadata -> Ack
        ! rejected

        § RFC 7016 | 3.6.2.2
        RFC7016-3.6.2.2-01 | MUST | sender | flow | passive | degraded
        = Fragments are small enough that packet with header, chunk header and startup options does not exceed the
          path MTU.
        ? server datagrams <= 1200..1472 bytes (1280-byte IPv6 minimum advisable)
        ! datagrams above 1500 bytes (IP fragmentation)

        § RFC 7016 | 3.6.2.3
        RFC7016-3.6.2.3-01 | FACT | sender | flow | active-server | degraded
        = A flow is ready to send only if RX_BUFFER_SIZE > F_OUTSTANDING_BYTES or an exception was received.
        ? Ack with bufAvail 0 -> no further data on that flow until a non-zero Ack
        ! keeps sending

        RFC7016-3.6.2.3-02 | MUST NOT | sender | flow | passive | interop-fatal
        = FSN is not greater than any outstanding sequence number.
        ? track outstanding numbers of server flows versus FSN
        ! FSN beyond outstanding non-abandoned data

        RFC7016-3.6.2.3-03 | MUST NOT | sender | flow | passive | interop-fatal
        = FSN is not equal to an outstanding number that was not abandoned when sent.
        ? track unacked, non-ABN numbers of a target flow: FSN never equals one of them
        ! receiver skips data that is in flight

        RFC7016-3.6.2.3-04 | FACT | sender | flow | passive | cosmetic
        = Abandoned fragments carry ABN=1 and no data.
        ? target chunks with ABN=1 have empty userData
        ! data with ABN

        RFC7016-3.6.2.3-05 | FACT | sender | flow | active-server | degraded
        = FIN is set exactly on F_FINAL_SN, including retransmissions.
        ? withhold ack of the final chunk -> retransmission also has FIN
        ! FIN lost on retransmission

        RFC7016-3.6.2.3-06 | FACT | sender | flow | active-server | degraded
        = After an exception the flow may still send its final/abandon chunks whatever the window.
        ? 5e + Ack with bufAvail 0 -> ABN/FIN chunk arrives
        ! flow never completes

        RFC7016-3.6.2.3-07 | FACT | sender | flow | untestable | cosmetic
        = Prioritisation between flows is free.
        - not mandated

        § RFC 7016 | 3.6.2.3.1
        RFC7016-3.6.2.3.1-01 | FACT | sender | flow | active-server | interop-fatal
        = STARTUP_OPTIONS are added to the first User Data chunk of the flow in each packet while unacknowledged.
        ? withhold Acks for the server's return flow: the first chunk of that flow in each packet has OPT with
          metadata and association
        ! options only in the first transmission

        § RFC 7016 | 3.6.2.3.2
        RFC7016-3.6.2.3.2-01 | RECOMMENDED | sender | flow | passive | cosmetic
        = Contiguous fragments in one packet use Next User Data.
        ? two small messages queued together -> 0x10 then 0x11
        ! two 0x10

        RFC7016-3.6.2.3.2-02 | MUST | sender | flow | passive | interop-fatal
        = The first fragment of a flow in a packet is a User Data chunk.
        ? in each target packet the first data chunk of every flow is 0x10
        ! 0x11 first

        § RFC 7016 | 3.6.2.4
        RFC7016-3.6.2.4-01 | FACT | sender | ack | active-server | cosmetic
        = Any Ack for the flow clears STARTUP_OPTIONS and sets RX_BUFFER_SIZE.
        ? Ack cum=0 for the server flow -> later packets have no options
        ! options kept

        RFC7016-3.6.2.4-02 | FACT | sender | ack | active-server | security
        = Only entries that are IN_FLIGHT are removed by an Ack: acknowledging never-sent numbers has no effect.
        ? Range Ack cum=100000 early in a stream -> following messages still arrive
        ! unsent messages dropped (optimistic ack)

        RFC7016-3.6.2.4-03 | FACT | sender | ack | active-server | degraded
        = Acks for unknown flows are ignored.
        ? 51 for flow 999 -> nothing
        ! session error

        RFC7016-3.6.2.4-04 | FACT | sender | ack | active-server | degraded
        = An old Ack (lower cumAck) does not undo progress.
        ? send Ack cum=5 then cum=3 -> no retransmission of 4,5
        ! retransmits

        § RFC 7016 | 3.6.2.5
        RFC7016-3.6.2.5-01 | SHOULD | sender | ack | active-server | degraded
        = A fragment is lost after three negative acknowledgements.
        ? withhold ack for seq n only, ack n+1..n+4 one by one -> n retransmitted after the third later ack, well
          before ERTO
        ! retransmits on first gap or only on timeout

        RFC7016-3.6.2.5-02 | FACT | sender | ack | active-server | cosmetic
        = NAKs are inferred across all flows of the session by transmission order.
        ? lost packet on flow A, acks only for flow B data sent later -> A retransmitted after 3
        ! only same-flow evidence counts

        RFC7016-3.6.2.5-03 | OPTIONAL | sender | ack | active-server | cosmetic
        = NAK counting may use transmission sequence numbers; a retransmitted fragment gets a new one, so old acks
          do not count against it.
        ? after a retransmission of seq n send acks for packets sent BEFORE it -> no further early retransmission of
          n
        ! spurious second retransmission

        § RFC 7016 | 3.6.2.6
        RFC7016-3.6.2.6-01 | FACT | sender | timers | active-server | interop-fatal
        = A fragment outstanding for ERTO is considered lost.
        ? never ack -> retransmission at ERTO
        ! never

        RFC7016-3.6.2.6-02 | OPTIONAL | sender | timers | active-server | cosmetic
        = TIMEOUT_ALARM is restarted by each data transmission and by each ack.
        ? send Acks that acknowledge nothing new every 100 ms: retransmission is postponed (record)
        ! no retransmission at all

        RFC7016-3.6.2.6-03 | REQUIRED | sender | congestion | active-server | degraded
        = The timeout method presumes burst avoidance or a controller that stops when acks never arrive.
        ? never ack anything for 60 s -> total distinct new data stays bounded (about one window), only
          retransmissions continue
        ! new data keeps flowing without any ack

        § RFC 7016 | 3.6.2.7
        RFC7016-3.6.2.7-01 | MUST NOT | sender | flow | passive | interop-fatal
        = An abandoned fragment is never un-abandoned.
        ? a seq once sent with ABN or covered by FSN never carries data later
        ! data later

        RFC7016-3.6.2.7-02 | FACT | sender | flow | passive | degraded
        = Abandoning one fragment abandons all fragments of its message.
        ? partial message loss: FSN covers the whole message
        ! half messages linger

        § RFC 7016 | 3.6.2.7.1
        RFC7016-3.6.2.7.1-01 | SHOULD | sender | flow | active-server | degraded
        = An FSN Update is sent when the receiver has gaps and nothing else is left to send.
        ? subscribe to live media, report permanent loss -> after media lifetime an ABN chunk with fsnOffset 0 or
          data with higher FSN arrives
        ! receiver stuck with a gap

        RFC7016-3.6.2.7.1-02 | FACT | receiver | flow | active-server | interop-fatal
        = A received FSN Update releases held messages behind the gap.
        ? send command in seq 3 with 2 missing, then ABN seq 2 fsnOffset 0 -> command of seq 3 executed
        ! stall until timeout

        § RFC 7016 | 3.6.2.9
        RFC7016-3.6.2.9-01 | MUST NOT | sender | flow | active-server | degraded
        = No new data is sent while F_OUTSTANDING_BYTES >= advertised window (unless exception).
        ? Ack with bufAvail 1 -> at most about 1 KiB (plus one fragment) outstanding
        ! window ignored

        RFC7016-3.6.2.9-02 | FACT | sender | flow | active-server | degraded
        = The window is per flow.
        ? zero window on one flow; another flow of the session continues
        ! all flows stop or none

        § RFC 7016 | 3.6.2.9.1
        RFC7016-3.6.2.9.1-01 | SHOULD | sender | flow | active-server | degraded
        = A suspended sender (window 0, no exception) sends Buffer Probes from time to time.
        ? zero window with data pending -> 18 <flow> within a few seconds
        ! never probes (deadlock if the reopening ack is lost)

        RFC7016-3.6.2.9.1-02 | SHOULD | sender | flow | active-server | cosmetic
        = A probe is sent within one second after the advertisement goes from non-zero to zero.
        ? Ack with bufAvail 0 while data is pending -> first 18 <flow> at most 1 s later (warn, not fail, if it
          comes at ERTO)
        ! first probe only after several seconds

        RFC7016-3.6.2.9.1-03 | MAY | sender | flow | untestable | cosmetic
        = A probe may be sent immediately on transition to zero.
        - permission

        RFC7016-3.6.2.9.1-04 | SHOULD | sender | flow | active-server | degraded
        = Initial probe period is at least max(1 s, ERTO).
        ? interval between first and second probe >= 1 s
        ! faster

        RFC7016-3.6.2.9.1-05 | SHOULD | sender | flow | active-server | cosmetic
        = The probe period increases.
        ? zero window for 30 s: successive Buffer Probe intervals are non-decreasing and the last > the first
        ! constant

        RFC7016-3.6.2.9.1-06 | SHOULD NOT | sender | flow | active-server | cosmetic
        = The probe period does not exceed max(1 minute, ERTO).
        ? zero window for 10 minutes: no probe interval above 60 s
        ! longer

        RFC7016-3.6.2.9.1-07 | SHOULD | sender | flow | active-server | cosmetic
        = Probing stops when the window opens or the flow is rejected.
        ? non-zero Ack -> no more probes; 5e -> no more probes
        ! continues

        § RFC 7016 | 3.6.2.10
        RFC7016-3.6.2.10-01 | FACT | sender | flow | active-server | degraded
        = On Flow Exception Report: close the flow, set EXCEPTION, abandon every queued fragment.
        ? 5e for a server flow -> ABN+FIN chunk with no data; other flows unaffected
        ! data continues or a replacement flow with the same data is opened

        RFC7016-3.6.2.10-02 | FACT | sender | flow | active-server | degraded
        = Exception for an unknown flow is ignored.
        ? 5e for flow 999 -> nothing
        ! session closed

        § RFC 7016 | 3.6.2.11
        RFC7016-3.6.2.11-01 | FACT | sender | flow | passive | degraded
        = Closing sets FIN on the unsent tail fragment or appends an abandoned final fragment.
        ? flow end shows FIN on data or ABN+FIN
        ! no FIN

        RFC7016-3.6.2.11-02 | MUST | sender | flow | active-server | degraded
        = F_COMPLETE_LINGER lasts at least 130 s before the id may be used again.
        ? close stream, create another -> id differs for >= 130 s
        ! id re-used

        RFC7016-3.6.2.11-03 | FACT | sender | flow | active-server | degraded
        = The final fragment is retransmitted until acknowledged.
        ? withhold ack of FIN -> repeated
        ! sent once

        RFC7016-3.6.2.11-04 | MAY | sender | flow | untestable | cosmetic
        = After the linger the flow id may be used again.
        - permission; only the 130 s lower bound is checkable
        """
}
