import Capture
import HLSP2P
import Links
import RTMFP

/// Everything that one run of a case sends and takes in, in order: with it, the run can be had again.
final class Tape {
    /// A datagram, as the case sent or took it.
    struct Passage: Sendable {
        /// The link, or the node's address, by order of appearance.
        var link: Int
        var isSent: Bool
        var bytes: [UInt8]
        var far: SocketAddress
    }

    /// What happens on a connection of the case's.
    enum Dealing: Sendable {
        /// It came about.
        case opened(near: SocketAddress, far: SocketAddress)
        /// The case handed octets over for sending.
        case said([UInt8])
        /// Octets came.
        case heard([UInt8])
        /// The case says nothing more.
        case finished
        /// The far end says nothing more.
        case ended
        /// It broke: the far end reset it, or the system's reason.
        case broke(reason: String)
    }

    /// What happens to a case.
    enum Event: Sendable {
        case passage(Passage)
        /// A node at that link did what was due.
        case woke(link: Int)
        /// A request over HTTP came.
        case asked(HTTPRequest)
        /// The last request from where that one came was answered. A case that hears the same answers the same.
        case answered(HTTPRequest, HTTPResponse)
        /// Something happened on a connection, by order of appearance.
        case dealt(stream: Int, Dealing)
        /// No connection came about.
        case unconnected(to: SocketAddress, from: SocketAddress?, LinkError)
        /// A registry was asked to carry out a command, and what it said to that.
        case consulted(command: [String], Result<RegistryReply, RegistryFailure>)
        /// A wait is over: one on a link that brought no datagram, or one in which a peer and the checker's nodes had their
        /// way.
        case waited(inVain: Bool)
        /// A client was called, to the next links; with the URI that it was told.
        case called(doors: Int, uri: String?)
        /// A client or peer, by order of appearance, is found to have ended by itself.
        case ended(visit: Int, ClientEnding)
    }

    /// An event and its time.
    struct Entry: Sendable {
        /// When a datagram was sent, or had arrived; when anything else came about. By the network's clock.
        var at: Instant
        var event: Event
    }

    /// A line of the transcript, and how many entries there were before it.
    struct Line {
        var place: Int
        var isSent: Bool
        var text: String
    }

    /// More than any case needs.
    static let mostEntries = 100_000
    /// More octets in datagrams, connections and HTTP than any case needs.
    static let mostOctets = 1 << 27

    private(set) var entries: [Entry] = []
    /// The links' addresses, in order of appearance.
    private(set) var links: [SocketAddress] = []
    /// The keys of the case's sessions.
    private(set) var directions: [LoggedDirection] = []
    private(set) var lines: [Line] = []
    /// Connections that came about.
    private(set) var streams = 0
    private var octets = 0
    /// How many entries there were when the case found fault with something.
    private(set) var mark: Int?
    /// Whether all there was is here.
    private(set) var isWhole = true
    /// The time of what happened last.
    let clock = TapeClock()
    /// When the first link was made, or a peer's world was entered.
    private(set) var start: Instant?
    /// Where HTTP was served.
    var authority: String?

    /// The time as of the first that is there to tell it.
    func begin(at instant: Instant) {
        guard start == nil else { return }
        start = instant
        clock.advance(to: instant)
    }

    /// Takes note of an address; gives its number.
    func add(_ address: SocketAddress) -> Int {
        links.append(address)
        return links.count - 1
    }

    /// Takes note of a connection that came about; gives its number.
    func addStream(from near: SocketAddress, to far: SocketAddress, at instant: Instant) -> Int {
        defer { streams += 1 }
        add(.dealt(stream: streams, .opened(near: near, far: far)), at: instant)
        return streams
    }

    func add(_ event: Event, at instant: Instant) {
        clock.advance(to: instant)
        // What is there to be shown leaves room for what is replayed.
        if case .answered = event, octets + event.octets > Tape.mostOctets / 2 { return }
        octets += event.octets
        guard isWhole, entries.count < Tape.mostEntries, octets <= Tape.mostOctets else {
            isWhole = false
            return
        }
        entries.append(Entry(at: instant, event: event))
    }

    func add(_ keys: KeyLogEntry) {
        directions += LoggedDirection.both(of: keys)
    }

    /// A line of the transcript: of a datagram that has come last, or of one that is about to be sent.
    func add(_ text: String, isSent: Bool) {
        guard lines.count < Tape.mostEntries else { return }
        lines.append(Line(place: entries.count, isSent: isSent, text: text))
    }

    /// The case finds fault with what has come, or not come, so far.
    func markFault() {
        mark = mark ?? entries.count
    }

    /// A ground like another one, of which everything is taped.
    func ground(over ground: Ground) -> Ground {
        var taped = ground
        taped.network = network(over: ground.network)
        taped.clients = ground.clients.map { TapedClients($0, self) }
        taped.stage = ground.stage.map { TapedStage($0, self) }
        taped.tracker = ground.tracker.map { self.site(over: $0) }
        return taped
    }

    private func site(over site: TrackerSite) -> TrackerSite {
        var taped = site
        taped.streams = streams(over: site.streams)
        taped.registry = site.registry?.over { TapedRegistry($0, self, site.streams) }
        return taped
    }
}

extension Tape.Event {
    /// Octets of what travels.
    var octets: Int {
        switch self {
        case .passage(let passage): passage.bytes.count
        case .asked(let request): request.body.count
        case .answered(_, let response): response.body.count
        case .dealt(_, .said(let octets)), .dealt(_, .heard(let octets)): octets.count
        case .dealt, .unconnected, .consulted, .woke, .waited, .called, .ended: 0
        }
    }
}
