internal import Flash
internal import HLSP2P

extension VectorKind {
    /// What peers go through.
    static let swarmTranscripts: [VectorKind] = [
        VectorKind("swarm-transcript", read: { _ = try SwarmTranscript(try $0.inputFields()) }) { vector in
            let transcript = try SwarmTranscript(try vector.inputFields())
            if vector.result == .invalid {
                try vector.checkRefusal(in: transcript)
            } else {
                try vector.checkConduct(in: transcript)
            }
        }
    ]
}

extension Vector {
    /// Reads every step, and has this package's swarm algorithm play the peer: it does the same at the same times.
    fileprivate func checkConduct(in transcript: SwarmTranscript) throws {
        let outcomes = try expectedFields().array("steps")
        try require("steps", outcomes.count, transcript.steps.count)
        for (number, (step, outcome)) in zip(transcript.steps, outcomes).enumerated() {
            try compare("step \(number)", outcome, transcript.outcome(of: step))
        }
        let played = try transcript.play().steps
        for (number, (said, done)) in zip(transcript.steps, played).enumerated() {
            try compare("step \(number), played", said.document, done.document)
        }
        try require("number of steps, played", transcript.steps.count, played.count)
    }

    /// Has this package's swarm algorithm play the peer: up to the changed step it does the same, and then not what it did
    /// because of it.
    fileprivate func checkRefusal(in transcript: SwarmTranscript) throws {
        let parts = edit?.field.split(separator: "/") ?? []
        guard parts.count > 1, parts[0] == "steps", let step = Int(parts[1]), transcript.steps.indices.contains(step),
            case .in(.message(_, let octets)) = transcript.steps[step].content
        else {
            throw VectorMismatch("edit", expected: "of a message that reaches the peer", actual: edit?.field ?? "none")
        }
        let (played, broken) = try transcript.play(watching: step)
        try require("steps before step \(step)", Array(transcript.steps[..<step]), Array(played.prefix(step)))
        let at = transcript.steps[step].at
        let answers = transcript.steps[(step + 1)...].prefix { $0.at == at && $0.output != nil }
        let done = played.dropFirst(step + 1).prefix { $0.at == at && $0.output != nil }
        guard let answer = answers.first(where: { !$0.isConfirm }) else {
            throw VectorMismatch("step \(step)", expected: "consequences in the twin", actual: "none")
        }
        if done.contains(answer) {
            throw VectorMismatch("step \(step)", expected: "ignored", actual: "followed by \(answer.document)")
        }
        guard let errorClass = errorClass(of: octets, broken) else {
            throw VectorMismatch("step \(step)", expected: "refused", actual: "judged well: \(broken.map(\.name))")
        }
        try require("class of error", error, errorClass)
    }

    /// Why a message is not acted upon.
    private func errorClass(of octets: [UInt8], _ broken: [PeerRule]) -> VectorErrorClass? {
        do {
            let message = try Message(decoding: octets)
            let reading = Envelope.reading(message)
            // What the envelope only tells in words, the decoder of data tells as an error.
            if case .failure(.undecodable) = reading { _ = try DataMessage(decoding: message) }
            let envelope = try reading.get()
            if case .request = envelope.kind, Request(envelope) == nil {
                return SwarmStep.sections[envelope.subtype] == nil ? .value : .missing
            }
            return broken.compactMap(VectorErrorClass.init).last
        } catch {
            return VectorErrorClass(error)
        }
    }
}

extension VectorErrorClass {
    /// Of which class the error is of a message that is not acted upon for this rule; nil if it is not for it.
    fileprivate init?(_ rule: PeerRule) {
        switch rule {
        case .responseExpected, .confirmExpected: self = .mismatch
        case .pieceExpected, .uninvitedIgnored, .firstPieceCounts, .requestNew: self = .order
        case .chunkOffered, .pieceAvailable, .basisPositive: self = .value
        default: return nil
        }
    }
}
