import Testing

@testable import Conformance

struct HTTPAnswerReaderTests {
    /// Reads all responses of a connection, whose octets come in pieces of `size`.
    private func read(_ text: String, methods: [String] = ["GET"], by size: Int = .max) throws -> [HTTPAnswer] {
        var reader = HTTPAnswerReader()
        var answers: [HTTPAnswer] = []
        var rest = Array(text.utf8)[...]
        while answers.count < methods.count {
            let isAtEnd = rest.isEmpty
            reader.add(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
            while answers.count < methods.count,
                let answer = try reader.next(answering: methods[answers.count], isAtEnd: isAtEnd)
            {
                answers.append(answer)
            }
            if isAtEnd { break }
        }
        return answers
    }

    @Test("The end of the content is found, however the octets are cut", arguments: [1, 2, 3, 7, 1000])
    func framing(_ size: Int) throws {
        let text =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
            + "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\n[\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
            + "HTTP/1.0 200 OK\r\n\r\nto the end"
        let answers = try read(text, methods: ["GET", "GET", "GET", "HEAD", "GET"], by: size)
        #expect(
            answers.map { String(decoding: $0.body, as: UTF8.self) } == ["[]", "", "[0123456789", "", "to the end"]
        )
        #expect(answers.map(\.framing) == [.length(2), .none, .chunked, .none, .close])
        #expect(answers.map(\.keepsConnection) == [true, true, true, true, false])
        #expect(answers.flatMap(\.flaws) == [])
    }

    @Test(
        "What is no response is said to be none",
        arguments: [
            "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200\r\n\r\n", "200 OK\r\n\r\n", "[]",
            "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[]", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+2\r\n[]\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]]\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
        ]
    )
    func nonsense(_ text: String) {
        #expect(throws: Unmet.self) { try read(text) }
    }

    @Test(
        "What can be read and is not well-formed has a flaw",
        arguments: [
            "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: \u{1}\r\nContent-Length: 0\r\n\r\n",
        ]
    )
    func flaws(_ text: String) throws {
        let answer = try #require(try read(text).first)
        #expect(!answer.flaws.isEmpty)
    }

    @Test("Nothing is kept without bound")
    func bounds() throws {
        var reader = HTTPAnswerReader()
        reader.add(Array("HTTP/1.1 200 OK\r\n".utf8) + [UInt8](repeating: 0x61, count: 70_000))
        #expect(throws: Unmet.self) { try reader.next(answering: "GET", isAtEnd: false) }
        var other = HTTPAnswerReader()
        other.add(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + [UInt8](repeating: 0x61, count: 9 << 20))
        #expect(throws: Unmet.self) { try other.next(answering: "GET", isAtEnd: false) }
    }
    @Test(
        "Lines of chunks and trailers have an end, or none is waited for",
        arguments: ["", "0\r\n", "0\r\n" + String(repeating: "A: b\r\n", count: 12_000)]
    )
    func endless(_ beginning: String) throws {
        var reader = HTTPAnswerReader()
        reader.add(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(beginning)".utf8))
        reader.add([UInt8](repeating: 0x61, count: 70_000))
        #expect(throws: Unmet.self) { try reader.next(answering: "GET", isAtEnd: false) }
    }

    /// What was read is not read again with every piece that comes: this would take minutes.
    @Test("Long content may come in many small pieces")
    func pieces() throws {
        var reader = HTTPAnswerReader()
        reader.add(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
        let piece = Array("20\r\n".utf8) + [UInt8](repeating: 0x61, count: 32) + Array("\r\n".utf8)
        for _ in 0..<100_000 {
            reader.add(piece)
            let isWhole = try reader.next(answering: "GET", isAtEnd: false) != nil
            if isWhole { Issue.record("the last chunk has not come") }
        }
        reader.add(Array("0\r\n\r\nHTTP".utf8))
        let answer = try #require(try reader.next(answering: "GET", isAtEnd: false))
        #expect(answer.body.count == 3_200_000)
        #expect(reader.waiting == Array("HTTP".utf8))
    }
}
