import RTMFP
import Testing

@Suite("Timestamps (RFC 7016 §3.5.2.2)")
struct TimestampsTests {
    @Test(
        "the echo is the timestamp received last plus whole ticks since",
        arguments: [
            (0x1000, 0, 0x1000), (0x1000, 3, 0x1000), (0x1000, 4, 0x1001), (0x1000, 1000, 0x10fa),
            (0xfff0, 100, 0x0009), (0x1000, 128_000, 0x8d00), (0x1000, 128_001, nil),
        ] as [(UInt16, Double, UInt16?)]
    )
    func echo(received: UInt16, elapsed: Double, expected: UInt16?) {
        var timestamps = Timestamps()
        let start = Instant.origin + .seconds(5)
        timestamps.receive(PacketHeader(.initiator, timestamp: received), at: start)
        var header = PacketHeader(.responder)
        timestamps.stamp(&header, at: start + .milliseconds(elapsed))
        #expect(header.timestampEcho == expected)
    }

    @Test("a repeated timestamp does not restart the clock of its echo")
    func repeatedTimestamp() {
        var timestamps = Timestamps()
        timestamps.receive(PacketHeader(.initiator, timestamp: 100), at: .origin)
        timestamps.receive(PacketHeader(.initiator, timestamp: 100), at: .origin + .milliseconds(40))
        var header = PacketHeader(.responder)
        timestamps.stamp(&header, at: .origin + .milliseconds(80))
        #expect(header.timestampEcho == 120)
    }

    @Test("timestamp and echo are left out while they are those sent last")
    func unchanged() {
        var timestamps = Timestamps()
        timestamps.receive(PacketHeader(.initiator, timestamp: 7), at: .origin)
        var first = PacketHeader(.responder)
        timestamps.stamp(&first, at: .origin + .milliseconds(1))
        var second = PacketHeader(.responder)
        timestamps.stamp(&second, at: .origin + .milliseconds(3))
        var third = PacketHeader(.responder)
        timestamps.stamp(&third, at: .origin + .milliseconds(4))
        #expect(first.timestamp == 0 && first.timestampEcho == 7)
        #expect(second.timestamp == nil && second.timestampEcho == nil)
        #expect(third.timestamp == 1 && third.timestampEcho == 8)
    }

    @Test("a timestamp is sent again for far ends that rely on it")
    func repeated() {
        var timestamps = Timestamps()
        for elapsed in [1.0, 3] {
            var header = PacketHeader(.initiator)
            timestamps.stamp(&header, at: .origin + .milliseconds(elapsed), repeats: true)
            #expect(header.timestamp == 0)
        }
    }

    @Test("an echo is not sent before anything was received")
    func nothingToEcho() {
        var timestamps = Timestamps()
        var header = PacketHeader(.responder)
        timestamps.stamp(&header, at: .origin)
        #expect(header.timestampEcho == nil)
    }

    @Test("five measurements, one across the clock's wrap, one from the future")
    func measurements() {
        let steps: [(now: Double, echo: UInt16, smoothed: Double, measured: Double)] = [
            (1000, 975, 100, 500), (1100, 1070, 102.5, 472.5), (1300, 1200, 139.6875, 764.6875),
            (65_536 + 20, 65_530, 135.2266, 689.6641), (65_536 + 100, 200, 135.2266, 689.6641),
        ]
        var timestamps = Timestamps()
        #expect(timestamps.smoothedRoundTrip == nil)
        #expect(timestamps.measuredTimeout == .milliseconds(250))
        #expect(timestamps.effectiveTimeout == .seconds(3))
        for step in steps {
            let now = Instant.origin + .milliseconds(4 * step.now)
            timestamps.receive(PacketHeader(.initiator, timestampEcho: step.echo), at: now)
            #expect(abs((timestamps.smoothedRoundTrip?.milliseconds ?? 0) - step.smoothed) < 0.001)
            #expect(abs(timestamps.measuredTimeout.milliseconds - step.measured) < 0.001)
            #expect(timestamps.effectiveTimeout == timestamps.measuredTimeout)
        }
    }

    @Test("an echo that repeats is not measured again")
    func repeatedEcho() {
        var timestamps = Timestamps()
        let header = PacketHeader(.initiator, timestampEcho: 0)
        timestamps.receive(header, at: .origin + .milliseconds(40))
        timestamps.receive(header, at: .origin + .milliseconds(4000))
        #expect(timestamps.smoothedRoundTrip == .milliseconds(40))
    }

    @Test("ERTO is a quarter of a second at least")
    func floor() {
        var timestamps = Timestamps()
        timestamps.receive(PacketHeader(.initiator, timestampEcho: 0), at: .origin)
        #expect(timestamps.measuredTimeout == .milliseconds(200))
        #expect(timestamps.effectiveTimeout == .milliseconds(250))
    }

    @Test("ERTO backs off by 1.4142 up to 10 seconds")
    func backOff() {
        var timestamps = Timestamps()
        let intervals = (0..<6).map { _ in
            timestamps.backOff()
            return timestamps.effectiveTimeout.milliseconds
        }
        let expected = [4242.6, 5999.88, 8485.04, 10_000, 10_000, 10_000]
        #expect(zip(intervals, expected).allSatisfy { abs($0 - $1) < 0.02 })
    }

    @Test("ERTO does not back off below MRTO")
    func backOffAboveCap() {
        var timestamps = Timestamps()
        let now = Instant.origin + .seconds(20)
        timestamps.receive(PacketHeader(.initiator, timestampEcho: 0), at: now)
        timestamps.backOff()
        #expect(timestamps.measuredTimeout > .seconds(10))
        #expect(timestamps.effectiveTimeout == timestamps.measuredTimeout)
    }
}
