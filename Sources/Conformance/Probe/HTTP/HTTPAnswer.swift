/// A response as it came, taken apart (RFC 9112 §4).
struct HTTPAnswer {
    /// What says where the content ends (RFC 9112 §6.3).
    enum Framing: Equatable {
        /// Such a response has no content.
        case none
        case length(Int)
        case chunked
        /// The end of the connection.
        case close
    }

    /// `HTTP/1.1`, as it came.
    var version: String
    var status: Int
    /// The header fields in order; values without white space around them.
    var fields: [(name: String, value: String)] = []
    var framing = Framing.none
    var body: [UInt8] = []
    /// What is wrong with the form, though the response can be read; a sentence each.
    var flaws: [String] = []

    /// The values of all header fields of that name.
    func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The media type of the content, without parameters, in lower case.
    var mediaType: String {
        let value = values("Content-Type").first ?? ""
        return value.prefix { $0 != ";" && $0 != " " }.lowercased()
    }

    /// Whether the connection may be used again (RFC 9112 §9.3).
    var keepsConnection: Bool {
        let options = values("Connection").flatMap { $0.lowercased().split(separator: ",") }
            .map { String($0.filter { !$0.isWhitespace }) }
        if framing == .close || options.contains("close") { return false }
        return version == "HTTP/1.1" || options.contains("keep-alive")
    }

    /// One line about it.
    var summary: String {
        let type = values("Content-Type").first.map { ", \($0)" } ?? ""
        let text =
            body.isEmpty ? "no content" : "\(body.count) octets: \(String(decoding: body.prefix(60), as: UTF8.self))"
        return "\(version) \(status)\(type), \(text)"
    }
}
