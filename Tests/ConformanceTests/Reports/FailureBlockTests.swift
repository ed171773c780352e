import Testing

@testable import Conformance

@Suite("The explanation of a failure")
struct FailureBlockTests {
    @Test
    func whatItSays() {
        let expected = """
            FAILED  rendezvous/startup/failed  (MUST)
              rule      RHello echoes the IHello's tag, whatever its length.
              text      RFC 7016 §2.3.4 (RFC7016-2.3.4-03): tagEcho equals the IHello tag exactly. Also
                        RFC7016-2.1.1-02.
              expected  tag = 0011
              actual    tag = 0012; first differing octet at 1
              exchange       0.000 ms  sent      line 0
                             0.125 ms  received  line 1
                             0.250 ms  sent      line 2
              repeat    hlsp2p-check run 'rendezvous/startup/failed' --target 127.0.0.1:1935 --seed 7
              explain   hlsp2p-check explain 'rendezvous/startup/failed'
            """
        #expect(FailureBlock(Samples.result(.failed, transcript: 3)).description == expected)
    }

    @Test
    func atMostTwentyFiveLines() {
        var result = Samples.result(.crashed, note: String(repeating: "note ", count: 200), transcript: 150)
        result.title = String(repeating: "rule ", count: 200)
        result.expected = String(repeating: "a0", count: 2000)
        result.actual = String(repeating: "b1 ", count: 2000)
        result.requirements = Requirements.all.map(\.id)
        let lines = FailureBlock(result).lines
        #expect(lines.count <= 25)
        #expect(lines.dropLast(2).allSatisfy { $0.count <= 100 })
        #expect(lines.contains { $0.contains("143 earlier lines, then") })
        #expect(lines.contains { $0.hasSuffix("sent      line 148") || $0.hasSuffix("received  line 149") })
    }

    /// Text from the wire must not reach the terminal as commands, nor break lines.
    @Test
    func nothingActsOnTheTerminal() {
        var result = Samples.result(.failed, transcript: 1)
        result.actual = "\u{1b}]0;title\u{7} \u{9b}31m \r\n \u{202e} \u{7f}"
        result.transcript[0].text = "\u{1b}[2J\n"
        result.expected = "a\nb"
        let lines = FailureBlock(result).lines
        #expect(
            lines.allSatisfy { line in
                line.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) && $0 != "\u{202e}"
                }
            }
        )
        #expect(lines.contains { $0.contains("\\u{1b}]0;title\\u{7} \\u{9b}31m") })
        #expect(lines.contains { $0.hasSuffix("a b") })
    }

    @Test
    func aCaseWithoutTextOfItsOwn() {
        var result = Samples.result(.error)
        result.requirements = []
        result.title = ""
        let lines = FailureBlock(result).lines
        #expect(lines.first == "ERROR  rendezvous/startup/error  (MUST)")
        #expect(lines.contains { $0.contains("nothing was seen") })
        #expect(!lines.contains { $0.contains("text ") })
    }

    @Test(arguments: [
        ("one two three", 7, 9, ["one two", "three"]), ("one two three", 8, 9, ["one two", "three"]),
        ("abcdefgh", 3, 9, ["abc", "def", "gh"]), ("one two three", 7, 1, ["one tw…"]), ("", 7, 9, []),
        ("exact", 5, 1, ["exact"]), ("a bcdefg h", 4, 9, ["a", "bcde", "fg h"]),
    ])
    func wrapping(_ text: String, _ width: Int, _ limit: Int, _ lines: [String]) {
        #expect(text.lines(width: width, limit: limit) == lines)
    }
}
