internal import RTMFP

/// A whole exchange of datagrams: ends, the secrets that their sessions were made of, and steps.
struct Transcript {
    var ends: [TranscriptEnd]
    /// The pairs of the ends of each session, in the order in which the sessions were keyed.
    var pairs: [(initiator: DiffieHellmanKeyPair, responder: DiffieHellmanKeyPair)] = []
    var steps: [TranscriptStep]

    init(ends: [TranscriptEnd], steps: [TranscriptStep]) {
        self.ends = ends
        self.steps = steps
    }

    /// Reads the input of a vector.
    init(_ input: VectorFields) throws(VectorFormatError) {
        ends = try input.objects("ends").map { end throws(VectorFormatError) in try TranscriptEnd(end) }
        pairs = try input.objects("sessions").map { session throws(VectorFormatError) in
            (try session.keyPair("initiatorPrivateKey"), try session.keyPair("responderPrivateKey"))
        }
        steps = try input.objects("steps").map { step throws(VectorFormatError) in try TranscriptStep(step) }
    }

    /// The datagrams, with the numbers of their steps.
    var datagrams: [(step: Int, said: TranscriptStep.Said)] {
        steps.enumerated().compactMap { number, step in
            if case .said(_, let said) = step { (number, said) } else { nil }
        }
    }

    /// What an end said, and when.
    func words(of end: String) -> [(step: Int, word: TranscriptPlayer.Word)] {
        steps.enumerated().compactMap { number, step in
            guard case .said(let at, let said) = step, said.from == end else { return nil }
            let datagram = Datagram(bytes: said.datagram, far: said.destination)
            return (number, TranscriptPlayer.Word(at: at, source: said.source, datagram: datagram))
        }
    }

    /// Plays an end again: whatever it does by itself, and whatever reaches it.
    ///
    /// - Parameter watching: the number of a step.
    /// - Returns: what it says; and by which rules it does not go on when the step watched for reaches it first.
    func play(_ end: TranscriptEnd, watching: Int? = nil) throws -> (words: [TranscriptPlayer.Word], broken: [Rule]) {
        let player = try TranscriptPlayer(end)
        var broken: [Rule] = []
        for input in inputs(of: end.name) {
            try advance(player, to: input.at)
            _ = player.conduct.takeBroken()
            switch steps[input.step] {
            case .act(_, _, let act): player.perform(act, at: input.at)
            case .said(_, let said): player.receive(said.datagram, from: said.source, at: input.at)
            }
            if input.step == watching, broken.isEmpty { broken = player.conduct.takeBroken() }
        }
        try advance(player, to: steps.map(\.at).max() ?? 0)
        return (player.words, broken)
    }

    /// What an end does by itself and what reaches it, in order.
    private func inputs(of end: String) -> [(at: TranscriptStep.Time, step: Int)] {
        var inputs: [(at: TranscriptStep.Time, isArrival: Bool, step: Int)] = []
        for (number, step) in steps.enumerated() {
            switch step {
            case .act(let at, end, _): inputs.append((at, false, number))
            case .said(_, let said) where said.to == end: inputs += said.arrivals.map { ($0, true, number) }
            default: break
            }
        }
        return inputs.sorted { first, second in
            if first.at != second.at { return first.at < second.at }
            return first.isArrival == second.isArrival ? first.step < second.step : second.isArrival
        }.map { ($0.at, $0.step) }
    }

    private func advance(_ player: TranscriptPlayer, to at: TranscriptStep.Time) throws {
        var wakes = 0
        while let wake = player.wake, wake <= at {
            player.advance(to: wake)
            wakes += 1
            guard wakes < 10_000 else { throw VectorMismatch("play", expected: "an end", actual: "no rest") }
        }
    }
}
