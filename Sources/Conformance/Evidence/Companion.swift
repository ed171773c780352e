import Capture
import Foundation
import RTMFP

/// A file that a failed case leaves beside its capture, which tells its SHA-256: another one has nothing to do with it.
enum Companion: String, CaseIterable {
    /// The sessions' keys.
    case keys
    /// What is no packet: `TapeLine`s.
    case events

    /// The longest that is read, in octets.
    private static let longest = 1 << 26

    func path(beside capture: String) -> String { "\(capture).\(rawValue).jsonl" }

    /// Takes away what is beside the capture at `capture`.
    static func removeAll(beside capture: String) {
        for companion in allCases { unlink(companion.path(beside: capture)) }
    }

    /// The digest of what is beside the capture at `capture`, in digits; nil if nothing is.
    ///
    /// - Throws: what Foundation says of the file.
    func digest(beside capture: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path(beside: capture)) else { return nil }
        return Companion.digest(try Data(contentsOf: URL(fileURLWithPath: path(beside: capture))))
    }

    /// What is beside the capture at `capture`; nil if nothing is.
    ///
    /// - Parameter digest: that of what was left there; nil if nothing was.
    /// - Throws: `FailureReplay.Incomplete` if it is something else, or cannot be read.
    func contents(beside capture: String, digest: String?) throws(FailureReplay.Incomplete) -> Data? {
        let path = path(beside: capture)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        )
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            attributes?[.size] as? Int ?? .max <= Companion.longest,
            let contents = try? Data(contentsOf: URL(fileURLWithPath: path))
        else { throw FailureReplay.Incomplete(description: "\(path), which is beside \(capture), cannot be read") }
        guard Companion.digest(contents) == digest else {
            throw FailureReplay.Incomplete(
                description:
                    "\(path) is not what was left beside \(capture): it was changed, or belongs to another capture"
            )
        }
        return contents
    }

    private static func digest(_ contents: Data) -> String { SHA256.hash([UInt8](contents)).hexadecimal }
}
