import Flash
import HLSP2P
import RTMFP

/// A peer's swarm algorithm and windows, and what a script does to them: other peers, tracker, origin, player and time.
final class PeerUnderFuzz: Woken {
    private let swarm: Swarm
    var now = Instant.origin
    /// The other peers.
    private var dealings: [PeerID: Dealings] = [:]
    /// Requests of the player that are not answered; with the segment's number, nil for the playlist.
    private var wanted: [(id: Int, segment: UInt8?)] = []
    /// HTTP requests that are under way, with the octets that have come.
    private var requests: [(request: WebRequest, served: Int)] = []
    private var nextID = 1_000
    /// Octets of segments that the peer was given.
    private var given = 0
    /// Whether a stranger's message may have put anything into the cache.
    private var isTainted = false
    /// Whether a source may have given less of a segment than all.
    private var isCutOff = false

    private static let others = (1...4 as ClosedRange<UInt8>).compactMap { PeerID([UInt8](repeating: $0, count: 32)) }

    init(conduct: any PeerConduct = CorrectPeer()) throws {
        guard let resource = ResourceName("film"), let id = PeerID([UInt8](repeating: 9, count: 32)) else {
            throw Violation(description: "there is no peer")
        }
        swarm = Swarm(FuzzedStream.configuration(of: resource), nearID: id, conduct: conduct, at: now)
        for other in Self.others { dealings[other] = Dealings() }
    }

    func take(_ script: [UInt8]) throws {
        var rest = script[...]
        while let step = PeerStep(&rest) {
            try carryOut(step)
            try settle()
        }
        try conclude()
    }

    private func carryOut(_ step: PeerStep) throws {
        switch step {
        case .pass(let amount, let scale):
            try pass(.milliseconds(Double(amount) * Double(1 << scale)))
        case .session(let peer, let change): apply(change, to: Self.others[Int(peer)])
        case .rendezvous(let isThere):
            if isThere { swarm.rendezvousConnected(at: now) } else { swarm.rendezvousFailed(at: now) }
        case .playlist: wanted.append((swarm.requestPlaylist(at: now), nil))
        case .segment(let number): wanted.append((swarm.requestSegment(FuzzedStream.uri(number), at: now), number))
        case .cancel(let place):
            guard !wanted.isEmpty else { return }
            swarm.cancel(wanted.remove(at: Int(place) % wanted.count).id, at: now)
        case .http(let place, let outcome, let particular):
            if !requests.isEmpty { serve(Int(place) % requests.count, outcome, particular) }
        case .message(let peer, let octets):
            guard let message = try? Message(decoding: octets), case .success(let envelope) = Envelope.reading(message)
            else { return }
            isTainted = true
            given += octets.count
            try say(envelope, Self.others[Int(peer)])
        default: try speak(step)
        }
    }

    /// Steps in which another peer says what such a peer may say.
    private func speak(_ step: PeerStep) throws {
        switch step {
        case .ask(let peer, let operation, let number):
            let request = FuzzedStream.request(operation, FuzzedStream.uri(number))
            try say(Envelope(id: makeID(), .request, request.subtype, request.members), Self.others[Int(peer)])
        case .answer(let peer, let isPositive):
            let peer = Self.others[Int(peer)]
            guard let (id, request, _) = dealings[peer]?.asked, let response = FuzzedStream.answer(request, isPositive)
            else {
                return
            }
            try respond(response, to: id, peer)
        case .pong(let peer):
            let peer = Self.others[Int(peer)]
            guard let (id, request) = dealings[peer]?.ping, let response = FuzzedStream.answer(request, true) else {
                return
            }
            try respond(response, to: id, peer)
        case .confirm(let peer, let isRight):
            let peer = Self.others[Int(peer)]
            guard let (id, subtype, _) = dealings[peer]?.unconfirmed else { return }
            try say(Envelope(id: makeID(), .confirm(of: isRight ? id : id + 1), subtype), peer)
        case .push(let peer, let number, let isAgreed):
            let peer = Self.others[Int(peer)]
            let agreed = isAgreed ? dealings[peer]?.assignment : nil
            let assignment = agreed ?? Assignment(id: Int(number & 1), count: 2, offset: 100, length: 300)
            let piece = FuzzedStream.piece(FuzzedStream.uri(number), assignment)
            given += piece.content.count
            let push = Push.pushPiece(piece, PushTiming())
            let kind = Envelope.Kind.response(to: Envelope.unsolicited, wantsConfirm: true)
            try say(Envelope(id: makeID(), kind, push.subtype, push.members), peer)
        case .stray(let peer, let id, let operation):
            guard let response = FuzzedStream.answer(FuzzedStream.request(operation, FuzzedStream.uri(id)), true) else {
                return
            }
            try respond(response, to: Int(id), Self.others[Int(peer)])
        default: break
        }
    }

    private func respond(_ response: Response, to id: Int, _ peer: PeerID) throws {
        if case .getPiece(let piece) = response { given += piece.content.count }
        let kind = Envelope.Kind.response(to: id, wantsConfirm: response.wantsConfirm)
        try say(Envelope(id: makeID(), kind, response.subtype, response.members), peer)
    }

    private func say(_ envelope: Envelope, _ peer: PeerID) throws {
        dealings[peer]?.say(envelope)
        let isKnown = dealings[peer]?.isThere ?? false
        swarm.receive(envelope, from: peer, at: now)
        guard !isKnown else { return }
        let actions = swarm.takeActions().count + swarm.takeOutput().count
        try require(actions == 0, "something is done about what comes from somebody who is gone")
    }

