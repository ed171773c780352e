extension Requirements {
    /// RFC 7016 §5 and appendix A: security considerations, examples of congestion control.
    static let rfc7016Security = """
        § RFC 7016 | 5
        RFC7016-5-01 | RECOMMENDED | either | checksum-crypto | untestable | cosmetic
        = CBC block cipher for packet encryption; predictable fields are considered in choosing cipher/mode.
        - design advice; Flash profile fixes the choice

        RFC7016-5-02 | MUST NOT | either | startup | untestable | cosmetic
        = The Default Session Key is not counted on for security.
        - design rule

        RFC7016-5-03 | REQUIRED | either | mobility | active-server | security
        = Address change processing requires cryptographic packet verification with a secret known only to the two
          ends.
        ? with checksum-only sessions: forge 65536 random packets to a session id -> session not moved, not closed
          (16-bit checksum caveat; record)
        ! moved by a forged packet

        RFC7016-5-04 | SHOULD | either | session | active-server | security
        = Implementations guard against unbounded resource use by flows and fragmentation and abort abusive
          sessions.
        ? open 1e5 flows with one chunk each -> server bounded: rejects flows or closes this session; other clients
          unaffected
        ! memory exhaustion

        RFC7016-5-05 | FACT | initiator | redirect | active-peer | security
        = Redirects can be abused to flood victims; candidates and rates are limited.
        ? Redirect naming 100 victim addresses -> at most 24 receive IHellos, each with growing intervals
        ! flood

        RFC7016-5-06 | SHOULD | receiver | checksum-crypto | active-server | security
        = Packet integrity includes anti-replay measures.
        ? record packets of a finished flow, replay after linger with SSEQ on -> no new flow
        ! flow re-created

        RFC7016-5-07 | SHOULD | either | checksum-crypto | untestable | cosmetic
        = Predictability of packet fields is considered when choosing cipher and mode.
        - design advice

        § RFC 7016 | A
        RFC7016-A-01 | OPTIONAL | sender | congestion | active-server | degraded
        = Example algorithm: CWND_INIT per RFC 5681 IW (e.g. 4380), CWND_TIMEDOUT one SMSS.
        ? initial burst <= 4380 bytes (or 10 segments at most)
        ! much larger initial window

        RFC7016-A-02 | OPTIONAL | sender | congestion | active-server | degraded
        = On timeout with loss CWND falls to one segment, without loss to CWND_INIT.
        ? timeout -> next flight is one (two) packet(s)
        ! full window resent at once

        RFC7016-A-03 | OPTIONAL | sender | congestion | unit | cosmetic
        = On loss CWND is cut to 7/8 when sending TC data or in the scalable regime, else 1/2, not below CWND_INIT.
        ? simulate losses at PRE_ACK_OUTSTANDING 60000/70000 with TC_SENT true/false and compare CWND with Figure 25
        ! other factor (record)

        RFC7016-A-04 | OPTIONAL | sender | congestion | unit | cosmetic
        = Growth happens only with acks, no NAKs, and when the window was full.
        ? simulate acks with outstanding < CWND -> CWND unchanged; with a NAK -> unchanged
        ! window grows while application limited

        RFC7016-A-05 | OPTIONAL | sender | congestion | unit | cosmetic
        = FASTGROW is false if TCR was received or TC was sent on any session in the last 800 ms.
        ? simulate TCR 0.5 s ago -> FASTGROW false; 0.9 s ago -> true
        ! other horizon
        """
}
