extension Requirements {
    /// RFC 7016 §2.3 to §2.3.8: chunks in general, and those of session startup.
    static let rfc7016StartupChunks = """
        § RFC 7016 | 2.3
        RFC7016-2.3-01 | FACT | either | chunk | active-server | interop-fatal
        = Chunk header = 1-byte type, 2-byte big-endian payload length (length excludes the 3 header bytes); payload
          may be empty.
        ? two chunks back to back; second is found at 3+length
        ! length includes header

        RFC7016-2.3-02 | FACT | either | chunk | passive | interop-fatal
        = Type codes: 7f fragment, 30 IHello, 0f FIHello, 70 RHello, 71 Redirect, 79 Cookie Change, 38 IIKeying, 78
          RIKeying, 01 Ping, 41 Ping Reply, 10/11 User Data/Next, 50/51 Bitmap/Range Ack, 18 Buffer Probe, 5e
          Exception, 0c Close, 4c Close Ack, 00/ff Padding.
        ? decode capture with this table only
        ! unknown codes used for core functions

        RFC7016-2.3-03 | MUST | receiver | chunk | active-server | interop-fatal
        = Chunks with an unrecognized type code are ignored.
        ? [0xc7 'junk'][Ping] -> Ping Reply; also in a startup packet [0xc7][IHello] -> RHello
        ! packet aborted or session closed

        RFC7016-2.3-04 | MUST | receiver | chunk | active-server | degraded
        = A chunk in a packet of an inappropriate mode is ignored.
        ? [IHello][Ping 'x'] in one mode 1 packet -> only Ping Reply 'x'
        ! RHello sent, or whole packet dropped

        RFC7016-2.3-05 | SHALL | receiver | chunk | active-server | degraded
        = A malformed chunk is treated as absent and parsing continues with the next chunk.
        ? [User Data truncated inside VLU][Ping 'x'] -> Ping Reply 'x'
        ! following chunk lost

        RFC7016-2.3-06 | FACT | receiver | chunk | active-server | degraded
        = 0xff with a length is a Padding CHUNK: skip its length and go on (it does not end the packet).
        ? [ff 0008 ........][Ping 'pmtu'] -> Ping Reply 'pmtu'
        ! 0xff treated as end of packet (no reply)

        RFC7016-2.3-07 | FACT | receiver | chunk | active-server | degraded
        = 0x00 is a Padding chunk, skipped by its length.
        ? [00 0008 ........][Ping 'pmtu'] -> Ping Reply
        ! treated as end or error

        RFC7016-2.3-08 | FACT | receiver | chunk | active-server | degraded
        = Several chunks of the same kind in one packet are all processed in order.
        ? two User Data chunks for different flows in one packet -> both acked
        ! second ignored

        § RFC 7016 | 2.3.1
        RFC7016-2.3.1-01 | FACT | either | chunk | unit | interop-fatal
        = Packet Fragment payload: M bit (0x80) + 7 reserved bits, VLU packetID, VLU fragmentNum, then fragment
          bytes.
        ? vector packet-fragments
        ! field order wrong

        RFC7016-2.3.1-02 | FACT | sender | chunk | passive | interop-fatal
        = M is set on all fragments but the last.
        ? reassemble a fragmented RHello/IIKeying
        ! last fragment with M set

        RFC7016-2.3.1-03 | MUST | sender | chunk | passive | interop-fatal
        = The first fragment has index 0 and fragments are numbered consecutively.
        ? observe a fragmented startup packet (large certificate)
        ! starts at 1 or skips

        RFC7016-2.3.1-04 | FACT | sender | chunk | passive | interop-fatal
        = All fragments of one packet share the packetID.
        ? reassemble a fragmented startup packet from the target: all 0x7f chunks of it carry one packetID, the next
          packet another
        ! different IDs

        RFC7016-2.3.1-05 | MUST NOT | sender | chunk | passive | cosmetic
        = A packetFragment must not be empty.
        ? no zero-length fragment in capture
        ! empty fragment

        RFC7016-2.3.1-06 | MUST | receiver | chunk | active-server | degraded
        = Fragments arriving out of order are reassembled by index.
        ? send an IHello packet split in 3 fragments in order 2,0,1 -> RHello
        ! fragments only reassembled when they arrive in order

        § RFC 7016 | 2.3.2
        RFC7016-2.3.2-01 | FACT | initiator | startup | active-server | interop-fatal
        = IHello payload: VLU epdLength, EPD bytes, remaining bytes are the tag.
        ? vector startup-ihello-uri -> RHello with same tag
        ! fixed offsets (e.g. 16-byte tag or 1-byte EPD length)

        RFC7016-2.3.2-02 | FACT | either | startup | active-server | degraded
        = IHello is only allowed in mode 3 packets to session ID 0 under the Default Session Key.
        ? IHello to a live session ID with default key, mode 3 -> no RHello
        ! RHello to an IHello sent to a live session ID

        RFC7016-2.3.2-03 | FACT | receiver | startup | active-server | security
        = epdLength larger than the chunk makes the chunk malformed.
        ? IHello with epdLength 0x7f in a 20-byte chunk -> silence, server alive
        ! crash / RHello with garbage tag

        RFC7016-2.3.2-04 | FACT | responder | startup | active-server | degraded
        = An IHello whose EPD is empty selects nobody.
        ? epdLength 0 + tag -> silence
        ! RHello to an IHello without any endpoint discriminator

        § RFC 7016 | 2.3.3
        RFC7016-2.3.3-01 | FACT | forwarder | introduction | active-server | interop-fatal
        = FIHello payload: VLU epdLength, EPD, replyAddress, remaining bytes tag.
        ? register peer T, IHello for T's fingerprint -> FIHello at T parses with vector layout
        ! field order wrong; fixed tag length

        RFC7016-2.3.3-02 | FACT | forwarder | introduction | active-server | interop-fatal
        = FIHello is only allowed in mode 1/2 packets of an established session.
        ? FIHello arrives in a mode 2 session packet
        ! sent as startup packet

        RFC7016-2.3.3-03 | MAY | receiver | introduction | active-peer | degraded
        = The receiver may treat FIHello as an IHello received from replyAddress.
        ? checker-server sends FIHello with replyAddress R -> RHello, Redirect or nothing at R
        ! answers go to the server instead of R

        RFC7016-2.3.3-04 | MAY | receiver | introduction | active-peer | cosmetic
        = If selected, the receiver may answer replyAddress with an Implied Redirect.
        ? checker-server sends FIHello with replyAddress R: a 0x71 with zero addresses at R is acceptable instead of
          0x70
        ! Redirect listing unrelated addresses

        RFC7016-2.3.3-05 | FACT | forwarder | introduction | active-server | degraded
        = The EPD in FIHello is copied byte-for-byte from the IHello.
        ? IHello EPD = fingerprint option + unknown option 0x7e -> FIHello carries both options
        ! EPD rebuilt as canonical only

        RFC7016-2.3.3-06 | FACT | forwarder | introduction | active-server | interop-fatal
        = The tag in FIHello is copied unmodified, whatever its length.
        ? IHello with 8- and 40-byte tags -> FIHello tag identical
        ! 16-byte tag assumed

        RFC7016-2.3.3-07 | FACT | forwarder | introduction | active-server | interop-fatal
        = replyAddress is the source address of the IHello as seen by the forwarder.
        ? compare FIHello replyAddress with the checker's IHello socket
        ! another known address of the initiator (or 0.0.0.0)

        § RFC 7016 | 2.3.4
        RFC7016-2.3.4-01 | FACT | responder | startup | active-server | interop-fatal
        = RHello payload: VLU tagLength, tagEcho, VLU cookieLength, cookie, remaining bytes certificate.
        ? parse RHello; certificate parses as option sequence to the very end
        ! misordered or trailing junk

        RFC7016-2.3.4-02 | FACT | responder | startup | active-server | interop-fatal
        = RHello is sent in a mode 3 packet to session ID 0 under the Default Session Key.
        ? unscramble = 0, mode 3
        ! RHello sent to a non-zero session ID, in mode 1/2, or under another key

        RFC7016-2.3.4-03 | FACT | responder | startup | active-server | interop-fatal
        = tagEcho equals the IHello tag exactly.
        ? random tags of lengths 0..200 -> identical echo
        ! altered, truncated or padded tag

        RFC7016-2.3.4-04 | FACT | initiator | startup | active-peer | interop-fatal
        = Cookie length is arbitrary; the initiator echoes whatever it got.
        ? checker-responder sends cookies of 1, 64, 65, 200 bytes -> IIKeying echoes each exactly
        ! only 64-byte cookies supported

        RFC7016-2.3.4-05 | FACT | initiator | startup | active-peer | interop-fatal
        = Certificate length is arbitrary (only options matter).
        ? RHello with a 300-byte certificate (extra randomness, unknown options) -> IIKeying follows
        ! fixed 77-byte certificate expected

        § RFC 7016 | 2.3.5
        RFC7016-2.3.5-01 | FACT | either | redirect | active-server | interop-fatal
        = Redirect payload: VLU tagLength, tagEcho, then zero or more addresses to the end.
        ? introduction request -> parse Redirect to the last byte
        ! address count or trailing bytes

        RFC7016-2.3.5-02 | FACT | either | redirect | active-server | interop-fatal
        = Redirect is sent in a mode 3 packet to session ID 0 under the Default Session Key.
        ? unscramble and decrypt
        ! Redirect sent to a non-zero session ID, in mode 1/2, or under another key

        RFC7016-2.3.5-03 | FACT | initiator | redirect | active-peer | interop-fatal
        = Zero addresses means Implied Redirect: use the packet's source address.
        ? answer IHello from a second checker port with an empty Redirect -> peer sends IHello to that port
        ! empty Redirect ignored, or taken as 'no addresses' and the open attempt given up

        RFC7016-2.3.5-04 | MAY | initiator | redirect | active-peer | cosmetic
        = The receiver may add none, some or all addresses to its candidate set.
        ? Redirect with 2 addresses -> IHello at zero, one or two of them (record)
        ! IHello to an address that was not listed

        RFC7016-2.3.5-05 | FACT | initiator | redirect | active-peer | security
        = A Redirect is matched by tagEcho, not by source address.
        ? Redirect with a wrong tag -> no IHello to listed address; right tag from a different port -> accepted
        ! tag not checked (traffic can be steered)

        RFC7016-2.3.5-06 | FACT | initiator | redirect | active-peer | degraded
        = The initiator keeps trying its original candidates as well as redirected ones.
        ? after Redirect to a dead address, answer at the original -> session opens
        ! only redirected address tried

        § RFC 7016 | 2.3.6
        RFC7016-2.3.6-01 | SHOULD | responder | startup | active-server | degraded
        = A responder sends RHello Cookie Change when the cookie is its own but does not fit the sender's address.
        ? IHello from port A, IIKeying with that cookie from port B -> chunk 0x79 at B (RIKeying tolerated if
          cookies are not address-bound)
        ! silence (mobile/multi-homed initiators can not connect)

        RFC7016-2.3.6-02 | FACT | responder | startup | active-server | interop-fatal
        = Cookie Change is addressed to the initiatorSessionID, mode 3, Default Session Key.
        ? IHello from port A, IIKeying with that cookie from port B: the 0x79 datagram at B unscrambles to
          initiatorSessionID and decrypts with the default key, mode 3
        ! sent to ID 0

        RFC7016-2.3.6-03 | FACT | responder | startup | active-server | interop-fatal
        = Cookie Change payload: VLU oldCookieLen, old cookie, remaining bytes new cookie.
        ? in that 0x79: VLU length = length of the cookie used, bytes equal cookieEcho, remainder non-empty and
          different
        ! layout wrong

        RFC7016-2.3.6-04 | FACT | initiator | startup | active-peer | interop-fatal
        = Old and new cookies may have different lengths.
        ? Cookie Change with a 70-byte new cookie for a 64-byte old one -> IIKeying echoes 70 bytes
        ! fixed 64-byte copy

        RFC7016-2.3.6-05 | SHOULD | initiator | startup | active-peer | interop-fatal
        = On Cookie Change the initiator computes, signs and sends a new IIKeying with the new cookie.
        ? checker-responder answers the first IIKeying with 0x79(old,new) -> a new IIKeying with cookieEcho = new
          within 1 s
        ! old cookie retransmitted

        § RFC 7016 | 2.3.7
        RFC7016-2.3.7-01 | MUST | initiator | startup | active-peer | degraded
        = The initiator obtains a valid cookie before sending IIKeying.
        ? no IIKeying before an RHello was given
        ! IIKeying with empty/forged cookie

        RFC7016-2.3.7-02 | FACT | initiator | startup | active-peer | interop-fatal
        = IIKeying is sent in a mode 3 packet to session ID 0 under the Default Session Key.
        ? checker-responder receives IIKeying: datagram unscrambles to 0, header mode 3, default key
        ! sent to another ID

        RFC7016-2.3.7-03 | FACT | initiator | startup | active-server | interop-fatal
        = IIKeying payload: 32-bit initiatorSessionID, VLU cookieLength, cookieEcho, VLU certLength, certificate,
          VLU skicLength, SKIC, remaining bytes signature.
        ? vector startup-iikeying against the server with a live cookie -> RIKeying
        ! fixed-size fields assumed

        RFC7016-2.3.7-04 | FACT | initiator | startup | active-peer | interop-fatal
        = cookieEcho is the RHello cookie unaltered.
        ? checker-responder issues a random cookie -> IIKeying cookieEcho equals it byte for byte
        ! cookie truncated, padded or re-encoded in cookieEcho

        RFC7016-2.3.7-05 | FACT | responder | startup | active-server | interop-fatal
        = Certificate and SKIC are located through their VLU lengths, whatever options they contain and in whatever
          order.
        ? send IIKeying with extra unknown options in certificate and SKIC, and options in reversed order ->
          RIKeying
        ! only the byte pattern of one client accepted

        RFC7016-2.3.7-06 | FACT | initiator | startup | unit | degraded
        = initiatorSignedParameters are the payload bytes before the signature.
        ? vector signature-simple-password-initiator
        ! signature over other bytes

        RFC7016-2.3.7-07 | FACT | responder | startup | active-server | degraded
        = The signature is everything after the SKIC and may be empty, 'X' or options.
        ? IIKeying with empty signature, 'X', and malformed bytes -> RIKeying in each case (unless signatures are
          required)
        ! connection refused for an empty signature

        § RFC 7016 | 2.3.8
        RFC7016-2.3.8-01 | FACT | responder | startup | active-server | interop-fatal
        = RIKeying is sent to the initiatorSessionID, mode 3, under the Default Session Key.
        ? unscramble = isid; default key decrypts
        ! sent to 0 or under the session key

        RFC7016-2.3.8-02 | FACT | responder | startup | active-server | interop-fatal
        = RIKeying payload: 32-bit responderSessionID, VLU skrcLength, SKRC, remaining bytes signature.
        ? RIKeying chunk: 4-byte id, VLU length, SKRC that parses as options to its end, then the signature; nothing
          left over
        ! layout wrong

        RFC7016-2.3.8-03 | FACT | responder | startup | unit | degraded
        = responderSignedParameters = chunk payload before the signature followed by the received SKIC.
        ? vector signature-simple-password-responder
        ! SKIC not included

        RFC7016-2.3.8-04 | FACT | responder | session | active-server | degraded
        = Once RIKeying is sent the session is open and may carry flows immediately.
        ? send session packet directly after RIKeying -> processed
        ! first packets dropped until some timer

        RFC7016-2.3.8-05 | FACT | initiator | session | active-peer | degraded
        = Once RIKeying is verified the initiator may send flows immediately; early responder packets must not be
          lost for good.
        ? checker sends a session packet right before and right after RIKeying -> peer handles or recovers by
          retransmission
        ! session stalls
        """
}
