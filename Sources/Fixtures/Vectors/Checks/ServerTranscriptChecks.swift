extension VectorKind {
    /// What a rendezvous and a tracker are told, and what they answer.
    static let serverTranscripts: [VectorKind] = [
        VectorKind("server-transcript", read: { _ = try ServerTranscript(try $0.inputFields()) }) { vector in
            let transcript = try ServerTranscript(try vector.inputFields())
            if let expected = try vector.accepted({ try transcript.expected() }) { try vector.compare(expected) }
            try vector.checkReference(transcript)
        }
    ]
}

extension Vector {
    /// Tells this package's server the same: whatever the one of the transcript has done, it does as demanded.
    fileprivate func checkReference(_ transcript: ServerTranscript) throws {
        if result == .invalid {
            let parts = edit?.field.split(separator: "/") ?? []
            guard parts.count > 2, parts[0] == "steps", let number = Int(parts[1]),
                transcript.steps.indices.contains(number), transcript.steps[number].isOut
            else {
                throw VectorMismatch(
                    "edit",
                    expected: "of something that the server does",
                    actual: edit?.field ?? "none"
                )
            }
        }
        do {
            _ = try transcript.withPlayableEnds().played().expected()
        } catch let error where VectorErrorClass(error) != nil {
            throw VectorMismatch("this package's server", expected: "as demanded", actual: "\(error)")
        }
    }
}
