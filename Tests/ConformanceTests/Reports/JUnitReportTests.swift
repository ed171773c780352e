import Foundation
import Testing

@testable import Conformance

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The JUnit report")
struct JUnitReportTests {
    /// The elements of a document, in order, with attributes and text.
    final class Reader: NSObject, XMLParserDelegate {
        struct Element {
            var name: String
            var attributes: [String: String]
            var parent: String?
            var text = ""
        }

        private(set) var elements: [Element] = []
        private var open: [Int] = []

        static func read(_ text: String) throws -> [Element] {
            let reader = Reader()
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = reader
            let whole = parser.parse()
            try #require(whole, "\(String(describing: parser.parserError)) at line \(parser.lineNumber)")
            return reader.elements
        }

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append(Element(name: name, attributes: attributes, parent: open.last.map { elements[$0].name }))
            open.append(elements.count - 1)
        }

        func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if let last = open.last { elements[last].text += text }
        }
    }

    func read(_ results: [CaseResult]) throws -> [Reader.Element] {
        try Reader.read(Samples.text(Samples.events(results), JUnitReport.init(to:)))
    }

    @Test
    func totals() throws {
        let elements = try read(Samples.all)
        for name in ["testsuites", "testsuite"] {
            let totals = try #require(elements.first { $0.name == name }).attributes
            #expect(totals["tests"] == "8")
            #expect(totals["failures"] == "2")
            #expect(totals["errors"] == "1")
            #expect(totals["skipped"] == "3")
            #expect(totals["time"] == "0.009876")
        }
        #expect(elements.count { $0.name == "testcase" } == 8)
    }

    @Test(arguments: [
        (Verdict.passed, nil), (.tolerated, "system-out"), (.failed, "failure"), (.crashed, "failure"),
        (.unsupported, "skipped"), (.blocked, "skipped"), (.undecided, "skipped"), (.error, "error"),
    ])
    func verdicts(_ verdict: Verdict, _ element: String?) throws {
        let elements = try read([Samples.result(verdict, note: "the <reason>", transcript: 2)])
        let inner = elements.filter { $0.parent == "testcase" }
        #expect(inner.map(\.name) == [element].compactMap(\.self))
        guard let inner = inner.first else { return }
        #expect((inner.text + (inner.attributes["message"] ?? "")).contains("the <reason>"))
    }

    @Test
    func aSuiteForEachRole() throws {
        var other = Samples.result(.passed, "other")
        other.suite = "tracker"
        let elements = try read([Samples.result(.failed), other, Samples.result(.passed)])
        let suites = elements.filter { $0.name == "testsuite" }
        #expect(suites.map { $0.attributes["name"] } == ["rendezvous", "tracker"])
        #expect(suites.map { $0.attributes["tests"] } == ["2", "1"])
        let first = try #require(elements.first { $0.name == "testcase" })
        #expect(first.attributes["classname"] == "rendezvous.startup")
        #expect(first.attributes["name"] == "rendezvous/startup/failed")
        let properties = elements.filter { $0.name == "property" }.prefix(3).map { $0.attributes["value"] }
        #expect(properties == ["0.1", "7", "127.0.0.1:1935"])
    }

    /// What an implementation sends reaches the report as text; XML has no way to write some of it.
    @Test
    func whatXMLForbids() throws {
        var result = Samples.result(.failed)
        let all = (0...0x9f).compactMap(Unicode.Scalar.init).map(String.init).joined()
        result.actual = all + "\u{fffe}\u{ffff}<&>\"' ]]> é🦆"
        let elements = try read([result])
        let message = try #require(elements.first { $0.name == "failure" }?.attributes["message"])
        #expect(message.contains("\\u{0}") && message.contains("\\u{1b}") && message.contains("\\u{fffe}"))
        #expect(message.hasSuffix("<&>\"' ]]> é🦆"))
    }

    @Test
    func theFailureIsExplained() throws {
        let result = Samples.result(.failed, transcript: 3)
        let text = try #require(try read([result]).first { $0.name == "failure" }?.text)
        #expect(text == FailureBlock(result).description)
    }
}
