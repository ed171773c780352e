/// A rule by which an endpoint judges what it receives, or decides what to do about it.
///
/// Each says what is true when the correct endpoint goes on; the other outcome is given after the dash.
public enum Rule: String, Hashable, Sendable, CaseIterable {
    // Packets.

    /// The session ID is 0 or that of a session — else the datagram is dropped (RFC 7016 §2.2.2, §3.3).
    case sessionIDKnown
    /// A packet for a session with keys is protected by those keys — else it is dropped, even if the Default Session
    /// Key fits (RFC 7016 §2.2.3, §3.5.1.1.1).
    case sessionKeyOnceOpen
    /// Checksum or HMAC are right — else the packet is dropped (RFC 7016 §2.2.3, RFC 7425 §4.7.3).
    case packetVerified
    /// The session sequence number was not seen and is not below the window — else the packet is dropped
    /// (RFC 7425 §4.7.3.3).
    case sequenceNumberNew
    /// The mode is not 0 — else the packet is dropped (RFC 7016 §2.2.4).
    case modeNotForbidden
    /// The mode is not this end's own mark — else the packet is dropped (RFC 7016 §2.2.4).
    case modeNotOwn
    /// Under the Default Session Key the mode is 3, under session keys it is not — else the packet is dropped
    /// (RFC 7016 §2.2.4).
    case modeFitsKey
    /// The chunk's type is legal in the packet's mode — else the chunk is skipped (RFC 7016 §2.3).
    case chunkLegalInMode
    /// The chunk's type is legal for the packet's session ID, 0 or not — else the chunk is skipped
    /// (RFC 7016 §2.3.2-§2.3.8).
    case chunkLegalForSessionID
    /// A malformed chunk is skipped — else the rest of its packet is dropped too (RFC 7016 §2.3).
    case malformedChunkSkipped
    /// A chunk of unknown type is skipped — else the rest of its packet is dropped too (RFC 7016 §2.3).
    case unknownChunkSkipped
    /// A Padding chunk is skipped by its length — else the rest of its packet is dropped too (RFC 7016 §2.3).
    case paddingChunkSkipped

    // Packet Fragments.

    /// The fragment is not empty — else it is discarded (RFC 7016 §2.3.1, §3.4).
    case fragmentNotEmpty
    /// The fragment's packet has the mode of the first fragment's — else it is discarded (RFC 7016 §3.4).
    case fragmentModeMatches
    /// Fragments with one packet ID from different addresses belong to different packets (RFC 7016 §3.4).
    case fragmentsKeptApartByAddress
    /// The reassembled packet has its fragments' mode — else it is discarded (RFC 7016 §3.4).
    case reassembledModeMatches
    /// The fragment does not come out of a reassembled packet — else it is discarded (RFC 7016 §3.4, §5).
    case fragmentNotNested
    /// The packet under reassembly stays within the size limit — else it is discarded (RFC 7016 §3.4).
    case fragmentWithinSizeLimit
    /// A reassembly buffer is free — else the fragment is discarded (RFC 7016 §3.4).
    case fragmentBufferFree

    // Startup, responder.

