/// A rule by which a peer judges what it receives, or decides what to do about it.
///
/// Each says what is true when the correct one goes on; the other outcome is given after the dash.
public struct PeerRule: Hashable, Sendable {
    /// Tells it from all others.
    public let name: String

    /// Makes a rule.
    public init(_ name: String) {
        self.name = name
    }
}

extension PeerRule {
    // Sessions.

    /// The subscriber may have the stream — else it is refused (peer-protocol §2.5).
    public static let subscriberAdmitted = PeerRule("subscriberAdmitted")
    /// The subscriber of a private stream is whom it is named after — else it is refused.
    public static let subscriberNamed = PeerRule("subscriberNamed")
    /// Whoever subscribes is subscribed back to — else not (peer-protocol §2.2).
    public static let subscribesBack = PeerRule("subscribesBack")
    /// The peer is not on the failed list — else it is not connected to (peer-protocol §2.4).
    public static let peerNotFailed = PeerRule("peerNotFailed")
    /// A stream of the far end was closed, so that the session is at its end — else it goes on (peer-protocol §2.2).
    public static let closedStreamEndsSession = PeerRule("closedStreamEndsSession")
    /// The tracker names somebody else — else the peer connects to itself (tracker-protocol §3.3).
    public static let peerIsOther = PeerRule("peerIsOther")

    /// The far peer's public stream is not subscribed to yet — else there is nothing to do (peer-protocol §2.2).
    public static let notSubscribed = PeerRule("notSubscribed")
    /// The subscription to the public stream is kept — else it is closed once the private one is up (peer-protocol §2.2).
    public static let publicSubscriptionNeeded = PeerRule("publicSubscriptionNeeded")
    /// Both private streams are up, so that the session is ready — else nothing is asked yet (peer-protocol §2.3).
    public static let bothStreamsUp = PeerRule("bothStreamsUp")
    /// What is said before the far peer plays the private stream waits — else it is lost (peer-protocol §2.3).
    public static let heldUntilPlayed = PeerRule("heldUntilPlayed")
    /// Messages travel on the private stream — else on the public one (peer-protocol §3.2).
    public static let saidInPrivate = PeerRule("saidInPrivate")
    /// Who is refused is told so — else the subscription stays silent (peer-protocol §2.5).
    public static let refusalTold = PeerRule("refusalTold")
    /// A peer on the failed list may come by itself — else it is refused (peer-protocol §2.4).
    public static let failedMayCome = PeerRule("failedMayCome")
    /// A rendezvous that is lost or does not answer leads to the CDN — else it is waited for.
    public static let lostRendezvousLeaves = PeerRule("lostRendezvousLeaves")

    // Windows.

    /// No windowed request is unanswered — else the next one waits (peer-protocol §5.1).
    public static let requestWindowFree = PeerRule("requestWindowFree")
    /// No response is unconfirmed — else the next one waits (peer-protocol §5.2).
    public static let responseWindowFree = PeerRule("responseWindowFree")
    /// The response is to be confirmed — else not (peer-protocol §5.3).
    public static let confirmWanted = PeerRule("confirmWanted")
    /// The confirm names the outstanding response — else it is ignored.
    public static let confirmExpected = PeerRule("confirmExpected")
    /// The confirm repeats the operation — else it starts nothing.
    public static let confirmNamesOperation = PeerRule("confirmNamesOperation")
    /// The response answers the outstanding request — else nothing is done about it (peer-protocol §5.3).
    public static let responseExpected = PeerRule("responseExpected")
    /// The request has not come before — else it is answered without being acted on twice.
    public static let requestNew = PeerRule("requestNew")

    // Answers.

