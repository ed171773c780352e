extension Requirements {
    /// RFC 7016 §3.5.2 to §3.5.5: congestion control, mobility, liveness, MTU, close.
    static let rfc7016Sessions = """
        § RFC 7016 | 3.5.2
        RFC7016-3.5.2-01 | MUST | sender | congestion | active-server | degraded
        = TCP-compatible congestion control is implemented.
        ? subscribe to a bulk stream, acknowledge nothing -> data in flight stays <= initial window; no growth
        ! keeps sending without acks

        RFC7016-3.5.2-02 | SHOULD NOT | sender | congestion | active-server | degraded
        = Not more aggressive than RFC 5681.
        ? ack every packet, plot bytes per RTT: growth <= factor 2 per RTT in slow start
        ! bytes in flight more than double within one round trip

        RFC7016-3.5.2-03 | MUST NOT | sender | congestion | active-server | degraded
        = Not more aggressive than RFC 5681 slow start.
        ? ack every packet at once with RTT 50 ms: bytes per RTT never more than double the previous RTT
        ! bytes in flight more than double within one round trip

        RFC7016-3.5.2-04 | FACT | sender | congestion | active-server | degraded
        = Transmission is allowed only while S_OUTSTANDING_BYTES < congestion window.
        ? withhold acks: total unacked bytes bounded
        ! unacknowledged bytes grow without limit

        RFC7016-3.5.2-05 | FACT | sender | congestion | active-server | degraded
        = Loss (3 NAKs or timeout) shrinks the window.
        ? drop 20% of packets in acks -> rate falls
        ! sending rate unaffected by persistent loss

        § RFC 7016 | 3.5.2.1
        RFC7016-3.5.2.1-01 | MUST | sender | congestion | active-server | degraded
        = With a TCR received in the last 800 ms (and no own TC data) slow start is disabled.
        ? bulk data stream with TCR=1 in all acks: growth is at most additive
        ! doubling continues

        RFC7016-3.5.2.1-02 | SHOULD NOT | sender | congestion | active-server | degraded
        = In that state growth is at most max(0.5%, 384 bytes) per round trip.
        ? bulk flow, TCR=1 in every ack, RTT 100 ms: increase of bytes in flight per RTT <= max(0.5%, 384 bytes)
        ! normal slow start / 1 MSS per RTT growth continues under TCR

        RFC7016-3.5.2.1-03 | FACT | sender | congestion | active-server | cosmetic
        = 800 ms after the last TCR normal growth resumes.
        ? stop TCR -> growth speeds up after about 0.8 s
        ! never resumes

        § RFC 7016 | 3.5.2.2
        RFC7016-3.5.2.2-01 | SHOULD | sender | timers | active-server | degraded
        = ERTO is at least 250 ms.
        ? withhold acks of a server flow after RTT is known (send TSE): first retransmission not before 250 ms
        ! retransmission after e.g. 50 ms

        RFC7016-3.5.2.2-02 | SHOULD | sender | timers | active-server | degraded
        = ERTO allows for a 200 ms delayed ack.
        ? ack every packet after 190 ms -> no spurious retransmission
        ! spurious retransmissions

        RFC7016-3.5.2.2-03 | MUST NOT | sender | timers | active-server | degraded
        = ERTO is not less than the round-trip time.
        ? delay all acks and echoes by 600 ms for a while -> retransmission interval >= 600 ms
        ! retransmits faster than RTT

        RFC7016-3.5.2.2-04 | MUST | either | timers | active-server | degraded
        = The Timestamp Echo facility is implemented.
        ? send packets with TS -> replies contain TSE
        ! never any TSE (peer can not measure RTT)

        RFC7016-3.5.2.2-05 | FACT | either | timers | active-server | degraded
        = TS_RX/TS_RX_TIME are updated only when the received timestamp differs from TS_RX.
        ? send ts=T at t0 and again ts=T at t0+300 ms -> echo = T+75 +-2
        ! echo restarts from T at the second packet

        RFC7016-3.5.2.2-06 | FACT | either | timers | active-server | degraded
        = Echo = (TS_RX + whole 4 ms periods elapsed) mod 65536.
        ? T=0xfff0, reply after 100 ms -> echo about 0x0009
        ! no wraparound

        RFC7016-3.5.2.2-07 | FACT | either | timers | active-server | cosmetic
        = No echo is sent when more than 128 s passed since TS_RX_TIME.
        ? idle 130 s (no TS from checker), provoke a packet -> TSE=0
        ! TSE present with a value based on a timestamp older than 128 s

        RFC7016-3.5.2.2-08 | FACT | either | timers | active-server | cosmetic
        = An echo equal to the previously sent echo is omitted.
        ? two server packets within one tick -> second has TSE=0 (or different value)
        ! same echo repeated (tolerable)

        RFC7016-3.5.2.2-09 | OPTIONAL | sender | timers | passive | cosmetic
        = A timestamp equal to the last one sent is omitted (TS_TX).
        ? send packets in bursts within one 4 ms tick: packets after the first may have TS=0 and must still be
          parsed
        ! packets without TS are dropped or misparsed

        RFC7016-3.5.2.2-10 | FACT | receiver | timers | unit | degraded
        = RTT sample = (now - echo) mod 65536 ticks; values above 32767 are discarded.
        ? vector rtt-erto-sequence
        ! negative RTT treated as huge

        RFC7016-3.5.2.2-11 | OPTIONAL | sender | timers | unit | cosmetic
        = SRTT = 7/8, RTTVAR = 3/4 smoothing; MRTO = SRTT + 4*RTTVAR + 200 ms; ERTO = max(MRTO, 250 ms).
        ? vector rtt-erto-sequence
        ! other constants (record)

        RFC7016-3.5.2.2-12 | OPTIONAL | sender | timers | active-server | degraded
        = Before any measurement MRTO = 250 ms and ERTO = 3 s.
        ? never send TSE: first retransmission of an unacked server message about 3 s after sending
        ! retransmits every 200 ms from the start

        RFC7016-3.5.2.2-13 | OPTIONAL | sender | timers | active-server | degraded
        = On timeout ERTO grows by 1.4142 up to 10 s but not below MRTO.
        ? never ack: retransmission intervals 3, 4.2, 6, 8.5, 10, 10 s (ratio >= 1.3, cap <= 10 s)
        ! constant interval or growth beyond 10 s

        RFC7016-3.5.2.2-14 | FACT | receiver | timers | active-server | security
        = A timestamp echo that was never sent by us must not corrupt RTO (sanity).
        ? send TSE in the future (now+100 ticks) -> ignored; later retransmission timing sane
        ! RTO becomes 262 s

        § RFC 7016 | 3.5.2.3
        RFC7016-3.5.2.3-01 | SHOULD NOT | sender | congestion | active-server | degraded
        = Not more than six packets with user data between acknowledgements/timeouts.
        ? subscribe to bulk data, withhold acks -> at most 6 data packets until an ack or timeout
        ! longer burst

        RFC7016-3.5.2.3-02 | OPTIONAL | sender | congestion | active-server | degraded
        = Burst counter resets on any Ack chunk and on retransmission timeout.
        ? send one Ack -> next burst allowed
        ! transfer stalls after six packets although Acks arrive

        § RFC 7016 | 3.5.3
        RFC7016-3.5.3-01 | FACT | either | mobility | active-server | degraded
        = A session survives a change of the far end's address.
        ? switch to a new socket after connect; answer the verification Ping -> session continues
        ! session lost

        RFC7016-3.5.3-02 | SHOULD | either | mobility | active-server | security
        = DESTADDR is changed only after verification that the far end is really there.
        ? send one valid packet from a second port and do not answer Pings there -> server keeps sending to the old
          port
        ! server switches at once (hijack / DoS)

        RFC7016-3.5.3-03 | FACT | either | mobility | active-server | degraded
        = A packet from a new address is still processed normally.
        ? User Data from the new port -> acked (to old or new address)
        ! User Data from the unverified address neither acked nor delivered

        § RFC 7016 | 3.5.4
        RFC7016-3.5.4-01 | SHOULD | receiver | timers | active-server | interop-fatal
        = A Ping in S_OPEN is answered with a Ping Reply copying the message.
        ? after the handshake send Ping 'abc' -> 0x41 'abc'
        ! no or altered reply

        RFC7016-3.5.4-02 | SHOULD | receiver | timers | active-server | degraded
        = The reply is sent as quickly as possible.
        ? latency < 50 ms on loopback
        ! batched to a timer

        RFC7016-3.5.4-03 | SHOULD NOT | receiver | timers | active-server | degraded
        = The receiver does not interpret the Ping message.
        ? Ping whose message looks like a mobility check ('M'...) -> plain echo, no other effect
        ! special reaction

        RFC7016-3.5.4-04 | MUST | either | timers | passive | degraded
        = A Ping Reply is sent only in response to a Ping.
        ? no unsolicited 0x41 in capture
        ! unsolicited replies

        RFC7016-3.5.4-05 | FACT | receiver | timers | active-server | security
        = An unsolicited Ping Reply is harmless.
        ? send 41 'xyz' -> no reaction, session alive
        ! session closed or address changed

        RFC7016-3.5.4-06 | FACT | receiver | timers | active-server | degraded
        = A Ping is answered in every S_OPEN session, before any application-level connect.
        ? after handshake but before 'connect' send Ping -> Ping Reply
        ! session closed (0x0c) because not 'connected' yet

        RFC7016-3.5.4-07 | FACT | receiver | timers | untestable | cosmetic
        = A Ping too large to fit in one packet may go unanswered.
        - permission

        § RFC 7016 | 3.5.4.1
        RFC7016-3.5.4.1-01 | MAY | either | timers | active-server | degraded
        = An endpoint may declare a session dead after persistent lack of Ping Replies.
        ? stop answering everything -> server eventually drops the session (record time); later Ping with session id
          unanswered
        ! session kept for ever (resource leak)

        RFC7016-3.5.4.1-02 | SHOULD | either | timers | active-server | cosmetic
        = A keepalive Ping has an empty message.
        ? idle until the server pings -> 01 0000 (mobility/PMTU pings excepted)
        ! non-empty

        RFC7016-3.5.4.1-03 | SHOULD NOT | either | timers | active-server | degraded
        = Keepalive Pings are not sent more often than once per ERTO.
        ? do not answer keepalives -> spacing >= ERTO
        ! ping flood

        RFC7016-3.5.4.1-04 | SHOULD | either | timers | active-server | cosmetic
        = ERTO is increased when no reply arrives within ERTO.
        ? unanswered keepalives spaced with backoff
        ! constant spacing

        § RFC 7016 | 3.5.4.2
        RFC7016-3.5.4.2-01 | OPTIONAL | either | mobility | active-server | security
        = After processing a packet from a non-DESTADDR source, at most once per second, a mobility-check Ping is
          sent to that source.
        ? send 5 packets from the new port in 200 ms -> at most one (two) Ping(s) at the new port, none to the old
        ! no verification or ping storm

        RFC7016-3.5.4.2-02 | OPTIONAL | either | mobility | active-server | security
        = The check message contains a marking, a timestamp and a keyed hash over them and the new address.
        ? message is >= 17 bytes, differs for different ports and times, not guessable
        ! predictable token

        RFC7016-3.5.4.2-03 | OPTIONAL | either | mobility | active-server | security
        = A reply is accepted only if hash, source address and timestamp (<= 120 s, newer than the last) are right.
        ? replay the reply from a third port, or after 130 s -> no address change
        ! address changed by replay

        RFC7016-3.5.4.2-04 | OPTIONAL | either | mobility | active-server | degraded
        = On success DESTADDR becomes the source of the Ping Reply.
        ? reply from the new port -> subsequent server packets arrive there
        ! old address kept

        RFC7016-3.5.4.2-05 | FACT | either | mobility | active-server | security
        = Forged Ping Replies with random content from another address do not move the session.
        ? 41 <random 35 bytes> from a new port -> server keeps old DESTADDR
        ! session traffic moves to the forged address

        § RFC 7016 | 3.5.4.3
        RFC7016-3.5.4.3-01 | SHOULD | either | timers | untestable | cosmetic
        = Path MTU discovery is performed.
        - no observable obligation on a lossless loopback path; record presence of Padding+Ping probes

        RFC7016-3.5.4.3-02 | FACT | sender | timers | passive | cosmetic
        = A PMTU probe is a Padding chunk followed by a Ping.
        ? recognise; order Padding before Ping
        ! Ping before Padding

        RFC7016-3.5.4.3-03 | SHOULD | sender | timers | passive | cosmetic
        = The Ping comes after the Padding chunk.
        ? in a recognised PMTU probe of the target the 0x00/0xff chunk precedes the 0x01 chunk
        ! reverse order

        § RFC 7016 | 3.5.5
        RFC7016-3.5.5-01 | FACT | either | close | active-server | degraded
        = Orderly close: enter S_NEARCLOSE and send Close Request at once and every 5 s until Close Ack or 90 s.
        ? provoke server-side close (or use the target's stop hook) and stay silent -> 0c at t=0,5,10,...
        ! sent once, or faster/slower than 5 s

        RFC7016-3.5.5-02 | SHOULD | either | close | active-server | degraded
        = After 90 s in S_NEARCLOSE move to S_CLOSED.
        ? stay silent after the target's first 0c: repeats stop at about 90 s
        ! never stops

        RFC7016-3.5.5-03 | FACT | either | close | active-server | degraded
        = All flows are aborted when leaving S_OPEN; no flow chunks are sent in closing states.
        ? close while a stream plays -> no User Data after 4c
        ! data continues

        RFC7016-3.5.5-04 | FACT | either | close | active-server | cosmetic
        = Abrupt close: send Close Ack and go to S_CLOSED.
        ? kill -TERM the server with sessions open -> 0c.. or 4c observed (record)
        ! silent disappearance

        RFC7016-3.5.5-05 | FACT | receiver | close | active-server | degraded
        = On Close Request in S_OPEN, S_NEARCLOSE or S_FARCLOSE_LINGER a Close Ack is sent.
        ? send 0c -> 4c; send again within 19 s -> 4c again
        ! 0c answered by 0c, or second one unanswered

        RFC7016-3.5.5-06 | FACT | receiver | close | active-server | degraded
        = After the first Close Request the session stays in S_FARCLOSE_LINGER.
        ? after 0c/4c send Ping and User Data -> no Ping Reply, no Ack, but further 0c still answered for about 19 s
        ! session still serving flows

        RFC7016-3.5.5-07 | SHOULD | receiver | close | active-server | degraded
        = Linger lasts at least 19 s and then S_CLOSED.
        ? 0c at t=15 s -> 4c; at t=30 s -> silence
        ! closed immediately (initiator must retransmit 90 s) or never

        RFC7016-3.5.5-08 | FACT | receiver | close | active-server | degraded
        = On Close Ack in S_OPEN/NEARCLOSE/FARCLOSE the session is closed at once.
        ? send 4c -> following Ping unanswered
        ! session continues

        RFC7016-3.5.5-09 | FACT | receiver | close | active-server | cosmetic
        = Close Ack needs no answer.
        ? 4c -> silence tolerated or 4c (rtmfp-cpp); never 0c loop
        ! 0c/4c ping-pong

        RFC7016-3.5.5-10 | FACT | either | close | active-server | cosmetic
        = After S_CLOSED packets for the ID are dropped silently.
        ? Ping after close -> silence
        ! error reply
        """
}
