extension DecodeSummary {
    /// The counts, for output.
    var fields: [Field] {
        [
            Field("packets", packets),
            Field("verified", verified),
            Field("failed", failed),
            Field("notCovered", notCovered),
            Field("notRTMFP", notRTMFP),
            Field("underSessionKeys", underSessionKeys),
            Field("malformedChunks", malformedChunks),
            Field("messages", messages),
            Field("missingFragments", .number(missingFragments)),
            Field("incompleteMessages", incompleteMessages),
            Field("chunks", .parts(chunks.map { Field($0.name, $0.count) })),
        ]
    }
}

extension CaptureCounts {
    /// The counts, for output.
    var field: Field {
        Field(
            "capture",
            .parts([
                Field("frames", frames),
                Field("datagrams", datagrams),
                Field("otherProtocols", otherProtocols),
                Field("truncated", truncated),
                Field("malformed", malformed),
                Field("fragments", fragments),
                Field("incomplete", incomplete),
                Field("overlapping", overlapping),
            ])
        )
    }
}

extension Field {
    fileprivate init(_ name: String, _ count: Int) {
        self.init(name, .number(UInt64(clamping: count)))
    }
}