    /// The chunk is complete and from a stable source — else there is none to have (swarm-algorithm §4.3).
    public static let chunkOffered = PeerRule("chunkOffered")
    /// The piece is there — else the answer is negative (peer-protocol §6.2).
    public static let pieceAvailable = PeerRule("pieceAvailable")
    /// The peer is in push mode — else nothing is pushed (swarm-algorithm §6.2).
    public static let pushAgreed = PeerRule("pushAgreed")
    /// The pushing starts with the confirm — else with the answer (peer-protocol §6.3).
    public static let pushAwaitsConfirm = PeerRule("pushAwaitsConfirm")
    /// The chunk named is not pushed, only those after it — else it is as well (peer-protocol §6.3).
    public static let pushStartsAfter = PeerRule("pushStartsAfter")
    /// The range has come as a whole — else it is not pushed yet (peer-protocol §6.5).
    public static let rangeComplete = PeerRule("rangeComplete")
    /// The pause is minded — else the pushing goes on (peer-protocol §6.7).
    public static let pauseMinded = PeerRule("pauseMinded")
    /// The stop is minded — else the pushing goes on (peer-protocol §6.9).
    public static let stopMinded = PeerRule("stopMinded")
    /// The chunk that pushing is to go on after is waited for — else all are pushed at once (peer-protocol §6.4).
    public static let startAwaited = PeerRule("startAwaited")
    /// All complete chunks that are newer are pushed at first — else only later ones (swarm-algorithm §6.3).
    public static let catchesUp = PeerRule("catchesUp")
    /// Others are served while one waits for a chunk — else nobody is.
    public static let othersServed = PeerRule("othersServed")
    /// A chunk that is skipped is reported — else it is left out silently.
    public static let skippedChunkReported = PeerRule("skippedChunkReported")

    // The swarm.

    /// The average is positive — else it is no basis for a division (swarm-algorithm §2).
    public static let basisPositive = PeerRule("basisPositive")
    /// Of the peers that the tracker names, no more are taken than were asked for — else all.
    public static let answerMeasured = PeerRule("answerMeasured")
    /// Enough peers have qualified — else the segment comes from the CDN (swarm-algorithm §5.3).
    public static let enoughPeers = PeerRule("enoughPeers")
    /// The pieces add up to the chunk's size — else it is not complete (swarm-algorithm §4.1).
    public static let chunkComplete = PeerRule("chunkComplete")
    /// The chunk is being loaded from peers — else a pushed piece is ignored (swarm-algorithm §6.4).
    public static let pieceExpected = PeerRule("pieceExpected")
    /// Who pushes without being asked is ignored — else the piece is taken for the chunk.
    public static let uninvitedIgnored = PeerRule("uninvitedIgnored")
    /// Of two pieces with one index the first counts — else the second (swarm-algorithm §6.4).
    public static let firstPieceCounts = PeerRule("firstPieceCounts")
    /// The peer has answered the ping — else it has failed (swarm-algorithm §7.1).
    public static let pingAnswered = PeerRule("pingAnswered")
    /// No way back is being sought, so that a loaded chunk is stable — else it is not (swarm-algorithm §4.3).
    public static let loadedChunkStable = PeerRule("loadedChunkStable")
    /// A repaired chunk is unstable — else it keeps its flag (swarm-algorithm §4.3).
    public static let repairedChunkUnstable = PeerRule("repairedChunkUnstable")
    /// The flag that came with a chunk is passed on — else every chunk is stable (swarm-algorithm §4.3).
    public static let stabilityPassedOn = PeerRule("stabilityPassedOn")
    /// The playlist is not older than the one at hand — else it is not adopted (peer-protocol §6.14).
    public static let playlistNotOlder = PeerRule("playlistNotOlder")
    /// The playlist has a media sequence number — else it is not adopted.
    public static let playlistSound = PeerRule("playlistSound")
    /// The cached playlist answers the player — else it is loaded (swarm-algorithm §4.4).
    public static let cachedPlaylistUsable = PeerRule("cachedPlaylistUsable")
    /// A stalled segment is completed over HTTP — else it is waited for (swarm-algorithm §7.1).
    public static let stallRepaired = PeerRule("stallRepaired")
    /// A repair that has failed leads to the CDN — else the peer stays where it is (swarm-algorithm §8.3).
    public static let failedRepairLeaves = PeerRule("failedRepairLeaves")
    /// The player goes on without a segment that cannot be had — else it waits.
    public static let failedSegmentSkipped = PeerRule("failedSegmentSkipped")
    /// Nobody is fed, so that the way back may be tried — else it is not (swarm-algorithm §9).
    public static let nobodyFed = PeerRule("nobodyFed")
}
