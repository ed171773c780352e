import Flash
import HLSP2P
import RTMFP

/// Measures how many pieces go through one peer: they come from two peers, are put together and pushed on to others, each
/// as the octets of a message, with confirms and all. Without RTMFP, which the other measurements are about.
final class PieceRelay {
    private let swarm: Swarm
    private var now = Instant.origin
    private var nextID = 0
    private var assignments: [PeerID: Assignment] = [:]
    private let upstream: [PeerID]
    private let downstream: [PeerID]
    /// Pieces that were pushed on.
    private(set) var passed = 0

    private static let size = 32_000

    static func measure(_ stopwatch: Stopwatch) throws {
        for listeners in [2, 10] {
            guard let relay = PieceRelay(listeners: listeners), relay.join() else {
                throw RelayFailure(description: "the peer has not joined its swarm")
            }
            try stopwatch.measure(
                "pieces of \(size / 2) octets through one peer, 2 in and \(listeners) out, without RTMFP",
                unit: "pieces"
            ) {
                let before = relay.passed
                for _ in 0..<100 { relay.passOn() }
                guard relay.passed - before == 100 * listeners else {
                    throw RelayFailure(description: "\(relay.passed - before) pieces have come through")
                }
                return 100 * (2 + listeners)
            }
        }
    }

    private init?(listeners: Int) {
        func peer(_ number: Int) -> PeerID? { PeerID([UInt8](repeating: UInt8(number), count: 32)) }
        guard let nearID = peer(255), let resource = ResourceName("film") else { return nil }
        upstream = (0..<2).compactMap(peer)
        downstream = (2..<2 + listeners).compactMap(peer)
        let configuration = SwarmConfiguration(
            playlistURL: "http://h/live/a.m3u8",
            trackerURL: "http://h/get_peers",
            resource: resource,
            clock: WallClock(millisecondsAtOrigin: 1_700_000_000_000)
        )
        swarm = Swarm(configuration, nearID: nearID, at: now)
    }

    /// Has the peer get its first segment from the origin and the second from the two that feed it; the others ask it to
    /// feed them.
    private func join() -> Bool {
        swarm.rendezvousConnected(at: now)
        serve()
        for peer in upstream { swarm.ready(peer, at: now) }
        for segment in 1...2 {
            want(segment)
            serve()
        }
        for _ in 0..<4 { settle() }
        guard swarm.mode == .p2p, assignments.count == 2 else { return false }
        for (number, peer) in downstream.enumerated() {
            swarm.appeared(peer, at: now)
            swarm.ready(peer, at: now)
            let slice = Assignment(id: number % 2, count: 2, offset: number % 2 * Self.size / 2, length: Self.size / 2)
            say(peer, .goPushMode2(uri: Self.uri(2), slice, externalID: .string("x")))
        }
        settle()
        number = 2
        return true
    }

    private var number = 0

    /// One more segment goes through.
    private func passOn() {
        number += 1
        now = now + .seconds(4)
        want(number)
        for (peer, assignment) in assignments.sorted(by: { $0.value.id < $1.value.id }) {
            let piece = Self.piece(number, assignment)
            let push = Push.pushPiece(piece, PushTiming())
            hear(Envelope(id: makeID(), .response(to: -1, wantsConfirm: true), push.subtype, push.members), from: peer)
        }
        settle()
    }

    private func want(_ number: Int) {
        _ = swarm.requestSegment(Self.uri(number), at: now)
        settle()
    }

    /// What was asked for over HTTP is there.
    private func serve() {
        for case .http(let request) in swarm.takeOutput() {
            let isTracker = request.url.contains("get_peers")
            let list = "[\(upstream.map { "\"\($0)\"" }.joined(separator: ","))]"
            let body = isTracker ? Array(list.utf8) : [UInt8](repeating: 1, count: Self.size)
            for event in [WebEvent.status(200), .body(body), .end] { swarm.receive(event, of: request.id, at: now) }
        }
        settle()
    }

    /// Answers and confirms whatever the peer says, as the octets of messages.
    private func settle() {
        while true {
            var said: [(Envelope, PeerID)] = []
            for case .send(let envelope, let peer) in swarm.takeActions() { said.append((envelope, peer)) }
            if said.isEmpty { return }
            for (envelope, peer) in said {
                guard case .success(let read) = Envelope.reading(envelope.message()) else { continue }
                react(read, peer)
            }
        }
    }

    private func react(_ envelope: Envelope, _ peer: PeerID) {
        if case .response(_, wantsConfirm: true) = envelope.kind { hear(envelope.confirm(id: makeID()), from: peer) }
        if case .pushPiece? = Push(envelope) { passed += 1 }
        switch Request(envelope) {
        case .hasChunk(let uri, let id):
            let answer = ChunkAnswer(uri: uri, result: true, id: id, averageChunkSize: Self.size, averagedChunks: 3)
            say(peer, .hasChunk(answer), to: envelope.id)
        case .getPiece(_, let assignment):
            assignments[peer] = assignment
            say(peer, .getPiece(Self.piece(2, assignment)), to: envelope.id)
        case .goPushMode: say(peer, .goPushMode(result: true), to: envelope.id)
        default: break
        }
    }

    private func say(_ peer: PeerID, _ request: Request) {
        hear(Envelope(id: makeID(), .request, request.subtype, request.members), from: peer)
    }

    private func say(_ peer: PeerID, _ response: Response, to id: Int) {
        let kind = Envelope.Kind.response(to: id, wantsConfirm: response.wantsConfirm)
        hear(Envelope(id: makeID(), kind, response.subtype, response.members), from: peer)
    }

    /// The octets of a message come and are read.
    private func hear(_ envelope: Envelope, from peer: PeerID) {
        guard case .success(let read) = Envelope.reading(envelope.message()) else { return }
        swarm.receive(read, from: peer, at: now)
        _ = swarm.takeOutput()
    }

    private func makeID() -> Int {
        nextID += 1
        return nextID
    }

    private static func uri(_ number: Int) -> String { "http://h/live/\(number).ts" }

    private static let segment = [UInt8](repeating: 7, count: size)

    private static func piece(_ number: Int, _ assignment: Assignment) -> Piece {
        Piece(
            uri: uri(number),
            id: assignment.id,
            offset: assignment.offset,
            chunkSize: size,
            content: segment[assignment.range(in: size)],
            isFromStableSource: true,
            playlist: nil
        )
    }
}

private struct RelayFailure: Error, CustomStringConvertible {
    let description: String
}
