/// A line that a client wants logged.
enum LogLine {
    /// The line as one that may be written to a terminal or a file: without what could end it, hide it or begin
    /// another one.
    ///
    /// What is not UTF-8 becomes U+FFFD; control characters, and the separators and directions that Unicode has besides,
    /// become their number as in `\u{1b}`.
    static func printable(_ octets: some Sequence<UInt8>) -> String {
        var line = ""
        for scalar in String(decoding: Array(octets), as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                line += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }
}
