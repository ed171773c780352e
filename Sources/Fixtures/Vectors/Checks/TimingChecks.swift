internal import RTMFP

extension VectorKind {
    private static let noFlows = "flows are not implemented yet"

    /// What depends on times, and on what came before.
    static let timing: [VectorKind] = [
        VectorKind("replay-window") { vector in
            var window = ReplayWindow()
            let accepted = try vector.inputFields().decimals("arrivals").map { window.accept($0) }
            try vector.compare(["accepted": .array(accepted.map(JSONValue.bool))])
        },
        VectorKind("timestamp-echo") { vector in
            let input = try vector.inputFields()
            var timestamps = Timestamps()
            var header = PacketHeader(.initiator, timestamp: try input.integer("timestamp"))
            let start = Instant.origin + .seconds(1)
            timestamps.receive(header, at: start)
            timestamps.stamp(&header, at: start + .milliseconds(try input.number("elapsedMilliseconds")))
            try vector.compare(["echo": .optional(header.timestampEcho) { .integer(Int($0)) }])
        },
        VectorKind("round-trip") { vector in
            var timestamps = Timestamps()
            var clock: Int64 = 0
            let measurements = try vector.expectedFields().array("measurements")
            let echoes = try vector.inputFields().objects("echoes")
            try require("measurements", echoes.count, measurements.count)
            for (index, (echo, expected)) in zip(echoes, measurements).enumerated() {
                // The clock of 16 bits goes on from where it was.
                let ticks: UInt16 = try echo.integer("now")
                clock += Int64(ticks &- UInt16(truncatingIfNeeded: clock))
                let before = timestamps
                let header = PacketHeader(.initiator, timestampEcho: try echo.integer("echo"))
                timestamps.receive(header, at: Instant(nanoseconds: clock * Timestamps.tick.nanoseconds))
                if expected == .null {
                    try require("SRTT", before.smoothedRoundTrip, timestamps.smoothedRoundTrip)
                    try require("ERTO", before.effectiveTimeout, timestamps.effectiveTimeout)
                    continue
                }
                let fields = try VectorFields(expected, "\(vector.id): /expected/measurements/\(index)")
                let smoothed = timestamps.smoothedRoundTrip ?? .zero
                try near(
                    "round trip",
                    fields.number("roundTrip"),
                    Double(ticks &- (try echo.integer("echo"))) * Timestamps.tick.milliseconds,
                    0
                )
                // MRTO is SRTT, four times RTTVAR and 200 ms.
                let variation = (timestamps.measuredTimeout.milliseconds - smoothed.milliseconds - 200) / 4
                try near("SRTT", fields.number("smoothedRoundTrip"), smoothed.milliseconds, 0.001)
                try near("RTTVAR", fields.number("variation"), variation, 0.001)
                try near("MRTO", fields.number("measuredTimeout"), timestamps.measuredTimeout.milliseconds, 0.001)
                try near("ERTO", fields.number("effectiveTimeout"), timestamps.effectiveTimeout.milliseconds, 0.001)
            }
        },
        VectorKind("timeout-backoff", omission: "run with the MRTO of a session that has measured nothing yet") {
            vector in
            var timestamps = Timestamps()
            try near(
                "ERTO",
                try vector.inputFields().number("effectiveTimeout"),
                timestamps.effectiveTimeout.milliseconds,
                0
            )
            for expected in try vector.expectedFields().array("effectiveTimeouts") {
                timestamps.backOff()
                let fields = try VectorFields(.object(["": expected]), "\(vector.id): /expected/effectiveTimeouts")
                try near("ERTO", try fields.number(""), timestamps.effectiveTimeout.milliseconds, 0.01)
            }
        },
        VectorKind("acknowledgement-form", omission: "both forms are encoded; choosing one is not run: \(noFlows)") {
            vector in
            let input = try vector.inputFields()
            let expected = try vector.expectedFields()
            let acknowledgement = RangeAcknowledgement(
                flowID: try input.decimal("flowID"),
                bufferBlocksAvailable: try input.decimal("bufferBlocksAvailable"),
                cumulativeAcknowledgement: try input.decimal("cumulativeAcknowledgement"),
                ranges: try input.ranges("ranges")
            )
            var writer = ByteWriter()
            Chunk.rangeAcknowledgement(acknowledgement).encode(into: &writer)
            try require("rangeAck", try expected.octets("rangeAck"), writer.bytes)
            let bitmapLength = try bitmapAcknowledgementLength(acknowledgement, at: expected.place)
            try vector.compare(["bitmapAckLength": .integer(bitmapLength)], except: ["compact", "rangeAck"])
            let octets = try expected.octets("compact")
            try require("length of the compact form", min(bitmapLength, writer.bytes.count), octets.count)
            let compact = try soleChunk(octets)
            for name in input.members.keys.sorted() {
                try vector.compare(name, input[name] ?? .null, try compact.members[name] ?? .null)
            }
        },
        VectorKind("receiver", omission: "the receiver is not run, only its answers decoded: \(noFlows)") { vector in
            for answer in try vector.expectedFields().objects("acknowledgements") {
                let members = try soleChunk(try answer.octets("chunk")).members
                for name in ["cumulativeAcknowledgement", "ranges"] {
                    try vector.compare(name, answer[name] ?? .null, members[name] ?? .null)
                }
            }
        },
        VectorKind("receive-window", omission: "the window is not computed, only encoded: \(noFlows)") { vector in
            let expected = try vector.expectedFields()
            var writer = ByteWriter()
            writer.vlu(try expected.decimal("blocks"))
            try require("encoded", try expected.octets("encoded"), writer.bytes)
        },
    ]

    /// Octets of a Bitmap Ack chunk that says the same as a Range Ack, type and length included.
    private static func bitmapAcknowledgementLength(
        _ acknowledgement: RangeAcknowledgement,
        at place: String
    ) throws -> Int {
        let cumulative = acknowledgement.cumulativeAcknowledgement
        let highest = acknowledgement.ranges.last?.upperBound ?? cumulative
        let bits = highest > cumulative ? highest - cumulative - 1 : 0
        guard bits <= 8 * UInt64(UInt16.max) else { throw VectorFormatError(place, "needs too long a bitmap") }
        let bitmap = BitmapAcknowledgement(
            flowID: acknowledgement.flowID,
            bufferBlocksAvailable: acknowledgement.bufferBlocksAvailable,
            cumulativeAcknowledgement: cumulative,
            bitmap: [UInt8](repeating: 0, count: Int(bits + 7) / 8)
        )
        return 3 + bitmap.payload.count
    }

    /// The only chunk of a packet without more, encoded as it was.
    private static func soleChunk(_ octets: [UInt8]) throws -> Chunk {
        let packet = try Packet([PacketHeader(.initiator).flags] + octets)
        guard packet.chunks.count == 1, let chunk = packet.chunks.first, packet.padding.isEmpty else {
            throw VectorMismatch("chunks", expected: "1", actual: "\(packet.chunks.count)")
        }
        try require("chunk", octets, Array(packet.encoded.dropFirst()))
        return chunk
    }

    private static func near(
        _ subject: String,
        _ expected: Double,
        _ actual: Double,
        _ tolerance: Double
    ) throws(VectorMismatch) {
        guard (expected - actual).magnitude <= tolerance else {
            throw VectorMismatch(subject, expected: "\(expected) ms", actual: "\(actual) ms")
        }
    }
}
