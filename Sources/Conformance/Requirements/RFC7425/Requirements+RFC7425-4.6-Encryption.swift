extension Requirements {
    /// RFC 7425 §4.6, §4.7: key agreement, packet encryption and verification.
    static let rfc7425Encryption = """
        § RFC 7425 | 4.6.1
        RFC7425-4.6.1-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = Initiator and responder ephemeral: one 0d option each in the same group.
        ? ephemeral client -> session works
        ! no RIKeying, or keys that decrypt nothing

        RFC7425-4.6.1-02 | FACT | either | flash-crypto | active-server | interop-fatal
        = Initiator ephemeral, responder static: responder sends only randomness.
        ? server with static keys (if configurable) -> SKRC has 0e and no 0d
        ! 0d present

        RFC7425-4.6.1-03 | FACT | either | flash-crypto | active-server | interop-fatal
        = Initiator static, responder ephemeral: initiator sends 1d + 0e, responder 0d.
        ? static client + ephemeral server: SKIC 1d+0e, SKRC 0d, then connect works
        ! no RIKeying, or keys that decrypt nothing

        RFC7425-4.6.1-04 | FACT | either | flash-crypto | active-peer | security
        = Both static: 1d + 0e and 0e; keys differ per session through the salts.
        ? two P2P sessions between the same static certificates have different keys
        ! same keys

        § RFC 7425 | 4.6.2
        RFC7425-4.6.2-01 | MUST | receiver | flash-crypto | active-server | security
        = A DH public key below 2^24 is unacceptable.
        ? client keys 0, 1, 2, 2^24-1 -> no RIKeying
        ! RIKeying (predictable secret)

        RFC7425-4.6.2-02 | MUST | receiver | flash-crypto | active-server | security
        = A DH public key above p - 2^24 is unacceptable.
        ? p-1, p-2^24+1, p, p+k -> no RIKeying
        ! RIKeying

        RFC7425-4.6.2-03 | MUST | receiver | flash-crypto | active-server | security
        = At least 16 one-bits are required.
        ? key with 15 ones -> no RIKeying; 16 ones -> RIKeying
        ! accepted

        RFC7425-4.6.2-04 | MUST | receiver | flash-crypto | active-server | security
        = At least 16 zero-bits, not counting leading zeros, are required.
        ? key with 15 zeros, and key 2^1017-1 minus 9 bits (leading zeros in the top byte must not count) -> no
          RIKeying
        ! accepted

        RFC7425-4.6.2-05 | MUST NOT | either | flash-crypto | active-peer | security
        = No session opens with an unacceptable key.
        ? RIKeying with responder key 1 -> peer does not open the session
        ! opens

        RFC7425-4.6.2-06 | FACT | either | flash-crypto | active-server | interop-fatal
        = DH_SECRET is the shared integer big-endian without leading zero bytes.
        ? choose client exponents until the shared secret has a leading zero byte (about 256 tries) -> connect still
          works
        ! session fails in 1 of 256 handshakes

        § RFC 7425 | 4.6.3
        RFC7425-4.6.3-01 | FACT | either | flash-crypto | active-server | interop-fatal
        = ENCRYPT_KEY = HMAC(DH_SECRET, HMAC(SKFC, SKNC)); first 16 bytes are the AES key.
        ? handshake + connect works; vectors keys-*
        ! arguments swapped

        RFC7425-4.6.3-02 | FACT | either | flash-crypto | active-server | interop-fatal
        = DECRYPT_KEY = HMAC(DH_SECRET, HMAC(SKNC, SKFC)).
        ? decrypt the first server packet with HMAC(DH_SECRET, HMAC(SKIC as key, SKRC as message)) at the initiator
        ! session packets undecodable

        RFC7425-4.6.3-03 | FACT | either | flash-crypto | active-server | interop-fatal
        = Components enter as the exact bytes exchanged (including unknown options).
        ? SKIC with unknown option -> works
        ! normalised bytes

        § RFC 7425 | 4.6.4
        RFC7425-4.6.4-01 | FACT | either | flash-crypto | unit | interop-fatal
        = HMAC_SEND_KEY = HMAC(DH_SECRET, full 256-bit ENCRYPT_KEY); RECV likewise.
        ? vectors packet-hmac*
        ! 16-byte key used

        RFC7425-4.6.4-02 | MUST | sender | flash-crypto | active-server | interop-fatal
        = SND set: HMAC is sent on all session packets.
        ? server with SND in SKRC -> every session packet verifies with its hmacLength
        ! session packets with a checksum only

        RFC7425-4.6.4-03 | MUST | sender | flash-crypto | active-server | interop-fatal
        = SND clear, SOR set: HMAC is sent iff the other end requests it.
        ? SKIC REQ=0 / REQ=1 against a server with SOR -> absent / present
        ! HMAC present when not requested, or absent when requested

        RFC7425-4.6.4-04 | FACT | receiver | flash-crypto | active-server | interop-fatal
        = A receiver must honour a peer's SND even if it did not ask.
        ? SKIC 1a 04 0c (SND) -> server verifies 12-byte HMACs; Ping answered
        ! packets undecodable

        RFC7425-4.6.4-05 | SHOULD | receiver | flash-crypto | active-server | security
        = A receiver configured to require HMAC rejects a component with SND=SOR=0.
        ? server requiring HMAC: SKIC 1a 00 00 -> no RIKeying
        ! session without HMAC

        RFC7425-4.6.4-06 | FACT | either | flash-crypto | active-server | interop-fatal
        = Without HMAC the simple checksum is used.
        ? negotiate no HMAC -> connect works with checksums
        ! session fails

        RFC7425-4.6.4-07 | MUST | either | flash-crypto | active-server | degraded
        = Negotiated hmacLength is within 4..32.
        ? SKIC SND length 4 and 32 -> both work
        ! only 10 supported

        § RFC 7425 | 4.6.5
        RFC7425-4.6.5-01 | FACT | either | flash-crypto | unit | degraded
        = NEAR_NONCE = HMAC(DH_SECRET, SKNC), FAR_NONCE = HMAC(DH_SECRET, SKFC).
        ? vectors keys-*; live where the application exposes nonces (rtmfp-cpp authToken)
        ! swapped

        § RFC 7425 | 4.6.6
        RFC7425-4.6.6-01 | SHOULD | sender | flash-crypto | active-server | cosmetic
        = SSEQ starts at 0.
        ? first server session packet has SSEQ 0
        ! first SSEQ is not 00

        RFC7425-4.6.6-02 | SHOULD | sender | flash-crypto | active-server | cosmetic
        = SSEQ increases by one per packet.
        ? SSEQ of consecutive target packets on loopback increases by exactly 1
        ! gaps without loss

        RFC7425-4.6.6-03 | MUST | either | flash-crypto | unit | degraded
        = At least 64 bits of SSEQ range are handled.
        ? SSEQ 2^40 accepted
        ! 32-bit wrap

        RFC7425-4.6.6-04 | MUST | sender | flash-crypto | active-server | interop-fatal
        = SND set: SSEQ in all session packets.
        ? server SND -> present
        ! session packets without the SSEQ field

        RFC7425-4.6.6-05 | MUST | sender | flash-crypto | active-server | interop-fatal
        = SOR: SSEQ iff requested.
        ? REQ=0/1 -> absent/present
        ! SSEQ present when not requested, or absent when requested

        RFC7425-4.6.6-06 | SHOULD | receiver | flash-crypto | active-server | security
        = A receiver requiring SSEQ rejects a component that will not send it.
        ? server requiring SSEQ: SKIC 1e 00 -> no RIKeying
        ! session without SSEQ

        RFC7425-4.6.6-07 | FACT | either | flash-crypto | active-server | interop-fatal
        = HMAC and SSEQ are negotiated independently (four combinations per direction).
        ? checksum+SSEQ, HMAC only, both, none -> all work
        ! one of the four combinations yields a dead session

        § RFC 7425 | 4.7.1
        RFC7425-4.7.1-01 | FACT | either | checksum-crypto | active-server | interop-fatal
        = AES-128-CBC with an all-zero IV per packet; the IV is not transmitted.
        ? decrypt each target packet independently with IV=0 (vectors packet-*)
        ! random or carried IV

        § RFC 7425 | 4.7.2
        RFC7425-4.7.2-01 | FACT | receiver | checksum-crypto | active-server | degraded
        = Without HMAC the encrypted packet must be a whole number of 16-byte blocks.
        ? good IHello plus one extra byte -> silence
        ! RHello

        RFC7425-4.7.2-02 | FACT | receiver | checksum-crypto | active-server | security
        = With HMAC exactly hmacLength bytes follow the last block.
        ? HMAC session packet with one byte cut or added -> discarded
        ! accepted

        RFC7425-4.7.2-03 | FACT | either | checksum-crypto | active-server | interop-fatal
        = Plaintext order: SSEQ VLU (if used), checksum (if no HMAC), RTMFP packet, padding.
        ? checksum+SSEQ session works; vectors sseq-*
        ! checksum before SSEQ

        RFC7425-4.7.2-04 | FACT | sender | checksum-crypto | passive | interop-fatal
        = Padding with 0xff up to a multiple of 16 is added before the checksum is computed; none if already
          aligned.
        ? trailing bytes are 0xff, at most 15 of them
        ! PKCS#7 or a full extra block

        RFC7425-4.7.2-05 | FACT | receiver | checksum-crypto | unit | interop-fatal
        = The whole plaintext after the checksum field, padding included, is covered by the checksum.
        ? vectors startup-*: recompute checksum with and without padding; only with padding matches
        ! padding excluded

        § RFC 7425 | 4.7.3.1
        RFC7425-4.7.3.1-01 | FACT | either | checksum-crypto | unit | degraded
        = The checksum is the ones' complement of the ones' complement sum of big-endian 16-bit words; a trailing
          odd byte counts as the low byte.
        ? vectors cksum-odd-not-rfc1071-padding, cksum-carry; live: checksum+SSEQ session (odd checked length)
        ! odd byte as high byte

        RFC7425-4.7.3.1-02 | FACT | either | checksum-crypto | active-server | interop-fatal
        = SSEQ and the checksum field are excluded from the checksum.
        ? checksum+SSEQ session with SSEQ 0..200 (1- and 2-byte VLU) works
        ! fails when SSEQ has odd length

        RFC7425-4.7.3.1-03 | MUST | receiver | checksum-crypto | active-server | security
        = A packet with a wrong checksum is discarded as if never received.
        ? vector bad-checksum -> silence, no address change, no timestamp update
        ! reply or state change

        § RFC 7425 | 4.7.3.2
        RFC7425-4.7.3.2-01 | FACT | sender | checksum-crypto | active-server | interop-fatal
        = HMAC-SHA256 is computed over the ciphertext blocks, truncated to the first hmacLength bytes, appended.
        ? vectors packet-hmac*; live HMAC session
        ! over plaintext or including SSID

        RFC7425-4.7.3.2-02 | MUST | receiver | checksum-crypto | active-server | security
        = A packet with a wrong HMAC is discarded.
        ? flip one HMAC bit -> silence
        ! accepted

        RFC7425-4.7.3.2-03 | FACT | either | checksum-crypto | active-server | interop-fatal
        = HMAC and checksum are mutually exclusive.
        ? HMAC session packets have no checksum field
        ! both

        § RFC 7425 | 4.7.3.3
        RFC7425-4.7.3.3-01 | MUST | receiver | checksum-crypto | active-server | degraded
        = Reordering by up to at least 32 sequence numbers is tolerated.
        ? send SSEQ n then n-32 (unseen) -> processed
        ! dropped

        RFC7425-4.7.3.3-02 | MUST | receiver | checksum-crypto | active-server | security
        = Packets with an already seen or below-window SSEQ are discarded.
        ? replay a recorded Ping -> no second reply; SSEQ 0 again after 10^4 packets -> dropped
        ! answered twice

        RFC7425-4.7.3.3-03 | FACT | sender | checksum-crypto | passive | security
        = SSEQ never repeats or wraps in a session.
        ? no SSEQ value of the target occurs twice in a session
        ! repeat

        RFC7425-4.7.3.3-04 | FACT | receiver | checksum-crypto | active-server | security
        = A failed checksum/HMAC packet does not advance the anti-replay window.
        ? corrupt packet with SSEQ n+1000, then good n+1 -> good one accepted
        ! window poisoned
        """
}
