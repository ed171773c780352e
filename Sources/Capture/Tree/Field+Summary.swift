extension DecodeSummary {
    /// Writes the counts.
    func write(to sink: inout some FieldSink) {
        sink.number("packets", packets)
        sink.number("verified", verified)
        sink.number("failed", failed)
        sink.number("notCovered", notCovered)
        sink.number("notRTMFP", notRTMFP)
        sink.number("underSessionKeys", underSessionKeys)
        sink.number("malformedChunks", malformedChunks)
        sink.number("messages", messages)
        sink.number("missingFragments", missingFragments)
        sink.number("incompleteMessages", incompleteMessages)
        sink.parts("chunks") { sink in
            for chunk in chunks { sink.number(chunk.name, chunk.count) }
        }
    }
}

extension CaptureCounts {
    /// Writes the counts.
    func write(to sink: inout some FieldSink) {
        sink.parts("capture") { sink in
            sink.number("frames", frames)
            sink.number("datagrams", datagrams)
            sink.number("otherProtocols", otherProtocols)
            sink.number("truncated", truncated)
            sink.number("malformed", malformed)
            sink.number("fragments", fragments)
            sink.number("incomplete", incomplete)
            sink.number("overlapping", overlapping)
        }
    }
}
