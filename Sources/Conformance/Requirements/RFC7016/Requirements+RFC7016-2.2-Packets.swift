extension Requirements {
    /// RFC 7016 §2.2: the network layer and packets.
    static let rfc7016Packets = """
        § RFC 7016 | 2.2.1
        RFC7016-2.2.1-01 | MAY | either | packet | untestable | cosmetic
        = Multiplex packets may be carried by any datagram service with IP socket addresses; UDP is usual.
        - deployment choice

        RFC7016-2.2.1-02 | FACT | either | packet | passive | interop-fatal
        = One Multiplex packet per datagram.
        ? each UDP payload unscrambles to exactly one packet
        ! two packets in one datagram

        § RFC 7016 | 2.2.2
        RFC7016-2.2.2-01 | FACT | either | packet | active-server | interop-fatal
        = SSID = session ID xor first 32-bit word xor second 32-bit word of the encrypted packet, big-endian words.
        ? send vector startup-ihello-uri -> RHello; unscramble of the answer yields session ID 0
        ! no answer / answer does not unscramble to 0

        RFC7016-2.2.2-02 | FACT | receiver | packet | active-server | degraded
        = The session ID selects the session context and decryption key; the source address does not.
        ? after handshake send a valid packet from a second UDP port -> processed (mobility check follows)
        ! packet from new address ignored outright

        RFC7016-2.2.2-03 | FACT | either | packet | active-server | interop-fatal
        = Each end uses the session ID chosen by the receiver of the packet (IIKeying / RIKeying).
        ? IIKeying with isid=0x01020304 -> all later packets unscramble to 0x01020304
        ! packets sent to the wrong ID

        RFC7016-2.2.2-04 | FACT | either | startup | active-server | interop-fatal
        = Session ID 0 denotes the startup pseudo-session and the Default Session Key.
        ? RHello and Redirect unscramble to session ID 0 and decrypt with the default key
        ! RHello sent with a non-zero ID

        RFC7016-2.2.2-05 | FACT | receiver | packet | unit | security
        = If fewer than 8 encrypted bytes follow, the XOR treats them as zero-extended to 8 (decryption is
          unaffected).
        ? vectors scramble-short-*
        ! out-of-bounds read

        RFC7016-2.2.2-06 | FACT | receiver | packet | active-server | security
        = Datagrams for an unknown session ID, or shorter than 4 bytes, are dropped silently.
        ? send 0,1,3-byte datagrams and a packet for ID 0x7fffffff -> no reply; IHello still answered
        ! crash or error reply

        § RFC 7016 | 2.2.3
        RFC7016-2.2.3-01 | RECOMMENDED | either | checksum-crypto | passive | cosmetic
        = Packet encryption is a block cipher in CBC or similar mode.
        ? inspect: session packets are AES-CBC blocks (profile check)
        ! plaintext or stream without integrity

        RFC7016-2.2.3-02 | MUST | either | checksum-crypto | active-server | interop-fatal
        = Each packet is decipherable on its own: no dependency on earlier packets.
        ? drop every second server packet -> all others still decrypt with a fresh CBC state (IV 0)
        ! cipher state carried across packets

        RFC7016-2.2.3-03 | SHOULD | receiver | checksum-crypto | active-server | security
        = Data integrity includes duplicate detection to mitigate replay.
        ? with SSEQ negotiated replay a recorded Ping datagram -> one reply only
        ! second reply (with SSEQ on)

        RFC7016-2.2.3-04 | SHALL | receiver | checksum-crypto | active-server | security
        = A packet failing integrity or authenticity checks is discarded.
        ? send IHello with checksum off by one, and session Ping with a flipped HMAC bit -> silence, then a good one
          is answered
        ! reply to the corrupted packet, or session closed

        RFC7016-2.2.3-05 | MUST | receiver | checksum-crypto | active-server | security
        = Packets are decrypted with the key belonging to their session ID before interpretation.
        ? send Ping to the session ID encrypted with the Default Session Key after S_OPEN -> ignored
        ! Ping under the Default Session Key is answered on a live session

        RFC7016-2.2.3-06 | FACT | either | startup | active-server | interop-fatal
        = The Default Session Key is also used with non-zero session IDs for RIKeying and RHello Cookie Change.
        ? RIKeying arrives at isid and decrypts with the default key
        ! RIKeying under session keys or to ID 0

        § RFC 7016 | 2.2.4
        RFC7016-2.2.4-01 | FACT | either | packet | active-server | interop-fatal
        = Header byte: TC 0x80, TCR 0x40, rsv 0x30, TS 0x08, TSE 0x04, mode 0x03.
        ? send Ping with every legal TS/TSE combination -> Ping Reply each time
        ! combination other than 0x09/0x0d misparsed

        RFC7016-2.2.4-02 | FACT | receiver | packet | active-server | interop-fatal
        = The timestamp field exists only when TS is set.
        ? send Ping in a packet with header 0x01 (no TS, no TSE) -> correct Ping Reply
        ! first chunk bytes eaten as timestamp (no or wrong reply, session broken)

        RFC7016-2.2.4-03 | FACT | receiver | packet | active-server | interop-fatal
        = The timestamp echo field exists only when TSE is set, independent of TS, and follows the timestamp.
        ? send Ping with header 0x05 (TSE only) -> correct Ping Reply
        ! packet with TSE but no TS is parsed as if a timestamp were present (chunks shifted by 2 bytes, nothing
          answered)

        RFC7016-2.2.4-04 | FACT | receiver | startup | active-server | interop-fatal
        = Startup packets (mode 3) may also omit or carry TS/TSE.
        ? IHello with header 0x03 (no timestamp) -> RHello
        ! only 0x0b accepted

        RFC7016-2.2.4-05 | FACT | sender | timers | active-server | degraded
        = The timestamp is the low 16 bits of a 250 Hz clock (4 ms per tick) at transmit time.
        ? collect timestamps of replies to Pings 1.000 s apart -> difference 250 +-3 modulo 65536
        ! other tick rate; constant timestamp

        RFC7016-2.2.4-06 | MAY | sender | timers | untestable | cosmetic
        = The timestamp clock may have any origin.
        - any value is legal

        RFC7016-2.2.4-07 | FACT | sender | timers | active-server | degraded
        = The timestamp echo is the sender's estimate of the peer's current timestamp (last received plus elapsed
          ticks), not a plain copy.
        ? send ts=T, wait 1 s, provoke a packet without a new timestamp -> echo = T+250 +-3
        ! echo equals T

        RFC7016-2.2.4-08 | FACT | sender | packet | passive | cosmetic
        = TC marks a packet containing real-time user data.
        ? audio/video packets of a server's live stream carry TC=1; pure Acks/Pings do not need it
        ! TC on every packet

        RFC7016-2.2.4-09 | FACT | sender | congestion | active-server | degraded
        = TCR tells the far end that this end is receiving time-critical packets on OTHER sessions.
        ? single session, no TC sent by anyone -> TCR must be 0 in all server packets
        ! TCR permanently set (throttles every peer)

        RFC7016-2.2.4-10 | MUST | receiver | packet | active-server | degraded
        = A packet with mode 0 is discarded.
        ? send Ping in a packet with header 0x08 -> no reply; session alive
        ! Ping Reply to a mode 0 packet

        RFC7016-2.2.4-11 | MUST | initiator | packet | active-peer | interop-fatal
        = The original initiator marks all its non-startup packets with mode 1.
        ? checker as responder: every session packet from the peer has mode 1
        ! mode 2 or 3 from the initiator

        RFC7016-2.2.4-12 | MUST | responder | packet | active-server | interop-fatal
        = The original responder marks all its non-startup packets with mode 2.
        ? all session packets from the server have mode 2
        ! mode 1 from the server

        RFC7016-2.2.4-13 | SHOULD | initiator | packet | active-peer | security
        = The initiator ignores session packets marked mode 1.
        ? checker-responder sends Ping in mode 1 -> no reply
        ! reply (reflection attack possible)

        RFC7016-2.2.4-14 | SHOULD | responder | packet | active-server | security
        = The responder ignores session packets marked mode 2.
        ? send Ping in mode 2 -> no reply
        ! reply (reflection attack possible)

        RFC7016-2.2.4-15 | FACT | either | chunk | active-server | degraded
        = Startup chunks (0x30,0x70,0x71,0x79,0x38,0x78) are only legal in mode 3.
        ? IHello inside a mode 1 packet to session 0 and inside a mode 1 session packet -> no RHello
        ! RHello to an IHello that came in a mode 1 packet

        RFC7016-2.2.4-16 | FACT | either | chunk | active-server | degraded
        = Non-startup chunks are only legal in modes 1 and 2.
        ? Ping in a mode 3 packet with session key -> no reply
        ! Ping Reply to a mode 3 packet

        RFC7016-2.2.4-17 | FACT | either | packet | active-server | interop-fatal
        = After mode-dependent header fields, chunks repeat while more than 2 bytes remain and the announced chunk
          fits.
        ? packet with [Ping 'a'][Ping 'b'] -> two Ping Replies a and b (any packing)
        ! only the first chunk processed

        RFC7016-2.2.4-18 | RECOMMENDED | sender | packet | passive | cosmetic
        = A packet contains at least one chunk.
        ? no empty packets in capture
        ! chunkless packets

        RFC7016-2.2.4-19 | FACT | receiver | packet | active-server | degraded
        = Fewer than 3 remaining bytes are padding.
        ? Ping followed by 1 and by 2 bytes of 0x00 -> Ping Reply
        ! packet discarded

        RFC7016-2.2.4-20 | FACT | receiver | packet | active-server | security
        = A would-be chunk header whose length exceeds the remaining bytes means the rest is padding, not an error.
        ? [Ping 'u'] then 10 01 00 00 aa -> Ping Reply 'u'; no crash
        ! packet dropped, or over-read using the bogus length

        RFC7016-2.2.4-21 | MAY | sender | packet | passive | cosmetic
        = The encryption layer may pad with 0xff bytes to the cipher's natural size.
        ? padding bytes in decrypted server packets are 0xff (see RFC7425-4.7.2)
        ! other padding bytes that form a chunk

        RFC7016-2.2.4-22 | FACT | receiver | packet | active-server | degraded
        = Padding content is ignored.
        ? pad the last block with 0x00 0x00 instead of 0xff (fewer than 3 bytes) -> accepted
        ! rejected because padding is not 0xff

        RFC7016-2.2.4-23 | MAY | either | packet | untestable | cosmetic
        = A Cryptography Profile may define its own framing/padding.
        - profile design freedom
        """
}
