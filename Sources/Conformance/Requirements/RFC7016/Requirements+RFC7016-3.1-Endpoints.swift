extension Requirements {
    /// RFC 7016 §3.1 to §3.4: endpoints, identity, sessions, packet fragments.
    static let rfc7016Endpoints = """
        § RFC 7016 | 3.1
        RFC7016-3.1-01 | FACT | either | session | active-peer | degraded
        = There is at most one session between a pair of endpoints (identities).
        ? make the peer connect twice to the same fingerprint -> it re-uses the existing session (no second
          IIKeying)
        ! parallel sessions

        RFC7016-3.1-02 | SHOULD | sender | congestion | active-server | degraded
        = Senders that receive TCR indications yield capacity by adjusting congestion parameters.
        ? bulk stream + TCR=1 on every checker packet -> growth per RTT <= max(0.5%,384 bytes)
        ! growth unchanged

        RFC7016-3.1-03 | FACT | receiver | ack | active-server | degraded
        = All data sent on a flow is acknowledged whether or not the flow was accepted.
        ? send seq 1..3 on a rejected flow -> Acks cover 1..3
        ! no Ack for rejected flows (sender retransmits forever)

        RFC7016-3.1-04 | FACT | either | flow | active-server | degraded
        = A flow may be rejected by the receiver at any time, also after acceptance.
        ? exception for a server stream flow in mid-stream -> server stops that flow only
        ! session closed

        § RFC 7016 | 3.2
        RFC7016-3.2-01 | FACT | either | startup | active-server | degraded
        = An EPD may select several identities and several EPDs may select one certificate.
        ? IHello by ancillary data and by server fingerprint (Cumulus-style servers advertise theirs in RHello) ->
          RHello in both cases, same certificate
        ! fingerprint EPD for the server itself refused

        RFC7016-3.2-02 | RECOMMENDED | either | startup | untestable | cosmetic
        = Distinct endpoints do not share an identity.
        - deployment rule

        RFC7016-3.2-03 | MUST | either | flash-crypto | active-server | degraded
        = Certificate, EPD, signature and glare functions are deterministic.
        ? same IHello twice -> same certificate in RHello
        ! certificate changes between RHello answers so that fingerprint checks fail

        RFC7016-3.2-04 | SHOULD | either | flash-crypto | unit | security
        = Canonical EPDs of distinct identities are distinct.
        ? SHA-256 fingerprint
        ! truncated fingerprint

        RFC7016-3.2-05 | MUST | either | startup | unit | interop-fatal
        = Near and far end reach the same glare decision.
        ? vectors glare-*: near_prevails(a,b) xor near_prevails(b,a) for a != b
        ! both or neither yield

        RFC7016-3.2-06 | RECOMMENDED | either | session | active-server | security
        = Session override tests bitwise identity of certificates.
        ? new IIKeying from the same address with the same certificate -> replaces; other certificate -> ignored
        ! override by a different certificate

        RFC7016-3.2-07 | MAY | either | startup | active-server | cosmetic
        = An endpoint may have more than one address.
        ? reach the server through two of its addresses (127.0.0.1 and another local address) -> RHello with the
          same certificate from both
        ! different certificate per address

        § RFC 7016 | 3.3
        RFC7016-3.3-01 | FACT | either | session | active-server | interop-fatal
        = Many sessions share one local socket and are told apart by session ID.
        ? two sessions from one checker port cannot coexist (override rules) but two from two ports do: packets
          interleaved -> both work
        ! replies of one session arrive encrypted for the other or at the wrong port

        RFC7016-3.3-02 | MUST NOT | either | session | active-server | degraded
        = Session ID 0 is never used for an active session.
        ? IIKeying with initiatorSessionID 0 -> ignored
        ! RIKeying sent (to session 0) and session opened

        RFC7016-3.3-03 | MUST NOT | responder | session | active-server | interop-fatal
        = The responder never chooses responderSessionID 0.
        ? repeat handshakes -> RSID never 0
        ! RSID 0

        RFC7016-3.3-04 | FACT | either | session | active-server | interop-fatal
        = An endpoint keeps startup and session traffic from the same address apart (allows introducer role).
        ? IHello to session 0 from the socket of a live session -> RHello/Redirect, session unaffected
        ! live session disturbed

        § RFC 7016 | 3.4
        RFC7016-3.4-01 | SHOULD | sender | chunk | passive | cosmetic
        = Packet fragmentation is only used for unavoidably large packets, i.e. during startup with session ID 0.
        ? no 0x7f in sessions
        ! 0x7f used for user data

        RFC7016-3.4-02 | MUST NOT | sender | chunk | passive | degraded
        = Packet fragmentation does not replace User Data fragmentation.
        ? no 0x7f carrying User Data
        ! target wraps ordinary User Data in 0x7f chunks

        RFC7016-3.4-03 | FACT | receiver | chunk | active-server | degraded
        = Reassembly concatenates fragments 0..final in index order.
        ? fragmented IHello -> RHello
        ! not reassembled (large-certificate clients can not connect)

        RFC7016-3.4-04 | SHOULD | receiver | chunk | active-server | security
        = For session ID 0 reassembly contexts are keyed by source address and packetID.
        ? two checker ports send interleaved fragments with the same packetID -> two RHellos
        ! cross-contamination

        RFC7016-3.4-05 | SHOULD | receiver | chunk | active-server | degraded
        = Up to 60 s are allowed while at least one new fragment arrives per second.
        ? 3 fragments 0.9 s apart -> RHello
        ! discarded early

        RFC7016-3.4-06 | FACT | receiver | chunk | untestable | cosmetic
        = A packet without progress for more than a second may be dropped.
        - permission to drop is implementation choice

        RFC7016-3.4-07 | MUST | receiver | chunk | active-server | degraded
        = A fragment with an empty packetFragment is discarded.
        ? empty final fragment then the real one with the same index -> reassembles from the real one
        ! empty fragment completes or poisons the packet

        RFC7016-3.4-08 | MUST | sender | chunk | passive | degraded
        = Mode of carrying packets equals the mode of the fragmented packet.
        ? mode 3 for startup fragments
        ! fragments of a startup packet travel in mode 1/2, or vice versa

        RFC7016-3.4-09 | MUST | receiver | chunk | active-server | degraded
        = A fragment arriving in a packet whose mode differs from the first fragment's is discarded.
        ? fragment 0 in mode 3, fragment 1 in mode 1 -> no RHello
        ! RHello although the fragments had different modes

        RFC7016-3.4-10 | MUST | receiver | chunk | active-server | security
        = A reassembled packet whose mode differs from its carriers is discarded.
        ? mode 1 packet fragmented in mode 3 carriers -> no effect
        ! processed (mode filter bypass)

        RFC7016-3.4-11 | MUST | sender | congestion | passive | degraded
        = Fragment transmission is rate limited.
        ? measure bytes per 200 ms of a fragmented startup packet
        ! line-rate burst

        RFC7016-3.4-12 | SHOULD NOT | sender | congestion | active-server | degraded
        = Without path information not more than 4380 bytes nor four packets per endpoint per 200 ms.
        ? request RHello storms / large certificate -> at most 4 packets and 4380 bytes in any 200 ms window
        ! five or more packets, or more than 4380 bytes, inside one 200 ms window

        RFC7016-3.4-13 | SHOULD | receiver | chunk | active-server | security
        = The number of concurrent reassembly buffers is limited.
        ? open 10000 distinct packetIDs with fragment 0 only -> server memory bounded, still answers normal IHello
        ! out of memory / deaf

        RFC7016-3.4-14 | SHOULD | receiver | chunk | active-server | security
        = Each reassembly buffer is limited (65536 bytes absent better knowledge).
        ? fragments totalling 1 MB -> dropped; server alive
        ! unbounded growth

        RFC7016-3.4-15 | FACT | receiver | chunk | active-server | security
        = A reassembled packet may itself not be used to nest fragments without bound.
        ? Packet Fragment whose reassembly contains a Packet Fragment -> ignored or bounded
        ! recursion/stack exhaustion

        RFC7016-3.4-16 | FACT | receiver | chunk | active-server | cosmetic
        = Duplicate fragments are harmless.
        ? send fragment 0 twice then 1 -> one RHello
        ! two RHellos or failure
        """
}
