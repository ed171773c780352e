import Foundation

/// The keys of sessions, as the processes that took part in them logged them.
///
/// A file has one JSON object a line, a session and a direction each. Lines whose `event` is `open` count; they must
/// have `dir`, `role`, `session_id`, `far_addr`, `aes_key`, and if `hmac` is true, `hmac_len` and `hmac_key`; `sseq`
/// tells whether there are session sequence numbers. Other members, other events and empty lines are ignored.
public struct KeyLog: Sendable {
    /// What the lines say, in their order.
    public var directions: [LoggedDirection]

    /// The most lines of open sessions that a file may have: what they take is kept in memory.
    public static let mostDirections = 200_000

    /// Makes a log.
    public init(_ directions: [LoggedDirection]) {
        self.directions = directions
    }

    /// Reads the file at `path`.
    ///
    /// A file without a line is the log of a program that has had no session: `record --proxy` leaves one behind if all
    /// had to be let through untouched.
    ///
    /// - Throws: `KeyLogError`, for a file that cannot be read, a line that is not as it must be, or lines of which none
    ///   tells of an open session.
    public init(path: String) throws(KeyLogError) {
        directions = []
        let file: FileHandle
        do {
            file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw .cannotRead(path: path, reason: KeyLog.reason(error))
        }
        var lines = LineReader(file)
        var number = 0
        let decoder = JSONDecoder()
        while true {
            let line: Data?
            do {
                line = try lines.next()
            } catch is LineReader.TooLong {
                let reason = "is longer than \(LineReader.longestLine) octets"
                throw .badLine(path: path, line: number + 1, reason: reason)
            } catch {
                throw .cannotRead(path: path, reason: KeyLog.reason(error))
            }
            guard let line else { break }
            number += 1
            guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            do {
                if let direction = try decoder.decode(KeyLogLine.self, from: line).direction() {
                    directions.append(direction)
                }
            } catch {
                throw .badLine(path: path, line: number, reason: KeyLog.reason(error))
            }
            guard directions.count <= KeyLog.mostDirections else {
                throw .badLine(path: path, line: number, reason: "more than \(KeyLog.mostDirections) open sessions")
            }
        }
        guard !directions.isEmpty || number == 0 else { throw .noSessions(path: path) }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let fault as KeyLogLine.Fault: fault.reason
        case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty,
            DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty:
            "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is not of the right type"
        case is DecodingError: "is not a JSON object"
        case let error as CocoaError: unsafe String(cString: strerror(posixCode(error)))
        default: "\(error)"
        }
    }

    private static func posixCode(_ error: CocoaError) -> Int32 {
        if let code = (error.underlying as? POSIXError)?.code.rawValue { return code }
        return error.code == .fileReadNoPermission ? EACCES : error.code == .fileReadNoSuchFile ? ENOENT : EIO
    }
}
