extension Requirements {
    /// RFC 7425 §5.4 to §7: peer-to-peer NetStream, discriminator registration, security considerations.
    static let rfc7425NetStream = """
        § RFC 7425 | 5.4
        RFC7425-5.4-01 | MAY | client | netstream-p2p | active-peer | degraded
        = Several P2P NetStreams may share one peer session.
        ? open two subscriber flows with different stream ids to the peer -> both served
        ! second refused

        RFC7425-5.4-02 | FACT | client | netstream-p2p | active-peer | interop-fatal
        = P2P NetStreams are unidirectional: subscriber issues play, publisher sends media.
        ? checker-subscriber sends only play; checker never receives play on that flow
        ! publisher sends commands to the subscriber flow

        § RFC 7425 | 5.4.1
        RFC7425-5.4.1-01 | FACT | client | netstream-p2p | active-peer | interop-fatal
        = EPD for a peer is a Fingerprint option; the initial candidate is the server session's DESTADDR.
        ? make the peer subscribe to fingerprint F -> IHello 21 0f F at the checker-server's address and (after
          Redirect) at the listed ones
        ! IHello with URI EPD or to another host

        RFC7425-5.4.1-02 | FACT | server | introduction | active-server | interop-fatal
        = The server introduces: Redirect to the initiator and FIHello to the target.
        ? one IHello for a connected client's fingerprint -> Redirect at the initiator and FIHello at the target
        ! either missing

        RFC7425-5.4.1-03 | FACT | server | introduction | active-server | degraded
        = Introduction is only for clients that are connected; unknown peer IDs get no answer.
        ? fingerprint of a disconnected client -> silence
        ! stale Redirect

        RFC7425-5.4.1-04 | MUST | client | netstream-p2p | active-peer | interop-fatal
        = The subscriber's flow has a non-zero stream id.
        ? flow metadata stream id != 0 (Flash uses 2000000+n)
        ! stream 0

        RFC7425-5.4.1-05 | FACT | client | netstream-p2p | active-peer | interop-fatal
        = The subscriber flow is independent (no return association).
        ? option list of the peer's play flow has metadata only, no 0x0a
        ! association present

        RFC7425-5.4.1-06 | FACT | client | netstream-p2p | active-peer | interop-fatal
        = The first message is a 'play' command with the stream name.
        ? type 20/17 play, tid 0, Null, name
        ! first message is not a play command (librtmfp-like clients: play with arguments in other order)

        § RFC 7425 | 5.4.2
        RFC7425-5.4.2-01 | FACT | client | netstream-p2p | active-peer | interop-fatal
        = The publisher answers on return flows associated to the subscriber's flow with the same stream id.
        ? checker sends play on stream 2000001 -> flows with the same id and association
        ! other id, no association

        RFC7425-5.4.2-02 | FACT | client | netstream-p2p | active-peer | degraded
        = StreamBegin, status events and media are sent on the return flows.
        ? 04 0000 <id>, onStatus Play.Reset/Start, media
        ! missing StreamBegin and status

        RFC7425-5.4.2-03 | FACT | client | netstream-p2p | active-peer | degraded
        = An unacceptable request (unknown name) opens no return flows.
        ? play of an unpublished name -> no media; flow rejected or silent
        ! wrong stream delivered

        RFC7425-5.4.2-04 | MAY | client | netstream-p2p | active-peer | cosmetic
        = Media flows may be opened and closed at any time.
        ? record opening/closing of media flows during a P2P play; stream state unaffected
        ! stream closed when one media flow ends

        RFC7425-5.4.2-05 | FACT | client | netstream-p2p | active-peer | security
        = P2P peers accept sessions only for their own fingerprint.
        ? IHello with another fingerprint or with a URI EPD sent to the peer -> silence
        ! RHello

        § RFC 7425 | 5.4.3
        RFC7425-5.4.3-01 | SHOULD | client | netstream-p2p | active-peer | degraded
        = The publisher closes and unpublishes to the subscriber when the control flow completes.
        ? FIN the subscriber flow -> publisher FINs its media flows
        ! keeps sending

        RFC7425-5.4.3-02 | SHOULD | client | netstream-p2p | active-peer | degraded
        = The subscriber considers the stream closed on any exception of its control flow.
        ? 5e for the peer's play flow -> it stops, no endless retry
        ! endless re-sending of the rejected play

        § RFC 7425 | 6.1
        RFC7425-6.1-01 | FACT | client | netconnection | active-peer | interop-fatal
        = rtmfp URI: default UDP port 1935.
        ? URI without port -> packets to 1935
        ! other port

        RFC7425-6.1-02 | SHOULD | client | startup | active-peer | degraded
        = Initial candidates are all IPv4 and IPv6 addresses of the host name.
        ? name with A and AAAA -> IHello to both
        ! only one family

        RFC7425-6.1-03 | FACT | client | netconnection | untestable | cosmetic
        = 'rtmfp:' (no authority) instantiates without connecting.
        - API of some implementations

        RFC7425-6.1-04 | SHOULD | client | netconnection | active-peer | cosmetic
        = path-abempty is percent-encoded per RFC 3986 2.5.
        ? non-ASCII path arrives percent-encoded UTF-8
        ! raw bytes

        § RFC 7425 | 7
        RFC7425-7-01 | SHOULD | client | flash-crypto | active-peer | security
        = Clients use static DH keys in certificates.
        ? client certificate has 1d
        ! ephemeral client (peer ID can be impersonated)

        RFC7425-7-02 | MUST | client | flash-crypto | active-peer | security
        = Each NetConnection gets a new certificate with a distinct fingerprint.
        ? make the client connect twice -> different certificates and fingerprints
        ! re-used

        RFC7425-7-03 | SHOULD | server | flash-crypto | active-server | security
        = Servers use ephemeral keys for forward secrecy.
        ? server certificate has 15 and no 1d
        ! static server keys

        RFC7425-7-04 | SHOULD | either | flash-crypto | untestable | cosmetic
        = SSEQ is used where replay of flows would be harmful.
        ? record negotiation
        - deployment

        RFC7425-7-05 | SHOULD | either | flash-crypto | untestable | cosmetic
        = SSEQ is used where identical cipher blocks are unacceptable.
        - deployment

        RFC7425-7-06 | SHOULD | either | flash-crypto | untestable | cosmetic
        = HMAC is used where a 16-bit checksum is insufficient.
        ? record negotiation
        - deployment
        """
}
