/// Takes responses out of the octets of a connection (RFC 9112), strictly: what is not a response is said to be none.
struct HTTPAnswerReader {
    /// Octets that have come and belong to no response yet.
    private(set) var waiting: [UInt8] = []

    private static let longestHead = 65_536
    private static let longestBody = 8 << 20

    /// The head of the response that is on its way, once it is whole, and what has come of its content.
    private var begun: Begun?

    private struct Begun {
        var method: String
        var answer: HTTPAnswer
        var endOfHead: Int
        /// Of chunks: those that are whole, and where the next one begins.
        var body: [UInt8] = []
        var nextChunk: Int
    }

    mutating func add(_ octets: [UInt8]) {
        waiting += octets
    }

    /// The next response; nil if it is not whole yet.
    ///
    /// What was read of it is not read again: octets may come one at a time, and many of them.
    ///
    /// - Parameters:
    ///   - method: what it answers: a response to HEAD has no content.
    ///   - isAtEnd: whether nothing more will come.
    /// - Throws: `Unmet` if what came is no response.
    mutating func next(answering method: String, isAtEnd: Bool) throws -> HTTPAnswer? {
        guard var begun = try begin(method, isAtEnd) else { return nil }
        // Not held twice, so that it grows in place.
        self.begun = nil
        guard let end = try endOfContent(&begun, isAtEnd) else {
            let content = waiting.count - begun.endOfHead
            guard content <= Self.longestBody else {
                throw Unmet(expected: "a response that ends", actual: "more than \(Self.longestBody) octets of content")
            }
            guard isAtEnd else {
                self.begun = begun
                return nil
            }
            throw Unmet(
                expected: "a whole response",
                actual: "the connection ended after \(content) octets of content: \(begun.answer.summary)"
            )
        }
        begun.answer.body = begun.answer.framing == .chunked ? begun.body : Array(waiting[begun.endOfHead..<end])
        waiting = Array(waiting[end...])
        return begun.answer
    }

    private func begin(_ method: String, _ isAtEnd: Bool) throws -> Begun? {
        if let begun, begun.method == method { return begun }
        guard let end = endOfHead else {
            guard waiting.count <= Self.longestHead else {
                throw Unmet(expected: "a response", actual: "more than \(Self.longestHead) octets of header")
            }
            guard isAtEnd, !waiting.isEmpty else { return nil }
            throw Unmet(expected: "a response", actual: "the connection ended after “\(shown(waiting))”")
        }
        var answer = try head(Array(waiting[..<end]))
        try frame(&answer, method)
        return Begun(method: method, answer: answer, endOfHead: end, nextChunk: end)
    }

    private var endOfHead: Int? {
        var isLineEmpty = true
        for (index, octet) in waiting.prefix(Self.longestHead).enumerated() {
            if octet == 0x0a {
                if isLineEmpty { return index + 1 }
                isLineEmpty = true
            } else if octet != 0x0d {
                isLineEmpty = false
            }
        }
        return nil
    }

    private func head(_ octets: [UInt8]) throws -> HTTPAnswer {
        var flaws: [String] = []
        var lines = octets.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast().map { line in
            if line.last != 0x0d { flaws.append("a line ends with LF alone") }
            return Array(line.last == 0x0d ? line.dropLast() : line)
        }
        let first = lines.isEmpty ? [] : lines.removeFirst()
        let parts = first.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        let version = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard parts.count == 3, version == "HTTP/1.1" || version == "HTTP/1.0",
            parts[1].count == 3, parts[1].allSatisfy({ (0x30...0x39).contains($0) }),
            let status = Int(String(decoding: parts[1], as: UTF8.self)), status >= 100
        else {
            throw Unmet(expected: "a status line as in RFC 9112 §4", actual: "“\(shown(first))”")
        }
        var answer = HTTPAnswer(version: version, status: status)
        for line in lines.dropLast() {
            let name = line.prefix { $0 != 0x3a }
            guard name.count < line.count, !name.isEmpty, name.allSatisfy(isTokenOctet) else {
                flaws.append("“\(shown(line))” is no header field")
                continue
            }
            let value = line.dropFirst(name.count + 1).trimmed
            if value.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
                flaws.append("the value of \(shown(Array(name))) holds control characters")
            }
            answer.fields.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        answer.flaws = flaws
        return answer
    }

