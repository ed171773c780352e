internal import HLSP2P

extension VectorKind {
    /// What whole peers go through.
    static let peerTranscripts: [VectorKind] = [
        VectorKind("peer-transcript", read: { _ = try PeerTranscript(try $0.inputFields()) }) { vector in
            let transcript = try PeerTranscript(try vector.inputFields())
            if vector.result == .invalid {
                try vector.checkRefusal(in: transcript)
            } else {
                try vector.checkConduct(in: transcript)
            }
        }
    ]
}

extension Vector {
    /// Reads every step, and has this package's peer play its part: it does the same at the same times.
    fileprivate func checkConduct(in transcript: PeerTranscript) throws {
        let expected = try expectedFields()
        var reading = try PeerTranscriptReading(transcript)
        try compare("ends", expected["ends"] ?? .null, .array(reading.ids.map { .hex($0.octets) }))
        let outcomes = try expected.array("steps")
        try require("steps", outcomes.count, transcript.steps.count)
        for (number, (step, outcome)) in zip(transcript.steps, outcomes).enumerated() {
            do {
                try compare("step \(number)", outcome, try reading.outcome(of: step))
            } catch let error where VectorErrorClass(error) != nil {
                throw VectorMismatch("step \(number)", expected: "as specified", actual: "\(error)")
            }
        }
        guard transcript.role.swarm != nil else { return }
        let played = try transcript.play()
        for (number, (said, done)) in zip(transcript.steps, played).enumerated() {
            try compare("step \(number), played", said.document, done.document)
        }
        try require("number of steps, played", transcript.steps.count, played.count)
    }

    /// Has this package's peer play its part up to the changed step: before, it does the same; of what it did because of
    /// the step in the twin, it does nothing. A reader tells why.
    fileprivate func checkRefusal(in transcript: PeerTranscript) throws {
        let parts = edit?.field.split(separator: "/") ?? []
        guard parts.count > 1, parts[0] == "steps", let number = Int(parts[1]),
            transcript.steps.indices.contains(number), !transcript.steps[number].isOut
        else {
            throw VectorMismatch("edit", expected: "of something that reaches the peer", actual: edit?.field ?? "none")
        }
        // Nothing that follows the consequences has a meaning, and there may be nothing left to say it on.
        var beginning = transcript
        beginning.steps.removeSubrange(transcript.end(of: number)...)
        let played = try beginning.play()
        try require(
            "steps before step \(number)",
            transcript.steps[..<number].map(\.document.description),
            played.prefix(number).map(\.document.description)
        )
        let done = played.dropFirst(number + 1)
        let forbidden = transcript.consequences(of: number).map { transcript.steps[$0] }
        guard !forbidden.isEmpty else {
            throw VectorMismatch("step \(number)", expected: "consequences in the twin", actual: "none")
        }
        if let answer = forbidden.first(where: { answer in done.contains { $0.isSame(as: answer) } }) {
            throw VectorMismatch("step \(number)", expected: "ignored", actual: "followed by \(answer.document)")
        }
        var reading = try PeerTranscriptReading(transcript)
        do {
            for step in beginning.steps where !step.isOut || step.at < transcript.steps[number].at {
                _ = try reading.outcome(of: step)
            }
            throw VectorMismatch("step \(number)", expected: "refused", actual: "read well")
        } catch let refusal where VectorErrorClass(refusal) != nil {
            try require("class of error", error, VectorErrorClass(refusal))
        }
    }
}

extension PeerStep {
    /// Whether it is the same, whatever the number of its flow.
    fileprivate func isSame(as other: PeerStep) -> Bool {
        guard case .near(let end, .message(_, let opening, let octets)) = content,
            case .near(end, .message(_, let otherOpening, octets)) = other.content
        else { return content == other.content }
        return (opening == nil) == (otherOpening == nil)
    }
}
