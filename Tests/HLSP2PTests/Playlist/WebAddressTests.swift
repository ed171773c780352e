import HLSP2P
import Testing

@Suite struct WebAddressTests {
    static let references: [(String, String)] = [
        ("1.ts", "http://h:8080/live/1.ts"), ("/1.ts", "http://h:8080/1.ts"), ("?x=1", "http://h:8080/live/a.m3u8?x=1"),
        ("../b/./1.ts?q=/../", "http://h:8080/b/1.ts?q=/../"), ("http://o/2.ts", "http://o/2.ts"),
        ("//o/2.ts", "http://o/2.ts"), ("../../../1.ts", "http://h:8080/1.ts"), ("..", "http://h:8080/"),
    ]

    @Test(arguments: references) func referencesAreResolved(_ reference: String, _ resolved: String) throws {
        let base = try #require(WebAddress("http://h:8080/live/a.m3u8?token=/x/"))
        #expect(base.resolving(reference) == resolved)
    }

    @Test(arguments: ["http://h", "http://h/", "https://u@h:1/p?q#f"]) func addressesAreWrittenAgain(_ text: String) {
        #expect(WebAddress(text)?.text == text)
    }

    @Test(arguments: ["", "h/p", "http:/h", "://h", "http://", "http:///p", "ht tp://h"])
    func otherThingsAreNoAddresses(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    /// Only the path counts, as it is written (swarm-algorithm §3).
    @Test(arguments: [
        ("http://a:1/x/1.ts?q#f", "x/1.ts"), ("https://u@b/x/1.ts", "x/1.ts"), ("http://a/x/%31.ts", "x/%31.ts"),
        ("x/1.ts?q", "x/1.ts?q"), ("http://a//x", "/x"), ("http://a", ""),
    ]) func pathsOfChunks(_ uri: String, _ path: String) {
        #expect(uri.chunkPath == path)
    }
}
