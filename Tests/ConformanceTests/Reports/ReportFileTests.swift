import Foundation
import Testing

@testable import Conformance

/// A folder that goes away with the test.
private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("reports-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func put(_ text: String, _ name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }
}

@Suite("Files of reports")
struct ReportFileTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    @Test
    func itAppearsWhenItIsWhole() throws {
        let file = try ReportFile(path: folder.path("report"))
        try file.write("one ")
        try file.write("two")
        #expect(try !folder.names().contains("report"))
        try file.commit()
        #expect(try folder.names() == ["report"])
        #expect(try folder.text("report") == "one two")
    }

    @Test
    func itLeavesNothingWithoutCommit() throws {
        try folder.put("old", "report")
        do {
            let file = try ReportFile(path: folder.path("report"))
            try file.write("new")
        }
        #expect(try folder.names() == ["report"])
        #expect(try folder.text("report") == "old")
    }

    @Test
    func itReplacesWhatIsThere() throws {
        try folder.put("old and longer", "report")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("report"))
        let file = try ReportFile(path: folder.path("report"))
        try file.write("new")
        try file.commit()
        #expect(try folder.text("report") == "new")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("report"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test
    func aLinkStaysALink() throws {
        try folder.put("old", "target")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
        let file = try ReportFile(path: folder.path("link"))
        try file.write("new")
        try file.commit()
        #expect(try folder.text("target") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "target")
    }

    /// To rename a file over a device would destroy the device.
    @Test
    func aDeviceStaysADevice() throws {
        let file = try ReportFile(path: "/dev/null")
        try file.write("text")
        try file.commit()
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test(arguments: ["missing/report", "file/report", "folder", ""])
    func unwritablePathsAreFoundAtOnce(_ name: String) throws {
        try folder.put("", "file")
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        let path = name.isEmpty ? "" : folder.path(name)
        let error = try #require(throws: CannotWrite.self) { try ReportFile(path: path) }
        #expect(error.description.hasPrefix("cannot write \(path)"))
        #expect(!error.reason.isEmpty)
        #expect(try folder.names() == ["file", "folder"])
    }

    @Test
    func aFullDiskIsTold() throws {
        let file = try ReportFile(path: "/dev/full")
        let error = try #require(throws: CannotWrite.self) { try file.write("text") }
        #expect(error.reason == "no space left on device")
    }

    @Test
    func twoFilesAtOnce() throws {
        let first = try ReportFile(path: folder.path("a"))
        let second = try ReportFile(path: folder.path("b"))
        try first.write("a")
        try second.write("b")
        try second.commit()
        try first.commit()
        #expect(try folder.text("a") + folder.text("b") == "ab")
    }

    @Test
    func requestsAreRead() throws {
        #expect(try ReportRequest(argument: "json=a=b") == ReportRequest(.json, path: "a=b"))
        #expect(try ReportRequest(argument: "ndjson=-").isOnStandardOutput)
        #expect(try ReportRequest(argument: "junit=x.xml").format == .junit)
    }

    @Test(arguments: ["json", "xml=a", "json=", "=a", "", "JSON=a"])
    func malformedRequestsAreTold(_ argument: String) throws {
        let error = try #require(throws: ReportRequest.Malformed.self) { try ReportRequest(argument: argument) }
        #expect(error.description.contains("'"))
    }

    @Test
    func reportsOfARun() throws {
        let requests = ReportRequest.Format.allCases.map { ReportRequest($0, path: folder.path($0.rawValue)) }
        let writers = try requests.map { try $0.writer() }
        let reporter = RunReporter(writers)
        let events = Samples.events(Samples.all)
        events.dropLast().forEach(reporter.handle)
        #expect(try folder.names().allSatisfy { $0.hasSuffix(".partial") })
        // The end of the run.
        events.suffix(1).forEach(reporter.handle)
        try reporter.finish()
        #expect(try folder.names() == ["json", "junit", "ndjson"])
        #expect(try folder.text("json").hasPrefix("{"))
        #expect(try folder.text("junit").hasPrefix("<?xml"))
    }

    @Test
    func aReportThatCannotBeWrittenDisturbsNoOther() throws {
        let reporter = RunReporter([
            try ReportRequest(.json, path: "/dev/full").writer(),
            try ReportRequest(.junit, path: folder.path("junit")).writer(),
        ])
        for event in Samples.events(Samples.all) {
            reporter.handle(event)
        }
        let error = try #require(throws: CannotWrite.self) { try reporter.finish() }
        #expect(error.path == "/dev/full")
        #expect(try folder.names() == ["junit"])
    }

    @Test
    func twoReportsDoNotShareAPlace() {
        let requests = [ReportRequest(.json, path: "-"), ReportRequest(.junit, path: "-")]
        #expect(throws: CannotWrite(path: "-", reason: "two reports cannot go to one place")) {
            try RunReporter(requests, verbose: false, environment: [:])
        }
    }
}
