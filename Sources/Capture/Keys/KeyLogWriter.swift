public import RTMFP

/// Writes a key log that `KeyLog` reads: a line for each direction of each session.
///
/// The file holds what decrypts traffic, so only its owner may read it. Each session is handed to the operating system
/// at once: whoever reads a capture that is still being made wants its keys.
public final class KeyLogWriter {
    private let file: OutputFile

    /// Makes the file, or empties it.
    ///
    /// - Throws: `CaptureWriteError` if it cannot be made.
    public init(path: String) throws(CaptureWriteError) {
        file = try OutputFile(path: path, isPrivate: true)
    }

    /// Appends the two directions of a session that has just got its keys.
    public func write(_ entry: KeyLogEntry) throws(CaptureWriteError) {
        for direction in LoggedDirection.both(of: entry) {
            let isSent = direction.travel == .sent
            let details: [(String, String)] = [
                ("near_session_id", hexadecimal(entry.nearSessionID)),
                ("far_session_id", hexadecimal(entry.farSessionID)),
                ("key256", (isSent ? entry.keys.encryptKey : entry.keys.decryptKey).hexadecimal),
                ("near_nonce", entry.keys.nearNonce.hexadecimal),
                ("far_nonce", entry.keys.farNonce.hexadecimal),
            ]
            try file.write(Array(KeyLogWriter.line(direction, details).utf8))
        }
        try file.flush()
    }

    /// Appends what somebody else has logged.
    public func write(_ direction: LoggedDirection) throws(CaptureWriteError) {
        try file.write(Array(KeyLogWriter.line(direction, []).utf8))
        try file.flush()
    }

    /// Completes the file; twice does no harm.
    public func close() throws(CaptureWriteError) {
        try file.close()
    }

    private static func line(_ direction: LoggedDirection, _ details: [(String, String)]) -> String {
        let isInitiator = (direction.mode == .initiator) == (direction.travel == .sent)
        var members = [
            text("event", "open"), text("role", isInitiator ? "initiator" : "responder"),
            text("dir", direction.travel.rawValue), text("session_id", hexadecimal(direction.sessionID)),
            text("far_addr", "\(direction.farAddress)"), text("aes_key", direction.protection.key.hexadecimal),
        ]
        switch direction.protection.verification {
        case .checksum: members.append("\"hmac\":false")
        case .hmac(let key, let length):
            members += ["\"hmac\":true", "\"hmac_len\":\(length)", text("hmac_key", key.hexadecimal)]
        }
        members.append("\"sseq\":\(direction.protection.sequenceNumbers)")
        members += details.map(text)
        return "{\(members.joined(separator: ","))}\n"
    }

    /// No name or value here has a character that JSON escapes.
    private static func text(_ name: String, _ value: String) -> String { "\"\(name)\":\"\(value)\"" }
}

extension LoggedDirection {
    /// What the end that a session's keys were made at logs of it: what it sends, and what it receives.
    public static func both(of entry: KeyLogEntry) -> [LoggedDirection] {
        let isInitiator = entry.role == .initiator
        return [
            LoggedDirection(
                sessionID: entry.farSessionID,
                travel: .sent,
                farAddress: entry.address,
                mode: isInitiator ? .initiator : .responder,
                protection: entry.sending
            ),
            LoggedDirection(
                sessionID: entry.nearSessionID,
                travel: .received,
                farAddress: entry.address,
                mode: isInitiator ? .responder : .initiator,
                protection: entry.receiving
            ),
        ]
    }
}
