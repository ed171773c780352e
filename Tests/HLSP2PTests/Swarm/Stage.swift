import Flash
import HLSP2P
import RTMFP
import Testing

/// A swarm with one client on it, and everybody else played by the test.
final class Stage {
    let swarm: Swarm
    private(set) var now = Instant.origin
    /// What was said to each peer and not looked at.
    private var sent: [PeerID: [Envelope]] = [:]
    /// HTTP requests that were not looked at.
    private var requests: [WebRequest] = []
    private(set) var cancelled: Set<Int> = []
    private(set) var answers: [Int: PlayerAnswer] = [:]
    private(set) var events: [PeerEvent] = []
    private(set) var connecting: [PeerID] = []
    private(set) var disconnected: [PeerID] = []
    private var nextID = 100

    static let nearID = peer(99)
    static let playlist = Array(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:4,\n1.ts\n#EXTINF:4,\n2.ts\n".utf8
    )

    static func peer(_ number: UInt8) -> PeerID {
        PeerID([UInt8](repeating: number, count: 32)) ?? Stage.nearID
    }

    static func uri(_ number: Int) -> String { "http://origin/live/\(number).ts" }

    /// The octets of a segment.
    static func content(_ number: Int, size: Int = 1_000) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
    }

    init(
        peerCount: Int = 2,
        servers: [String] = [],
        conduct: any PeerConduct = CorrectPeer()
    ) throws {
        var configuration = SwarmConfiguration(
            playlistURL: "http://origin/live/a.m3u8",
            trackerURL: "http://tracker/get_peers",
            resource: try #require(ResourceName("film")),
            peerCount: peerCount,
            clock: WallClock(millisecondsAtOrigin: 1_000_000)
        )
        configuration.sourceServers = servers
        swarm = Swarm(configuration, nearID: Stage.nearID, conduct: conduct, at: now)
    }

    /// Lets time pass, as it would for a real owner.
    func pass(_ interval: Interval) {
        let end = now + interval
        while let deadline = swarm.nextDeadline, deadline <= end {
            now = max(now, deadline)
            swarm.advance(to: now)
            settle()
        }
        now = end
        swarm.advance(to: now)
        settle()
    }

    func settle() {
        for action in swarm.takeActions() {
            switch action {
            case .connect(let peer): connecting.append(peer)
            case .send(let envelope, let peer): sent[peer, default: []].append(envelope)
            case .disconnect(let peer): disconnected.append(peer)
            }
        }
        for output in swarm.takeOutput() {
            switch output {
            case .http(let request): requests.append(request)
            case .cancel(let id): cancelled.insert(id)
            case .answer(let id, let answer): answers[id] = answer
            case .event(let event): events.append(event)
            }
        }
    }

    /// What was said to a peer since the last look.
    func said(to peer: PeerID) -> [Envelope] {
        settle()
        return sent.removeValue(forKey: peer) ?? []
    }

    /// The requests to a peer since the last look; whatever else was said is forgotten.
    func asked(_ peer: PeerID) -> [(id: Int, request: Request)] {
        said(to: peer).compactMap { envelope in Request(envelope).map { (envelope.id, $0) } }
    }

    /// The URLs that were asked for over HTTP since the last look.
    func fetched() -> [WebRequest] {
        settle()
        defer { requests.removeAll() }
        return requests
    }

    func serve(_ request: WebRequest, _ body: [UInt8]?, status: Int = 200) {
        swarm.receive(body == nil ? .failed : .status(status), of: request.id, at: now)
        if let body {
            swarm.receive(.body(body), of: request.id, at: now)
            swarm.receive(.end, of: request.id, at: now)
        }
        settle()
    }

    /// Serves whatever is asked for by number of segment; the tracker gives `peers`.
    func serveAll(tracker peers: [PeerID] = []) {
        for request in fetched() {
            if request.url.contains("tracker") {
                serve(request, Array("[\(peers.map { "\"\($0)\"" }.joined(separator: ","))]".utf8))
            } else if request.url.hasSuffix(".m3u8") {
                serve(request, Stage.playlist)
            } else if let number = Int(request.url.split(separator: "/").last?.dropLast(3) ?? "") {
                serve(request, Stage.content(number))
            }
        }
    }

    /// Has the player ask for a segment.
    @discardableResult
    func want(_ number: Int) -> Int {
        defer { settle() }
        return swarm.requestSegment(Stage.uri(number), at: now)
    }

    /// A peer sends something.
    func say(_ peer: PeerID, _ kind: Envelope.Kind, _ subtype: String, _ members: [AMFMember<AMF3Value>]) {
        nextID += 1
        swarm.receive(Envelope(id: nextID, kind, subtype, members), from: peer, at: now)
        settle()
    }

    func ask(_ peer: PeerID, _ request: Request) { say(peer, .request, request.subtype, request.members) }

    func answer(_ peer: PeerID, to id: Int, _ response: Response) {
        say(peer, .response(to: id, wantsConfirm: response.wantsConfirm), response.subtype, response.members)
    }

    /// A peer pushes its piece of a segment.
    func push(_ peer: PeerID, _ number: Int, _ assignment: Assignment, stable: Bool = true, playlist: [UInt8]? = nil) {
        let whole = Stage.content(number)
        let piece = Piece(
            uri: Stage.uri(number),
            id: assignment.id,
            offset: assignment.offset,
            chunkSize: whole.count,
            content: whole[assignment.range(in: whole.count)],
            isFromStableSource: stable,
            playlist: playlist
        )
        let push = Push.pushPiece(piece, PushTiming())
        say(peer, .response(to: -1, wantsConfirm: true), push.subtype, push.members)
    }

    /// Confirms whatever a peer was sent that wants it.
    func confirm(_ peer: PeerID, _ envelopes: [Envelope]) {
        for envelope in envelopes {
            if case .response(_, wantsConfirm: true) = envelope.kind {
                say(peer, .confirm(of: envelope.id), envelope.subtype, [])
            }
        }
    }

    // How far the story has got.

    /// The rendezvous accepts, the tracker names peers, and they become ready; the first segment comes.
    func begin(_ peers: [PeerID]) {
        let playlist = swarm.requestPlaylist(at: now)
        serveAll()
        #expect(answers[playlist] == .data(Stage.playlist))
        swarm.rendezvousConnected(at: now)
        serveAll(tracker: peers)
        for peer in peers where peer != Stage.nearID { swarm.ready(peer, at: now) }
        want(1)
        serveAll()
    }

    /// All peers answer the search.
    func answerSearch(_ peers: [PeerID], _ number: Int, average: Int = 1_000) {
        for (place, peer) in peers.enumerated() {
            for (id, request) in asked(peer) {
                guard case .hasChunk = request else { continue }
                let answer = ChunkAnswer(
                    uri: Stage.uri(number),
                    result: true,
                    id: .null,
                    averageChunkSize: average + place,
                    averagedChunks: 5 - place
                )
                self.answer(peer, to: id, .hasChunk(answer))
            }
        }
    }

    /// Has the client join: two peers deliver segment 2 and agree to push. Gives their assignments.
    func join(_ peers: [PeerID]) throws -> [PeerID: Assignment] {
        begin(peers)
        want(2)
        answerSearch(peers, 2)
        var assignments: [PeerID: Assignment] = [:]
        for peer in peers {
            guard let (id, request) = asked(peer).last, case .getPiece(_, let assignment) = request else { continue }
            assignments[peer] = assignment
            let whole = Stage.content(2)
            let piece = Piece(
                uri: Stage.uri(2),
                id: assignment.id,
                offset: assignment.offset,
                chunkSize: whole.count,
                content: whole[assignment.range(in: whole.count)],
                isFromStableSource: true,
                playlist: nil
            )
            answer(peer, to: id, .getPiece(piece))
            for (id, request) in asked(peer) {
                if case .goPushMode = request { answer(peer, to: id, .goPushMode(result: true)) }
            }
        }
        return assignments
    }
}
