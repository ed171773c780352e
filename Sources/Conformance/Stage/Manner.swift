import Flash

/// What a puppet does by itself; a case changes what it is about, and does that by hand.
struct Manner: Sendable {
    /// Whether it lets the peer under test play its public stream, and its private one.
    var servesPublic = true
    var servesPrivate = true
    /// Whether it subscribes to the peer's public stream when the peer subscribes to its own.
    var subscribesBack = true
    /// Whether it plays the public stream as soon as a session that it seeks is open.
    var playsPublic = true
    /// Whether it plays the private stream once the public one has started.
    var playsPrivate = true
    /// Whether it confirms what wants to be confirmed.
    var confirms = true
    /// The operations that it answers.
    var answers: Set<String> = Manner.everything
    /// Whether it says that it has the segments that are published.
    var offers = true
    /// What it says in positive answers to `hasChunk`.
    var average = 6_000
    var averagedFrom = 4
    /// Whether it says that its chunks come from a stable source.
    var isStable = true
    /// Whether it attaches the playlist to pieces.
    var attachesPlaylist = true
    /// What it says of its own speed.
    var lastUsedTime = 5
    /// Which segments it pushes once it was asked to.
    var pushes: @Sendable (Int) -> Bool = { _ in true }
    /// What becomes of what it says by itself: false to say nothing instead.
    var edit: @Sendable (inout [AMFMember<AMF3Value>], _ subtype: String) -> Bool = { _, _ in true }

    static let everything: Set<String> = [
        "hasChunk", "getPiece", "goPushMode", "goPushMode2", "stopPush", "ping", "speedTest",
    ]

    /// Accepts connections, and has nothing to offer.
    static let idle: Manner = {
        var manner = Manner()
        manner.offers = false
        return manner
    }()
}