    /// No IHello before this one in its packet was answered — else it is skipped, so that a datagram never brings
    /// more than one answer to an address that is not verified (RFC 7016 §3.5.1.1.2).
    case helloFirstInPacket
    /// The discriminator's fingerprint is the near certificate's — else the IHello is not answered
    /// (RFC 7425 §4.4.3).
    case fingerprintSelects
    /// The discriminator's required hostname, and ancillary data if there are any, fit the near certificate — else
    /// the IHello is not answered (RFC 7425 §4.4.3).
    case hostnameSelects
    /// The discriminator's ancillary data are accepted by the near certificate — else the IHello is not answered
    /// (RFC 7425 §4.4.3).
    case ancillaryDataSelects
    /// The discriminator says anything at all by which to select — else the IHello is not answered
    /// (RFC 7425 §4.4.3).
    case discriminatorSaysSomething
    /// The cookie was made here — else the IIKeying is ignored (RFC 7016 §3.5.1.1.2).
    case cookieGenuine
    /// The cookie's lifetime is not over — else the IIKeying is ignored (RFC 7016 §3.5.1.1.2).
    case cookieFresh
    /// The cookie was made for the IIKeying's source address — else a Cookie Change is sent (RFC 7016 §3.5.1.2).
    case cookieFitsAddress
    /// The initiator's session ID is not 0 — else the IIKeying is ignored (RFC 7016 §3.3).
    case initiatorSessionIDNotZero
    /// The far certificate is well formed and permits keying — else the chunk is ignored (RFC 7425 §4.3).
    case certificateAcceptable
    /// The far keying component is well formed and combines with the certificates — else the chunk is ignored
    /// (RFC 7016 §3.5.1.1, RFC 7425 §4.5).
    case keyingComponentAcceptable
    /// What the far end offers satisfies what this end requires of HMAC and session sequence numbers — else the
    /// chunk is ignored (RFC 7425 §4.6.4, §4.6.6).
    case negotiationAcceptable
    /// The far Diffie-Hellman public key is acceptable — else the chunk is ignored (RFC 7425 §4.6.2).
    case publicKeyAcceptable
    /// The IIKeying comes from an address to which this end has an opening session (RFC 7016 §3.5.1.3).
    case glare
    /// The near end keeps the initiator's part — else its opening session yields (RFC 7016 §3.5.1.3, RFC 7425 §4.3.6).
    case nearEndPrevails
    /// The IIKeying repeats the one that opened the session, and the same RIKeying is sent again — else it is judged
    /// as one for a new session (RFC 7016 §3.5.1.1.2).
    case keyingRetransmitted
    /// The certificate is that of the open session at the same address, which gives way — else the IIKeying is
    /// ignored (RFC 7016 §3.5.1.1.2, RFC 7425 §4.3.7).
    case certificateOverrides
    /// There is room for another session — else the IIKeying is ignored, or the RIKeying comes in vain (RFC 7016 §5).
    case roomForSession

    // Startup, initiator.

    /// The tag echo is that of an opening session — else the chunk is ignored (RFC 7016 §3.5.1.1.1).
    case tagKnown
    /// The session still waits for an RHello — else RHello and Redirect are ignored (RFC 7016 §3.5.1.1.1).
    case waitsForHello
    /// The discriminator selects the responder's certificate — else the RHello is ignored (RFC 7016 §3.5.1.1.1).
    case responderSelected
    /// No other session with the same far identity is keying or open — else this one is given up
    /// (RFC 7016 §3.5.1.1.1).
    case sessionNotDuplicate
    /// Fewer candidates than REDIRECT_THRESHOLD — else the redirect destination is not added (RFC 7016 §3.5.1.1.1).
    case roomForCandidate
    /// The old cookie is the one that was sent — else the Cookie Change is ignored (RFC 7016 §3.5.1.2).
    case oldCookieMatches
    /// The cookie has not been changed before — else the Cookie Change is ignored (RFC 7016 §3.5.1.2).
    case cookieNotChangedYet
    /// The responder's session ID is not 0 — else the RIKeying is ignored (RFC 7016 §3.3).
    case responderSessionIDNotZero

    // Sessions.

    /// The session is open — else a Ping or an FIHello is ignored (RFC 7016 §3.5.4).
    case openForPing
    /// The Ping Reply answers a Ping of this end — else it is ignored (RFC 7016 §3.5.4).
    case pingReplyExpected
    /// A Close Request is answered with a Close Acknowledgement in every state of an established session
    /// (RFC 7016 §3.5.5).
    case closeRequestAnswered
    /// A Close Acknowledgement closes the session in every state of an established session (RFC 7016 §3.5.5).
    case closeAcknowledgementCloses
    /// A Close Acknowledgement needs no answer — else it is answered with another (RFC 7016 §3.5.5).
    case closeAcknowledgementUnanswered
    /// A far address must be verified before it is sent to — else it is adopted at once (RFC 7016 §3.5.3).
    case addressNeedsVerification
    /// The last mobility check is at least a second old — else none is sent (RFC 7016 §3.5.4.2).
    case mobilityCheckDue
    /// The Ping Reply carries a hash over its marking, its time and its source address — else it moves nothing
    /// (RFC 7016 §3.5.4.2).
    case mobilityTokenGenuine
    /// The mobility check is at most 120 seconds old and newer than the last that moved the session — else it moves
    /// nothing (RFC 7016 §3.5.4.2).
    case mobilityTokenFresh

