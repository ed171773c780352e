internal import RTMFP

/// Makes transcripts: endpoints of this package on a network whose every delay is told.
struct TranscriptScene {
    /// How a datagram fares: milliseconds that it takes, once or several times; nothing if it is lost.
    typealias Path = (_ from: String, _ number: Int) -> [Int]

    var ends: [TranscriptEnd]
    /// What the ends do by themselves.
    var script: [(at: TranscriptStep.Time, end: String, act: TranscriptStep.Act)]
    /// How the datagrams of an end fare, which are numbered from 0.
    var path: Path = { _, _ in [10] }
    /// How long to look on.
    var duration: TranscriptStep.Time

    /// The transcript, and what a correct reader makes of it.
    ///
    /// - Throws: if an endpoint has no rest, or something is still under way when it ends.
    func play() throws -> (input: [String: JSONValue], expected: [String: JSONValue]) {
        let players = try ends.map(TranscriptPlayer.init)
        var transcript = Transcript(ends: ends, steps: [])
        var said = ends.map { _ in 0 }
        var underWay: [(at: TranscriptStep.Time, step: Int, to: Int)] = []
        var script = script[...]
        var now = 0

        func collect() {
            for (number, player) in players.enumerated() {
                for word in player.words.dropFirst(said[number]) {
                    let to = players.firstIndex { $0.address == word.datagram.far }
                    let arrivals = path(ends[number].name, said[number]).map { now + $0 }
                    underWay += arrivals.compactMap { arrival in to.map { (arrival, transcript.steps.count, $0) } }
                    transcript.steps.append(
                        .said(
                            at: now,
                            TranscriptStep.Said(
                                from: ends[number].name,
                                source: word.source,
                                to: to.map { ends[$0].name },
                                destination: word.datagram.far,
                                datagram: word.datagram.bytes,
                                arrivals: to == nil ? [] : arrivals
                            )
                        )
                    )
                    said[number] += 1
                }
            }
        }

        while true {
            let times = players.compactMap(\.wake) + underWay.map(\.at) + [script.first?.at].compactMap(\.self)
            guard let next = times.min(), next <= duration else { break }
            now = max(now, next)
            for player in players {
                if let wake = player.wake, wake <= now { player.advance(to: now) }
            }
            collect()
            while let first = script.first, first.at <= now {
                script.removeFirst()
                transcript.steps.append(.act(at: now, end: first.end, first.act))
                if let number = ends.firstIndex(where: { $0.name == first.end }) {
                    players[number].perform(first.act, at: now)
                }
                collect()
            }
            let due = underWay.filter { $0.at <= now }
            underWay.removeAll { $0.at <= now }
            for arrival in due {
                if case .said(_, let said) = transcript.steps[arrival.step] {
                    players[arrival.to].receive(said.datagram, from: said.source, at: now)
                }
                collect()
            }
            guard transcript.steps.count < 200 else { throw VectorFormatError("transcript", "has no end") }
        }
        guard underWay.isEmpty else { throw VectorFormatError("transcript", "ends before something has arrived") }
        return try describe(transcript, pairs: players.flatMap(\.conduct.pairs))
    }

    private func describe(
        _ transcript: Transcript,
        pairs: [DiffieHellmanKeyPair]
    ) throws -> (input: [String: JSONValue], expected: [String: JSONValue]) {
        var reading = TranscriptReading(ends, pairs: pairs)
        let expected = try reading.outcome(of: transcript)
        let input: [String: JSONValue] = [
            "ends": .array(ends.map(\.document)), "sessions": .array(reading.sessions.map(\.secrets)),
            "steps": .array(transcript.steps.map(\.document)),
        ]
        return (input, expected)
    }
}