    private func frame(_ answer: inout HTTPAnswer, _ method: String) throws {
        let lengths = Set(answer.values("Content-Length"))
        let codings = answer.values("Transfer-Encoding").map { $0.lowercased() }
        let hasNoContent = (100..<200).contains(answer.status) || answer.status == 204
        if hasNoContent, !lengths.isEmpty || !codings.isEmpty {
            answer.flaws.append("a response of status \(answer.status) has Content-Length or Transfer-Encoding")
        }
        if !lengths.isEmpty, !codings.isEmpty {
            answer.flaws.append("it has both Content-Length and Transfer-Encoding")
        }
        guard lengths.count <= 1,
            lengths.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else {
            throw Unmet(
                expected: "one Content-Length that is a number",
                actual: "Content-Length \(lengths.sorted().joined(separator: " and "))"
            )
        }
        if method == "HEAD" || hasNoContent || answer.status == 304 {
            answer.framing = .none
        } else if !codings.isEmpty {
            guard codings == ["chunked"] else {
                throw Unmet(expected: "no transfer coding but chunked", actual: codings.joined(separator: ", "))
            }
            answer.framing = .chunked
        } else if let length = lengths.first {
            answer.framing = .length(Int(length) ?? .max)
        } else {
            answer.framing = .close
        }
    }

    /// Where the content ends; nil if it is not whole.
    private func endOfContent(_ begun: inout Begun, _ isAtEnd: Bool) throws -> Int? {
        switch begun.answer.framing {
        case .none: return begun.endOfHead
        case .length(let length): return waiting.count - begun.endOfHead >= length ? begun.endOfHead + length : nil
        case .close: return isAtEnd ? waiting.count : nil
        case .chunked: return try endOfChunks(&begun)
        }
    }

    private func endOfChunks(_ begun: inout Begun) throws -> Int? {
        while let (head, start) = try line(at: begun.nextChunk, "a line of chunks") {
            let digits = head.prefix { $0 != 0x3b && $0 != 0x20 }
            guard digits.count <= 8, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else {
                throw Unmet(expected: "a chunk size", actual: "“\(shown(Array(head)))”")
            }
            if size == 0 { return try endOfTrailer(start) }
            guard waiting.count - start >= size + 2 else { return nil }
            guard let (rest, next) = try line(at: start + size, "a line of chunks"), rest.isEmpty else {
                throw Unmet(expected: "a line break after a chunk", actual: "other octets")
            }
            begun.body += waiting[start..<(start + size)]
            begun.nextChunk = next
        }
        return nil
    }

    private func endOfTrailer(_ start: Int) throws -> Int? {
        var start = start
        let first = start
        while let (trailer, next) = try line(at: start, "trailer") {
            if trailer.isEmpty { return next }
            guard next - first <= Self.longestHead else {
                throw Unmet(expected: "a response that ends", actual: "more than \(Self.longestHead) octets of trailer")
            }
            start = next
        }
        return nil
    }

    /// The line that begins there, without its end, and where the next one begins; nil if it is not whole.
    private func line(at start: Int, _ what: String) throws -> (ArraySlice<UInt8>, next: Int)? {
        let octets = waiting[start...].prefix(Self.longestHead)
        guard let end = octets.firstIndex(of: 0x0a) else {
            guard octets.count < Self.longestHead else {
                throw Unmet(expected: "a response that ends", actual: "more than \(Self.longestHead) octets of \(what)")
            }
            return nil
        }
        let line = octets[..<end]
        guard line.last == 0x0d else {
            throw Unmet(expected: "a chunked response as in RFC 9112 §7.1", actual: "a line that ends with LF alone")
        }
        return (line.dropLast(), end + 1)
    }
}

/// The first octets as text, for people.
func shown(_ octets: [UInt8]) -> String {
    String(decoding: octets.prefix(60), as: UTF8.self) + (octets.count > 60 ? "…" : "")
}

/// Whether an octet may be in a token (RFC 9110 §5.6.2).
private func isTokenOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
    }
}

extension ArraySlice<UInt8> {
    /// Without white space around it.
    fileprivate var trimmed: ArraySlice<UInt8> {
        let start = self.drop { $0 == 0x20 || $0 == 0x09 }
        let count = start.reversed().drop { $0 == 0x20 || $0 == 0x09 }.count
        return start.prefix(count)
    }
}
