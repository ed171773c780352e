import Foundation

extension FailureParticulars {
    /// What the comments of all versions begin with; the number of the version and a colon follow.
    private static let marker = "hlsp2p-check failure "
    /// The version that is written, and the only one that is read.
    private static let version = "2: "
    /// What an option of a pcapng file can hold, in octets.
    private static let longestComment = 65_535

    /// Why a comment cannot be read; a sentence without its subject.
    struct Unfit: Error {
        let reason: String
    }

    /// The comment that holds the particulars; nil if they are too long for one.
    func comment() throws -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text =
            FailureParticulars.marker + FailureParticulars.version
            + String(decoding: try encoder.encode(self), as: UTF8.self)
        return text.utf8.count <= FailureParticulars.longestComment ? text : nil
    }

    /// Reads the comment on a capture; nil if it is about something else than a failed case.
    ///
    /// - Throws: `Unfit` if it is of another version, or damaged.
    init?(comment: String) throws(Unfit) {
        guard comment.hasPrefix(FailureParticulars.marker) else { return nil }
        let content = comment.dropFirst(FailureParticulars.marker.count)
        guard content.hasPrefix(FailureParticulars.version) else {
            throw Unfit(reason: "was left behind by another version of this program")
        }
        let text = content.dropFirst(FailureParticulars.version.count)
        guard let particulars = try? JSONDecoder().decode(FailureParticulars.self, from: Data(text.utf8)),
            Verdict(rawValue: particulars.verdict) != nil
        else { throw Unfit(reason: "has a damaged comment on the case that left it behind") }
        self = particulars
    }
}
