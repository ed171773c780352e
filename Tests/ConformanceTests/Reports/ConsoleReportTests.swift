import Testing

@testable import Conformance

@Suite("The report for people")
struct ConsoleReportTests {
    func text(_ events: [RunEvent], _ style: ConsoleReport.Style = .init()) throws -> String {
        try Samples.text(events) { ConsoleReport(to: $0, style: style) }
    }

    @Test
    func aRunInWhichAllPassed() throws {
        let events = Samples.events([Samples.result(.passed, "a"), Samples.result(.passed, "b")])
        #expect(
            try text(events) == """
                hlsp2p-check 0.1: 127.0.0.1:1935, 2 cases, seed 7

                2 of 2 cases in 1.50 s: 2 passed, 0 tolerated, 0 failed, 0 crashed, 0 unsupported, 0 blocked, \
                0 undecided, 0 error
                exit status 0: as expected

                """
        )
    }

    @Test
    func everyVerdictIsNamedWithItsReason() throws {
        let text = try text(Samples.events(Samples.all))
        for verdict in [Verdict.failed, .crashed, .error] {
            let block = Samples.all.filter { $0.verdict == verdict }.map { FailureBlock($0).description }.joined()
            #expect(text.contains("\n\(block)\n"))
        }
        for verdict in [Verdict.tolerated, .unsupported, .blocked, .undecided] {
            #expect(text.contains("rendezvous/startup/\(verdict): why it is \(verdict)\n"))
        }
        #expect(!text.contains("startup/passed"))
        #expect(text.hasSuffix("exit status 1: the target breaks a MUST\n"))
    }

    @Test
    func casesWithOneReasonShareALine() throws {
        let results = ["a", "b", "c"].map { Samples.result(.unsupported, $0, note: "the target lacks: group14") }
        let text = try text(Samples.events(results))
        #expect(
            text.contains("unsupported 3 cases, the first rendezvous/startup/a: the target lacks: group14\n")
        )
    }

    @Test
    func verboseShowsEveryCase() throws {
        let text = try text(Samples.events(Samples.all), .init(verbose: true))
        #expect(text.contains("passed      rendezvous/startup/passed  1.235 ms\n"))
        #expect(text.contains("blocked     rendezvous/startup/blocked  1.235 ms  (why it is blocked)\n"))
        for result in Samples.all {
            #expect(text.contains(result.id))
        }
    }

    @Test
    func theOrderIsThatOfThePlan() throws {
        let planned = Samples.all.map(\.id)
        let straight = try text(Samples.events(Samples.all, planned: planned), .init(verbose: true))
        let crossed = try text(Samples.events(Samples.all.reversed(), planned: planned), .init(verbose: true))
        #expect(crossed == straight)
    }

    @Test
    func colourOnlyRepeatsTheWords() throws {
        let events = Samples.events(Samples.all)
        let plain = try text(events, .init(verbose: true))
        let coloured = try text(events, .init(verbose: true, colour: true))
        #expect(!plain.contains("\u{1b}"))
        #expect(coloured.contains("\u{1b}[31mFAILED"))
        #expect(coloured.replacing(#/\u{1b}\[\d+m/#, with: "") == plain)
    }

    @Test
    func failuresBelowMUSTAreSaidToCountForNothing() throws {
        let results = [Samples.result(.passed), Samples.result(.failed, level: .should)]
        let text = try text(Samples.events(results))
        #expect(text.contains("FAILED  rendezvous/startup/failed  (SHOULD)\n"))
        #expect(text.contains("1 of the failures is below MUST"))
        #expect(text.hasSuffix("exit status 0: as expected\n"))
    }

    @Test
    func aRunThatWasCutShort() throws {
        let events = Samples.events([Samples.result(.passed)], planned: ["a", "b"], ending: .interrupted)
        let text = try text(events)
        #expect(text.contains("\n1 of 2 cases in"))
        #expect(text.hasSuffix("exit status 130: interrupted\n"))
    }

    /// A line that is kept up to date is taken away before anything else is written.
    @Test
    func progress() throws {
        let screen = Memory()
        var writer = ConsoleReport(to: screen, progress: screen)
        for event in Samples.events([Samples.result(.passed), Samples.result(.failed)]) {
            try writer.handle(event)
        }
        #expect(screen.text.contains("\r\u{1b}[K1/2\r\u{1b}[K\nFAILED"))
        #expect(screen.text.contains("\r\u{1b}[K2/2\r\u{1b}[K\n2 of 2 cases"))
    }

    @Test(arguments: [
        ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["NO_COLOR": "0"], false),
        (["TERM": "dumb"], false), (["TERM": "xterm"], true),
    ])
    func whatTheEnvironmentSaysOfColour(_ environment: [String: String], _ permitted: Bool) {
        #expect(RunReporter.permitsColour(environment) == permitted)
    }
}
