import Conformance
import Foundation
import JSONSchema
import Testing

@Suite("Reports in JSON, held against their schemas")
struct SchemaTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../schemas", isDirectory: true)
        .standardizedFileURL

    let report: JSONSchema
    let event: JSONSchema

    init() throws {
        report = try JSONSchema(folder: Self.folder, name: "report.schema.json")
        event = try JSONSchema(folder: Self.folder, name: "event.schema.json")
    }

    func sample() throws -> JSON {
        try JSON(text: Samples.text(Samples.events(Samples.all), JSONReport.init(to:)))
    }

    @Test
    func theReportIsValid() throws {
        #expect(try report.violations(of: sample()) == [])
    }

    @Test(arguments: RunSummary.Ending.allCases)
    func aReportWithoutResultsIsValid(_ ending: RunSummary.Ending) throws {
        let events = Samples.events([], planned: ["a/b"], ending: ending)
        let text = try Samples.text(events, JSONReport.init(to:))
        #expect(try report.violations(of: JSON(text: text)) == [])
    }

    @Test
    func everyEventIsValid() throws {
        let events = Samples.events(Samples.all, problems: ["a.pcap breaks off"])
        let lines = try Samples.text(events, NDJSONReport.init(to:)).split(separator: "\n")
        #expect(lines.count == 2 + 2 * Samples.all.count)
        for line in lines {
            #expect(try event.violations(of: JSON(text: String(line))) == [])
        }
    }

    static let mutations: [(String, JSON?)] = [
        ("schemaVersion", nil), ("schemaVersion", .number(2)), ("tool", .string("hlsp2p-check")),
        ("tool/version", nil), ("seed", .string("7")), ("seed", .number(-1)), ("targets", .string("a")),
        ("targets", .array([])), ("ending", .string("done")), ("summary/passed", nil),
        ("summary/skipped", .number(0)), ("summary/failed", .number(1.5)), ("cases", nil), ("cases/0/id", nil),
        ("cases/0/id", .string("No Id")), ("cases/0/verdict", .string("ok")), ("cases/0/level", .string("must")),
        ("cases/0/suite", nil), ("cases/0/requirements", .string("RFC7016-2-01")), ("cases/0/durationMs", nil),
        ("cases/0/durationMs", .number(-1)), ("cases/0/expected", .string("x")), ("cases/0/verdict", .string("failed")),
        ("cases/1/expected", nil), ("cases/1/actual", nil), ("cases/1/reproduce", nil),
        ("cases/2/actual", .string("")), ("cases/2/transcript/0/direction", .string("up")),
        ("cases/2/transcript/0/ms", nil), ("cases/2/transcript", .array([])), ("cases/2/why", .string("x")),
        ("extra", .null),
    ]

    @Test(arguments: mutations)
    func aChangedReportIsNotValid(_ path: String, _ value: JSON?) throws {
        let before = try sample()
        var after = before
        after[path: path.split(separator: "/").map(String.init)] = value
        #expect(after != before)
        #expect(!report.violations(of: after).isEmpty)
    }

    static let eventMutations: [(Int, String, JSON?)] = [
        (0, "event", nil), (0, "event", .string("started")), (0, "cases", .number(8)), (0, "seed", nil),
        (1, "id", nil), (1, "event", .string("caseFinished")), (2, "case", nil), (2, "case/verdict", nil),
        (6, "case/expected", nil), (17, "summary/error", nil), (17, "ending", nil), (17, "id", .string("a/b")),
    ]

    @Test(arguments: eventMutations)
    func aChangedEventIsNotValid(_ line: Int, _ path: String, _ value: JSON?) throws {
        let lines = try Samples.text(Samples.events(Samples.all), NDJSONReport.init(to:)).split(separator: "\n")
        var json = try JSON(text: String(lines[line]))
        #expect(event.violations(of: json) == [])
        json[path: path.split(separator: "/").map(String.init)] = value
        #expect(!event.violations(of: json).isEmpty)
    }
}
