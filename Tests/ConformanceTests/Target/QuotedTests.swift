import Conformance
import Testing

@Suite("Words of a shell")
struct QuotedTests {
    @Test(
        "A path is one word, and no option",
        arguments: [
            ("caps/a.pcapng", "caps/a.pcapng"), ("ca'ps/a", #"'ca'\''ps/a'"#), ("-y.pcapng", "./-y.pcapng"),
            ("--a b", "'./--a b'"), ("$(x)", "'$(x)'"), ("", "''"),
        ]
    )
    func path(_ path: String, _ word: String) {
        #expect(path.quotedPath == word)
    }
}
