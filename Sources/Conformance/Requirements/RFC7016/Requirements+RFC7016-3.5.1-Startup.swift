extension Requirements {
    /// RFC 7016 §3.5, §3.5.1: session startup.
    static let rfc7016Startup = """
        § RFC 7016 | 3.5
        RFC7016-3.5-01 | FACT | either | session | untestable | cosmetic
        = A session context stores timestamps, RTOs, keys, nonces, far certificate, both session IDs, DESTADDR,
          flows, ack state, state and role.
        - internal bookkeeping; observable only through the rows below

        RFC7016-3.5-02 | FACT | responder | session | active-server | degraded
        = A responder goes straight to S_OPEN when sending RIKeying.
        ? data accepted immediately after RIKeying
        ! waits for an extra packet

        § RFC 7016 | 3.5.1.1
        RFC7016-3.5.1.1-01 | FACT | either | startup | active-server | interop-fatal
        = Startup takes two round trips: IHello/RHello, IIKeying/RIKeying.
        ? count packets until open
        ! extra round trips

        RFC7016-3.5.1.1-02 | FACT | initiator | startup | active-peer | degraded
        = The first acceptable RHello is selected and later ones are ignored.
        ? answer the IHello from two checker ports 20 ms apart -> IIKeying only to the first; second RHello provokes
          nothing
        ! switches to the later RHello

        § RFC 7016 | 3.5.1.1.1
        RFC7016-3.5.1.1.1-01 | RECOMMENDED | initiator | startup | active-peer | degraded
        = The ultimate open timeout is 95 s.
        ? never answer -> retries stop at about 95 s
        ! gives up < 30 s or never

        RFC7016-3.5.1.1.1-02 | FACT | initiator | startup | active-peer | degraded
        = The tag is unique among opening sessions.
        ? two concurrent connections -> two tags
        ! two concurrent openings use one tag

        RFC7016-3.5.1.1.1-03 | RECOMMENDED | initiator | startup | active-peer | security
        = The tag is pseudorandom and at least 8 bytes.
        ? collect 50 tags: length >= 8, no repeats, no counter pattern
        ! short or predictable tags

        RFC7016-3.5.1.1.1-04 | FACT | initiator | startup | active-peer | degraded
        = IHello goes to every candidate address.
        ? URI resolving to two checker addresses, or Redirect with two -> IHello at both
        ! only the first

        RFC7016-3.5.1.1.1-05 | SHOULD NOT | initiator | startup | active-peer | degraded
        = IHello backoff adds at least 1.5 s to the interval at each attempt.
        ? no answer: intervals non-decreasing and each >= previous + 1.5 s (tolerance 10%)
        ! constant or faster retry

        RFC7016-3.5.1.1.1-06 | SHOULD | initiator | startup | active-peer | degraded
        = Backoff is scheduled per candidate address.
        ? Redirect adds a new address after 5 s -> first IHello to it at once
        ! new address has to wait for the old schedule

        RFC7016-3.5.1.1.1-07 | FACT | initiator | redirect | active-peer | degraded
        = Redirects are only honoured in S_IHELLO_SENT.
        ? Redirect after RHello/IIKeying phase -> no new IHello
        ! addresses still used

        RFC7016-3.5.1.1.1-08 | SHOULD NOT | initiator | redirect | active-peer | security
        = REDIRECT_THRESHOLD does not exceed 24 candidates.
        ? Redirects listing 100 addresses (two packets) -> IHellos to at most 24 distinct addresses
        ! flood of all 100

        RFC7016-3.5.1.1.1-09 | FACT | initiator | startup | active-peer | security
        = RHello is accepted only if tag, state, EPD match and certificate authenticity all hold.
        ? RHello with wrong tag; RHello with certificate lacking Accepts Ancillary Data (EPD=URI) -> no IIKeying;
          correct one afterwards -> IIKeying
        ! IIKeying sent for a certificate the EPD does not select

        RFC7016-3.5.1.1.1-10 | SHOULD | initiator | session | active-peer | degraded
        = A duplicate session (same canonical EPD already KEYING_SENT/OPEN) is aborted in favour of the existing
          one.
        ? make the peer connect to the same peer ID under a second address -> no second IIKeying
        ! two sessions

        RFC7016-3.5.1.1.1-11 | FACT | initiator | startup | active-peer | interop-fatal
        = DESTADDR is the source address of the accepted RHello.
        ? answer from a different port than the IHello target -> IIKeying goes to the answering port
        ! IIKeying to the original target

        RFC7016-3.5.1.1.1-12 | FACT | initiator | startup | active-peer | interop-fatal
        = The initiator picks a new unique non-zero receive session ID.
        ? repeat -> distinct ids
        ! id re-used for two live sessions

        RFC7016-3.5.1.1.1-13 | SHOULD NOT | initiator | startup | active-peer | degraded
        = IIKeying backoff adds at least 1.5 s to the interval at each attempt.
        ? answer RHello, ignore IIKeying -> intervals grow by >= 1.5 s
        ! constant or faster

        RFC7016-3.5.1.1.1-14 | FACT | initiator | startup | active-peer | degraded
        = IIKeying retransmissions are identical (same isid, SKIC, cookie).
        ? compare two retransmissions
        ! new key each time (responder can not recognise retransmission)

        RFC7016-3.5.1.1.1-15 | FACT | initiator | startup | active-peer | degraded
        = RIKeying is only accepted for the session's receive ID in S_KEYING_SENT with a valid signature and
          combinable SKRC.
        ? RIKeying with malformed SKRC (no DH key) -> session not opened, IIKeying continues; then a good RIKeying
          -> opens
        ! opens with garbage or aborts

        RFC7016-3.5.1.1.1-16 | FACT | initiator | startup | active-peer | security
        = A second RIKeying after S_OPEN is ignored.
        ? send another RIKeying with a different RSID -> traffic keeps the first RSID
        ! session switched

        RFC7016-3.5.1.1.1-17 | FACT | initiator | session | active-peer | interop-fatal
        = After RIKeying the session keys protect all packets.
        ? next packet decrypts with session keys only
        ! default key still used

        § RFC 7016 | 3.5.1.1.2
        RFC7016-3.5.1.1.2-01 | SHOULD | responder | startup | active-server | interop-fatal
        = An IHello selecting this identity is answered with an RHello to its source address.
        ? vector startup-ihello-uri -> RHello at the sending port
        ! silence or answer elsewhere

        RFC7016-3.5.1.1.2-02 | SHOULD NOT | responder | startup | active-server | security
        = No persistent state is created per IHello.
        ? 1e5 IHellos with random tags -> memory stable; later handshakes work
        ! state per tag (memory exhaustion)

        RFC7016-3.5.1.1.2-03 | MUST | responder | startup | active-server | security
        = The cookie can be recognised as authentic and valid when echoed.
        ? IIKeying with random bytes of the same length as cookie -> silence; with the real cookie -> RIKeying
        ! random cookie accepted

        RFC7016-3.5.1.1.2-04 | SHOULD | responder | startup | active-server | security
        = The cookie depends on the source address of the IHello.
        ? use a cookie from another port -> 0x79, not 0x78 (record)
        ! RIKeying for a foreign-address cookie

        RFC7016-3.5.1.1.2-05 | SHOULD | responder | startup | active-server | security
        = Cookies expire.
        ? IIKeying with a cookie older than 10 minutes -> silence
        ! accepted for ever

        RFC7016-3.5.1.1.2-06 | SHOULD NOT | responder | startup | active-server | degraded
        = Cookie lifetime is not below 95 s.
        ? IIKeying 90 s after RHello -> RIKeying
        ! IIKeying silently ignored 90 s after the RHello

        RFC7016-3.5.1.1.2-07 | FACT | responder | startup | active-server | degraded
        = A repeated IHello (same tag) is answered again.
        ? two identical IHellos -> two RHellos, either cookie usable
        ! second ignored

        RFC7016-3.5.1.1.2-08 | SHOULD | receiver | introduction | active-peer | interop-fatal
        = On FIHello selecting it, an endpoint sends an RHello to replyAddress, or an Implied Redirect, or ignores
          it.
        ? FIHello over the server session with replyAddress = checker port R -> RHello (or Redirect) at R within 1 s
        ! RHello sent to the server instead

        RFC7016-3.5.1.1.2-09 | FACT | responder | startup | active-server | security
        = An IIKeying with an inauthentic or expired cookie is ignored.
        ? forged cookie -> silence
        ! any RIKeying or Cookie Change in answer to a made-up cookie

        RFC7016-3.5.1.1.2-10 | FACT | responder | startup | active-server | security
        = An IIKeying whose certificate is malformed is ignored.
        ? certificate with truncated option -> silence
        ! RIKeying or crash

        RFC7016-3.5.1.1.2-11 | FACT | responder | startup | active-server | degraded
        = An IIKeying with an unacceptable SKIC is ignored.
        ? SKIC without DH option / wrong group -> silence, then a correct IIKeying still works
        ! RIKeying with unusable keys

        RFC7016-3.5.1.1.2-12 | FACT | responder | startup | active-server | interop-fatal
        = A retransmitted IIKeying (same address, isid, certificate, SKIC) makes the responder resend the same
          RIKeying under the Default Session Key to the isid.
        ? send IIKeying twice -> two identical RIKeying chunks, both unscrambling to isid
        ! second lost, different keys, or sent to another session ID

        RFC7016-3.5.1.1.2-13 | FACT | responder | startup | active-server | degraded
        = RIKeying is also resent after the session already carried traffic.
        ? open, exchange Ping, resend IIKeying -> RIKeying again, session continues
        ! session reset or silence (initiator that lost RIKeying stuck)

        RFC7016-3.5.1.1.2-14 | FACT | responder | session | active-server | security
        = An IIKeying from the address of an open session with a non-overriding certificate is ignored.
        ? from the same socket handshake with another certificate -> no RIKeying; old session answers Ping
        ! old session killed or second session opened

        RFC7016-3.5.1.1.2-15 | FACT | responder | session | active-server | degraded
        = An IIKeying from the same address with the identical certificate but new keys replaces the stale session.
        ? same certificate, new isid/SKIC from same socket -> RIKeying; old keys no longer answered; new session
          works
        ! new IIKeying refused (reconnect blocked until timeout)

        RFC7016-3.5.1.1.2-16 | FACT | responder | session | untestable | cosmetic
        = When a session is replaced its flows are aborted with exceptions to the user.
        ? observe publish ends for other subscribers after override
        - application-internal signal

        RFC7016-3.5.1.1.2-17 | FACT | responder | startup | active-server | interop-fatal
        = responderSessionID is new and unique.
        ? two parallel handshakes -> different RSIDs
        ! two live sessions share a responderSessionID

        RFC7016-3.5.1.1.2-18 | FACT | responder | session | active-server | interop-fatal
        = DESTADDR of the new session is the source of the IIKeying packet.
        ? IHello from port A, Cookie Change path, IIKeying from B -> RIKeying and session traffic at B
        ! session packets go to port A

        § RFC 7016 | 3.5.1.2
        RFC7016-3.5.1.2-01 | SHOULD | responder | startup | active-server | degraded
        = A cookie that is authentic but bound to another address triggers Cookie Change to the IIKeying source.
        ? IHello from port A, IIKeying with the cookie from port B -> 0x79 at B (RIKeying tolerated where cookies
          are not address-bound)
        ! neither Cookie Change nor RIKeying at B

        RFC7016-3.5.1.2-02 | FACT | initiator | startup | active-peer | security
        = Cookie Change is honoured only in S_KEYING_SENT and only if oldCookie matches.
        ? Cookie Change with wrong oldCookie -> ignored (old cookie retransmitted)
        ! new cookie used although oldCookie did not match

        RFC7016-3.5.1.2-03 | SHOULD NOT | initiator | startup | active-peer | degraded
        = The cookie is changed at most once per session.
        ? two successive Cookie Changes -> only the first is followed
        ! every further Cookie Change is followed (endless loop)

        RFC7016-3.5.1.2-04 | FACT | initiator | startup | active-peer | cosmetic
        = The new IIKeying keeps isid and SKIC (only cookie and signature change).
        ? compare IIKeying before and after Cookie Change: isid, certificate and SKIC identical, cookie different
        ! new keys (allowed but wasteful)

        § RFC 7016 | 3.5.1.3
        RFC7016-3.5.1.3-01 | FACT | either | startup | active-peer | interop-fatal
        = Glare: an IIKeying from an address that is a destination of an opening session is resolved by certificate
          comparison.
        ? while the peer is opening to checker address X, send IIKeying from X with certificate greater/less than
          the peer's
        ! both sessions survive or both die

        RFC7016-3.5.1.3-02 | FACT | either | startup | active-peer | degraded
        = If the near end prevails, the received IIKeying is discarded.
        ? checker certificate ordered after the peer's -> no RIKeying; peer's own IIKeying continues
        ! RIKeying sent

        RFC7016-3.5.1.3-03 | FACT | either | startup | active-peer | degraded
        = If the far end prevails, the near opening session is aborted (if overridden) and the IIKeying is processed
          normally.
        ? checker certificate ordered before -> RIKeying arrives, peer stops its own IIKeying
        ! two sessions or deadlock

        § RFC 7016 | 3.5.1.4
        RFC7016-3.5.1.4-01 | MAY | initiator | redirect | untestable | cosmetic
        = An initiator may use a Redirector to learn addresses.
        - option of the initiator

        RFC7016-3.5.1.4-02 | FACT | redirector | redirect | active-server | interop-fatal
        = On IHello for a known other endpoint a Redirector answers with one or more addresses.
        ? register T (setPeerInfo), IHello for T's fingerprint -> Redirect containing T's observed address
        ! no Redirect, or an empty one

        RFC7016-3.5.1.4-03 | FACT | redirector | redirect | active-server | degraded
        = An IHello for an unknown endpoint is not answered with an empty Redirect.
        ? IHello for a random fingerprint -> silence (an empty list would mean Implied Redirect to the server
          itself)
        ! Redirect with zero addresses

        RFC7016-3.5.1.4-04 | SHOULD NOT | redirector | redirect | passive | degraded
        = Redirectors do not initiate sessions to endpoints that may use them as candidates.
        ? server never sends IHello/IIKeying to clients
        ! server-initiated startup

        RFC7016-3.5.1.4-05 | FACT | redirector | redirect | active-server | interop-fatal
        = The Redirect is sent to the source address of the IHello.
        ? Redirect is received on the socket that sent the IHello, not on the socket of the requester's server
          session
        ! Redirect arrives at the session's socket instead of the IHello's

        § RFC 7016 | 3.5.1.5
        RFC7016-3.5.1.5-01 | MAY | forwarder | introduction | untestable | cosmetic
        = A Forwarder address may be a candidate for another endpoint.
        - deployment

        RFC7016-3.5.1.5-02 | FACT | forwarder | introduction | active-server | interop-fatal
        = A Forwarder with an open session matching the EPD sends FIHello over that session.
        ? as 3.5.1.4 -> FIHello at T
        ! none (NATed peers unreachable)

        RFC7016-3.5.1.5-03 | FACT | forwarder | introduction | active-server | interop-fatal
        = Tag, EPD and source address of the IHello are the FIHello's tag, EPD, replyAddress.
        ? compare all three byte-for-byte
        ! tag, EPD or replyAddress differs from the IHello (rebuilt EPD, fixed tag length, rotated address)

        RFC7016-3.5.1.5-04 | FACT | forwarder | introduction | active-server | degraded
        = Each IHello retransmission is forwarded again.
        ? send IHello 3 times at 1 s -> 3 FIHellos
        ! only first forwarded (loss not repaired)

        RFC7016-3.5.1.5-05 | MAY | receiver | introduction | active-peer | cosmetic
        = A responder may use a Forwarder to receive FIHello.
        ? send FIHello in a session that is NOT the peer's server session -> record (answer or ignore)
        ! crash

        § RFC 7016 | 3.5.1.6
        RFC7016-3.5.1.6-01 | FACT | forwarder | introduction | active-server | degraded
        = An introduction service records the responder's DESTADDR as its public address.
        ? T behind a second socket address after verified mobility -> Redirect lists the new address
        ! Redirect still lists the address used before the move

        RFC7016-3.5.1.6-02 | MAY | forwarder | introduction | active-server | cosmetic
        = It may also record self-reported addresses.
        ? setPeerInfo with 10.9.8.7:1234 -> that address appears in the Redirect (record)
        ! reported address replaces the observed one

        RFC7016-3.5.1.6-03 | FACT | redirector | introduction | active-server | interop-fatal
        = The Redirect contains at least the responder's public address as observed.
        ? first or any address equals T's socket
        ! only reported addresses

        RFC7016-3.5.1.6-04 | FACT | forwarder | introduction | active-server | interop-fatal
        = Both Redirect and FIHello are sent for one IHello so both NATs open.
        ? one IHello -> one Redirect and one FIHello
        ! only one of them

        § RFC 7016 | 3.5.1.7
        RFC7016-3.5.1.7-01 | FACT | initiator | startup | active-peer | degraded
        = Parallel open: the earliest acceptable RHello wins; dead candidates do no harm.
        ? two candidates, one silent -> session opens with the live one within one retry interval
        ! waits for the dead one
        """
}
