extension Requirements {
    /// RFC 7425 §3 to §4.3: the profile at large, certificates.
    static let rfc7425Certificates = """
        § RFC 7425 | 3
        RFC7425-3-01 | SHOULD | sender | options | passive | cosmetic
        = Reserved fields of the Flash profile structures are sent as zero.
        ? TC metadata flags & 0xfa == 0, negotiation flags & 0xf8 == 0 in captures
        ! reserved bits set

        RFC7425-3-02 | MUST | receiver | options | active-server | degraded
        = Reserved fields are ignored.
        ? stream flow with metadata flags 0xfc (reserved bits set, SID, RXI 0) -> accepted; HMAC negotiation byte
          0xfa -> treated as SOR
        ! flow or keying rejected because of reserved bits

        RFC7425-3-03 | MUST | receiver | options | active-server | security
        = Truncated structures are detected.
        ? vectors cert-truncated, tc-metadata-truncated, keying option cut short -> no crash, element rejected
        ! crash

        RFC7425-3-04 | SHALL | receiver | options | active-server | degraded
        = A parse error aborts the element and its enclosing elements.
        ? SKIC with a truncated option -> IIKeying ignored
        ! partially parsed SKIC used

        RFC7425-3-05 | SHALL | either | options | untestable | cosmetic
        = The C-like procedure is authoritative over the diagram.
        - interpretation rule

        § RFC 7425 | 4.1
        RFC7425-4.1-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = The Default Session Key is the 16 bytes 'Adobe Systems 02' with AES-128-CBC.
        ? vector startup-ihello-uri -> RHello decrypting with the same key
        ! other key

        RFC7425-4.1-02 | FACT | either | flash-crypto | active-server | interop-fatal
        = The Default Session Key uses the simple checksum, no HMAC and no SSEQ, even if those are negotiated for
          the session.
        ? RIKeying and Cookie Change to a client with HMAC/SSEQ negotiated still carry only a checksum
        ! HMAC or SSEQ on startup packets

        § RFC 7425 | 4.2
        RFC7425-4.2-01 | MUST | either | flash-crypto | active-server | interop-fatal
        = Diffie-Hellman MODP group 2 is supported.
        ? handshake with group 2 then connect -> works
        ! fails

        RFC7425-4.2-02 | SHOULD | either | flash-crypto | active-server | degraded
        = Groups 5 and 14 are supported.
        ? handshake with group 5, then group 14 -> works; or the group is not advertised
        ! advertised but unusable

        RFC7425-4.2-03 | MAY | either | flash-crypto | active-server | cosmetic
        = Further groups may be supported.
        ? record 15 xx / 1d xx groups in the RHello certificate (e.g. 16 for rtmfp-cpp)
        ! group advertised but unusable

        RFC7425-4.2-04 | FACT | either | flash-crypto | active-server | interop-fatal
        = Every group listed in a certificate is actually usable.
        ? for each advertised group: handshake + connect -> success
        ! RIKeying in group 2 for a group 14 request; session keys do not match

        § RFC 7425 | 4.3.1
        RFC7425-4.3.1-01 | FACT | either | flash-crypto | unit | interop-fatal
        = A certificate is a sequence of options and Markers; the canonical section ends before the first Marker.
        ? vectors cert-with-marker-and-trailer, cert-marker-last: hash stops before the Marker byte
        ! Marker included in the canonical section

        RFC7425-4.3.1-02 | FACT | receiver | flash-crypto | active-server | security
        = Options after the first Marker are parsed for syntax but those bound to the canonical section are ignored.
        ? client certificate with static key, Marker, then a second 1d option -> first key used
        ! key after the Marker used

        RFC7425-4.3.1-03 | FACT | receiver | flash-crypto | active-server | interop-fatal
        = A certificate may have options in any order and more than one Marker.
        ? 0e randomness before 1d key -> RIKeying and session works
        ! key assumed at offset 2..4

        RFC7425-4.3.1-04 | FACT | receiver | flash-crypto | unit | interop-fatal
        = A certificate without Marker is entirely canonical.
        ? vector cert-client-static
        ! empty canonical section

        § RFC 7425 | 4.3.2
        RFC7425-4.3.2-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = Fingerprint (peer ID) = SHA-256 of the canonical section bytes as transmitted.
        ? connectionID/serverFingerprint if exposed, or introduction: IHello with fingerprint computed by the
          checker for a client with trailing non-canonical options -> Redirect/FIHello
        ! hash of whole certificate or incl. Marker: peer unreachable

        RFC7425-4.3.2-02 | FACT | either | flash-crypto | active-server | degraded
        = No re-encoding before hashing (non-minimal VLUs hash as sent).
        ? certificate whose length VLU is 80 81 02 style -> introduction works with the fingerprint over these bytes
        ! normalised before hashing

        § RFC 7425 | 4.3.3
        RFC7425-4.3.3-01 | MUST | receiver | flash-crypto | active-server | interop-fatal
        = Unknown certificate option types are ignored.
        ? client certificate with option 0x70 in front -> handshake works
        ! rejected or key mis-located

        RFC7425-4.3.3-02 | FACT | either | flash-crypto | passive | interop-fatal
        = Certificate option types: 00 hostname, 0a accepts ancillary, 0e randomness, 15 ephemeral group, 1d static
          key.
        ? parse RHello certificate
        ! other codes

        § RFC 7425 | 4.3.3.1
        RFC7425-4.3.3.1-01 | MUST | receiver | flash-crypto | active-peer | security
        = Hostname outside the canonical section is ignored.
        ? checker-server certificate with hostname only after a Marker, EPD requires hostname -> peer does not
          proceed
        ! proceeds

        RFC7425-4.3.3.1-02 | MUST NOT | sender | flash-crypto | passive | cosmetic
        = Hostname does not occur more than once.
        ? target certificate has at most one 0x00 option
        ! twice

        § RFC 7425 | 4.3.3.2
        RFC7425-4.3.3.2-01 | FACT | server | flash-crypto | active-server | interop-fatal
        = A server that accepts URIs lists Accepts Ancillary Data (01 0a) in its canonical section.
        ? RHello certificate contains 01 0a
        ! missing: strict clients refuse the server

        RFC7425-4.3.3.2-02 | MUST | receiver | flash-crypto | active-peer | degraded
        = Accepts Ancillary Data outside the canonical section is ignored.
        ? checker-server certificate with 0a only after the Marker -> peer does not send IIKeying
        ! proceeds

        § RFC 7425 | 4.3.3.3
        RFC7425-4.3.3.3-01 | FACT | sender | flash-crypto | active-server | security
        = Extra Randomness makes certificates without keys unique.
        ? two server instances have different certificates
        ! fixed certificate for all installs

        § RFC 7425 | 4.3.3.4
        RFC7425-4.3.3.4-01 | FACT | either | flash-crypto | passive | interop-fatal
        = Supported Ephemeral Group value is a VLU group id; it may repeat, one group each.
        ? each 0x15 option value of the target certificate is exactly one VLU
        ! list in one option

        RFC7425-4.3.3.4-02 | MUST | receiver | flash-crypto | unit | degraded
        = It is ignored outside the canonical section.
        ? certificate with 15 after the Marker -> group not supported
        ! checker picks that group and the target agrees

        RFC7425-4.3.3.4-03 | MUST NOT | sender | flash-crypto | passive | degraded
        = A certificate with an ephemeral group has no static key.
        ? target certificate has 0x15 or 0x1d options, not both
        ! both

        RFC7425-4.3.3.4-04 | FACT | receiver | flash-crypto | active-server | degraded
        = A certificate with both kinds is invalid.
        ? IIKeying with such a certificate -> ignored
        ! accepted

        § RFC 7425 | 4.3.3.5
        RFC7425-4.3.3.5-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = Static key option: VLU group id then big-endian key to the end.
        ? vector cert-client-static handshake works
        ! fixed 128-byte assumption; group byte ignored

        RFC7425-4.3.3.5-02 | FACT | receiver | flash-crypto | active-server | degraded
        = Keys shorter than the modulus (leading zero stripped) or zero-extended are accepted as integers.
        ? client key whose natural length is 127 bytes; and a 128-byte zero-extended one -> both connect
        ! fails (1 in 256 clients)

        RFC7425-4.3.3.5-03 | MUST | receiver | flash-crypto | active-server | security
        = Ignored outside the canonical section.
        ? client certificate = 15 02 | Marker | 1d key: static key must not be used, so IIKeying without 0d is
          refused
        ! key after the Marker used

        RFC7425-4.3.3.5-04 | MAY | sender | flash-crypto | active-server | interop-fatal
        = Several static keys may be listed (different groups).
        ? certificate with keys for groups 14 and 2 (14 first), Group Select 2 -> works
        ! first key always used

        RFC7425-4.3.3.5-05 | SHOULD NOT | sender | flash-crypto | passive | cosmetic
        = Not more than one key per group.
        ? no two 0x1d options of the target certificate name the same group
        ! duplicate

        RFC7425-4.3.3.5-06 | MUST NOT | sender | flash-crypto | passive | degraded
        = No ephemeral group options beside static keys.
        ? target certificate with 0x1d contains no 0x15
        ! both

        § RFC 7425 | 4.3.4
        RFC7425-4.3.4-01 | FACT | receiver | flash-crypto | active-server | degraded
        = Any properly encoded certificate is authentic.
        ? random but well-formed client certificate -> RIKeying
        ! refused

        § RFC 7425 | 4.3.5
        RFC7425-4.3.5-01 | FACT | either | flash-crypto | passive | cosmetic
        = The signature field is a sequence of options.
        ? parse RIKeying signature: empty, 'X' or options
        ! bytes that are neither empty, a lone 58, nor a well-formed option list

        RFC7425-4.3.5-02 | MAY | sender | flash-crypto | passive | cosmetic
        = A signer without options sends 'X' (58) or an empty field.
        ? RIKeying signature field is '', 58, or an option sequence
        ! random trailing bytes

        RFC7425-4.3.5-03 | MUST | receiver | flash-crypto | active-server | degraded
        = A malformed signature or a lone 'X' is treated as empty.
        ? signature 7f 01 -> RIKeying (if signatures are not required)
        ! IIKeying dropped

        RFC7425-4.3.5-04 | SHALL | receiver | flash-crypto | active-server | degraded
        = A verifier that requires no signature accepts any field.
        ? signature = 300 random bytes -> RIKeying
        ! dropped

        RFC7425-4.3.5-05 | MAY | receiver | flash-crypto | untestable | cosmetic
        = A verifier may require valid signature options.
        - configuration

        § RFC 7425 | 4.3.5.1
        RFC7425-4.3.5.1-01 | SHOULD | receiver | flash-crypto | active-server | degraded
        = Unknown signature option types are ignored.
        ? signature with option 0x77 -> RIKeying
        ! dropped

        § RFC 7425 | 4.3.5.1.1
        RFC7425-4.3.5.1.1-01 | FACT | either | flash-crypto | unit | degraded
        = Simple Password option 1d: HMAC-SHA256(password, signedParameters)[32] then passwordID.
        ? vectors signature-simple-password-*
        ! order or key swapped

        RFC7425-4.3.5.1.1-02 | SHOULD | receiver | flash-crypto | active-server | cosmetic
        = Options with unrecognised password ids are ignored.
        ? password id 'nobody' -> RIKeying on a server that does not require signatures
        ! dropped

        RFC7425-4.3.5.1.1-03 | SHOULD | receiver | flash-crypto | unit | security
        = A recognised id with a wrong HMAC invalidates the whole signature.
        ? configured password: wrong HMAC -> invalid even if another option is right
        ! accepted

        § RFC 7425 | 4.3.6
        RFC7425-4.3.6-01 | FACT | either | startup | unit | interop-fatal
        = Glare comparison is unsigned lexicographic on certificates; shorter prefix orders first; equal or lower
          near certificate prevails.
        ? vectors glare-lt-first-byte, glare-prefix-shorter-near, glare-unsigned-bytes
        ! signed bytes, length first, or peer-ID comparison

        § RFC 7425 | 4.3.7
        RFC7425-4.3.7-01 | FACT | either | session | active-server | security
        = Override only if the new certificate is identical to the old.
        ? IIKeying with another certificate from the socket of an open, connected session -> ignored, old session
          answers Ping
        ! override by other certificates
        """
}
