internal import RTMFP

extension VectorKind {
    /// Whole exchanges.
    static let transcripts: [VectorKind] = [
        VectorKind("transcript", read: { _ = try Transcript(try $0.inputFields()) }) { vector in
            let transcript = try Transcript(try vector.inputFields())
            if vector.result != .invalid { try vector.checkContents(of: transcript) }
            // What may be ignored this package's endpoint ignores.
            if vector.edit == nil {
                try vector.checkConduct(in: transcript)
            } else {
                try vector.checkRefusal(in: transcript)
            }
        }
    ]
}

extension Vector {
    /// Opens each datagram with what the former ones and the private keys tell, and makes it again.
    fileprivate func checkContents(of transcript: Transcript) throws {
        let expected = try expectedFields()
        var reading = TranscriptReading(
            transcript.ends,
            pairs: transcript.pairs.flatMap { [$0.initiator, $0.responder] }
        )
        let outcomes = try expected.array("steps")
        try require("steps", outcomes.count, transcript.steps.count)
        let datagrams = Dictionary(transcript.datagrams.map { ($0.step, $0.said) }) { first, _ in first }
        for (number, outcome) in outcomes.enumerated() {
            guard let said = datagrams[number] else {
                try compare("step \(number)", outcome, .null)
                continue
            }
            let content = try reading.read(said)
            try compare("step \(number)", outcome, content.document)
            try require("step \(number): datagram", said.datagram, content.again)
        }
        try compare("sessions", expected["sessions"] ?? .null, .array(reading.sessions.map(\.document)))
        try require("sessions", transcript.pairs.count, reading.sessions.count)
        for (number, (pair, session)) in zip(transcript.pairs, reading.sessions).enumerated() {
            try require("session \(number): pair of the initiator", pair.initiator, session.initiatorPair)
            try require("session \(number): pair of the responder", pair.responder, session.responderPair)
        }
    }

    /// Has this package's endpoint play every end that it can play: it says the same at the same times.
    fileprivate func checkConduct(in transcript: Transcript) throws {
        for end in transcript.ends where end.seed != nil {
            let said = transcript.words(of: end.name)
            let words = try transcript.play(end).words
            for (said, word) in zip(said, words) where said.word != word {
                try require("step \(said.step): time", said.word.at, word.at)
                try require("step \(said.step): datagram", said.word.datagram.bytes, word.datagram.bytes)
                try require("step \(said.step)", "\(said.word)", "\(word)")
            }
            try require("number of datagrams from \(end.name)", said.count, words.count)
        }
    }

    /// Has this package's endpoint play the end that the changed step reaches: up to then it says what it said, then it
    /// ignores the step, and does not say what it said next.
    fileprivate func checkRefusal(in transcript: Transcript) throws {
        let parts = edit?.field.split(separator: "/") ?? []
        guard parts.count > 1, parts[0] == "steps", let step = Int(parts[1]), transcript.steps.indices.contains(step),
            case .said(_, let changed) = transcript.steps[step], let arrival = changed.arrivals.first,
            let end = transcript.ends.first(where: { $0.name == changed.to })
        else {
            throw VectorMismatch("edit", expected: "of a datagram that reaches an end", actual: edit?.field ?? "none")
        }
        let said = transcript.words(of: end.name)
        let (words, broken) = try transcript.play(end, watching: step)
        let before = said.filter { $0.word.at < arrival }
        try require(
            "datagrams before step \(step)",
            before.map { hexadecimal($0.word.datagram.bytes) },
            words.prefix(before.count).map { hexadecimal($0.datagram.bytes) }
        )
        if let answer = said.first(where: { $0.word.at >= arrival }), words.contains(answer.word) {
            throw VectorMismatch("step \(step)", expected: "ignored", actual: "answered by step \(answer.step)")
        }
        let classes = broken.compactMap(VectorErrorClass.init)
        guard let errorClass = classes.last else {
            throw VectorMismatch("step \(step)", expected: "ignored", actual: "judged well: \(broken)")
        }
        try require("class of error", error?.rawValue, errorClass.rawValue)
    }
}
