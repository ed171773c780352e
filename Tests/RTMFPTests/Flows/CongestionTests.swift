import Testing

@testable import RTMFP

/// RFC 7016 Appendix A, case by case.
@Suite("Congestion control")
struct CongestionTests {
    private static let nobody = Congestion.TimeCritical(isSentHere: false, permitsFastGrowth: true)
    private static let elsewhere = Congestion.TimeCritical(isSentHere: false, permitsFastGrowth: false)
    private static let here = Congestion.TimeCritical(isSentHere: true, permitsFastGrowth: false)

    private func report(_ outstanding: Int, _ acknowledged: Int) -> Congestion.PacketReport {
        .init(outstandingBefore: outstanding, acknowledged: acknowledged, anyAcknowledgement: true)
    }

    private func loss(_ outstanding: Int) -> Congestion.PacketReport {
        var report = report(outstanding, 0)
        report.anyLoss = true
        report.anyNegative = true
        return report
    }

    @Test("slow start adds what was acknowledged, a segment at most for a packet")
    func slowStart() {
        var congestion = Congestion()
        #expect(congestion.window == 4380)
        congestion.packetProcessed(report(4380, 1000), Self.nobody)
        #expect(congestion.window == 5380)
        congestion.packetProcessed(report(5380, 5000), Self.nobody)
        #expect(congestion.window == 6840)
    }

    @Test("a window that is not used up does not grow, nor does one where something was passed over")
    func noGrowth() {
        var congestion = Congestion()
        congestion.packetProcessed(report(4379, 1000), Self.nobody)
        var passedOver = report(4380, 1000)
        passedOver.anyNegative = true
        congestion.packetProcessed(passedOver, Self.nobody)
        var silent = report(4380, 0)
        silent.anyAcknowledgement = false
        congestion.packetProcessed(silent, Self.nobody)
        #expect(congestion.window == 4380)
    }

    @Test(
        "loss halves the window; by an eighth only where time-critical data are sent, or much is under way",
        arguments: [
            (20_000, 0, 10_000), (20_000, 1, 10_000), (20_000, 2, 17_500), (80_000, 0, 70_000), (80_000, 1, 40_000),
            (5000, 0, 4380),
        ]
    )
    func shrinking(outstanding: Int, who: Int, expected: Int) {
        var congestion = Congestion()
        congestion.packetProcessed(loss(outstanding), [Self.nobody, Self.elsewhere, Self.here][who])
        #expect(congestion.window == expected)
        #expect(congestion.slowStartThreshold == expected)
    }

    @Test(
        "above the threshold the window grows by a fixed number of octets in a round trip",
        arguments: [(0, 768), (1, 384), (2, 384)]
    )
    func linear(who: Int, expected: Int) {
        var congestion = Congestion()
        let timeCritical = [Self.nobody, Self.elsewhere, Self.here][who]
        congestion.packetProcessed(loss(40_000), Self.elsewhere)
        let before = congestion.window
        for _ in 0..<(before / 1000) { congestion.packetProcessed(report(before + 10_000, 1000), timeCritical) }
        let grown = congestion.window - before
        #expect(grown > expected * 9 / 10 && grown <= expected)
    }

    @Test("time-critical data elsewhere stop slow start; this end's own make it a quarter as fast")
    func timeCriticalSlowStart() {
        var yielding = Congestion()
        yielding.packetProcessed(report(4380, 1000), Self.elsewhere)
        #expect(yielding.window - 4380 <= 24 * 4)
        var sending = Congestion()
        sending.packetProcessed(report(4380, 1000), Self.here)
        #expect(sending.window == 4380 + 250)
    }

    @Test("a timeout leaves a segment if data were lost, else the initial window")
    func timeout() {
        var lossy = Congestion()
        lossy.packetProcessed(report(4380, 1460), Self.nobody)
        lossy.timedOut(withLoss: true)
        #expect(lossy.window == 1460)
        var idle = Congestion()
        idle.packetProcessed(report(4380, 1460), Self.nobody)
        idle.timedOut(withLoss: false)
        #expect(idle.window == 4380)
    }

    @Test("a Time Critical Reverse Notification stops a sender's slow start for 800 ms")
    func reverseNotification() throws {
        let world = try RawClient()
        func window() throws -> Int { try #require(world.pair.server.congestionWindow(of: world.server)) }
        _ = try world.serve([octets(200_000)])
        var last = try #require(world.hear().fragments.last).number

        func acknowledge(notifying: Bool) throws -> Int {
            let before = try window()
            world.notify(notifying)
            let heard = world.say(RawClient.acknowledgement(last))
            last = try #require(heard.fragments.last).number
            return try window() - before
        }
        #expect(try acknowledge(notifying: false) > 1000)
        #expect(try acknowledge(notifying: true) <= 384)
        // A packet more than the window may be outstanding, and each sixteenth of a window brings 24 octets.
        #expect(try acknowledge(notifying: false) <= 384 + 4 * 24)
        world.hear(.milliseconds(200))
    }
}
