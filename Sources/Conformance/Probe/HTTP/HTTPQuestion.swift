/// A request as a case wants it on the wire (RFC 9112 §3).
struct HTTPQuestion {
    var method = "GET"
    /// What stands in the request line, escaped already.
    var target: String
    var version = "HTTP/1.1"
    /// Header fields beside Host and what frames the content.
    var fields: [(String, String)] = []
    /// The content; nil for none, and no Content-Length either.
    var body: [UInt8]?
    /// The value of Host; nil for the tracker's own address.
    var host: String?

    /// A request without content.
    init(_ method: String = "GET", _ target: String, fields: [(String, String)] = []) {
        self.method = method
        self.target = target
        self.fields = fields
    }

    /// A GET with parameters in its query.
    static func get(_ path: String, _ parameters: [(String, String)]) -> HTTPQuestion {
        HTTPQuestion("GET", parameters.isEmpty ? path : "\(path)?\(formEncoded(parameters))")
    }

    /// A POST with the fields of a form.
    static func post(_ path: String, _ form: [(String, String)]) -> HTTPQuestion {
        post(path, octets: Array(formEncoded(form).utf8))
    }

    /// A POST with any octets as its content.
    static func post(
        _ path: String,
        octets: [UInt8],
        type: String = "application/x-www-form-urlencoded"
    ) -> HTTPQuestion {
        var question = HTTPQuestion("POST", path, fields: [("Content-Type", type)])
        question.body = octets
        return question
    }

    /// The request line and the header fields.
    func head(authority: String) -> [UInt8] {
        var text = "\(method) \(target) \(version)\r\nHost: \(host ?? authority)\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// The octets on the wire.
    func encoded(authority: String) -> [UInt8] {
        head(authority: authority) + (body ?? [])
    }

    /// One line about it.
    var summary: String {
        let content = body.map { ", \($0.count) octets: \(shown($0))" } ?? ""
        return "\(method) \(target.prefix(120)) \(version)\(content)"
    }
}

/// Names and values as `application/x-www-form-urlencoded`.
func formEncoded(_ parameters: [(String, String)]) -> String {
    parameters.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
}

/// Text with every octet escaped that is not an unreserved character (RFC 3986 §2.3), or every octet at all.
func percentEncoded(_ text: String, everything: Bool = false, lowerCase: Bool = false) -> String {
    text.utf8.map { octet in
        let character = Character(Unicode.Scalar(octet))
        if !everything, octet < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
            return String(character)
        }
        let digits = String(octet, radix: 16, uppercase: !lowerCase)
        return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
}
