extension Requirements {
    /// RFC 7016 §2, §2.1: how to read the formats; elementary types.
    static let rfc7016Elements = """
        § RFC 7016 | 2
        RFC7016-2-01 | SHALL | either | packet | untestable | cosmetic
        = Where a diagram and the C-like procedure disagree, the procedure is authoritative.
        ? use it as the tie-breaker when writing oracles (e.g. bitmap ack bit order)
        ! oracle derived from the picture only
        - interpretation rule for readers

        RFC7016-2-02 | FACT | either | packet | unit | interop-fatal
        = Structures are packed with no alignment or implicit padding between fields.
        ? encode IHello with 1-byte EPD and odd tag length; compare with vector
        ! extra alignment bytes between fields

        RFC7016-2-03 | SHOULD | sender | packet | passive | cosmetic
        = Reserved bits and fields are sent as zero.
        ? inspect every received packet header (bits 0x30), User Data flags (0x4c), fragment flags (0x7f), address
          byte (0x7c), TC metadata flags (0xfa), HMAC/SSEQ flags (0xf8)
        ! any reserved bit set in emitted traffic

        RFC7016-2-04 | MUST | receiver | packet | active-server | degraded
        = Reserved bits and fields are ignored on receipt.
        ? send Ping in a packet whose header has rsv=3 (0x39|mode) -> Ping Reply as usual; repeat with User Data
          flags 0x4c set -> data is accepted and acked
        ! packet or chunk dropped, or session closed, because a reserved bit is 1

        RFC7016-2-05 | MUST | receiver | packet | active-server | security
        = The parser detects every truncation, i.e. a field or composed type that does not fit its container.
        ? send chunks whose inner VLU/option/address runs past chunkLength (vectors option-bad-*, address-truncated,
          tc-metadata-truncated), then a Ping in the next packet -> no crash, Ping Reply
        ! crash, over-read reflected in replies, or hang

        RFC7016-2-06 | SHALL | receiver | packet | active-server | degraded
        = An unqualified parse error aborts the element and its enclosing elements up to, at most, the containing
          packet.
        ? packet = [User Data with truncated VLU][nothing]; -> no ack for that flow, session stays usable
        ! session torn down because of one malformed element

        § RFC 7016 | 2.1.1
        RFC7016-2.1.1-01 | FACT | either | packet | active-server | interop-fatal
        = 16/32/128-bit integers are big-endian and byte aligned.
        ? send IHello and check RHello parses; check chunkLength, timestamps, ports and TC timestamps in replies as
          big-endian
        ! length fields little-endian

        RFC7016-2.1.1-02 | FACT | either | packet | active-server | interop-fatal
        = remainder() arrays extend exactly to the end of the enclosing structure (tag, certificate, signature,
          userData, messages).
        ? IHello with tag lengths 0,1,8,16,32,64,200 -> RHello tagEcho has the same length and bytes
        ! fixed 16-byte tag assumed (echo is truncated, padded or over-read)

        § RFC 7016 | 2.1.2
        RFC7016-2.1.2-01 | FACT | either | packet | unit | interop-fatal
        = A VLU is big-endian base-128: high bit set means another byte follows, the last byte has it clear.
        ? vectors vlu-enc-*; live: flow id 300 (0x82 0x2c) is echoed identically in the Ack
        ! little-endian (LEB128) order, or missing continuation bit

        RFC7016-2.1.2-02 | FACT | receiver | packet | active-server | interop-fatal
        = Every continuation byte carries exactly 7 bits, whatever its position (no AMF3 U29-style 8-bit fourth
          byte).
        ? open a flow with flowID 2097152 (81 80 80 00) or EPD/cookie/cert lengths >= 2^21 in unit tests -> Ack
          names the same flow id
        ! 4-byte VLU decoded with 8 bits in the last byte; wrong flow id in Ack

        RFC7016-2.1.2-03 | FACT | receiver | packet | active-server | degraded
        = Non-minimal encodings (leading 0x80 bytes) denote the same value and are legal unless a section says
          otherwise.
        ? send User Data with flowID encoded 80 05 -> Ack for flow 5 (any encoding)
        ! chunk ignored or different flow created

        RFC7016-2.1.2-04 | SHOULD | receiver | packet | active-server | degraded
        = Values up to at least 2^64-1 are handled.
        ? open a flow with flowID 2^63 (10-byte VLU) or sequence numbers above 2^32 -> acked with the same value
        ! value truncated to 32/63 bits, or overflow aliasing to another flow

        RFC7016-2.1.2-05 | MUST | receiver | packet | active-server | security
        = A VLU longer than the implementation's integer range must not wrap silently (error detection duty of
          section 2).
        ? User Data with an 11-byte VLU flow id 2^64+5 -> chunk ignored or distinct flow, never treated as flow 5
        ! acked as flow 5

        RFC7016-2.1.2-06 | FACT | receiver | packet | unit | security
        = A VLU whose last available byte still has the continuation bit set is a truncation error.
        ? vectors vlu-dec-truncated-*
        ! reads past the end

        § RFC 7016 | 2.1.3
        RFC7016-2.1.3-01 | FACT | either | options | unit | interop-fatal
        = Option length counts the bytes of the Type VLU plus the Value, not the Length field itself.
        ? vector option-metadata-tc0 = 05 00 54 43 04 00
        ! length covers value only

        RFC7016-2.1.3-02 | FACT | either | options | active-server | interop-fatal
        = Length and Type are both VLUs, so a payload of 128 bytes or more has a 2-byte Length.
        ? IHello whose URI makes the EPD option longer than 127 bytes -> RHello with the right tag
        ! 1-byte length assumed: tag mis-located or no answer

        RFC7016-2.1.3-03 | FACT | either | options | unit | interop-fatal
        = A zero-length Option is a Marker: it has no type and no value.
        ? vector option-marker
        ! type byte expected after 00

        RFC7016-2.1.3-04 | FACT | receiver | options | unit | security
        = The Type VLU must fit inside the option payload.
        ? vector option-bad-0180 -> error
        ! type read from following option

        § RFC 7016 | 2.1.4
        RFC7016-2.1.4-01 | FACT | either | options | passive | interop-fatal
        = An Option List is zero or more non-empty options terminated by a Marker.
        ? every User Data with OPT=1 ends its list with 00 before the data
        ! missing Marker

        RFC7016-2.1.4-02 | FACT | receiver | options | active-server | degraded
        = An empty Option List (just a Marker) is legal.
        ? on an established flow send User Data OPT=1, list = 00, data -> data delivered and acked
        ! flow rejected

        RFC7016-2.1.4-03 | FACT | receiver | options | active-server | security
        = A list without a Marker is malformed.
        ? User Data OPT=1 with options filling the chunk and no Marker -> chunk ignored, no ack for that sequence
          number
        ! data misparsed or crash

        § RFC 7016 | 2.1.5
        RFC7016-2.1.5-01 | FACT | either | introduction | passive | interop-fatal
        = Address byte 0: bit 7 IPv6 flag, bits 6..2 reserved, bits 1..0 origin; then 4 or 16 address bytes, then
          16-bit port.
        ? parse Redirect and FIHello addresses; compare with checker's socket addresses
        ! origin or family misplaced; address byte order reversed

        RFC7016-2.1.5-02 | FACT | either | introduction | passive | cosmetic
        = Origin codes: 0 unknown, 1 reported local interface, 2 observed source address, 3 relay/proxy/introducer.
        ? Redirect of a peer that reported a local address: reflexive address has origin 2 (0 tolerated), reported
          ones 1
        ! wrong origin codes

        RFC7016-2.1.5-03 | MAY | receiver | introduction | untestable | cosmetic
        = The origin tag may influence how an address is used.
        - optional and internal

        RFC7016-2.1.5-04 | FACT | receiver | introduction | active-peer | degraded
        = IPv6 addresses are accepted wherever an address is allowed, even on IPv4-only hosts.
        ? Redirect listing an IPv6 and an IPv4 address -> connecting peer still sends IHello to the IPv4 one
        ! whole Redirect dropped because of the IPv6 entry

        RFC7016-2.1.5-05 | FACT | receiver | introduction | active-peer | security
        = A truncated address makes the enclosing chunk malformed.
        ? Redirect whose last address is cut -> peer does not send IHello to a garbage address and stays alive
        ! IHello sent to garbage address
        """
}
