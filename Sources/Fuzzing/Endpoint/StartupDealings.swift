import RTMFP

/// What has gone between the endpoint under fuzz and addresses with which it has no session, as they count it: what
/// RFC 7016 §3.5.1 says of answers and cookies is held against it.
struct StartupDealings {
    /// The datagram that is being processed; nil while only time passes.
    private struct Occasion {
        let source: SocketAddress
        /// Where an IHello in it says that the answer goes.
        var askers: Set<SocketAddress>
        var keyings: [IIKeying] = []
        var answers: [RIKeying] = []
        /// Whether more may have been in it than could be seen.
        var hasFragments = false
        /// RHellos and Redirects that it brought about.
        var replies = 0
    }

    private var occasion: Occasion?
    /// The cookies that the endpoint gave, for whom and when.
    private var cookies: [[UInt8]: (address: SocketAddress, at: Instant)] = [:]
    /// Octets that each address sent before there was a session.
    private var heard: [SocketAddress: Int] = [:]
    /// Answers to IIKeyings that each address got.
    private var answered: [SocketAddress: Int] = [:]
    /// Where IHellos with a tag went.
    private var asked: [[UInt8]: Set<SocketAddress>] = [:]
    /// The cookies that others gave to the endpoint.
    private var given: Set<[UInt8]> = []
    /// The tag of the latest IHello that went to an address.
    private(set) var tags: [SocketAddress: [UInt8]] = [:]
    /// The cookies that an address got, in order.
    private(set) var got: [SocketAddress: [[UInt8]]] = [:]
    /// The session ID of the latest IIKeying that went to an address.
    private(set) var keyed: [SocketAddress: UInt32] = [:]

    /// How long a cookie is taken.
    private static let lifetime = Interval.seconds(120)
    /// Octets of the shortest IIKeying with a cookie of the endpoint's.
    private static let shortestKeying = 70
    /// REDIRECT_THRESHOLD
    private static let candidates = 24

    /// Nothing is being processed but time.
    mutating func rest() { occasion = nil }

    /// A datagram arrives.
    mutating func hear(_ datagram: [UInt8], from source: SocketAddress) {
        heard[source, default: 0] += datagram.count
        occasion = Occasion(source: source, askers: [source])
    }

    /// What is in it, under whichever key.
    mutating func hear(_ packet: Packet) {
        for chunk in packet.chunks {
            switch chunk {
            case .initiatorInitialKeying(let keying): occasion?.keyings.append(keying)
            case .responderInitialKeying(let answer): occasion?.answers.append(answer)
            case .forwardedInitiatorHello(let hello): occasion?.askers.insert(hello.replyAddress.socket)
            case .responderHello(let hello): given.insert(hello.cookie)
            case .responderHelloCookieChange(let change): given.insert(change.newCookie)
            case .packetFragment: hearFragment()
            default: break
            }
        }
    }

    /// What a fragmented packet holds is not looked at: it may hold whatever is allowed.
    private mutating func hearFragment() { occasion?.hasFragments = true }

    /// The endpoint has opened a session.
    func checkOpening(_ entry: KeyLogEntry, at now: Instant) throws {
        guard let occasion else { throw Violation(description: "a session opens while nothing arrives") }
        try require(entry.nearSessionID != 0 && entry.farSessionID != 0, "a session has ID 0")
        if entry.role == .initiator {
            let isAnswered =
                occasion.hasFragments || occasion.answers.contains { $0.responderSessionID == entry.farSessionID }
            try require(isAnswered, "a session opens without an RIKeying")
            return
        }
        try require(entry.address == occasion.source, "a session opens with an address that nothing came from")
        let fitting = cookies.filter { $0.value.address == occasion.source && now - $0.value.at <= Self.lifetime }
        let keying = occasion.keyings.first {
            $0.initiatorSessionID == entry.farSessionID && fitting[$0.cookieEcho] != nil
        }
        let isProved = keying != nil || occasion.hasFragments && !fitting.isEmpty
        try require(isProved, "a session opens without a cookie that is fresh and was made for the address")
    }

    /// The endpoint has sent a packet under the Default Session Key.
    mutating func check(
        _ packet: Packet,
        to far: SocketAddress,
        sessionID: UInt32,
        isOpen: (RIKeying) -> Bool,
        at now: Instant
    ) throws {
        try require(packet.header.mode == .startup, "a packet under the Default Session Key has another mode than 3")
        for chunk in packet.chunks {
            switch chunk {
            case .responderHello(let hello):
                try reply(to: far)
                note(hello.cookie, for: far, at: now)
            case .responderRedirect: try reply(to: far)
            case .responderHelloCookieChange(let change):
                try answerKeying(far)
                try require(sessionID != 0, "a Cookie Change goes to session ID 0")
                note(change.newCookie, for: far, at: now)
            case .responderInitialKeying(let answer):
                try answerKeying(far)
                try require(isOpen(answer), "an RIKeying goes where no session is open")
            case .initiatorHello(let hello):
                asked[hello.tag, default: []].insert(far)
                tags[far] = hello.tag
                let places = asked[hello.tag]?.count ?? 0
                try require(places <= Self.candidates, "an IHello goes to \(places) addresses")
            case .initiatorInitialKeying(let keying):
                try require(given.contains(keying.cookieEcho), "an IIKeying has a cookie that nobody gave")
                try require(keying.initiatorSessionID != 0, "an IIKeying has session ID 0")
                keyed[far] = keying.initiatorSessionID
            default: throw Violation(description: "\(chunk.name) goes out under the Default Session Key")
            }
        }
    }

    /// An IHello is answered once, and where it came from.
    private mutating func reply(to far: SocketAddress) throws {
        try require(occasion?.askers.contains(far) ?? false, "somebody is answered who did not ask")
        occasion?.replies += 1
        try require(occasion?.replies == 1, "a datagram is answered more than once")
    }

    private mutating func answerKeying(_ far: SocketAddress) throws {
        answered[far, default: 0] += 1
        let octets = heard[far] ?? 0
        try require(
            (answered[far] ?? 0) * Self.shortestKeying <= octets,
            "\(answered[far] ?? 0) IIKeyings are answered that are in \(octets) octets"
        )
    }

    private mutating func note(_ cookie: [UInt8], for far: SocketAddress, at now: Instant) {
        cookies[cookie] = (far, now)
        got[far, default: []].append(cookie)
    }
}
