extension Requirements {
    /// RFC 7425 §4.4, §4.5: endpoint discriminators, keying components.
    static let rfc7425Keying = """
        § RFC 7425 | 4.4.1
        RFC7425-4.4.1-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = An EPD is a sequence of zero or more options.
        ? EPD with several options in any order -> matched by content
        ! only the first option examined

        § RFC 7425 | 4.4.2
        RFC7425-4.4.2-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = EPD option types: 00 required hostname, 0a ancillary data, 0f fingerprint.
        ? each kind drives selection per 4.4.3
        ! an endpoint selected (or not) contrary to 4.4.3 because another code is expected

        RFC7425-4.4.2-02 | MUST | receiver | flash-crypto | active-server | interop-fatal
        = Unknown EPD option types are ignored.
        ? EPD = 7e 'zz' + ancillary URI -> RHello
        ! silence

        § RFC 7425 | 4.4.2.1
        RFC7425-4.4.2.1-01 | MUST NOT | sender | flash-crypto | passive | cosmetic
        = Required Hostname occurs at most once.
        ? scan IHello of the peer
        ! two 0x00 options in one EPD

        RFC7425-4.4.2.1-02 | FACT | receiver | flash-crypto | unit | cosmetic
        = Hostname comparison is byte-exact.
        ? vector epd-select-hostname-case-differs
        ! case-insensitive

        § RFC 7425 | 4.4.2.2
        RFC7425-4.4.2.2-01 | FACT | client | flash-crypto | active-peer | interop-fatal
        = Ancillary Data is the UTF-8 URI the client connects to.
        ? IHello EPD contains 0a + full URI
        ! only the host or only the path is sent

        RFC7425-4.4.2.2-02 | MUST NOT | sender | flash-crypto | passive | cosmetic
        = Ancillary Data occurs at most once.
        ? IHello of the connecting peer has at most one 0x0a option
        ! two 0x0a options in one EPD

        RFC7425-4.4.2.2-03 | FACT | server | flash-crypto | active-server | interop-fatal
        = URIs longer than 125 bytes (2-byte option length) work.
        ? startup-ihello-long-uri -> RHello with right tag
        ! tag shifted or silence

        RFC7425-4.4.2.2-04 | FACT | server | flash-crypto | active-server | security
        = Odd URIs (empty, no scheme, IPv6 literal, percent escapes) do not crash the server.
        ? ancillary data '', 'x', 'rtmfp://[::1]/a%20b' -> RHello or silence; server alive
        ! crash

        § RFC 7425 | 4.4.2.3
        RFC7425-4.4.2.3-01 | FACT | either | flash-crypto | active-server | security
        = Fingerprint is exactly 32 bytes.
        ? 31- and 33-byte fingerprints -> silence, no over-read
        ! match on prefix, crash

        RFC7425-4.4.2.3-02 | MUST NOT | sender | flash-crypto | passive | cosmetic
        = Fingerprint occurs at most once.
        ? IHello of the connecting peer has at most one 0x0f option
        ! two 0x0f options in one EPD

        § RFC 7425 | 4.4.3
        RFC7425-4.4.3-01 | REQUIRED | receiver | flash-crypto | unit | interop-fatal
        = The selection algorithm of Figure 1 is used.
        ? vectors epd-select-* (19 cases)
        ! any vector's selection result differs

        RFC7425-4.4.3-02 | MUST | sender | flash-crypto | active-server | degraded
        = An EPD needs at least one of the three options to select anything.
        ? empty EPD and unknown-only EPD -> silence
        ! RHello

        RFC7425-4.4.3-03 | FACT | receiver | flash-crypto | active-server | degraded
        = A fingerprint option decides alone.
        ? server fingerprint + unrelated hostname -> RHello; wrong fingerprint + valid URI -> no RHello
          (Redirect/silence)
        ! URI answered despite wrong fingerprint

        RFC7425-4.4.3-04 | REQUIRED | receiver | flash-crypto | active-server | degraded
        = Without fingerprint a required hostname must equal the certificate's.
        ? EPD hostname 'nosuch.example' + URI -> silence
        ! RHello

        RFC7425-4.4.3-05 | REQUIRED | receiver | flash-crypto | active-peer | degraded
        = Without fingerprint, ancillary data needs an Accepts Ancillary Data certificate.
        ? client endpoints (no 0a in their certificate) do not answer IHello with a URI EPD
        ! RHello from a plain client

        § RFC 7425 | 4.4.4
        RFC7425-4.4.4-01 | MUST | either | flash-crypto | passive | degraded
        = The Canonical EPD is 34 bytes: 21 0f fingerprint, with 1-byte VLUs.
        ? peer-to-peer IHello uses 21 0f + 32 bytes
        ! non-minimal or with extra options

        RFC7425-4.4.4-02 | FACT | receiver | flash-crypto | active-server | cosmetic
        = An EPD with a fingerprint option in non-minimal VLU form still selects by 4.4.3 although it is not
          canonical.
        ? IHello for a connected client with EPD 80 21 0f <fp> -> Redirect as usual
        ! silence

        § RFC 7425 | 4.5.1
        RFC7425-4.5.1-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = A keying component is a sequence of options in any order.
        ? SKIC with options permuted (1e,1a,0e,1d) -> session works
        ! fixed order/offset assumed

        RFC7425-4.5.1-02 | FACT | receiver | flash-crypto | active-server | cosmetic
        = Empty options (Markers) in a keying component carry no meaning.
        ? SKIC starting with 00 -> RIKeying
        ! options after the Marker ignored

        § RFC 7425 | 4.5.2
        RFC7425-4.5.2-01 | MUST | receiver | flash-crypto | active-server | interop-fatal
        = Unknown keying option types are ignored (but still hashed).
        ? SKIC with option 7e -> session works (keys computed over all bytes)
        ! rejected, or hashed without it

        RFC7425-4.5.2-02 | FACT | either | flash-crypto | passive | interop-fatal
        = Keying option types: 0d ephemeral key, 0e randomness, 1d group select, 1a HMAC, 1e SSEQ.
        ? SKRC of the target uses only 0d,0e,1a,1e (1d only from initiators) or unknown codes that may be ignored
        ! keying component of the target lacks the needed option or uses other codes

        § RFC 7425 | 4.5.2.1
        RFC7425-4.5.2.1-01 | MUST NOT | sender | flash-crypto | passive | degraded
        = No ephemeral key is sent when the certificate has a static key.
        ? target with static certificate: its keying component has no 0x0d
        ! 0x0d present beside a static certificate key

        RFC7425-4.5.2.1-02 | MUST | sender | flash-crypto | active-server | interop-fatal
        = An ephemeral key is sent when the certificate has no static key.
        ? server certificate ephemeral -> SKRC contains 0d
        ! SKRC without 0x0d

        RFC7425-4.5.2.1-03 | MUST NOT | sender | flash-crypto | passive | degraded
        = It is not sent more than once.
        ? keying component of the target has at most one 0x0d
        ! two 0x0d options

        RFC7425-4.5.2.1-04 | FACT | responder | flash-crypto | active-server | interop-fatal
        = The responder's ephemeral key is in the group chosen by the initiator.
        ? choose group 14 -> SKRC 0d 0e(group 14) with 256-byte key
        ! key of another group, or session dead because group 2 was used internally

        RFC7425-4.5.2.1-05 | FACT | sender | flash-crypto | active-server | security
        = Ephemeral keys are fresh per session.
        ? two handshakes -> different SKRC keys
        ! re-used key (no forward secrecy)

        § RFC 7425 | 4.5.2.2
        RFC7425-4.5.2.2-01 | SHOULD | sender | flash-crypto | active-server | security
        = Extra randomness is 16..64 strong random bytes.
        ? static-DH server: SKRC 0e length within 16..64 and different per session
        ! short or constant

        § RFC 7425 | 4.5.2.3
        RFC7425-4.5.2.3-01 | MUST | initiator | flash-crypto | active-peer | interop-fatal
        = A static initiator sends Group Select.
        ? peer with static certificate: SKIC has 1d
        ! SKIC of a static client without 0x1d

        RFC7425-4.5.2.3-02 | MUST NOT | initiator | flash-crypto | passive | degraded
        = Group Select is not sent together with an ephemeral key.
        ? SKIC of the connecting peer has 0x1d or 0x0d, not both
        ! 0x0d and 0x1d together

        RFC7425-4.5.2.3-03 | MUST NOT | initiator | flash-crypto | passive | degraded
        = Group Select is not sent more than once.
        ? SKIC of the connecting peer has at most one 0x1d
        ! two 0x1d options

        RFC7425-4.5.2.3-04 | FACT | responder | flash-crypto | active-server | degraded
        = Group Select naming a group absent from either side is unacceptable.
        ? static key for group 2, Group Select 14 -> no RIKeying
        ! RIKeying with garbage keys

        § RFC 7425 | 4.5.2.4
        RFC7425-4.5.2.4-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = HMAC negotiation value: flags byte (SND 04, SOR 02, REQ 01) then VLU hmacLength.
        ? send 1a 02 0a and 1a 04 0c -> interpreted per flags
        ! flags misread

        RFC7425-4.5.2.4-02 | MUST | sender | flash-crypto | passive | degraded
        = hmacLength is 4..32, or 0 iff SND and SOR are clear.
        ? 0x1a in SKRC/SKIC of the target: length 4..32 if SND or SOR, else 0
        ! 0 with SOR, 33, 1..3

        RFC7425-4.5.2.4-03 | FACT | receiver | flash-crypto | active-server | degraded
        = A peer announcing SND with an invalid length (0,3,33) is not accepted silently.
        ? vectors hmac-negotiation-len-0/3/33 -> no RIKeying (recommended)
        ! session with unusable HMAC

        RFC7425-4.5.2.4-04 | FACT | either | flash-crypto | active-server | degraded
        = Absent HMAC option = will not send, does not request.
        ? SKIC without 1a -> session with checksum (or refusal if server requires HMAC)
        ! refused although not required

        RFC7425-4.5.2.4-05 | FACT | either | flash-crypto | active-server | interop-fatal
        = The two directions have independent lengths.
        ? checker length 10, server length 16 -> both verify
        ! one length for both

        § RFC 7425 | 4.5.2.5
        RFC7425-4.5.2.5-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = SSEQ negotiation value is one flags byte with the same bits.
        ? 1e 02, 1e 04 honoured
        ! SSEQ used or not used contrary to the flags

        RFC7425-4.5.2.5-02 | FACT | either | flash-crypto | active-server | interop-fatal
        = Absent SSEQ option = not used.
        ? SKIC without 1e -> session without SSEQ (or refusal if required)
        ! SSEQ assumed
        """
}
