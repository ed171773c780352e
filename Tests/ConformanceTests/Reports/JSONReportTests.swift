import Conformance
import JSONSchema
import Testing

@Suite("The JSON report and the event stream")
struct JSONReportTests {
    func report(_ events: [RunEvent]) throws -> JSON {
        try JSON(text: Samples.text(events, JSONReport.init(to:)))
    }

    @Test
    func whatItSays() throws {
        let report = try report(Samples.events(Samples.all))
        #expect(report["tool"] == .object(["name": .string("hlsp2p-check"), "version": .string("0.1")]))
        #expect(report["seed"] == .number(7))
        #expect(report["targets"] == .array([.string("127.0.0.1:1935")]))
        #expect(report["durationMs"] == .number(1500))
        #expect(report["summary"]?.object?.count == 8)
        #expect(report["summary"]?.object?.values.allSatisfy { $0 == .number(1) } == true)
        #expect(report["cases"]?.array?.map { $0["verdict"]?.string } == Verdict.allCases.map(\.rawValue))
        let failed = try #require(report[path: ["cases", "2"]])
        #expect(failed["id"] == .string("rendezvous/startup/failed"))
        #expect(failed["durationMs"] == .number(1.235))
        #expect(failed["actual"] == .string("tag = 0012; first differing octet at 1"))
        #expect(failed["transcript"]?.array?.count == 3)
        #expect(failed[path: ["transcript", "1", "direction"]] == .string("received"))
        let unsupported = try #require(report[path: ["cases", "4"]])
        #expect(unsupported["actual"] == .string("why it is unsupported"))
        #expect(report[path: ["cases", "0", "expected"]] == nil)
    }

    /// Reports must not depend on how many cases run side by side.
    @Test
    func theOrderIsThatOfThePlan() throws {
        let planned = Samples.all.map(\.id)
        let straight = try Samples.text(Samples.events(Samples.all, planned: planned), JSONReport.init(to:))
        let crossed = Samples.events(Samples.all.reversed(), planned: planned)
        #expect(try Samples.text(crossed, JSONReport.init(to:)) == straight)
    }

    @Test
    func aRunThatWasCutShort() throws {
        let events = Samples.events([Samples.result(.passed, "c")], planned: ["a", "b", "c"], ending: .timeLimit)
        let report = try report(events)
        #expect(report["ending"] == .string("timeLimit"))
        #expect(report["planned"] == .number(3))
        #expect(report["cases"]?.array?.count == 1)
    }

    @Test
    func oddTextAndNumbers() throws {
        var result = Samples.result(.failed)
        result.actual = "quote \" backslash \\ nul \0 escape \u{1b} line\nfeed \u{2028} é 🦆"
        result.durationMilliseconds = .nan
        let report = try report(Samples.events([result]))
        #expect(report[path: ["cases", "0", "actual"]]?.string == result.actual)
        #expect(report[path: ["cases", "0", "durationMs"]] == .number(0))
    }

    @Test
    func everyEventIsALine() throws {
        var result = Samples.result(.failed)
        result.actual = "two\nlines"
        let text = try Samples.text(Samples.events([result]), NDJSONReport.init(to:))
        let events = try text.split(separator: "\n").map { try JSON(text: String($0))["event"]?.string }
        #expect(events == ["runStarted", "caseStarted", "caseFinished", "runFinished"])
        #expect(text.last == "\n")
    }

    @Test
    func eventsAreWrittenWhenTheyHappen() throws {
        let memory = Memory()
        var writer = NDJSONReport(to: memory)
        for (count, event) in Samples.events(Samples.all).enumerated() {
            try writer.handle(event)
            #expect(memory.text.split(separator: "\n").count == count + 1)
        }
        #expect(!memory.isCommitted)
    }
}