    private func apply(_ change: PeerStep.Change, to peer: PeerID) {
        let isThere = dealings[peer]?.isThere ?? false
        switch change {
        case .appeared:
            guard swarm.admits(peer) else { return }
            dealings[peer]?.isThere = true
            swarm.appeared(peer, at: now)
        case .ready:
            if isThere { swarm.ready(peer, at: now) }
        case .lost:
            dealings[peer] = Dealings()
            swarm.lost(peer, at: now)
        }
    }

    var nextDeadline: Instant? { swarm.nextDeadline }

    func wake() throws {
        swarm.advance(to: now)
        try settle()
    }

    /// Takes what the peer says, wants and answers.
    private func settle() throws {
        for action in swarm.takeActions() {
            switch action {
            case .connect(let peer):
                try require(peer != swarm.nearID, "the peer connects to itself")
                try require(dealings[peer].map { !$0.isThere } ?? false, "it connects to whom it knows")
                dealings[peer]?.isThere = true
            case .send(let envelope, let peer):
                try dealings[peer]?.hear(envelope, at: now)
                try check(envelope, to: peer)
            case .disconnect(let peer):
                try require(dealings[peer]?.isThere ?? false, "it disconnects from somebody who is gone")
                dealings[peer] = Dealings()
            }
        }
        for output in swarm.takeOutput() { try take(output) }
        for peer in Self.others { try dealings[peer]?.check(at: now) }
        let status = swarm.status
        try require(status.octetsCached <= given, "\(status.octetsCached) octets are cached of \(given)")
        try require(
            (status.ready + status.upstream + status.downstream).allSatisfy { dealings[$0]?.isThere ?? false },
            "somebody who is gone counts"
        )
    }

    /// A piece must be what was asked for, and nothing but its octets.
    private func check(_ envelope: Envelope, to peer: PeerID) throws {
        let piece: Piece
        if case .getPiece(let given) = Response(envelope) {
            piece = given
        } else if case .pushPiece(let given, _) = Push(envelope) {
            piece = given
        } else {
            return
        }
        let slices = dealings[peer]?.slices ?? []
        let isWhole = slices.contains { slice in
            guard slice.id == piece.id, slice.offset == piece.offset else { return false }
            let count = piece.chunkSize.map { slice.range(in: $0).count } ?? slice.length
            return piece.content.count == count
        }
        try require(isWhole, "\(piece.content.count) octets are sent of a piece that was not asked for so")
        guard !isTainted, let segment = FuzzedStream.number(piece.uri) else { return }
        try require(
            piece.content.enumerated().allSatisfy { $1 == FuzzedStream.octet(segment, piece.offset + $0) },
            "the octets of a piece do not stand where they belong"
        )
    }

    private func take(_ output: PeerOutput) throws {
        switch output {
        case .http(let request): requests.append((request, 0))
        case .cancel(let id):
            try require(requests.contains { $0.request.id == id }, "a request is cancelled that is not under way")
            requests.removeAll { $0.request.id == id }
        case .answer(let id, let answer):
            guard let place = wanted.firstIndex(where: { $0.id == id }) else {
                throw Violation(description: "the player is answered what it does not want")
            }
            let segment = wanted.remove(at: place).segment
            guard case .data(let octets) = answer, let segment, !isTainted else { return }
            try require(octets.count == FuzzedStream.size || isCutOff, "a segment is given that is not whole")
            try require(
                octets.enumerated().allSatisfy { $1 == FuzzedStream.octet(segment, $0) },
                "the octets of a segment do not stand where they belong"
            )
        case .event: break
        }
    }

    /// Everybody else falls silent: the player is answered all the same, and nobody is waited for any longer.
    private func conclude() throws {
        for _ in 0..<400 where !wanted.isEmpty {
            while !requests.isEmpty {
                serve(0, .failed, 0)
                try settle()
            }
            guard let deadline = swarm.nextDeadline else { break }
            try advance(to: max(now, deadline))
        }
        try require(wanted.isEmpty, "the player waits for ever")
        // Somebody may be asked meanwhile, and not be waited for too long.
        try pass(Dealings.limit + Dealings.limit)
    }
}

/// What the others have to say.
extension PeerUnderFuzz {
    private func makeID() -> Int {
        nextID += 1
        return nextID
    }

    private func serve(_ place: Int, _ outcome: PeerStep.Outcome, _ particular: UInt8) {
        let (request, served) = requests[place]
        var rest: ArraySlice<UInt8> {
            FuzzedStream.body(request.url, particular, naming: Self.others + [swarm.nearID]).dropFirst(served)
        }
        func tell(_ events: [WebEvent], isLast: Bool = true) {
            if isLast { requests.removeAll { $0.request.id == request.id } }
            for event in events { swarm.receive(event, of: request.id, at: now) }
        }
        switch outcome {
        case .failed: tell([.failed])
        case .notFound: tell([.status(404), .end])
        case .unavailable: tell([.status(503), .end])
        case .cutOff:
            isCutOff = true
            tell([.status(200), .end])
        case .whole:
            let all = Array(rest)
            given += all.count
            tell([.status(200), .body(all), .end])
        case .more:
            let more = Array(rest.prefix(300))
            given += more.count
            requests[place].served += more.count
            tell([.status(200), .body(more)], isLast: false)
        }
    }
}
