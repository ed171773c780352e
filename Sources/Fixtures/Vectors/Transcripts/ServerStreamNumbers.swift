internal import Flash

/// Which streams clients mean in a transcript, in the numbers of the server that plays it again.
struct ServerStreamNumbers {
    /// What clients were given in the transcript.
    private let known: [String: [ServerTranscriptReading.Stream]]
    /// What they are given now.
    private var reading: ServerTranscriptReading
    private var numberOfStepsRead = 0

    /// - Throws: if a certificate is none.
    init(_ transcript: ServerTranscript) throws {
        reading = try ServerTranscriptReading(transcript)
        var reading = reading
        // What cannot be read gives nobody a stream.
        for step in transcript.steps { _ = try? reading.meaning(of: step) }
        known = reading.streams
    }

    /// What a client does, on a flow for the stream that the same call gave it here; unchanged if that is none.
    ///
    /// - Parameter steps: what was said up to now.
    mutating func translated(
        _ input: ServerStep.Input,
        of end: String,
        after steps: [ServerStep]
    ) -> ServerStep.Input {
        for step in steps.dropFirst(numberOfStepsRead) { _ = try? reading.meaning(of: step) }
        numberOfStepsRead = steps.count
        guard case .act(.message(let flow, var opening?, let octets)) = input,
            var metadata = try? FlowMetadata(decoding: opening.metadata),
            let stream = known[end]?.first(where: { $0.number == metadata.streamID }),
            let number = reading.streams[end]?.first(where: { $0.call == stream.call })?.number,
            number != stream.number
        else { return input }
        metadata.streamID = number
        opening.metadata = metadata.encoded
        return .act(.message(flow: flow, opening, octets))
    }
}
