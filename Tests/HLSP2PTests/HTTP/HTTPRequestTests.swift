import HLSP2P
import Testing

/// How a request's target and its parameters are read.
struct HTTPRequestTests {
    @Test(
        arguments: [
            ("/get_peers", "/get_peers", ""),
            ("/get_peers?size=3", "/get_peers", "size=3"),
            ("/a?b?c", "/a", "b?c="),
            ("/a#b?c", "/a", ""),
            ("/a?b#c", "/a", "b="),
            ("http://tracker:5000/get_peers?size=3", "/get_peers", "size=3"),
            ("http://tracker?size=3", "", "size=3"),
            ("http://tracker", "", ""),
            ("*", "*", ""),
            ("", "", ""),
            ("?", "", ""),
            ("tracker:80", "tracker:80", ""),
        ]
    )
    func targetsAreTakenApart(target: String, path: String, query: String) {
        let request = HTTPRequest("GET", target)
        #expect(request.path == path)
        #expect(request.query.text == query)
    }

    @Test(
        arguments: [
            ("", ""),
            ("a=1&b=2", "a=1&b=2"),
            ("&&a=1&&", "a=1"),
            ("a", "a="),
            ("=1", "=1"),
            ("a=1=2", "a=1=2"),
            ("a+b=c+d", "a b=c d"),
            ("a%2bb=%26%3D", "a+b=&="),
            ("%C3%A9=%c3%a9", "é=é"),
            ("a=%", "a=%"),
            ("a=%4", "a=%4"),
            ("a=%zz%41", "a=%zzA"),
            ("a=%4%41", "a=%4A"),
            ("a=1;b=2", "a=1;b=2"),
        ]
    )
    func formsAreDecoded(encoded: String, decoded: String) {
        #expect(FormFields(encoded.utf8).text == decoded)
    }

    @Test func theFirstOfSeveralValuesCounts() {
        #expect(FormFields("a=1&a=2".utf8).text("a") == "1")
    }

    @Test func whatIsNotUTF8IsNoText() {
        let fields = FormFields("a=%ff&b=%00".utf8)
        #expect(fields["a"] == [0xff])
        #expect(fields.text("a") == nil)
        #expect(fields.text("b") == "\0")
        #expect(fields.text("c") == nil)
    }

    @Test func theCaseOfFieldNamesDoesNotMatter() {
        let request = HTTPRequest("GET", "/", fields: [HTTPField("Host", "a"), HTTPField("HOST", "b")])
        #expect(request.field("host") == "a")
        #expect(request.field("hosts") == nil)
    }
}

extension FormFields {
    fileprivate var text: String {
        pairs.map { "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))" }
            .joined(separator: "&")
    }
}