    // Receiving flows.

    /// There is room for another receiving flow — else User Data that would begin one is ignored (RFC 7016 §5).
    case roomForFlow
    /// The flow's first User Data has metadata — else the flow is rejected (RFC 7016 §3.6.3.1).
    case flowHasMetadata
    /// The return flow association, if any, names a sending flow in F_OPEN — else the flow is rejected
    /// (RFC 7016 §3.6.3.1).
    case associationOpen
    /// All options of a User Data chunk are known or may be ignored — else the flow is rejected
    /// (RFC 7016 §2.3.11.1, §3.6.3.2).
    case flowOptionsKnown
    /// The sequence number was not seen before — else its data are dropped (RFC 7016 §3.6.3.2).
    case fragmentNew
    /// User Data that begin a flow are acknowledged at once — else within 200 ms (RFC 7016 §3.6.3.4.1).
    case newFlowAcknowledgedAtOnce
    /// User Data of a rejected or complete flow are acknowledged at once — else within 200 ms
    /// (RFC 7016 §3.6.3.4.1).
    case closedFlowAcknowledgedAtOnce
    /// User Data are acknowledged at once while the window is small — else within 200 ms (RFC 7016 §3.6.3.4.1).
    case smallWindowAcknowledgedAtOnce
    /// Abandoned User Data are acknowledged at once — else within 200 ms (RFC 7016 §3.6.3.2).
    case abandonedAcknowledgedAtOnce
    /// User Data are acknowledged at once while sequence numbers are missing — else within 200 ms
    /// (RFC 7016 §3.6.3.4.1).
    case gapAcknowledgedAtOnce
    /// Repeated User Data are acknowledged at once — else within 200 ms (RFC 7016 §3.6.3.4.1).
    case duplicateAcknowledgedAtOnce
    /// The final sequence number is acknowledged at once — else within 200 ms (RFC 7016 §3.6.3.4.1).
    case finalAcknowledgedAtOnce
    /// Every second packet with User Data is acknowledged at once — else within 200 ms (RFC 7016 §3.6.3.4.1).
    case secondPacketAcknowledgedAtOnce
    /// A Buffer Probe is answered with an acknowledgement at once — else with none (RFC 7016 §3.6.3.6).
    case probeAcknowledged

    // Sending flows.

    /// The far end's window is larger than what is outstanding — else the flow waits (RFC 7016 §3.6.2.3, §3.6.2.9).
    case windowOpen
    /// What is outstanding is less than the congestion window — else the session waits (RFC 7016 §3.5.2).
    case budgetAllows
    /// Fewer than six packets with User Data were sent since the last acknowledgement or timeout — else the session
    /// waits (RFC 7016 §3.5.2.3).
    case burstAllows
    /// A fragment was passed over by three acknowledgements, and is lost — else it stays in flight
    /// (RFC 7016 §3.6.2.5).
    case lostAfterThreePassedOver
    /// An acknowledgement of a fragment that was never sent does nothing — else the fragment counts as arrived
    /// (RFC 7016 §3.6.2.4).
    case neverSentNotAcknowledged
    /// A Flow Exception Report closes the flow — else it does nothing (RFC 7016 §3.6.2.10).
    case exceptionClosesFlow
    /// A suspended sender sends Buffer Probes — else it waits silently (RFC 7016 §3.6.2.9.1).
    case suspendedSenderProbes
}
