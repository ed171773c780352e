/// A report that a user asks for on the command line: `json=report.json`, `ndjson=-`.
public struct ReportRequest: Sendable, Hashable {
    /// The forms of report.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        case json, ndjson, junit
    }

    /// What is wrong with the wish.
    public struct Malformed: Error, Sendable, Hashable, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// The form.
    public var format: Format
    /// Where it goes; `-` is standard output.
    public var path: String

    /// Whether it goes to standard output.
    public var isOnStandardOutput: Bool { path == "-" }

    /// Makes a request.
    public init(_ format: Format, path: String) {
        self.format = format
        self.path = path
    }

    /// Reads `FORMAT=PATH`.
    public init(argument: String) throws(Malformed) {
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        guard let equals = argument.firstIndex(of: "=") else {
            throw Malformed(description: "'\(argument)' is not FORMAT=PATH, with one of the formats \(known)")
        }
        guard let format = Format(rawValue: String(argument[..<equals])) else {
            throw Malformed(description: "'\(argument[..<equals])' is no report format; there are \(known)")
        }
        let path = String(argument[argument.index(after: equals)...])
        guard !path.isEmpty else {
            throw Malformed(description: "'\(argument)' names no path; '-' is standard output")
        }
        self.init(format, path: path)
    }

    /// Opens the destination.
    ///
    /// - Throws: `CannotWrite` if nothing can be written there.
    public func writer() throws(CannotWrite) -> any EventWriter {
        let sink: any ReportSink = isOnStandardOutput ? StandardStream.output : try ReportFile(path: path)
        return switch format {
        case .json: JSONReport(to: sink)
        case .ndjson: NDJSONReport(to: sink)
        case .junit: JUnitReport(to: sink)
        }
    }
}
